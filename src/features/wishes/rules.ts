import type { RosterPerson } from '@/features/members'
import type { CorpsColor } from '@/lib/corps'
import { ageFrom, dayDistance } from '@/lib/time'
import type { DeskClaim, DeskWish, MyWish, WishDesk, WishFor, WishKind } from './types'

export interface WishFilters {
  kind: WishKind | null
  colors: CorpsColor[]
  near: boolean
  search: string
}
export const NO_FILTERS: WishFilters = { kind: null, colors: [], near: false, search: '' }

export const isFiltered = (filters: WishFilters): boolean =>
  filters.kind !== null || filters.colors.length > 0 || filters.near || filters.search !== ''

const NOBODY: Omit<RosterPerson, 'id' | 'realName' | 'birthYear'> = {
  hasPhone: false,
  phoneMasked: null,
  gridName: null,
  hasAccount: false,
  volunteerNo: null,
  partyKind: null,
  roles: [],
}

/** Who a form is for: oneself, somebody one helps, or somebody met on a visit. */
export type ForWhom = string

export interface WishForm {
  forWhom: ForWhom
  /** Somebody of the roster, found instead of typed. */
  person: RosterPerson | null
  name: string
  birthYear: string
  phone: string
  kind: WishKind
  wishFor: WishFor | ''
  title: string
  body: string
  size: string
  priceYuan: number | null
  parts: number
  neededBy: string
  meeting: 'community' | 'direct'
  corpsColor: CorpsColor | ''
  address: string
  facts: string
  photos: string[]
  consent: boolean
}

export const emptyForm = (): WishForm => ({
  forWhom: 'me',
  person: null,
  name: '',
  birthYear: '',
  phone: '',
  kind: 'goods',
  wishFor: '',
  title: '',
  body: '',
  size: '',
  priceYuan: null,
  parts: 1,
  neededBy: '',
  meeting: 'community',
  corpsColor: '',
  address: '',
  facts: '',
  photos: [],
  consent: false,
})

/** A wish that came back, in the form again; whoever is neither oneself nor helped was met on a visit. */
export function formOf(wish: MyWish, myPersonId: string | null, helpedIds: readonly string[]): WishForm {
  const facts = wish.private
  const personId = facts?.personId ?? null
  const isHelped = personId !== null && helpedIds.includes(personId)
  return {
    ...emptyForm(),
    forWhom: personId !== null && personId === myPersonId ? 'me' : isHelped ? personId : 'visited',
    person:
      personId === null || isHelped || personId === myPersonId
        ? null
        : { ...NOBODY, id: personId, realName: facts?.name ?? '', birthYear: facts?.birthYear ?? null },
    name: personId ? '' : (facts?.name ?? ''),
    birthYear: facts?.birthYear ? String(facts.birthYear) : '',
    phone: facts?.phone ?? '',
    kind: wish.kind,
    wishFor: wish.wishFor,
    title: wish.title,
    body: wish.body,
    size: wish.size ?? '',
    priceYuan: wish.priceYuan,
    parts: wish.parts,
    neededBy: wish.neededBy ?? '',
    meeting: wish.meeting,
    corpsColor: wish.corpsColor ?? '',
    address: facts?.address ?? '',
    facts: facts?.facts ?? '',
    consent: facts?.consentVia != null,
  }
}

/** For a child the guardian agrees; else the person, or on paper when somebody writes for them. */
export function consentVia(form: WishForm): 'self' | 'helper' | 'guardian' | 'paper' {
  const year = form.person?.birthYear ?? Number(form.birthYear)
  const isChild =
    form.wishFor === 'left_behind_child' || (form.forWhom === 'visited' && year > 1900 && ageFrom(year) < 18)
  if (isChild) return 'guardian'
  if (form.forWhom === 'me') return 'self'
  return form.forWhom === 'visited' ? 'paper' : 'helper'
}

/** The first field that still misses something, or null. */
export function missingField(form: WishForm): 'name' | 'birthYear' | 'wishFor' | 'title' | 'priceYuan' | null {
  if (form.forWhom === 'visited' && !form.person && form.name.trim() === '') return 'name'
  if (form.forWhom === 'visited' && !form.person?.birthYear && !/^\d{4}$/.test(form.birthYear.trim()))
    return 'birthYear'
  if (form.wishFor === '') return 'wishFor'
  if (form.title.trim() === '') return 'title'
  if (form.kind === 'goods' && !form.priceYuan) return 'priceYuan'
  return null
}

/** What `submit_wish` takes. */
export function wishPayload(form: WishForm, myPersonId: string, draft: boolean): Record<string, unknown> {
  const visited = form.forWhom === 'visited'
  return {
    person_id: visited ? (form.person?.id ?? null) : form.forWhom === 'me' ? myPersonId : form.forWhom,
    ...(visited && !form.person ? { name: form.name, phone: form.phone } : {}),
    ...(visited && !form.person?.birthYear ? { birth_year: form.birthYear } : {}),
    kind: form.kind,
    wish_for: form.wishFor,
    title: form.title,
    body: form.body,
    size: form.size,
    price_yuan: form.kind === 'goods' ? form.priceYuan : null,
    parts: form.parts,
    needed_by: form.neededBy,
    meeting: form.meeting,
    corps_color: form.corpsColor,
    address: form.address,
    facts: form.facts,
    attachment_ids: form.photos,
    ...(form.consent ? { consent_via: consentVia(form) } : {}),
    ...(draft ? { draft: true } : {}),
  }
}

