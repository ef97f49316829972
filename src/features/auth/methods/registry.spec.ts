import { describe, expect, it } from 'vitest'
import { chosenMethods } from './registry'

const ids = (setting?: string) => chosenMethods(setting).map((m) => m.id)

describe('the sign-in methods of an installation', () => {
  it('is e-mail without a setting, and when the setting names nothing known', () => {
    expect(ids()).toEqual(['email'])
    expect(ids('')).toEqual(['email'])
    expect(ids('toString,fax')).toEqual(['email'])
  })
  it('keeps the order of the setting, each once', () => {
    expect(ids('phone, wechat,email,phone')).toEqual(['phone', 'wechat', 'email'])
  })
})
