import { toAppError, type AppError } from '@/lib/errors'
import { useSessionStore } from '@/lib/session'
import { onScopeDispose, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { readAttachment } from '../api'

/** An address for the bytes of a file that lives as long as the component looks at it. */
export function useAttachmentUrl(id: MaybeRefOrGetter<string | null>) {
  const session = useSessionStore()
  const url = ref<string | null>(null)
  const error = shallowRef<AppError | null>(null)
  const forget = () => {
    if (url.value) URL.revokeObjectURL(url.value)
    url.value = null
  }

  async function load() {
    forget()
    error.value = null
    const wanted = toValue(id)
    if (!wanted || !session.communityId) return
    try {
      const blob = await readAttachment(session.communityId, wanted)
      if (toValue(id) === wanted) url.value = URL.createObjectURL(blob)
    } catch (raw) {
      error.value = toAppError(raw)
    }
  }

  watch(() => toValue(id), load, { immediate: true })
  onScopeDispose(forget)
  return { url, error, reload: load }
}
