import type { SqlClient } from '../../../supabase/embedded/sql-client'
import { PERSONAS, type Persona } from '../../factories/world'

/**
 * The behavioural gate: every persona tries every table and every function, and a cell is what came back. Cells with
 * the same answer stand together, `{ answer: [personas] }`, so that the expected file reads like a policy.
 */
export interface Matrix {
  tables: Record<string, Record<'select' | 'insert' | 'update' | 'delete', Cells>>
  functions: Record<string, Partial<Record<Variant, Cells>>>
}
export type Cells = Record<string, (Persona | 'everybody')[]>

/** Whose rows a function is tried on: one's own, a neighbour's, ones of the other community, and the other community itself. */
export type Variant = 'own' | 'neighbour' | 'foreign_row' | 'foreign_community'
const VARIANTS: Variant[] = ['own', 'neighbour', 'foreign_row', 'foreign_community']

interface Target {
  variant: Variant
  persona: Persona
  /** SQL of the community id. */
  c: string
  /** SQL of the person in question. */
  person: string
  /** SQL of the id of a named row, of the other community where the variant says so. */
  row: (name: string) => string
  /** SQL of the sign-up in question. */
  signup: string
}
type Arguments = (target: Target) => string

const N = 'tests.new()'
const WHAT = {
  community: ({ c }: Target) => c,
  communityAnd:
    (rest: string) =>
    ({ c }: Target) =>
      `${c}, ${N}${rest && `, ${rest}`}`,
  row:
    (name: string, rest = '') =>
    ({ c, row }: Target) =>
      `${c}, ${N}, ${row(name)}${rest && `, ${rest}`}`,
  signup: ({ c, signup }: Target) => `${c}, ${N}, ${signup}`,
}

/** The sign-up of somebody who served on the ended shift; both parts of its name carry the community. */
const served = (row: Target['row'], who: string) => {
  const pre = row('').includes('b_') ? 'b_' : ''
  return `tests.id('${pre}${who} on ${pre}forgot')`
}

