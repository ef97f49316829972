import { useI18n } from 'vue-i18n'
import type { RowReason } from '../rules'

/** The sentence for a reason a row was refused, or for a hint. */
export function useReasonWords() {
  const { t, te } = useI18n()
  const fieldWords = (field: RowReason['field']) => t(`roster.fields.${field}`)
  function reasonWords({ field, reason, params }: RowReason): string {
    const key = `roster.reasons.${reason}`
    return te(key) ? t(key, { ...params, field: fieldWords(field) }) : t('errors.unexpected')
  }
  return { fieldWords, reasonWords }
}
