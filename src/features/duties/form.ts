import * as v from 'valibot'
import { DUTY_KINDS } from './schema'

/** The form of a duty; the messages are locale keys. */
export const dutyFormSchema = v.pipe(
  v.object({
    kind: v.picklist(DUTY_KINDS, 'duties.error.kind'),
    at: v.pipe(v.string(), v.minLength(1, 'duties.error.at')),
    minutes: v.pipe(
      v.number('duties.error.minutes'),
      v.minValue(5, 'duties.error.minutes'),
      v.maxValue(720, 'duties.error.minutes'),
    ),
    draftKind: v.nullable(v.string()),
    draftText: v.string(),
  }),
  v.forward(
    v.partialCheck(
      [['draftKind'], ['draftText']],
      (form) => form.draftKind === null || form.draftText.trim() !== '',
      'duties.error.draft',
    ),
    ['draftText'],
  ),
)
