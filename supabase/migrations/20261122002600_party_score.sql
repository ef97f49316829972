-- Party life (三会一课, 主题党日, study, dues as dates) and the score PTY-2026.1 (X10) in a ledger of its own.
-- No road leads from here to the points that buy things, and nobody but the member and the branch secretary reads a score.

-- ---------------------------------------------------------------- party life

create table public.party_meetings (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  party_org_id uuid not null,
  kind text not null check (kind in ('member_assembly', 'committee_meeting', 'group_meeting', 'party_lecture', 'theme_day', 'organisation_life', 'democratic_review')),
  title text not null,
  held_on date not null,
  place text,
  study_minutes int not null default 0,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_reason text,
  primary key (community_id, id),
  foreign key (community_id, party_org_id) references public.party_orgs (community_id, id),
  foreign key (community_id, recorded_by) references public.persons (community_id, id),
  constraint study_minutes_are_sane check (study_minutes between 0 and 480),
  foreign key (community_id, withdrawn_by) references public.persons (community_id, id),
  constraint meeting_is_withdrawn_with_a_reason check (num_nonnulls(withdrawn_at, withdrawn_by, withdrawn_reason) in (0, 3))
);
create index party_meetings_by_withdrawer on public.party_meetings (community_id, withdrawn_by);
comment on column public.party_meetings.withdrawn_reason is 'personal data: free text';
create index party_meetings_by_org on public.party_meetings (community_id, party_org_id, held_on);
create index party_meetings_by_recorder on public.party_meetings (community_id, recorded_by);
comment on table public.party_meetings is '三会一课, 主题党日, 组织生活会, 民主评议: what was held when. study_minutes count as study for whoever was present.';

create table public.party_attendances (
  community_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  person_id uuid not null,
  status text not null check (status in ('present', 'excused', 'absent')),
  reason text,
  vouched_by uuid,
  primary key (community_id, id),
  foreign key (community_id, meeting_id) references public.party_meetings (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, vouched_by) references public.persons (community_id, id),
  constraint a_member_is_listed_once_in_a_meeting unique (community_id, meeting_id, person_id),
  constraint nobody_vouches_for_the_own_attendance check (vouched_by <> person_id),
  constraint being_excused_has_a_reason check ((status = 'excused') = (reason is not null))
);
create index party_attendances_by_person on public.party_attendances (community_id, person_id);
create index party_attendances_by_voucher on public.party_attendances (community_id, vouched_by);
comment on table public.party_attendances is
  'Who came, who was excused (with the reason), who stayed away without one. The exempt are never held to it. Whoever writes a meeting down vouches for the others; that they came themselves counts once somebody else vouches for it.';
comment on column public.party_attendances.reason is 'personal data: free text';

create table public.party_studies (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  studied_on date not null,
  minutes int not null,
  title text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_reason text,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, recorded_by) references public.persons (community_id, id),
  constraint nobody_records_the_own_study check (recorded_by <> person_id),
  constraint studied_minutes_are_sane check (minutes between 5 and 2400),
  foreign key (community_id, withdrawn_by) references public.persons (community_id, id),
  constraint studie_is_withdrawn_with_a_reason check (num_nonnulls(withdrawn_at, withdrawn_by, withdrawn_reason) in (0, 3))
);
create index party_studies_by_withdrawer on public.party_studies (community_id, withdrawn_by);
comment on column public.party_studies.withdrawn_reason is 'personal data: free text';
create index party_studies_by_person on public.party_studies (community_id, person_id, studied_on);
create index party_studies_by_recorder on public.party_studies (community_id, recorded_by);
comment on table public.party_studies is 'Study outside meetings, in minutes (≥ 32 hours a year are asked for).';

create table public.party_dues (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  month date not null,
  paid_on date,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, recorded_by) references public.persons (community_id, id),
  constraint dues_of_a_month_are_noted_once unique (community_id, person_id, month),
  constraint dues_month_is_a_first check (extract(day from month) = 1)
);
create index party_dues_by_recorder on public.party_dues (community_id, recorded_by);
comment on table public.party_dues is 'Dues as dates, no money: on which day a month was paid; without a day it is noted as not paid. What is not noted is not late.';

create table public.party_reviews (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  year int not null,
  grade text not null check (grade in ('excellent', 'qualified', 'basically_qualified', 'unqualified')),
  decided_on date not null,
  decided_by uuid not null,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, decided_by) references public.persons (community_id, id),
  constraint one_review_a_year unique (community_id, person_id, year),
  constraint nobody_reviews_oneself check (decided_by <> person_id)
);
create index party_reviews_by_decider on public.party_reviews (community_id, decided_by);
comment on table public.party_reviews is '民主评议 of a year: 优秀 · 合格 · 基本合格 · 不合格, as the branch decided.';
comment on column public.party_reviews.grade is 'personal data: the member and the branch secretary only';

create table public.party_proofs (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  year int not null,
  points numeric(5,2) not null,
  received_on date not null,
  recorded_by uuid not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_reason text,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, recorded_by) references public.persons (community_id, id),
  constraint proof_is_within_its_block check (points between 0 and 60),
  constraint nobody_records_the_own_proof check (recorded_by <> person_id),
  foreign key (community_id, withdrawn_by) references public.persons (community_id, id),
  constraint proof_is_withdrawn_with_a_reason check (num_nonnulls(withdrawn_at, withdrawn_by, withdrawn_reason) in (0, 3))
);
create unique index one_proof_a_year on public.party_proofs (community_id, person_id, year) where withdrawn_at is null;
create index party_proofs_by_person on public.party_proofs (community_id, person_id);
create index party_proofs_by_withdrawer on public.party_proofs (community_id, withdrawn_by);
comment on column public.party_proofs.withdrawn_reason is 'personal data: free text';
create index party_proofs_by_recorder on public.party_proofs (community_id, recorded_by);
comment on table public.party_proofs is 'What the home unit of an in-service member certifies for block A; without one, block B is scaled by four.';

create table public.party_remarks (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('honour', 'emergency', 'praise', 'proposal', 'complaint', 'veto')),
  level text check (level in ('community', 'street', 'district', 'city')),
  occurred_on date not null,
  note text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, recorded_by) references public.persons (community_id, id),
  foreign key (community_id, withdrawn_by) references public.persons (community_id, id),
  constraint an_honour_has_a_level check ((kind = 'honour') = (level is not null)),
  constraint nobody_remarks_on_oneself check (recorded_by <> person_id and withdrawn_by <> person_id)
);
create index party_remarks_by_person on public.party_remarks (community_id, person_id, occurred_on);
create index party_remarks_by_recorder on public.party_remarks (community_id, recorded_by);
create index party_remarks_by_withdrawer on public.party_remarks (community_id, withdrawn_by);
comment on table public.party_remarks is 'Extra (honours, emergencies, praise, adopted proposals), valid complaints, and the veto (no award; the score is not touched).';
comment on column public.party_remarks.note is 'personal data: free text';

-- ---------------------------------------------------------------- the rules of the score

create table public.party_score_rulesets (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  code text not null,
  effective_from date not null,
  extra_max numeric(5,2) not null,
  line numeric(5,2) not null,
  pace numeric(5,2) not null,
  bands jsonb not null,
  objection_days int not null,
  scale_without_proof numeric(5,2) not null,
  published_at timestamptz not null,
  published_by uuid,
  primary key (community_id, id),
  foreign key (community_id, published_by) references public.persons (community_id, id),
  constraint party_ruleset_code_is_unique unique (community_id, code),
  constraint party_ruleset_is_named_as_one check (code ~ '^PTY-')
);
create index party_score_rulesets_by_publisher on public.party_score_rulesets (community_id, published_by);
create trigger tg_party_score_rulesets__append_only before update or delete on public.party_score_rulesets for each row execute function private.tg_append_only();
comment on table public.party_score_rulesets is
  'Versions of the party score (rules.md, PTY-2026.1); one in use never changes. The version of 1 January counts for its year. pace: what of the line comes in even steps through the year; the review comes at its end.';

create table public.party_score_rules (
  community_id uuid not null,
  id uuid not null,
  ruleset_id uuid not null,
  code text not null,
  block text not null check (block in ('A', 'B', 'C', 'extra', 'less', 'scale', 'decision')),
  sort int not null,
  unit_points numeric(6,3) not null,
  per numeric(8,2) not null default 1,
  max_points numeric(6,2),
  data jsonb not null default '{}',
  primary key (community_id, id),
  foreign key (community_id, ruleset_id) references public.party_score_rulesets (community_id, id),
  constraint party_rule_code_is_unique unique (community_id, ruleset_id, code),
  constraint party_rule_per_is_positive check (per > 0)
);
create trigger tg_party_score_rules__append_only before update or delete on public.party_score_rules for each row execute function private.tg_append_only();
comment on table public.party_score_rules is 'A line of the score: unit_points for each `per` units, up to max_points a year.';

create function private.install_party_score_2026_1(p_community_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := md5(p_community_id::text || 'PTY-2026.1')::uuid;
begin
  insert into public.party_score_rulesets (community_id, id, code, effective_from, extra_max, line, pace, bands, objection_days, scale_without_proof, published_at)
    values (p_community_id, v_id, 'PTY-2026.1', date '2025-01-01', 10, 60, 48, '{"excellent": 90, "good": 80, "qualified": 60}', 15, 4, private.now());
  insert into public.party_score_rules (community_id, id, ruleset_id, code, block, sort, unit_points, per, max_points, data)
    select p_community_id, md5(v_id::text || r.code)::uuid, v_id, r.code, r.block, r.sort::int, r.unit, r.per, r.most, r.data::jsonb
    from (values
      ('meetings', 'A', 1, 1, 1, 20, '{"member_assembly": "quarter", "group_meeting": "month", "party_lecture": "quarter"}'),
      ('theme_day', 'A', 2, 1, 1, 12, '{}'), ('study', 'A', 3, 10, 1920, 10, '{}'), ('dues', 'A', 4, 0.5, 1, 6, '{}'),
      ('life_and_review', 'A', 5, 2, 1, 4, '{}'), ('pledges', 'A', 6, 4, 1, 8, '{}'), ('home_proof', 'A', 7, 1, 1, 60, '{}'),
      ('post_duty', 'B', 10, 1.25, 1, 15, '{}'), ('visits', 'B', 11, 0.5, 1, 10, '{}'),
      ('report_in', 'B', 12, 2, 1, 2, '{}'), ('volunteering', 'B', 13, 0.5, 60, 15, '{}'), ('deeds', 'B', 14, 1, 1, 8, '{}'),
      ('scale', 'scale', 19, 1, 1, null, '{}'),
      ('review', 'C', 20, 1, 1, 15, '{"excellent": 15, "qualified": 12, "basically_qualified": 6, "unqualified": 0}'),
      ('honours', 'extra', 30, 1, 1, null, '{"community": 1, "street": 2, "district": 3, "city": 5}'),
      ('emergencies', 'extra', 31, 2, 1, null, '{}'), ('praise', 'extra', 32, 0.5, 1, 2, '{}'), ('proposals', 'extra', 33, 1, 1, 2, '{}'),
      ('absence', 'less', 40, -2, 1, null, '{}'), ('dues_late', 'less', 41, -1, 1, null, '{}'), ('duty_missed', 'less', 42, -1, 1, null, '{}'),
      ('complaint', 'less', 43, -2, 1, null, '{}'), ('decision', 'decision', 50, 1, 1, null, '{}')) as r (code, block, sort, unit, per, most, data);
end $$;
comment on function private.install_party_score_2026_1(uuid) is 'PTY-2026.1 of rules.md for a new community.';

create function private.tg_communities__install_party_score()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform private.install_party_score_2026_1(new.id);
  return null;
end $$;
create trigger tg_communities__install_party_score after insert on public.communities for each row execute function private.tg_communities__install_party_score();

create function private.party_ruleset_of(p_community_id uuid, p_year int)
returns public.party_score_rulesets language sql stable security definer set search_path = '' as $$
  select r from public.party_score_rulesets r where r.community_id = p_community_id and r.effective_from <= make_date(p_year, 1, 1)
  order by r.effective_from desc, r.published_at desc limit 1
$$;

-- ---------------------------------------------------------------- the ledger, confirmations, objections

create table public.party_quarter_scores (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  party_org_id uuid not null,
  year int not null,
  quarter int not null check (quarter between 1 and 4),
  score numeric(6,2) not null,
  is_behind boolean not null,
  confirmed_by uuid not null,
  confirmed_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, party_org_id) references public.party_orgs (community_id, id),
  foreign key (community_id, confirmed_by) references public.persons (community_id, id),
  constraint a_quarter_is_confirmed_once unique (community_id, person_id, year, quarter),
  constraint nobody_confirms_the_own_quarter check (confirmed_by <> person_id)
);
create index party_quarter_scores_by_org on public.party_quarter_scores (community_id, party_org_id, year, quarter);
create index party_quarter_scores_by_confirmer on public.party_quarter_scores (community_id, confirmed_by);
create trigger tg_party_quarter_scores__append_only before update or delete on public.party_quarter_scores for each row execute function private.tg_append_only();
comment on table public.party_quarter_scores is 'The standing of a member at a quarter''s end as the branch confirmed it; never changed, a later correction shows as one in the ledger.';
comment on column public.party_quarter_scores.score is 'personal data: the member and the branch secretary only';

create table public.party_year_scores (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  party_org_id uuid not null,
  year int not null,
  score numeric(6,2) not null,
  band text not null check (band in ('excellent', 'good', 'qualified', 'below')),
  has_veto boolean not null,
  months int not null default 12 check (months between 0 and 12),
  closed_by uuid not null,
  closed_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, party_org_id) references public.party_orgs (community_id, id),
  foreign key (community_id, closed_by) references public.persons (community_id, id),
  constraint a_year_is_closed_once unique (community_id, person_id, year),
  constraint nobody_closes_the_own_year check (closed_by <> person_id)
);
create index party_year_scores_by_org on public.party_year_scores (community_id, party_org_id, year);
create index party_year_scores_by_closer on public.party_year_scores (community_id, closed_by);
create trigger tg_party_year_scores__append_only before update or delete on public.party_year_scores for each row execute function private.tg_append_only();
comment on table public.party_year_scores is 'The year as the branch closed it, with its band and whether a veto stands (no award). months: those that counted; the line was that part of it.';
comment on column public.party_year_scores.score is 'personal data: the member and the branch secretary only';

create table public.party_objections (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  quarter_score_id uuid,
  year_score_id uuid,
  person_id uuid not null,
  confirmed_by uuid not null,
  rule_code text,
  text text not null,
  made_at timestamptz not null,
  status text not null default 'open' check (status in ('open', 'accepted', 'kept')),
  points numeric(5,2),
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, quarter_score_id) references public.party_quarter_scores (community_id, id),
  foreign key (community_id, year_score_id) references public.party_year_scores (community_id, id),
  constraint an_objection_is_about_a_quarter_or_a_year check (num_nonnulls(quarter_score_id, year_score_id) = 1),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, confirmed_by) references public.persons (community_id, id),
  foreign key (community_id, answered_by) references public.persons (community_id, id),
  constraint an_objection_is_answered_by_somebody_else check (answered_by <> person_id and answered_by <> confirmed_by),
  constraint an_answered_objection_says_who check (status = 'open' or (answered_by is not null and answered_at is not null)),
  constraint an_accepted_objection_moves_points check ((status = 'accepted') = (points is not null))
);
create unique index one_open_objection_a_quarter on public.party_objections (community_id, quarter_score_id) where status = 'open';
create unique index one_open_objection_a_year on public.party_objections (community_id, year_score_id) where status = 'open';
create index party_objections_by_year on public.party_objections (community_id, year_score_id);
create index party_objections_by_quarter on public.party_objections (community_id, quarter_score_id);
create index party_objections_by_person on public.party_objections (community_id, person_id);
create index party_objections_by_confirmer on public.party_objections (community_id, confirmed_by);
create index party_objections_by_answerer on public.party_objections (community_id, answered_by);
comment on table public.party_objections is 'A member says otherwise about a confirmed quarter or a closed year; somebody who did not confirm it answers.';
comment on column public.party_objections.text is 'personal data: free text';
comment on column public.party_objections.answer is 'personal data: free text';

