import type { OfficeToday } from './api'

export type WaitingKey =
  | 'joins'
  | 'activities'
  | 'privacy'
  | 'corrections'
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
}

/** What waits in the office: the urgent first, then what waits, then what is done. */
export function waitingCards(today: OfficeToday): WaitingCard[] {
  const [firstShift] = today.unconfirmed
  const [firstCorps] = today.corpsWithoutLeader
  const cards: WaitingCard[] = [
    { key: 'joins', count: today.joins, urgent: false, to: '/office/joins' },
    { key: 'activities', count: today.activities, urgent: false, to: '/office/activities' },
    {
      key: 'unconfirmed',
      count: today.unconfirmed.length,
      urgent: false,
      to: firstShift ? `/lead/${firstShift.id}` : '/lead',
    },
    { key: 'privacy', count: today.privacy.open, urgent: today.privacy.overdue > 0, to: '/office/privacy' },
    {
      key: 'corrections',
      count: today.corrections.open,
      urgent: today.corrections.overdue > 0,
      to: '/office/corrections',
    },
    { key: 'hours', count: today.hours, urgent: false, to: '/office/hours?tab=backfill' },
    { key: 'wishes', count: today.wishes, urgent: false, to: '/office/wishes' },
    {
      key: 'corps',
      count: today.corpsWithoutLeader.length,
      urgent: false,
      to: today.corpsWithoutLeader.length === 1 && firstCorps ? `/corps/${firstCorps.id}` : '/office/roles',
    },
    { key: 'grids', count: today.gridsWithoutWorker.length, urgent: false, to: '/office/import' },
  ]
  const rank = (card: WaitingCard) => (card.urgent ? 0 : card.count > 0 ? 1 : 2)
  return cards.sort((a, b) => rank(a) - rank(b))
}
