export const AWARD_KINDS = [
  'volunteer_pioneer',
  'area_star',
  'courtyard_star',
  'civilized_family',
  'harmonious_family',
  'excellent_member',
  'excellent_worker',
  'cobuild_model',
] as const
export type AwardKind = (typeof AWARD_KINDS)[number]

export const METHODS = [
  'hours',
  'months',
  'rating',
  'deeds',
  'reliability',
  'party_score',
  'sample',
  'hours_percentile',
  'committee',
  'peers',
] as const
export type Method = (typeof METHODS)[number]

/** From the asking to the award (domain.md). */
export const NOMINATION_STATUSES = [
  'nominated',
  'declined',
  'qualified',
  'unqualified',
  'shortlisted',
  'passed_over',
  'publicity',
  'granted',
  'withheld',
] as const
export type NominationStatus = (typeof NOMINATION_STATUSES)[number]

/** 「2026 年度」, 「2026 年第 3 季度」: what an award is for. */
export function periodWords(period: string, t: (key: string, params: Record<string, string>) => string): string {
  const [year = '', quarter] = period.split('-Q')
  return quarter ? t('appraisal.period.quarter', { year, quarter }) : t('appraisal.period.year', { year })
}

/** 「2026 年度志愿先锋」 */
export function awardTitle(
  { kind, period }: { kind: string; period: string },
  t: (key: string, params?: Record<string, string>) => string,
): string {
  return t('appraisal.award_of', { award: t(`appraisal.award.${kind}`), period: periodWords(period, t) })
}
