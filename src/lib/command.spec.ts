import { describe, expect, it, vi } from 'vitest'
import { useCommand } from './command'
import { AppError } from './errors'

describe('a command of a screen', () => {
  it('sends the same input again with the same id after an answer got lost', async () => {
    const work = vi.fn(async (_id: string, _name: string) => 'done')
    work.mockRejectedValueOnce(new AppError('offline'))
    const command = useCommand(work)

    expect(await command.run('甲')).toBeNull()
    expect(command.error.value?.slug).toBe('offline')
    expect(await command.run('甲')).toBe('done')
    expect(work.mock.calls[1]![0]).toBe(work.mock.calls[0]![0])
    expect(command.error.value).toBeNull()
  })

  it('gives other input, and the next round, an id of its own', async () => {
    const work = vi.fn(async (id: string, _name: string) => id)
    work.mockRejectedValueOnce(new AppError('name_invalid', { status: 400 }))
    const command = useCommand(work)

    await command.run('甲1')
    const second = await command.run('甲')
    const third = await command.run('甲')
    expect(new Set([work.mock.calls[0]![0], second, third]).size).toBe(3)
  })

  it('ignores a second press while it runs', async () => {
    let finish = (_: string) => {}
    const work = vi.fn((_id: string) => new Promise<string>((resolve) => (finish = resolve)))
    const command = useCommand(work)
    const first = command.run()
    expect(await command.run()).toBeNull()
    finish('once')
    expect(await first).toBe('once')
    expect(work).toHaveBeenCalledTimes(1)
  })
})
