import { useToast } from '@/ui/toast'
import { computed, shallowRef } from 'vue'
import { i18n } from './i18n'

interface InstallPromptEvent extends Event {
  prompt: () => Promise<void>
  userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }>
}

const installPrompt = shallowRef<InstallPromptEvent | null>(null)

/** Registers the service worker and tells about new versions; nothing reloads by itself. */
export async function startPwa(): Promise<void> {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    installPrompt.value = event as InstallPromptEvent
  })
  window.addEventListener('appinstalled', () => (installPrompt.value = null))
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return

  const { registerSW } = await import('virtual:pwa-register')
  const toast = useToast()
  const { t } = i18n.global
  const update = registerSW({
    immediate: true,
    onNeedRefresh() {
      toast.info(t('common.update_ready'), {
        action: { label: t('common.update_now'), run: () => void update(true) },
      })
    },
  })
}

/** Putting the app on the home screen, where the browser offers it. */
export function useInstall() {
  return {
    canInstall: computed(() => installPrompt.value !== null),
    async install() {
      const event = installPrompt.value
      if (!event) return
      await event.prompt()
      await event.userChoice
      installPrompt.value = null
    },
  }
}
