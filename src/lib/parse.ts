import * as v from 'valibot'
import { AppError } from './errors'
import { parseTime } from './time'

/** A timestamp of the server as a Date. */
export const timeField = v.pipe(
  v.string(),
  v.rawTransform<string, Date>(({ dataset, addIssue, NEVER }) => {
    try {
      return parseTime(dataset.value)
    } catch {
      addIssue({ message: `not a time: ${dataset.value}` })
      return NEVER
    }
  }),
)

/**
 * Checks an answer of the server and turns it into the domain type the schema gives.
 * Throws AppError `unexpected` when the server says something this version does not know.
 */
export function parseAnswer<const Schema extends v.GenericSchema>(
  schema: Schema,
  answer: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, answer)
  if (result.success) return result.output
  const [first] = result.issues
  const path = first.path?.map((item) => String(item.key)).join('.') ?? ''
  throw new AppError('unexpected', { status: 200, hint: `${path}: ${first.message}` })
}
