import { expect, it } from 'vitest'
import { byArea, changesOf, valuesOf } from './rules'
import type { Setting } from './schema'

const points: Setting = { key: 'points', area: 'points', kind: 'module', default: true, value: true }
const opens: Setting = {
  key: 'check_in_opens_minutes',
  area: 'volunteers',
  kind: 'number',
  unit: 'minutes',
  min: 10,
  max: 240,
  default: 60,
  value: 60,
}
const settings = [points, opens]

it('shows the areas in their order, an unknown one last', () => {
  const other: Setting = { ...points, key: 'other', area: 'zoo' }
  expect(byArea([other, points, opens]).map(({ area }) => area)).toEqual(['volunteers', 'points', 'zoo'])
})

it('sends only what was changed, and no emptied number', () => {
  expect(changesOf(settings, valuesOf(settings))).toEqual({})
  expect(changesOf(settings, { points: false, check_in_opens_minutes: null })).toEqual({ points: false })
  expect(changesOf(settings, { points: true, check_in_opens_minutes: 90 })).toEqual({ check_in_opens_minutes: 90 })
})
