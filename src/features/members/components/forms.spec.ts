import { AppError } from '@/lib/errors'
import { useSessionStore } from '@/lib/session'
import { testI18n } from '@/lib/testing'
import { PiniaColada } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import * as api from '../api'
import CommunitySwitcher from './CommunitySwitcher.vue'
import InviteForm from './InviteForm.vue'
import JoinCodeForm from './JoinCodeForm.vue'
import JoinForm from './JoinForm.vue'
import JoinReviewCard from './JoinReviewCard.vue'
import PersonForm from './PersonForm.vue'
import PrivacyAnswerCard from './PrivacyAnswerCard.vue'
import PrivacyConsents from './PrivacyConsents.vue'
import PrivacyRequests from './PrivacyRequests.vue'

vi.mock('../api', async (original) => ({
  ...(await original<typeof api>()),
  requestJoin: vi.fn(),
  registerPerson: vi.fn(),
  askPrivacy: vi.fn(),
  answerPrivacy: vi.fn(),
  reviewJoin: vi.fn(),
  createInvite: vi.fn(),
  giveConsent: vi.fn(),
  fetchGrids: vi.fn(async () => []),
}))

const C = 'c1'
const membership = (id: string, name: string, roles: string[]) => ({
  communityId: id,
  communityName: name,
  personId: `p-${id}`,
  displayName: '林*满',
  realName: '林小满',
  gridId: null,
  roles: roles.map((role) => ({ role, scopeKind: 'community', scopeId: null })),
  isDemo: true,
  unread: 0,
  modules: {},
  helps: [],
})

async function show(component: Parameters<typeof mount>[0], props: Record<string, unknown> = {}) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/join/:code', name: '/join/[code]', component: { template: '<i/>' } },
      { path: '/:rest(.*)*', component: { template: '<i/>' } },
    ],
  })
  await router.push('/')
  const pinia = createPinia()
  const session = useSessionStore(pinia)
  session.signedIn({ id: 'u1' })
  session.account = { locale: 'zh-CN', birthYear: 1990 }
  session.memberships = [
    membership(C, '梧桐里社区', ['resident', 'corps_leader']),
    membership('c2', '槐树街社区', ['resident']),
  ] as never
  vi.spyOn(session, 'refresh').mockResolvedValue(null)
  const wrapper = mount(component, {
    props: props as never,
    global: { plugins: [pinia, PiniaColada, testI18n(), router] },
    attachTo: document.body,
  })
  await flushPromises()
  const field = (label: string) => {
    const found = wrapper.findAll('label').find((l) => l.text().startsWith(label))!
    return wrapper.find(`[id="${found.attributes('for')}"]`)
  }
  const value = (label: string) => (field(label).element as HTMLInputElement).value
  return { wrapper, session, router, field, value }
}

beforeEach(() => {
  document.body.innerHTML = ''
  localStorage.clear()
  for (const command of [
    api.requestJoin,
    api.registerPerson,
    api.askPrivacy,
    api.answerPrivacy,
    api.reviewJoin,
    api.createInvite,
    api.giveConsent,
  ])
    vi.mocked(command).mockReset()
})

describe('joining', () => {
  const place = { communityId: 'c9', communityName: '银杏里社区', isDemo: false }

  it('keeps a code that cannot be one and says what is wrong', async () => {
    const { wrapper, value, field, router } = await show(JoinCodeForm)
    await field('邀请码').setValue('不知道')
    await wrapper.find('form').trigger('submit')
    expect(wrapper.text()).toContain('邀请码是字母和数字')
    expect(value('邀请码')).toBe('不知道')
    expect(router.currentRoute.value.path).toBe('/')
  })

  it('keeps name and phone when they are wrong, and when the server refuses', async () => {
    vi.mocked(api.requestJoin).mockRejectedValue(new AppError('invite_used_up', { status: 422 }))
    const { wrapper, field, value } = await show(JoinForm, { code: 'ABCD2345EF', place })
    await field('姓名').setValue('林小满1')
    await field('手机号').setValue('144')
    await wrapper.find('form').trigger('submit')
    expect(wrapper.text()).toContain('最多 50 个字')
    expect(wrapper.text()).toContain('请填写 11 位手机号')
    expect(api.requestJoin).not.toHaveBeenCalled()

    await field('姓名').setValue('林小满')
    await field('手机号').setValue('14400000001')
    await wrapper.find('input[type=checkbox]').setValue(true)
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(wrapper.text()).toContain('这个邀请码的名额用完了')
    expect([value('姓名'), value('手机号')]).toEqual(['林小满', '14400000001'])
  })

  it('asks whoever may be under 18 for a guardian, also when only the database knows', async () => {
    vi.mocked(api.requestJoin).mockRejectedValueOnce(new AppError('guardian_required', { status: 422 }))
    const { wrapper, field, value } = await show(JoinForm, { code: 'ABCD2345EF', place })
    await field('姓名').setValue('林小满')
    await field('手机号').setValue('14400000001')
    await wrapper.find('input[type=checkbox]').setValue(true)
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    await field('监护人姓名').setValue('林大山')
    await wrapper.find('form').trigger('submit')
    expect(wrapper.text()).toContain('请填写监护人的 11 位手机号')
    expect(value('监护人姓名')).toBe('林大山')
  })

  it('finds the form as it was left', async () => {
    const first = await show(JoinForm, { code: 'ABCD2345EF', place })
    await first.field('姓名').setValue('林小满')
    first.wrapper.unmount()
    const second = await show(JoinForm, { code: 'ABCD2345EF', place })
    expect(second.value('姓名')).toBe('林小满')
  })
})

