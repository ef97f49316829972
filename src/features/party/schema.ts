import { timeField } from '@/lib/parse'
import * as v from 'valibot'

const text = v.optional(v.nullable(v.string()), null)

export const MEETING_KINDS = [
  'member_assembly',
  'committee_meeting',
  'group_meeting',
  'party_lecture',
  'theme_day',
  'organisation_life',
  'democratic_review',
] as const
export type MeetingKind = (typeof MEETING_KINDS)[number]

export const ATTENDANCE = ['present', 'excused', 'absent'] as const
export type Attendance = (typeof ATTENDANCE)[number]

export const GRADES = ['excellent', 'qualified', 'basically_qualified', 'unqualified'] as const
export type Grade = (typeof GRADES)[number]

export const REMARK_KINDS = ['honour', 'emergency', 'praise', 'proposal', 'complaint', 'veto'] as const
export type RemarkKind = (typeof REMARK_KINDS)[number]
export const HONOUR_LEVELS = ['community', 'street', 'district', 'city'] as const
export type HonourLevel = (typeof HONOUR_LEVELS)[number]

export const BLOCKS = ['A', 'B', 'C', 'extra', 'less', 'scale', 'decision'] as const
export type Block = (typeof BLOCKS)[number]

const source = v.object({
  kind: v.string(),
  id: v.nullable(v.string()),
  day: v.nullable(v.string()),
  units: v.number(),
})

const objection = v.pipe(
  v.object({
    id: v.string(),
    status: v.picklist(['open', 'accepted', 'kept']),
    text: v.string(),
    rule: text,
    answer: text,
    points: v.nullable(v.number()),
    made_at: timeField,
    due_on: v.string(),
  }),
  v.transform(({ made_at: madeAt, due_on: dueOn, ...row }) => ({ ...row, madeAt, dueOn })),
)

export const scoreSchema = v.pipe(
  v.object({
    year: v.number(),
    member_kind: v.picklist(['managed', 'in_service']),
    is_exempt: v.boolean(),
    has_proof: v.boolean(),
    grade: v.nullable(v.picklist(GRADES)),
    proof: v.nullable(v.object({ id: v.string(), points: v.number(), received_on: v.string() })),
    name: text,
    ruleset: text,
    line: v.nullable(v.number()),
    months: v.number(),
    total: v.nullable(v.number()),
    lines: v.array(
      v.object({
        code: v.string(),
        block: v.picklist(BLOCKS),
        unit_points: v.number(),
        per: v.number(),
        max: v.nullable(v.number()),
        points: v.number(),
        months: v.array(
          v.object({
            month: v.number(),
            points: v.number(),
            units: v.number(),
            sources: v.array(source),
            is_posted: v.boolean(),
          }),
        ),
      }),
    ),
    corrections: v.array(v.object({ rule: v.string(), month: v.number(), points: v.number(), posted_at: timeField })),
    quarters: v.array(
      v.object({
        id: v.string(),
        quarter: v.number(),
        score: v.number(),
        is_behind: v.boolean(),
        confirmed_at: timeField,
        objections: v.array(objection),
        may_object: v.boolean(),
      }),
    ),
    exempt_quarters: v.array(v.number()),
    closed: v.nullable(
      v.object({
        id: v.string(),
        score: v.number(),
        now: v.number(),
        band: v.string(),
        has_veto: v.boolean(),
        months: v.number(),
        closed_at: timeField,
        objections: v.array(objection),
        may_object: v.boolean(),
      }),
    ),
    remarks: v.array(
      v.object({
        id: v.string(),
        kind: v.picklist(REMARK_KINDS),
        level: v.nullable(v.picklist(HONOUR_LEVELS)),
        occurred_on: v.string(),
        note: v.string(),
        is_withdrawn: v.boolean(),
      }),
    ),
  }),
  v.transform((row) => ({
    year: row.year,
    memberKind: row.member_kind,
    isExempt: row.is_exempt,
    hasProof: row.has_proof,
    grade: row.grade,
    proof: row.proof && { id: row.proof.id, points: row.proof.points, receivedOn: row.proof.received_on },
    name: row.name,
    ruleset: row.ruleset,
    line: row.line ?? 60,
    months: row.months,
    exemptQuarters: row.exempt_quarters,
    total: row.total ?? 0,
    lines: row.lines.map((l) => ({
      code: l.code,
      block: l.block,
      unitPoints: l.unit_points,
      per: l.per,
      max: l.max,
      points: l.points,
      months: l.months.map((m) => ({
        month: m.month,
        points: m.points,
        units: m.units,
        sources: m.sources,
        isPosted: m.is_posted,
      })),
    })),
    corrections: row.corrections.map((c) => ({
      rule: c.rule,
      month: c.month,
      points: c.points,
      postedAt: c.posted_at,
    })),
    quarters: row.quarters.map((q) => ({
      id: q.id,
      quarter: q.quarter,
      score: q.score,
      isBehind: q.is_behind,
      confirmedAt: q.confirmed_at,
      objections: q.objections,
      mayObject: q.may_object,
    })),
    closed: row.closed && {
      id: row.closed.id,
      score: row.closed.score,
      correction: row.closed.now - row.closed.score,
      objections: row.closed.objections,
      mayObject: row.closed.may_object,
      band: row.closed.band,
      hasVeto: row.closed.has_veto,
      months: row.closed.months,
      closedAt: row.closed.closed_at,
    },
    remarks: row.remarks.map((r) => ({
      id: r.id,
      kind: r.kind,
      level: r.level,
      occurredOn: r.occurred_on,
      note: r.note,
      isWithdrawn: r.is_withdrawn,
    })),
  })),
)
export type Score = v.InferOutput<typeof scoreSchema>
export type ScoreLine = Score['lines'][number]
/** A confirmed quarter, or (without one) the closed year: what one may object to. */
export interface Objectionable {
  id: string
  quarter: number | null
}
export type Objection = Score['quarters'][number]['objections'][number]

