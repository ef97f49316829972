import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import texts from '../../src/locales/zh-CN/notifications.json'

const MIGRATIONS = fileURLToPath(new URL('../../supabase/migrations/', import.meta.url))
/** Other words of a kind that is in the list: with points or without, for oneself or for somebody helped; and what is not known. */
const VARIANTS = new Set([
  'shift_tomorrow_helped',
  'shift_soon_helped',
  'points_expiring_helped',
  'service_credited_hours',
  'wish_realized_points',
  'unknown',
])

test('every kind of notice that has words belongs to a switch of /me/notices', () => {
  const sql = readdirSync(MIGRATIONS)
    .map((file) => readFileSync(MIGRATIONS + file, 'utf8'))
    .join('\n')
  const lists = [...sql.matchAll(/insert into private\.notice_kinds([^;]*);/g)].map(([, list]) => list).join()
  const listed = new Set([...lists.matchAll(/\('([a-z_]+)',\s*'[a-z]+'/g)].map(([, kind]) => kind))
  expect(Object.keys(texts.kind).filter((kind) => !VARIANTS.has(kind) && !listed.has(kind))).toEqual([])
})
