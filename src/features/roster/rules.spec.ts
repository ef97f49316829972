import { describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { cellText, dayText, fieldText } from './cells'
import type { RosterField } from './fields'
import { CODES, FIELDS, REQUIRED, ROSTER_KINDS } from './fields'
import type { RosterRow } from './rules'
import {
  checkRow,
  guessKind,
  guessMapping,
  idCardColumns,
  looksLikeIdCard,
  missingColumns,
  toRow,
  toSheet,
} from './rules'

/** Read as files: an import gives compiled messages. */
const json = (locale: string, name: string) => JSON.parse(readFileSync(`src/locales/${locale}/${name}.json`, 'utf8'))
interface Words {
  roster: {
    fields: Record<string, string>
    kinds: Record<string, string>
    codes: Record<string, Record<string, string>>
  }
  ui: { corps: Record<string, string> }
}
const LOCALES = ['zh-CN', 'en'].map((locale): Words => ({ roster: json(locale, 'roster'), ui: json(locale, 'ui') }))

describe('a birth month', () => {
  it.each([
    ['1965-03', '1965-03'],
    ['1965-3', '1965-03'],
    ['1965/3/8', '1965-03-08'],
    ['1965.03', '1965-03'],
    ['1965年3月', '1965-03'],
    ['1965年3月8日', '1965-03-08'],
    ['1965 年 3 月', '1965-03'],
    ['１９６５年３月', '1965-03'],
    ['196503', '1965-03'],
    ['19650308', '1965-03-08'],
    [' 1965-03\u3000', '1965-03'],
    ['1965-03-08 00:00:00', '1965-03-08'],
    [23809, '1965-03-08'],
    ['23809', '1965-03-08'],
    [new Date(Date.UTC(1965, 2, 8)), '1965-03-08'],
    [1965.03, '1965-03'],
    [196503, '1965-03'],
  ])('%j is %s', (cell, text) => {
    expect(fieldText('birth', cell)).toBe(text)
  })

  it.each(['不详', '65-3', '三月'])('%s stays as it is, to be refused by name', (text) => {
    expect(dayText(text)).toBe(text)
    expect(checkRow('residents', { name: '王一', birth: text }, '2026-11-22')).toMatchObject([
      { field: 'birth', reason: 'birth_invalid' },
    ])
  })

  it('1965.10 kept as the number 1965.1 is not taken for January', () => {
    expect(fieldText('birth', 1965.1)).toBe('1965.1?')
  })
})

describe('other cells', () => {
  it('numbers lose neither zeros nor digits', () => {
    expect(cellText(13900000000)).toBe('13900000000')
    expect(fieldText('phone', '１３９ ００００ ００００')).toBe('139 0000 0000')
    expect(fieldText('door', '0502')).toBe('0502')
  })

  it('rare characters and the dot of names survive', () => {
    for (const name of ['𠮷野', '䶮', '阿依努尔·买买提']) expect(fieldText('name', ` ${name}\u200b `)).toBe(name)
  })

  it('what cannot be sent is replaced, and refused by name', () => {
    expect(fieldText('name', '王\0一')).toBe('王\u0001一')
    expect(fieldText('name', '王\uD842')).toBe('王\uFFFD')
  })

  it.each(LOCALES)('every label of a code is understood', ({ roster, ui }) => {
    for (const [field, codes] of Object.entries(CODES)) {
      for (const code of codes) {
        const labels = field === 'corps' ? ui.corps : roster.codes[field]!
        expect(fieldText(field as RosterField, labels[code])).toBe(code)
      }
    }
    expect(fieldText('corps', '绿色志愿服务队，紫色')).toBe('green_eco、purple_health')
    expect(fieldText('party_kind', '预备党员')).toBe('预备党员')
  })

  it('an ID-card number is seen in any spelling, and nothing else is taken for one', () => {
    expect(looksLikeIdCard('证件 990101196503081234')).toBe(true)
    expect(looksLikeIdCard('９９０１０１１９６５０３０８１２３ｘ')).toBe(true)
    expect(looksLikeIdCard('990101 19650308 1234')).toBe(true)
    expect(looksLikeIdCard('13900000000')).toBe(false)
    expect(looksLikeIdCard('6222021234567890123')).toBe(false)
  })
})

describe('columns', () => {
  it('are guessed from the words people use', () => {
    expect(
      guessMapping(
        [
          '序号',
          '姓 名',
          '联系电话(必填)',
          '出生年月',
          '小区名称',
          '楼栋号',
          '单元',
          '门牌号',
          '所属片区',
          '身份证号',
          '备注',
        ],
        'residents',
      ),
    ).toEqual([null, 'name', 'phone', 'birth', 'compound', 'building', 'entrance', 'door', 'grid', null, null])
    expect(guessMapping(['Name', 'Mobile', 'Date of birth', 'Team', 'Guardian phone'], 'volunteers')).toEqual([
      'name',
      'phone',
      'birth',
      'corps',
      'guardian_phone',
    ])
    expect(guessMapping(['姓名', '职务', '管线', '办公电话', '包片', '任职日期'], 'staff')).toEqual([
      'name',
      'title',
      'business_line',
      'relay_phone',
      'grid',
      'from',
    ])
    expect(guessMapping(['姓名', '监护人姓名', '监护人联系电话', '本人联系电话'], 'volunteers')).toEqual([
      'name',
      'guardian_name',
      'guardian_phone',
      'phone',
    ])
  })

  it.each(LOCALES)('of our own templates are all understood', ({ roster }) => {
    for (const kind of ROSTER_KINDS) {
      const headers = FIELDS[kind].map((field) => roster.fields[field]!)
      expect(guessMapping(headers, kind)).toEqual([...FIELDS[kind]])
      expect(guessKind({ name: roster.kinds[kind]!, headers: [] })).toBe(kind)
    }
  })

  it('tell the kind when the sheet has no telling name', () => {
    expect(guessKind({ name: 'Sheet1', headers: ['姓名', '电话', '党员类别', '支部'] })).toBe('party_members')
    expect(guessKind({ name: 'Sheet1', headers: ['姓名', '职务', '办公电话', '包片'] })).toBe('staff')
    expect(guessKind({ name: 'Sheet1', headers: ['姓名', '特长'] })).toBe('volunteers')
    expect(guessKind({ name: 'Sheet1', headers: ['姓名', '楼栋'] })).toBe('residents')
    expect(guessKind({ name: '说明', headers: ['本表用法'] })).toBeNull()
  })

  it('that are required and not there are named', () => {
    for (const kind of ROSTER_KINDS) expect(missingColumns(kind, [])).toEqual(REQUIRED[kind])
  })
})

describe('a table', () => {
  const lines = [
    ['梧桐里社区居民名册', null],
    [null],
    ['姓名', '出生年月', '身份证'],
    ['示例：王小明', '1965-03', ''],
    ['王一', '1965-03', '990101196503081234'],
    [' ', null, ''],
    ['李二', '1970年1月', '990101197001011234'],
  ]

  it('may begin with titles; empty lines and the example are passed over, row numbers are those of the file', () => {
    const sheet = toSheet('居民', lines)!
    expect(sheet.headers).toEqual(['姓名', '出生年月', '身份证'])
    expect(sheet.rowNumbers).toEqual([5, 7])
    expect(idCardColumns(sheet)).toEqual([2])
    expect(toRow(sheet.rows[1]!, ['name', 'birth', null])).toEqual({ name: '李二', birth: '1970-01' })
    expect(toSheet('空', [['姓名']])).toBeNull()
  })
})

describe('the look before sending', () => {
  const today = '2026-11-22'
  const reasons = (kind: Parameters<typeof checkRow>[0], row: RosterRow) =>
    checkRow(kind, row, today).map((r) => `${r.field} ${r.reason}`)
  const GOOD: RosterRow = { name: '王一', birth: '1965-03', phone: '19900000000' }

  it.each<[Parameters<typeof checkRow>[0], RosterRow, string[]]>([
    ['residents', GOOD, []],
    [
      'residents',
      { birth: '2099-01', phone: '12' },
      ['name field_required', 'phone phone_invalid', 'birth birth_in_future'],
    ],
    ['residents', { ...GOOD, birth: '1970-02-30' }, ['birth birth_invalid']],
    ['residents', { ...GOOD, birth: '1899-01' }, ['birth birth_before_1900']],
    ['residents', { ...GOOD, name: '李😀' }, ['name name_invalid']],
    ['residents', { ...GOOD, name: '䶮'.repeat(51) }, ['name field_too_long']],
    ['residents', { ...GOOD, door: '502' }, ['building building_missing']],
    ['volunteers', { ...GOOD, birth: '2012-12' }, ['birth under_fourteen']],
    ['volunteers', { ...GOOD, birth: '2012-10' }, ['guardian_name guardian_required']],
    ['party_members', GOOD, ['party_kind field_required']],
    [
      'staff',
      { ...GOOD, title: 'line_worker', relay_phone: '19900000000' },
      ['relay_phone relay_phone_is_private', 'business_line line_required'],
    ],
    [
      'staff',
      { name: '王一', title: '总管', relay_phone: '028-55550001', from: '去年' },
      ['title code_unknown', 'phone identity_missing', 'from date_invalid'],
    ],
  ])('%s %j: %j', (kind, row, expected) => {
    expect(reasons(kind, row)).toEqual(expected)
  })
})
