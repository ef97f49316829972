import { localStore } from '@/lib/storage'

// Pop-ups of the browser while the app is open in another tab: on this device only, and only when somebody asked for them.

const KEY = 'sanlian.notices.browser'

export const canPopUp = (): boolean => 'Notification' in window && Notification.permission !== 'denied'

export const popsUp = (): boolean =>
  localStore.get<boolean>(KEY) === true && 'Notification' in window && Notification.permission === 'granted'

/** Switches pop-ups on (asking the browser) or off; gives whether they are on now. */
export async function setPopUps(on: boolean): Promise<boolean> {
  if (on && (await Notification.requestPermission()) !== 'granted') return false
  localStore.set(KEY, on)
  return on
}

/** Says that there is something new, nothing of what it is: others may see the screen. */
export function popUp(title: string): void {
  if (!popsUp() || document.visibilityState === 'visible') return
  try {
    const shown = new Notification(title, { tag: 'sanlian', icon: '/icons/icon-192.png' })
    shown.addEventListener('click', () => {
      window.focus()
      shown.close()
    })
  } catch {
    // Chrome on Android knows only notices of the service worker.
    void navigator.serviceWorker?.ready.then((worker) => worker.showNotification(title, { tag: 'sanlian' }))
  }
}