/** What each function is tried with. A function of the schema without an entry here fails the test. */
export const FUNCTIONS: Record<string, Arguments> = {
  open_account: () => `${N}, 1990, 1, '2026-11'`,
  set_locale: () => `'en'`,
  close_account: () => '',
  my_session: () => '',
  advance_demo_clock: () => '60',
  look_up_invite: ({ variant }) => (variant.startsWith('foreign') ? `'BBBBB22222'` : `'AAAAA22222'`),
  request_join: ({ variant }) =>
    `${N}, '${variant.startsWith('foreign') ? 'BBBBB22222' : 'AAAAA22222'}', '马新来', '14400000020', '2026-11'`,
  create_invite: WHAT.communityAnd(''),
  revoke_invite: WHAT.row('invite'),
  withdraw_join: WHAT.row('join request'),
  review_join: WHAT.row('join request', `'reject', null, false, '请再核对'`),
  register_person: WHAT.communityAnd(`'于奶奶', 1940, 1`),
  link_helper: ({ c, person, row }) => `${c}, ${N}, ${person}, ${row('volunteer3')}`,
  unlink_helper: ({ c, variant }) =>
    `${c}, ${N}, ${variant.startsWith('foreign') ? `tests.id('b_volunteer helps b_elder')` : `tests.id('volunteer helps elder')`}`,
  grant_role: ({ c, person }) => `${c}, ${N}, ${person}, 'supervisor'`,
  end_role: ({ c, variant }) =>
    `${c}, ${N}, ${variant.startsWith('foreign') ? `tests.id('reward_clerk b_clerk')` : `tests.id('reward_clerk clerk')`}`,
  give_consent: WHAT.communityAnd(`'publish_name', '2026-11'`),
  withdraw_consent: WHAT.communityAnd(`'publish_name'`),
  reveal_person: ({ c, person }) => `${c}, ${N}, ${person}, '走访'`,
  ask_privacy: WHAT.communityAnd(`'copy'`),
  answer_privacy: WHAT.row('privacy request', `'已修好'`),
  mark_notifications_read: WHAT.community,
  my_inbox: WHAT.community,
  my_unread: WHAT.community,
  my_notice_settings: WHAT.community,
  save_notice_settings: ({ c }) => `${c}, array['points'], '22:00', '06:00'`,
  issue_certificate: ({ c, person }) => `${c}, ${N}, '2026-11-01', '2026-11-20', null, ${person}`,
  revoke_certificate: WHAT.row('certificate'),
  read_certificate: ({ c, row }) => `${c}, ${row('certificate')}`,
  verify_certificate: ({ variant }) => `'${variant.startsWith('foreign') ? 'B' : 'A'}0000-00000-00000-00000'`,
  request_correction: ({ c, row, person }) =>
    `${c}, ${N}, 'wrong_time', '多算了半小时', ${row('record volunteer on past')}, null, ${person}`,
  answer_correction: WHAT.row('correction', `true, '核对过了', true`),
  correction_desk: WHAT.community,
  my_dossier: ({ c, person }) => `${c}, ${person}`,
  import_earlier_hours: WHAT.communityAnd(
    `'[{"volunteer_no": "V000002", "year": "2025", "hours": "12.5", "times": "4", "source": "旧系统"}]'`,
  ),
  reverse_earlier_hours: WHAT.row('earlier hours'),
  export_service: WHAT.communityAnd(`'2026-11-01', '2026-11-30', '上报全国系统'`),
  register_volunteer: ({ c, person }) => `${c}, ${N}, '2026-11', null, null, ${person}`,
  save_corps: WHAT.row('green', `'green_eco', '新名'`),
  add_corps_member: ({ c, row }) => `${c}, ${N}, ${row('green')}, ${row('volunteer3')}`,
  remove_corps_member: ({ c, row, person }) => `${c}, ${N}, ${row('green')}, ${person}`,
  apply_to_corps: ({ c, row, person }) => `${c}, ${N}, ${row('blue')}, '会修家电', ${person}`,
  review_corps_application: WHAT.row('application', `true`),
  withdraw_corps_application: WHAT.row('application'),
  submit_qualification: ({ c, person }) =>
    `${c}, ${N}, 'first_aid', '2026-01-01', '2027-12-31', '红十字会证书', ${person}`,
  grant_qualification: ({ c, person }) => `${c}, ${N}, ${person}, 'first_aid', '2026-01-01', null, '看过证书原件'`,
  check_qualification: WHAT.row('submitted qualification', `true`),
  end_qualification: WHAT.row('qualification', `'换证'`),
  my_qualifications: ({ c, person }) => `${c}, ${person}`,
  qualification_desk: WHAT.community,
  save_training: ({ c, row }) =>
    `${c}, ${N}, ${row('training')}, jsonb_build_object('corps_id', ${row('green')}, 'title', '急救课', 'sessions', jsonb_build_array(
      jsonb_build_object('id', ${row('session')}, 'starts_at', '2026-11-18T09:00+08', 'ends_at', '2026-11-18T11:00+08')))`,
  cancel_training: WHAT.row('training', `'老师请假'`),
  enrol_in_training: ({ c, row, person }) => `${c}, ${N}, ${row('training2')}, ${person}`,
  leave_training: ({ c, row, person }) => `${c}, ${N}, ${row('training')}, ${person}`,
  record_training_attendance: ({ c, row }) => `${c}, ${N}, ${row('session')}, array[${row('enrolment')}]`,
  record_training_results: ({ c, row }) => `${c}, ${N}, ${row('training')}, '{}', array[${row('enrolment')}]`,
  list_trainings: ({ c, row, person }) => `${c}, ${row('green')}, ${person}`,
  training_detail: ({ c, row }) => `${c}, ${row('training')}`,
  corps_desk: ({ c, row }) => `${c}, ${row('green')}`,
  public_corps: ({ c, row }) => `${c}, ${row('green')}`,
  create_series: ({ c, row }) =>
    `${c}, ${N}, ${N}, jsonb_build_object('corps_id', ${row('green')}, 'title', '周三护绿', 'category', 'environment', 'frequency', 'weekly',
      'weekdays', '[3]'::jsonb, 'start', '19:30', 'minutes', 90, 'first_on', '2026-11-25', 'until_on', '2026-12-31',
      'roles', '[{"name": "helper", "capacity": 5}]'::jsonb)`,
  edit_series: ({ c, row }) => `${c}, ${N}, ${row('series')}, 'all', '{"start": "18:00"}'`,
  submit_series: WHAT.row('series'),
  end_series: WHAT.row('series', `'换场地'`),
  set_series_people: WHAT.row('series', `'[]'`),
  leave_series: ({ c, row, person }) => `${c}, ${N}, ${row('series')}, ${person}`,
  list_series: WHAT.community,
  series_detail: ({ c, row }) => `${c}, ${row('series')}`,
  my_series: ({ c, person }) => `${c}, ${person}`,
  publish_activities: ({ c, row }) => `${c}, ${N}, array[${row('draft2')}]`,
  save_calendar_rule: ({ c, row }) =>
    `${c}, ${N}, ${row('rule')}, jsonb_build_object('corps_id', ${row('green')}, 'title', '服务日', 'category', 'environment', 'kind', 'service_day',
      'start', '09:00', 'minutes', 120, 'roles', '[{"name": "helper", "capacity": 5}]'::jsonb)`,
  make_calendar_drafts: WHAT.communityAnd('2026, 12'),
  calendar_desk: ({ c }) => `${c}, 2026, 12`,
  community_calendar: ({ c }) => `${c}, '2026-11-01', '2026-11-30'`,
  rotate_calendar_feed: WHAT.communityAnd(`repeat('e', 64)`),
  revoke_calendar_feed: WHAT.row('feed'),
  my_calendar_feeds: WHAT.community,
  ical_feed: ({ variant }) => `'${variant.startsWith('foreign') ? 'b_' : ''}secret of the feed'`,
  save_activity: ({ c, row }) =>
    `${c}, ${N}, ${row('draft')}, jsonb_build_object('corps_id', ${row('green')}, 'title', '改', 'category', 'environment', 'shifts',
      jsonb_build_array(jsonb_build_object('id', ${N}, 'starts_at', '2026-11-30T09:00+08', 'ends_at', '2026-11-30T10:00+08',
        'roles', jsonb_build_array(jsonb_build_object('id', ${N}, 'name', 'helper', 'capacity', 3)))))`,
  submit_activity: WHAT.row('draft'),
  publish_activity: WHAT.row('draft2'),
  reject_activity: WHAT.row('draft', `'请补充'`),
  cancel_activity: WHAT.row('draft2', `'下雨'`),
  claim_shift: ({ c, row, person }) => `${c}, ${N}, ${row('shift2')}, null, ${person}`,
  cancel_signup: WHAT.signup,
  accept_offer: WHAT.signup,
  decline_offer: WHAT.signup,
  offer_stand_in: WHAT.signup,
  accept_stand_in: WHAT.row('open call'),
  decline_stand_in: WHAT.row('named call'),
  withdraw_stand_in: WHAT.row('open call'),
  set_capacity: WHAT.row('shift2', `'helper', 3, '场地变小了'`),
  add_on_the_spot: ({ c, row }) => `${c}, ${N}, ${row('running')}, 'helper', ${row('volunteer3')}`,
  reserve_block: WHAT.row('shift2', `'helper', '示例公司', 1, '2026-11-26 09:00+08'`),
  fill_block: WHAT.row('block', `'V000003', '赵二'`),
  release_block: WHAT.row('block'),
  my_blocks: WHAT.community,
  shift_places_desk: ({ c, row }) => `${c}, ${row('shift2')}`,
  my_member_code: ({ c, person }) => `${c}, ${person}`,
  rotate_member_code: WHAT.communityAnd(''),
  check_in: ({ c, row, signup }) => `${c}, ${N}, ${row('shift')}, null, ${signup}`,
  check_out: ({ c, row, signup }) => `${c}, ${N}, ${row('shift')}, null, ${signup}`,
  confirm_attendance: WHAT.row('shift'),
  excuse_absence: ({ c, signup }) => `${c}, ${N}, ${signup}, '生病了'`,
  mark_no_show: WHAT.row('volunteer2 on missed'),
  appeal_strike: WHAT.row('strike', `'我来了，没扫上码'`),
  answer_appeal: WHAT.row('appealed strike', `false, '核实过了'`),
  declare_emergency: WHAT.row('cleanup'),
  propose_manual_adjustment: ({ c, person }) => `${c}, ${N}, ${person}, 10, '补记'`,
  post_manual_adjustment: WHAT.row('adjustment'),
  reverse_entry: ({ c, variant }) =>
    `${c}, ${N}, ${variant.startsWith('foreign') ? `tests.id('points b_volunteer on b_past')` : `tests.id('points volunteer on past')`}, '记错了'`,
  dispute_entry: ({ c, variant }) =>
    `${c}, ${N}, ${variant.startsWith('foreign') ? `tests.id('points b_volunteer on b_past')` : `tests.id('points volunteer on past')`}, '不对'`,
  answer_dispute: WHAT.row('dispute', `true, '核实过了'`),
  propose_ruleset: WHAT.communityAnd(`'2027-02-01', '{"V04": {"points": 8}}'`),
  publish_ruleset: WHAT.row('rules draft'),
  simulate_ruleset: ({ c }) => `${c}, '{"V01": {"points_per_half_hour": 6}}'`,
  my_points: ({ c, person }) => `${c}, ${person}`,
  point_statement: ({ c, person }) => `${c}, 'all', null, 50, ${person}`,
  point_ledger_of: ({ c, person }) => `${c}, ${N}, ${person}, '核对'`,
  points_desk: WHAT.community,
  close_points_year: WHAT.communityAnd('2025'),
  point_report: WHAT.community,
  reverse_service_record: WHAT.row('record volunteer on past', `'记错了人'`),
  save_merchant: ({ c, row, variant, persona }) => `${c}, ${N}, ${row('merchant')}, '同心理发店 ${variant} ${persona}'`,
  save_reward_item: ({ c, row, variant, persona }) =>
    `${c}, ${N}, ${row('soap')}, jsonb_build_object('kind', 'goods', 'name', '肥皂 ${variant} ${persona}', 'points', 30)`,
  move_stock: WHAT.row('soap', `'in', 5`),
  place_order: ({ c, person, row }) => `${c}, ${N}, ${row('letter')}, 1, ${person}`,
  cancel_order: WHAT.row('order', `'来不及准备'`),
  mark_order_ready: WHAT.row('soap order'),
  my_pickup_code: ({ c, row }) => `${c}, ${row('order')}`,
  look_up_pickup: ({ c }) => `${c}, '87654321'`,
  fulfil_order: WHAT.communityAnd(`'87654321'`),
  reward_shop: ({ c, person }) => `${c}, ${person}`,
  my_orders: ({ c, person }) => `${c}, ${person}`,
  reward_desk: WHAT.community,
  merchant_statement: ({ c, row }) => `${c}, ${row('merchant')}, '2026-11-01', '2026-11-30'`,
  reward_log: WHAT.community,
  reward_admin: WHAT.community,
  submit_wish: ({ c, person, variant, persona }) =>
    `${c}, ${N}, tests.id('new wish ${variant} ${persona}'), jsonb_build_object('person_id', ${person}, 'kind', 'service', 'wish_for', 'disabled', 'title', '修灯', 'consent_via', 'self')`,
  submit_wishes: WHAT.communityAnd(
    `'冬日行动', '[{"name": "贺奶奶", "kind": "goods", "price_yuan": 80, "wish_for": "empty_nest", "title": "一条毛毯", "consent_via": "paper"}, {"kind": "goods"}]'`,
  ),
  review_wish: WHAT.row('reviewing wish', `'{"title": "一双棉鞋"}'`),
  return_wish: WHAT.row('reviewing wish', `'请写清尺码'`),
  reveal_wish: WHAT.row('open wish', `'核对'`),
  claim_wish: WHAT.row('open wish'),
  claim_wishes: ({ c, row }) => `${c}, ${N}, array[${row('open wish')}], '同心超市'`,
  judge_claim: WHAT.row('asked claim', `true, '周六上午送到社区'`),
  release_wish: WHAT.row('approved claim', `'来不及了'`),
  record_delivery: WHAT.row('approved claim', `'community'`),
  hand_out_goods: WHAT.row('delivering claim'),
  confirm_realized: WHAT.row('delivering claim', `'123456'`),
  send_thanks: WHAT.row('realized claim', `'谢谢您'`),
  judge_thanks: WHAT.row('thanks', 'true'),
  withdraw_wish: WHAT.row('open wish'),
  settle_wishes: WHAT.community,
  wish_wall: WHAT.community,
  wish_detail: ({ c, row }) => `${row('delivering wish')}, ${c}`,
  realized_wishes: WHAT.community,
  my_wishes: WHAT.community,
  my_wish_claims: WHAT.community,
  hand_over_card: ({ c, row }) => `${c}, ${row('delivering claim')}`,
  wish_desk: WHAT.community,
  upload_attachment: WHAT.communityAnd(`'photo', 'image/jpeg', '/9j/2gAIAQEAAD8A0v/Z', '一张照片'`),
  discard_attachment: WHAT.row('photo'),
  read_attachment: ({ c, row }) => `${c}, ${row('photo')}`,
  answer_check_out: ({ c, signup }) => `${c}, ${N}, ${signup}, '2026-11-20T08:20+08'`,
  settle_check_out: ({ c, row }) => `${c}, ${N}, ${served(row, 'volunteer2')}, '2026-11-15T10:00+08'`,
  undo_attendance: ({ c, row }) => `${c}, ${N}, ${served(row, 'volunteer2')}, '扫错了人'`,
  redo_attendance: ({ c, row }) =>
    `${c}, ${N}, ${served(row, 'volunteer3')}, '2026-11-15T09:00+08', '2026-11-15T10:00+08', '时间记错了'`,
  ask_exemption: ({ c, person }) => `${c}, ${N}, 'illness', '2026-11-21', '2026-11-30', '住院', ${person}`,
  answer_exemption: WHAT.row('exemption', `true`),
  end_exemption: WHAT.row('exemption'),
  backfill_service: ({ c, row, person }) =>
    `${c}, ${N}, ${row('past')}, '2026-11-10T09:00+08', '2026-11-10T10:00+08', '群里有合影', ${person}`,
  register_past_service: ({ c, row }) =>
    `${c}, ${N}, ${N}, jsonb_build_object('corps_id', ${row('green')}, 'title', '清雪', 'category', 'environment', 'starts_at', '2026-11-10 01:00+00', 'ends_at', '2026-11-10 03:00+00')`,
  review_backfill: WHAT.row('backfill', 'true'),
  withdraw_backfill: WHAT.row('backfill'),
  my_backfills: ({ c, person }) => `${c}, ${person}`,
  backfill_desk: WHAT.community,
  backfill_choices: WHAT.community,
  hours_by_provenance: WHAT.community,
  spot_check_desk: WHAT.community,
  review_spot_check: WHAT.row('flag', `'看过了'`),
  penalise_false_record: WHAT.row('record volunteer on past', `'代签'`),
  decide_penalty: WHAT.row('penalty', `true, '核实无误'`),
  lift_penalty: WHAT.row('confirmed penalty', `'查明是误会'`),
  open_feedback: WHAT.row('past'),
  feedback_form: ({ variant }) => (variant.startsWith('foreign') ? `'B2222222222222222222'` : `'A2222222222222222222'`),
  rate_service: ({ variant }) =>
    `${N}, ${variant.startsWith('foreign') ? `'B2222222222222222222'` : `'A2222222222222222222'`}, 5`,
  save_summary: WHAT.row('ended', `'捡了三十袋垃圾'`),
  settle_activity: WHAT.row('ended'),
  settling_desk: WHAT.community,
  activity_report: ({ c, row }) => `${c}, ${row('ended')}`,
  leave_community: WHAT.communityAnd(''),
  erase_me: WHAT.communityAnd(''),
  public_home: WHAT.community,
  list_shifts: ({ c, person }) => `${c}, null, null, null, null, ${person}`,
  shift_detail: ({ c, row, person }) => `${c}, ${row('shift')}, ${person}`,
  my_shifts: ({ c, person }) => `${c}, ${person}`,
  my_service: ({ c, person }) => `${c}, ${person}`,
  leader_shifts: WHAT.community,
  shift_roster: ({ c, row }) => `${c}, ${row('past')}`,
  my_grid: ({ c, row }) => `${c}, ${row('grid1')}`,
  list_people: WHAT.community,
  corps_roster: ({ c, row }) => `${c}, ${row('green')}`,
  corps_overview: ({ c, row }) => `${c}, ${row('green')}`,
  find_volunteer: ({ c, row }) => `${c}, ${row('green')}, 'V000002'`,
  join_desk: WHAT.community,
  office_today: WHAT.community,
  community_health: WHAT.community,
  community_settings: WHAT.community,
  save_settings: WHAT.communityAnd(`'{"boards": false}'`),
  my_people: WHAT.community,
  my_privacy: WHAT.community,
  role_desk: WHAT.community,
  privacy_desk: WHAT.community,
  set_board_consent: WHAT.communityAnd(`'masked'`),
  hide_board_alias: WHAT.communityAnd(`'向日葵'`),
  board: ({ c }) => `${c}, 'people_hours', '2026-11'`,
  my_place: ({ c }) => `${c}, 'people_hours', '2026-11'`,
  my_year: WHAT.community,
  year_dashboard: WHAT.community,
  street_overview: () => '',
  my_places: ({ c }) => `${c}, 'people_hours', 2026`,
  publish_formula: ({ c, variant, persona }) =>
    `${c}, ${N}, 'volunteer_pioneer', 'P-${variant.toUpperCase().replaceAll('_', '-')}-${persona.toUpperCase().replaceAll('_', '-')}', '[{"method": "hours", "weight": 60}, {"method": "months", "weight": 40}]', '{"minutes": 600}', '{"percent": 3}'`,
  plan_cycle: ({ c }) =>
    `${c}, ${N}, ${N}, '{"kind": "cobuild_model", "period": "2026", "collect_until": "2026-11-27", "decide_until": "2026-12-10"}'`,
  name_panel: ({ c, row }) =>
    `${c}, ${N}, ${row('collecting cycle')}, array[${row('branch')}, ${row('clerk')}, ${row('party')}]`,
  open_cycle: WHAT.row('drafted cycle'),
  nominate: ({ c, row }) => `${c}, ${N}, ${row('collecting cycle')}, ${row('volunteer3')}, '一年来常为邻里修灯'`,
  nominate_many: ({ c, row }) => `${c}, ${N}, ${row('collecting cycle')}, array[${row('volunteer3')}]`,
  accept_nomination: WHAT.row('collecting nomination', 'true'),
  set_award_name: WHAT.row('collecting nomination', 'true'),
  withdraw_award_publicity: WHAT.row('confirmed nomination'),
  decline_nomination: WHAT.row('collecting nomination'),
  save_statement: WHAT.row('collecting nomination', `'我做了些小事'`),
  give_opinion: WHAT.row('collecting nomination', `'{"overall": 4}'`),
  open_samples: WHAT.row('collecting nomination', '2'),
  sample_codes: ({ c, row }) => `${c}, ${row('collecting nomination')}`,
  sample_form: ({ variant }) => `'${variant.startsWith('foreign') ? 'B' : 'A'}1111111111111111111'`,
  rate_nominee: ({ variant }) =>
    `${N}, '${variant.startsWith('foreign') ? 'B' : 'A'}1111111111111111111', '{"overall": 5}'`,
  lock_cycle: WHAT.row('due cycle', 'true'),
  score_cycle: WHAT.row('locked cycle'),
  decide_award: WHAT.row('scored nomination', `'shortlist', '热心'`),
  sign_decisions: WHAT.row('panel cycle'),
  publish_notice: WHAT.row('panel cycle'),
  appraisal_desk: WHAT.community,
  cycle_board: ({ c, row }) => `${c}, ${row('scored cycle')}`,
  candidate_dossier: ({ c, row }) => `${c}, ${row('scored nomination')}`,
  opinions_wanted: WHAT.community,
  nominees_to_propose: ({ c, row }) => `${c}, ${row('collecting cycle')}`,
  my_nominations: ({ c, person }) => `${c}, ${person}`,
  public_notices: WHAT.community,
  public_notice: ({ c, row }) => `${row('notice')}, ${c}`,
  file_objection: ({ c, row }) => `${c}, ${N}, ${row('notice')}, '他没有来过这么多次', ${row('published nomination')}`,
  objection_answer: ({ variant }) => `'${variant.startsWith('foreign') ? 'B' : 'A'}2222222222222222222'`,
  answer_objection: WHAT.row('objection to award', `false, '查过记录'`),
  reveal_objection_contact: WHAT.row('objection to award'),
  set_aside_objection: WHAT.row('upheld objection', `'规则已说明'`),
  withhold_award: WHAT.row('published nomination', `'查实不符'`),
  confirm_cycle: WHAT.row('published cycle'),
  archive_cycle: WHAT.row('confirmed cycle'),
  verify_seal: ({ c, row }) => `${c}, ${row('archived cycle')}`,
  revoke_award: WHAT.row('confirmed nomination', `'查实不符'`),
  export_cycle: WHAT.row('scored cycle', `'上报街道'`),
  begin_roster_import: WHAT.communityAnd(`'residents', '名册.csv', repeat('b', 64), 5`),
  import_roster_rows: WHAT.row(
    'import',
    `'[{"row_no": 2, "name": "何新民", "birth": "1980-01", "phone": "14400000030"}]'`,
  ),
  assign_post: WHAT.row('party', `'mediator', tests.id('grid1')`),
  save_party_org: ({ c, row }) => `${c}, ${N}, ${N}, 'group', '新小组', ${row('party org')}`,
  close_party_org: WHAT.row('party group'),
  admit_party_member: ({ c, row }) =>
    `${c}, ${N}, ${row('neighbour')}, 'managed', ${row('party org')}, null, null, null, true`,
  move_party_member: ({ c, row }) => `${c}, ${N}, ${row('party')}, 'floating', ${row('party org')}`,
  end_party_membership: WHAT.row('party', `'transferred'`),
  exempt_party_member: WHAT.row('party', `'长期患病'`),
  end_party_exemption: WHAT.row('party'),
  report_in: WHAT.communityAnd(`'示例厂', '010-00000020', null, null, '2026-11'`),
  confirm_report_in: WHAT.row('report in', 'true'),
  make_pledge: WHAT.communityAnd(`'每周巡楼一次', '2026-12-31'`),
  note_pledge: WHAT.row('pledge', `'巡了两次', true`),
  share_pledge: WHAT.row('pledge', 'true'),
  settle_pledge: WHAT.row('pledge', 'true'),
  issue_identity_card: WHAT.row('party post', `'有事您找我'`),
  revoke_identity_card: WHAT.row('identity card'),
  identity_card: ({ c, variant }) => `${c}, '${variant.startsWith('foreign') ? 'b_' : ''}card'`,
  my_party: WHAT.community,
  party_tree: WHAT.community,
  branch_members: ({ c, row }) => `${c}, ${row('party org')}`,
  post_map: WHAT.community,
  party_desk: WHAT.community,
  end_post: WHAT.row('party post'),
  set_post_rule: WHAT.communityAnd(`'publicist', 1, 2`),
  list_posts: WHAT.community,
  finish_roster_import: WHAT.row('import'),
  discard_import_rows: WHAT.row('import'),
  publish_duty_rules: WHAT.communityAnd(
    `'DUTY-2027.1', '2027-01-01', '[{"post": "publicist", "kind": "publicity_round", "times_per_month": 1}]'`,
  ),
  log_duty: WHAT.communityAnd(`'publicity_round', tests.shanghai('2026-11-19 10:00'), 30`),
  verify_duty: WHAT.row('duty'),
  return_duty: WHAT.row('duty', `'请写清楚地点'`),
  my_duties: WHAT.community,
  duties_to_verify: WHAT.community,
  record_party_meeting: ({ c, row }) =>
    `${c}, ${N}, ${N}, jsonb_build_object('party_org_id', ${row('party org')}, 'kind', 'theme_day', 'title', '主题党日', 'held_on', '2026-11-18',
      'attendance', jsonb_build_array(jsonb_build_object('person_id', ${row('party')}, 'status', 'present')))`,
  vouch_attendance: ({ c, row }) => `${c}, ${N}, array[${row('meeting')}]`,
  record_study: ({ c, row }) => `${c}, ${N}, array[${row('party')}], '2026-11-18', 60, '自学'`,
  record_dues: ({ c, row }) => `${c}, ${N}, array[${row('party')}], '2026-10-01', '2026-10-05'`,
  record_party_review: WHAT.row('party', `2026, 'qualified'`),
  record_home_proof: WHAT.row('party', `2026, 50`),
  record_party_remark: WHAT.row('party', `'praise', '2026-11-18', '居民表扬'`),
  withdraw_party_remark: WHAT.row('remark'),
  withdraw_party_meeting: WHAT.row('meeting', `'没有开'`),
  withdraw_study: WHAT.row('study', `'记重了'`),
  withdraw_home_proof: WHAT.row('proof', `'弄错了'`),
  post_party_month: WHAT.row('party org', '2026'),
  confirm_quarter: WHAT.row('party org', '2026, 3'),
  close_party_year: WHAT.row('party org', '2025'),
  object_to_score: WHAT.row('quarter 1', `'请再看看'`),
  answer_score_objection: WHAT.row('objection', `'核实过了', 1`),
  party_score: ({ c, row }) => `${c}, 2026, ${row('party')}`,
  my_party_life: WHAT.community,
  group_meetings: WHAT.community,
  branch_desk: ({ c, row }) => `${c}, ${row('party org')}`,
  branch_scores: ({ c, row }) => `${c}, ${row('party org')}`,
}

