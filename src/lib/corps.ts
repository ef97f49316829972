/** The seven colours, in ribbon order. The codes are those of `corps_color` in the database. */
export const CORPS_COLORS = [
  'red_relief',
  'orange_youth',
  'yellow_patrol',
  'green_eco',
  'cyan_law',
  'blue_repair',
  'purple_health',
] as const

export type CorpsColor = (typeof CORPS_COLORS)[number]

export type CorpsHue = 'red' | 'orange' | 'yellow' | 'green' | 'cyan' | 'blue' | 'purple'

/** `red_relief` → `red`: the name of the tokens. */
export function corpsHue(color: CorpsColor): CorpsHue {
  return color.slice(0, color.indexOf('_')) as CorpsHue
}
