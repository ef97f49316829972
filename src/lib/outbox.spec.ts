import { describe, expect, it, vi } from 'vitest'
import { AppError } from './errors'
import { createOutbox } from './outbox'
import type { OutboxCommand, OutboxOptions } from './outbox'
import { memoryStorage } from './outbox-storage'

function claim(id: string): OutboxCommand {
  return { command: 'claim_shift', args: { p_id: id }, label: { key: 'shifts.outbox.claim' } }
}

function setup(overrides: Partial<OutboxOptions> = {}) {
  const world = { online: true, user: 'u1' as string | null, clock: 1_800_000_000_000 }
  const execute = vi.fn(async (_command: string, args: Record<string, unknown>): Promise<unknown> => args)
  const options: OutboxOptions = {
    storage: memoryStorage(),
    execute,
    isOnline: () => world.online,
    currentUserId: () => world.user,
    exclusively: (work) => work(),
    now: () => world.clock++,
    ...overrides,
  }
  return { world, execute, options, outbox: createOutbox(options) }
}

describe('online', () => {
  it('sends at once and returns what the server said', async () => {
    const { outbox, execute } = setup()
    expect(await outbox.send(claim('a'))).toEqual({ status: 'done', data: { p_id: 'a' } })
    expect(execute).toHaveBeenCalledTimes(1)
  })

  it('keeps ids of what it sent, not the photo and not what was written', async () => {
    const { outbox } = setup()
    await outbox.send({
      command: 'upload_attachment',
      args: { p_id: 'a', p_data: 'x'.repeat(65), p_wish: { name: '王' } },
      label: { key: '' },
    })
    expect(outbox.entries.value.map(({ status, args }) => [status, args])).toEqual([['done', { p_id: 'a' }]])
  })

  it('keeps nothing at all of what is fleeting once it is done, sent at once or later', async () => {
    const { outbox, world } = setup()
    const wish = {
      ...claim('a'),
      label: { key: 'wishes.outbox.claim_wish', params: { title: '毛毯' } },
      fleeting: true,
    }
    expect(await outbox.send(wish)).toEqual({ status: 'done', data: { p_id: 'a' } })
    expect(outbox.entries.value).toEqual([])
    world.online = false
    await outbox.send(wish)
    expect(outbox.entries.value).toHaveLength(1)
    world.online = true
    await outbox.replay()
    expect(outbox.entries.value).toEqual([])
  })

  it('throws a refusal to the screen and leaves nothing behind', async () => {
    const { outbox, execute } = setup()
    execute.mockRejectedValue(new AppError('shift_full', { status: 409, params: { waiting: 3 } }))
    await expect(outbox.send(claim('a'))).rejects.toMatchObject({
      slug: 'shift_full',
      params: { waiting: 3 },
    })
    expect(outbox.entries.value).toEqual([])
  })

  it('keeps a command whose answer never came, and sends the same id again', async () => {
    const { outbox, execute } = setup()
    execute.mockRejectedValueOnce(new TypeError('Failed to fetch'))
    expect(await outbox.send(claim('a'))).toMatchObject({ status: 'queued' })
    await outbox.replay()
    expect(execute.mock.calls.map(([, args]) => args)).toEqual([{ p_id: 'a' }, { p_id: 'a' }])
    expect(outbox.entries.value[0]!.status).toBe('done')
  })

  it('treats a failing server like no network', async () => {
    const { outbox, execute } = setup()
    execute.mockRejectedValueOnce(new AppError('server_busy', { status: 503 }))
    expect(await outbox.send(claim('a'))).toMatchObject({ status: 'queued' })
  })

  it('asks for a sign-in instead of queueing when nobody is signed in', async () => {
    const { outbox, world } = setup()
    world.user = null
    await expect(outbox.send(claim('a'))).rejects.toMatchObject({ slug: 'not_signed_in' })
  })
})

