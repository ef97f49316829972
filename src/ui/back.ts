import { type Ref, watch } from 'vue'

/** What is open over the page, the topmost last. */
const open: (() => void)[] = []

/** On a phone going back closes what is open over the page before it leaves the page. */
export function useClosedByBack(isOpen: Ref<boolean>): void {
  watch(
    isOpen,
    (now, _before, onCleanup) => {
      if (!now) return
      const close = () => (isOpen.value = false)
      open.push(close)
      onCleanup(() => open.splice(open.indexOf(close), 1))
    },
    { immediate: true },
  )
}

/** @returns whether something was open */
export function closeTopmost(): boolean {
  const close = open.at(-1)
  close?.()
  return close !== undefined
}