/** Whole days until a claim runs out, as a phrase. */
export function duePhrase(dueAt: string, now: number): { key: string; params: { n: number } } {
  const n = dayDistance(dueAt, now)
  if (n <= 0) return { key: 'wishes.due.today', params: { n: 0 } }
  return { key: n <= 5 ? 'wishes.due.soon' : 'wishes.due.days', params: { n } }
}
export const isDueSoon = (dueAt: string, now: number): boolean => dayDistance(dueAt, now) <= 5

/** What waits on the desk, by what is to be done. */
export interface DeskPiles {
  reviewing: DeskWish[]
  asked: DeskClaim[]
  delivering: DeskClaim[]
  dueSoon: DeskClaim[]
  twiceBack: DeskWish[]
}

export function deskPiles(desk: WishDesk, now: number): DeskPiles {
  return {
    reviewing: desk.wishes.filter((w) => w.status === 'reviewing').toReversed(),
    asked: desk.claims.filter((c) => c.status === 'asked'),
    delivering: desk.claims.filter((c) => c.status === 'delivering'),
    dueSoon: desk.claims.filter((c) => c.status === 'approved' && isDueSoon(c.dueAt, now)),
    twiceBack: desk.wishes.filter((w) => w.givenBack >= 2 && ['open', 'claimed', 'delivering'].includes(w.status)),
  }
}

/** One slip of a drive. */
export interface Slip {
  id: string
  name: string
  birthYear: string
  phone: string
  address: string
  kind: string
  wishFor: string
  title: string
  body: string
  size: string
  priceYuan: string
  consent: boolean
}

export const SLIP_FIELDS = [
  'name',
  'birthYear',
  'phone',
  'address',
  'kind',
  'wishFor',
  'title',
  'body',
  'size',
  'priceYuan',
  'consent',
] as const
export type SlipField = (typeof SLIP_FIELDS)[number]

/** Which field a column's heading means; headings as people write them. */
export function slipFieldOf(heading: string): SlipField | null {
  const text = heading.replace(/[\s*（）()]/g, '').toLowerCase()
  const names: [RegExp, SlipField][] = [
    [/同意|签字|consent/, 'consent'],
    [/姓名|名字|^name/, 'name'],
    [/出生|生年|birth/, 'birthYear'],
    [/电话|手机|phone/, 'phone'],
    [/住址|地址|address/, 'address'],
    [/种类|类型|kind/, 'kind'],
    [/对象|人群|for/, 'wishFor'],
    [/尺码|规格|size/, 'size'],
    [/价|金额|元|price/, 'priceYuan'],
    [/说明|详情|body|detail/, 'body'],
    [/心愿|愿望|title|wish/, 'title'],
  ]
  return names.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

const KIND_WORDS: [RegExp, WishKind][] = [
  [/服务|service/i, 'service'],
  [/陪|companion/i, 'companionship'],
  [/物|goods/i, 'goods'],
]
const FOR_WORDS: [RegExp, WishFor][] = [
  [/残|disab/i, 'disabled'],
  [/儿童|留守|困境|孩|child/i, 'left_behind_child'],
  [/空巢|老|elder|nest/i, 'empty_nest'],
  [/困难|低保|hard/i, 'hardship'],
]

/** A row of a sheet as a slip; what a cell means is guessed, what it cannot mean stays for the server to refuse. */
export function slipOf(cells: Partial<Record<SlipField, string>>, id: string): Slip {
  const text = (field: SlipField) => (cells[field] ?? '').trim()
  return {
    id,
    name: text('name'),
    birthYear: /\d{4}/.exec(text('birthYear'))?.[0] ?? '',
    phone: text('phone'),
    address: text('address'),
    kind: KIND_WORDS.find(([pattern]) => pattern.test(text('kind')))?.[1] ?? (text('kind') ? '' : 'goods'),
    wishFor: FOR_WORDS.find(([pattern]) => pattern.test(text('wishFor')))?.[1] ?? '',
    title: text('title'),
    body: text('body'),
    size: text('size'),
    priceYuan: /\d+/.exec(text('priceYuan'))?.[0] ?? '',
    consent: /^(是|有|已|√|✓|1|y|true)/i.test(text('consent')),
  }
}

/** What `submit_wishes` takes for a slip. */
export function slipPayload(slip: Slip): Record<string, unknown> {
  return {
    id: slip.id,
    name: slip.name,
    birth_year: slip.birthYear,
    phone: slip.phone,
    address: slip.address,
    kind: slip.kind,
    wish_for: slip.wishFor,
    title: slip.title,
    body: slip.body,
    size: slip.size,
    price_yuan: slip.kind === 'goods' ? slip.priceYuan : '',
    ...(slip.consent ? { consent_via: slip.wishFor === 'left_behind_child' ? 'guardian' : 'paper' } : { draft: true }),
  }
}
