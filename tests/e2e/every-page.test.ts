import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/lib/id'
import { launchBrowser } from '../support/browser'
import { call, type Device, membershipOf, openSite, signIn, type Site, type Visit, visit } from './journey'

// Every page, as somebody who may open it: no axe violation in light, dark and 长辈版; no sideways scroll at 320 px;
// one heading of the first level; no locale key shown instead of words. A page without an entry here fails.

interface Entry {
  /** What to open; a function when the address holds an id. */
  path: string | ((ids: Ids) => string)
  as: 'nobody' | 'volunteer' | 'leader' | 'secretary' | 'party' | 'branch' | 'street'
  device?: Device
}

interface Ids {
  shift: string
  ledShift: string
  wish: string
  /** A claim brought and waiting for its receiver. */
  handOver: string
  ledActivity: string
  endedActivity: string
  corps: string
  certificate: string
  code: string
  community: string
  training: string
  series: string
  notice: string
  /** An appraisal in its public notice, and somebody in it. */
  cycle: string
  candidate: string
}

const PAGES: Record<string, Entry> = {
  'index.vue': { path: '/', as: 'nobody' },
  'rate/[code].vue': { path: '/rate/NOTACODE', as: 'nobody' },
  'reports/[id].vue': { path: ({ endedActivity }) => `/reports/${endedActivity}`, as: 'leader' },
  'me/backfills.vue': { path: '/me/backfills', as: 'volunteer' },
  'me/exemptions.vue': { path: '/me/exemptions', as: 'volunteer' },
  'lead/hours.vue': { path: '/lead/hours', as: 'leader' },
  'office/hours.vue': { path: '/office/hours?tab=spot', as: 'secretary', device: 'desktop' },
  'sign-in.vue': { path: '/sign-in', as: 'nobody' },
  'sign-up.vue': { path: '/sign-up', as: 'nobody' },
  'reset.vue': { path: '/reset', as: 'nobody' },
  'join/index.vue': { path: '/join', as: 'nobody' },
  'join/[code].vue': { path: '/join/NOTACODE23', as: 'nobody' },
  '[...path].vue': { path: '/no/such/page', as: 'nobody' },
  'dev/ui.vue': { path: '/dev/ui', as: 'nobody' },
  'shifts/index.vue': { path: '/shifts', as: 'volunteer' },
  'shifts/[id].vue': { path: ({ shift }) => `/shifts/${shift}`, as: 'volunteer' },
  'shifts/mine.vue': { path: '/shifts/mine', as: 'volunteer' },
  'shifts/blocks.vue': { path: '/shifts/blocks', as: 'volunteer' },
  'lead/places/[shiftId].vue': { path: ({ ledShift }) => `/lead/places/${ledShift}`, as: 'leader' },
  'code.vue': { path: '/code', as: 'volunteer' },
  'me/index.vue': { path: '/me', as: 'volunteer' },
  'me/service.vue': { path: '/me/service', as: 'volunteer' },
  'me/points.vue': { path: '/me/points', as: 'volunteer' },
  'me/duties.vue': { path: '/me/duties', as: 'party' },
  'me/score.vue': { path: '/me/score', as: 'party' },
  'lead/duties.vue': { path: '/lead/duties', as: 'branch' },
  'lead/meetings.vue': { path: '/lead/meetings', as: 'branch' },
  'office/branch.vue': { path: '/office/branch', as: 'branch', device: 'desktop' },
  'rewards/index.vue': { path: '/rewards', as: 'volunteer' },
  'rewards/orders.vue': { path: '/rewards/orders', as: 'volunteer' },
  'rewards/log.vue': { path: '/rewards/log', as: 'volunteer' },
  'counter.vue': { path: '/counter', as: 'secretary' },
  'office/rewards.vue': { path: '/office/rewards', as: 'secretary', device: 'desktop' },
  'me/privacy.vue': { path: '/me/privacy', as: 'volunteer' },
  'me/dossier.vue': { path: '/me/dossier', as: 'volunteer' },
  'me/certificates/index.vue': { path: '/me/certificates', as: 'volunteer' },
  'me/certificates/[id].vue': { path: ({ certificate }) => `/me/certificates/${certificate}`, as: 'volunteer' },
  'verify/index.vue': { path: '/verify', as: 'nobody' },
  'verify/[code].vue': { path: ({ code }) => `/verify/${code}`, as: 'nobody' },
  'lead/corrections.vue': { path: '/lead/corrections', as: 'leader' },
  'office/corrections.vue': { path: '/office/corrections', as: 'secretary', device: 'desktop' },
  'office/dossiers.vue': { path: '/office/dossiers', as: 'secretary', device: 'desktop' },
  'me/notices.vue': { path: '/me/notices', as: 'volunteer' },
  'me/people.vue': { path: '/me/people', as: 'volunteer' },
  'wishes/index.vue': { path: '/wishes', as: 'nobody' },
  'wishes/[id].vue': { path: ({ wish }) => `/wishes/${wish}`, as: 'volunteer' },
  'wishes/poster/[id].vue': { path: ({ wish }) => `/wishes/poster/${wish}`, as: 'nobody' },
  'wishes/hand-over/[id].vue': { path: ({ handOver }) => `/wishes/hand-over/${handOver}`, as: 'leader' },
  'wishes/realized.vue': { path: '/wishes/realized', as: 'nobody' },
  'wishes/mine.vue': { path: '/wishes/mine', as: 'volunteer' },
  'wishes/new.vue': { path: '/wishes/new', as: 'volunteer' },
  'wishes/drive.vue': { path: '/wishes/drive', as: 'leader' },
  'grid.vue': { path: '/grid', as: 'volunteer' },
  'corps/index.vue': { path: '/corps', as: 'volunteer' },
  'corps/[id].vue': { path: ({ corps }) => `/corps/${corps}`, as: 'leader' },
  'calendar.vue': { path: '/calendar', as: 'volunteer' },
  'open/corps/[id].vue': { path: ({ corps, community }) => `/open/corps/${corps}?c=${community}`, as: 'nobody' },
  'trainings/index.vue': { path: '/trainings', as: 'volunteer' },
  'trainings/[id].vue': { path: ({ training }) => `/trainings/${training}`, as: 'leader' },
  'me/qualifications.vue': { path: '/me/qualifications', as: 'volunteer' },
  'lead/series/index.vue': { path: '/lead/series', as: 'leader' },
  'lead/series/[id].vue': { path: ({ series }) => `/lead/series/${series}`, as: 'leader' },
  'office/calendar.vue': { path: '/office/calendar', as: 'secretary', device: 'desktop' },
  'office/qualifications.vue': { path: '/office/qualifications', as: 'secretary', device: 'desktop' },
  'inbox.vue': { path: '/inbox', as: 'volunteer' },
  'outbox.vue': { path: '/outbox', as: 'volunteer' },
  'lead/index.vue': { path: '/lead', as: 'leader' },
  'lead/[shiftId].vue': { path: ({ ledShift }) => `/lead/${ledShift}`, as: 'leader' },
  'lead/activities/index.vue': { path: '/lead/activities', as: 'leader' },
  'lead/activities/[id].vue': { path: ({ ledActivity }) => `/lead/activities/${ledActivity}`, as: 'leader' },
  'notices/index.vue': { path: '/notices', as: 'nobody' },
  'notices/answer.vue': { path: '/notices/answer', as: 'nobody' },
  'notices/[id].vue': { path: ({ notice }) => `/notices/${notice}`, as: 'nobody' },
  'me/awards.vue': { path: '/me/awards', as: 'volunteer' },
  'me/year.vue': { path: '/me/year', as: 'volunteer' },
  'office/year.vue': { path: '/office/year', as: 'secretary', device: 'desktop' },
  'street.vue': { path: '/street', as: 'street', device: 'desktop' },
  'boards/index.vue': { path: '/boards', as: 'volunteer' },
  'boards/poster.vue': { path: '/boards/poster', as: 'nobody' },
  'office/index.vue': { path: '/office', as: 'secretary', device: 'desktop' },
  'office/wishes.vue': { path: '/office/wishes', as: 'secretary', device: 'desktop' },
  'office/people.vue': { path: '/office/people', as: 'secretary', device: 'desktop' },
  'office/joins.vue': { path: '/office/joins', as: 'secretary', device: 'desktop' },
  'office/invites.vue': { path: '/office/invites', as: 'secretary', device: 'desktop' },
  'office/roles.vue': { path: '/office/roles', as: 'secretary', device: 'desktop' },
  'office/privacy.vue': { path: '/office/privacy', as: 'secretary', device: 'desktop' },
  'office/activities.vue': { path: '/office/activities', as: 'secretary', device: 'desktop' },
  'office/import.vue': { path: '/office/import', as: 'secretary', device: 'desktop' },
  'office/points.vue': { path: '/office/points', as: 'secretary', device: 'desktop' },
  'office/settings.vue': { path: '/office/settings', as: 'secretary', device: 'desktop' },
  'office/party.vue': { path: '/office/party', as: 'secretary', device: 'desktop' },
  'office/posts.vue': { path: '/office/posts', as: 'secretary', device: 'desktop' },
  'party/confirm.vue': { path: '/party/confirm', as: 'secretary', device: 'desktop' },
  'party/posts.vue': { path: '/party/posts', as: 'volunteer' },
  'party/report-in.vue': { path: '/party/report-in', as: 'volunteer' },
  'party/card/[id].vue': { path: '/party/card/00000000-0000-7000-8000-000000000000', as: 'volunteer' },
  'card/[community]/[token].vue': { path: '/card/00000000-0000-7000-8000-000000000000/none', as: 'nobody' },
  'office/appraisal/index.vue': { path: '/office/appraisal', as: 'secretary', device: 'desktop' },
  'office/appraisal/[id].vue': {
    path: ({ cycle }) => `/office/appraisal/${cycle}`,
    as: 'secretary',
    device: 'desktop',
  },
  'office/appraisal/candidates/[id].vue': {
    path: ({ candidate }) => `/office/appraisal/candidates/${candidate}`,
    as: 'secretary',
    device: 'desktop',
  },
  'lead/appraisal/index.vue': { path: '/lead/appraisal', as: 'branch' },
  'lead/appraisal/[id].vue': { path: ({ cycle }) => `/lead/appraisal/${cycle}`, as: 'branch' },
  'lead/appraisal/candidates/[id].vue': {
    path: ({ candidate }) => `/lead/appraisal/candidates/${candidate}`,
    as: 'branch',
  },
  'opinion/[code].vue': { path: '/opinion/NOTACODE', as: 'nobody' },
  'office/audit.vue': { path: '/office/audit', as: 'secretary', device: 'desktop' },
}

