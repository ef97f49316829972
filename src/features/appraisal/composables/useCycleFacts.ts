import { awardTitle } from '@/lib/awards'
import { formatDateTime, formatDay, startOfDay } from '@/lib/time'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { statusWord } from '../rules'
import type { CycleBoard } from '../schema'

/** What a cycle went through, in words: its days for the screen, and everything but the nominees for the file. */
export function useCycleFacts(board: () => CycleBoard) {
  const { t, locale } = useI18n()
  const day = (value: string) => formatDay(startOfDay(value), locale.value)
  const days = computed(() => {
    const { cycle, notice } = board()
    return [
      { label: t('appraisal.day.collect'), value: day(cycle.collect_until) },
      { label: t('appraisal.day.decide'), value: day(cycle.decide_until) },
      ...(notice
        ? [{ label: t('appraisal.day.notice'), value: `${day(notice.first_day)} – ${day(notice.last_day)}` }]
        : []),
      ...(cycle.locked_at
        ? [{ label: t('appraisal.day.locked'), value: formatDay(cycle.locked_at, locale.value) }]
        : []),
      ...(cycle.quota !== null
        ? [
            {
              label: t('appraisal.day.quota'),
              value: t('appraisal.day.quota_of', { quota: cycle.quota, active: cycle.active ?? 0 }),
            },
          ]
        : []),
      ...(cycle.confirmed_at
        ? [{ label: t('appraisal.day.confirmed'), value: formatDay(cycle.confirmed_at, locale.value) }]
        : []),
    ]
  })

  const facts = () => {
    const { cycle, formula, panel, objections } = board()
    return [
      { label: t('appraisal.plan.kind'), value: awardTitle(cycle, t) },
      { label: t('appraisal.export.status'), value: t(`appraisal.status.${statusWord(cycle)}`) },
      { label: t('appraisal.plan.formula'), value: formula.code },
      ...days.value,
      { label: t('appraisal.plan.quorum'), value: String(cycle.quorum) },
      ...(panel ?? []).map((one) => ({
        label: t('appraisal.tabs.panel'),
        value: `${one.name} · ${
          one.signed_at
            ? t('appraisal.panel.signed', { at: formatDateTime(one.signed_at, locale.value) })
            : t('appraisal.panel.not_signed')
        }`,
      })),
      ...objections.map((one) => ({
        label: `${t('appraisal.tabs.objections')} · ${t(`appraisal.objection.${one.status}`)}`,
        value: [
          `${one.about ? t('appraisal.objection.about', { name: one.about }) : t('appraisal.objection.about_all')}：${one.text}`,
          ...(one.answer
            ? [t('appraisal.objection.answered', { who: one.answered_by ?? '', answer: one.answer })]
            : []),
          ...(one.set_aside_why ? [t('appraisal.objection.set_aside', { why: one.set_aside_why })] : []),
        ].join('\n'),
      })),
      ...(cycle.snapshot_hash ? [{ label: t('appraisal.export.snapshot'), value: cycle.snapshot_hash }] : []),
      ...(cycle.seal ? [{ label: t('appraisal.seal.title'), value: cycle.seal }] : []),
    ]
  }
  return { days, facts }
}
