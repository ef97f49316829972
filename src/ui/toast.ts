import { readonly, shallowRef } from 'vue'

export type ToastTone = 'info' | 'success' | 'danger'

export interface Toast {
  id: number
  text: string
  tone: ToastTone
  action: { label: string; run: () => void } | null
  /** ms; 0 = stays until it is closed. */
  duration: number
}

const toasts = shallowRef<readonly Toast[]>([])
let lastId = 0

interface ToastOptions {
  action?: { label: string; run: () => void }
  duration?: number
}

function dismiss(id: number) {
  toasts.value = toasts.value.filter((t) => t.id !== id)
}

function show(text: string, tone: ToastTone = 'info', options: ToastOptions = {}): number {
  const id = ++lastId
  // What went wrong stays until it was read; so does what offers an action.
  const duration = options.duration ?? (tone === 'danger' || options.action ? 0 : 6000)
  const others = toasts.value.filter((t) => t.text !== text)
  toasts.value = [...others.slice(-2), { id, text, tone, action: options.action ?? null, duration }]
  return id
}

/**
 * Short words at the edge of the screen, for what happened elsewhere or just now.
 *
 * @example const toast = useToast(); toast.success(t('shifts.claimed'))
 */
export function useToast() {
  return {
    toasts: readonly(toasts),
    show,
    dismiss,
    info: (text: string, options?: ToastOptions) => show(text, 'info', options),
    success: (text: string, options?: ToastOptions) => show(text, 'success', options),
    error: (text: string, options?: ToastOptions) => show(text, 'danger', options),
  }
}