export const lifeSchema = v.pipe(
  v.object({
    year: v.number(),
    meetings: v.array(
      v.object({
        id: v.string(),
        kind: v.picklist(MEETING_KINDS),
        title: v.string(),
        held_on: v.string(),
        status: v.picklist(ATTENDANCE),
        reason: text,
        is_waiting: v.boolean(),
      }),
    ),
    study_minutes: v.number(),
    dues: v.array(v.object({ month: v.string(), paid_on: text })),
  }),
  v.transform((row) => ({
    year: row.year,
    meetings: row.meetings.map(({ held_on: heldOn, is_waiting: isWaiting, ...m }) => ({ ...m, heldOn, isWaiting })),
    studyMinutes: row.study_minutes,
    dues: row.dues.map((d) => ({ month: d.month, paidOn: d.paid_on })),
  })),
)
export type PartyLife = v.InferOutput<typeof lifeSchema>

const org = v.object({ id: v.string(), name: v.string(), kind: v.string() })

const meeting = v.pipe(
  v.object({
    id: v.string(),
    kind: v.picklist(MEETING_KINDS),
    title: v.string(),
    held_on: v.string(),
    place: text,
    study_minutes: v.number(),
    party_org_id: v.string(),
    org: v.string(),
    attendance: v.nullable(
      v.array(v.object({ person_id: v.string(), name: text, status: v.picklist(ATTENDANCE), reason: text })),
    ),
  }),
  v.transform((m) => ({
    id: m.id,
    kind: m.kind,
    title: m.title,
    heldOn: m.held_on,
    place: m.place,
    studyMinutes: m.study_minutes,
    orgId: m.party_org_id,
    org: m.org,
    attendance: (m.attendance ?? []).map((a) => ({
      personId: a.person_id,
      name: a.name,
      status: a.status,
      reason: a.reason,
    })),
  })),
)

const studies = v.array(
  v.pipe(
    v.object({
      id: v.string(),
      person_id: v.string(),
      name: v.string(),
      studied_on: v.string(),
      minutes: v.number(),
      title: v.string(),
    }),
    v.transform(({ person_id: personId, studied_on: studiedOn, ...row }) => ({ ...row, personId, studiedOn })),
  ),
)

const former = v.array(
  v.pipe(
    v.object({
      person_id: v.string(),
      name: v.string(),
      member_kind: v.picklist(['managed', 'in_service', 'floating']),
      org: text,
      from: v.string(),
      to: v.string(),
    }),
    v.transform(({ person_id: personId, member_kind: memberKind, ...m }) => ({ ...m, personId, memberKind })),
  ),
)

const toVouch = v.array(
  v.pipe(
    v.object({
      meeting_id: v.string(),
      kind: v.picklist(MEETING_KINDS),
      title: v.string(),
      held_on: v.string(),
      name: v.string(),
      is_me: v.boolean(),
    }),
    v.transform((a) => ({
      meetingId: a.meeting_id,
      kind: a.kind,
      title: a.title,
      heldOn: a.held_on,
      name: a.name,
      isMe: a.is_me,
    })),
  ),
)

