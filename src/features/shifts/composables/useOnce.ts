import { errorMessage } from '@/lib/errors'
import { ref } from 'vue'
import { useI18n } from 'vue-i18n'

/** Runs one thing at a time (a second tap before the answer does nothing) and keeps a refusal in words. */
export function useOnce() {
  const { t, te } = useI18n()
  const busy = ref(false)
  const failure = ref<string | null>(null)

  /** True when it went through. */
  async function once(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    failure.value = null
    try {
      await work()
      return true
    } catch (error) {
      failure.value = errorMessage({ t, te }, error)
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, failure, once }
}