create view private.score_objections with (security_invoker = true) as
  select b.*, coalesce(q.year, y.year) as year, q.quarter, coalesce(q.score, y.score) as score, coalesce(q.party_org_id, y.party_org_id) as party_org_id
  from public.party_objections b
  left join public.party_quarter_scores q on q.community_id = b.community_id and q.id = b.quarter_score_id
  left join public.party_year_scores y on y.community_id = b.community_id and y.id = b.year_score_id;
comment on view private.score_objections is 'Objections with the quarter or year they are about, and the branch that confirmed it.';

create table public.party_score_entries (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  ruleset_code text not null,
  rule_code text not null,
  month date not null,
  revision int not null,
  points numeric(6,2) not null,
  inputs jsonb not null,
  is_correction boolean not null,
  posted_at timestamptz not null,
  posted_by uuid not null,
  reverses_id uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, ruleset_code) references public.party_score_rulesets (community_id, code),
  foreign key (community_id, posted_by) references public.persons (community_id, id),
  foreign key (community_id, reverses_id) references public.party_score_entries (community_id, id),
  constraint entry_month_is_a_first check (extract(day from month) = 1)
);
create unique index a_party_line_is_posted_once_a_revision on public.party_score_entries (community_id, person_id, month, rule_code, revision) where reverses_id is null;
create unique index a_party_entry_is_reversed_once on public.party_score_entries (community_id, reverses_id) where reverses_id is not null;
create index party_score_entries_by_person on public.party_score_entries (community_id, person_id, month);
create index party_score_entries_by_ruleset on public.party_score_entries (community_id, ruleset_code);
create index party_score_entries_by_poster on public.party_score_entries (community_id, posted_by);
create trigger tg_party_score_entries__append_only before update or delete on public.party_score_entries for each row execute function private.tg_append_only();
comment on table public.party_score_entries is
  'The ledger of the party score, append-only, apart from every spendable account (invariant 6). A line that changes is reversed and posted anew; after its quarter was confirmed it is a correction.';
comment on column public.party_score_entries.points is 'personal data: the member and the branch secretary only';

-- Invariant 6, in the database: nothing of the party can be the source, the rule or the rule set of a spendable point.
alter table public.point_rulesets add constraint party_rule_sets_bring_no_points check (code !~* '^PTY') not valid;
alter table public.point_rulesets validate constraint party_rule_sets_bring_no_points;
alter table public.point_entries add constraint party_sources_bring_no_points check (source_kind !~* '(party|duty|pledge|checkin)' and rule_code !~* '^PTY') not valid;
alter table public.point_entries validate constraint party_sources_bring_no_points;

create function private.tg_point_entries__nothing_of_the_party()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select 1 from public.party_score_entries x where x.community_id = new.community_id and x.id in (new.source_id, new.id))
     or exists (select 1 from public.party_quarter_scores x where x.community_id = new.community_id and x.id = new.source_id)
     or exists (select 1 from public.party_year_scores x where x.community_id = new.community_id and x.id = new.source_id)
     or exists (select 1 from public.party_meetings x where x.community_id = new.community_id and x.id = new.source_id)
     or exists (select 1 from public.party_remarks x where x.community_id = new.community_id and x.id = new.source_id)
     or exists (select 1 from public.party_studies x where x.community_id = new.community_id and x.id = new.source_id)
     or exists (select 1 from public.party_objections x where x.community_id = new.community_id and x.id = new.source_id)
     or exists (select 1 from public.party_attendances x where x.community_id = new.community_id and x.id = new.source_id)
     or exists (select 1 from public.party_dues x where x.community_id = new.community_id and x.id = new.source_id)
     or exists (select 1 from public.party_reviews x where x.community_id = new.community_id and x.id = new.source_id)
     or exists (select 1 from public.party_proofs x where x.community_id = new.community_id and x.id = new.source_id)
     or exists (select 1 from public.party_posts x where x.community_id = new.community_id and x.id = new.source_id)
     or exists (select 1 from public.party_memberships x where x.community_id = new.community_id and x.id = new.source_id)
     or exists (select 1 from public.party_exemptions x where x.community_id = new.community_id and x.id = new.source_id)
     or exists (select 1 from public.pledges x where x.community_id = new.community_id and x.id = new.source_id)
     or exists (select 1 from public.community_checkins x where x.community_id = new.community_id and x.id = new.source_id)
     or exists (select 1 from public.duty_logs x where x.community_id = new.community_id and x.id = new.source_id) then
    perform private.fail(409, 'party_points_are_not_spendable');
  end if;
  return new;
end $$;
comment on function private.tg_point_entries__nothing_of_the_party() is 'Party points never reach a spendable account, whatever name the source is given (invariant 6).';
create trigger tg_point_entries__nothing_of_the_party before insert on public.point_entries
  for each row execute function private.tg_point_entries__nothing_of_the_party();

create function private.tg_persons__erase_party_texts()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.party_attendances set reason = '*' where community_id = new.community_id and person_id = new.id and reason is not null;
  update public.party_studies set withdrawn_reason = '*' where community_id = new.community_id and person_id = new.id and withdrawn_at is not null;
  update public.party_proofs set withdrawn_reason = '*' where community_id = new.community_id and person_id = new.id and withdrawn_at is not null;
  update public.party_remarks set note = '*' where community_id = new.community_id and person_id = new.id;
  update public.party_objections set text = '*', answer = case when answer is not null then '*' end where community_id = new.community_id and person_id = new.id;
  return null;
end $$;
comment on function private.tg_persons__erase_party_texts() is 'Free texts about an erased person go; the sums of the branch stay.';
create trigger tg_persons__erase_party_texts after update of status on public.persons
  for each row when (new.status = 'erased' and old.status <> 'erased') execute function private.tg_persons__erase_party_texts();

-- ---------------------------------------------------------------- the score, from the facts

create function private.party_months(p_community_id uuid, p_year int, p_persons uuid[])
returns table (person_id uuid, month int, days int, exempt_days int, counts boolean, is_member_at_end boolean, is_exempt_at_end boolean)
language plpgsql stable security definer rows 500 set search_path = '' as $$
begin
  return query
    with mine as (
      select m.person_id, range_agg(daterange(m.valid_from, m.valid_to, '[]')) as days from public.party_memberships m
      where m.community_id = p_community_id and m.person_id = any(p_persons) group by m.person_id),
    free as (
      select e.person_id, range_agg(daterange(e.valid_from, e.valid_to, '[]')) as days from public.party_exemptions e
      where e.community_id = p_community_id and e.person_id = any(p_persons) group by e.person_id),
    months as (
      select n as month, daterange(make_date(p_year, n, 1), (make_date(p_year, n, 1) + interval '1 month')::date) as span from generate_series(1, 12) n),
    cut as (
      select x.person_id, o.month, o.span, x.days as mine, coalesce(f.days, '{}') as free,
        x.days * datemultirange(o.span) as member_days, x.days * coalesce(f.days, '{}') * datemultirange(o.span) as exempt_days
      from mine x cross join months o left join free f on f.person_id = x.person_id)
    select c.person_id, c.month, (select coalesce(sum(upper(r) - lower(r)), 0)::int from unnest(c.member_days) r),
      (select coalesce(sum(upper(r) - lower(r)), 0)::int from unnest(c.exempt_days) r),
      c.span <@ c.mine and not c.span && c.free, (upper(c.span) - 1) <@ c.mine, (upper(c.span) - 1) <@ c.free
    from cut c;
end $$;
comment on function private.party_months(uuid, int, uuid[]) is
  'The months of a year for some members: how many days they were members, and exempt; it counts for pace and line where they were members through all of it and exempt on no day.';

create function private.party_quarters(p_community_id uuid, p_year int, p_persons uuid[])
returns table (person_id uuid, quarter int, is_due boolean, is_exempt boolean, months int) language plpgsql stable security definer rows 200 set search_path = '' as $$
begin
  return query
    select x.person_id, q.quarter, x.at_end[q.quarter * 3] and not (x.exempt_at_end[q.quarter * 3] or e.is_mostly_exempt),
      x.at_end[q.quarter * 3] and (x.exempt_at_end[q.quarter * 3] or e.is_mostly_exempt), (select count(*)::int from unnest(x.counts[1:q.quarter * 3]) c where c)
    from (select m.person_id, array_agg(m.days order by m.month) as days, array_agg(m.exempt_days order by m.month) as exempt_days, array_agg(m.counts order by m.month) as counts,
        array_agg(m.is_member_at_end order by m.month) as at_end, array_agg(m.is_exempt_at_end order by m.month) as exempt_at_end
      from private.party_months(p_community_id, p_year, p_persons) m group by m.person_id) x
    cross join generate_series(1, 4) as q (quarter)
    cross join lateral (select sum(x.exempt_days[n]) * 2 > sum(x.days[n]) as is_mostly_exempt from generate_series(q.quarter * 3 - 2, q.quarter * 3) n) e;
end $$;
comment on function private.party_quarters(uuid, int, uuid[]) is
  'The quarters of a year: due for whoever is a member on its last day; settled as 免考 when exempt on that day or for more than half of it. months: how many count to its end.';

create function private.party_members_until(p_community_id uuid, p_org_id uuid, p_day date)
returns setof uuid language plpgsql stable security definer rows 50 set search_path = '' as $$
begin
  return query
    with below as materialized (select private.party_org_and_below(p_community_id, p_org_id) as id),
    latest as (
      select distinct on (m.person_id) m.* from public.party_memberships m where m.community_id = p_community_id and m.valid_from <= private.today()
      order by m.person_id, m.valid_from desc)
    select l.person_id from latest l
    where (l.party_org_id in (select b.id from below b) or l.group_id in (select b.id from below b))
      and (l.valid_to is null or l.valid_to >= private.today() or (l.valid_to >= p_day and l.end_reason not in ('deceased', 'corrected')));
end $$;
comment on function private.party_members_until(uuid, uuid, date) is
  'Who belongs to an organisation of the party tree (or one below it) today, and who left it since a day: what was earned until then is still confirmed and closed there.';

create type private.party_subject as (person_id uuid, kind text, is_exempt boolean, org_id uuid, has_proof boolean, is_floating boolean, is_out boolean, months int);

create function private.party_subjects(p_community_id uuid, p_year int, p_persons uuid[])
returns setof private.party_subject language sql stable security definer rows 50 set search_path = '' as $$
  with year as materialized (
    select y.person_id, sum(y.days) as days, sum(y.exempt_days) as exempt_days, (count(*) filter (where y.counts))::int as months
    from private.party_months(p_community_id, p_year, p_persons) y group by y.person_id)
  select distinct on (m.person_id) m.person_id, case when m.kind = 'managed' then 'managed' else 'in_service' end, y.exempt_days * 2 > y.days, m.party_org_id,
    exists (select 1 from public.party_proofs f where f.community_id = p_community_id and f.person_id = m.person_id and f.year = p_year and f.withdrawn_at is null),
    m.kind = 'floating', y.exempt_days >= y.days, y.months
  from public.party_memberships m join year y on y.person_id = m.person_id
  where m.community_id = p_community_id and m.person_id = any(p_persons)
    and m.valid_from <= least(private.today(), make_date(p_year, 12, 31)) and (m.valid_to is null or m.valid_to >= make_date(p_year, 1, 1))
  order by m.person_id, m.valid_from desc
$$;
comment on function private.party_subjects(uuid, int, uuid[]) is
  'Each member as the year judges them: by the last membership in it; 免考 when exempt on more than half of its days (is_out: on all, nothing is counted); months: whole ones as a member and not exempt, the share of pace and line. 流动党员 are judged as those in service, without the report-in.';

create function private.wishes_realised(p_community_id uuid, p_persons uuid[], p_from date, p_to date)
returns table (person_id uuid, claim_id uuid, day date) language plpgsql stable security definer rows 10 set search_path = '' as $$
begin
  -- Not SQL: the wishes come in a later migration, and a body of SQL must find its tables at once.
  return query
    select c.donor_person_id, c.id, private.day_of(c.realized_at) from public.wish_claims c
    where c.community_id = p_community_id and c.donor_person_id = any(p_persons) and c.status = 'realized' and private.day_of(c.realized_at) between p_from and p_to;
end $$;
comment on function private.wishes_realised(uuid, uuid[], date, date) is 'The wishes that some people made come true in a time, by the day the receiver (or the staff) confirmed.';

