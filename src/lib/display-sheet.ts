const EVENT = 'sanlian:display-settings'

/** Asks the shell to open the display settings (light and dark, 长辈版, size of text, language). */
export function requestDisplaySheet(): void {
  window.dispatchEvent(new Event(EVENT))
}

/** Called by the shell. Returns the way to stop. */
export function onDisplaySheetRequested(open: () => void): () => void {
  window.addEventListener(EVENT, open)
  return () => window.removeEventListener(EVENT, open)
}
