import { describe, expect, it } from 'vitest'
import { shiftToIcs } from './ics'
import { aShiftDetail } from './testing'

describe('the calendar file', () => {
  const text = shiftToIcs(
    aShiftDetail({ title: '清洁家园,一起来;\n带水', riskNote: '注意'.repeat(60) }),
    'https://example.cn/shifts/1',
    Date.UTC(2026, 10, 22),
  )
  it('gives moments in UTC, so that every phone shows the right hour', () => {
    expect(text).toContain('DTSTART:20261122T060000Z')
    expect(text).toContain('DTEND:20261122T080000Z')
  })
  it('escapes what would end a value early', () => {
    expect(text).toContain('SUMMARY:清洁家园\\,一起来\\;\\n带水')
  })
  it('folds lines at 75 bytes and ends them in CRLF', () => {
    const lines = text.split('\r\n')
    expect(lines.every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true)
    expect(text.replace(/\r\n/g, '')).not.toContain('\n')
  })
})
