import type { CorpsDraft } from './api'

export type CorpsProblem = 'name_missing' | 'name_long' | 'charter_long' | 'phone_long'

const length = (text: string) => [...text.trim()].length

/** What stands against saving, by field; the limits are those of the database. */
export function corpsProblems(draft: CorpsDraft): Partial<Record<'name' | 'charter' | 'relayPhone', CorpsProblem>> {
  return {
    ...(length(draft.name) === 0 ? { name: 'name_missing' as const } : {}),
    ...(length(draft.name) > 40 ? { name: 'name_long' as const } : {}),
    ...(length(draft.charter) > 2000 ? { charter: 'charter_long' as const } : {}),
    ...(length(draft.relayPhone) > 20 ? { relayPhone: 'phone_long' as const } : {}),
  }
}
