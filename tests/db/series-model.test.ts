import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadWorld } from '../factories/world'
import { freshPglite, type TestPglite } from '../support/pglite'

// Random changes of a series against a plain model: no time is doubled, none that a person removed comes back, and no
// sign-up is lost but by a removal its people were told of.

const RUNS = 40
const STEPS = 14
const FIRST = '2026-11-18'
const PEOPLE = ['volunteer', 'volunteer2', 'volunteer3']

let database: TestPglite
beforeAll(async () => {
  database = await freshPglite()
  await loadWorld(database.client)
  await database.client.exec(PLAYER)
}, 120_000)
afterAll(() => database.close())

/** Plays a list of steps in one transaction that is rolled back, and answers what each step said and left behind. */
const PLAYER = `
create function tests.series_state() returns jsonb language sql security definer as $$
  select jsonb_build_object(
    'live', (select coalesce(jsonb_object_agg(o.original_on, to_char(s.starts_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')), '{}')
      from public.series_occurrences o join public.shifts s on s.id = o.shift_id where o.series_id = tests.id('series') and o.state = 'live'),
    'removed', (select coalesce(jsonb_agg(o.original_on order by o.original_on), '[]') from public.series_occurrences o where o.series_id = tests.id('series') and o.state = 'removed'),
    'open_beside', (select count(*) from public.shifts s join public.activities a on a.id = s.activity_id and a.title like '系列%'
      where s.status = 'open' and not exists (select 1 from public.series_occurrences o where o.shift_id = s.id and o.state = 'live')),
    'held', (select coalesce(jsonb_agg(p.v || ' ' || o.original_on order by p.v, o.original_on), '[]') from public.signups g join public.series_occurrences o on o.shift_id = g.shift_id
      join (select unnest(array['volunteer', 'volunteer2', 'volunteer3']) as v) p on tests.id(p.v) = g.person_id
      where o.series_id = tests.id('series') and g.status in ('confirmed', 'waitlisted', 'offered')))
$$;
create function tests.play_series(p_steps jsonb) returns jsonb language plpgsql as $$
declare
  v_step jsonb;
  v_said text;
  v_out jsonb := '[]';
  v_target uuid;
begin
  begin
    perform tests.at('2026-11-16 08:00');
    for v_step in select * from jsonb_array_elements(p_steps) loop
      case v_step ->> 'do'
        when 'create' then
          v_said := tests.run('leader', format('select create_series(tests.a(), tests.new(), %L, %L)', tests.id('series'), jsonb_build_object('corps_id', tests.id('green'), 'title', '系列',
            'category', 'environment', 'risk_note', '注意车辆', 'frequency', 'weekly', 'weekdays', '[3]'::jsonb, 'start', '19:30', 'minutes', 90,
            'first_on', '${FIRST}', 'until_on', '2026-12-30', 'roles', '[{"name": "helper", "capacity": 2}]'::jsonb)));
          perform tests.run('worker', format('select publish_activities(tests.a(), tests.new(), %L)', (select array_agg(activity_id) from public.series_occurrences)));
        when 'edit' then
          v_said := tests.run('worker', format('select edit_series(tests.a(), tests.new(), %L, %L, %L, %L, %L)', tests.id('series'), v_step ->> 'scope', v_step -> 'change', v_step ->> 'day', v_step -> 'keep'));
        when 'remove' then
          select activity_id into v_target from public.series_occurrences where original_on = (v_step ->> 'day')::date and state = 'live';
          v_said := case when v_target is null then 'none' else tests.run('leader', format('select cancel_activity(tests.a(), tests.new(), %L, %L)', v_target, '下雨')) end;
        when 'claim' then
          select shift_id into v_target from public.series_occurrences where original_on = (v_step ->> 'day')::date and state = 'live';
          v_said := case when v_target is null then 'none' else tests.run(v_step ->> 'who', format('select claim_shift(tests.a(), tests.new(), %L)', v_target)) end;
        when 'cancel' then
          select g.id into v_target from public.signups g join public.series_occurrences o on o.shift_id = g.shift_id where o.original_on = (v_step ->> 'day')::date
            and g.person_id = tests.id(v_step ->> 'who') and g.status in ('confirmed', 'waitlisted', 'offered');
          v_said := case when v_target is null then 'none' else tests.run(v_step ->> 'who', format('select cancel_signup(tests.a(), tests.new(), %L)', v_target)) end;
        when 'wait' then
          perform tests.at(v_step ->> 'until');
          v_said := 'ok';
      end case;
      v_out := v_out || jsonb_build_object('said', v_said, 'state', tests.series_state());
    end loop;
    raise exception using errcode = 'TS001', message = v_out::text;
  exception when sqlstate 'TS001' then
    return sqlerrm::jsonb;
  end;
end $$;
`

