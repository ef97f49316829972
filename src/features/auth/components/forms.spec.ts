import { AppError } from '@/lib/errors'
import { useSessionStore } from '@/lib/session'
import { testI18n } from '@/lib/testing'
import { PiniaColada } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import * as api from '../api'
import EmailMethod from '../methods/EmailMethod.vue'
import PhoneMethod from '../methods/PhoneMethod.vue'
import NewPasswordForm from './NewPasswordForm.vue'
import ResetRequestForm from './ResetRequestForm.vue'
import SignUpView from './SignUpView.vue'

vi.mock('../api', async (original) => ({
  ...(await original<typeof api>()),
  signInWithEmail: vi.fn(),
  signUpWithEmail: vi.fn(),
  requestPasswordReset: vi.fn(),
  setPassword: vi.fn(),
  sendPhoneCode: vi.fn(),
  verifyPhoneCode: vi.fn(),
  openAccount: vi.fn(),
}))

async function show(component: Parameters<typeof mount>[0], props: Record<string, unknown> = {}) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { template: '<i/>' } }],
  })
  await router.push('/')
  const pinia = createPinia()
  const wrapper = mount(component, {
    props: props as never,
    global: { plugins: [pinia, PiniaColada, testI18n(), router] },
    attachTo: document.body,
  })
  await flushPromises()
  return { wrapper, session: useSessionStore(pinia), router }
}

const value = (wrapper: ReturnType<typeof mount>, selector: string) =>
  (wrapper.find(selector).element as HTMLInputElement).value

beforeEach(() => {
  document.body.innerHTML = ''
  localStorage.clear()
  vi.mocked(api.signInWithEmail).mockReset()
  vi.mocked(api.signUpWithEmail).mockReset()
  vi.mocked(api.requestPasswordReset).mockReset()
  vi.mocked(api.setPassword).mockReset()
  vi.mocked(api.sendPhoneCode).mockReset()
  vi.mocked(api.verifyPhoneCode).mockReset()
})

describe('signing in with e-mail', () => {
  it('asks for what is missing and sends nothing', async () => {
    const { wrapper } = await show(EmailMethod, { mode: 'sign-in', next: '/' })
    await wrapper.find('input[type=email]').setValue('lin@')
    await wrapper.find('form').trigger('submit')
    expect(wrapper.text()).toContain('请填写完整的邮箱地址')
    expect(wrapper.text()).toContain('请填写密码')
    expect(value(wrapper, 'input[type=email]')).toBe('lin@')
    expect(api.signInWithEmail).not.toHaveBeenCalled()
  })

  it('keeps what was typed when the server refuses, and says why', async () => {
    vi.mocked(api.signInWithEmail).mockRejectedValue(new AppError('invalid_credentials', { status: 400 }))
    const { wrapper } = await show(EmailMethod, { mode: 'sign-in', next: '/' })
    await wrapper.find('input[type=email]').setValue(' lin@example.org ')
    await wrapper.find('input[type=password]').setValue('wrong-1234')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(api.signInWithEmail).toHaveBeenCalledWith('lin@example.org', 'wrong-1234')
    expect(wrapper.find('[role=alert]').text()).toContain('账号或密码不对')
    expect(value(wrapper, 'input[type=password]')).toBe('wrong-1234')
  })

  it('never keeps a password on the device', async () => {
    const { wrapper } = await show(EmailMethod, { mode: 'sign-up', next: '/' })
    await wrapper.find('input[type=email]').setValue('lin@example.org')
    await wrapper.find('input[type=password]').setValue('wutong-2026-x')
    wrapper.unmount()
    expect(JSON.stringify({ ...localStorage })).not.toContain('wutong-2026-x')
  })
})

