import { describe, expect, it } from 'vitest'
import type { Access, AccessSubject } from './access'
import { checkAccess, hasPossibleIds } from './access'

const nobody: AccessSubject = { isSignedIn: false, current: null, hasRole: () => false }
const newcomer = { ...nobody, isSignedIn: true }
const volunteer: AccessSubject = { isSignedIn: true, current: {}, hasRole: (...r) => r.includes('volunteer') }

describe('checkAccess', () => {
  it.each([
    ['public', nobody, 'allowed'],
    ['account', nobody, 'sign-in'],
    ['account', newcomer, 'allowed'],
    ['member', nobody, 'sign-in'],
    ['member', newcomer, 'join'],
    ['member', volunteer, 'allowed'],
    [undefined, newcomer, 'join'],
    [['volunteer', 'corps_leader'], volunteer, 'allowed'],
    [['community_secretary'], volunteer, 'denied'],
    [['community_secretary'], nobody, 'sign-in'],
  ] satisfies [Access | undefined, AccessSubject, string][])(
    '%o',
    (access: Access | undefined, subject: AccessSubject, answer: string) => {
      expect(checkAccess(access === undefined ? {} : { access }, subject)).toBe(answer)
    },
  )
})

describe('hasPossibleIds', () => {
  it.each([
    [{}, true],
    [{ code: 'WUTUNG2628' }, true],
    [{ id: 'new' }, true],
    [{ id: '226e067c-8a80-8f65-854e-fecb7edd6366' }, true],
    [{ shiftId: '226e067c-8a80-8f65-854e' }, false],
    [{ id: 'nonsense' }, false],
  ])('%o → %s', (params: Record<string, string>, answer: boolean) => {
    expect(hasPossibleIds(params)).toBe(answer)
  })
})