interface Change {
  day?: string
  start?: string
  weekdays?: number[]
  until_on?: string
}
type Step =
  | { do: 'create' }
  | { do: 'edit'; scope: 'one' | 'later' | 'all'; change: Change; day: string | null; keep: boolean }
  | { do: 'remove' | 'claim' | 'cancel'; day: string; who: string }
  | { do: 'wait'; until: string }

interface State {
  live: Record<string, string>
  removed: string[]
  open_beside: number
  held: string[]
}

const dayAfter = (day: string, n: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)
const weekday = (day: string) => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1

interface Time {
  at: string
  state: 'live' | 'removed' | 'dropped'
  own: Set<string>
  people: Set<string>
}

/** The whole of the rules, as one would say them: a map of original days. */
class Model {
  times = new Map<string, Time>()
  weekdays = [3]
  until = '2026-12-30'
  start = '19:30'
  now = '2026-11-16 08:00'

  days(from: string): string[] {
    const days = []
    for (let day = from < FIRST ? FIRST : from; day <= this.until; day = dayAfter(day, 1))
      if (this.weekdays.includes(weekday(day))) days.push(day)
    return days
  }
  make(day: string) {
    const at = `${day} ${this.start}`
    if (at > this.now) this.times.set(day, { at, state: 'live', own: new Set(), people: new Set() })
  }
  live(): [string, Time][] {
    return [...this.times].filter(([, t]) => t.state === 'live')
  }
  toCome(t: Time) {
    return t.state === 'live' && t.at > this.now
  }
  copy(): Model {
    const copy = new Model()
    Object.assign(copy, this)
    copy.times = new Map(
      [...this.times].map(([day, t]) => [day, { ...t, own: new Set(t.own), people: new Set(t.people) }]),
    )
    return copy
  }

  /** Applies a step, or says why not; a refused one leaves nothing behind. */
  step(step: Step): string {
    if (step.do === 'create') {
      this.days(FIRST).forEach((day) => this.make(day))
      return 'ok'
    }
    if (step.do === 'wait') {
      if (step.until > this.now) this.now = step.until
      return 'ok'
    }
    if (step.do !== 'edit') return 'free'
    return this.edit(step)
  }

  private move(day: string, t: Time, change: Change): string {
    const to = `${change.day ?? t.at.slice(0, 10)} ${change.start ?? t.at.slice(11)}`
    if (to === t.at) return 'ok'
    if (to <= this.now) return '422 shift_in_the_past'
    if (this.live().some(([other, o]) => other !== day && o.at.slice(0, 10) === to.slice(0, 10)))
      return '409 series_day_taken'
    t.at = to
    return 'ok'
  }

  private edit(step: Extract<Step, { do: 'edit' }>): string {
    const { change } = step
    if (step.scope === 'one') {
      const t = this.times.get(step.day!)
      if (!t || !this.toCome(t)) return '404 occurrence_unknown'
      const said = this.move(step.day!, t, change)
      if (said === 'ok') Object.keys(change).forEach((key) => t.own.add(key))
      return said
    }
    const today = this.now.slice(0, 10)
    const from = step.scope === 'later' && step.day! > today ? step.day! : today
    this.weekdays = change.weekdays ?? this.weekdays
    this.until = change.until_on ?? this.until
    this.start = change.start ?? this.start
    for (const [day, t] of [...this.times].sort())
      if (day >= from && this.toCome(t) && change.start && !t.own.has('start')) {
        const said = this.move(day, t, { start: change.start })
        if (said !== 'ok') return said
      }
    if (!change.weekdays && !change.until_on) return 'ok'
    const days = this.days(from)
    const away = [...this.times].filter(([day, t]) => day >= from && this.toCome(t) && !days.includes(day))
    if (!step.keep && away.some(([, t]) => t.people.size > 0)) return '409 series_has_signups'
    for (const [, t] of away) if (t.people.size === 0) t.state = 'dropped'
    for (const day of days) {
      const known = this.times.get(day)
      if ((known && known.state !== 'dropped') || this.live().some(([, t]) => t.at.slice(0, 10) === day)) continue
      this.make(day)
    }
    return 'ok'
  }
}