create function private.party_facts(p_community_id uuid, p_year int, p_persons uuid[])
returns table (person_id uuid, rule_code text, month int, units numeric, source_kind text, source_id uuid, source_day date)
language sql stable security definer rows 2000 set search_path = '' as $$
  with who as materialized (select s.* from private.party_subjects(p_community_id, p_year, p_persons) s where not s.is_out),
  span as materialized (select make_date(p_year, 1, 1) as from_day, least(make_date(p_year, 12, 31), private.today()) as to_day,
    -- a month is over when its last day has passed
    case when p_year < extract(year from private.today()) then 12 when p_year > extract(year from private.today()) then 0
      else extract(month from private.today())::int - 1 end as months_over,
    (private.party_ruleset_of(p_community_id, p_year)).id as ruleset_id),
  came as materialized (
    select a.person_id, w.kind as member_kind, a.status, m.id, m.kind, m.held_on, m.study_minutes, extract(month from m.held_on)::int as month
    from who w join public.party_attendances a on a.community_id = p_community_id and a.person_id = w.person_id
    join public.party_meetings m on m.community_id = p_community_id and m.id = a.meeting_id
    cross join span s where m.held_on between s.from_day and s.to_day and m.withdrawn_at is null and (a.status <> 'present' or a.vouched_by is not null)),
  done as materialized (
    select l.person_id, w.kind as member_kind, l.kind, l.month, l.status, l.id, private.day_of(l.happened_at) as day
    from who w join public.duty_logs l on l.community_id = p_community_id and l.person_id = w.person_id cross join span s
    where l.month between s.from_day and s.to_day and l.status <> 'returned'),
  counted as (
    select d.person_id, d.month, d.kind, count(*) filter (where d.status <> 'submitted') as sure, count(*) as possible from done d group by 1, 2, 3),
  owed as materialized (
    select o.person_id, o.month, bool_and(coalesce(n.sure, 0) >= o.times) as is_done, bool_and(coalesce(n.possible, 0) >= o.times) as may_be_done
    from span s cross join lateral private.duties_owed(p_community_id, s.from_day, s.to_day, p_persons, true) o
    left join counted n on n.person_id = o.person_id and n.month = o.month and n.kind = o.kind
    where o.person_id in (select w.person_id from who w) group by o.person_id, o.month)
  -- A, for the managed
  select x.person_id, 'meetings', x.month, 1::numeric, 'party_meeting', x.id, x.held_on from (
    select distinct on (c.person_id, c.kind, case when c.kind = 'group_meeting' then c.month else (c.month + 2) / 3 end) c.*
    from came c where c.member_kind = 'managed' and c.status = 'present' and c.kind in ('member_assembly', 'group_meeting', 'party_lecture')
    order by c.person_id, c.kind, case when c.kind = 'group_meeting' then c.month else (c.month + 2) / 3 end, c.held_on, c.id) x
  union all
  select x.person_id, 'theme_day', x.month, 1, 'party_meeting', x.id, x.held_on from (
    select distinct on (c.person_id, c.month) c.* from came c where c.member_kind = 'managed' and c.status = 'present' and c.kind = 'theme_day'
    order by c.person_id, c.month, c.held_on, c.id) x
  union all
  select x.person_id, 'life_and_review', x.month, 1, 'party_meeting', x.id, x.held_on from (
    select distinct on (c.person_id, c.kind) c.* from came c where c.member_kind = 'managed' and c.status = 'present' and c.kind in ('organisation_life', 'democratic_review')
    order by c.person_id, c.kind, c.held_on, c.id) x
  union all
  select c.person_id, 'study', c.month, c.study_minutes, 'party_meeting', c.id, c.held_on from came c
    where c.member_kind = 'managed' and c.status = 'present' and c.study_minutes > 0
  union all
  select t.person_id, 'study', extract(month from t.studied_on)::int, t.minutes, 'party_study', t.id, t.studied_on
    from who w join public.party_studies t on t.community_id = p_community_id and t.person_id = w.person_id cross join span s
    where w.kind = 'managed' and t.studied_on between s.from_day and s.to_day and t.withdrawn_at is null
  union all
  select d.person_id, 'dues', extract(month from d.month)::int, 1, 'party_dues', d.id, d.paid_on
    from who w join public.party_dues d on d.community_id = p_community_id and d.person_id = w.person_id cross join span s
    where w.kind = 'managed' and d.month between s.from_day and s.to_day and d.paid_on < (d.month + interval '1 month')::date
  union all
  select g.person_id, 'pledges', extract(month from g.day)::int, 1, 'pledge', g.id, g.day from (
    select g.person_id, g.id, least(g.due_on, private.day_of(g.settled_at)) as day
    from who w join public.pledges g on g.community_id = p_community_id and g.person_id = w.person_id and g.status = 'kept' where w.kind = 'managed') g
    cross join span s where g.day between s.from_day and s.to_day
  -- B, for the managed
  union all
  select o.person_id, 'post_duty', extract(month from o.month)::int, 1, 'duty_month', null, o.month from owed o join who w on w.person_id = o.person_id
    where w.kind = 'managed' and o.is_done
  union all
  select d.person_id, 'visits', extract(month from d.month)::int, 1, 'duty_log', d.id, d.day from done d
    where d.member_kind = 'managed' and d.status <> 'submitted' and d.kind in ('visit', 'deliberation')
  -- B, for those in service
  union all
  select x.person_id, 'report_in', extract(month from x.day)::int, 1, 'checkin', x.id, x.day from (
    select distinct on (c.person_id) c.person_id, c.id, greatest(private.day_of(c.decided_at), s.from_day) as day
    from who w join public.community_checkins c on c.community_id = p_community_id and c.person_id = w.person_id and c.status = 'confirmed' cross join span s
    where w.kind = 'in_service' and not w.is_floating and private.day_of(c.decided_at) <= s.to_day and (c.ended_on is null or c.ended_on >= s.from_day)
    order by c.person_id, c.decided_at, c.id) x
  union all
  select r.person_id, 'volunteering', extract(month from r.service_date)::int, r.minutes, 'service_record', r.id, r.service_date
    from who w join public.service_records r on r.community_id = p_community_id and r.person_id = w.person_id cross join span s
    where w.kind = 'in_service' and r.service_date between s.from_day and s.to_day
  union all
  select d.person_id, 'deeds', extract(month from d.month)::int, 1, 'duty_log', d.id, d.day from done d
    where d.member_kind = 'in_service' and d.status <> 'submitted'
  union all
  select x.person_id, 'deeds', extract(month from x.day)::int, 1, 'wish_claim', x.claim_id, x.day
    from span s cross join lateral private.wishes_realised(p_community_id, array(select w.person_id from who w where w.kind = 'in_service'), s.from_day, s.to_day) x
  union all
  select f.person_id, 'home_proof', case when extract(year from f.received_on) = p_year then extract(month from f.received_on)::int else 12 end, f.points, 'party_proof', f.id, f.received_on
    from who w join public.party_proofs f on f.community_id = p_community_id and f.person_id = w.person_id and f.year = p_year and f.withdrawn_at is null where w.kind = 'in_service'
  -- C
  union all
  select v.person_id, 'review', case when extract(year from v.decided_on) = p_year then extract(month from v.decided_on)::int else 12 end,
      (q.data ->> v.grade)::numeric, 'party_review', v.id, v.decided_on
    from who w join public.party_reviews v on v.community_id = p_community_id and v.person_id = w.person_id and v.year = p_year cross join span s
    join public.party_score_rules q on q.community_id = p_community_id and q.ruleset_id = s.ruleset_id and q.code = 'review'
    where w.kind = 'managed' or w.has_proof
  -- extra and complaints
  union all
  select k.person_id, case k.kind when 'honour' then 'honours' when 'emergency' then 'emergencies' when 'proposal' then 'proposals' else k.kind end,
      extract(month from k.occurred_on)::int, case when k.kind = 'honour' then (q.data ->> k.level)::numeric else 1 end, 'party_remark', k.id, k.occurred_on
    from who w join public.party_remarks k on k.community_id = p_community_id and k.person_id = w.person_id cross join span s
    join public.party_score_rules q on q.community_id = p_community_id and q.ruleset_id = s.ruleset_id and q.code = 'honours'
    where k.kind <> 'veto' and k.withdrawn_at is null and k.occurred_on between s.from_day and s.to_day
  -- less
  union all
  select c.person_id, 'absence', c.month, 1, 'party_meeting', c.id, c.held_on from came c where c.status = 'absent'
    and not exists (select 1 from public.party_exemptions e where e.community_id = p_community_id and e.person_id = c.person_id
      and c.held_on between e.valid_from and coalesce(e.valid_to, 'infinity'))
  union all
  select d.person_id, 'dues_late', extract(month from d.month)::int, 1, 'party_dues', d.id, d.paid_on
    from who w join public.party_dues d on d.community_id = p_community_id and d.person_id = w.person_id cross join span s
    where w.kind = 'managed' and d.month >= s.from_day and extract(year from d.month) = p_year and extract(month from d.month)::int <= s.months_over
      and (d.paid_on is null or d.paid_on >= (d.month + interval '1 month')::date)
      and not exists (select 1 from public.party_exemptions e where e.community_id = p_community_id and e.person_id = d.person_id
        and e.valid_from < (d.month + interval '1 month')::date and coalesce(e.valid_to, 'infinity') >= d.month)
  union all
  select o.person_id, 'duty_missed', extract(month from o.month)::int, 1, 'duty_month', null, o.month from owed o cross join span s
    where not o.may_be_done and extract(month from o.month)::int <= s.months_over
      and not exists (select 1 from public.party_exemptions x where x.community_id = p_community_id and x.person_id = o.person_id
        and x.valid_from < (o.month + interval '1 month')::date and (x.valid_to is null or x.valid_to >= o.month))
  -- what an objection moved
  union all
  select b.person_id, 'decision', coalesce(b.quarter, 4) * 3, b.points, 'party_objection', b.id, private.day_of(b.answered_at)
    from who w join private.score_objections b on b.community_id = p_community_id and b.person_id = w.person_id and b.status = 'accepted' and b.year = p_year
$$;
comment on function private.party_facts(uuid, int, uuid[]) is
  'Everything a year''s score sees, as units of its rules. Logs count once verified; one that waits keeps a month from being missed; dues nobody noted are not late; what was not done while exempt costs nothing.';

create function private.party_score_values(p_community_id uuid, p_year int, p_persons uuid[])
returns table (person_id uuid, rule_code text, block text, sort int, month int, units numeric, units_year numeric, points numeric, sources jsonb)
language sql stable security definer rows 2000 set search_path = '' as $$
  with ruleset as materialized (select (private.party_ruleset_of(p_community_id, p_year)).*),
  rules as materialized (select r.* from public.party_score_rules r join ruleset s on r.community_id = s.community_id and r.ruleset_id = s.id),
  facts as materialized (
    select f.person_id, f.rule_code, f.month, sum(f.units) as units,
      jsonb_agg(jsonb_build_object('kind', f.source_kind, 'id', f.source_id, 'day', f.source_day, 'units', f.units) order by f.source_day, f.source_id) as sources
    from private.party_facts(p_community_id, p_year, p_persons) f group by 1, 2, 3),
  grid as (
    select l.person_id, l.rule_code, m as month from (select distinct f.person_id, f.rule_code from facts f) l cross join generate_series(1, 12) m),
  sums as (
    select g.person_id, g.rule_code, r.block, r.sort, g.month, coalesce(f.units, 0) as units,
      sum(coalesce(f.units, 0)) over w as units_year,
      round(least(r.max_points, r.unit_points * sum(coalesce(f.units, 0)) over w / r.per), 2) as v
    from grid g join rules r on r.code = g.rule_code
    left join facts f on f.person_id = g.person_id and f.rule_code = g.rule_code and f.month = g.month
    window w as (partition by g.person_id, g.rule_code order by g.month)),
  capped as (
    select s.person_id, s.rule_code, s.block, s.sort, s.month, s.units, s.units_year,
      case when s.block = 'extra' then least((select e.extra_max from ruleset e), sum(s.v) over b)
        - least((select e.extra_max from ruleset e), sum(s.v) over b - s.v) else s.v end as v
    from sums s window b as (partition by s.person_id, s.block, s.month order by s.sort rows unbounded preceding)),
  scaled as (
    select c.* from capped c
    union all
    select c.person_id, 'scale', 'scale', r.sort, c.month, sum(c.v) - coalesce(lag(sum(c.v)) over (partition by c.person_id order by c.month), 0), sum(c.v),
      round(sum(c.v) * ((select e.scale_without_proof from ruleset e) * n.whole - n.own) / n.own, 2)
    from capped c join rules r on r.code = 'scale'
    join private.party_subjects(p_community_id, p_year, p_persons) s on s.person_id = c.person_id and s.kind = 'in_service' and not s.has_proof
    -- Whoever cannot report in reaches the same with the rest of the block.
    cross join lateral (select sum(b.max_points) as whole, sum(b.max_points) filter (where b.code <> 'report_in' or not s.is_floating) as own
      from rules b where b.code in ('report_in', 'volunteering', 'deeds')) n
    where c.block = 'B' group by c.person_id, r.sort, c.month, n.whole, n.own),
  steps as (
    select s.*, s.v - lag(s.v, 1, 0::numeric) over (partition by s.person_id, s.rule_code order by s.month) as step from scaled s)
  select s.person_id, s.rule_code, s.block, s.sort, s.month, s.units, s.units_year, s.step, coalesce(f.sources, '[]')
  from steps s left join facts f on f.person_id = s.person_id and f.rule_code = s.rule_code and f.month = s.month
  where s.step <> 0 or s.units <> 0
$$;
comment on function private.party_score_values(uuid, int, uuid[]) is
  'The lines of a year, judged now: each rule''s sum to the month (capped), less its sum to the month before. Nothing is stored; the ledger is brought to it by posting.';

create function private.party_total(p_all numeric, p_extra numeric)
returns numeric language sql immutable set search_path = '' as $$
  select greatest(0, least(100, coalesce(p_all, 0) - coalesce(p_extra, 0)) + coalesce(p_extra, 0))
$$;
comment on function private.party_total(numeric, numeric) is '0–100, and the extra on top of it.';

create function private.party_band(p_ruleset public.party_score_rulesets, p_score numeric, p_months int)
returns text language sql immutable set search_path = '' as $$
  select case when p_score >= (p_ruleset.bands ->> 'excellent')::numeric then 'excellent' when p_score >= (p_ruleset.bands ->> 'good')::numeric then 'good'
    when p_score >= round((p_ruleset.bands ->> 'qualified')::numeric * p_months / 12, 2) then 'qualified' else 'below' end
$$;
comment on function private.party_band(public.party_score_rulesets, numeric, int) is 'The band of a year; the line is that of the months that count.';

create function private.post_party_scores(p_community_id uuid, p_year int, p_persons uuid[], p_by uuid)
returns int language plpgsql volatile security definer set search_path = '' as $$
declare
  v_set public.party_score_rulesets := private.party_ruleset_of(p_community_id, p_year);
  v_written int;
begin
  -- One posting at a time in a community: two would both find a line missing.
  perform pg_advisory_xact_lock(hashtextextended(p_community_id::text, 26));
  with wanted as materialized (
    select x.*, r.unit_points, r.per, r.max_points from private.party_score_values(p_community_id, p_year, p_persons) x
    join public.party_score_rules r on r.community_id = p_community_id and r.ruleset_id = v_set.id and r.code = x.rule_code),
  standing as materialized (
    select e.* from public.party_score_entries e where e.community_id = p_community_id and e.person_id = any(p_persons)
      and e.month between make_date(p_year, 1, 1) and make_date(p_year, 12, 1) and e.reverses_id is null
      and not exists (select 1 from public.party_score_entries v where v.community_id = e.community_id and v.reverses_id = e.id)),
  closed as materialized (
    select q.person_id, q.quarter from public.party_quarter_scores q where q.community_id = p_community_id and q.year = p_year and q.person_id = any(p_persons)),
  taken_back as (
    insert into public.party_score_entries (community_id, id, person_id, ruleset_code, rule_code, month, revision, points, inputs, is_correction, posted_at, posted_by, reverses_id)
    select p_community_id, private.new_id(), s.person_id, s.ruleset_code, s.rule_code, s.month, s.revision, -s.points, '{"reversal": true}',
      exists (select 1 from closed c where c.person_id = s.person_id and c.quarter = extract(quarter from s.month)), private.now(), p_by, s.id
    from standing s left join wanted w on w.person_id = s.person_id and w.rule_code = s.rule_code and w.month = extract(month from s.month)
    where w.points is distinct from s.points
    order by s.person_id, s.month, s.rule_code
    returning 1),
  posted as (
    insert into public.party_score_entries (community_id, id, person_id, ruleset_code, rule_code, month, revision, points, inputs, is_correction, posted_at, posted_by)
    select p_community_id, private.new_id(), w.person_id, v_set.code, w.rule_code, make_date(p_year, w.month, 1),
      coalesce((select max(e.revision) from public.party_score_entries e where e.community_id = p_community_id and e.person_id = w.person_id
        and e.rule_code = w.rule_code and e.month = make_date(p_year, w.month, 1)), 0) + 1,
      w.points, jsonb_build_object('units', w.units, 'units_year', w.units_year, 'unit_points', w.unit_points, 'per', w.per, 'max', w.max_points, 'sources', w.sources),
      exists (select 1 from closed c where c.person_id = w.person_id and c.quarter = (w.month + 2) / 3), private.now(), p_by
    from wanted w left join standing s on s.person_id = w.person_id and s.rule_code = w.rule_code and extract(month from s.month) = w.month
    where s.points is distinct from w.points
    order by w.person_id, w.month, w.rule_code
    returning 1)
  select (select count(*) from taken_back) + (select count(*) from posted) into v_written;
  return v_written;
end $$;
comment on function private.post_party_scores(uuid, int, uuid[], uuid) is
  'Brings the ledger to what the facts say now: lines that changed are reversed and posted anew, as corrections where their quarter is confirmed. Returns how many entries were written.';

