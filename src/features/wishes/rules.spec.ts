import { describe, expect, it } from 'vitest'
import {
  consentVia,
  deskPiles,
  duePhrase,
  emptyForm,
  formOf,
  missingField,
  slipFieldOf,
  slipOf,
  slipPayload,
  wishPayload,
} from './rules'
import type { WishForm } from './rules'
import type { DeskClaim, DeskWish, MyWish, WishDesk } from './types'

const NOW = Date.parse('2026-11-26T01:00:00Z')

describe('a form', () => {
  it('asks for what is missing, the first thing first', () => {
    expect(missingField({ ...emptyForm(), forWhom: 'visited' })).toBe('name')
    expect(missingField({ ...emptyForm(), forWhom: 'visited', name: '贺奶奶' })).toBe('birthYear')
    expect(missingField(emptyForm())).toBe('wishFor')
    expect(missingField({ ...emptyForm(), wishFor: 'disabled', title: '毛毯' })).toBe('priceYuan')
    expect(missingField({ ...emptyForm(), wishFor: 'disabled', title: '修灯', kind: 'service' })).toBeNull()
  })

  it('has the guardian agree for a child', () => {
    const form = { ...emptyForm(), wishFor: 'disabled' as const }
    expect(consentVia(form)).toBe('self')
    expect(consentVia({ ...form, forWhom: 'some-person' })).toBe('helper')
    expect(consentVia({ ...form, forWhom: 'visited', birthYear: '1941' })).toBe('paper')
    expect(consentVia({ ...form, forWhom: 'visited', birthYear: '2018' })).toBe('guardian')
    expect(consentVia({ ...form, wishFor: 'left_behind_child' })).toBe('guardian')
  })

  it('sends no name of somebody in the roster, and no price of a service', () => {
    const payload = wishPayload(
      { ...emptyForm(), name: '王', kind: 'service', priceYuan: 9, consent: true },
      'me-id',
      false,
    )
    expect(payload).toMatchObject({ person_id: 'me-id', price_yuan: null, consent_via: 'self' })
    expect(payload).not.toHaveProperty('name')
  })
})

describe('somebody of the roster', () => {
  const person = { id: 'p1', realName: '贺玉兰', birthYear: 1941 } as NonNullable<WishForm['person']>
  const form: WishForm = {
    ...emptyForm(),
    forWhom: 'visited',
    person,
    wishFor: 'empty_nest',
    title: '毛毯',
    priceYuan: 80,
  }

  it('needs no name and no year, and sends the id alone', () => {
    expect(missingField(form)).toBeNull()
    const payload = wishPayload({ ...form, name: '贺玉兰', phone: '144' }, 'me-id', false)
    expect(payload).toMatchObject({ person_id: 'p1' })
    for (const field of ['name', 'birth_year', 'phone']) expect(payload).not.toHaveProperty(field)
  })

  it('is asked for the year the roster does not know, and is a child by the roster’s year', () => {
    expect(missingField({ ...form, person: { ...person, birthYear: null } })).toBe('birthYear')
    expect(consentVia({ ...form, person: { ...person, birthYear: 2015 } })).toBe('guardian')
    expect(consentVia(form)).toBe('paper')
  })

  it('comes back into the form as who it was', () => {
    const wish = { private: { personId: 'p1', name: '贺玉兰', birthYear: 1941 } } as MyWish
    expect(formOf(wish, 'me-id', [])).toMatchObject({
      forWhom: 'visited',
      person: { id: 'p1', realName: '贺玉兰' },
      name: '',
    })
    expect(formOf(wish, 'me-id', ['p1'])).toMatchObject({ forWhom: 'p1', person: null })
    expect(formOf(wish, 'p1', [])).toMatchObject({ forWhom: 'me', person: null })
  })
})

describe('slips', () => {
  it('finds the columns by what people call them', () => {
    expect(
      ['姓名*', '出生年', '手机号', '心愿', '说明', '参考价（元）', '本人已同意', '备注'].map(slipFieldOf),
    ).toEqual(['name', 'birthYear', 'phone', 'title', 'body', 'priceYuan', 'consent', null])
  })

  it('reads kinds and groups in words, and keeps a slip without consent as a draft', () => {
    const slip = slipOf(
      {
        name: '贺奶奶',
        kind: '物品类',
        wishFor: '空巢老人',
        title: '毛毯',
        priceYuan: '约80元',
        birthYear: '1941年3月',
      },
      'x',
    )
    expect(slip).toMatchObject({
      kind: 'goods',
      wishFor: 'empty_nest',
      priceYuan: '80',
      birthYear: '1941',
      consent: false,
    })
    expect(slipPayload(slip)).toMatchObject({ draft: true, price_yuan: '80' })
    expect(slipPayload({ ...slip, consent: true, wishFor: 'left_behind_child' })).toMatchObject({
      consent_via: 'guardian',
    })
  })
})

describe('the desk', () => {
  it('piles up what waits, and what nears its end', () => {
    const wish = (over: Partial<DeskWish>) => ({ status: 'open', givenBack: 0, ...over }) as DeskWish
    const claim = (over: Partial<DeskClaim>) =>
      ({ status: 'approved', dueAt: '2026-12-10T00:00:00Z', ...over }) as DeskClaim
    const desk = {
      wishes: [wish({ status: 'reviewing' }), wish({ givenBack: 2 }), wish({ givenBack: 2, status: 'thanked' })],
      claims: [
        claim({ status: 'asked' }),
        claim({ dueAt: '2026-11-28T00:00:00Z' }),
        claim({}),
        claim({ status: 'delivering' }),
      ],
    } as WishDesk
    const piles = deskPiles(desk, NOW)
    expect(Object.fromEntries(Object.entries(piles).map(([name, pile]) => [name, pile.length]))).toEqual({
      reviewing: 1,
      asked: 1,
      delivering: 1,
      dueSoon: 1,
      twiceBack: 1,
    })
  })

  it('says how long is left', () => {
    expect(duePhrase('2026-12-10T00:00:00Z', NOW)).toEqual({ key: 'wishes.due.days', params: { n: 14 } })
    expect(duePhrase('2026-11-28T00:00:00Z', NOW).key).toBe('wishes.due.soon')
    expect(duePhrase('2026-11-26T02:00:00Z', NOW).key).toBe('wishes.due.today')
  })
})
