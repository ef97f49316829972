import { localStore } from '@/lib/storage'
import { computed, reactive, readonly, watch } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'

interface Display {
  theme: Theme
  /** 长辈版 */
  elder: boolean
  /** 0 … 3; in 长辈版 20, 23, 26, 30 px for body text. */
  fontStep: number
}

/** public/look.js reads the same key before the first paint. */
const KEY = 'sanlian.display'
const SCALES = [1, 1.15, 1.3, 1.5]

const display = reactive<Display>({
  theme: 'auto',
  elder: false,
  fontStep: 0,
  ...localStore.get<Partial<Display>>(KEY),
})

const prefersDark = typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)')

function apply() {
  const root = document.documentElement
  const dark = display.theme === 'dark' || (display.theme === 'auto' && prefersDark?.matches === true)
  root.dataset['theme'] = dark ? 'dark' : 'light'
  root.dataset['mode'] = display.elder ? 'elder' : 'standard'
  root.style.setProperty('--font-scale', String(SCALES[display.fontStep] ?? 1))
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', dark ? '#0f0e0c' : '#fbf8f2')
}

/** Keeps the document in the chosen look. Called once by the app. */
export function startTheme(): void {
  watch(
    display,
    () => {
      apply()
      localStore.set(KEY, { ...display })
    },
    { immediate: true },
  )
  prefersDark?.addEventListener('change', apply)
}

/** Light or dark, 长辈版, and the size of text. */
export function useDisplay() {
  return {
    display: readonly(display),
    setTheme: (theme: Theme) => (display.theme = theme),
    setElder: (on: boolean) => (display.elder = on),
    setFontStep: (step: number) => (display.fontStep = Math.min(SCALES.length - 1, Math.max(0, step))),
    isElder: computed(() => display.elder),
  }
}
