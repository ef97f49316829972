import type { Due, OfficeToday } from './api'

export type WaitingKey =
  | 'joins'
  | 'activities'
  | 'privacy'
  | 'corrections'
  | 'objections'
  | 'scoreObjections'
  | 'hours'
  | 'unconfirmed'
  | 'corps'
  | 'grids'
  | 'wishes'

export interface WaitingCard {
  key: WaitingKey
  count: number
  /** Something is late or must not wait. */
  urgent: boolean
  to: string
  /** Where each has a day it is due on. */
  due?: Due
  /** What exactly waits, where a few words can say it. */
  names?: string[]
}

const dueCard = (key: WaitingKey, due: Due, to: string): WaitingCard => ({
  key,
  count: due.open,
  urgent: due.overdue > 0,
  to,
  due,
})
const listCard = (key: WaitingKey, names: string[], to: string): WaitingCard => ({
  key,
  count: names.length,
  urgent: false,
  to,
  names,
})

/** What waits in the office: the urgent first, then what waits, then what is done. */
export function waitingCards(today: OfficeToday): WaitingCard[] {
  const [firstShift] = today.unconfirmed
  const [firstCorps] = today.corpsWithoutLeader
  const { objections, scoreObjections } = today
  const cards: WaitingCard[] = [
    { key: 'joins', count: today.joins, urgent: false, to: '/office/joins' },
    { key: 'activities', count: today.activities, urgent: false, to: '/office/activities' },
    listCard(
      'unconfirmed',
      today.unconfirmed.map((s) => s.title),
      firstShift ? `/lead/${firstShift.id}` : '/lead',
    ),
    dueCard('privacy', today.privacy, '/office/privacy'),
    dueCard('corrections', today.corrections, '/office/corrections'),
    dueCard(
      'objections',
      objections,
      objections.cycleId ? `/office/appraisal/${objections.cycleId}` : '/office/appraisal',
    ),
    ...(scoreObjections
      ? [
          dueCard(
            'scoreObjections',
            scoreObjections,
            `/office/branch?tab=scores${scoreObjections.orgId ? `&org=${scoreObjections.orgId}` : ''}`,
          ),
        ]
      : []),
    { key: 'hours', count: today.hours, urgent: false, to: '/office/hours?tab=backfill' },
    { key: 'wishes', count: today.wishes, urgent: false, to: '/office/wishes' },
    listCard(
      'corps',
      today.corpsWithoutLeader.map((c) => c.name),
      today.corpsWithoutLeader.length === 1 && firstCorps ? `/corps/${firstCorps.id}` : '/office/roles',
    ),
    listCard(
      'grids',
      today.gridsWithoutWorker.map((g) => g.name),
      '/office/import',
    ),
  ]
  const rank = (card: WaitingCard) => (card.urgent ? 0 : card.count > 0 ? 1 : 2)
  return cards.sort((a, b) => rank(a) - rank(b))
}
