import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { isMobile, isPersonName, useFormCheck } from './forms'

describe('names and phones, as the database takes them', () => {
  it.each(['王明', '阿依古丽·买买提', '𠮷田', '䶮', '李', '  赵六 '])('takes the name %s', (name) => {
    expect(isPersonName(name)).toBe(true)
  })
  it.each(['', '  ', '王明1', '王😀', 'a<b', '王'.repeat(51)])('refuses the name «%s»', (name) => {
    expect(isPersonName(name)).toBe(false)
  })
  it('counts rare characters as one', () => {
    expect(isPersonName('𠮷'.repeat(50))).toBe(true)
  })
  it.each(['14400000001', '144 0000 0001', '+86 144-0000-0001', '１４４００００００01'])('takes %s', (phone) => {
    expect(isMobile(phone)).toBe(true)
  })
  it.each(['', '12345678901', '1440000000', '144000000011', 'abc'])('refuses «%s»', (phone) => {
    expect(isMobile(phone)).toBe(false)
  })
})

describe('a form check', () => {
  it('marks nothing before the form is sent, then follows what is typed', () => {
    const form = ref({ name: '' })
    const schema = v.object({ name: v.pipe(v.string(), v.check(isPersonName, 'key.name')) })
    const { errors, check } = useFormCheck(schema, form)
    expect(errors.value).toEqual({})
    expect(check()).toBeNull()
    expect(errors.value).toEqual({ name: 'key.name' })
    form.value.name = '王明'
    expect(errors.value).toEqual({})
    expect(check()).toEqual({ name: '王明' })
  })
})
