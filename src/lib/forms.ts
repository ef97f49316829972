import * as v from 'valibot'
import { computed, nextTick, ref } from 'vue'
import type { ComputedRef, Ref } from 'vue'

export interface FormCheck<T> {
  /** Locale key of the first thing wrong with each field, once the form was sent. */
  errors: ComputedRef<Partial<Record<string, string>>>
  /** The clean values, or null; then the first wrong field has the focus. */
  check: () => T | null
  /** From now on nothing is marked, until the next `check`. */
  reset: () => void
}

/**
 * Checks a form against a valibot schema whose messages are locale keys. Nothing is marked
 * before it was sent once; after that the marks follow what is typed.
 *
 * @example const { errors, check } = useFormCheck(joinSchema, form)
 */
export function useFormCheck<Schema extends v.GenericSchema>(
  schema: Schema,
  form: Ref<unknown>,
): FormCheck<v.InferOutput<Schema>> {
  const sent = ref(false)
  const result = computed(() => v.safeParse(schema, form.value))
  const errors = computed(() => {
    const found: Partial<Record<string, string>> = {}
    if (!sent.value || result.value.success) return found
    for (const issue of result.value.issues) {
      const field = String(issue.path?.[0]?.key ?? 'form')
      found[field] ??= issue.message
    }
    return found
  })

  function check() {
    sent.value = true
    if (result.value.success) return result.value.output
    void nextTick(() =>
      document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus({ preventScroll: false }),
    )
    return null
  }

  return { errors, check, reset: () => (sent.value = false) }
}

/** A name as the database takes it: 1–50 code points, 「·」 and rare characters, no digits, marks or emoji. */
export function isPersonName(text: string): boolean {
  const name = text.normalize('NFC').trim()
  const length = [...name].length
  return (
    length >= 1 &&
    length <= 50 &&
    !/[0-9<>@#$%^&*=+{}[\]|\\/~`"!?;:]/.test(name) &&
    !/[\u{1F000}-\u{1FAFF}\u2600-\u27BF\uFE0F\u200D]/u.test(name)
  )
}

/** A mainland mobile number, also with spaces, full-width digits or +86. */
export function isMobile(text: string): boolean {
  return /^(86)?1[3-9]\d{9}$/.test(text.normalize('NFKC').replace(/[\s\-()+]/g, ''))
}