describe('signing up', () => {
  it('refuses a weak password with the rule and keeps it', async () => {
    const { wrapper } = await show(EmailMethod, { mode: 'sign-up', next: '/' })
    await wrapper.find('input[type=email]').setValue('lin@example.org')
    await wrapper.find('input[type=password]').setValue('short1')
    await wrapper.find('form').trigger('submit')
    expect(wrapper.text()).toContain('密码至少 8 位')
    expect(value(wrapper, 'input[type=password]')).toBe('short1')
    expect(api.signUpWithEmail).not.toHaveBeenCalled()
  })

  it('says to look into the mail when the server wants the address confirmed', async () => {
    vi.mocked(api.signUpWithEmail).mockResolvedValue(null)
    const { wrapper } = await show(EmailMethod, { mode: 'sign-up', next: '/' })
    await wrapper.find('input[type=email]').setValue('lin@example.org')
    await wrapper.find('input[type=password]').setValue('wutong-2026')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(wrapper.emitted('confirm')).toEqual([['lin@example.org']])
  })

  it('turns away whoever is under 14 before anything is asked, sent or kept', async () => {
    const { wrapper } = await show(SignUpView)
    const [year, month] = wrapper.findAll('select')
    await year!.setValue(String(new Date().getFullYear() - 10))
    await month!.setValue('3')
    await wrapper.find('input[type=checkbox]').setValue(true)
    await wrapper.find('form').trigger('submit')
    expect(wrapper.text()).toContain('满 14 岁再来吧')
    expect(wrapper.find('input[type=email]').exists()).toBe(false)
    expect(localStorage.getItem('sanlian.opening')).toBeNull()
    expect(api.openAccount).not.toHaveBeenCalled()
  })

  it('asks for the birth and the agreement, and tells minors about the guardian', async () => {
    const { wrapper } = await show(SignUpView)
    await wrapper.find('form').trigger('submit')
    expect(wrapper.text()).toContain('请选择出生的年份和月份')
    const [year, month] = wrapper.findAll('select')
    await year!.setValue(String(new Date().getFullYear() - 16))
    await month!.setValue('3')
    expect(wrapper.text()).toContain('需要监护人同意')
    await wrapper.find('form').trigger('submit')
    expect(wrapper.text()).toContain('同意后才能继续')
    expect((year!.element as HTMLSelectElement).value).toBe(String(new Date().getFullYear() - 16))
  })
})

describe('a new password', () => {
  it('asks for a whole address and keeps what was typed', async () => {
    const { wrapper } = await show(ResetRequestForm)
    await wrapper.find('input').setValue('lin')
    await wrapper.find('form').trigger('submit')
    expect(wrapper.text()).toContain('请填写完整的邮箱地址')
    expect(value(wrapper, 'input')).toBe('lin')
    expect(api.requestPasswordReset).not.toHaveBeenCalled()
  })

  it('says where the mail is without telling whether the address is known', async () => {
    const { wrapper } = await show(ResetRequestForm)
    await wrapper.find('input').setValue('lin@example.org')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(wrapper.text()).toContain('如果 lin@example.org 注册过')
    expect(wrapper.text()).toContain('打印在启动程序的窗口里')
  })

  it('keeps a refused new password', async () => {
    vi.mocked(api.setPassword).mockRejectedValue(new AppError('same_password', { status: 422 }))
    const { wrapper } = await show(NewPasswordForm, { user: { id: 'u', email: 'lin@example.org' } })
    await wrapper.find('input[type=password]').setValue('wutong-2026')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(wrapper.text()).toContain('新密码和原来的一样')
    expect(value(wrapper, 'input[type=password]')).toBe('wutong-2026')
  })
})

describe('signing in with a phone', () => {
  it('keeps a number that cannot be one', async () => {
    const { wrapper } = await show(PhoneMethod, { mode: 'sign-in', next: '/' })
    await wrapper.find('input[type=tel]').setValue('1234')
    await wrapper.find('form').trigger('submit')
    expect(wrapper.text()).toContain('请填写 11 位手机号')
    expect(value(wrapper, 'input[type=tel]')).toBe('1234')
    expect(api.sendPhoneCode).not.toHaveBeenCalled()
  })

  it('sends the code to the number in full form, and a wrong code keeps the number', async () => {
    vi.mocked(api.sendPhoneCode).mockResolvedValue()
    vi.mocked(api.verifyPhoneCode).mockRejectedValue(new AppError('code_expired', { status: 403 }))
    const { wrapper } = await show(PhoneMethod, { mode: 'sign-in', next: '/' })
    await wrapper.find('input[type=tel]').setValue('144 0000 0001')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(api.sendPhoneCode).toHaveBeenCalledWith('+8614400000001', false)
    await wrapper.find('input[autocomplete=one-time-code]').setValue('１２３４５６')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(api.verifyPhoneCode).toHaveBeenCalledWith('+8614400000001', '123456')
    expect(value(wrapper, 'input[type=tel]')).toBe('144 0000 0001')
    expect(wrapper.find('[role=alert]').exists()).toBe(true)
  })
})