create function private.party_org_for_score(p_ctx private.command_context, p_org_id uuid)
returns void language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_module(p_ctx.community_id, 'party_points');
  if p_org_id is null or not private.holds_in_party_org(p_ctx.community_id, p_ctx.person_id, p_org_id, array['branch_secretary'])
     or not private.scope_exists(p_ctx.community_id, 'party_org', p_org_id) then
    perform private.fail(404, 'party_org_unknown');
  end if;
end $$;
comment on function private.party_org_for_score(private.command_context, uuid) is 'The module is on and the caller is secretary there or above. Errors: module_off, party_org_unknown.';

-- ---------------------------------------------------------------- commands: party life

create function private.require_leads_members(p_ctx private.command_context, p_persons uuid[], p_with_groups boolean)
returns void language plpgsql stable security definer set search_path = '' as $$
declare
  v_person uuid;
begin
  perform private.require_module(p_ctx.community_id, 'party_posts');
  if p_persons is null or cardinality(p_persons) not between 1 and 1000 then perform private.fail(400, 'field_invalid', '{"field":"people"}'); end if;
  select x into v_person from unnest(p_persons) x
    where x is null or (p_ctx.community_id, x) not in (select k.community_id, k.person_id from private.my_party_member_keys(case when p_with_groups then array['branch_secretary', 'deputy_branch_secretary', 'party_group_leader'] else array['branch_secretary'] end) k) limit 1;
  if found then perform private.fail(404, 'person_unknown'); end if;
end $$;
comment on function private.require_leads_members(private.command_context, uuid[], boolean) is 'The caller leads the branch (or group) of everybody named. Errors: module_off, field_invalid, person_unknown.';

create function private.may_vouch(p_community_id uuid, p_person_id uuid, p_org_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select private.holds_in_party_org(p_community_id, p_person_id, p_org_id, array['branch_secretary', 'deputy_branch_secretary', 'party_group_leader'])
$$;
comment on function private.may_vouch(uuid, uuid, uuid) is 'Who leads an organisation or one above it says who was at its meetings, never of oneself.';

create function private.tell_who_may_vouch(p_community_id uuid, p_meeting_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_who uuid;
begin
  -- What nobody has to look at any more is read.
  update public.notifications n set read_at = greatest(n.created_at, private.now())
    where n.community_id = p_community_id and n.kind = 'attendance_waits' and n.read_at is null
      and n.person_id in (select g.person_id from public.role_grants g where g.community_id = p_community_id and g.role in ('branch_secretary', 'deputy_branch_secretary', 'party_group_leader'))
      and not exists (select 1 from public.party_attendances a join public.party_meetings m on m.community_id = a.community_id and m.id = a.meeting_id
        where a.community_id = p_community_id and a.status = 'present' and a.vouched_by is null and m.withdrawn_at is null and a.person_id <> n.person_id
          and private.may_vouch(p_community_id, n.person_id, m.party_org_id));
  for v_who in
    select distinct g.person_id from public.party_attendances a
    join public.party_meetings m on m.community_id = a.community_id and m.id = a.meeting_id
    join public.role_grants g on g.community_id = a.community_id and g.role in ('branch_secretary', 'deputy_branch_secretary', 'party_group_leader') and g.person_id <> a.person_id
    where a.community_id = p_community_id and a.meeting_id = p_meeting_id and a.status = 'present' and a.vouched_by is null and m.withdrawn_at is null
      and private.may_vouch(p_community_id, g.person_id, m.party_org_id)
  loop
    perform private.notify_of_waiting(p_community_id, v_who, 'attendance_waits', '/lead/meetings');
  end loop;
end $$;
comment on function private.tell_who_may_vouch(uuid, uuid) is
  'Whoever may vouch for the recorder of a meeting hears of it: one notice, however many meetings wait, until it is read or nothing waits.';

create function public.record_party_meeting(p_community_id uuid, p_id uuid, p_meeting_id uuid, p_data jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'record_party_meeting', jsonb_build_object('meeting', p_meeting_id, 'data', p_data));
  v_org uuid;
  v_kind text := p_data ->> 'kind';
  v_day date;
  v_study int;
  v_row jsonb;
  v_person uuid;
  v_members uuid[];
  v_vouched_by uuid;
  v_is_moved boolean;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'party_posts');
  if p_meeting_id is null then perform private.fail(400, 'field_required', '{"field":"meeting"}'); end if;
  begin
    v_org := (p_data ->> 'party_org_id')::uuid;
    v_day := (p_data ->> 'held_on')::date;
    v_study := coalesce((p_data ->> 'study_minutes')::int, 0);
  exception when data_exception then
    perform private.fail(400, 'field_invalid', '{"field":"held_on"}');
  end;
  if v_org is null or not private.scope_exists(p_community_id, 'party_org', v_org) or not private.holds_in_party_org(p_community_id, v_ctx.person_id, v_org, array['branch_secretary', 'deputy_branch_secretary', 'party_group_leader']) then
    perform private.fail(404, 'party_org_unknown');
  end if;
  if exists (select 1 from public.party_meetings m where m.community_id = p_community_id and m.id = p_meeting_id
      and (m.withdrawn_at is not null or not private.may_vouch(p_community_id, v_ctx.person_id, m.party_org_id))) then
    perform private.fail(404, 'meeting_unknown');
  end if;
  if v_kind is null or v_kind not in ('member_assembly', 'committee_meeting', 'group_meeting', 'party_lecture', 'theme_day', 'organisation_life', 'democratic_review') then
    perform private.fail(400, 'code_unknown', jsonb_build_object('kind', 'party_meeting', 'code', left(coalesce(v_kind, ''), 40)));
  end if;
  if v_day is null then perform private.fail(400, 'field_required', '{"field":"held_on"}'); end if;
  if v_day > private.today() then perform private.fail(422, 'meeting_in_future'); end if;
  if v_day < private.today() - 730 or v_study not between 0 and 480 then perform private.fail(400, 'field_invalid', jsonb_build_object('field', case when v_study not between 0 and 480 then 'study_minutes' else 'held_on' end)); end if;
  if coalesce(jsonb_typeof(p_data -> 'attendance'), '') <> 'array' or jsonb_array_length(p_data -> 'attendance') not between 1 and 1000 then
    perform private.fail(400, 'field_required', '{"field":"attendance"}');
  end if;
  -- Whoever belonged there on the day.
  v_members := array(select m.person_id from public.party_memberships m where m.community_id = p_community_id
    and (m.party_org_id in (select private.party_org_and_below(p_community_id, v_org)) or m.group_id in (select private.party_org_and_below(p_community_id, v_org)))
    and m.valid_from <= v_day and (m.valid_to is null or m.valid_to >= v_day));
  -- What somebody else vouched for stays so while the meeting stays what it was.
  select a.vouched_by into v_vouched_by from public.party_attendances a join public.party_meetings m on m.community_id = a.community_id and m.id = a.meeting_id
    where a.community_id = p_community_id and a.meeting_id = p_meeting_id and a.person_id = v_ctx.person_id and a.status = 'present'
      and (m.party_org_id, m.kind, m.held_on, m.study_minutes) = (v_org, v_kind, v_day, v_study);
  v_is_moved := exists (select 1 from public.party_meetings m where m.community_id = p_community_id and m.id = p_meeting_id and m.party_org_id <> v_org);
  insert into public.party_meetings (community_id, id, party_org_id, kind, title, held_on, place, study_minutes, recorded_by, recorded_at)
    values (p_community_id, p_meeting_id, v_org, v_kind, private.clean_text(p_data ->> 'title', 'title', 60), v_day,
      private.clean_text(p_data ->> 'place', 'place', 60, false), v_study, v_ctx.person_id, private.now())
    on conflict (community_id, id) do update set party_org_id = excluded.party_org_id, kind = excluded.kind, title = excluded.title, held_on = excluded.held_on,
      place = excluded.place, study_minutes = excluded.study_minutes, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at;
  -- Whoever is not spoken of stays as noted (they may have moved away since), unless the meeting was another organisation's.
  delete from public.party_attendances where community_id = p_community_id and meeting_id = p_meeting_id and v_is_moved and person_id <> all (v_members);
  for v_row in select x from jsonb_array_elements(p_data -> 'attendance') x loop
    if coalesce(v_row ->> 'person_id', '') !~ '^[0-9a-fA-F-]{36}$' or coalesce(v_row ->> 'status', '') not in ('present', 'excused', 'absent', 'off') then
      perform private.fail(400, 'field_invalid', '{"field":"attendance"}');
    end if;
    v_person := (v_row ->> 'person_id')::uuid;
    if v_row ->> 'status' = 'off' then
      delete from public.party_attendances where community_id = p_community_id and meeting_id = p_meeting_id and person_id = v_person;
      continue;
    end if;
    if v_person <> all (v_members) and not exists (select 1 from public.party_attendances a
        where a.community_id = p_community_id and a.meeting_id = p_meeting_id and a.person_id = v_person) then
      perform private.fail(422, 'not_of_this_branch');
    end if;
    insert into public.party_attendances (community_id, id, meeting_id, person_id, status, reason, vouched_by)
      values (p_community_id, private.new_id(), p_meeting_id, v_person, v_row ->> 'status',
        case when v_row ->> 'status' = 'excused' then private.clean_text(v_row ->> 'reason', 'reason', 100) end,
        case when v_person <> v_ctx.person_id then v_ctx.person_id when v_row ->> 'status' = 'present' then v_vouched_by end)
      on conflict on constraint a_member_is_listed_once_in_a_meeting do update set status = excluded.status, reason = excluded.reason, vouched_by = excluded.vouched_by;
  end loop;
  perform private.tell_who_may_vouch(p_community_id, p_meeting_id);
  return private.end_command(v_ctx, 'party_meetings', p_meeting_id, jsonb_build_object('id', p_meeting_id), jsonb_build_object('kind', v_kind));
end $$;
comment on function public.record_party_meeting(uuid, uuid, uuid, jsonb) is
  'Writes a meeting down, or corrects it: {party_org_id, kind, title, held_on, place?, study_minutes?, attendance: [{person_id, status: present|excused|absent|off, reason?}]}: members of the day; off takes somebody from the list, whoever is not named stays on it. Secretaries, and group leaders for their group. That the recorder came waits for somebody else (vouch_attendance). Errors: module_off, field_required, field_invalid, field_too_long, party_org_unknown, meeting_unknown, code_unknown, meeting_in_future, not_of_this_branch.';

create function public.vouch_attendance(p_community_id uuid, p_id uuid, p_meeting_ids uuid[])
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'vouch_attendance', jsonb_build_object('meetings', p_meeting_ids));
  v_confirmed int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'party_posts');
  if p_meeting_ids is null or cardinality(p_meeting_ids) not between 1 and 100 then perform private.fail(400, 'field_invalid', '{"field":"meetings"}'); end if;
  if exists (select 1 from unnest(p_meeting_ids) x left join public.party_meetings m on m.community_id = p_community_id and m.id = x
      where m.id is null or m.withdrawn_at is not null or not private.may_vouch(p_community_id, v_ctx.person_id, m.party_org_id)) then
    perform private.fail(404, 'meeting_unknown');
  end if;
  update public.party_attendances set vouched_by = v_ctx.person_id
    where community_id = p_community_id and meeting_id = any(p_meeting_ids) and status = 'present' and vouched_by is null and person_id <> v_ctx.person_id;
  get diagnostics v_confirmed = row_count;
  if v_confirmed = 0 and exists (select 1 from public.party_attendances a where a.community_id = p_community_id and a.meeting_id = any(p_meeting_ids)
      and a.person_id = v_ctx.person_id and a.status = 'present' and a.vouched_by is null) then
    perform private.fail(403, 'own_party_record');
  end if;
  if v_confirmed = 0 then perform private.fail(409, 'attendance_already_confirmed'); end if;
  perform private.tell_who_may_vouch(p_community_id, x) from unnest(p_meeting_ids) x;
  return private.end_command(v_ctx, 'party_meetings', null, jsonb_build_object('confirmed', v_confirmed), jsonb_build_object('meetings', p_meeting_ids));
end $$;
comment on function public.vouch_attendance(uuid, uuid, uuid[]) is
  'Vouches that those who wrote these meetings down were there themselves; before that it counts for nothing. Whoever leads there, never for oneself. {confirmed}. Errors: module_off, field_invalid, meeting_unknown, own_party_record, attendance_already_confirmed.';

create function public.record_study(p_community_id uuid, p_id uuid, p_person_ids uuid[], p_studied_on date, p_minutes int, p_title text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'record_study',
    jsonb_build_object('people', p_person_ids, 'day', p_studied_on, 'minutes', p_minutes, 'title', p_title));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_leads_members(v_ctx, p_person_ids, true);
  if v_ctx.person_id = any(p_person_ids) then perform private.fail(403, 'own_party_record'); end if;
  if p_minutes is null or p_minutes not between 5 and 2400 then perform private.fail(400, 'field_invalid', '{"field":"minutes"}'); end if;
  if p_studied_on is null or p_studied_on > private.today() or p_studied_on < private.today() - 730 then perform private.fail(400, 'field_invalid', '{"field":"studied_on"}'); end if;
  insert into public.party_studies (community_id, id, person_id, studied_on, minutes, title, recorded_by, recorded_at)
    select p_community_id, private.new_id(), x, p_studied_on, p_minutes, private.clean_text(p_title, 'title', 60), v_ctx.person_id, private.now()
    from (select distinct x from unnest(p_person_ids) x) d;
  return private.end_command(v_ctx, 'party_studies', p_id, jsonb_build_object('count', cardinality(p_person_ids)));
end $$;
comment on function public.record_study(uuid, uuid, uuid[], date, int, text) is
  'Study of some members outside meetings, in minutes. Secretaries and group leaders, never one''s own. Errors: module_off, person_unknown, own_party_record, field_invalid, field_required, field_too_long.';

create function public.record_dues(p_community_id uuid, p_id uuid, p_person_ids uuid[], p_month date, p_paid_on date default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'record_dues',
    jsonb_build_object('people', p_person_ids, 'month', p_month, 'paid', p_paid_on));
  v_month date := date_trunc('month', least(greatest(p_month, date '1900-01-01'), date '2200-01-01'))::date;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_leads_members(v_ctx, p_person_ids, false);
  if v_ctx.person_id = any(p_person_ids) then perform private.fail(403, 'own_party_record'); end if;
  if v_month is null or v_month not between private.today() - 730 and private.today() + 366 then perform private.fail(400, 'field_invalid', '{"field":"month"}'); end if;
  if p_paid_on > private.today() or p_paid_on < v_month - 366 then perform private.fail(400, 'field_invalid', '{"field":"paid_on"}'); end if;
  insert into public.party_dues (community_id, id, person_id, month, paid_on, recorded_by, recorded_at)
    select p_community_id, private.new_id(), x, v_month, p_paid_on, v_ctx.person_id, private.now() from (select distinct x from unnest(p_person_ids) x) d
    on conflict on constraint dues_of_a_month_are_noted_once do update set paid_on = excluded.paid_on, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at;
  return private.end_command(v_ctx, 'party_dues', p_id, jsonb_build_object('count', cardinality(p_person_ids)), jsonb_build_object('month', v_month, 'paid', p_paid_on is not null));
end $$;
comment on function public.record_dues(uuid, uuid, uuid[], date, date) is
  'Notes on which day members paid for a month; without a day, that they have not. No amounts. Branch secretary, never one''s own. Errors: module_off, person_unknown, own_party_record, field_invalid.';

