import { describe, expect, it } from 'vitest'
import type { Access, AccessSubject } from './access'
import { checkAccess } from './access'

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
