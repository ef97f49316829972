import { describe, expect, it } from 'vitest'
import { waitingCards } from './rules'

const quiet = {
  joins: 0,
  activities: 0,
  privacy: { open: 0, overdue: 0, nextDue: null },
  corrections: { open: 0, overdue: 0, nextDue: null },
  hours: 0,
  objections: { open: 0, overdue: 0, nextDue: null, cycleId: null },
  scoreObjections: null,
  shiftsToday: 0,
  unconfirmed: [],
  corpsWithoutLeader: [],
  gridsWithoutWorker: [],
  wishes: 0,
}

describe('what waits in the office', () => {
  it('puts what is late first and what is done last', () => {
    const cards = waitingCards({ ...quiet, activities: 2, privacy: { open: 1, overdue: 1, nextDue: '2026-11-01' } })
    expect(cards.map((c) => c.key).slice(0, 3)).toEqual(['privacy', 'activities', 'joins'])
    expect(cards[0]!.urgent).toBe(true)
  })

  it('leads to the objection that is due first, and hides those to scores from whoever answers none', () => {
    const due = { open: 1, overdue: 0, nextDue: '2026-11-30' }
    const cards = waitingCards({
      ...quiet,
      objections: { ...due, cycleId: 'c1' },
      scoreObjections: { ...due, open: 2, orgId: 'o1' },
    })
    expect(cards.slice(0, 2).map((c) => c.to)).toEqual(['/office/appraisal/c1', '/office/branch?tab=scores&org=o1'])
    expect(waitingCards(quiet).some((c) => c.key === 'scoreObjections')).toBe(false)
  })

  it('leads straight to the one shift that waits for its hours', () => {
    const shift = { id: 's1', title: '巡逻', startsAt: new Date(), endsAt: new Date(), people: 3 }
    expect(waitingCards({ ...quiet, unconfirmed: [shift] })[0]).toMatchObject({ key: 'unconfirmed', to: '/lead/s1' })
  })
})