create function private.require_keeps_score(p_ctx private.command_context, p_person_id uuid, p_year int)
returns void language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_module(p_ctx.community_id, 'party_points');
  if p_year is null or p_year not between extract(year from private.today())::int - 1 and extract(year from private.today())::int then perform private.fail(400, 'field_invalid', '{"field":"year"}'); end if;
  if not exists (select 1 from private.party_last_orgs(p_ctx.community_id, array[p_person_id]) o
      where private.holds_in_party_org(p_ctx.community_id, p_ctx.person_id, o.org_id, array['branch_secretary'])
        and p_person_id in (select private.party_members_until(p_ctx.community_id, o.org_id, make_date(p_year, 12, 31)))) then
    perform private.fail(404, 'person_unknown');
  end if;
  if p_person_id = p_ctx.person_id then perform private.fail(403, 'own_party_record'); end if;
  if exists (select 1 from public.party_year_scores y where y.community_id = p_ctx.community_id and y.person_id = p_person_id and y.year = p_year) then
    perform private.fail(409, 'year_is_sealed', jsonb_build_object('year', p_year));
  end if;
end $$;
comment on function private.require_keeps_score(private.command_context, uuid, int) is
  'The caller is secretary where somebody else is a member, or was to the end of the year, and the year (this or the last) is not closed. Errors: module_off, field_invalid, person_unknown, own_party_record, year_is_sealed {year}.';

create function public.record_party_review(p_community_id uuid, p_id uuid, p_person_id uuid, p_year int, p_grade text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'record_party_review', jsonb_build_object('person', p_person_id, 'year', p_year, 'grade', p_grade));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_keeps_score(v_ctx, p_person_id, p_year);
  if p_grade is null or p_grade not in ('excellent', 'qualified', 'basically_qualified', 'unqualified') then perform private.fail(400, 'field_invalid', '{"field":"grade"}'); end if;
  insert into public.party_reviews (community_id, id, person_id, year, grade, decided_on, decided_by)
    values (p_community_id, private.new_id(), p_person_id, p_year, p_grade, private.today(), v_ctx.person_id)
    on conflict on constraint one_review_a_year do update set grade = excluded.grade, decided_on = excluded.decided_on, decided_by = excluded.decided_by;
  perform private.notify(p_community_id, p_person_id, 'party_review_made', jsonb_build_object('year', p_year), '/me/score');
  return private.end_command(v_ctx, 'party_reviews', p_person_id, jsonb_build_object('year', p_year), '{}', p_person_id);
end $$;
comment on function public.record_party_review(uuid, uuid, uuid, int, text) is
  'What the democratic review of a year came to: excellent | qualified | basically_qualified | unqualified. The member is told; once the year is closed it stands. Branch secretary, never one''s own. Errors: module_off, person_unknown, own_party_record, field_invalid, year_is_sealed {year}.';

create function public.record_home_proof(p_community_id uuid, p_id uuid, p_person_id uuid, p_year int, p_points numeric)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'record_home_proof', jsonb_build_object('person', p_person_id, 'year', p_year, 'points', p_points));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_keeps_score(v_ctx, p_person_id, p_year);
  if p_points is null or p_points not between 0 and 60 then perform private.fail(400, 'field_invalid', '{"field":"points"}'); end if;
  if not exists (select 1 from private.party_subjects(p_community_id, p_year, array[p_person_id]) s where s.kind = 'in_service') then perform private.fail(422, 'proof_not_needed'); end if;
  insert into public.party_proofs (community_id, id, person_id, year, points, received_on, recorded_by)
    values (p_community_id, private.new_id(), p_person_id, p_year, round(p_points, 2), private.today(), v_ctx.person_id)
    on conflict (community_id, person_id, year) where withdrawn_at is null do update set points = excluded.points, received_on = excluded.received_on, recorded_by = excluded.recorded_by;
  return private.end_command(v_ctx, 'party_proofs', p_person_id, jsonb_build_object('year', p_year), '{}', p_person_id);
end $$;
comment on function public.record_home_proof(uuid, uuid, uuid, int, numeric) is
  'What the home unit certifies for block A (0–60) of an in-service member. Branch secretary, never one''s own. Errors: module_off, person_unknown, own_party_record, field_invalid, year_is_sealed {year}, proof_not_needed.';

create function public.record_party_remark(p_community_id uuid, p_id uuid, p_person_id uuid, p_kind text, p_occurred_on date, p_note text, p_level text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'record_party_remark',
    jsonb_build_object('person', p_person_id, 'kind', p_kind, 'day', p_occurred_on, 'note', p_note, 'level', p_level));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'party_points');
  perform private.require_leads_members(v_ctx, array[p_person_id], false);
  if p_person_id = v_ctx.person_id then perform private.fail(403, 'own_party_record'); end if;
  if p_kind is null or p_kind not in ('honour', 'emergency', 'praise', 'proposal', 'complaint', 'veto') then perform private.fail(400, 'field_invalid', '{"field":"kind"}'); end if;
  if (p_kind = 'honour') <> coalesce(p_level in ('community', 'street', 'district', 'city'), false) then perform private.fail(400, 'field_invalid', '{"field":"level"}'); end if;
  if p_occurred_on is null or p_occurred_on > private.today() or p_occurred_on < private.today() - 730 then perform private.fail(400, 'field_invalid', '{"field":"occurred_on"}'); end if;
  if exists (select 1 from public.party_remarks k where k.community_id = p_community_id and k.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.party_remarks (community_id, id, person_id, kind, level, occurred_on, note, recorded_by, recorded_at)
    values (p_community_id, p_id, p_person_id, p_kind, case when p_kind = 'honour' then p_level end, p_occurred_on, private.clean_text(p_note, 'note', 200), v_ctx.person_id, private.now());
  perform private.notify(p_community_id, p_person_id, 'party_remark_made', '{}', '/me/score');
  return private.end_command(v_ctx, 'party_remarks', p_id, jsonb_build_object('id', p_id), '{}', p_person_id);
end $$;
comment on function public.record_party_remark(uuid, uuid, uuid, text, date, text, text) is
  'honour (with level), emergency, praise, proposal: extra; complaint (found valid): less; veto: no award. The member is told. Branch secretary, never of oneself. Errors: module_off, person_unknown, own_party_record, field_invalid, field_required, field_too_long.';

create function public.withdraw_party_remark(p_community_id uuid, p_id uuid, p_remark_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'withdraw_party_remark', jsonb_build_object('remark', p_remark_id));
  v_remark public.party_remarks;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'party_points');
  select * into v_remark from public.party_remarks k where k.community_id = p_community_id and k.id = p_remark_id for update;
  if not found or (p_community_id, v_remark.person_id) not in (select k.community_id, k.person_id from private.my_party_member_keys(array['branch_secretary']) k) then perform private.fail(404, 'remark_unknown'); end if;
  if v_remark.person_id = v_ctx.person_id then perform private.fail(403, 'own_party_record'); end if;
  if v_remark.withdrawn_at is not null then perform private.fail(409, 'remark_already_withdrawn'); end if;
  update public.party_remarks set withdrawn_at = private.now(), withdrawn_by = v_ctx.person_id where community_id = p_community_id and id = p_remark_id;
  return private.end_command(v_ctx, 'party_remarks', p_remark_id, jsonb_build_object('id', p_remark_id), '{}', v_remark.person_id);
end $$;
comment on function public.withdraw_party_remark(uuid, uuid, uuid) is 'Takes a remark back; it stays readable as withdrawn. Branch secretary, never of oneself. Errors: module_off, remark_unknown, own_party_record, remark_already_withdrawn.';

create function public.withdraw_party_meeting(p_community_id uuid, p_id uuid, p_meeting_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'withdraw_party_meeting', jsonb_build_object('meeting', p_meeting_id, 'reason', p_reason));
  v_meeting public.party_meetings;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'party_posts');
  select * into v_meeting from public.party_meetings m where m.community_id = p_community_id and m.id = p_meeting_id for update;
  if not found or not private.may_vouch(p_community_id, v_ctx.person_id, v_meeting.party_org_id) then perform private.fail(404, 'meeting_unknown'); end if;
  if v_meeting.withdrawn_at is not null then perform private.fail(409, 'remark_already_withdrawn'); end if;
  update public.party_meetings set withdrawn_at = private.now(), withdrawn_by = v_ctx.person_id, withdrawn_reason = private.clean_text(p_reason, 'reason', 100)
    where community_id = p_community_id and id = p_meeting_id;
  perform private.tell_who_may_vouch(p_community_id, p_meeting_id);
  return private.end_command(v_ctx, 'party_meetings', p_meeting_id, jsonb_build_object('id', p_meeting_id));
end $$;
comment on function public.withdraw_party_meeting(uuid, uuid, uuid, text) is
  'Takes a meeting back that was not held or written down twice: it counts for nobody any more, the row and its list stay. Whoever leads there. Errors: module_off, meeting_unknown, remark_already_withdrawn, field_required, field_too_long.';

create function public.withdraw_study(p_community_id uuid, p_id uuid, p_study_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'withdraw_study', jsonb_build_object('study', p_study_id, 'reason', p_reason));
  v_study public.party_studies;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'party_posts');
  select * into v_study from public.party_studies t where t.community_id = p_community_id and t.id = p_study_id for update;
  if not found or (p_community_id, v_study.person_id) not in (select k.community_id, k.person_id from private.my_party_member_keys(array['branch_secretary']) k) then perform private.fail(404, 'remark_unknown'); end if;
  if v_study.person_id = v_ctx.person_id then perform private.fail(403, 'own_party_record'); end if;
  if v_study.withdrawn_at is not null then perform private.fail(409, 'remark_already_withdrawn'); end if;
  update public.party_studies set withdrawn_at = private.now(), withdrawn_by = v_ctx.person_id, withdrawn_reason = private.clean_text(p_reason, 'reason', 100)
    where community_id = p_community_id and id = p_study_id;
  return private.end_command(v_ctx, 'party_studies', p_study_id, jsonb_build_object('id', p_study_id), '{}', v_study.person_id);
end $$;
comment on function public.withdraw_study(uuid, uuid, uuid, text) is
  'Takes a study entry of one member back; the row stays. Branch secretary, never of oneself. Errors: module_off, remark_unknown, own_party_record, remark_already_withdrawn, field_required, field_too_long.';

create function public.withdraw_home_proof(p_community_id uuid, p_id uuid, p_proof_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'withdraw_home_proof', jsonb_build_object('proof', p_proof_id, 'reason', p_reason));
  v_proof public.party_proofs;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'party_points');
  select * into v_proof from public.party_proofs f where f.community_id = p_community_id and f.id = p_proof_id for update;
  if not found or (p_community_id, v_proof.person_id) not in (select k.community_id, k.person_id from private.my_party_member_keys(array['branch_secretary']) k) then perform private.fail(404, 'remark_unknown'); end if;
  if v_proof.withdrawn_at is not null then perform private.fail(409, 'remark_already_withdrawn'); end if;
  perform private.require_keeps_score(v_ctx, v_proof.person_id, v_proof.year);
  update public.party_proofs set withdrawn_at = private.now(), withdrawn_by = v_ctx.person_id, withdrawn_reason = private.clean_text(p_reason, 'reason', 100)
    where community_id = p_community_id and id = p_proof_id;
  return private.end_command(v_ctx, 'party_proofs', p_proof_id, jsonb_build_object('id', p_proof_id), '{}', v_proof.person_id);
end $$;
comment on function public.withdraw_home_proof(uuid, uuid, uuid, text) is
  'Takes the proof of a home unit back; the row stays and another may be recorded. Branch secretary, never of oneself, not after the close. Errors: module_off, remark_unknown, field_invalid, person_unknown, own_party_record, year_is_sealed {year}, remark_already_withdrawn, field_required, field_too_long.';

-- ---------------------------------------------------------------- commands: the score

create function private.require_score_rules(p_community_id uuid, p_year int)
returns public.party_score_rulesets language plpgsql stable security definer set search_path = '' as $$
declare
  v_set public.party_score_rulesets := private.party_ruleset_of(p_community_id, p_year);
begin
  if v_set.id is null then perform private.fail(422, 'year_without_rules', jsonb_build_object('year', p_year)); end if;
  return v_set;
end $$;
comment on function private.require_score_rules(uuid, int) is 'The rules of a year. Error: year_without_rules {year}.';

create function public.post_party_month(p_community_id uuid, p_id uuid, p_org_id uuid, p_year int)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'post_party_month', jsonb_build_object('org', p_org_id, 'year', p_year));
  v_written int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.party_org_for_score(v_ctx, p_org_id);
  if p_year is null or p_year not between 2020 and extract(year from private.today())::int then perform private.fail(400, 'field_invalid', '{"field":"year"}'); end if;
  perform private.require_score_rules(p_community_id, p_year);
  v_written := private.post_party_scores(p_community_id, p_year, array(select private.party_members_until(p_community_id, p_org_id, make_date(p_year, 12, 31))), v_ctx.person_id);
  return private.end_command(v_ctx, 'party_orgs', p_org_id, jsonb_build_object('written', v_written), jsonb_build_object('year', p_year));
end $$;
comment on function public.post_party_month(uuid, uuid, uuid, int) is
  'Posts what the facts say to this day for the members of a branch; late facts go into their month, as corrections where the quarter is confirmed. {written}. Branch secretary. Errors: module_off, party_org_unknown, field_invalid, year_without_rules {year}.';

create function private.party_standings(p_community_id uuid, p_year int, p_last_day date, p_persons uuid[])
returns table (person_id uuid, score numeric) language sql stable security definer rows 100 set search_path = '' as $$
  select x, private.party_total(sum(e.points), sum(e.points) filter (where r.block = 'extra'))
  from unnest(p_persons) x
  left join public.party_score_entries e on e.community_id = p_community_id and e.person_id = x and e.month between make_date(p_year, 1, 1) and p_last_day
  left join public.party_score_rules r on r.community_id = p_community_id and r.ruleset_id = (private.party_ruleset_of(p_community_id, p_year)).id and r.code = e.rule_code
  group by x
$$;
comment on function private.party_standings(uuid, int, date, uuid[]) is 'Where some members stand in the ledger at a day of a year.';

create function private.party_last_orgs(p_community_id uuid, p_persons uuid[])
returns table (person_id uuid, org_id uuid) language sql stable security definer rows 100 set search_path = '' as $$
  select distinct on (m.person_id) m.person_id, m.party_org_id from public.party_memberships m
  where m.community_id = p_community_id and m.person_id = any(p_persons) and m.valid_from <= private.today() order by m.person_id, m.valid_from desc
$$;
comment on function private.party_last_orgs(uuid, uuid[]) is 'The branch of some people today, or that which they left last.';