/** Rows the matrix needs beside the world's, and a server-side runner so that a cell costs no round trip. */
const SETUP = `
create function tests.cell(p_who text, p_sql text, p_now text) returns text language plpgsql as $$
declare
  v_json jsonb;
  v_said text;
  v_state text;
  v_message text;
begin
  begin
    perform tests.at(p_now);
    perform tests.become(p_who);
    execute p_sql into v_json;
    perform tests.owner();
    raise exception using errcode = 'TC001', message = coalesce(tests.shape(v_json), 'nothing');
  exception when others then
    get stacked diagnostics v_state = returned_sqlstate, v_message = message_text;
  end;
  return case when v_state = 'TC001' then v_message when v_state = '42501' then 'denied'
    when v_state like 'PT%' then substr(v_state, 3) || ' ' || v_message else 'RAW ' || v_state || ' ' || v_message end;
end $$;
/* The shape of an answer: its keys, how many of each list, and whether a phone or a full name of the world is in it. */
create function tests.shape(p_json jsonb) returns text language sql immutable as $$
  select case jsonb_typeof(p_json)
      when 'array' then 'list of ' || jsonb_array_length(p_json)
      when 'object' then coalesce((select string_agg(e.key || case when jsonb_typeof(e.value) = 'array' then '[' || jsonb_array_length(e.value) || ']'
        when e.value = 'null' then '=null' else '' end, ' ' order by e.key) from jsonb_each(p_json) e), 'done')
      when 'string' then case when length(p_json #>> '{}') > 100 then 'a text' else p_json #>> '{}' end
      else p_json #>> '{}' end
    || case when p_json::text ~ '144[0-9]{8}' then ' +PHONE' else '' end
    || case when p_json::text ~ '张住户|李邻居|王小明|候奶奶|沈小朋|韩新来|吴党员' then ' +NAME' else '' end
$$;
select tests.at('2026-11-16 08:00');
do $rows$
declare x text; c uuid; y text;
begin
  foreach x in array array['', 'b_'] loop
    c := case x when '' then tests.a() else tests.b() end;
    perform tests.make_activity(c, x || 'draft2', x || 'blue', 'draft'), tests.make_shift(x || 'draft2 shift', '2026-11-28 09:00', 60, 2, x || 'draft2', c),
      tests.make_shift(x || 'shift2', '2026-11-27 09:00', 60, 5, x || 'cleanup', c);
    update public.shift_roles set capacity = 10 where shift_id = tests.id(x || 'shift');
    foreach y in array array['volunteer', 'volunteer2', 'leader', 'other_leader'] loop
      insert into public.signups (community_id, id, shift_id, shift_role_id, person_id, status, queue_no, signed_up_at, signed_up_by)
        select c, tests.id(x || y || ' on shift'), r.shift_id, r.id, tests.id(x || y), 'confirmed', r.next_queue_no, private.now(), tests.id(x || y)
        from public.shift_roles r where r.shift_id = tests.id(x || 'shift');
      update public.shift_roles set taken = taken + 1, next_queue_no = next_queue_no + 1 where shift_id = tests.id(x || 'shift');
    end loop;
    perform tests.make_shift(x || 'missed', '2026-11-14 09:00', 60, 5, x || 'cleanup', c);
    foreach y in array array['volunteer', 'volunteer2', 'volunteer3'] loop
      insert into public.signups (community_id, id, shift_id, shift_role_id, person_id, status, queue_no, signed_up_at, signed_up_by)
        select c, tests.id(x || y || ' on missed'), r.shift_id, r.id, tests.id(x || y), case y when 'volunteer2' then 'confirmed' else 'no_show' end,
          r.next_queue_no, private.now(), tests.id(x || y)
        from public.shift_roles r where r.shift_id = tests.id(x || 'missed');
      update public.shift_roles set taken = taken + 1, next_queue_no = next_queue_no + 1 where shift_id = tests.id(x || 'missed');
    end loop;
    perform tests.make_shift(x || 'running', '2026-11-20 08:00', 60, 5, x || 'cleanup', c), tests.make_shift(x || 'swaps', '2026-11-29 09:00', 60, 5, x || 'cleanup', c);
    foreach y in array array['volunteer', 'volunteer2'] loop
      insert into public.signups (community_id, id, shift_id, shift_role_id, person_id, status, queue_no, signed_up_at, signed_up_by)
        select c, tests.id(x || y || ' on swaps'), r.shift_id, r.id, tests.id(x || y), 'confirmed', r.next_queue_no, private.now(), tests.id(x || y)
        from public.shift_roles r where r.shift_id = tests.id(x || 'swaps');
      update public.shift_roles set taken = taken + 1, next_queue_no = next_queue_no + 1 where shift_id = tests.id(x || 'swaps');
    end loop;
    insert into public.stand_ins (community_id, id, signup_id, shift_id, shift_role_id, from_person_id, to_person_id, step, created_at, created_by) values
      (c, tests.id(x || 'open call'), tests.id(x || 'volunteer on swaps'), tests.id(x || 'swaps'), tests.id('role of ' || x || 'swaps'), tests.id(x || 'volunteer'), null,
        '1 hour', private.now(), tests.id(x || 'volunteer')),
      (c, tests.id(x || 'named call'), tests.id(x || 'volunteer2 on swaps'), tests.id(x || 'swaps'), tests.id('role of ' || x || 'swaps'), tests.id(x || 'volunteer2'),
        tests.id(x || 'other_leader'), '1 hour', private.now(), tests.id(x || 'volunteer2'));
    insert into public.shift_blocks (community_id, id, shift_id, shift_role_id, organisation, contact_person_id, places, first_queue_no, until_at, created_at, created_by)
      select c, tests.id(x || 'block'), r.shift_id, r.id, '示例公司', tests.id(x || 'resident'), 2, r.next_queue_no, tests.shanghai('2026-11-28 09:00'), private.now(), tests.id(x || 'resident')
      from public.shift_roles r where r.shift_id = tests.id(x || 'swaps');
    update public.shift_roles set reserved = 2, next_queue_no = next_queue_no + 2 where shift_id = tests.id(x || 'swaps');
    insert into public.strikes (community_id, id, person_id, signup_id, at, marked_by, status) values
      (c, tests.id(x || 'strike'), tests.id(x || 'volunteer'), tests.id(x || 'volunteer on missed'), tests.shanghai('2026-11-14 12:00'), tests.id(x || 'leader'), 'active'),
      (c, tests.id(x || 'appealed strike'), tests.id(x || 'volunteer3'), tests.id(x || 'volunteer3 on missed'), tests.shanghai('2026-11-14 12:00'), tests.id(x || 'leader'), 'appealed');
    insert into public.duty_logs (community_id, id, person_id, kind, grid_id, happened_at, month, minutes, note, submitted_at) values
      (c, tests.id(x || 'duty'), tests.id(x || 'party'), 'publicity_round', tests.id(x || 'grid1'), tests.shanghai('2026-11-12 10:00'), '2026-11-01', 30, '发了告示', tests.shanghai('2026-11-12 11:00')),
      (c, tests.id(x || 'returned duty'), tests.id(x || 'party'), 'publicity_round', null, tests.shanghai('2026-11-13 10:00'), '2026-11-01', 30, null, tests.shanghai('2026-11-13 11:00'));
    update public.duty_logs set status = 'returned', returned_by = tests.id(x || 'branch'), return_reason = '请写地点' where community_id = c and id = tests.id(x || 'returned duty');
    insert into public.duty_log_people (community_id, id, duty_log_id, person_id) values (c, tests.id(x || 'duty person'), tests.id(x || 'duty'), tests.id(x || 'elder'));
    insert into public.duty_drafts (community_id, id, duty_log_id, kind, text, created_by, created_at) values (c, tests.id(x || 'duty draft'), tests.id(x || 'duty'), 'ticket', '路灯坏了', tests.id(x || 'party'), private.now());
    insert into public.party_meetings (community_id, id, party_org_id, kind, title, held_on, study_minutes, recorded_by, recorded_at)
      values (c, tests.id(x || 'meeting'), tests.id(x || 'party org'), 'theme_day', '清洁家园', '2026-11-05', 60, tests.id(x || 'branch'), private.now());
    insert into public.party_attendances (community_id, id, meeting_id, person_id, status, vouched_by) values (c, tests.id(x || 'party attendance'), tests.id(x || 'meeting'), tests.id(x || 'party'), 'present', null);
    insert into public.party_studies (community_id, id, person_id, studied_on, minutes, title, recorded_by, recorded_at) values (c, tests.id(x || 'study'), tests.id(x || 'party'), '2026-11-06', 60, '自学', tests.id(x || 'branch'), private.now());
    insert into public.party_dues (community_id, id, person_id, month, paid_on, recorded_by, recorded_at) values (c, tests.id(x || 'dues'), tests.id(x || 'party'), '2026-11-01', '2026-11-03', tests.id(x || 'branch'), private.now());
    insert into public.party_reviews (community_id, id, person_id, year, grade, decided_on, decided_by) values (c, tests.id(x || 'review'), tests.id(x || 'party'), 2025, 'qualified', '2026-01-10', tests.id(x || 'branch'));
    insert into public.party_proofs (community_id, id, person_id, year, points, received_on, recorded_by) values (c, tests.id(x || 'proof'), tests.id(x || 'party'), 2025, 55, '2026-01-10', tests.id(x || 'branch'));
    insert into public.party_remarks (community_id, id, person_id, kind, occurred_on, note, recorded_by, recorded_at) values (c, tests.id(x || 'remark'), tests.id(x || 'party'), 'praise', '2026-10-10', '居民送来锦旗', tests.id(x || 'branch'), private.now());
    insert into public.party_score_entries (community_id, id, person_id, ruleset_code, rule_code, month, revision, points, inputs, is_correction, posted_at, posted_by)
      values (c, tests.id(x || 'party entry'), tests.id(x || 'party'), 'PTY-2026.1', 'praise', '2026-10-01', 1, 0.5, '{}', false, private.now(), tests.id(x || 'branch'));
    insert into public.party_quarter_scores (community_id, id, person_id, party_org_id, year, quarter, score, is_behind, confirmed_by, confirmed_at) values
      (c, tests.id(x || 'quarter 2'), tests.id(x || 'party'), tests.id(x || 'party org'), 2026, 2, 30, false, tests.id(x || 'branch'), private.now()),
      (c, tests.id(x || 'quarter 1'), tests.id(x || 'party'), tests.id(x || 'party org'), 2026, 1, 20, false, tests.id(x || 'branch'), private.now());
    insert into public.party_year_scores (community_id, id, person_id, party_org_id, year, score, band, has_veto, closed_by, closed_at)
      values (c, tests.id(x || 'party year'), tests.id(x || 'party'), tests.id(x || 'party org'), 2025, 71, 'qualified', false, tests.id(x || 'branch'), private.now());
    insert into public.party_objections (community_id, id, quarter_score_id, person_id, confirmed_by, text, made_at)
      values (c, tests.id(x || 'objection'), tests.id(x || 'quarter 2'), tests.id(x || 'party'), tests.id(x || 'branch'), '少记了一次', private.now());
    insert into public.corps_applications (community_id, id, corps_id, person_id, note, created_at, created_by)
      values (c, tests.id(x || 'application'), tests.id(x || 'green'), tests.id(x || 'volunteer3'), '周末有空', private.now(), tests.id(x || 'volunteer3'));
    insert into public.qualifications (community_id, id, person_id, kind, valid_from, status, evidence_note, submitted_at)
      values (c, tests.id(x || 'submitted qualification'), tests.id(x || 'volunteer2'), 'doctor', '2026-01-01', 'submitted', '医师证', private.now());
    insert into public.trainings (community_id, id, corps_id, title, capacity, created_by, created_at) values
      (c, tests.id(x || 'training'), tests.id(x || 'green'), '垃圾分类课', 30, tests.id(x || 'leader'), private.now()),
      (c, tests.id(x || 'training2'), tests.id(x || 'green'), '急救课', 30, tests.id(x || 'leader'), private.now());
    insert into public.training_sessions (community_id, id, training_id, starts_at, ends_at) values
      (c, tests.id(x || 'session'), tests.id(x || 'training'), tests.shanghai('2026-11-18 09:00'), tests.shanghai('2026-11-18 11:00')),
      (c, tests.id(x || 'session2'), tests.id(x || 'training2'), tests.shanghai('2026-11-28 09:00'), tests.shanghai('2026-11-28 11:00'));
    insert into public.training_enrolments (community_id, id, training_id, person_id, enrolled_at, enrolled_by)
      values (c, tests.id(x || 'enrolment'), tests.id(x || 'training'), tests.id(x || 'volunteer'), private.now(), tests.id(x || 'volunteer'));
    insert into public.training_attendances (community_id, id, session_id, enrolment_id, was_present, recorded_by, recorded_at)
      values (c, tests.id(x || 'training attendance'), tests.id(x || 'session'), tests.id(x || 'enrolment'), true, tests.id(x || 'leader'), private.now());
    insert into public.activity_series (community_id, id, corps_id, template, roles, frequency, every, weekdays, start_time, minutes, first_on, until_on, anchor_on, created_by, created_at)
      values (c, tests.id(x || 'series'), tests.id(x || 'green'), jsonb_build_object('corps_id', tests.id(x || 'green'), 'title', '每周护绿', 'category', 'environment', 'risk_note', '注意车辆'),
        '[{"name": "helper", "capacity": 5}]', 'weekly', 1, '{6}', '09:00', 60, '2026-11-28', '2026-11-28', '2026-11-28', tests.id(x || 'leader'), private.now());
    perform tests.make_activity(c, x || 'of series', x || 'green', 'draft'), tests.make_shift(x || 'of series shift', '2026-11-28 09:00', 60, 5, x || 'of series', c);
    insert into public.series_occurrences (community_id, id, series_id, original_on, activity_id, shift_id)
      values (c, tests.id(x || 'occurrence'), tests.id(x || 'series'), '2026-11-28', tests.id(x || 'of series'), tests.id(x || 'of series shift'));
    insert into public.series_people (community_id, id, series_id, person_id, added_by, added_at)
      values (c, tests.id(x || 'fixed'), tests.id(x || 'series'), tests.id(x || 'volunteer'), tests.id(x || 'leader'), private.now());
    insert into public.calendar_rules (community_id, id, corps_id, kind, template, roles, start_time, minutes, changed_by, changed_at)
      values (c, tests.id(x || 'rule'), tests.id(x || 'green'), 'service_day', jsonb_build_object('corps_id', tests.id(x || 'green'), 'title', '服务日', 'category', 'environment'),
        '[{"name": "helper", "capacity": 5}]', '09:00', 120, tests.id(x || 'worker'), private.now());
    insert into public.calendar_drafts (community_id, id, rule_id, day, activity_id) values (c, tests.id(x || 'calendar draft'), tests.id(x || 'rule'), '2026-11-28', tests.id(x || 'draft2'));
    insert into public.calendar_feeds (community_id, id, person_id, token_hash, created_at)
      values (c, tests.id(x || 'feed'), tests.id(x || 'volunteer'), encode(sha256(convert_to(x || 'secret of the feed', 'UTF8')), 'hex'), private.now());
    -- An ended activity where one forgot to check out and one was taken back, with all that may come after.
    perform tests.make_activity(c, x || 'ended', x || 'green'), tests.make_shift(x || 'forgot', '2026-11-15 09:00', 60, 5, x || 'ended', c);
    perform tests.make_served(c, x || n, x || 'forgot', x || 'ended', x || 'leader', 60) from unnest(array['volunteer2', 'volunteer3']) n;
    update public.attendances set status = 'checked_in', checked_out_at = null, checked_out_via = null, checked_out_by = null, minutes = null where id = tests.id(x || 'volunteer2 on ' || x || 'forgot');
    update public.attendances set status = 'reversed' where id = tests.id(x || 'volunteer3 on ' || x || 'forgot');
    insert into public.exemptions (community_id, id, person_id, kind, from_day, to_day, note, status, asked_at, asked_by) values
      (c, tests.id(x || 'exemption'), tests.id(x || 'volunteer'), 'illness', '2026-11-21', '2026-11-30', '住院', 'asked', private.now(), tests.id(x || 'volunteer'));
    insert into public.attendance_reversals (community_id, id, signup_id, person_id, step, before, reason, at, undone_by) values
      (c, tests.id(x || 'reversal'), tests.id(x || 'volunteer on ' || x || 'past'), tests.id(x || 'volunteer'), 'check_in', '{}', '扫错了', private.now(), tests.id(x || 'leader'));
    insert into public.backfills (community_id, id, person_id, activity_id, shift_id, starts_at, ends_at, evidence, filed_at, filed_by) values
      (c, tests.id(x || 'backfill'), tests.id(x || 'volunteer'), tests.id(x || 'ended'), tests.id(x || 'forgot'), tests.shanghai('2026-11-15 09:00'), tests.shanghai('2026-11-15 10:00'),
        '合影为证', private.now(), tests.id(x || 'volunteer'));
    insert into public.spot_checks (community_id, id, flag_id, kind, verdict, reason, at, checked_by) values
      (c, tests.id(x || 'spot check'), tests.id(x || 'flag'), 'by_hand', 'fine', '看过了', private.now(), tests.id(x || 'worker'));
    insert into public.penalties (community_id, id, person_id, record_id, status, reason, proposed_at, proposed_by, decided_at, decided_by, frozen_until, barred_year) values
      (c, tests.id(x || 'penalty'), tests.id(x || 'volunteer2'), tests.id('record ' || x || 'volunteer2 on ' || x || 'forgot'), 'proposed', '代签', private.now(), tests.id(x || 'secretary'), null, null, null, null),
      (c, tests.id(x || 'confirmed penalty'), tests.id(x || 'volunteer3'), tests.id('record ' || x || 'volunteer3 on ' || x || 'forgot'), 'confirmed', '代签', private.now(), tests.id(x || 'secretary'),
        private.now(), tests.id(x || 'worker'), private.now() + interval '90 days', 2026);
    insert into public.activity_summaries (community_id, id, body, people_served, written_by, written_at) values
      (c, tests.id(x || 'ended'), '捡了三十袋垃圾', 60, tests.id(x || 'leader'), private.now());
    insert into private.feedback_codes (community_id, id, code, shift_id, kind, created_by, created_at, expires_at) values
      (c, tests.id(x || 'feedback'), case x when '' then 'A' else 'B' end || '2222222222222222222', tests.id(x || 'forgot'), 'contact', tests.id(x || 'leader'), private.now(), private.now() + interval '30 days');
    insert into public.earlier_hours (community_id, id, person_id, year, minutes, times, source, noted_at, noted_by) values
      (c, tests.id(x || 'earlier hours'), tests.id(x || 'volunteer'), 2025, 600, 4, '旧系统', private.now(), tests.id(x || 'worker'));
    insert into public.star_grades (community_id, id, person_id, star, needed_hours, reached_at) values
      (c, tests.id(x || 'star'), tests.id(x || 'volunteer'), 1, 10, private.now());
    insert into public.certificates (community_id, id, number, code, person_id, holder_name, unit_name, period_from, period_to, minutes, times, content, issued_at, issued_by)
      select c, tests.id(x || 'certificate'), '2025-000009', case x when '' then 'A' else 'B' end || '0000000000000000000', tests.id(x || 'volunteer'), '王小明', m.name,
        '2026-11-01', '2026-11-15', 120, 1, '[{"category": "environment", "minutes": 120}]', private.now(), tests.id(x || 'volunteer')
      from public.communities m where m.id = c;
    insert into public.certificate_records (community_id, certificate_id, record_id) values (c, tests.id(x || 'certificate'), tests.id('record ' || x || 'volunteer on ' || x || 'past'));
    perform tests.make_shift(x || 'doubtful', '2026-11-11 09:00', 120, 5, x || 'cleanup', c);
    perform tests.make_served(c, x || 'volunteer2', x || 'doubtful', x || 'cleanup', x || 'worker');
    insert into public.correction_requests (community_id, id, person_id, record_id, service_date, kind, note, asked_at, asked_by, due_on) values
      (c, tests.id(x || 'correction'), tests.id(x || 'volunteer2'), tests.id('record ' || x || 'volunteer2 on ' || x || 'doubtful'), '2026-11-11', 'wrong_time', '多算了半小时',
        private.now(), tests.id(x || 'volunteer2'), '2026-12-07');
    insert into public.reward_items (community_id, id, kind, name, points, counts_stock, for_minors, created_at) values (c, tests.id(x || 'letter'), 'honour', '感谢信', 0, false, true, private.now());
    insert into public.reward_stocks (community_id, item_id) values (c, tests.id(x || 'letter'));
    insert into public.reward_orders (community_id, id, person_id, item_id, quantity, points, placed_at, placed_by, lapses_at)
      values (c, tests.id(x || 'soap order'), tests.id(x || 'resident'), tests.id(x || 'soap'), 1, 0, private.now(), tests.id(x || 'resident'), private.now() + interval '15 days');
    update public.reward_stocks set held = 1 where community_id = c and item_id = tests.id(x || 'soap');
    insert into private.pickup_codes (community_id, order_id, code_hash, expires_at, seen_by)
      values (c, tests.id(x || 'soap order'), encode(sha256(convert_to(c || '87654321', 'UTF8')), 'hex'), private.now() + interval '5 days', tests.id(x || 'clerk'));
    insert into public.notice_settings (community_id, id, muted, quiet_from, quiet_to) values (c, tests.id(x || 'volunteer'), '{points}', '22:00', '06:00');
    -- One appraisal at each step, with one nominee; its panel is branch, clerk and party.
    insert into public.appraisal_cycles (community_id, id, kind, period, first_day, last_day, formula_id, status, collect_until, decide_until, quorum, planned_by, planned_at)
      select c, tests.id(x || v.name), v.kind, v.period, '2026-01-01', '2026-12-31', f.id, 'collecting', '2026-11-20', '2026-12-10', 2, tests.id(x || 'secretary'), private.now()
      from (values ('collecting cycle', 'volunteer_pioneer', '2026'), ('due cycle', 'courtyard_star', '2026-Q2'), ('locked cycle', 'area_star', '2026-Q3'), ('scored cycle', 'courtyard_star', '2026-Q3'), ('panel cycle', 'area_star', '2026-Q2'),
        ('published cycle', 'volunteer_pioneer', '2025'), ('confirmed cycle', 'area_star', '2026-Q1'), ('archived cycle', 'courtyard_star', '2026-Q1')) v (name, kind, period)
      join public.appraisal_formulas f on f.community_id = c and f.kind = v.kind;
    insert into public.appraisal_cycles (community_id, id, kind, period, first_day, last_day, formula_id, collect_until, decide_until, quorum, planned_by, planned_at)
      select c, tests.id(x || 'drafted cycle'), f.kind, '2026', '2026-01-01', '2026-12-31', f.id, '2026-11-20', '2026-12-10', 2, tests.id(x || 'secretary'), private.now()
      from public.appraisal_formulas f where f.community_id = c and f.kind = 'civilized_family';
    update public.appraisal_cycles set collect_until = '2026-11-19' where community_id = c and id = tests.id(x || 'due cycle');
    foreach y in array array['collecting', 'due', 'locked', 'scored', 'panel', 'published', 'confirmed', 'archived'] loop
      insert into private.panel_members (community_id, id, cycle_id, person_id, named_by, named_at)
        select c, tests.id(x || y || ' panel ' || w), tests.id(x || y || ' cycle'), tests.id(x || w), tests.id(x || 'secretary'), private.now() from unnest(array['branch', 'clerk', 'party']) w;
      insert into private.nominations (community_id, id, cycle_id, person_id, reason, grid_id, nominated_by, nominated_at)
        values (c, tests.id(x || y || ' nomination'), tests.id(x || y || ' cycle'), tests.id(x || 'volunteer'), '王小明常为邻里修灯', tests.id(x || 'grid1'), tests.id(x || 'worker'), private.now());
      if y not in ('collecting', 'due') then
        insert into public.nomination_consents (community_id, id, person_id, shows_full_name, version, given_at, given_via, recorded_by)
          values (c, tests.id(x || y || ' nomination'), tests.id(x || 'volunteer'), false, '2026-11', private.now(), 'self', tests.id(x || 'volunteer'));
        perform private.take_snapshot(k) from public.appraisal_cycles k where k.community_id = c and k.id = tests.id(x || y || ' cycle');
        update public.appraisal_cycles set status = 'locked', locked_at = private.now(), locked_by = tests.id(x || 'secretary'), active = 100, quota = 3,
          snapshot_hash = private.snapshot_hash(c, id) where community_id = c and id = tests.id(x || y || ' cycle');
      end if;
      if y not in ('collecting', 'due', 'locked') then
        update private.score_snapshots s set value = 50 where s.community_id = c and s.cycle_id = tests.id(x || y || ' cycle');
        update private.nominations set status = 'qualified', score = 50, is_proposed = true where community_id = c and id = tests.id(x || y || ' nomination');
        update public.appraisal_cycles set status = 'scored', scored_at = private.now() where community_id = c and id = tests.id(x || y || ' cycle');
      end if;
      if y not in ('collecting', 'due', 'locked', 'scored') then
        insert into private.panel_decisions (community_id, id, cycle_id, nomination_id, decision, differs, decided_by, decided_at, revision)
          values (c, tests.id(x || y || ' decision'), tests.id(x || y || ' cycle'), tests.id(x || y || ' nomination'), 'shortlist', false, tests.id(x || 'branch'), private.now(), 1);
        update private.panel_members set signed_hash = private.sheet_hash(c, tests.id(x || y || ' cycle')), signed_at = private.now() where community_id = c and cycle_id = tests.id(x || y || ' cycle');
        update private.nominations set status = 'shortlisted' where community_id = c and id = tests.id(x || y || ' nomination');
        update public.appraisal_cycles set status = 'panel' where community_id = c and id = tests.id(x || y || ' cycle');
      end if;
      if y in ('published', 'confirmed', 'archived') then
        insert into public.publicity_notices (community_id, id, cycle_id, first_day, last_day, published_at, published_by)
          values (c, tests.id(x || case y when 'published' then 'notice' else y || ' notice' end), tests.id(x || y || ' cycle'), '2026-11-16',
            case y when 'published' then date '2026-11-23' else '2026-11-19' end, private.now(), tests.id(x || 'secretary'));
        update private.nominations set status = case y when 'published' then 'publicity' else 'granted' end where community_id = c and id = tests.id(x || y || ' nomination');
        update public.appraisal_cycles set status = case y when 'published' then 'objections' else 'confirmed' end where community_id = c and id = tests.id(x || y || ' cycle');
      end if;
      if y in ('confirmed', 'archived') then
        insert into public.awards (community_id, id, cycle_id, person_id, kind, period, granted_at, granted_by)
          values (c, tests.id(x || y || ' nomination'), tests.id(x || y || ' cycle'), tests.id(x || 'volunteer'), 'area_star', '2026-Q1', private.now(), tests.id(x || 'secretary'));
      end if;
    end loop;
    insert into public.nomination_statements (community_id, id, cycle_id, person_id, body, written_by, written_at)
      values (c, tests.id(x || 'collecting nomination'), tests.id(x || 'collecting cycle'), tests.id(x || 'volunteer'), '我做了些小事', tests.id(x || 'volunteer'), private.now());
    insert into public.nomination_consents (community_id, id, person_id, shows_full_name, version, given_at, given_via, recorded_by)
      values (c, tests.id(x || 'collecting nomination'), tests.id(x || 'volunteer'), false, '2026-11', private.now(), 'self', tests.id(x || 'volunteer'));
    insert into private.sample_codes (community_id, id, cycle_id, nomination_id, code, created_by, created_at)
      values (c, tests.id(x || 'sample code'), tests.id(x || 'collecting cycle'), tests.id(x || 'collecting nomination'), case x when '' then 'A' else 'B' end || '1111111111111111111', tests.id(x || 'worker'), private.now());
    insert into private.objections (community_id, id, cycle_id, notice_id, nomination_id, body, contact_phone, code, payload_hash, filed_at, due_on)
      values (c, tests.id(x || 'objection to award'), tests.id(x || 'published cycle'), tests.id(x || 'notice'), tests.id(x || 'published nomination'), '没有来过这么多次', '14400000044',
        case x when '' then 'A' else 'B' end || '2222222222222222222', 'h', private.now(), '2026-11-23');
    insert into private.objections (community_id, id, cycle_id, notice_id, body, code, payload_hash, filed_at, due_on, status, answer, answered_by, answered_at)
      values (c, tests.id(x || 'upheld objection'), tests.id(x || 'published cycle'), tests.id(x || 'notice'), '规则没有说清', case x when '' then 'A' else 'B' end || '3333333333333333333', 'h', private.now(), '2026-11-23',
        'upheld', '会补充说明', tests.id(x || 'worker'), private.now());
    insert into private.appraisal_seals (community_id, id, parts, texts, sealed_at, sealed_by)
      values (c, tests.id(x || 'archived cycle'), private.cycle_parts(c, tests.id(x || 'archived cycle')), '{}', private.now(), tests.id(x || 'secretary'));
    update public.appraisal_cycles set status = 'archived', archived_at = private.now(), seal = 's' where community_id = c and id = tests.id(x || 'archived cycle');
  end loop;
end $rows$;
grant execute on all functions in schema tests to anon, authenticated;
`
/** Sign-ups are open and check-in is, too. */
const NOW = '2026-11-20 08:30'

