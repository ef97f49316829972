import { Gift, HeartHandshake, Wrench } from '@lucide/vue'
import { useI18n } from 'vue-i18n'
import type { AgeBand, WishFor, WishKind } from '../types'

export const KIND_ICONS = { goods: Gift, service: Wrench, companionship: HeartHandshake }

/** How a wish is spoken of: never more than its public words. */
export function useWishWords() {
  const { t } = useI18n()
  return {
    kind: (kind: WishKind) => t(`wishes.kind.${kind}`),
    group: (group: WishFor) => t(`wishes.for.${group}`),
    /** 「空巢老人 · 80 岁以上 · 候*奶」; of a child neither age nor name. */
    who: (wish: { wishFor: WishFor; ageBand: AgeBand | null; maskedName?: string | null }) =>
      [
        t(`wishes.for.${wish.wishFor}`),
        wish.ageBand && wish.ageBand !== 'child' && wish.ageBand !== 'teen' ? t(`wishes.age.${wish.ageBand}`) : null,
        wish.maskedName,
      ]
        .filter(Boolean)
        .join(' · '),
  }
}
