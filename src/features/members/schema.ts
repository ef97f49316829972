import { serverNow } from '@/lib/clock'
import { isMobile, isPersonName } from '@/lib/forms'
import { ageGroup, isBirth } from '@/features/auth'
import * as v from 'valibot'

const name = v.pipe(v.string(), v.trim(), v.check(isPersonName, 'members.check.name'))
const phone = v.pipe(v.string(), v.trim(), v.check(isMobile, 'members.check.phone'))
const optionalPhone = v.pipe(
  v.string(),
  v.trim(),
  v.check((text) => text === '' || isMobile(text), 'members.check.phone'),
  v.transform((text) => text || null),
)
const agreed = v.literal(true, 'members.check.consent')
const note = (max: number, missing: string) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty(missing),
    v.check((text) => [...text].length <= max, 'members.check.too_long'),
  )

/** Joining as an adult, or from 14 to 17 with a guardian. */
export const joinSchema = v.object({ name, phone, agreed })
export const minorJoinSchema = v.object({
  name,
  phone,
  guardianName: v.pipe(v.string(), v.trim(), v.check(isPersonName, 'members.check.guardian_name')),
  guardianPhone: v.pipe(v.string(), v.trim(), v.check(isMobile, 'members.check.guardian_phone')),
  agreed,
})

const digits = v.union([v.number(), v.literal('')])

interface PersonBirth {
  year: number | ''
  month: number | ''
}
const born = (form: PersonBirth) =>
  isBirth(form, serverNow()) ? ageGroup({ year: Number(form.year), month: Number(form.month) }, serverNow()) : null

/** Registering a person without a phone of their own (代办). */
export const personSchema = v.pipe(
  v.object({
    name,
    year: digits,
    month: digits,
    phone: optionalPhone,
    gridId: v.pipe(
      v.string(),
      v.transform((id) => id || null),
    ),
    consentVia: v.picklist(['helper', 'paper', 'guardian'], 'members.check.consent_via'),
    guardianName: v.pipe(v.string(), v.trim()),
    guardianPhone: v.pipe(v.string(), v.trim()),
  }),
  v.forward(
    v.check((form) => born(form) !== null, 'members.check.birth'),
    ['year'],
  ),
  v.forward(
    v.check((form) => born(form) !== 'under_fourteen', 'members.check.under_fourteen'),
    ['year'],
  ),
  v.forward(
    v.check((form) => born(form) !== 'minor' || isPersonName(form.guardianName), 'members.check.guardian_name'),
    ['guardianName'],
  ),
  v.forward(
    v.check((form) => born(form) !== 'minor' || isMobile(form.guardianPhone), 'members.check.guardian_phone'),
    ['guardianPhone'],
  ),
)

export const revealSchema = v.object({ reason: note(200, 'members.check.reason') })
export const rejectSchema = v.object({ reason: note(200, 'members.check.reject_reason') })
export const answerSchema = v.object({ answer: note(1000, 'members.check.answer') })

/** A correction and a complaint say what about; the others may. */
export const privacyAskSchema = v.pipe(
  v.object({
    kind: v.picklist(['access', 'correction', 'copy', 'deletion', 'complaint']),
    note: v.pipe(
      v.string(),
      v.trim(),
      v.check((text) => [...text].length <= 1000, 'members.check.too_long'),
    ),
  }),
  v.forward(
    v.check(
      (form) => !['correction', 'complaint'].includes(form.kind) || form.note !== '',
      'members.check.privacy_note',
    ),
    ['note'],
  ),
)

export const roleSchema = v.pipe(
  v.object({
    personId: v.pipe(v.string(), v.nonEmpty('members.check.person')),
    role: v.pipe(v.string(), v.nonEmpty('members.check.role')),
    scopeKind: v.string(),
    scopeId: v.string(),
    validFrom: v.string(),
    validTo: v.string(),
  }),
  v.forward(
    v.check((form) => form.scopeKind === 'community' || form.scopeId !== '', 'members.check.scope'),
    ['scopeId'],
  ),
  v.forward(
    v.check((form) => !form.validFrom || !form.validTo || form.validTo >= form.validFrom, 'members.check.dates'),
    ['validTo'],
  ),
)
