/** The server takes at most a day at once. */
const MOST = 1440

/** Minutes to run ahead, in steps the server takes. */
export function forwardSteps(minutes: number): number[] {
  const whole = Math.max(0, Math.ceil(minutes))
  const days = Math.floor(whole / MOST)
  const rest = whole % MOST
  return [...Array.from({ length: days }, () => MOST), ...(rest > 0 ? [rest] : [])]
}

/** Minutes until 10 minutes before a start (check-in is open then); at least to the start itself when it is nearer. */
export function minutesTo(startsAt: Date, now: number): number {
  const toStart = (startsAt.getTime() - now) / 60_000
  return Math.max(1, Math.ceil(toStart > 10 ? toStart - 10 : toStart))
}