export async function prepareMatrix(client: SqlClient): Promise<void> {
  await client.transaction((tx) => tx.exec(SETUP))
}

interface Question {
  key: string[]
  persona: Persona
  sql: string
}

/** Asks everything (or what matches `only`) and groups the answers. */
export async function askMatrix(client: SqlClient, only: (name: string) => boolean = () => true): Promise<Matrix> {
  const questions = [...(await tableQuestions(client, only)), ...(await functionQuestions(client, only))]
  const answers = await client.query<{ said: string }>(
    `select tests.cell(q ->> 0, q ->> 1, $2) as said from jsonb_array_elements($1::text::jsonb) with ordinality as t (q, n) order by n`,
    [JSON.stringify(questions.map(({ persona, sql }) => [persona, sql])), NOW],
  )
  const matrix = { tables: {}, functions: {} } as Matrix
  questions.forEach(({ key, persona }, index) => {
    const said = answers[index]?.said ?? ''
    let at = matrix as unknown as Record<string, unknown>
    for (const step of key) at = (at[step] ??= {}) as Record<string, unknown>
    ;((at[said] ??= []) as Persona[]).push(persona)
  })
  for (const parts of [...Object.values(matrix.tables), ...Object.values(matrix.functions)])
    for (const cells of Object.values(parts))
      for (const [said, who] of Object.entries(cells)) if (who.length === PERSONAS.length) cells[said] = ['everybody']
  return matrix
}

