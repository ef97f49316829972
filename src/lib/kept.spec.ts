import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from './errors'
import { forgetKept, keepingLast, kept } from './kept'

describe('keepingLast', () => {
  beforeEach(() => localStorage.clear())

  it('gives the last answer again while there is no network', async () => {
    await keepingLast(['roster', 'a'], async () => ({ n: 1 }))
    const again = await keepingLast<{ n: number }>(['roster', 'a'], async () => {
      throw new AppError('offline')
    })
    expect(again).toEqual({ n: 1 })
  })

  it('passes a refusal on instead of hiding it behind old data', async () => {
    await keepingLast(['roster', 'a'], async () => ({ n: 1 }))
    await expect(
      keepingLast(['roster', 'a'], async () => {
        throw new AppError('not_allowed', { status: 403 })
      }),
    ).rejects.toMatchObject({ slug: 'not_allowed' })
  })

  it('keeps nothing for the next person', async () => {
    await keepingLast(['roster', 'a'], async () => ({ n: 1 }))
    forgetKept()
    expect(kept(['roster', 'a'])).toBeNull()
  })
})
