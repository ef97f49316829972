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