create function public.confirm_quarter(p_community_id uuid, p_id uuid, p_org_id uuid, p_year int, p_quarter int)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'confirm_quarter', jsonb_build_object('org', p_org_id, 'year', p_year, 'quarter', p_quarter));
  v_set public.party_score_rulesets;
  v_all uuid[];
  v_persons uuid[];
  v_is_early boolean;
  v_last date;
  v_row record;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.party_org_for_score(v_ctx, p_org_id);
  if p_year is null or p_year not between 2020 and extract(year from private.today())::int or p_quarter is null or p_quarter not between 1 and 4 then
    perform private.fail(400, 'field_invalid', '{"field":"quarter"}');
  end if;
  v_last := (make_date(p_year, p_quarter * 3, 1) + interval '1 month')::date - 1;
  if private.today() <= v_last then perform private.fail(422, 'quarter_not_over', jsonb_build_object('ends_on', v_last)); end if;
  v_set := private.require_score_rules(p_community_id, p_year);
  perform pg_advisory_xact_lock(hashtextextended(p_community_id::text, 26));
  v_all := array(select private.party_members_until(p_community_id, p_org_id, v_last));
  with states as materialized (
    select q.person_id, q.quarter, q.is_due and k.id is null as is_open from private.party_quarters(p_community_id, p_year, v_all) q
    left join public.party_quarter_scores k on k.community_id = p_community_id and k.person_id = q.person_id and k.year = p_year and k.quarter = q.quarter)
  select array_agg(s.person_id), bool_or(exists (select 1 from states f where f.person_id = s.person_id and f.quarter < p_quarter and f.is_open)) into v_persons, v_is_early
    from states s where s.quarter = p_quarter and s.is_open and s.person_id <> v_ctx.person_id;
  if v_persons is null then perform private.fail(409, 'quarter_already_confirmed'); end if;
  if v_is_early then perform private.fail(409, 'earlier_quarter_open'); end if;
  perform private.post_party_scores(p_community_id, p_year, v_all, v_ctx.person_id);
  for v_row in
    select q.person_id, t.score, t.score < round(v_set.pace * q.months / 12, 2) as is_behind, s.org_id
    from private.party_quarters(p_community_id, p_year, v_persons) q
    join private.party_standings(p_community_id, p_year, v_last, v_persons) t on t.person_id = q.person_id
    join private.party_last_orgs(p_community_id, v_persons) s on s.person_id = q.person_id
    where q.quarter = p_quarter
  loop
    insert into public.party_quarter_scores (community_id, id, person_id, party_org_id, year, quarter, score, is_behind, confirmed_by, confirmed_at)
      values (p_community_id, private.new_id(), v_row.person_id, v_row.org_id, p_year, p_quarter, v_row.score, v_row.is_behind, v_ctx.person_id, private.now());
    perform private.notify(p_community_id, v_row.person_id, case when v_row.is_behind then 'party_quarter_talk' else 'party_quarter_confirmed' end,
      jsonb_build_object('year', p_year, 'quarter', p_quarter), '/me/score');
  end loop;
  update public.duty_logs set status = 'counted' where community_id = p_community_id and person_id = any(v_persons) and status = 'verified'
    and month between make_date(p_year, p_quarter * 3 - 2, 1) and v_last;
  return private.end_command(v_ctx, 'party_orgs', p_org_id, jsonb_build_object('confirmed', cardinality(v_persons)), jsonb_build_object('year', p_year, 'quarter', p_quarter));
end $$;
comment on function public.confirm_quarter(uuid, uuid, uuid, int, int) is
  'The branch confirms where its members stand at a quarter''s end, in order: whoever was a member on its last day (also who left since) and is not exempt for it; never oneself (a secretary above does). Each is told, whoever is behind the pace of the own months in private. {confirmed}. Errors: module_off, party_org_unknown, field_invalid, quarter_not_over {ends_on}, year_without_rules {year}, quarter_already_confirmed, earlier_quarter_open.';

create function public.close_party_year(p_community_id uuid, p_id uuid, p_org_id uuid, p_year int)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'close_party_year', jsonb_build_object('org', p_org_id, 'year', p_year));
  v_set public.party_score_rulesets;
  v_all uuid[];
  v_persons uuid[];
  v_missing int;
  v_until date;
  v_row record;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.party_org_for_score(v_ctx, p_org_id);
  if p_year is null or p_year not between 2020 and extract(year from private.today())::int then perform private.fail(400, 'field_invalid', '{"field":"year"}'); end if;
  if private.today() <= make_date(p_year, 12, 31) then perform private.fail(422, 'year_not_over'); end if;
  v_set := private.require_score_rules(p_community_id, p_year);
  perform pg_advisory_xact_lock(hashtextextended(p_community_id::text, 26));
  v_all := array(select private.party_members_until(p_community_id, p_org_id, make_date(p_year, 12, 31)));
  select array_agg(s.person_id) into v_persons from private.party_subjects(p_community_id, p_year, v_all) s
    where not s.is_exempt and s.person_id <> v_ctx.person_id
      and (p_community_id, s.person_id) in (select p_community_id, m.person_id from private.party_months(p_community_id, p_year, v_all) m where m.month = 12 and m.is_member_at_end)
      and not exists (select 1 from public.party_year_scores y where y.community_id = p_community_id and y.person_id = s.person_id and y.year = p_year);
  if v_persons is null then perform private.fail(409, 'year_already_closed'); end if;
  if exists (select 1 from private.party_quarters(p_community_id, p_year, v_persons) d where d.is_due and not exists (select 1 from public.party_quarter_scores q
      where q.community_id = p_community_id and q.person_id = d.person_id and q.year = p_year and q.quarter = d.quarter)) then
    perform private.fail(409, 'earlier_quarter_open');
  end if;
  if exists (select 1 from private.score_objections b where b.community_id = p_community_id and b.status = 'open' and b.year = p_year and b.person_id = any(v_persons)) then
    perform private.fail(409, 'objections_open');
  end if;
  select max(private.day_of(q.confirmed_at)) + v_set.objection_days into v_until from public.party_quarter_scores q
    where q.community_id = p_community_id and q.person_id = any(v_persons) and q.year = p_year;
  if v_until >= private.today() then perform private.fail(409, 'objections_may_come', jsonb_build_object('until', v_until)); end if;
  select count(*) into v_missing from private.party_subjects(p_community_id, p_year, v_persons) s where (s.kind = 'managed' or s.has_proof)
    and not exists (select 1 from public.party_reviews v where v.community_id = p_community_id and v.person_id = s.person_id and v.year = p_year);
  if v_missing > 0 then perform private.fail(422, 'reviews_missing', jsonb_build_object('count', v_missing)); end if;
  perform private.post_party_scores(p_community_id, p_year, v_all, v_ctx.person_id);
  for v_row in
    select t.person_id, t.score, o.org_id, s.months, private.party_band(v_set, t.score, s.months) as band, t.score < round(v_set.line * s.months / 12, 2) as is_below,
      exists (select 1 from public.party_remarks k where k.community_id = p_community_id and k.person_id = t.person_id and k.kind = 'veto' and k.withdrawn_at is null
        and extract(year from k.occurred_on) = p_year) as has_veto
    from private.party_standings(p_community_id, p_year, make_date(p_year, 12, 31), v_persons) t
    join private.party_subjects(p_community_id, p_year, v_persons) s on s.person_id = t.person_id
    join private.party_last_orgs(p_community_id, v_persons) o on o.person_id = t.person_id
  loop
    insert into public.party_year_scores (community_id, id, person_id, party_org_id, year, score, band, has_veto, months, closed_by, closed_at)
      values (p_community_id, private.new_id(), v_row.person_id, v_row.org_id, p_year, v_row.score, v_row.band, v_row.has_veto, v_row.months, v_ctx.person_id, private.now());
    perform private.notify(p_community_id, v_row.person_id, case when v_row.is_below then 'party_year_talk' else 'party_year_closed' end, jsonb_build_object('year', p_year), '/me/score');
  end loop;
  return private.end_command(v_ctx, 'party_orgs', p_org_id, jsonb_build_object('closed', cardinality(v_persons)), jsonb_build_object('year', p_year));
end $$;
comment on function public.close_party_year(uuid, uuid, uuid, int) is
  'Closes a year after its fourth quarter: score and band of each member but oneself (also who left since; not who was exempt for most of it), by the line of the months that count; whoever is below it is told in private. {closed}. Errors: module_off, party_org_unknown, field_invalid, year_not_over, year_without_rules {year}, year_already_closed, earlier_quarter_open, objections_open, objections_may_come {until}, reviews_missing {count}.';

create function private.score_objection_due(p_made_at timestamptz)
returns date language sql stable set search_path = '' as $$
  select private.add_workdays(private.day_of(p_made_at), 5)
$$;
comment on function private.score_objection_due(timestamptz) is 'An objection is answered within five workdays.';

create function private.score_objections_for(p_community_id uuid, p_me uuid)
returns table (party_org_id uuid, due_on date) language plpgsql stable security definer rows 5 set search_path = '' as $$
begin
  if not private.module_is_on(p_community_id, 'party_points') then return; end if;
  return query select b.party_org_id, private.score_objection_due(b.made_at) from private.score_objections b
    where b.community_id = p_community_id and b.status = 'open' and p_me not in (b.person_id, b.confirmed_by)
      and private.holds_in_party_org(p_community_id, p_me, b.party_org_id, array['branch_secretary']);
end $$;
comment on function private.score_objections_for(uuid, uuid) is 'The open objections a person is to answer: secretary there or above, not the member, not who confirmed it.';

create function public.object_to_score(p_community_id uuid, p_id uuid, p_score_id uuid, p_text text, p_rule_code text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'object_to_score', jsonb_build_object('score', p_score_id, 'text', p_text, 'rule', p_rule_code));
  v_about record;
  v_set public.party_score_rulesets;
  v_told int := 0;
  v_who uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'party_points');
  -- One objection at a time: two would both find none open.
  perform 1 from public.persons p where p.community_id = p_community_id and p.id = v_ctx.person_id for no key update;
  select x.* into v_about from (
    select q.id, 'quarter' as kind, q.year, q.party_org_id, q.confirmed_by, q.confirmed_at from public.party_quarter_scores q
      where q.community_id = p_community_id and q.id = p_score_id and q.person_id = v_ctx.person_id
    union all
    select y.id, 'year', y.year, y.party_org_id, y.closed_by, y.closed_at from public.party_year_scores y
      where y.community_id = p_community_id and y.id = p_score_id and y.person_id = v_ctx.person_id) x;
  if not found then perform private.fail(404, 'quarter_score_unknown'); end if;
  v_set := private.party_ruleset_of(p_community_id, v_about.year);
  if private.today() > private.day_of(v_about.confirmed_at) + v_set.objection_days then
    perform private.fail(422, 'score_objection_too_late', jsonb_build_object('until', private.day_of(v_about.confirmed_at) + v_set.objection_days));
  end if;
  if p_rule_code is not null and not exists (select 1 from public.party_score_rules r where r.community_id = p_community_id and r.ruleset_id = v_set.id and r.code = p_rule_code) then
    perform private.fail(400, 'field_invalid', '{"field":"rule"}');
  end if;
  if exists (select 1 from public.party_objections b where b.community_id = p_community_id and p_score_id in (b.quarter_score_id, b.year_score_id) and b.status = 'open') then
    perform private.fail(409, 'objection_already_open');
  end if;
  if exists (select 1 from public.party_objections b where b.community_id = p_community_id and b.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.party_objections (community_id, id, quarter_score_id, year_score_id, person_id, confirmed_by, rule_code, text, made_at)
    values (p_community_id, p_id, case v_about.kind when 'quarter' then p_score_id end, case v_about.kind when 'year' then p_score_id end, v_ctx.person_id, v_about.confirmed_by, p_rule_code, private.clean_text(p_text, 'text', 500), private.now());
  for v_who in select distinct g.person_id from public.role_grants g where g.community_id = p_community_id and g.role = 'branch_secretary'
      and g.person_id not in (v_ctx.person_id, v_about.confirmed_by) and private.holds_in_party_org(p_community_id, g.person_id, v_about.party_org_id, array['branch_secretary']) loop
    perform private.notify(p_community_id, v_who, 'score_objection_made', '{}', '/office/branch?tab=scores&org=' || v_about.party_org_id);
    v_told := v_told + 1;
  end loop;
  if v_told = 0 then
    for v_who in select distinct g.person_id from public.role_grants g where g.community_id = p_community_id and g.role = 'community_secretary' and g.person_id <> v_ctx.person_id
        and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today()) loop
      perform private.notify(p_community_id, v_who, 'score_objection_unheld', '{}', '/office/roles');
    end loop;
  end if;
  return private.end_command(v_ctx, 'party_objections', p_id, jsonb_build_object('objection_id', p_id, 'status', 'open'));
end $$;
comment on function public.object_to_score(uuid, uuid, uuid, text, text) is
  'A member says otherwise about a confirmed quarter or a closed year of one''s own (p_rule_code: about which line), within objection_days. A secretary who did not confirm it answers within five workdays; where there is none, the community''s secretary is asked to appoint one, without the score. Errors: module_off, quarter_score_unknown, score_objection_too_late {until}, field_invalid, objection_already_open, field_required, field_too_long.';

create function public.answer_score_objection(p_community_id uuid, p_id uuid, p_objection_id uuid, p_answer text, p_points numeric default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'answer_score_objection', jsonb_build_object('objection', p_objection_id, 'answer', p_answer, 'points', p_points));
  v_objection public.party_objections;
  v_about private.score_objections;
  v_status text := case when p_points is null then 'kept' else 'accepted' end;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'party_points');
  select * into v_objection from public.party_objections b where b.community_id = p_community_id and b.id = p_objection_id for update;
  select * into v_about from private.score_objections b where b.community_id = p_community_id and b.id = p_objection_id;
  if v_objection.id is null or not private.holds_in_party_org(p_community_id, v_ctx.person_id, v_about.party_org_id, array['branch_secretary']) then perform private.fail(404, 'objection_unknown'); end if;
  if v_objection.person_id = v_ctx.person_id then perform private.fail(403, 'own_party_record'); end if;
  if v_objection.confirmed_by = v_ctx.person_id then perform private.fail(403, 'confirmed_it_oneself'); end if;
  if v_objection.status <> 'open' then perform private.fail(409, 'objection_already_answered'); end if;
  if p_points is not null and (round(p_points, 2) <= 0 or p_points > 30) then perform private.fail(400, 'field_invalid', '{"field":"points"}'); end if;
  update public.party_objections set status = v_status, points = round(p_points, 2), answer = private.clean_text(p_answer, 'answer', 500), answered_by = v_ctx.person_id, answered_at = private.now()
    where community_id = p_community_id and id = p_objection_id;
  if p_points is not null then perform private.post_party_scores(p_community_id, v_about.year, array[v_objection.person_id], v_ctx.person_id); end if;
  perform private.notify(p_community_id, v_objection.person_id, 'score_objection_answered', jsonb_build_object('year', v_about.year), '/me/score');
  return private.end_command(v_ctx, 'party_objections', p_objection_id, jsonb_build_object('objection_id', p_objection_id, 'status', v_status), '{}', v_objection.person_id);
end $$;
comment on function public.answer_score_objection(uuid, uuid, uuid, text, numeric) is
  'Answers an objection: with points (more than 0, at most 30) it is accepted and they are posted as a correction; without, the score is kept. A closed year keeps its score, the correction stands beside it. A secretary of the branch that confirmed it, or above, who is neither the member nor confirmed it. Errors: module_off, objection_unknown, own_party_record, confirmed_it_oneself, objection_already_answered, field_invalid, field_required, field_too_long.';

-- ---------------------------------------------------------------- reads

create function private.secretary_orgs(p_community_id uuid, p_me uuid)
returns setof uuid language sql stable security definer rows 5 set search_path = '' as $$
  select o.id from public.party_orgs o where o.community_id = p_community_id and o.kind in ('committee', 'area_committee', 'general_branch', 'branch')
    and private.holds_in_party_org(p_community_id, p_me, o.id, array['branch_secretary'])
$$;
comment on function private.secretary_orgs(uuid, uuid) is 'The branches (and what is above them) a person is secretary of.';

