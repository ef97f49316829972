import { useI18n } from 'vue-i18n'
import { pointsText } from './rules'

/** Whose objection, and to what. */
export function useObjectionTitle() {
  const { t } = useI18n()
  return ({ name, year, quarter }: { name: string; year: number; quarter: number | null }): string =>
    [name, t('party.score.year_of', { year }), quarter && t('party.quarter', { n: quarter })]
      .filter(Boolean)
      .join(' · ')
}

/** How a year ended: its band; of a part of a year, whether it reached that part of the line. */
export function useBandText() {
  const { t } = useI18n()
  return ({ band, months }: { band: string | null; months: number }, line = 60): string => {
    if (!band) return ''
    if (months === 12 || band === 'excellent' || band === 'good') return t(`party.band.${band}`)
    const part = pointsText((line * months) / 12)
    return t(band === 'below' ? 'party.band_part.below' : 'party.band_part.reached', { line: part, n: months })
  }
}
