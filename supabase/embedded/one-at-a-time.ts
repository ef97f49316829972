/**
 * Lets one call run at a time, in the order of arrival. lite runs every request in a transaction with the caller's role,
 * and nothing in its PGlite driver keeps two transactions on the one connection apart: so requests queue.
 */
export function oneAtATime<Args extends unknown[], T>(
  run: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (...args) => {
    const mine = last.then(() => run(...args))
    last = mine.catch(() => {})
    return mine
  }
}
