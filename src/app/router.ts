import { toAppError } from '@/lib/errors'
import { useSessionStore } from '@/lib/session'
import { closeTopmost } from '@/ui/back'
import { useToast } from '@/ui/toast'
import { createRouter, createWebHistory } from 'vue-router'
import { handleHotUpdate, routes } from 'vue-router/auto-routes'
import { checkAccess, hasPossibleIds } from './access'
import { i18n, loadMessages } from './i18n'

const RELOADED_KEY = 'sanlian.reloaded-for'

/** The untyped side of vue-i18n: route titles are keys the types cannot follow. */
function translator() {
  return i18n.global as unknown as { t: (key: string) => string; te: (key: string) => boolean }
}

// Listens before the router's history does: the guards are asked within that same task.
let isGoingBack = false
window.addEventListener('popstate', () => {
  isGoingBack = true
  setTimeout(() => (isGoingBack = false))
})

export const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  routes,
  scrollBehavior(to, from, saved) {
    if (saved) return saved
    if (to.hash && !to.hash.includes('=')) return { el: to.hash, top: 80 }
    // A filter changed in the address must not move the page.
    return to.path === from.path ? false : { top: 0 }
  },
})

/** A mail link comes back to the address the server knows, which need not be the page for it. */
const isRecoveryLink = (hash: string) => /[#&](type=recovery|error_code=otp_expired)(&|$)/.test(hash)

router.beforeEach((to, from) => {
  // What is open over the page goes first; a sheet that lives in the address is closed by it.
  if (isGoingBack && to.path !== from.path && closeTopmost()) return false
  if (isRecoveryLink(to.hash) && to.path !== '/reset') return { path: '/reset', hash: to.hash }
  if (!hasPossibleIds(to.params)) {
    return { name: '/[...path]', params: { path: to.path.slice(1) }, replace: true }
  }
  const answer = checkAccess(to.meta, useSessionStore())
  // A page that is for other roles stays at its address; App.vue says so in its place.
  if (answer === 'sign-in') return { path: '/sign-in', query: { next: to.fullPath } }
  if (answer === 'join') return { path: '/join', query: { next: to.fullPath } }
  return true
})

// The home is light: only other pages need the words of all features.
router.beforeResolve(async (to) => {
  if (to.path !== '/') await loadMessages()
})

router.afterEach((to, from, failure) => {
  if (failure) return
  const { t, te } = translator()
  const title = to.meta.title
  document.title = title && te(title) ? `${t(title)} · ${t('common.app_name')}` : t('common.app_name')
  if (from.matched.length > 0 && to.path !== from.path) void focusPage()
})

/** Puts the focus on the new page's heading, so that screen readers and keyboards start there. */
async function focusPage(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 60))
  const target = document.querySelector<HTMLElement>('main h1') ?? document.querySelector('main')
  if (!target || document.querySelector('[role="dialog"]')) return
  if (!target.hasAttribute('tabindex')) target.setAttribute('tabindex', '-1')
  target.focus({ preventScroll: true })
}

router.onError((error: unknown, to) => {
  const text = String((error as Error)?.message ?? '')
  const missingChunk = /dynamically imported module|module script failed|Unable to preload/i.test(text)
  if (missingChunk && navigator.onLine && sessionStorage.getItem(RELOADED_KEY) !== to.fullPath) {
    // A newer version was deployed and the old files are gone: load the page afresh, once.
    sessionStorage.setItem(RELOADED_KEY, to.fullPath)
    window.location.assign(to.fullPath)
    return
  }
  const { t } = translator()
  useToast().error(
    missingChunk || toAppError(error).isOffline ? t('common.page_needs_network') : t('common.crash.text'),
  )
})

if (import.meta.hot) handleHotUpdate(router)