/** All rules once; in the other looks those that a look can break. */
const LOOKS = {
  light: { theme: 'light', mode: 'standard', rules: null },
  dark: { theme: 'dark', mode: 'standard', rules: ['color-contrast'] },
  长辈版: { theme: 'light', mode: 'elder', rules: ['color-contrast', 'target-size'] },
} as const
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const FOUND = Object.keys(import.meta.glob('/src/pages/**/*.vue')).map((file) => file.replace('/src/pages/', ''))

test('every page has an entry, and every entry a page', () => {
  expect(Object.keys(PAGES).toSorted()).toEqual(FOUND.toSorted())
})

describe('in a browser', () => {
  let site: Site
  let browser: Browser
  let ids: Ids
  const visits = new Map<string, Visit>()

  beforeAll(async () => {
    ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
    ids = await findIds(site)
  })
  afterAll(async () => {
    await browser?.close()
    await site?.stop()
  })

  for (const [file, entry] of Object.entries(PAGES)) {
    test(file, async () => {
      const { page, errors } = await opened(entry)
      errors.length = 0
      await page.goto(site.url + (typeof entry.path === 'string' ? entry.path : entry.path(ids)))
      await page.locator('h1').first().waitFor()
      await settled(page)

      expect(await page.locator('h1:visible').count(), 'headings of the first level').toBe(1)
      expect(await keysShown(page), 'locale keys shown to people').toEqual([])
      for (const [look, { theme, mode, rules }] of Object.entries(LOOKS)) {
        await wear(page, theme, mode)
        const axe = new AxeBuilder({ page })
        const { violations } = await (rules ? axe.withRules([...rules]) : axe.withTags(TAGS)).analyze()
        expect(
          violations.map(
            ({ id, nodes }) => `${look}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`,
          ),
        ).toEqual([])
      }

      const size = page.viewportSize()!
      await page.setViewportSize({ width: 320, height: 700 })
      for (const mode of ['standard', 'elder'] as const) {
        await wear(page, 'light', mode)
        expect(await wideParts(page), `parts wider than 320 px (${mode})`).toEqual([])
      }
      await page.setViewportSize(size)
      await wear(page, 'light', 'standard')
      expect(errors).toEqual([])
    })
  }

  test('the keyboard reaches everything on the main pages', async () => {
    for (const [name, path] of [
      ['volunteer', '/shifts'],
      ['leader', '/lead'],
      ['secretary', '/office/people'],
    ] as const) {
      const { page } = await opened({ path, as: name, device: name === 'secretary' ? 'desktop' : 'phone' })
      await page.goto(site.url + path)
      await page.locator('h1').first().waitFor()
      await settled(page)
      expect(await unreached(page), path).toEqual([])
    }
  })

  /** One signed-in profile per account and device serves all its pages. */
  async function opened({ as, device = 'phone' }: Entry): Promise<Visit> {
    const key = `${as} ${device}`
    const known = visits.get(key)
    if (known) return known
    const fresh = as === 'nobody' ? await visit(browser, site, device) : await signIn(browser, site, as, device)
    visits.set(key, fresh)
    return fresh
  }
})

