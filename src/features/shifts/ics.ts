import type { ShiftDetail } from './schema'

/** RFC 5545: lines end in CRLF, commas, semicolons and line breaks in texts are escaped. */
const escape = (text: string) =>
  text
    .replace(/\\/g, '\\\\')
    .replace(/\r?\n/g, '\\n')
    .replace(/([,;])/g, '\\$1')

const stamp = (date: Date) => date.toISOString().replace(/[-:]|\.\d{3}/g, '')

/** Lines longer than 75 bytes go on after a line break and a space. */
function fold(line: string): string {
  const encoder = new TextEncoder()
  const parts: string[] = []
  let part = ''
  for (const char of line) {
    if (encoder.encode(part + char).length > (parts.length ? 74 : 75)) {
      parts.push(part)
      part = ''
    }
    part += char
  }
  return [...parts, part].join('\r\n ')
}

/**
 * A shift as a calendar file, with a reminder one hour before.
 *
 * @param url address of the shift's page
 * @param now when the file was made
 */
export function shiftToIcs(
  shift: Pick<
    ShiftDetail,
    'id' | 'title' | 'startsAt' | 'endsAt' | 'placeName' | 'placeAddress' | 'meetingPoint' | 'riskNote'
  >,
  url: string,
  now: number,
): string {
  const location = [shift.placeName, shift.placeAddress, shift.meetingPoint].filter(Boolean).join(' ')
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Sanlian//Shifts//ZH',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${shift.id}@sanlian`,
    `DTSTAMP:${stamp(new Date(now))}`,
    `DTSTART:${stamp(shift.startsAt)}`,
    `DTEND:${stamp(shift.endsAt)}`,
    `SUMMARY:${escape(shift.title)}`,
    ...(location ? [`LOCATION:${escape(location)}`] : []),
    ...(shift.riskNote ? [`DESCRIPTION:${escape(shift.riskNote)}`] : []),
    `URL:${url}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escape(shift.title)}`,
    'TRIGGER:-PT1H',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map(fold).join('\r\n') + '\r\n'
}

/** Hands the file to the phone's calendar. */
export function downloadIcs(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${fileName}.ics`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
