import '@/ui/tokens.css'
import { startOutbox } from '@/lib/outbox'
import { useSessionStore } from '@/lib/session'
import { PiniaColada, useQueryCache } from '@pinia/colada'
import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'
import App from './App.vue'
import { i18n, loadMessages, restoreLocale } from './i18n'
import { startPwa } from './pwa'
import { router } from './router'
import { startTheme } from './theme'

startTheme()
await restoreLocale()

const pinia = createPinia()
const app = createApp(App)
app
  .use(pinia)
  .use(PiniaColada, { queryOptions: { staleTime: 10_000 } })
  .use(i18n)
  .use(router)

const session = useSessionStore(pinia)
const outbox = startOutbox(() => session.userId)
const queries = useQueryCache(pinia)

outbox.onSettled((entry) => {
  for (const key of entry.invalidates) void queries.invalidateQueries({ key })
})

// Another person or another community sees nothing of what was loaded before.
watch(
  () => [session.userId, session.communityId],
  () => {
    for (const entry of queries.getEntries()) queries.remove(entry)
    void outbox.replay()
  },
)

// A visitor never needs the members' layout; a member has it at the first paint.
if (session.isSignedIn) await import('./layouts/PhoneLayout.vue').catch(() => undefined)
app.mount('#app')

const whenIdle = (work: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(work, { timeout: 3000 }) : setTimeout(work, 1200)

whenIdle(() => {
  void session.refresh()
  void loadMessages().catch(() => undefined)
  void startPwa()
})
window.addEventListener('online', () => void session.refresh())
