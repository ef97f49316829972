import { CORPS_COLORS } from '@/lib/corps'
import { timeField } from '@/lib/parse'
import * as v from 'valibot'

const color = v.picklist(CORPS_COLORS)
/** null: too few people stand behind it. */
const sum = v.nullable(v.number())

export const myYearSchema = v.pipe(
  v.object({
    year: v.number(),
    is_over: v.boolean(),
    first_year: v.nullable(v.number()),
    minutes: v.number(),
    times: v.number(),
    service_days: v.number(),
    months: v.array(v.object({ month: v.number(), minutes: v.number() })),
    colors: v.array(v.object({ color, minutes: v.number() })),
    wishes: v.number(),
    thanks: v.number(),
    helped: v.number(),
    duties: v.number(),
    duty_minutes: v.number(),
    points: v.number(),
    trainings: v.number(),
    stars: v.array(v.number()),
    awards: v.array(v.object({ kind: v.string(), period: v.string() })),
  }),
  v.transform(
    ({ is_over: isOver, first_year: firstYear, service_days: serviceDays, duty_minutes: dutyMinutes, ...mine }) => ({
      ...mine,
      isOver,
      firstYear,
      serviceDays,
      dutyMinutes,
    }),
  ),
)
export type MyYear = v.InferOutput<typeof myYearSchema>

const totalsSchema = v.object({
  persons: sum,
  volunteers: sum,
  newcomers: sum,
  served: sum,
  hours: sum,
  households: v.number(),
  households_served: sum,
  activities: v.number(),
  wishes: sum,
  party_members: sum,
  party_on_duty: sum,
  duties: sum,
  duty_hours: sum,
})
export type YearTotals = v.InferOutput<typeof totalsSchema>

const monthSchema = v.object({
  month: v.number(),
  people: sum,
  hours: sum,
  wishes: sum,
  duties: sum,
  duty_hours: sum,
})
const gridSchema = v.object({
  /** null: whoever lives in no grid. */
  grid_id: v.nullable(v.string()),
  name: v.nullable(v.string()),
  persons: sum,
  households: v.number(),
  volunteers: sum,
  served: sum,
  hours: sum,
  households_served: sum,
  wishes: sum,
  duties: sum,
})
const corpsSchema = v.object({ color, members: sum, activities: v.number(), served: sum, hours: sum, wishes: sum })

export const dashboardSchema = v.object({
  year: v.number(),
  least: v.number(),
  first_year: v.number(),
  totals: totalsSchema,
  before: totalsSchema,
  months: v.array(monthSchema),
  grids: v.array(gridSchema),
  corps: v.array(corpsSchema),
  server_time: timeField,
})
export type YearDashboard = v.InferOutput<typeof dashboardSchema>
export type YearMonth = v.InferOutput<typeof monthSchema>
export type YearGrid = v.InferOutput<typeof gridSchema>
export type YearCorps = v.InferOutput<typeof corpsSchema>

const streetCommunitySchema = v.object({
  id: v.string(),
  name: v.string(),
  is_mine: v.boolean(),
  first_year: v.number(),
  least: v.number(),
  totals: totalsSchema,
  before: totalsSchema,
})
export const streetSchema = v.object({
  year: v.number(),
  street: v.nullable(v.string()),
  communities: v.array(streetCommunitySchema),
  server_time: timeField,
})
export type StreetOverview = v.InferOutput<typeof streetSchema>
export type StreetCommunity = v.InferOutput<typeof streetCommunitySchema>