async function settled(page: Page) {
  await page.waitForLoadState('networkidle')
  // The gallery shows the loading state on purpose.
  if (page.url().endsWith('/dev/ui')) return
  await expect.poll(() => page.locator('[aria-busy="true"]:visible').count(), { timeout: 10_000 }).toBe(0)
}

async function wear(page: Page, theme: string, mode: string) {
  await page.evaluate(
    ([wantedTheme, wantedMode]) => {
      document.documentElement.dataset['theme'] = wantedTheme
      document.documentElement.dataset['mode'] = wantedMode
    },
    [theme, mode] as const,
  )
  // Colours on their way from one look to the next are nobody's: let what moves come to rest.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(ending.map((one) => one.finished))
  })
}

/** Texts that look like `feature.key`: a message that is missing in the locale. */
async function keysShown(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText()
  return text
    .split(/\s+/)
    .filter((word) => /^[a-z_]+(\.[a-z_0-9]+){1,4}$/.test(word) && !/\.(example|com|cn|xlsx|csv)$/.test(word))
}

/** What makes the page scroll sideways: nothing, or the parts that reach beyond the right edge. */
async function wideParts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const needed = document.scrollingElement!.scrollWidth
    if (needed <= width) return []
    const wide = [...document.body.querySelectorAll<HTMLElement>('*')].filter((one) => {
      if (!one.checkVisibility() || one.getBoundingClientRect().right <= width + 0.5) return false
      for (let at = one.parentElement; at; at = at.parentElement) {
        if (getComputedStyle(at).overflowX !== 'visible') return false
      }
      return true
    })
    return [`${needed} px`, ...wide.map((one) => one.outerHTML.slice(0, 160))]
  })
}

