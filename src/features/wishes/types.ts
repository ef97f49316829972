import type { Attachment } from '@/features/attachments'
import type { CorpsColor } from '@/lib/corps'

export const WISH_KINDS = ['goods', 'service', 'companionship'] as const
export type WishKind = (typeof WISH_KINDS)[number]
export const WISH_FOR = ['hardship', 'disabled', 'left_behind_child', 'empty_nest'] as const
export type WishFor = (typeof WISH_FOR)[number]
export type WishStatus =
  | 'draft'
  | 'reviewing'
  | 'returned'
  | 'open'
  | 'claimed'
  | 'delivering'
  | 'realized'
  | 'thanked'
  | 'expired'
  | 'withdrawn'
export type ClaimStatus = 'asked' | 'approved' | 'delivering' | 'realized' | 'declined' | 'released' | 'lapsed'
export type AgeBand = 'child' | 'teen' | 'adult' | 'senior' | 'elder'
export type Meeting = 'community' | 'direct'

/** A community as a public page names it. */
export interface PublicCommunity {
  id: string
  name: string
  isDemo: boolean
  relayPhone: string | null
}

/** A wish as everybody may read it. */
export interface Wish {
  id: string
  no: number
  kind: WishKind
  wishFor: WishFor
  status: WishStatus
  title: string
  body: string
  size: string | null
  maskedName: string | null
  ageBand: AgeBand | null
  corpsColor: CorpsColor | null
  priceYuan: number | null
  parts: number
  partsLeft: number
  neededBy: string | null
  openedOn: string
  isNear: boolean
}

export interface WishWall {
  community: PublicCommunity | null
  wishes: Wish[]
  total: number
  realized: number
  canBeNear: boolean
}

export interface Delivery {
  id: string
  via: 'direct' | 'community' | 'store'
  status: 'handed_over' | 'confirmed' | 'refused'
  at: string
  note: string | null
  files: Attachment[]
}

/** What a donor is told about the own claim. The place only once it is approved. */
export interface DonorClaim {
  claimId: string
  wishId: string
  status: ClaimStatus
  parts: number
  firm: string | null
  askedAt: string
  dueAt: string
  why: string | null
  reason: string | null
  realizedAt: string | null
  arrangement?: string | null
  meeting?: Meeting
  relayPhone?: string | null
  place?: string | null
  isFamilyPlace?: boolean
  points: number | null
  deliveries: Delivery[]
  thanks: { text: string | null; at: string; files: Attachment[] } | null
}

export interface WishDetail {
  wish: Wish
  community: PublicCommunity
  isMember: boolean
  isMine: boolean
  claimDays: number
  claim: DonorClaim | null
}

export interface RealizedWishes {
  community: PublicCommunity | null
  total: number
  thisYear: number
  byKind: Partial<Record<WishKind, number>>
  byFor: Partial<Record<WishFor, number>>
  months: ({ month: string } & Record<WishKind, number>)[]
  recent: {
    id: string
    title: string
    kind: WishKind
    wishFor: WishFor
    ageBand: AgeBand | null
    corpsColor: CorpsColor | null
    realizedOn: string
    thanks: string | null
  }[]
}

export interface WishPrivate {
  personId: string | null
  name: string
  birthYear: number | null
  phone: string | null
  address: string | null
  facts: string | null
  consentVia: string | null
}

/** A wish of somebody concerned: the receiver, a helper, or whoever took it down. */
export interface MyWish extends Omit<Wish, 'partsLeft' | 'openedOn' | 'isNear'> {
  meeting: Meeting
  gridId: string | null
  collectedAt: string
  returnReason: string | null
  isReceiver: boolean
  isCollector: boolean
  isForMe: boolean | null
  mayWithdraw: boolean
  private: WishPrivate | null
  files: Attachment[]
  claims: {
    claimId: string
    status: ClaimStatus
    donor: string
    dueAt: string
    code: string | null
    thanks: { status: 'waiting' | 'passed' | 'returned'; reason: string | null } | null
  }[]
}

export interface MyWishes {
  wishes: MyWish[]
  mayCollect: boolean
  limitYuan: number
}

export interface MyClaims {
  claims: (DonorClaim & { title: string | null; kind: WishKind; wishFor: WishFor; size: string | null })[]
  realized: number
  points: number
  /** How many wishes one may hold for a firm; null for whoever speaks for none. */
  firmMax: number | null
}

export interface HandOver {
  claimId: string
  status: ClaimStatus
  title: string
  kind: WishKind
  isMine: boolean
  needsCode: boolean
}

export interface DeskWish extends Omit<Wish, 'openedOn' | 'isNear'> {
  meeting: Meeting
  gridName: string | null
  collectedVia: 'self' | 'helper' | 'visit' | 'drive'
  drive: string | null
  collectedAt: string
  collector: string
  isMine: boolean
  returnReason: string | null
  openedAt: string | null
  realizedAt: string | null
  givenBack: number
  expiresOn: string | null
  similar: number
}

export interface DeskClaim {
  claimId: string
  wishId: string
  status: ClaimStatus
  parts: number
  askedAt: string
  dueAt: string
  title: string
  kind: WishKind
  meeting: Meeting
  note: string | null
  donor: string
  isMine: boolean
  via: Delivery['via'] | null
  deliveredAt: string | null
  deliveryNote: string | null
  files: Attachment[]
  inStore: boolean
}

export interface DeskThanks {
  id: string
  text: string | null
  isPublic: boolean
  at: string
  title: string
  isMine: boolean
  files: Attachment[]
}

export interface WishDesk {
  wishes: DeskWish[]
  claims: DeskClaim[]
  thanks: DeskThanks[]
  days: { count: number; median: number | null; p90: number | null }
  limitYuan: number
}

/** For whom a wish is, after a look that was logged. */
export interface RevealedWish {
  name: string
  phone: string | null
  address: string | null
  facts: string | null
  birthYear: number | null
  consentedAt: string | null
  consentVia: string | null
  files: Attachment[]
  codes: { claimId: string; code: string; arrangement: string | null }[]
}
