import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from './errors'
import { useSessionStore } from './session'
import * as backend from './supabase'

vi.mock('./supabase', () => ({
  isOnline: vi.fn(() => true),
  rpc: vi.fn(),
  supabase: vi.fn(async () => ({ auth: { onAuthStateChange: vi.fn() } })),
}))

const row = {
  user_id: 'u1',
  memberships: [
    {
      community_id: 'c1',
      community_name: '梧桐里社区',
      person_id: 'p1',
      display_name: '林小满',
      roles: [{ role: 'volunteer', scope_kind: 'community', scope_id: 'c1' }],
      is_demo: true,
      modules: { boards: true },
      unread: 2,
    },
    { community_id: 'c2', community_name: '槐树街社区', person_id: 'p2', display_name: '林小满', roles: [] },
  ],
  pending_joins: [],
}

function freshStart() {
  setActivePinia(createPinia())
  return useSessionStore()
}

beforeEach(() => {
  localStorage.clear()
  vi.mocked(backend.isOnline).mockReturnValue(true)
  vi.mocked(backend.rpc).mockReset()
})

describe('the session', () => {
  it('is known after a restart without network', async () => {
    vi.mocked(backend.rpc).mockResolvedValue(row)
    const before = freshStart()
    before.signedIn({ id: 'u1', email: 'lin@example.org' })
    await before.refresh()

    vi.mocked(backend.isOnline).mockReturnValue(false)
    const after = freshStart()
    expect(after.isSignedIn).toBe(true)
    expect(after.current?.communityName).toBe('梧桐里社区')
    expect(after.hasRole('volunteer')).toBe(true)
    expect(after.unread).toBe(2)
    expect(after.hasRole('corps_leader', 'community_secretary')).toBe(false)
  })

  it('switches between communities and remembers it', async () => {
    vi.mocked(backend.rpc).mockResolvedValue(row)
    const session = freshStart()
    session.signedIn({ id: 'u1' })
    await session.refresh()
    session.switchCommunity('c2')
    expect(freshStart().personId).toBe('p2')
    session.switchCommunity('not-mine')
    expect(session.communityId).toBe('c2')
  })

  it('keeps the identity and says so when the server no longer accepts it', async () => {
    vi.mocked(backend.rpc).mockRejectedValue(new AppError('not_signed_in', { status: 401 }))
    const session = freshStart()
    session.signedIn({ id: 'u1' })
    await session.refresh()
    expect(session.isSignedIn).toBe(true)
    expect(session.expired).toBe(true)
  })

  it('forgets one person when another signs in', async () => {
    vi.mocked(backend.rpc).mockResolvedValue(row)
    const session = freshStart()
    session.signedIn({ id: 'u1' })
    await session.refresh()
    session.signedIn({ id: 'u2' })
    expect(session.memberships).toEqual([])
  })
})