async function tableQuestions(client: SqlClient, only: (name: string) => boolean): Promise<Question[]> {
  const tables = await client.query<{ name: string; first: string; has_community: boolean }>(`
    select c.relname as name, (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum limit 1) as first,
      exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'community_id' and not a.attisdropped) as has_community
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1`)
  return tables
    .filter(({ name }) => only(name))
    .flatMap(({ name, first, has_community }) => {
      const count = has_community
        ? `select to_jsonb('A ' || count(*) filter (where community_id = tests.a()) || ', B ' || count(*) filter (where community_id = tests.b())
           || coalesce(nullif(', else ' || count(*) filter (where community_id not in (tests.a(), tests.b())), ', else 0'), '')) from public.${name}`
        : `select to_jsonb(case when count(*) > 100 then 'all' else count(*)::text end) from public.${name}`
      const statements = {
        select: count,
        insert: `with x as (insert into public.${name} default values returning 1) select to_jsonb(count(*)) from x`,
        update: `with x as (update public.${name} set ${first} = ${first} returning 1) select to_jsonb(count(*)) from x`,
        delete: `with x as (delete from public.${name} returning 1) select to_jsonb(count(*)) from x`,
      }
      return Object.entries(statements).flatMap(([verb, sql]) =>
        PERSONAS.map((persona) => ({ key: ['tables', name, verb], persona, sql })),
      )
    })
}

