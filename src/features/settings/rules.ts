import type { Setting, SettingValue, SettingValues } from './schema'

/** The order of the areas on the screen; an area not named here comes last. */
const AREAS = ['volunteers', 'signup', 'points', 'party', 'care', 'appraisal']

export interface SettingArea {
  area: string
  settings: Setting[]
}

/** The settings by area, switches before numbers, as the registry orders them. */
export function byArea(settings: readonly Setting[]): SettingArea[] {
  const rank = (area: string) => (AREAS.includes(area) ? AREAS.indexOf(area) : AREAS.length)
  const areas = [...new Set(settings.map(({ area }) => area))].sort((a, b) => rank(a) - rank(b))
  return areas.map((area) => ({ area, settings: settings.filter((setting) => setting.area === area) }))
}

export const valuesOf = (settings: readonly Setting[]): SettingValues =>
  Object.fromEntries(settings.map(({ key, value }) => [key, value]))

/** What was changed and can be sent; an emptied number waits until it is filled. */
export function changesOf(settings: readonly Setting[], values: SettingValues): Record<string, SettingValue> {
  const changes: Record<string, SettingValue> = {}
  for (const { key, value } of settings) {
    const wanted = values[key]
    if (wanted !== null && wanted !== undefined && wanted !== value) changes[key] = wanted
  }
  return changes
}
