import { useSessionStore } from '@/lib/session'
import * as backend from '@/lib/supabase'
import { testI18n } from '@/lib/testing'
import { PiniaColada } from '@pinia/colada'
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useSignOut } from './leave'

vi.mock('@/lib/supabase', async (original) => ({
  ...(await original<typeof backend>()),
  isOnline: vi.fn(() => true),
  supabase: vi.fn(),
}))

const Host = defineComponent({
  setup: () => ({ signOut: useSignOut() }),
  template: '<i/>',
})

function open() {
  const pinia = createPinia()
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: Host }] })
  const wrapper = mount(Host, { global: { plugins: [pinia, PiniaColada, testI18n(), router] } })
  const session = useSessionStore(pinia)
  session.signedIn({ id: 'u1', email: 'lin@example.org' })
  localStorage.setItem(backend.AUTH_STORAGE_KEY, '{"access_token":"x"}')
  localStorage.setItem('sanlian.kept.my-shifts', '{"at":1,"value":1}')
  return { signOut: (wrapper.vm as unknown as { signOut: () => Promise<void> }).signOut, session }
}

beforeEach(() => localStorage.clear())

it('forgets who it was, the token and what was read', async () => {
  const signOutThere = vi.fn(async () => ({ error: null }))
  vi.mocked(backend.supabase).mockResolvedValue({ auth: { signOut: signOutThere } } as never)
  const { signOut, session } = open()
  await signOut()
  expect(signOutThere).toHaveBeenCalledWith({ scope: 'local' })
  expect(session.isSignedIn).toBe(false)
  expect(Object.keys(localStorage).filter((k) => /auth|session|kept/.test(k))).toEqual([])
})

it('also works without network, without asking the server', async () => {
  vi.mocked(backend.isOnline).mockReturnValue(false)
  vi.mocked(backend.supabase).mockReset()
  const { signOut, session } = open()
  await signOut()
  expect(session.isSignedIn).toBe(false)
  expect(localStorage.getItem(backend.AUTH_STORAGE_KEY)).toBeNull()
  expect(backend.supabase).not.toHaveBeenCalled()
})
