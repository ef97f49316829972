import { expect, test } from 'vitest'
import { daysLeft, monthOf, mostOf, spacedCode } from './rules'
import type { Shop, ShopItem } from './schema'

const shop = { available: 400, max_points: 500 } as Shop
const item = (over: Partial<ShopItem>) =>
  ({ points: 100, left: null, per_person_year: null, least_quantity: 1, ...over }) as ShopItem

test('an order holds what points, stock and limits allow', () => {
  expect(mostOf(item({}), shop)).toBe(4)
  expect(mostOf(item({ left: 2 }), shop)).toBe(2)
  expect(mostOf(item({ per_person_year: 1 }), shop)).toBe(1)
  expect(mostOf(item({ points: 900 }), { ...shop, available: 2000 })).toBe(1)
  expect(mostOf(item({ points: 0 }), shop)).toBe(20)
  expect(mostOf(item({ points: 20, least_quantity: 3, left: 0 }), shop)).toBe(3)
})

test('the last day is day 0, to its end', () => {
  const order = { lapses_at: new Date('2026-12-01T16:00:00Z') }
  expect(daysLeft(order, Date.parse('2026-11-22T04:00:00Z'))).toBe(9)
  expect(daysLeft(order, Date.parse('2026-12-01T15:59:00Z'))).toBe(0)
})

test('months and codes are written out', () => {
  expect(monthOf('2028-02-10')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  expect(spacedCode('12345678')).toBe('1234 5678')
})
