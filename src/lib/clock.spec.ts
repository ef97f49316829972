import { beforeEach, describe, expect, it, vi } from 'vitest'

beforeEach(() => {
  localStorage.clear()
  vi.resetModules()
  vi.useRealTimers()
})

const answer = (date: number) => new Response('', { headers: { date: new Date(date).toUTCString() } })

describe('the clock', () => {
  it('follows the server when the phone is wrong', async () => {
    const clock = await import('./clock')
    const now = Date.now()
    clock.learnClock(answer(now + 3_600_000), now)
    expect(clock.serverNow() - now).toBeGreaterThan(3_590_000)
  })

  it('ignores differences below a second and answers that took too long', async () => {
    const clock = await import('./clock')
    const now = Date.now()
    clock.learnServerTime(now + 600, now)
    clock.learnServerTime(now + 90_000, now - 20_000)
    expect(clock.clockOffset.value).toBe(0)
  })

  it('believes the time in a body more than the header', async () => {
    const clock = await import('./clock')
    const now = Date.now()
    clock.learnServerTime(now + 86_400_000, now)
    clock.learnClock(answer(now), now)
    expect(clock.clockOffset.value).toBeGreaterThan(86_000_000)
  })

  it('remembers the offset for a start without network', async () => {
    const now = Date.now()
    const before = await import('./clock')
    before.learnServerTime(now + 60_000, now)
    vi.resetModules()
    const after = await import('./clock')
    expect(after.clockOffset.value).toBeGreaterThan(59_000)
  })
})
