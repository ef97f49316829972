import { formatDateTime } from '@/lib/time'
import { useI18n } from 'vue-i18n'
import { reasonKey } from '../rules'
import type { Reason } from '../schema'

/** A reason in words: why not, and what would make it possible. */
export function useReasonWords() {
  const { t, locale } = useI18n()
  return (reason: Reason, now: number) => {
    const key = reasonKey(reason.slug)
    const params = {
      age: reason.age ?? '',
      max: reason.max ?? '',
      qualification: reason.qualification ? t(`shifts.qualification.${reason.qualification}`) : '',
      at: reason.at ? formatDateTime(reason.at, locale.value, now) : '',
    }
    return { why: t(`shifts.why.${key}`, params), fix: t(`shifts.why_fix.${key}`, params) }
  }
}
