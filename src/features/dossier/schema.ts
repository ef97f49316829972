import { CORPS_COLORS } from '@/lib/corps'
import { timeField } from '@/lib/parse'
import * as v from 'valibot'

const optionalText = v.optional(v.nullable(v.string()), null)
const optionalTime = v.optional(v.nullable(timeField), null)

export const CERTIFICATE_STATUSES = ['valid', 'revoked', 'superseded'] as const
export const CORRECTION_KINDS = ['wrong_time', 'not_mine', 'missing', 'other'] as const
export type CorrectionKind = (typeof CORRECTION_KINDS)[number]
const endedWhy = v.optional(
  v.nullable(v.picklist(['record_reversed', 'withdrawn', 'replaced', 'erased', 'award_revoked'])),
  null,
)

const share = v.object({ code: v.string(), minutes: v.number(), times: v.number() })
export type Share = v.InferOutput<typeof share>

/** What the certificate of an award is about; the holder of a unit's is the unit. */
const awardOf = v.optional(
  v.nullable(v.object({ award: v.string(), period: v.string(), holder: v.picklist(['person', 'family', 'unit']) })),
  null,
)

const certificateLine = v.object({
  id: v.string(),
  award: awardOf,
  number: v.string(),
  period_from: v.string(),
  period_to: v.string(),
  minutes: v.number(),
  times: v.number(),
  issued_at: timeField,
  status: v.picklist(CERTIFICATE_STATUSES),
  ended_at: optionalTime,
  ended_why: endedWhy,
})
export type CertificateLine = v.InferOutput<typeof certificateLine>

const dossierRecord = v.object({
  id: v.string(),
  service_date: v.string(),
  starts_at: timeField,
  ends_at: timeField,
  minutes: v.number(),
  provenance: v.string(),
  title: v.string(),
  category: v.string(),
  corps_color: v.picklist(CORPS_COLORS),
  corps_name: v.string(),
  place_name: optionalText,
  is_reversed: v.boolean(),
})
export type DossierRecord = v.InferOutput<typeof dossierRecord>

const correction = v.object({
  id: v.string(),
  record_id: optionalText,
  service_date: v.string(),
  kind: v.picklist(CORRECTION_KINDS),
  note: optionalText,
  status: v.picklist(['open', 'corrected', 'declined']),
  asked_at: timeField,
  due_on: v.string(),
  answered_at: optionalTime,
  answer: optionalText,
})
export type Correction = v.InferOutput<typeof correction>

export const dossierSchema = v.object({
  name: v.string(),
  volunteer_no: optionalText,
  star_hours: v.array(v.number()),
  minutes_total: v.number(),
  minutes_here: v.number(),
  times_here: v.number(),
  stars: v.array(v.object({ star: v.number(), hours: v.number(), reached_at: timeField })),
  corps: v.array(v.object({ name: v.string(), color: v.picklist(CORPS_COLORS), joined_on: v.string() })),
  years: v.array(v.object({ year: v.number(), minutes: v.number(), times: v.number() })),
  colors: v.array(share),
  categories: v.array(share),
  provenances: v.array(share),
  earlier: v.array(
    v.object({ id: v.string(), year: v.number(), minutes: v.number(), times: v.number(), source: v.string() }),
  ),
  trainings: v.array(v.object({ title: v.string(), passed_on: v.string() })),
  records: v.array(dossierRecord),
  awards: v.array(
    v.object({
      id: v.string(),
      kind: v.string(),
      period: v.string(),
      title: optionalText,
      granted_on: v.string(),
      status: v.picklist(['granted', 'revoked']),
      revoked_why: optionalText,
    }),
  ),
  certificates: v.array(certificateLine),
  corrections: v.array(correction),
})
export type Dossier = v.InferOutput<typeof dossierSchema>

export const certificateSchema = v.object({
  ...certificateLine.entries,
  code: v.string(),
  holder_name: v.string(),
  volunteer_no: optionalText,
  unit_name: v.string(),
  content: v.array(
    v.object({
      date: v.string(),
      starts_at: timeField,
      ends_at: timeField,
      minutes: v.number(),
      title: v.string(),
      category: v.string(),
      place: optionalText,
      corps: v.string(),
    }),
  ),
  is_own: v.boolean(),
})
export type Certificate = v.InferOutput<typeof certificateSchema>

export const checkedSchema = v.object({
  number: v.string(),
  unit_name: v.string(),
  issued_on: v.string(),
  status: v.picklist(CERTIFICATE_STATUSES),
  ended_on: optionalText,
  ended_why: endedWhy,
  award: awardOf,
  holder_masked: optionalText,
  period_from: optionalText,
  period_to: optionalText,
  minutes: v.optional(v.number(), 0),
  times: v.optional(v.number(), 0),
  content: v.optional(
    v.nullable(v.array(v.object({ category: v.string(), times: v.number(), minutes: v.number() }))),
    [],
  ),
})
export type CheckedCertificate = v.InferOutput<typeof checkedSchema>

export const deskSchema = v.array(
  v.object({
    ...correction.entries,
    is_overdue: v.boolean(),
    name: v.string(),
    is_own: v.boolean(),
    title: optionalText,
    minutes: v.optional(v.nullable(v.number()), null),
    starts_at: optionalTime,
    ends_at: optionalTime,
    shift_id: optionalText,
    corps_name: optionalText,
    confirmed_by_me: v.optional(v.nullable(v.boolean()), null),
    confirmed_by_name: optionalText,
    is_reversed: v.boolean(),
  }),
)
export type DeskCorrection = v.InferOutput<typeof deskSchema>[number]

export const exportSchema = v.object({
  rows: v.array(
    v.object({
      volunteer_no: v.string(),
      name: v.string(),
      title: v.string(),
      service_date: v.string(),
      starts_at: timeField,
      ends_at: timeField,
      minutes: v.number(),
      category: v.string(),
      corps_name: v.string(),
      place_name: optionalText,
      provenance: v.string(),
      unit_name: v.string(),
    }),
  ),
})
export type ExportRow = v.InferOutput<typeof exportSchema>['rows'][number]