export const deskSchema = v.pipe(
  v.object({
    org_id: v.string(),
    year: v.number(),
    month: v.string(),
    has_points: v.boolean(),
    me: v.string(),
    orgs: v.array(org),
    groups: v.array(org),
    waiting: v.object({ count: v.number(), late: v.number() }),
    held: v.record(v.string(), v.string()),
    members: v.array(
      v.object({
        person_id: v.string(),
        name: v.string(),
        member_kind: v.picklist(['managed', 'in_service', 'floating']),
        is_exempt: v.boolean(),
        org: text,
        posts: v.array(v.string()),
        owed: v.number(),
        done: v.number(),
        waiting: v.number(),
        dues_paid_on: text,
        dues_noted: v.boolean(),
        grade: v.nullable(v.picklist(GRADES)),
      }),
    ),
    studies,
    former,
    to_vouch: toVouch,
    meetings: v.array(meeting),
  }),
  v.transform((row) => ({
    orgId: row.org_id,
    year: row.year,
    month: row.month,
    hasPoints: row.has_points,
    me: row.me,
    orgs: row.orgs,
    groups: row.groups,
    waiting: row.waiting,
    held: row.held as Partial<Record<MeetingKind, string>>,
    members: row.members.map((m) => ({
      personId: m.person_id,
      name: m.name,
      memberKind: m.member_kind,
      isExempt: m.is_exempt,
      org: m.org,
      posts: m.posts,
      owed: m.owed,
      done: m.done,
      waiting: m.waiting,
      duesPaidOn: m.dues_paid_on,
      duesNoted: m.dues_noted,
      grade: m.grade,
    })),
    studies: row.studies,
    former: row.former,
    toVouch: row.to_vouch,
    meetings: row.meetings,
  })),
)
export type Desk = v.InferOutput<typeof deskSchema>
export type DeskMember = Desk['members'][number]
export type Meeting = Desk['meetings'][number]

/** What is needed to write a meeting down. */
export interface MeetingDesk {
  groups: Desk['groups']
  members: Pick<DeskMember, 'personId' | 'name' | 'memberKind' | 'isExempt' | 'org'>[]
  /** Who moved away, and from when to when they were here: for a meeting of that time. */
  former: Desk['former']
  /** Who wrote a meeting down and says to have been there. */
  toVouch: Desk['toVouch']
  meetings: Meeting[]
}

export const groupMeetingsSchema = v.pipe(
  v.object({
    groups: v.array(org),
    members: v.array(
      v.object({
        person_id: v.string(),
        name: v.string(),
        member_kind: v.picklist(['managed', 'in_service', 'floating']),
        is_exempt: v.boolean(),
        org: text,
      }),
    ),
    former,
    to_vouch: toVouch,
    meetings: v.array(meeting),
  }),
  v.transform((row): MeetingDesk => ({
    groups: row.groups,
    members: row.members.map((m) => ({
      personId: m.person_id,
      name: m.name,
      memberKind: m.member_kind,
      isExempt: m.is_exempt,
      org: m.org,
    })),
    former: row.former,
    toVouch: row.to_vouch,
    meetings: row.meetings,
  })),
)

export const branchScoresSchema = v.pipe(
  v.object({
    year: v.number(),
    line: v.nullable(v.number()),
    me: v.string(),
    open_logs: v.record(v.string(), v.number()),
    objections_until: text,
    members: v.array(
      v.object({
        person_id: v.string(),
        name: v.string(),
        member_kind: v.picklist(['managed', 'in_service']),
        is_exempt: v.boolean(),
        has_proof: v.boolean(),
        needs_review: v.boolean(),
        grade: v.nullable(v.picklist(GRADES)),
        score: v.nullable(v.number()),
        blocks: v.nullable(v.record(v.string(), v.number())),
        quarters: v.array(
          v.object({ quarter: v.number(), score: v.number(), is_behind: v.boolean(), confirmed_at: timeField }),
        ),
        due: v.array(v.number()),
        exempt_quarters: v.array(v.number()),
        closes: v.boolean(),
        months: v.number(),
        band: text,
        has_veto: v.boolean(),
      }),
    ),
    objections: v.array(
      v.object({
        id: v.string(),
        person_id: v.string(),
        name: v.string(),
        year: v.number(),
        quarter: v.nullable(v.number()),
        score: v.number(),
        rule: text,
        text: v.string(),
        made_at: timeField,
        due_on: v.string(),
        why_not: text,
      }),
    ),
  }),
  v.transform((row) => ({
    year: row.year,
    line: row.line ?? 60,
    me: row.me,
    openLogs: row.open_logs,
    objectionsUntil: row.objections_until,
    members: row.members.map((m) => ({
      personId: m.person_id,
      name: m.name,
      memberKind: m.member_kind,
      isExempt: m.is_exempt,
      hasProof: m.has_proof,
      needsReview: m.needs_review,
      grade: m.grade,
      score: m.score,
      blocks: m.blocks ?? {},
      quarters: m.quarters.map((q) => ({ quarter: q.quarter, score: q.score, isBehind: q.is_behind })),
      due: m.due,
      exemptQuarters: m.exempt_quarters,
      closes: m.closes,
      months: m.months,
      band: m.band,
      hasVeto: m.has_veto,
    })),
    objections: row.objections.map((o) => ({
      id: o.id,
      personId: o.person_id,
      name: o.name,
      year: o.year,
      quarter: o.quarter,
      score: o.score,
      rule: o.rule,
      text: o.text,
      madeAt: o.made_at,
      dueOn: o.due_on,
      whyNot: o.why_not,
    })),
  })),
)
export type BranchScores = v.InferOutput<typeof branchScoresSchema>
export type ScoredMember = BranchScores['members'][number]
export type OpenObjection = BranchScores['objections'][number]
