import type { Shift } from './service.ts'
import { moment } from './time.ts'
import { type Community, emit, userOf } from './world.ts'

/** What waits on the points desk: an entry somebody doubts, points by hand for their second person, a version to publish. */
export function stagePointsDesk(c: Community, shifts: readonly Shift[]): void {
  const { volunteer, street_admin: street } = c.demo
  if (!c.figures.isMain || !volunteer || !street) return
  const faces = Object.values(c.demo)
  const served = shifts
    .flatMap(({ claims }) => claims.filter(({ outcome }) => outcome === 'attended').map(({ person }) => person))
    .filter((person) => person.age >= 18 && person !== c.secretary && !faces.includes(person))
  const doubter = served.find((person) => person.userId)
  const other = served.find((person) => person !== doubter)
  if (!doubter || !other) throw new Error('Nobody served whose points somebody could doubt.')
  emit(c, moment('2026-11-26', '20:20'), userOf(doubter), 'dispute_entry', ['points'], {
    text: '那天收拾场地到十二点才走，少记了半小时，麻烦核对一下。',
  })
  emit(c, moment('2026-11-27', '15:40'), userOf(street), 'propose_manual_adjustment', ['points'], {
    p_person_id: other.id,
    p_points: 15,
    p_reason: '街道联合活动帮忙半天，当天没有扫码',
  })
  emit(c, moment('2026-11-27', '17:10'), userOf(c.secretary), 'propose_ruleset', ['points'], {
    p_effective_from: '2027-01-01',
    p_changes: { V01: { points_per_half_hour: 6 }, V06: { points: 12 } },
  })
}
