import type { ComputedRef, InjectionKey } from 'vue'
import { computed, inject, useId } from 'vue'

export interface FieldContext {
  id: string
  describedBy: string | undefined
  invalid: boolean
  required: boolean
}

export const FIELD: InjectionKey<ComputedRef<FieldContext>> = Symbol('field')

/** The attributes that tie a control to the label, hint and error of the UiField around it. */
export function useFieldAttrs() {
  const field = inject(FIELD, null)
  const ownId = useId()
  return computed(() => ({
    id: field?.value.id ?? ownId,
    'aria-describedby': field?.value.describedBy,
    'aria-invalid': field?.value.invalid || undefined,
    'aria-required': field?.value.required || undefined,
  }))
}

/** The common look of typed controls. */
export const CONTROL_CLASS =
  'block w-full min-w-0 min-h-control rounded-control border border-line-strong bg-surface px-3.5 text-base text-ink ' +
  'transition-colors hover:border-ink-2 aria-invalid:border-2 aria-invalid:border-danger ' +
  'disabled:border-line disabled:bg-sunken disabled:text-ink-3 [&[readonly]]:bg-sunken'
