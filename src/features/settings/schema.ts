import * as v from 'valibot'

const base = { key: v.string(), area: v.string() }

const switchSchema = v.object({ ...base, kind: v.literal('module'), default: v.boolean(), value: v.boolean() })
const numberSchema = v.object({
  ...base,
  kind: v.literal('number'),
  unit: v.nullable(v.string()),
  min: v.number(),
  max: v.number(),
  default: v.number(),
  value: v.number(),
})

export const settingsSchema = v.pipe(
  v.object({ settings: v.array(v.variant('kind', [switchSchema, numberSchema])) }),
  v.transform(({ settings }) => settings),
)

/** One thing a community sets for itself: a switch or a number. */
export type Setting = v.InferOutput<typeof settingsSchema>[number]
export type SettingValue = boolean | number
export type SettingValues = Record<string, SettingValue | null>
