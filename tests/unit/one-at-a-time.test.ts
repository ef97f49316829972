import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { oneAtATime } from '../../supabase/embedded/one-at-a-time'

test('calls never overlap, keep their order, and a failed one does not stop the next', async () => {
  const said: string[] = []
  const run = oneAtATime(async (name: string, ms: number) => {
    said.push(`${name} begins`)
    await sleep(ms)
    said.push(`${name} ends`)
    if (name === 'b') throw new Error('b failed')
    return name
  })
  const results = await Promise.allSettled([run('a', 20), run('b', 1), run('c', 5)])
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(said).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})
