import { at, idOf, Rng } from './random.ts'
import { actorFor, claimShift, type Shift, writeActivity } from './service.ts'
import { TASKS } from './texts.ts'
import { DAY, HOUR, MINUTE, moment, REFERENCE_MS } from './time.ts'
import { type Community, emit, keyed, type Person, userOf } from './world.ts'

const SUMMARIES = [
  '大家提前到场分了工，按计划做完了，现场也收拾干净了。',
  '来的人比预想的多，分成两组走完了所有楼门。',
  '几位老人特别高兴，约好下个月再来。',
  '下午起风，提前半小时收尾，东西都清点好了。',
]

/**
 * After the activities: settled within days where it was long ago, waiting where it was lately, one of them late;
 * ratings, a back-fill of each kind, exemptions, and somebody who forgot to check out.
 */
export function stageHours(c: Community, shifts: readonly Shift[]): void {
  const rng = new Rng(`${c.figures.key}/hours`)
  const late = c.figures.isMain ? shifts.findLast((one) => one.end < REFERENCE_MS - 16 * DAY) : undefined
  for (const shift of shifts) {
    if (shift === late || shift.end > REFERENCE_MS - 9 * DAY) continue
    const activity = keyed(c, 'activity', shift.key)
    const when = shift.end + rng.int(4, 8) * DAY + rng.int(0, 300) * MINUTE
    // Written after the three days that would bring points: the ledger of the year stays what the shifts made it.
    if (rng.chance(0.5))
      emit(c, when - HOUR, userOf(shift.leader), 'save_summary', [shift.key], {
        p_activity_id: activity,
        p_body: rng.pick(SUMMARIES),
        p_people_served: rng.int(8, 60),
      })
    emit(c, when, userOf(shift.leader), 'settle_activity', [shift.key], { p_activity_id: activity })
  }
  if (!c.figures.isMain) return
  rateSome(c, shifts)
  backfillSome(c, shifts)
  exemptSome(c)
  forgetOne(c, shifts)
}

/** Four people served rate the last activity that somebody came to; none gives five stars, so no points move. */
function rateSome(c: Community, shifts: readonly Shift[]): void {
  const shift = shifts.findLast((one) => one.end < REFERENCE_MS - 9 * DAY && one.claims.some(({ minutes }) => minutes))
  if (!shift) return
  for (const [n, stars, words] of [
    [0, 4, '孩子们很耐心，东西也收拾得干净'],
    [1, 4, null],
    [2, 3, '来得稍晚了一点'],
    [3, 4, '下次还想请你们来'],
  ] as const) {
    const opened = shift.end - (20 - n) * MINUTE
    const feedback = emit(c, opened, userOf(shift.leader), 'open_feedback', [shift.key, n], {
      p_shift_id: keyed(c, 'shift', shift.key),
    })
    emit(c, opened + 5 * MINUTE, idOf('user', c.figures.key, 'served', n), 'rate_service', [shift.key, n], {
      feedback,
      stars,
      words,
    })
  }
}

/** Active people who were free at a shift's time, those with an account first. */
function free(c: Community, shift: Shift, shifts: readonly Shift[]): Person[] {
  const busy = new Set(
    shifts
      .filter((one) => one.start < shift.end && one.end > shift.start)
      .flatMap((one) => one.claims.map(({ person }) => person)),
  )
  return c.active.filter(
    (person) =>
      person.userId && person.age >= 18 && !busy.has(person) && ![shift.leader, shift.second].includes(person),
  )
}

