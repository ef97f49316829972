import { addDays } from '@/lib/time'

export interface NextStar {
  star: number
  hours: number
  /** Minutes still missing. */
  missing: number
}

/** How many stars lifetime minutes are worth. */
export function starsOf(minutes: number, starHours: readonly number[]): number {
  return starHours.filter((hours) => minutes >= hours * 60).length
}

/** The next star and how far it is; null with all of them. */
export function nextStar(minutes: number, starHours: readonly number[]): NextStar | null {
  const star = starsOf(minutes, starHours)
  const hours = starHours[star]
  return hours === undefined ? null : { star: star + 1, hours, missing: hours * 60 - minutes }
}

/** A check code as people read it aloud: four groups of five. */
export function groupedCode(code: string): string {
  return code.replace(/(.{5})(?=.)/g, '$1-')
}

/** Where a certificate is checked, for the QR code. */
export function checkLink(code: string, origin: string): string {
  return `${origin}/verify/${code}`
}

export type PeriodKey = 'this_year' | 'last_year' | 'last_12_months' | 'custom'

/** First and last day of a period that ends today at the latest. */
export function periodOf(key: PeriodKey, today: string): { from: string; to: string } {
  const year = Number(today.slice(0, 4))
  if (key === 'last_year') return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` }
  if (key === 'last_12_months') return { from: addDays(today, -364), to: today }
  return { from: `${year}-01-01`, to: today }
}

/**
 * The labels of the national volunteer site, as its file wants them in every language of this app.
 * The list is the one of the site; no conformity with MZ/T 061-2015 is claimed.
 */
export const NATIONAL_CATEGORIES: Record<string, string> = {
  community_service: '社区服务',
  poverty_relief: '扶贫减贫',
  education: '支教助学',
  health: '卫生健康',
  legal: '法律服务',
  environment: '环境保护',
  science: '科技科普',
  culture: '文化艺术',
  safety: '平安综治',
  civility: '文明风尚',
  traffic: '交通引导',
  fire: '志愿消防',
  rescue: '应急救援',
  anti_drug: '禁毒宣传',
  sports: '体育健身',
  tourism: '旅游服务',
  special_care: '关爱特殊群体',
  large_event: '大型活动',
  overseas: '海外志愿服务',
  tax: '税收服务',
  other: '其他',
}

export interface EarlierRow {
  volunteer_no: string
  year: string
  hours: string
  times: string
  source: string
}

/** Lines pasted from a sheet: number, year, hours, times (may be empty), source; by tab or comma. */
export function earlierRows(text: string): EarlierRow[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.split(/\t|,|，/).map((cell) => cell.trim()))
    .filter((cells) => cells.some(Boolean) && /\d/.test(cells[1] ?? ''))
    .map(([number = '', year = '', hours = '', times = '', source = '']) => ({
      volunteer_no: number,
      year: year.replace(/年$/, ''),
      hours,
      times: times || '0',
      source,
    }))
}
