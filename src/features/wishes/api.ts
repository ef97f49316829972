import { publicRpc, rpc } from '@/lib/supabase'
import type { WishFilters } from './rules'
import type {
  HandOver,
  MyClaims,
  MyWishes,
  RealizedWishes,
  RevealedWish,
  WishDesk,
  WishDetail,
  WishWall,
} from './types'

/** `masked_name` → `maskedName`, all the way down. Keys that are data (codes, months) have no underscore to lose but `left_behind_child`. */
function camel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camel)
  if (!value || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key in CODES ? key : key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      camel(inner),
    ]),
  )
}
const CODES = { left_behind_child: true, empty_nest: true }

// Nothing of a wish is kept on this device: a withdrawn consent ends it everywhere at once.

/** The wish wall, for everybody. */
export async function fetchWall(
  communityId: string | null,
  filters: WishFilters,
  limit: number,
  isSignedIn: boolean,
): Promise<WishWall> {
  const args = {
    p_community_id: communityId,
    p_kind: filters.kind,
    p_colors: filters.colors.length ? filters.colors : null,
    p_near: filters.near,
    p_search: filters.search || null,
    p_limit: limit,
  }
  return camel(await (isSignedIn ? rpc : publicRpc)('wish_wall', args)) as WishWall
}

/** One wish by its link. Errors: wish_unknown. */
export async function fetchWish(id: string, isSignedIn: boolean): Promise<WishDetail> {
  return camel(await (isSignedIn ? rpc : publicRpc)('wish_detail', { p_wish_id: id })) as WishDetail
}

export async function fetchRealized(communityId: string | null): Promise<RealizedWishes> {
  return camel(await publicRpc('realized_wishes', { p_community_id: communityId })) as RealizedWishes
}

export async function fetchMyWishes(communityId: string): Promise<MyWishes> {
  return camel(await rpc('my_wishes', { p_community_id: communityId })) as MyWishes
}

export async function fetchMyClaims(communityId: string): Promise<MyClaims> {
  return camel(await rpc('my_wish_claims', { p_community_id: communityId })) as MyClaims
}

/** Errors: claim_unknown. */
export async function fetchHandOver(communityId: string, claimId: string): Promise<HandOver | null> {
  return camel(await rpc('hand_over_card', { p_community_id: communityId, p_claim_id: claimId })) as HandOver | null
}

/** What time has decided is written down first, so that the desk counts it. Errors: not_allowed. */
export async function fetchDesk(communityId: string): Promise<WishDesk> {
  await rpc('settle_wishes', { p_community_id: communityId })
  return camel(await rpc('wish_desk', { p_community_id: communityId })) as WishDesk
}

/** For whom a wish is; the look is logged with its reason. Errors: not_allowed, wish_unknown, field_required. */
export async function revealWish(
  communityId: string,
  id: string,
  wishId: string,
  reason: string,
): Promise<RevealedWish> {
  return camel(
    await rpc('reveal_wish', { p_community_id: communityId, p_id: id, p_wish_id: wishId, p_reason: reason }),
  ) as RevealedWish
}