/** Visible controls that a walk with Tab does not come to; one of a group with arrow keys is enough. */
async function unreached(page: Page): Promise<string[]> {
  const total = await page.evaluate(() => {
    const controls = [
      ...document.querySelectorAll<HTMLElement>(
        'a[href], button, input, select, textarea, [role=button], [role=switch], [role=checkbox]',
      ),
    ]
    const wanted = controls.filter(
      (control) =>
        control.checkVisibility() &&
        !control.matches(
          ':disabled, [aria-hidden=true], [aria-hidden=true] *, [inert] *, [tabindex="-1"][role=radio], [tabindex="-1"][role=tab], input[type=radio]',
        ),
    )
    wanted.forEach((control, n) => control.setAttribute('data-wanted', String(n)))
    ;(document.activeElement as HTMLElement | null)?.blur()
    return wanted.length
  })
  const reached = new Set<string>()
  for (let n = 0; n < total + 20; n += 1) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => document.activeElement?.getAttribute('data-wanted') ?? null)
    if (at !== null) reached.add(at)
  }
  return page.evaluate(
    (seen) =>
      [...document.querySelectorAll('[data-wanted]')]
        .filter((one) => !seen.includes(one.getAttribute('data-wanted')!))
        .map((one) => one.outerHTML.slice(0, 120)),
    [...reached],
  )
}