describe('offline', () => {
  it('keeps commands and replays them in order', async () => {
    const { outbox, execute, world } = setup()
    world.online = false
    for (const id of ['a', 'b', 'c']) {
      expect((await outbox.send(claim(id))).status).toBe('queued')
    }
    expect(execute).not.toHaveBeenCalled()
    world.online = true
    await outbox.replay()
    expect(execute.mock.calls.map(([, args]) => args['p_id'])).toEqual(['a', 'b', 'c'])
  })

  it('stops at the first failure so that the order stays', async () => {
    const { outbox, execute, world } = setup()
    world.online = false
    await outbox.send(claim('a'))
    await outbox.send(claim('b'))
    world.online = true
    execute.mockRejectedValueOnce(new TypeError('Failed to fetch'))
    await outbox.replay()
    expect(execute).toHaveBeenCalledTimes(1)
    expect(outbox.entries.value.map((e) => e.status)).toEqual(['pending', 'pending'])
  })

  it('waits longer after each failure', async () => {
    const { outbox, execute, world } = setup()
    world.online = false
    await outbox.send(claim('a'))
    world.online = true
    const first = outbox.nextDelay()
    execute.mockRejectedValue(new TypeError('Failed to fetch'))
    await outbox.replay()
    await outbox.replay()
    expect(outbox.nextDelay()).toBeGreaterThan(first)
  })

  it('keeps a refusal with its words, tells the listeners, and goes on', async () => {
    const { outbox, execute, world } = setup()
    const settled = vi.fn()
    outbox.onSettled(settled)
    world.online = false
    await outbox.send(claim('a'))
    await outbox.send(claim('b'))
    world.online = true
    execute.mockRejectedValueOnce(new AppError('shift_cancelled', { status: 409 }))
    await outbox.replay()
    expect(outbox.entries.value.map((e) => [e.status, e.error?.slug])).toEqual([
      ['refused', 'shift_cancelled'],
      ['done', undefined],
    ])
    expect(settled).toHaveBeenCalledTimes(2)
  })

  it('gives up on a command the server always breaks on, so that the next ones go', async () => {
    const { outbox, execute, world } = setup()
    world.online = false
    await outbox.send(claim('broken'))
    await outbox.send(claim('fine'))
    world.online = true
    execute.mockImplementation(async (_command, args) => {
      if (args['p_id'] === 'broken') throw new AppError('unexpected', { status: 500 })
    })
    for (let i = 0; i < 6; i++) await outbox.replay()
    expect(outbox.entries.value.map((e) => e.status)).toEqual(['refused', 'done'])
  })

  it('discards only when told to, and retries when told to', async () => {
    const { outbox, execute, world } = setup()
    world.online = false
    await outbox.send(claim('a'))
    world.online = true
    execute.mockRejectedValueOnce(new AppError('too_early', { status: 422 }))
    await outbox.replay()
    await outbox.replay()
    expect(execute).toHaveBeenCalledTimes(1)
    const { id } = outbox.entries.value[0]!
    await outbox.retry(id)
    expect(outbox.entries.value[0]!.status).toBe('done')
    await outbox.discard(id)
    expect(outbox.entries.value).toEqual([])
  })
})

describe('several people on one phone', () => {
  it('sends an entry only under the person who made it', async () => {
    const { outbox, execute, world } = setup()
    world.online = false
    await outbox.send(claim('of-u1'))
    world.user = 'u2'
    world.online = true
    await outbox.replay()
    expect(execute).not.toHaveBeenCalled()
    world.user = 'u1'
    await outbox.replay()
    expect(execute).toHaveBeenCalledTimes(1)
  })
})

describe('a page that died while sending', () => {
  it('sends the entry again after a restart', async () => {
    const first = setup()
    first.execute.mockImplementation(() => new Promise(() => undefined))
    void first.outbox.send(claim('a'))
    await vi.waitFor(() => expect(first.execute).toHaveBeenCalled())

    const second = setup({ storage: first.options.storage })
    await second.outbox.replay()
    expect(second.execute).toHaveBeenCalledWith('claim_shift', { p_id: 'a' })
  })
})
