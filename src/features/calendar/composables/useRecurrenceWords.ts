import { useI18n } from 'vue-i18n'
import { endTime, recurrenceKey } from '../rules'
import type { Recurrence } from '../types'

/**
 * A rule in words: 「每周三、周五 19:30–21:00」.
 *
 * @example const words = useRecurrenceWords(); words(series)
 */
export function useRecurrenceWords() {
  const { t } = useI18n()
  return (r: Recurrence): string => {
    const often = t(`calendar.recurrence.${recurrenceKey(r)}`, {
      every: r.every,
      day: r.monthDay ?? '',
      weekdays: r.weekdays.map((n) => t(`calendar.weekday.${n}`)).join(t('calendar.and')),
    })
    return `${often} ${r.start}–${endTime(r.start, r.minutes)}`
  }
}