create function private.objections_about(p_community_id uuid, p_score_id uuid)
returns jsonb language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'status', b.status, 'text', b.text, 'rule', b.rule_code, 'answer', b.answer, 'points', b.points, 'made_at', b.made_at,
    'due_on', private.score_objection_due(b.made_at)) order by b.made_at), '[]')
  from public.party_objections b where b.community_id = p_community_id and p_score_id in (b.quarter_score_id, b.year_score_id)
$$;
comment on function private.objections_about(uuid, uuid) is 'What was said about one confirmed quarter or closed year, and the answers.';

create function public.party_score(p_community_id uuid, p_year int default null, p_person_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_person uuid := coalesce(p_person_id, v_me);
  v_year int := least(greatest(coalesce(p_year, extract(year from private.today())::int), 2020), extract(year from private.today())::int);
  v_subject private.party_subject;
  v_set public.party_score_rulesets;
begin
  perform private.require_module(p_community_id, 'party_points');
  if v_person <> v_me and (p_community_id, v_person) not in (select k.community_id, k.person_id from private.my_party_member_keys(array['branch_secretary']) k) then
    perform private.fail(404, 'person_unknown');
  end if;
  select * into v_subject from private.party_subjects(p_community_id, v_year, array[v_person]) limit 1;
  if v_subject.person_id is null then perform private.fail(403, 'not_a_party_member'); end if;
  v_set := private.party_ruleset_of(p_community_id, v_year);
  return jsonb_build_object('year', v_year, 'server_time', private.now(), 'member_kind', v_subject.kind, 'is_exempt', v_subject.is_exempt, 'has_proof', v_subject.has_proof,
    'grade', (select v.grade from public.party_reviews v where v.community_id = p_community_id and v.person_id = v_person and v.year = v_year),
    'proof', (select jsonb_build_object('id', f.id, 'points', f.points, 'received_on', f.received_on) from public.party_proofs f
      where f.community_id = p_community_id and f.person_id = v_person and f.year = v_year and f.withdrawn_at is null),
    'name', (select pp.real_name from public.person_private pp where pp.community_id = p_community_id and pp.person_id = v_person),
    'ruleset', v_set.code, 'line', round(v_set.line * v_subject.months / 12, 2), 'months', v_subject.months, 'extra_max', v_set.extra_max,
    'total', (select private.party_total(sum(x.points), sum(x.points) filter (where x.block = 'extra')) from private.party_score_values(p_community_id, v_year, array[v_person]) x),
    'lines', coalesce((select jsonb_agg(to_jsonb(l) order by l.sort) from (
      select r.code, r.block, r.sort, r.unit_points, r.per, r.max_points as max,
        coalesce((select sum(x.points) from private.party_score_values(p_community_id, v_year, array[v_person]) x where x.rule_code = r.code), 0) as points,
        coalesce((select jsonb_agg(jsonb_build_object('month', x.month, 'points', x.points, 'units', x.units, 'sources', x.sources,
            'is_posted', exists (select 1 from public.party_score_entries e where e.community_id = p_community_id and e.person_id = v_person and e.rule_code = r.code
              and e.month = make_date(v_year, x.month, 1) and e.points = x.points and e.reverses_id is null
              and not exists (select 1 from public.party_score_entries y where y.community_id = e.community_id and y.reverses_id = e.id))) order by x.month)
          from private.party_score_values(p_community_id, v_year, array[v_person]) x where x.rule_code = r.code), '[]') as months
      from public.party_score_rules r where r.community_id = p_community_id and r.ruleset_id = v_set.id and not v_subject.is_exempt
        and (case when v_subject.kind = 'managed' then r.code not in ('home_proof', 'report_in', 'volunteering', 'deeds', 'scale')
          else r.code not in ('meetings', 'theme_day', 'study', 'dues', 'life_and_review', 'pledges', 'post_duty', 'visits', 'dues_late')
            and (r.code <> 'report_in' or not v_subject.is_floating)
            and (case when v_subject.has_proof then r.code <> 'scale' else r.code not in ('home_proof', 'review') end) end)) l), '[]'),
    'corrections', coalesce((select jsonb_agg(jsonb_build_object('rule', c.rule_code, 'month', extract(month from c.month), 'points', c.points, 'posted_at', c.posted_at) order by c.posted_at desc) from (
      select e.rule_code, e.month, sum(e.points) as points, max(e.posted_at) as posted_at from public.party_score_entries e where e.community_id = p_community_id
        and e.person_id = v_person and e.is_correction and extract(year from e.month) = v_year group by e.rule_code, e.month, e.posted_at having sum(e.points) <> 0) c), '[]'),
    'quarters', coalesce((select jsonb_agg(jsonb_build_object('id', q.id, 'quarter', q.quarter, 'score', q.score, 'is_behind', q.is_behind, 'confirmed_at', q.confirmed_at,
        'objections', private.objections_about(p_community_id, q.id),
        'may_object', v_person = v_me and private.today() <= private.day_of(q.confirmed_at) + v_set.objection_days
          and not exists (select 1 from public.party_objections b where b.community_id = q.community_id and b.quarter_score_id = q.id and b.status = 'open')) order by q.quarter)
      from public.party_quarter_scores q where q.community_id = p_community_id and q.person_id = v_person and q.year = v_year), '[]'),
    'exempt_quarters', array(select q.quarter from private.party_quarters(p_community_id, v_year, array[v_person]) q where q.is_exempt order by 1),
    'closed', (select jsonb_build_object('score', y.score, 'band', y.band, 'has_veto', y.has_veto, 'months', y.months, 'closed_at', y.closed_at, 'id', y.id,
        'now', (select t.score from private.party_standings(p_community_id, v_year, make_date(v_year, 12, 31), array[v_person]) t),
        'objections', private.objections_about(p_community_id, y.id),
        'may_object', v_person = v_me and private.today() <= private.day_of(y.closed_at) + v_set.objection_days
          and not exists (select 1 from public.party_objections b where b.community_id = y.community_id and b.year_score_id = y.id and b.status = 'open')) from public.party_year_scores y
      where y.community_id = p_community_id and y.person_id = v_person and y.year = v_year),
    'remarks', coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'kind', k.kind, 'level', k.level, 'occurred_on', k.occurred_on, 'note', k.note, 'is_withdrawn', k.withdrawn_at is not null) order by k.occurred_on desc)
      from public.party_remarks k where k.community_id = p_community_id and k.person_id = v_person and extract(year from k.occurred_on) = v_year), '[]'));
end $$;
comment on function public.party_score(uuid, int, uuid) is
  'Why this score, line by line with what each saw; one''s own, or (secretary) that of a member of the branch. Errors: not_signed_in, not_a_member, module_off, person_unknown, not_a_party_member.';

create function public.my_party_life(p_community_id uuid, p_year int default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_year int := least(greatest(coalesce(p_year, extract(year from private.today())::int), 2020), extract(year from private.today())::int);
begin
  perform private.require_module(p_community_id, 'party_posts');
  return jsonb_build_object('year', v_year,
    'meetings', coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'kind', m.kind, 'title', m.title, 'held_on', m.held_on, 'status', a.status, 'reason', a.reason,
        'is_waiting', a.status = 'present' and a.vouched_by is null) order by m.held_on desc, m.id)
      from public.party_attendances a join public.party_meetings m on m.community_id = a.community_id and m.id = a.meeting_id
      where a.community_id = p_community_id and a.person_id = v_me and extract(year from m.held_on) = v_year and m.withdrawn_at is null), '[]'),
    'study_minutes', (select coalesce(sum(t.minutes), 0) from public.party_studies t where t.community_id = p_community_id and t.person_id = v_me and extract(year from t.studied_on) = v_year and t.withdrawn_at is null)
      + (select coalesce(sum(m.study_minutes), 0) from public.party_attendances a join public.party_meetings m on m.community_id = a.community_id and m.id = a.meeting_id
        where a.community_id = p_community_id and a.person_id = v_me and a.status = 'present' and a.vouched_by is not null and extract(year from m.held_on) = v_year and m.withdrawn_at is null),
    'dues', coalesce((select jsonb_agg(jsonb_build_object('month', d.month, 'paid_on', d.paid_on) order by d.month desc) from public.party_dues d
      where d.community_id = p_community_id and d.person_id = v_me and extract(year from d.month) = v_year), '[]'));
end $$;
comment on function public.my_party_life(uuid, int) is 'A member''s meetings, study minutes and dues of a year. Errors: not_signed_in, not_a_member, module_off.';

create function private.attendances_to_vouch(p_community_id uuid, p_orgs uuid[], p_me uuid)
returns jsonb language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('meeting_id', m.id, 'kind', m.kind, 'title', m.title, 'held_on', m.held_on, 'name', pp.real_name, 'is_me', a.person_id = p_me)
    order by m.held_on desc, m.id), '[]')
  from public.party_meetings m
  join public.party_attendances a on a.community_id = m.community_id and a.meeting_id = m.id and a.status = 'present' and a.vouched_by is null
  join public.person_private pp on pp.community_id = a.community_id and pp.person_id = a.person_id
  where m.community_id = p_community_id and m.party_org_id = any(p_orgs) and m.withdrawn_at is null
$$;
comment on function private.attendances_to_vouch(uuid, uuid[], uuid) is 'Who wrote a meeting of these organisations down and says to have been there: it waits for somebody else.';

create function public.branch_desk(p_community_id uuid, p_org_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_orgs uuid[] := array(select private.secretary_orgs(p_community_id, v_me));
  v_org uuid := p_org_id;
  v_month date := date_trunc('month', private.today())::date;
  v_year int := extract(year from private.today())::int;
  v_points boolean := private.module_is_on(p_community_id, 'party_points');
  v_persons uuid[];
begin
  perform private.require_module(p_community_id, 'party_posts');
  if cardinality(v_orgs) = 0 then perform private.fail(403, 'not_allowed'); end if;
  if v_org is null then
    select o.id into v_org from public.party_orgs o where o.community_id = p_community_id and o.id = any(v_orgs)
      order by o.kind = 'branch' desc, o.id in (select g.scope_id from public.role_grants g where g.community_id = p_community_id and g.person_id = v_me and g.role = 'branch_secretary') desc, o.name limit 1;
  elsif v_org <> all (v_orgs) then
    perform private.fail(404, 'party_org_unknown');
  end if;
  v_persons := array(select private.party_members_under(p_community_id, v_org));
  return jsonb_build_object('server_time', private.now(), 'org_id', v_org, 'year', v_year, 'month', v_month, 'has_points', v_points, 'me', v_me,
    'orgs', (select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) order by o.kind, o.name) from public.party_orgs o where o.community_id = p_community_id and o.id = any(v_orgs)),
    'groups', (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) order by o.name), '[]') from public.party_orgs o
      where o.community_id = p_community_id and o.kind not in ('liaison_area', 'liaison_group', 'activity_point') and o.id in (select private.party_org_and_below(p_community_id, v_org))),
    'waiting', (select jsonb_build_object('count', count(*), 'late', count(*) filter (where l.submitted_at < private.now() - interval '7 days'))
      from public.duty_logs l where l.community_id = p_community_id and l.status = 'submitted' and l.person_id = any(v_persons)),
    'held', coalesce((select jsonb_object_agg(h.kind, h.day) from (select m.kind, max(m.held_on) as day from public.party_meetings m where m.community_id = p_community_id
      and m.withdrawn_at is null and m.party_org_id in (select private.party_org_and_below(p_community_id, v_org)) group by m.kind) h), '{}'),
    'studies', coalesce((select jsonb_agg(to_jsonb(x) order by x.studied_on desc, x.title, x.name, x.id) from (
      select t.id, t.person_id, pp.real_name as name, t.studied_on, t.minutes, t.title
      from public.party_studies t join public.person_private pp on pp.community_id = t.community_id and pp.person_id = t.person_id
      where t.community_id = p_community_id and t.person_id = any(v_persons) and t.withdrawn_at is null order by t.studied_on desc, t.id limit 60) x), '[]'),
    'former', coalesce((select jsonb_agg(to_jsonb(x) order by x.name, x.person_id) from (
      select m.person_id, pp.real_name as name, m.kind as member_kind, o.name as org, m.valid_from as "from", m.valid_to as "to"
      from public.party_memberships m join public.person_private pp on pp.community_id = m.community_id and pp.person_id = m.person_id
      left join public.party_orgs o on o.community_id = m.community_id and o.id = coalesce(m.group_id, m.party_org_id)
      where m.community_id = p_community_id and (m.party_org_id in (select private.party_org_and_below(p_community_id, v_org)) or m.group_id in (select private.party_org_and_below(p_community_id, v_org)))
        and m.valid_to between private.today() - 400 and private.today() - 1 and m.end_reason <> 'corrected') x), '[]'),
    'to_vouch', private.attendances_to_vouch(p_community_id, array(select private.party_org_and_below(p_community_id, v_org)), v_me),
    'members', coalesce((select jsonb_agg(to_jsonb(x) order by x.name, x.person_id) from (
      select m.person_id, pp.real_name as name, m.kind as member_kind, private.is_exempt(p_community_id, m.person_id, private.today()) as is_exempt, o.name as org,
        coalesce((select jsonb_agg(p.post order by p.post) from public.party_posts p where p.community_id = p_community_id and p.person_id = m.person_id
          and p.valid_from <= private.today() and (p.valid_to is null or p.valid_to >= private.today())), '[]') as posts,
        coalesce((select sum(d.times) from private.duties_owed(p_community_id, v_month, v_month, array[m.person_id]) d), 0) as owed,
        coalesce((select sum(least(d.times, (select count(*) from public.duty_logs l where l.community_id = p_community_id and l.person_id = m.person_id and l.month = v_month
          and l.kind = d.kind and l.status in ('verified', 'counted')))) from private.duties_owed(p_community_id, v_month, v_month, array[m.person_id]) d), 0) as done,
        (select count(*) from public.duty_logs l where l.community_id = p_community_id and l.person_id = m.person_id and l.status = 'submitted') as waiting,
        (select d.paid_on from public.party_dues d where d.community_id = p_community_id and d.person_id = m.person_id and d.month = v_month) as dues_paid_on,
        exists (select 1 from public.party_dues d where d.community_id = p_community_id and d.person_id = m.person_id and d.month = v_month) as dues_noted,
        case when v_points then (select v.grade from public.party_reviews v where v.community_id = p_community_id and v.person_id = m.person_id and v.year = v_year) end as grade
      from public.party_memberships m join public.person_private pp on pp.community_id = m.community_id and pp.person_id = m.person_id
      left join public.party_orgs o on o.community_id = m.community_id and o.id = coalesce(m.group_id, m.party_org_id)
      where m.community_id = p_community_id and m.person_id = any(v_persons) and m.valid_from <= private.today() and (m.valid_to is null or m.valid_to >= private.today())) x), '[]'),
    'meetings', coalesce((select jsonb_agg(to_jsonb(x) order by x.held_on desc, x.id) from (
      select m.id, m.kind, m.title, m.held_on, m.place, m.study_minutes, m.party_org_id, o.name as org,
        (select jsonb_agg(jsonb_build_object('person_id', a.person_id, 'name', pp.real_name, 'status', a.status, 'reason', a.reason) order by pp.real_name, a.person_id) from public.party_attendances a
          left join public.person_private pp on pp.community_id = a.community_id and pp.person_id = a.person_id where a.community_id = m.community_id and a.meeting_id = m.id) as attendance
      from public.party_meetings m join public.party_orgs o on o.community_id = m.community_id and o.id = m.party_org_id
      where m.community_id = p_community_id and m.withdrawn_at is null and m.party_org_id in (select private.party_org_and_below(p_community_id, v_org)) order by m.held_on desc, m.id limit 40) x), '[]'));
