import { beforeEach, describe, expect, it, vi } from 'vitest'
import { sendCommand } from './send-command'
import { AppError } from './errors'
import { rpc } from './supabase'

vi.mock('./supabase', () => ({ rpc: vi.fn() }))
const call = vi.mocked(rpc)
const ids = () => call.mock.calls.map(([, args]) => args?.['p_id'])

describe('sendCommand', () => {
  beforeEach(() => call.mockReset())

  it('sends under the same id again when the answer was lost', async () => {
    call.mockRejectedValueOnce(new AppError('offline')).mockResolvedValueOnce({})
    await expect(sendCommand('submit_activity', 'c', { p_activity_id: 'lost' })).rejects.toThrow('offline')
    await sendCommand('submit_activity', 'c', { p_activity_id: 'lost' })
    expect(ids()[0]).toBe(ids()[1])
  })

  it('takes a new id after an answer, be it yes or no', async () => {
    call
      .mockResolvedValueOnce({})
      .mockRejectedValueOnce(new AppError('not_allowed', { status: 403 }))
      .mockResolvedValueOnce({})
    await sendCommand('submit_activity', 'c', { p_activity_id: 'said' })
    await sendCommand('submit_activity', 'c', { p_activity_id: 'said' }).catch(() => undefined)
    await sendCommand('submit_activity', 'c', { p_activity_id: 'said' })
    expect(new Set(ids()).size).toBe(3)
  })
})
