import { CORPS_COLORS } from '@/lib/corps'
import { timeField } from '@/lib/parse'
import * as v from 'valibot'

export const BOARD_KINDS = ['corps_hours', 'grid_hours', 'people_hours', 'people_points'] as const
export type BoardKind = (typeof BOARD_KINDS)[number]
export type BoardDisplay = 'hidden' | 'masked' | 'alias'

export const isPeopleBoard = (kind: BoardKind) => kind === 'people_hours' || kind === 'people_points'

const teamSchema = v.pipe(
  v.object({
    /** A corps colour or the id of a grid. */
    team: v.string(),
    name: v.nullable(v.string()),
    place: v.nullable(v.number()),
    hours: v.nullable(v.number()),
    people: v.nullable(v.number()),
    correction_hours: v.nullable(v.number()),
  }),
  v.transform(({ correction_hours: correctionHours, ...team }) => ({ ...team, correctionHours })),
)

const personSchema = v.pipe(
  v.object({
    place: v.number(),
    /** Minutes or points. */
    value: v.number(),
    /** null: agreed to be shown then, and no more. */
    label: v.nullable(v.string()),
    is_me: v.boolean(),
    correction: v.nullable(v.number()),
  }),
  v.transform(({ is_me: isMe, ...person }) => ({ ...person, isMe })),
)

const frame = {
  period: v.string(),
  scope: v.string(),
  is_closed: v.boolean(),
  closes_at: timeField,
  least: v.number(),
}

const teamBoardSchema = v.pipe(
  v.object({ kind: v.picklist(['corps_hours', 'grid_hours']), entries: v.array(teamSchema), ...frame }),
  v.transform(({ is_closed: isClosed, closes_at: closesAt, ...board }) => ({ ...board, isClosed, closesAt })),
)
const peopleBoardSchema = v.pipe(
  v.object({ kind: v.picklist(['people_hours', 'people_points']), entries: v.array(personSchema), ...frame }),
  v.transform(({ is_closed: isClosed, closes_at: closesAt, ...board }) => ({ ...board, isClosed, closesAt })),
)
export const boardSchema = v.union([teamBoardSchema, peopleBoardSchema])
export type TeamBoard = v.InferOutput<typeof teamBoardSchema>
export type PeopleBoard = v.InferOutput<typeof peopleBoardSchema>
export type Board = TeamBoard | PeopleBoard

export const isOfPeople = (board: Board): board is PeopleBoard => isPeopleBoard(board.kind)
export type TeamEntry = v.InferOutput<typeof teamSchema>
export type PersonEntry = v.InferOutput<typeof personSchema>

const neighbourSchema = v.nullable(v.object({ label: v.nullable(v.string()), value: v.number() }))
export const myPlaceSchema = v.pipe(
  v.object({
    value: v.number(),
    place: v.nullable(v.number()),
    above: neighbourSchema,
    below: neighbourSchema,
    correction: v.nullable(v.number()),
    display: v.picklist(['hidden', 'masked', 'alias']),
    alias: v.nullable(v.string()),
    label: v.string(),
    is_closed: v.boolean(),
  }),
  v.transform(({ is_closed: isClosed, ...mine }) => ({ ...mine, isClosed })),
)
export type MyPlace = v.InferOutput<typeof myPlaceSchema>

export const myPlacesSchema = v.array(
  v.object({ period: v.string(), value: v.number(), place: v.nullable(v.number()) }),
)
export type PlaceInMonth = v.InferOutput<typeof myPlacesSchema>[number]

export const isCorpsColor = (team: string): team is (typeof CORPS_COLORS)[number] =>
  (CORPS_COLORS as readonly string[]).includes(team)
