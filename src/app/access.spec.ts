import { describe, expect, it } from 'vitest'
import type { Access } from './access'
import { checkAccess } from './access'

const nobody = { isSignedIn: false, current: null, hasRole: () => false }
const newcomer = { ...nobody, isSignedIn: true }
const volunteer = { isSignedIn: true, current: {}, hasRole: (...r: string[]) => r.includes('volunteer') }

describe('checkAccess', () => {
  it.each<[Access | undefined, typeof nobody, string]>([
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
  ])('%o', (access, subject, answer) => {
    expect(checkAccess(access === undefined ? {} : { access }, subject)).toBe(answer)
  })
})
