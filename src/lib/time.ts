import { serverNow } from './clock'

// The only place that parses and formats time. Days, months and years are cut in
// Asia/Shanghai, never in UTC and never in the zone of the device.

export type TimeLike = string | number | Date

const SHAPE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i

const SHANGHAI_OFFSET_MINUTES = 8 * 60

/**
 * Parses every timestamp shape the servers send: ISO, `2026-11-22 01:16:22.584+00`
 * (a space and a short zone, which Safari refuses), and plain days. A shape without
 * a zone is Shanghai time. Throws a RangeError for anything else.
 */
export function parseTime(value: TimeLike): Date {
  if (value instanceof Date) return new Date(value.getTime())
  if (typeof value === 'number') return new Date(value)
  const m = SHAPE.exec(value.trim())
  if (!m) throw new RangeError(`not a time: ${value}`)
  const [, y, mo, d, h = '0', mi = '0', s = '0', fraction = '', zone] = m
  const ms = Math.floor(Number(`0.${fraction || '0'}`) * 1000 + 1e-6)
  const utc = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s), ms)
  const check = new Date(utc)
  if (check.getUTCMonth() !== Number(mo) - 1 || check.getUTCDate() !== Number(d) || Number(h) > 23 || Number(mi) > 59) {
    throw new RangeError(`not a time: ${value}`)
  }
  return new Date(utc - zoneMinutes(zone) * 60_000)
}

function zoneMinutes(zone: string | undefined): number {
  if (!zone) return SHANGHAI_OFFSET_MINUTES
  if (zone.toUpperCase() === 'Z') return 0
  const sign = zone.startsWith('-') ? -1 : 1
  const digits = zone.slice(1).replace(':', '')
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || '0'))
}

interface Parts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  /** 0 = Sunday */
  weekday: number
}

/** Wall-clock parts in Shanghai (a fixed +08:00 since 1991, so no Intl is needed per call). */
export function shanghaiParts(value: TimeLike): Parts {
  const shifted = new Date(parseTime(value).getTime() + SHANGHAI_OFFSET_MINUTES * 60_000)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    weekday: shifted.getUTCDay(),
  }
}

const pad = (n: number) => String(n).padStart(2, '0')

/** The day a moment falls on in Shanghai, as `YYYY-MM-DD`. */
export function dayKey(value: TimeLike): string {
  const p = shanghaiParts(value)
  return `${p.year}-${pad(p.month)}-${pad(p.day)}`
}

/** The first moment of a day given as `YYYY-MM-DD`. */
export function startOfDay(day: string): Date {
  return parseTime(day.slice(0, 10))
}

/** Another day, `n` days later (or earlier), as `YYYY-MM-DD`. */
export function addDays(day: string, n: number): string {
  return dayKey(startOfDay(day).getTime() + n * 86_400_000)
}

/** `2026-11-28T09:00` as typed into a form (Shanghai wall clock) → ISO with zone, for a command. */
export function fromLocalInput(value: string): string {
  return parseTime(value).toISOString()
}

/** A moment → the value of an `<input type="datetime-local">`, Shanghai wall clock. */
export function toLocalInput(value: TimeLike): string {
  const p = shanghaiParts(value)
  return `${p.year}-${pad(p.month)}-${pad(p.day)}T${pad(p.hour)}:${pad(p.minute)}`
}

const WEEKDAYS_ZH = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const WEEKDAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const isEn = (locale: string) => locale.startsWith('en')

/** 「11月28日 周六」 · "Sat, Nov 28". The year is added when it is not the year of `now`. */
export function formatDay(value: TimeLike, locale = 'zh-CN', now: TimeLike = serverNow()): string {
  const p = shanghaiParts(value)
  const otherYear = p.year !== shanghaiParts(now).year
  if (isEn(locale)) {
    const date = `${WEEKDAYS_EN[p.weekday]}, ${MONTHS_EN[p.month - 1]} ${p.day}`
    return otherYear ? `${date}, ${p.year}` : date
  }
  const date = `${p.month}月${p.day}日 ${WEEKDAYS_ZH[p.weekday]}`
  return otherYear ? `${p.year}年${date}` : date
}

/** 「周六」 · "Sat" */
export function formatWeekday(value: TimeLike, locale = 'zh-CN'): string {
  const { weekday } = shanghaiParts(value)
  return (isEn(locale) ? WEEKDAYS_EN : WEEKDAYS_ZH)[weekday]!
}

/** `09:05` */
export function formatTime(value: TimeLike): string {
  const p = shanghaiParts(value)
  return `${pad(p.hour)}:${pad(p.minute)}`
}

/** 「11月28日 周六 09:05」 */
export function formatDateTime(value: TimeLike, locale = 'zh-CN', now: TimeLike = serverNow()): string {
  return `${formatDay(value, locale, now)} ${formatTime(value)}`
}

/** 「09:00–11:30」, 「22:00–次日 06:00」, or both days when they are further apart. */
export function formatRange(from: TimeLike, to: TimeLike, locale = 'zh-CN'): string {
  const a = dayKey(from)
  const b = dayKey(to)
  if (a === b) return `${formatTime(from)}–${formatTime(to)}`
  if (addDays(a, 1) === b) {
    const next = isEn(locale) ? 'next day' : '次日'
    return `${formatTime(from)}–${next} ${formatTime(to)}`
  }
  return `${formatDateTime(from, locale, from)} – ${formatDateTime(to, locale, from)}`
}

/** 「今天」「明天」「后天」「昨天」, else the day. */
export function formatNearDay(value: TimeLike, locale = 'zh-CN', now: TimeLike = serverNow()): string {
  const distance = dayDistance(value, now)
  const near: Record<number, string> = isEn(locale)
    ? { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' }
    : { [-1]: '昨天', 0: '今天', 1: '明天', 2: '后天' }
  return near[distance] ?? formatDay(value, locale, now)
}

/** How many Shanghai days from `now` to `value` (0 = the same day). */
export function dayDistance(value: TimeLike, now: TimeLike = serverNow()): number {
  return Math.round((startOfDay(dayKey(value)).getTime() - startOfDay(dayKey(now)).getTime()) / 86_400_000)
}

/** 「刚刚」「5 分钟前」「2 小时后」「昨天 14:03」「11月3日 周二 09:00」 */
export function formatRelative(value: TimeLike, locale = 'zh-CN', now: TimeLike = serverNow()): string {
  const diff = parseTime(value).getTime() - parseTime(now).getTime()
  const minutes = Math.round(Math.abs(diff) / 60_000)
  const en = isEn(locale)
  if (minutes < 1) return en ? 'just now' : '刚刚'
  if (minutes < 60) {
    if (en) return diff < 0 ? `${minutes} min ago` : `in ${minutes} min`
    return `${minutes} 分钟${diff < 0 ? '前' : '后'}`
  }
  if (dayDistance(value, now) === 0) {
    const hours = Math.round(minutes / 60)
    if (en) return diff < 0 ? `${hours} h ago` : `in ${hours} h`
    return `${hours} 小时${diff < 0 ? '前' : '后'}`
  }
  return `${formatNearDay(value, locale, now)} ${formatTime(value)}`
}

/** Minutes → hours with at most one decimal: 90 → `1.5`, 120 → `2`. */
export function formatHours(minutes: number): string {
  return String(Math.round(minutes / 6) / 10)
}

/** Whole years of age today from a birth year and month (what we ask for; never a full birthday). */
export function ageFrom(birthYear: number, birthMonth = 12, now: TimeLike = serverNow()): number {
  const p = shanghaiParts(now)
  return p.year - birthYear - (p.month < birthMonth ? 1 : 0)
}
