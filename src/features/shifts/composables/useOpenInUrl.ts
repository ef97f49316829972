import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/**
 * Keeps what is open in a sheet in the address (`?shift=<id>`): the phone's back button closes
 * the sheet instead of leaving the page, and the address can be shared.
 */
export function useOpenInUrl(param: string) {
  const route = useRoute()
  const router = useRouter()
  /** We pushed an entry of our own, so going back is closing. */
  let pushed = false

  const openId = computed(() => {
    const value = route.query[param]
    return typeof value === 'string' && value ? value : null
  })

  async function open(id: string) {
    const replace = openId.value !== null
    await router.push({ query: { ...route.query, [param]: id }, replace })
    if (!replace) pushed = true
  }

  async function close() {
    if (openId.value === null) return
    if (pushed) {
      pushed = false
      router.back()
      return
    }
    const { [param]: _closed, ...query } = route.query
    await router.replace({ query })
  }

  return { openId, open, close }
}