it('keeps a person to register when the roster has them already, and forgets them once registered', async () => {
  vi.mocked(api.registerPerson).mockRejectedValueOnce(new AppError('person_exists', { status: 409 }))
  const { wrapper, field, value } = await show(PersonForm)
  await wrapper.find('form').trigger('submit')
  expect(wrapper.text()).toContain('请选择本人是怎样同意的')
  await field('姓名').setValue('陈秀英')
  const [year, month] = wrapper.findAll('select')
  await year!.setValue('1941')
  await month!.setValue('2')
  await wrapper.find('input[type=radio][value=helper]').setValue()
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect(wrapper.text()).toContain('名册里已经有这位了')
  expect(value('姓名')).toBe('陈秀英')

  vi.mocked(api.registerPerson).mockResolvedValue('p9')
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect(vi.mocked(api.registerPerson).mock.calls[1]![2]).toMatchObject({
    name: '陈秀英',
    birthYear: 1941,
    phone: null,
    gridId: null,
    consentVia: 'helper',
  })
  wrapper.unmount()
  expect(JSON.stringify({ ...localStorage })).not.toContain('陈秀英')
})

it('asks a complaint for its words and keeps them when it cannot be sent', async () => {
  vi.mocked(api.askPrivacy).mockRejectedValue(new AppError('offline'))
  const { wrapper } = await show(PrivacyRequests, { requests: [] })
  await wrapper.find('form').trigger('submit')
  expect(wrapper.text()).toContain('请写一写具体是什么事')
  await wrapper.find('textarea').setValue('楼道灯坏了')
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect(wrapper.text()).toContain('没有网络')
  expect((wrapper.find('textarea').element as HTMLTextAreaElement).value).toBe('楼道灯坏了')
})

it('keeps an answer somebody else was faster with', async () => {
  vi.mocked(api.answerPrivacy).mockRejectedValue(new AppError('privacy_request_unknown', { status: 404 }))
  const request = {
    id: 'r1',
    kind: 'complaint',
    note: '灯',
    status: 'open',
    answer: null,
    createdAt: '2026-11-20T00:00:00Z',
    dueOn: '2026-12-11',
    closedAt: null,
    realName: '林小满',
    isOverdue: false,
  }
  const { wrapper } = await show(PrivacyAnswerCard, { request })
  await wrapper.find('form').trigger('submit')
  expect(wrapper.text()).toContain('请写下答复')
  await wrapper.find('textarea').setValue('已修好')
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect(wrapper.text()).toContain('已经有人答复过了')
  expect((wrapper.find('textarea').element as HTMLTextAreaElement).value).toBe('已修好')
})

describe('reviewing a request to join', () => {
  const request = (over: object = {}) => ({
    id: 'j1',
    realName: '周小乐',
    phoneMasked: '144****0001',
    birthYear: 1990,
    birthMonth: 3,
    guardianName: null,
    guardianPhone: null,
    createdAt: '2026-11-20T00:00:00Z',
    match: null,
    sameName: [],
    ...over,
  })
  const other = { personId: 'p7', realName: '周小乐', phoneMasked: '144****0009', grid: '第一片区', birthYear: 1960 }

  it('confirms the proposed person of the roster', async () => {
    vi.mocked(api.reviewJoin).mockResolvedValue()
    const { wrapper } = await show(JoinReviewCard, { request: request({ match: other }) })
    await wrapper
      .findAll('button')
      .find((b) => b.text() === '确认加入')!
      .trigger('click')
    expect(vi.mocked(api.reviewJoin).mock.calls[0]![2]).toMatchObject({ decision: 'confirm', personId: 'p7' })
  })

  it('never takes somebody of the same name for granted', async () => {
    const { wrapper } = await show(JoinReviewCard, { request: request({ sameName: [other] }) })
    await wrapper
      .findAll('button')
      .find((b) => b.text() === '确认加入')!
      .trigger('click')
    expect(api.reviewJoin).not.toHaveBeenCalled()
  })
})

it('keeps the numbers of an invite that was refused', async () => {
  vi.mocked(api.createInvite).mockRejectedValue(new AppError('not_allowed', { status: 403 }))
  await show(InviteForm, { open: true })
  const [days] = document.querySelectorAll<HTMLInputElement>('form input')
  days!.value = '7'
  days!.dispatchEvent(new Event('change'))
  await flushPromises()
  document.querySelector('form')!.dispatchEvent(new Event('submit'))
  await flushPromises()
  expect(document.body.textContent).toContain('没有这一步的权限')
  expect(document.querySelector<HTMLInputElement>('form input')!.value).toBe('7')
})

it('shows a consent as it is when giving it was refused', async () => {
  vi.mocked(api.giveConsent).mockRejectedValue(new AppError('too_young', { status: 422, params: { min_age: 18 } }))
  const { wrapper } = await show(PrivacyConsents, { consents: [] })
  const publish = () => wrapper.findAll<HTMLInputElement>('input[role=switch]')[2]!
  await publish().setValue(true)
  await flushPromises()
  expect(publish().element.checked).toBe(false)
})

it('switches between communities, each with one’s roles there', async () => {
  const { wrapper, session } = await show(CommunitySwitcher)
  const [first, second] = wrapper.findAll('button')
  expect(first!.text()).toContain('志愿队长')
  expect(first!.attributes('aria-pressed')).toBe('true')
  await second!.trigger('click')
  expect(session.communityId).toBe('c2')
  expect(second!.attributes('aria-pressed')).toBe('true')
})
