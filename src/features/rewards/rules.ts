import { dayDistance } from '@/lib/time'
import type { ItemKind, Order, Shop, ShopItem } from './schema'

/** How many of an item one order may hold: points, an order's limit, what is left, the year. */
export function mostOf(item: ShopItem, shop: Shop): number {
  const byPoints = item.points > 0 ? Math.floor(shop.available / item.points) : 20
  const byOrder = item.points > 0 ? Math.max(1, Math.floor(shop.max_points / item.points)) : 20
  const most = Math.min(20, byPoints, byOrder, item.left ?? 20, item.per_person_year ?? 20)
  return Math.max(item.least_quantity, most)
}

export const isOpen = (order: Pick<Order, 'status'>) => order.status === 'placed' || order.status === 'ready'

/** Whole days until an order goes back by itself; 0 is today, the last day. */
export function daysLeft(order: Pick<Order, 'lapses_at'>, now: number): number {
  // It lapses with the day before this moment: midnight belongs to the day that ends.
  return Math.max(0, dayDistance(order.lapses_at.getTime() - 1, now))
}

/** `12345678` → `1234 5678`. */
export const spacedCode = (code: string) => code.replace(/^(\d{4})(\d{4})$/, '$1 $2')

/** What of a kind is shown; null is everything. */
export const ofKind = (items: readonly ShopItem[], kind: ItemKind | null) =>
  items.filter((item) => kind === null || item.kind === kind)

/** Fen as yuan, two places. */
export const yuan = (fen: number) => (fen / 100).toFixed(2)

/** The first and the last day of the month a day is in. */
export function monthOf(day: string): { from: string; to: string } {
  const [year, month] = day.split('-').map(Number) as [number, number]
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const head = day.slice(0, 8)
  return { from: `${head}01`, to: `${head}${String(last).padStart(2, '0')}` }
}
