/** localStorage that never throws (private windows, full disks, WeChat's odd days). */
export const localStore = {
  get<T>(key: string): T | null {
    try {
      const text = localStorage.getItem(key)
      return text === null ? null : (JSON.parse(text) as T)
    } catch {
      return null
    }
  },
  /** Returns false when the browser would not keep it. */
  set(key: string, value: unknown): boolean {
    try {
      localStorage.setItem(key, JSON.stringify(value))
      return true
    } catch {
      return false
    }
  },
  remove(key: string): void {
    try {
      localStorage.removeItem(key)
    } catch {
      // Nothing was kept, so nothing is left.
    }
  },
}