async function functionQuestions(client: SqlClient, only: (name: string) => boolean): Promise<Question[]> {
  const functions = await client.query<{ name: string }>(
    `select distinct proname as name from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f' order by 1`,
  )
  return functions
    .filter(({ name }) => only(name))
    .flatMap(({ name }) => {
      const args = FUNCTIONS[name]
      if (!args)
        return PERSONAS.map((persona) => ({
          key: ['functions', name, 'own'],
          persona,
          sql: `select '"has no entry in the matrix"'::jsonb`,
        }))
      const seen = new Set<string>()
      return VARIANTS.flatMap((variant) => {
        // A function that does not care whose rows these are is asked once.
        const asked = PERSONAS.map((persona) => ({
          persona,
          sql: `select to_jsonb(public.${name}(${args(target(variant, persona))}))`,
        }))
        const print = asked.map(({ sql }) => sql).join()
        if (seen.has(print)) return []
        seen.add(print)
        return asked.map(({ persona, sql }) => ({ key: ['functions', name, variant], persona, sql }))
      })
    })
}

/** Every function of the schema once, called about one person of the first community: what might tell of them. */
export const callsAbout = (who: Persona): string[] =>
  Object.entries(FUNCTIONS).map(
    ([name, args]) => `public.${name}(${args({ ...target('own', who), signup: `tests.id('${who} on shift')` })})`,
  )

