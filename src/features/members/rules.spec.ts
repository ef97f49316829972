import { describe, expect, it } from 'vitest'
import { inviteCodeFrom, inviteLink, personFromMemberCode, rolesInOrder, scopeKindsOf } from './rules'

describe('an invite code', () => {
  it.each([
    ['abcd2345ef', 'ABCD2345EF'],
    [' ABCD 2345 EF ', 'ABCD2345EF'],
    ['https://sanlian.example/join/ABCD2345EF?x=1', 'ABCD2345EF'],
    ['ＡＢＣＤ２３４５ＥＦ', 'ABCD2345EF'],
    [inviteLink('ABCD2345EF', 'http://localhost:5173'), 'ABCD2345EF'],
  ])('is found in «%s»', (text, code) => expect(inviteCodeFrom(text)).toBe(code))

  it.each(['', 'hello', '我要加入', 'https://evil.example/?c=1', 'ABC', "A' or 1=1"])('is not found in «%s»', (text) =>
    expect(inviteCodeFrom(text)).toBeNull(),
  )
})

describe('a member code', () => {
  it('tells the person, and nothing for other texts', () => {
    const id = '0193f1a0-0000-7000-8000-000000000001'
    expect(personFromMemberCode(`SLM1:${id}:59000000:123456`)).toBe(id)
    expect(personFromMemberCode('ABCD2345EF')).toBeNull()
  })
})

describe('roles in words', () => {
  it('come once each, the weightiest first, and residence only when it is all', () => {
    expect(
      rolesInOrder([{ role: 'resident' }, { role: 'volunteer' }, { role: 'corps_leader' }, { role: 'corps_leader' }]),
    ).toEqual(['corps_leader', 'volunteer'])
    expect(rolesInOrder([{ role: 'resident' }])).toEqual(['resident'])
  })
  it('know what they are limited to', () => {
    expect(scopeKindsOf('corps_leader')).toEqual(['corps'])
    expect(scopeKindsOf('community_secretary')).toEqual(['community'])
  })
})