function backfillSome(c: Community, shifts: readonly Shift[]): void {
  const led = shifts.filter((one) => one.end < REFERENCE_MS - 2 * DAY && one.end > REFERENCE_MS - 24 * DAY)
  const demoLed = led.filter((one) => one.leader === c.demo.corps_leader || one.second === c.demo.corps_leader)
  const shift = demoLed.at(-1) ?? led.at(-1)
  if (!shift) return
  const [waiting, once, passed] = free(c, shift, shifts)
  const file = (person: Person | undefined, evidence: string) =>
    person &&
    emit(c, shift.end + 20 * HOUR, userOf(person), 'backfill_service', [shift.key, person.id], {
      p_shift_id: keyed(c, 'shift', shift.key),
      p_starts_at: new Date(shift.start).toISOString(),
      p_ends_at: new Date(shift.start + 60 * MINUTE).toISOString(),
      p_evidence: evidence,
    })
  const review = (backfill: string | undefined, who: Person, hours: number, key: string) =>
    backfill &&
    emit(c, shift.end + hours * HOUR, userOf(who), 'review_backfill', [shift.key, key], {
      p_backfill_id: backfill,
      p_pass: true,
    })
  file(waiting, '我在后厨帮忙，没排上队扫码，王阿姨可以证明。')
  review(file(once, '合影里左边第二个是我。'), shift.second, 30, 'once')
  const done = file(passed, '手机没电了，签到台有我的手写名字。')
  review(done, shift.second, 31, 'first')
  review(done, c.secretary, 32, 'second')
  if (passed) {
    c.expected.minutes += 60
    c.expected.records += 1
  }
}

function exemptSome(c: Community): void {
  const [ill, away] = c.active.filter((person) => person.userId && !Object.values(c.demo).includes(person))
  const ask = (person: Person | undefined, day: string, kind: string, note: string) =>
    person &&
    emit(c, moment(day, '19:20'), userOf(person), 'ask_exemption', [person.id], {
      p_kind: kind,
      p_from: '2026-12-01',
      p_to: '2026-12-20',
      p_note: note,
    })
  ask(away, '2026-11-26', 'away', '回老家照看一段时间。')
  const asked = ask(ill, '2026-11-24', 'illness', '医生让静养两周。')
  if (asked)
    emit(c, moment('2026-11-25', '10:10'), userOf(c.secretary), 'answer_exemption', ['ill'], {
      p_exemption_id: asked,
      p_grant: true,
      p_answer: '好好休息。',
    })
}

/** Yesterday afternoon: all checked in, two forgot to check out; one of them has said when. */
function forgetOne(c: Community, shifts: readonly Shift[]): void {
  const { volunteer, corps_leader: leader } = c.demo
  const corps = c.corps.find(({ leaders }) => leader && leaders.includes(leader))
  if (!volunteer || !leader || !corps) return
  const start = moment('2026-11-27', '15:00')
  const task = at(TASKS[corps.color as keyof typeof TASKS], 0)
  const shift: Shift = {
    key: 'forgotten',
    corps,
    leader,
    second: at(corps.leaders, corps.leaders[0] === leader ? 1 : 0),
    title: `周五小组·${task.title}`,
    task,
    start,
    end: start + 90 * MINUTE,
    kind: 'other',
    minAge: 14,
    claims: [],
  }
  const shiftId = writeActivity(c, shift, 8, moment('2026-11-20', '09:30'))
  const others = free(c, shift, shifts)
    .filter((person) => !Object.values(c.demo).includes(person))
    .slice(0, 4)
  for (const [n, person] of [volunteer, ...others].entries()) {
    const signup = claimShift(c, shift.key, shiftId, person, moment('2026-11-22', '20:00') + n * MINUTE)
    emit(c, start - (9 - n) * MINUTE, userOf(leader), 'check_in', [shift.key, person.id], {
      shift: shiftId,
      person: person.id,
      signup,
    })
    if (n === 1)
      emit(c, shift.end + 3 * HOUR, actorFor(c, person, shift.end), 'answer_check_out', [shift.key, person.id], {
        p_signup_id: signup,
        p_left_at: new Date(shift.end - 5 * MINUTE).toISOString(),
      })
    else if (n > 1)
      emit(c, shift.end + n * MINUTE, userOf(leader), 'check_out', [shift.key, person.id], {
        shift: shiftId,
        person: person.id,
        signup,
      })
  }
}