async function findIds(site: Site): Promise<Ids> {
  const { community_id: community } = await membershipOf(site, 'leader')
  const open = await call<{ server_time: string; shifts: { id: string; corps_id: string }[] }>(
    site,
    'volunteer',
    'list_shifts',
    {
      p_community_id: community,
    },
  )
  const led = await call<{ shifts: { id: string; activity_id: string; activity_status: string }[] }>(
    site,
    'leader',
    'leader_shifts',
    { p_community_id: community },
  )
  const session = await call<{ memberships: { roles: { role: string; scope_id: string | null }[] }[] }>(
    site,
    'leader',
    'my_session',
    {},
  )
  const corps = session.memberships[0]!.roles.find(({ role }) => role === 'corps_leader')!.scope_id!
  const { trainings } = await call<{ trainings: { id: string; corps_id: string | null }[] }>(
    site,
    'leader',
    'list_trainings',
    { p_community_id: community, p_corps_id: corps },
  )
  const [series] = await call<{ id: string }[]>(site, 'leader', 'list_series', { p_community_id: community })
  const published = led.shifts.find(({ activity_status: status }) => status === 'published')!
  const certificate = newId()
  const year = open.server_time.slice(0, 4)
  await call(site, 'volunteer', 'issue_certificate', {
    p_community_id: community,
    p_id: certificate,
    p_from: `${year}-01-01`,
    p_to: `${year}-11-28`,
  })
  const { code } = await call<{ code: string }>(site, 'volunteer', 'read_certificate', {
    p_community_id: community,
    p_certificate_id: certificate,
  })
  const wall = await call<{ wishes: { id: string }[] }>(site, 'volunteer', 'wish_wall', { p_community_id: community })
  const desk = await call<{ claims: { claim_id: string; status: string }[] }>(site, 'secretary', 'wish_desk', {
    p_community_id: community,
  })
  const wish = wall.wishes[0]!.id
  const handOver = desk.claims.find(({ status }) => status === 'delivering')!.claim_id
  const { activities } = await call<{ activities: { id: string }[] }>(site, 'leader', 'settling_desk', {
    p_community_id: community,
  })
  const { notices } = await call<{ notices: { id: string }[] }>(site, 'volunteer', 'public_notices', {
    p_community_id: community,
  })
  const { cycles } = await call<{ cycles: { id: string; status: string }[] }>(site, 'secretary', 'appraisal_desk', {
    p_community_id: community,
  })
  const cycle = cycles.find(({ status }) => status === 'objections')!.id
  const { candidates } = await call<{ candidates: { id: string }[] }>(site, 'branch', 'cycle_board', {
    p_community_id: community,
    p_cycle_id: cycle,
  })
  return {
    notice: notices[0]!.id,
    cycle,
    candidate: candidates[0]!.id,
    wish,
    handOver,
    shift: open.shifts[0]!.id,
    ledShift: published.id,
    ledActivity: published.activity_id,
    endedActivity: activities[0]!.id,
    corps,
    certificate,
    code,
    community,
    training: trainings.find((one) => one.corps_id === corps)!.id,
    series: series!.id,
  }
}