/** What may be drawn; the same seed draws the same lives. */
class Draws {
  constructor(private state: number) {}
  below(n: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((this.state / 2 ** 32) * n)
  }
  of<T>(...all: T[]): T {
    return all[this.below(all.length)]!
  }
  some<T>(all: T[]): T[] {
    const kept = all.filter(() => this.below(2) === 0)
    return kept.length > 0 ? kept : [this.of(...all)]
  }
}

function drawStep(d: Draws): Step {
  const someDay = () => dayAfter(FIRST, d.below(51))
  const day = d.below(5) > 0 ? dayAfter(FIRST, 7 * d.below(7)) : someDay()
  const start = () => d.of('07:00', '19:30', '23:15')
  switch (d.below(7)) {
    case 0: {
      const change = d.of<Change>({ day: someDay() }, { start: start() }, { day: someDay(), start: start() })
      return { do: 'edit', scope: 'one', day, keep: false, change }
    }
    case 1: {
      const change = d.of<Change>(
        { start: start() },
        { weekdays: d.some([1, 3, 4, 7]) },
        { until_on: d.of('2026-12-09', '2026-12-30', '2027-01-13') },
        { weekdays: d.some([3, 5]), start: start() },
      )
      return { do: 'edit', scope: d.of('later', 'all'), day, keep: d.below(2) === 0, change }
    }
    case 2:
      return { do: 'remove', day, who: 'leader' }
    case 3:
    case 4:
      return { do: 'claim', day, who: d.of(...PEOPLE) }
    case 5:
      return { do: 'cancel', day, who: d.of(...PEOPLE) }
    default:
      return { do: 'wait', until: `${dayAfter(FIRST, d.below(26))} 12:00` }
  }
}

/** Plays steps in the database and in the model; the clock never goes back. */
async function compare(drawn: Step[]): Promise<void> {
  let clock = '2026-11-16 08:00'
  const steps = [{ do: 'create' } satisfies Step, ...drawn].map((one): Step => {
    if (one.do !== 'wait') return one
    clock = one.until > clock ? one.until : clock
    return { ...one, until: clock }
  })
  const [row] = await database.client.query<{ v: { said: string; state: State }[] }>(
    'select tests.play_series($1::text::jsonb) as v',
    [JSON.stringify(steps)],
  )
  let model = new Model()
  steps.forEach((one, n) => {
    const { said, state } = row!.v[n]!
    const next = model.copy()
    const expected = next.step(one)
    if (expected === 'free') {
      // Signing up, cancelling and calling off are other tests' matter: take what was answered.
      const t = 'day' in one && one.day ? next.times.get(one.day) : undefined
      if (said === 'ok' && t && one.do === 'claim') t.people.add(one.who)
      if (said === 'ok' && t && one.do === 'cancel') t.people.delete(one.who)
      if (said === 'ok' && t && one.do === 'remove') {
        t.state = 'removed'
        t.people.clear()
      }
      model = next
    } else {
      expect([n, one, said]).toEqual([n, one, expected])
      if (expected === 'ok') model = next
    }
    const live = model.live()
    expect([n, one, state.live]).toEqual([n, one, Object.fromEntries(live.map(([day, t]) => [day, t.at]))])
    expect(new Set(live.map(([, t]) => t.at.slice(0, 10))).size, 'no day is doubled').toBe(live.length)
    expect(state.open_beside, 'nothing is open beside the series').toBe(0)
    expect(state.removed, 'what was removed stays removed').toEqual(
      [...model.times].flatMap(([day, t]) => (t.state === 'removed' ? [day] : [])).toSorted(),
    )
    expect(state.held, 'no sign-up is lost').toEqual(
      live.flatMap(([day, t]) => [...t.people].map((who) => `${who} ${day}`)).toSorted(),
    )
  })
}

/** The same failure with the fewest steps. */
async function shrunk(steps: Step[], failure: unknown): Promise<never> {
  for (let n = 0; n < steps.length; n += 1) {
    const fewer = steps.toSpliced(n, 1)
    const told = await compare(fewer).then(
      () => null,
      (error: unknown) => error,
    )
    if (told) return shrunk(fewer, told)
  }
  throw Object.assign(failure as Error, { message: `${(failure as Error).message}\n${JSON.stringify(steps)}` })
}

test(`${RUNS} random lives of a series are those of the model`, { timeout: 180_000 }, async () => {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const draws = new Draws(seed * 7919)
    const steps = Array.from({ length: STEPS }, () => drawStep(draws))
    await compare(steps).catch((error: unknown) => shrunk(steps, error))
  }
})
