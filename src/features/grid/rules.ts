import type { PartyPost, PostHolder } from './api'

export const POST_ORDER: readonly PartyPost[] = [
  'grid_delegate',
  'publicist',
  'hygienist',
  'safety_officer',
  'mediator',
  'professional_post',
  'service_post',
]

export interface PostGroup {
  post: PartyPost
  holders: PostHolder[]
  /** The number when all holders of the post are reached by the same one. */
  sharedPhone: string | null
}

/** Holders by post in the order of 一代四员, so that a long list stays readable. */
export function groupByPost(holders: readonly PostHolder[]): PostGroup[] {
  return POST_ORDER.flatMap((post) => {
    const ofPost = holders.filter((h) => h.post === post)
    if (ofPost.length === 0) return []
    const phones = new Set(ofPost.map((h) => h.relayPhone))
    const [only] = phones
    return [{ post, holders: ofPost, sharedPhone: phones.size === 1 ? (only ?? null) : null }]
  })
}

/** Buildings by compound: 「梧桐小区 1号楼、2号楼」. */
export function groupByCompound(buildings: readonly { compound: string; building: string }[]) {
  const byCompound = new Map<string, string[]>()
  for (const { compound, building } of buildings) {
    byCompound.set(compound, [...(byCompound.get(compound) ?? []), building])
  }
  return [...byCompound].map(([compound, names]) => ({ compound, buildings: names }))
}