end $$;
comment on function public.branch_desk(uuid, uuid) is
  'The secretary''s desk of one branch: what waits, what was held when, the members by name with this month''s duties and dues, recent meetings. No score in it. Errors: not_signed_in, not_a_member, module_off, not_allowed, party_org_unknown.';

create function public.group_meetings(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_orgs uuid[];
begin
  perform private.require_module(p_community_id, 'party_posts');
  v_orgs := array(select o.id from public.party_orgs o where o.community_id = p_community_id and o.kind not in ('liaison_area', 'liaison_group', 'activity_point') and o.closed_on is null
    and private.holds_in_party_org(p_community_id, v_me, o.id, array['branch_secretary', 'deputy_branch_secretary', 'party_group_leader']));
  if cardinality(v_orgs) = 0 then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object('server_time', private.now(),
    'groups', (select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) order by o.kind <> 'group', o.name)
      from public.party_orgs o where o.community_id = p_community_id and o.id = any(v_orgs)),
    'members', coalesce((select jsonb_agg(to_jsonb(x) order by x.name, x.person_id) from (
      select m.person_id, pp.real_name as name, m.kind as member_kind, private.is_exempt(p_community_id, m.person_id, private.today()) as is_exempt, o.name as org
      from public.party_memberships m join public.person_private pp on pp.community_id = m.community_id and pp.person_id = m.person_id
      left join public.party_orgs o on o.community_id = m.community_id and o.id = coalesce(m.group_id, m.party_org_id)
      where m.community_id = p_community_id and (m.party_org_id = any(v_orgs) or m.group_id = any(v_orgs))
        and m.valid_from <= private.today() and (m.valid_to is null or m.valid_to >= private.today())) x), '[]'),
    'former', coalesce((select jsonb_agg(to_jsonb(x) order by x.name, x.person_id) from (
      select m.person_id, pp.real_name as name, m.kind as member_kind, o.name as org, m.valid_from as "from", m.valid_to as "to"
      from public.party_memberships m join public.person_private pp on pp.community_id = m.community_id and pp.person_id = m.person_id
      left join public.party_orgs o on o.community_id = m.community_id and o.id = coalesce(m.group_id, m.party_org_id)
      where m.community_id = p_community_id and (m.party_org_id = any(v_orgs) or m.group_id = any(v_orgs))
        and m.valid_to between private.today() - 400 and private.today() - 1 and m.end_reason <> 'corrected') x), '[]'),
    'to_vouch', private.attendances_to_vouch(p_community_id, v_orgs, v_me),
    'meetings', coalesce((select jsonb_agg(to_jsonb(x) order by x.held_on desc, x.id) from (
      select m.id, m.kind, m.title, m.held_on, m.place, m.study_minutes, m.party_org_id, o.name as org,
        (select jsonb_agg(jsonb_build_object('person_id', a.person_id, 'name', pp.real_name, 'status', a.status, 'reason', a.reason) order by pp.real_name, a.person_id) from public.party_attendances a
          left join public.person_private pp on pp.community_id = a.community_id and pp.person_id = a.person_id where a.community_id = m.community_id and a.meeting_id = m.id) as attendance
      from public.party_meetings m join public.party_orgs o on o.community_id = m.community_id and o.id = m.party_org_id
      where m.community_id = p_community_id and m.withdrawn_at is null and m.party_org_id = any(v_orgs) order by m.held_on desc, m.id limit 40) x), '[]'));
end $$;
comment on function public.group_meetings(uuid) is
  'For whoever leads a group or a branch: its meetings and the members to be listed in one. No duties, dues or reviews in it. Errors: not_signed_in, not_a_member, module_off, not_allowed.';

create function public.branch_scores(p_community_id uuid, p_org_id uuid, p_year int default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_year int := least(greatest(coalesce(p_year, extract(year from private.today())::int), 2020), extract(year from private.today())::int);
  v_set public.party_score_rulesets := private.party_ruleset_of(p_community_id, v_year);
  v_persons uuid[];
begin
  perform private.require_module(p_community_id, 'party_points');
  if p_org_id is null or not private.holds_in_party_org(p_community_id, v_me, p_org_id, array['branch_secretary']) then perform private.fail(404, 'party_org_unknown'); end if;
  -- Who left since the last quarter that is over is still to be confirmed.
  v_persons := array(select private.party_members_until(p_community_id, p_org_id, least(make_date(v_year, 12, 31), (date_trunc('quarter', private.today()))::date - 1)));
  return jsonb_build_object('year', v_year, 'org_id', p_org_id, 'server_time', private.now(), 'ruleset', v_set.code, 'line', v_set.line, 'me', v_me,
    'objections_until', (select max(private.day_of(q.confirmed_at)) + v_set.objection_days from public.party_quarter_scores q
      where q.community_id = p_community_id and q.person_id = any(v_persons) and q.person_id <> v_me and q.year = v_year),
    'open_logs', (select coalesce(jsonb_object_agg(w.quarter, w.n), '{}') from (select extract(quarter from l.month)::int as quarter, count(*) as n from public.duty_logs l
      where l.community_id = p_community_id and l.person_id = any(v_persons) and l.status = 'submitted' and extract(year from l.month) = v_year group by 1) w),
    'members', coalesce((select jsonb_agg(to_jsonb(x) order by x.name, x.person_id) from (
      select s.person_id, pp.real_name as name, s.kind as member_kind, s.is_exempt, s.has_proof, not s.is_exempt and (s.kind = 'managed' or s.has_proof) as needs_review,
        (select v.grade from public.party_reviews v where v.community_id = p_community_id and v.person_id = s.person_id and v.year = v_year) as grade,
        case when not s.is_exempt then private.party_total(t.all_points, t.extra) end as score,
        case when not s.is_exempt then jsonb_build_object('A', coalesce(t.a, 0), 'B', coalesce(t.b, 0), 'C', coalesce(t.c, 0), 'extra', coalesce(t.extra, 0), 'less', coalesce(t.less, 0), 'scale', coalesce(t.scale, 0)) end as blocks,
        coalesce((select jsonb_agg(jsonb_build_object('quarter', q.quarter, 'score', q.score, 'is_behind', q.is_behind, 'confirmed_at', q.confirmed_at) order by q.quarter)
          from public.party_quarter_scores q where q.community_id = p_community_id and q.person_id = s.person_id and q.year = v_year), '[]') as quarters,
        coalesce(d.due, '{}') as due, coalesce(d.exempt, '{}') as exempt_quarters, coalesce(d.is_at_end, false) and not s.is_exempt as closes, s.months,
        (select y.band from public.party_year_scores y where y.community_id = p_community_id and y.person_id = s.person_id and y.year = v_year) as band,
        exists (select 1 from public.party_remarks k where k.community_id = p_community_id and k.person_id = s.person_id and k.kind = 'veto' and k.withdrawn_at is null and extract(year from k.occurred_on) = v_year) as has_veto
      from private.party_subjects(p_community_id, v_year, v_persons) s
      left join (select q.person_id, array_agg(q.quarter order by q.quarter) filter (where q.is_due) as due, array_agg(q.quarter order by q.quarter) filter (where q.is_exempt) as exempt,
          bool_or(q.is_due or q.is_exempt) filter (where q.quarter = 4) as is_at_end
        from private.party_quarters(p_community_id, v_year, v_persons) q group by q.person_id) d on d.person_id = s.person_id
      join public.person_private pp on pp.community_id = p_community_id and pp.person_id = s.person_id
      left join (select v.person_id, sum(v.points) as all_points, sum(v.points) filter (where v.block = 'A') as a, sum(v.points) filter (where v.block = 'B') as b,
          sum(v.points) filter (where v.block = 'C') as c, sum(v.points) filter (where v.block = 'extra') as extra, sum(v.points) filter (where v.block in ('less', 'decision')) as less,
          sum(v.points) filter (where v.block = 'scale') as scale
        from private.party_score_values(p_community_id, v_year, v_persons) v group by v.person_id) t on t.person_id = s.person_id) x), '[]'),
    'objections', coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'person_id', b.person_id, 'name', pp.real_name, 'year', b.year, 'quarter', b.quarter, 'score', b.score, 'rule', b.rule_code,
        'text', b.text, 'made_at', b.made_at, 'due_on', private.score_objection_due(b.made_at), 'why_not', case when b.person_id = v_me then 'own_party_record' when b.confirmed_by = v_me then 'confirmed_it_oneself'
          when not private.holds_in_party_org(p_community_id, v_me, b.party_org_id, array['branch_secretary']) then 'answered_in_the_former_branch' end) order by b.made_at)
      from private.score_objections b join public.person_private pp on pp.community_id = b.community_id and pp.person_id = b.person_id
      -- Whoever confirmed it here is answered here, wherever they are now; what holds up a member of today is seen as well.
      where b.community_id = p_community_id and b.status = 'open'
        and (b.person_id = any(v_persons) or b.party_org_id in (select private.party_org_and_below(p_community_id, p_org_id)))), '[]'));
end $$;
comment on function public.branch_scores(uuid, uuid, int) is
  'Where the members of a branch stand, by name and never by score, with what is confirmed, the reviews of the year, until when objections may come and which wait. Secretaries there or above only. Errors: not_signed_in, not_a_member, module_off, party_org_unknown.';

-- ---------------------------------------------------------------- nothing to be learnt from estimates

do $$
declare
  c record;
begin
  -- An estimated count (Prefer: count=planned) is the planner's guess from its statistics, which know no policy: kept of a column, they
  -- would tell apart who is a member and who is not, and how many are below the line. Rows are found by key here; nothing needs them.
  for c in select t.relname, a.attname from pg_class t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    where t.relnamespace = 'public'::regnamespace and a.attname <> 'community_id' and t.relname in ('party_memberships', 'party_exemptions', 'community_checkins', 'pledges',
      'consents', 'duty_logs', 'party_attendances', 'party_studies', 'party_dues', 'party_reviews', 'party_proofs', 'party_remarks', 'party_quarter_scores', 'party_year_scores',
      'party_objections', 'party_score_entries')
  loop
    execute format('alter table public.%I alter column %I set statistics 0', c.relname, c.attname);
  end loop;
end $$;

-- ---------------------------------------------------------------- policies and grants

alter table public.party_meetings enable row level security;
alter table public.party_attendances enable row level security;
alter table public.party_studies enable row level security;
alter table public.party_dues enable row level security;
alter table public.party_reviews enable row level security;
alter table public.party_proofs enable row level security;
alter table public.party_remarks enable row level security;
alter table public.party_score_rulesets enable row level security;
alter table public.party_score_rules enable row level security;
alter table public.party_quarter_scores enable row level security;
alter table public.party_year_scores enable row level security;
alter table public.party_objections enable row level security;
alter table public.party_score_entries enable row level security;
grant select on public.party_meetings, public.party_attendances, public.party_studies, public.party_dues, public.party_reviews, public.party_proofs, public.party_remarks,
  public.party_score_rulesets, public.party_score_rules, public.party_quarter_scores, public.party_year_scores, public.party_objections, public.party_score_entries to authenticated;

create policy select_as_member on public.party_score_rulesets for select to authenticated using (community_id = any(array(select private.module_communities('party_points'))));
create policy select_as_member on public.party_score_rules for select to authenticated using (community_id = any(array(select private.module_communities('party_points'))));
create policy select_own_or_as_leader on public.party_attendances for select to authenticated using (
  community_id = any(array(select private.module_communities('party_posts'))) and (
    (person_id = any(array(select private.my_persons())) and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
    or (community_id, person_id) in (select k.community_id, k.person_id from private.my_party_member_keys(array['branch_secretary', 'deputy_branch_secretary', 'party_group_leader']) k)));
create policy select_with_the_attendance on public.party_meetings for select to authenticated using (
  community_id = any(array(select private.module_communities('party_posts')))
  and (community_id, id) in (select a.community_id, a.meeting_id from public.party_attendances a));

do $$
declare
  t text;
begin
  -- The member, and the secretaries of the branch or above; nothing at all where the module is off.
  foreach t in array array['party_studies', 'party_dues', 'party_reviews', 'party_proofs', 'party_remarks', 'party_quarter_scores', 'party_year_scores', 'party_objections', 'party_score_entries'] loop
    execute format($policy$create policy select_own_or_as_secretary on public.%I for select to authenticated using (
      community_id = any(array(select private.module_communities(%L))) and (
        (person_id = any(array(select private.my_persons())) and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
        or (community_id, person_id) in (select k.community_id, k.person_id from private.my_party_member_keys(array['branch_secretary']) k)))$policy$,
      t, case when t in ('party_studies', 'party_dues') then 'party_posts' else 'party_points' end);
  end loop;
end $$;

do $$
declare
  f regprocedure;
begin
  foreach f in array array(select p.oid::regprocedure from pg_proc p where p.pronamespace = 'private'::regnamespace and p.proname in ('install_party_score_2026_1',
      'tg_communities__install_party_score', 'party_ruleset_of', 'tg_point_entries__nothing_of_the_party', 'tg_persons__erase_party_texts', 'party_subjects', 'wishes_realised', 'party_facts',
      'party_months', 'party_quarters', 'party_members_until', 'party_standings', 'party_last_orgs', 'require_score_rules', 'require_keeps_score', 'party_score_values', 'party_total', 'party_band', 'post_party_scores', 'party_org_for_score', 'require_leads_members', 'secretary_orgs', 'attendances_to_vouch', 'may_vouch', 'tell_who_may_vouch', 'score_objection_due', 'score_objections_for', 'objections_about')
    union all select p.oid::regprocedure from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname in ('record_party_meeting', 'vouch_attendance', 'record_study', 'record_dues',
      'record_party_review', 'record_home_proof', 'record_party_remark', 'withdraw_party_remark', 'withdraw_party_meeting', 'withdraw_study', 'withdraw_home_proof', 'post_party_month', 'confirm_quarter', 'close_party_year', 'object_to_score',
      'answer_score_objection', 'party_score', 'my_party_life', 'branch_desk', 'group_meetings', 'branch_scores')) loop
    execute format('revoke all on function %s from public, anon, authenticated', f);
  end loop;
end $$;
grant execute on function public.record_party_meeting(uuid, uuid, uuid, jsonb), public.vouch_attendance(uuid, uuid, uuid[]), public.record_study(uuid, uuid, uuid[], date, int, text),
  public.record_dues(uuid, uuid, uuid[], date, date), public.record_party_review(uuid, uuid, uuid, int, text), public.record_home_proof(uuid, uuid, uuid, int, numeric),
  public.record_party_remark(uuid, uuid, uuid, text, date, text, text), public.withdraw_party_remark(uuid, uuid, uuid), public.withdraw_party_meeting(uuid, uuid, uuid, text),
  public.withdraw_study(uuid, uuid, uuid, text), public.withdraw_home_proof(uuid, uuid, uuid, text), public.post_party_month(uuid, uuid, uuid, int),
  public.confirm_quarter(uuid, uuid, uuid, int, int), public.close_party_year(uuid, uuid, uuid, int), public.object_to_score(uuid, uuid, uuid, text, text),
  public.answer_score_objection(uuid, uuid, uuid, text, numeric), public.party_score(uuid, int, uuid), public.my_party_life(uuid, int),
  public.branch_desk(uuid, uuid), public.group_meetings(uuid), public.branch_scores(uuid, uuid, int) to authenticated;
