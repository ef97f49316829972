import { placesSchema, shiftRole, signupStatus } from '@/features/shifts'
import { CORPS_COLORS } from '@/lib/corps'
import { timeField } from '@/lib/parse'
import * as v from 'valibot'

const corpsColor = v.picklist(CORPS_COLORS)

const blockEntries = {
  id: v.string(),
  organisation: v.string(),
  places: v.number(),
  filled: v.number(),
  until_at: timeField,
  is_open: v.boolean(),
  role: shiftRole,
  contact_name: v.string(),
  names: v.array(
    v.pipe(
      v.object({ signup_id: v.string(), display_name: v.string(), volunteer_no: v.nullable(v.string()) }),
      v.transform((row) => ({ signupId: row.signup_id, name: row.display_name, volunteerNo: row.volunteer_no ?? '' })),
    ),
  ),
}
const blockSchema = v.pipe(v.object(blockEntries), v.transform(toBlock))
type BlockRow = v.InferOutput<v.ObjectSchema<typeof blockEntries, undefined>>

function toBlock(row: BlockRow) {
  return {
    id: row.id,
    organisation: row.organisation,
    places: row.places,
    filled: row.filled,
    untilAt: row.until_at,
    isOpen: row.is_open,
    role: row.role,
    contactName: row.contact_name,
    names: row.names,
  }
}
/** Places kept for a group or firm, with the names handed in. */
export type Block = v.InferOutput<typeof blockSchema>

export const myBlocksSchema = v.pipe(
  v.object({
    blocks: v.array(
      v.pipe(
        v.object({
          ...blockEntries,
          shift_id: v.string(),
          title: v.string(),
          starts_at: timeField,
          ends_at: timeField,
          corps_color: corpsColor,
          corps_name: v.string(),
          place_name: v.nullable(v.string()),
        }),
        v.transform((row) => ({
          ...toBlock(row),
          shiftId: row.shift_id,
          title: row.title,
          startsAt: row.starts_at,
          endsAt: row.ends_at,
          corpsColor: row.corps_color,
          corpsName: row.corps_name,
          placeName: row.place_name,
        })),
      ),
    ),
  }),
  v.transform(({ blocks }) => blocks),
)
export type MyBlock = v.InferOutput<typeof myBlocksSchema>[number]

export const deskSchema = v.pipe(
  v.object({
    id: v.string(),
    title: v.string(),
    starts_at: timeField,
    ends_at: timeField,
    is_open: v.boolean(),
    corps_id: v.string(),
    corps_color: corpsColor,
    corps_name: v.string(),
    places: placesSchema,
    waiting: v.array(
      v.pipe(
        v.object({
          signup_id: v.string(),
          name: v.string(),
          role: shiftRole,
          status: signupStatus,
          offer_expires_at: v.nullable(timeField),
        }),
        v.transform((row) => ({
          signupId: row.signup_id,
          name: row.name,
          role: row.role,
          status: row.status,
          offerExpiresAt: row.offer_expires_at,
        })),
      ),
    ),
    stand_ins: v.array(
      v.pipe(
        v.object({
          id: v.string(),
          from_name: v.string(),
          to_name: v.nullable(v.string()),
          status: v.picklist(['open', 'accepted']),
        }),
        v.transform((row) => ({ id: row.id, fromName: row.from_name, toName: row.to_name, status: row.status })),
      ),
    ),
    blocks: v.array(blockSchema),
  }),
  v.transform((row) => ({
    id: row.id,
    title: row.title,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    isOpen: row.is_open,
    corpsId: row.corps_id,
    corpsColor: row.corps_color,
    corpsName: row.corps_name,
    places: row.places,
    waiting: row.waiting,
    standIns: row.stand_ins,
    blocks: row.blocks,
  })),
)
/** What a leader sees of the places of a shift. */
export type PlacesDesk = v.InferOutput<typeof deskSchema>

export const foundVolunteerSchema = v.pipe(
  v.object({ person_id: v.string(), display_name: v.string(), volunteer_no: v.string() }),
  v.transform((row) => ({ personId: row.person_id, name: row.display_name, volunteerNo: row.volunteer_no })),
)
export type FoundVolunteer = v.InferOutput<typeof foundVolunteerSchema>