function target(variant: Variant, persona: Persona): Target {
  const foreign = variant === 'foreign_row' || variant === 'foreign_community'
  const row = (name: string) => `tests.id('${foreign ? 'b_' : ''}${name}')`
  const someone = {
    own: persona === 'b_volunteer' ? 'b_volunteer' : persona,
    neighbour: 'neighbour',
    foreign_row: 'b_resident',
    foreign_community: 'b_resident',
  }[variant]
  return {
    variant,
    persona,
    row,
    c: variant === 'foreign_community' ? 'tests.b()' : 'tests.a()',
    person: `tests.id('${someone}')`,
    signup: variant === 'own' ? `tests.id('${persona} on shift')` : row('volunteer2 on shift'),
  }
}

/** Cells that differ, one line each: where, who, what was expected and what came. */
export function differences(expected: Matrix, actual: Matrix): string[] {
  const flat = (matrix: Matrix) => {
    const cells = new Map<string, string>()
    for (const [kind, things] of Object.entries(matrix))
      for (const [thing, parts] of Object.entries(things as Record<string, Record<string, Cells>>))
        for (const [part, answers] of Object.entries(parts))
          for (const [said, personas] of Object.entries(answers))
            for (const who of personas.includes('everybody') ? PERSONAS : personas)
              cells.set(`${kind} ${thing} ${part} ${who}`, said)
    return cells
  }
  const [was, is] = [flat(expected), flat(actual)]
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((key) => was.get(key) !== is.get(key))
    .map((key) => `${key}: expected ${was.get(key) ?? 'no such cell'}, got ${is.get(key) ?? 'no such cell'}`)
}
