-- Appraisal (X10, X19, H15, T33, F26): a cycle from drafting to the panel's sheet. Indicators, weights and gates are versioned data; the
-- evidence is taken from the ledgers at one moment, scored from that snapshot alone, and people decide. What follows is in awards.sql.

insert into private.setting_keys (key, kind, area, sort, unit, min_value, max_value, default_value) values
  ('appraisal_quorum', 'number', 'appraisal', 20, 'people', 2, 30, 3),
  ('publicity_workdays', 'number', 'appraisal', 30, 'workdays', 5, 20, 5);

insert into private.notice_kinds (kind, "group", breaks_quiet) values
  ('nomination_made', 'must', null), ('panel_named', 'office', null), ('award_not_this_time', 'must', null);

-- ---------------------------------------------------------------- what can be appraised, and by what

create table private.appraisal_kinds (
  kind text primary key,
  span text not null check (span in ('year', 'quarter')),
  subject text not null check (subject in ('volunteer', 'member', 'worker', 'family', 'unit')),
  is_ranked boolean not null,
  methods text[] not null
);
alter table private.appraisal_kinds enable row level security;
comment on table private.appraisal_kinds is 'The awards of domain.md: over which span, of whom, by which methods. Staff are never ranked (norms.md, Less burden).';
insert into private.appraisal_kinds (kind, span, subject, is_ranked, methods) values
  ('volunteer_pioneer', 'year', 'volunteer', true, '{hours,months,rating,deeds,reliability,sample,peers}'),
  ('area_star', 'quarter', 'volunteer', true, '{hours,months,rating,deeds,reliability,sample,peers}'),
  ('courtyard_star', 'quarter', 'volunteer', true, '{hours,months,rating,deeds,reliability,sample,peers}'),
  ('civilized_family', 'year', 'family', true, '{sample,peers,committee,hours}'),
  ('harmonious_family', 'year', 'family', true, '{sample,peers,committee,hours}'),
  ('excellent_member', 'year', 'member', true, '{party_score,sample,hours_percentile,peers,committee}'),
  ('excellent_worker', 'year', 'worker', false, '{sample,committee,peers}'),
  ('cobuild_model', 'year', 'unit', true, '{sample,committee,deeds}');

create table private.indicator_methods (
  method text primary key,
  sort int not null,
  max_weight int not null,
  params jsonb not null
);
alter table private.indicator_methods enable row level security;
comment on table private.indicator_methods is 'How an indicator is counted (private.indicator_value), how heavy it may be at most, and the bounds of its numbers: {name: {min, max, default}}.';
insert into private.indicator_methods (method, sort, max_weight, params) values
  ('hours', 1, 60, '{}'), ('months', 2, 40, '{}'),
  ('rating', 3, 50, '{"prior": {"min": 1, "max": 5, "default": 4.2}, "prior_n": {"min": 1, "max": 50, "default": 5}}'),
  ('deeds', 4, 40, '{"wish": {"min": 0, "max": 10, "default": 2}, "visit": {"min": 0, "max": 10, "default": 0.2}, "emergency": {"min": 0, "max": 10, "default": 3}, "full": {"min": 5, "max": 100, "default": 20}}'),
  ('reliability', 5, 40, '{}'), ('party_score', 6, 90, '{}'), ('sample', 7, 80, '{}'), ('hours_percentile', 8, 20, '{}'), ('committee', 9, 60, '{}'), ('peers', 10, 40, '{}');

create table public.appraisal_formulas (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  kind text not null,
  code text not null,
  gates jsonb not null,
  quota jsonb not null,
  dimensions jsonb,
  published_at timestamptz not null,
  published_by uuid,
  primary key (community_id, id),
  foreign key (community_id, published_by) references public.persons (community_id, id),
  constraint formula_code_is_unique unique (community_id, code),
  constraint formula_kind_is_known check (kind in ('volunteer_pioneer', 'area_star', 'courtyard_star', 'civilized_family', 'harmonious_family', 'excellent_member', 'excellent_worker', 'cobuild_model'))
);
create index appraisal_formulas_by_publisher on public.appraisal_formulas (community_id, published_by);
create trigger tg_appraisal_formulas__append_only before update or delete on public.appraisal_formulas for each row execute function private.tg_append_only();
comment on table public.appraisal_formulas is
  'Versions of an award''s rules (rules.md, Formulas): gates {minutes, months, sample, no_veto, year_closed}, quota {percent, each_corps, each_grid, each_compound, most}, dimensions 德能勤绩廉 with weights where opinions have them. One that was published never changes; a cycle names the version it uses.';

create table public.indicators (
  community_id uuid not null,
  id uuid not null,
  formula_id uuid not null,
  method text not null,
  sort int not null,
  weight int not null,
  params jsonb not null,
  primary key (community_id, id),
  foreign key (community_id, formula_id) references public.appraisal_formulas (community_id, id),
  constraint a_formula_counts_a_method_once unique (community_id, formula_id, method),
  constraint weight_is_1_to_90 check (weight between 1 and 90)
);
create trigger tg_indicators__append_only before update or delete on public.indicators for each row execute function private.tg_append_only();
comment on table public.indicators is 'The lines of a formula with their weights in percent; together 100.';

create function private.add_formula(p_community_id uuid, p_id uuid, p_kind text, p_code text, p_gates jsonb, p_quota jsonb, p_dimensions jsonb, p_lines jsonb, p_by uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into public.appraisal_formulas (community_id, id, kind, code, gates, quota, dimensions, published_at, published_by)
    values (p_community_id, p_id, p_kind, p_code, p_gates, p_quota, p_dimensions, private.now(), p_by);
  insert into public.indicators (community_id, id, formula_id, method, sort, weight, params)
    select p_community_id, md5(p_id::text || m.method)::uuid, p_id, m.method, m.sort, (l ->> 'weight')::int,
      coalesce((select jsonb_object_agg(d.key, coalesce(l -> 'params' -> d.key, d.value -> 'default')) from jsonb_each(m.params) d), '{}')
    from jsonb_array_elements(p_lines) l join private.indicator_methods m on m.method = l ->> 'method';
end $$;

create function private.install_appraisal_2026_1(p_community_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  f record;
begin
  for f in select * from (values
    ('volunteer_pioneer', 'PIONEER-2026.1', '{"minutes": 1200, "months": 3, "no_veto": true}', '{"percent": 3, "each_corps": 1}', null, 'hours:40,months:20,rating:20,deeds:10,reliability:10'),
    ('area_star', 'AREA-2026.1', '{"minutes": 240, "no_veto": true}', '{"each_grid": 1}', null, 'hours:40,rating:30,deeds:15,peers:15'),
    ('courtyard_star', 'COURTYARD-2026.1', '{"sample": 5, "no_veto": true}', '{"each_compound": 1}', null, 'sample:50,hours:30,peers:20'),
    ('civilized_family', 'CIVIL-2026.1', '{"sample": 5}', '{"most": 20}', null, 'sample:40,committee:40,peers:20'),
    ('harmonious_family', 'HARMONY-2026.1', '{"sample": 5}', '{"most": 20}', null, 'sample:40,committee:40,peers:20'),
    ('excellent_member', 'MEMBER-2026.1', '{"sample": 10, "no_veto": true, "year_closed": true}', '{"percent": 5}', null, 'party_score:75,sample:15,hours_percentile:10'),
    ('excellent_worker', 'WORKER-2026.1', '{"sample": 10}', '{"percent": 20}',
      '{"morality": 20, "ability": 20, "diligence": 15, "performance": 35, "integrity": 10}', 'sample:60,committee:30,peers:10'),
    ('cobuild_model', 'COBUILD-2026.1', '{}', '{"most": 5}', null, 'committee:50,sample:30,deeds:20')) as v (kind, code, gates, quota, dimensions, lines)
  loop
    perform private.add_formula(p_community_id, md5(p_community_id::text || f.code)::uuid, f.kind, f.code, f.gates::jsonb, f.quota::jsonb, f.dimensions::jsonb,
      (select jsonb_agg(jsonb_build_object('method', split_part(x, ':', 1), 'weight', split_part(x, ':', 2)::int)) from unnest(string_to_array(f.lines, ',')) x), null);
  end loop;
end $$;
comment on function private.install_appraisal_2026_1(uuid) is 'The formulas of rules.md for a new community.';

create function private.tg_communities__install_appraisal()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform private.install_appraisal_2026_1(new.id);
  return null;
end $$;
create trigger tg_communities__install_appraisal after insert on public.communities for each row execute function private.tg_communities__install_appraisal();

-- ---------------------------------------------------------------- the cycle

create table public.appraisal_cycles (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  kind text not null,
  period text not null,
  first_day date not null,
  last_day date not null,
  formula_id uuid not null,
  status text not null default 'drafting' check (status in ('drafting', 'collecting', 'locked', 'scored', 'panel', 'publicity', 'objections', 'confirmed', 'archived')),
  collect_until date not null,
  decide_until date not null,
  quorum int not null check (quorum between 2 and 30),
  active int,
  quota int,
  planned_by uuid not null,
  planned_at timestamptz not null,
  opened_at timestamptz,
  locked_at timestamptz,
  locked_by uuid,
  snapshot_hash text,
  scored_at timestamptz,
  scored_by uuid,
  confirmed_at timestamptz,
  confirmed_by uuid,
  archived_at timestamptz,
  seal text,
  primary key (community_id, id),
  foreign key (community_id, formula_id) references public.appraisal_formulas (community_id, id),
  foreign key (community_id, planned_by) references public.persons (community_id, id),
  foreign key (community_id, locked_by) references public.persons (community_id, id),
  foreign key (community_id, scored_by) references public.persons (community_id, id),
  foreign key (community_id, confirmed_by) references public.persons (community_id, id),
  constraint one_cycle_a_kind_and_period unique (community_id, kind, period),
  constraint cycle_dates_are_in_order check (first_day <= last_day and collect_until <= decide_until),
  constraint a_locked_cycle_has_its_snapshot check ((status in ('drafting', 'collecting')) = (snapshot_hash is null)),
  constraint an_archived_cycle_is_sealed check ((status = 'archived') = (seal is not null))
);
create index appraisal_cycles_by_formula on public.appraisal_cycles (community_id, formula_id);
create index appraisal_cycles_by_planner on public.appraisal_cycles (community_id, planned_by);
create index appraisal_cycles_by_locker on public.appraisal_cycles (community_id, locked_by);
create index appraisal_cycles_by_scorer on public.appraisal_cycles (community_id, scored_by);
create index appraisal_cycles_by_confirmer on public.appraisal_cycles (community_id, confirmed_by);
comment on table public.appraisal_cycles is
  'drafting → collecting → locked → scored → panel → publicity → objections → confirmed → archived (domain.md). active and quota are counted when it is locked.';

create function private.tg_appraisal_cycles__one_way()
returns trigger language plpgsql set search_path = '' as $$
declare
  c_steps text[] := array['drafting', 'collecting', 'locked', 'scored', 'panel', 'publicity', 'objections', 'confirmed', 'archived'];
begin
  if tg_op = 'DELETE' or old.status = 'archived' then perform private.fail(409, 'cycle_archived'); end if;
  if array_position(c_steps, new.status) < array_position(c_steps, old.status)
      or (old.status <> 'drafting' and (new.kind, new.period, new.formula_id) is distinct from (old.kind, old.period, old.formula_id))
      or (old.snapshot_hash is not null and (new.snapshot_hash, new.active, new.quota, new.locked_at) is distinct from (old.snapshot_hash, old.active, old.quota, old.locked_at)) then
    perform private.fail(409, 'cycle_step_wrong', jsonb_build_object('status', old.status));
  end if;
  return new;
end $$;
comment on function private.tg_appraisal_cycles__one_way() is 'A cycle only goes on; what was opened keeps its formula, what was locked its snapshot, what was archived everything. Errors: cycle_archived, cycle_step_wrong {status}.';
create trigger tg_appraisal_cycles__one_way before update or delete on public.appraisal_cycles for each row execute function private.tg_appraisal_cycles__one_way();

create function private.tg_appraisal__sealed()
returns trigger language plpgsql security definer set search_path = '' as $$
declare
  v_row jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  v_field text;
begin
  if not exists (select 1 from public.appraisal_cycles c where c.community_id = (v_row ->> 'community_id')::uuid and c.id = (v_row ->> 'cycle_id')::uuid and c.status = 'archived') then
    return case when tg_op = 'DELETE' then old else new end;
  end if;
  -- Erasing a person takes the words, which the seal holds as hashes, and nothing else.
  if tg_op = 'UPDATE' then
    foreach v_field in array coalesce(tg_argv, '{}') loop
      if v_row ->> v_field is distinct from '*' and v_row -> v_field is distinct from to_jsonb(old) -> v_field then
        perform private.fail(409, 'cycle_archived');
      end if;
    end loop;
    if v_row - coalesce(tg_argv, '{}') = to_jsonb(old) - coalesce(tg_argv, '{}') then return new; end if;
  end if;
  perform private.fail(409, 'cycle_archived');
  return null;
end $$;
comment on function private.tg_appraisal__sealed() is 'Nothing of an archived cycle changes; only the texts named by the trigger may become * when a person is erased. Error: cycle_archived.';

create table private.panel_members (
  community_id uuid not null,
  id uuid not null,
  cycle_id uuid not null,
  person_id uuid not null,
  named_by uuid not null,
  named_at timestamptz not null,
  signed_hash text,
  signed_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, cycle_id) references public.appraisal_cycles (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, named_by) references public.persons (community_id, id),
  constraint a_person_sits_on_a_panel_once unique (community_id, cycle_id, person_id),
  constraint a_signature_has_its_day check ((signed_hash is null) = (signed_at is null))
);
create index panel_members_by_person on private.panel_members (community_id, person_id);
create index panel_members_by_namer on private.panel_members (community_id, named_by);
alter table private.panel_members enable row level security;
create trigger tg_panel_members__sealed before insert or update or delete on private.panel_members for each row execute function private.tg_appraisal__sealed();
comment on table private.panel_members is 'Who decides in a cycle, and whether they signed the sheet as it stands (signed_hash): a changed sheet needs new signatures.';

-- ---------------------------------------------------------------- nominations

create table private.nominations (
  community_id uuid not null,
  id uuid not null,
  cycle_id uuid not null,
  person_id uuid not null,
  title text,
  reason text,
  grid_id uuid,
  compound_id uuid,
  corps_id uuid,
  nominated_by uuid not null,
  nominated_at timestamptz not null,
  status text not null default 'nominated' check (status in ('nominated', 'declined', 'qualified', 'unqualified', 'shortlisted', 'passed_over', 'publicity', 'granted', 'withheld')),
  score numeric(6, 2),
  is_proposed boolean,
  ended_at timestamptz,
  ended_why text,
  primary key (community_id, id),
  foreign key (community_id, cycle_id) references public.appraisal_cycles (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, grid_id) references public.grids (community_id, id),
  foreign key (community_id, compound_id) references public.compounds (community_id, id),
  foreign key (community_id, corps_id) references public.corps (community_id, id),
  foreign key (community_id, nominated_by) references public.persons (community_id, id),
  constraint a_person_is_nominated_once_a_cycle unique (community_id, cycle_id, person_id)
);
create index nominations_by_person on private.nominations (community_id, person_id);
create index nominations_by_grid on private.nominations (community_id, grid_id);
create index nominations_by_compound on private.nominations (community_id, compound_id);
create index nominations_by_corps on private.nominations (community_id, corps_id);
create index nominations_by_nominator on private.nominations (community_id, nominated_by);
create trigger tg_nominations__sealed before insert or update or delete on private.nominations for each row execute function private.tg_appraisal__sealed('title', 'reason', 'ended_why');
comment on table private.nominations is
  'Somebody put forward in a cycle: a person, the one who speaks for a family, or the contact of a unit (title = its name). nominated → qualified → shortlisted → publicity → granted | withheld; declined by the nominee at any time before.';
comment on column private.nominations.title is 'personal data: the name of a family or a unit';
comment on column private.nominations.reason is 'personal data: what the person did, shown in the public notice without the name';
comment on column private.nominations.ended_why is 'personal data: free text, why it was withheld or declined';
comment on column private.nominations.score is 'personal data: the nominee, the panel and who runs the cycle only';

create table public.nomination_consents (
  community_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  shows_full_name boolean not null,
  version text not null,
  given_at timestamptz not null,
  given_via text not null check (given_via in ('self', 'helper', 'paper')),
  recorded_by uuid not null,
  withdrawn_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, id) references private.nominations (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, recorded_by) references public.persons (community_id, id)
);
create index nomination_consents_by_person on public.nomination_consents (community_id, person_id);
create index nomination_consents_by_recorder on public.nomination_consents (community_id, recorded_by);
comment on table public.nomination_consents is
  'Accepting a nomination (id) is agreeing to the 公示: masked, or with the full name where the nominee says so. The choice may be changed at any time, also after the cycle was sealed.';
comment on column public.nomination_consents.shows_full_name is 'personal data: none; whether the full name may be shown';

create table public.nomination_statements (
  community_id uuid not null,
  id uuid not null,
  cycle_id uuid not null,
  person_id uuid not null,
  body text not null,
  written_by uuid not null,
  written_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, id) references private.nominations (community_id, id),
  foreign key (community_id, cycle_id) references public.appraisal_cycles (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, written_by) references public.persons (community_id, id)
);
create index nomination_statements_by_cycle on public.nomination_statements (community_id, cycle_id);
create index nomination_statements_by_person on public.nomination_statements (community_id, person_id);
create index nomination_statements_by_writer on public.nomination_statements (community_id, written_by);
create trigger tg_nomination_statements__sealed before insert or update or delete on public.nomination_statements for each row execute function private.tg_appraisal__sealed('body');
comment on table public.nomination_statements is 'What the nominee says about oneself (id = the nomination): read by the panel.';
comment on column public.nomination_statements.body is 'personal data: free text';

create table private.nomination_opinions (
  community_id uuid not null,
  id uuid not null,
  cycle_id uuid not null,
  nomination_id uuid not null,
  source text not null check (source in ('peers', 'committee')),
  marks jsonb not null,
  mark numeric(4, 2) not null check (mark between 1 and 5),
  words text,
  given_by uuid not null,
  given_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, cycle_id) references public.appraisal_cycles (community_id, id),
  foreign key (community_id, nomination_id) references private.nominations (community_id, id),
  foreign key (community_id, given_by) references public.persons (community_id, id),
  constraint one_opinion_a_person unique (community_id, nomination_id, given_by)
);
create index nomination_opinions_by_cycle on private.nomination_opinions (community_id, cycle_id);
create index nomination_opinions_by_giver on private.nomination_opinions (community_id, given_by);
alter table private.nomination_opinions enable row level security;
create trigger tg_nomination_opinions__sealed before insert or update or delete on private.nomination_opinions for each row execute function private.tg_appraisal__sealed('words');
comment on table private.nomination_opinions is 'What peers and the committee (branch, street and 两委, the office) think, 1–5; read without its giver. mark: weighted by the dimensions of the formula.';
comment on column private.nomination_opinions.words is 'personal data: free text';

create table private.sample_codes (
  community_id uuid not null,
  id uuid not null,
  cycle_id uuid not null,
  nomination_id uuid not null,
  code text not null,
  created_by uuid not null,
  created_at timestamptz not null,
  used_at timestamptz,
  used_with uuid,
  primary key (community_id, id),
  foreign key (community_id, cycle_id) references public.appraisal_cycles (community_id, id),
  foreign key (community_id, nomination_id) references private.nominations (community_id, id),
  foreign key (community_id, created_by) references public.persons (community_id, id),
  constraint sample_code_is_unique unique (code)
);
create index sample_codes_by_cycle on private.sample_codes (community_id, cycle_id);
create index sample_codes_by_nomination on private.sample_codes (community_id, nomination_id);
create index sample_codes_by_creator on private.sample_codes (community_id, created_by);
alter table private.sample_codes enable row level security;
create trigger tg_sample_codes__sealed before insert or update or delete on private.sample_codes for each row execute function private.tg_appraisal__sealed();
comment on table private.sample_codes is 'One code, one opinion of a resident, without an account and without a name; good while the cycle collects.';

create table private.sample_ratings (
  community_id uuid not null,
  id uuid not null,
  cycle_id uuid not null,
  nomination_id uuid not null,
  marks jsonb not null,
  mark numeric(4, 2) not null check (mark between 1 and 5),
  words text,
  primary key (community_id, id),
  foreign key (community_id, cycle_id) references public.appraisal_cycles (community_id, id),
  foreign key (community_id, nomination_id) references private.nominations (community_id, id)
);
create index sample_ratings_by_cycle on private.sample_ratings (community_id, cycle_id);
create index sample_ratings_by_nomination on private.sample_ratings (community_id, nomination_id);
alter table private.sample_ratings enable row level security;
create trigger tg_sample_ratings__sealed before insert or update or delete on private.sample_ratings for each row execute function private.tg_appraisal__sealed('words');
comment on table private.sample_ratings is 'The residents'' sample: no trace of who gave it, not even when.';
comment on column private.sample_ratings.words is 'personal data: free text';

create table private.score_snapshots (
  community_id uuid not null,
  id uuid not null,
  cycle_id uuid not null,
  nomination_id uuid not null,
  person_id uuid not null,
  indicator text not null,
  sort int not null,
  weight int not null,
  params jsonb not null,
  inputs jsonb not null,
  value numeric(6, 2),
  primary key (community_id, id),
  foreign key (community_id, cycle_id) references public.appraisal_cycles (community_id, id),
  foreign key (community_id, nomination_id) references private.nominations (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  constraint one_line_an_indicator unique (community_id, nomination_id, indicator)
);
create index score_snapshots_by_cycle on private.score_snapshots (community_id, cycle_id);
create index score_snapshots_by_person on private.score_snapshots (community_id, person_id);
comment on table private.score_snapshots is
  'What each indicator saw when the cycle was locked (inputs), and what score_cycle made of it (value, 0–100). The line gates holds what the gates are judged by. Inputs never change.';
comment on column private.score_snapshots.inputs is 'personal data: counts about a nominee; opinions as sums';

create function private.tg_score_snapshots__immutable()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' and exists (select 1 from public.appraisal_cycles c where c.community_id = new.community_id and c.id = new.cycle_id and c.status = 'collecting') then
    return new;
  end if;
  perform private.fail(409, 'snapshot_locked');
  return null;
end $$;
comment on function private.tg_score_snapshots__immutable() is 'A snapshot is taken once, in the act of locking; its values are put in once. Error: snapshot_locked.';
create trigger tg_score_snapshots__immutable before insert or delete or update of community_id, id, cycle_id, nomination_id, person_id, indicator, sort, weight, params, inputs on private.score_snapshots
  for each row execute function private.tg_score_snapshots__immutable();
create trigger tg_score_snapshots__valued_once before update of value on private.score_snapshots
  for each row when (old.value is not null) execute function private.tg_score_snapshots__immutable();

create function private.part_hash(p_rows text)
returns text language sql immutable set search_path = '' as $$
  select encode(sha256(convert_to(coalesce(p_rows, ''), 'UTF8')), 'hex')
$$;

create table private.panel_decisions (
  community_id uuid not null,
  id uuid not null,
  cycle_id uuid not null,
  nomination_id uuid not null,
  decision text not null check (decision in ('shortlist', 'pass_over')),
  differs boolean not null,
  reason text,
  reason_hash text,
  decided_by uuid not null,
  decided_at timestamptz not null,
  revision int not null,
  primary key (community_id, id),
  foreign key (community_id, cycle_id) references public.appraisal_cycles (community_id, id),
  foreign key (community_id, nomination_id) references private.nominations (community_id, id),
  foreign key (community_id, decided_by) references public.persons (community_id, id),
  constraint a_decision_has_its_revision unique (community_id, nomination_id, revision),
  constraint a_decision_that_differs_says_why check (not differs or reason is not null)
);
create index panel_decisions_by_cycle on private.panel_decisions (community_id, cycle_id);
create index panel_decisions_by_decider on private.panel_decisions (community_id, decided_by);
alter table private.panel_decisions enable row level security;
create trigger tg_panel_decisions__append_only before delete or update of community_id, id, cycle_id, nomination_id, decision, differs, reason_hash, decided_by, decided_at, revision on private.panel_decisions
  for each row execute function private.tg_append_only();
create trigger tg_panel_decisions__sealed before insert or update on private.panel_decisions for each row execute function private.tg_appraisal__sealed('reason');
comment on table private.panel_decisions is 'What the panel wrote on its sheet, line by line; a change is a new revision. It may differ from what the score proposes, with a reason.';
comment on column private.panel_decisions.reason_hash is 'What was signed of the reason: it stays when the words of an erased person go, and the signatures with it.';
comment on column private.panel_decisions.reason is 'personal data: free text';

-- ---------------------------------------------------------------- who may what

create function private.close_persons(p_community_id uuid, p_me uuid)
returns setof uuid language sql stable security definer rows 5 set search_path = '' as $$
  select p_me
  union select h.person_id from public.helper_links h where h.community_id = p_community_id and h.helper_person_id = p_me and (h.valid_to is null or h.valid_to >= private.today())
  union select h.helper_person_id from public.helper_links h where h.community_id = p_community_id and h.person_id = p_me and (h.valid_to is null or h.valid_to >= private.today())
  union select o.person_id from public.person_private m join public.person_private o on o.community_id = m.community_id and o.household_id = m.household_id
    where m.community_id = p_community_id and m.person_id = p_me
$$;
comment on function private.close_persons(uuid, uuid) is 'Oneself, whom one helps or is helped by, and the own household: about these nobody scores, marks, decides or judges.';

create function private.has_stake(p_community_id uuid, p_me uuid, p_cycle_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from private.nominations n where n.community_id = p_community_id and n.cycle_id = p_cycle_id and n.status <> 'declined'
    and n.person_id in (select private.close_persons(p_community_id, p_me)))
$$;
comment on function private.has_stake(uuid, uuid, uuid) is 'Whether somebody, or somebody close, is a nominee of the cycle.';

create function private.runs_appraisal(p_community_id uuid, p_me uuid, p_kind text)
returns boolean language sql stable security definer set search_path = '' as $$
  select case when p_kind = 'excellent_member' then private.minds_party(p_community_id, p_me)
    else private.holds_office(p_community_id, p_me, array['community_secretary', 'street_admin']) end
$$;
comment on function private.runs_appraisal(uuid, uuid, text) is 'Secretary and street; of party members the party office, since nobody else is told who is one.';

create function private.serves_appraisal(p_community_id uuid, p_me uuid, p_kind text)
returns boolean language sql stable security definer set search_path = '' as $$
  select private.runs_appraisal(p_community_id, p_me, p_kind) or (p_kind not in ('excellent_member', 'excellent_worker') and private.is_office(p_community_id, p_me))
$$;
comment on function private.serves_appraisal(uuid, uuid, text) is 'Who collects: the whole office, but for awards of party members and of the staff itself.';

create function private.on_panel(p_community_id uuid, p_me uuid, p_cycle_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from private.panel_members m where m.community_id = p_community_id and m.cycle_id = p_cycle_id and m.person_id = p_me)
$$;

create function private.cycle_for(p_ctx private.command_context, p_cycle_id uuid, p_statuses text[])
returns public.appraisal_cycles language plpgsql volatile security definer set search_path = '' as $$
declare
  v_cycle public.appraisal_cycles;
begin
  perform private.require_module(p_ctx.community_id, 'appraisal');
  select * into v_cycle from public.appraisal_cycles c where c.community_id = p_ctx.community_id and c.id = p_cycle_id for update;
  if not found then perform private.fail(404, 'cycle_unknown'); end if;
  if v_cycle.status = 'archived' then perform private.fail(409, 'cycle_archived'); end if;
  if v_cycle.status <> all (p_statuses) then perform private.fail(409, 'cycle_step_wrong', jsonb_build_object('status', v_cycle.status)); end if;
  return v_cycle;
end $$;
comment on function private.cycle_for(private.command_context, uuid, text[]) is 'The cycle, locked, when it is at one of these steps. Errors: module_off, cycle_unknown, cycle_archived, cycle_step_wrong {status}.';

create function private.require_deciding(p_cycle public.appraisal_cycles)
returns void language plpgsql stable set search_path = '' as $$
begin
  if private.today() > p_cycle.decide_until then perform private.fail(422, 'deciding_over', jsonb_build_object('until', p_cycle.decide_until)); end if;
end $$;
comment on function private.require_deciding(public.appraisal_cycles) is 'The panel decides and signs until decide_until; plan_cycle moves it on. Error: deciding_over {until}.';

create function private.cycle_to_run(p_ctx private.command_context, p_cycle_id uuid, p_statuses text[])
returns public.appraisal_cycles language plpgsql volatile security definer set search_path = '' as $$
declare
  v_kind text := (select c.kind from public.appraisal_cycles c where c.community_id = p_ctx.community_id and c.id = p_cycle_id);
  v_cycle public.appraisal_cycles;
begin
  if v_kind is null then perform private.fail(404, 'cycle_unknown'); end if;
  if not private.runs_appraisal(p_ctx.community_id, p_ctx.person_id, v_kind) then perform private.fail(403, 'not_allowed'); end if;
  v_cycle := private.cycle_for(p_ctx, p_cycle_id, p_statuses);
  -- Under the lock: a nomination that was quicker counts.
  if private.has_stake(p_ctx.community_id, p_ctx.person_id, p_cycle_id) then perform private.fail(403, 'own_award'); end if;
  return v_cycle;
end $$;
comment on function private.cycle_to_run(private.command_context, uuid, text[]) is
  'The same for whoever runs it, and is neither a nominee nor close to one: nobody scores, publishes or confirms in the own matter. Errors: those of cycle_for, not_allowed, own_award.';

create function private.end_unnamed(p_ctx private.command_context, p_cycle_id uuid, p_result jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.write_audit(p_ctx.community_id, p_ctx.command_id, null, null, null, p_ctx.command, 'appraisal_cycles', p_cycle_id, '{}', p_ctx.payload_hash, p_result);
  return p_result;
end $$;
comment on function private.end_unnamed(private.command_context, uuid, jsonb) is
  'Last statement where whoever reads the trail must not learn who it was about, or who said it: a secretary may be a nominee oneself. Who did it stands in the row it wrote (nominated_by, recorded_by, written_by, given_by). The payload names the caller (by), so that a replay is answered to nobody else.';

create function private.nomination_for(p_ctx private.command_context, p_nomination_id uuid, p_statuses text[])
returns private.nominations language plpgsql volatile security definer set search_path = '' as $$
declare
  v_nomination private.nominations;
  v_cycle public.appraisal_cycles;
begin
  select * into v_nomination from private.nominations n where n.community_id = p_ctx.community_id and n.id = p_nomination_id;
  if not found then perform private.fail(404, 'nomination_unknown'); end if;
  -- The cycle first: every command of a cycle waits for that row, so that a lock never runs beside a late acceptance.
  v_cycle := private.cycle_for(p_ctx, v_nomination.cycle_id, p_statuses);
  if v_cycle.status = 'collecting' and p_statuses = array['collecting'] and private.today() > v_cycle.collect_until then
    perform private.fail(422, 'collecting_over', jsonb_build_object('until', v_cycle.collect_until));
  end if;
  select * into v_nomination from private.nominations n where n.community_id = p_ctx.community_id and n.id = p_nomination_id for update;
  return v_nomination;
end $$;
comment on function private.nomination_for(private.command_context, uuid, text[]) is
  'A nomination and its cycle, locked. Where only collecting is allowed, within its days. Errors: nomination_unknown, those of cycle_for, collecting_over {until}.';

create function private.clean_marks(p_marks jsonb, p_dimensions jsonb, out marks jsonb, out mark numeric)
language plpgsql immutable set search_path = '' as $$
declare
  v_weights jsonb := coalesce(p_dimensions, '{"overall": 100}');
begin
  if jsonb_typeof(p_marks) is distinct from 'object' or p_marks - array(select jsonb_object_keys(v_weights)) <> '{}'
      or exists (select 1 from jsonb_object_keys(v_weights) k where coalesce(p_marks ->> k, '') !~ '^[1-5]$') then
    perform private.fail(400, 'field_invalid', '{"field":"marks"}');
  end if;
  select jsonb_object_agg(w.key, (p_marks ->> w.key)::int), round(sum(w.value::numeric * (p_marks ->> w.key)::int) / 100, 2) into marks, mark from jsonb_each_text(v_weights) w;
end $$;
comment on function private.clean_marks(jsonb, jsonb) is 'Marks 1–5, one a dimension (or overall), and their weighted mean. Error: field_invalid {field: marks}.';

create function private.judged_marks(p_cycle_id uuid, p_community_id uuid, p_marks jsonb, out marks jsonb, out mark numeric)
language sql stable security definer set search_path = '' as $$
  select m.marks, m.mark from public.appraisal_cycles c
  join public.appraisal_formulas f on f.community_id = c.community_id and f.id = c.formula_id
  cross join private.clean_marks(p_marks, f.dimensions) m where c.community_id = p_community_id and c.id = p_cycle_id
$$;

-- ---------------------------------------------------------------- planning

create function public.publish_formula(p_community_id uuid, p_id uuid, p_kind text, p_code text, p_indicators jsonb, p_gates jsonb, p_quota jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'publish_formula', jsonb_build_object('kind', p_kind, 'code', p_code, 'indicators', p_indicators,
    'gates', p_gates, 'quota', p_quota));
  v_kind private.appraisal_kinds;
  v_method private.indicator_methods;
  v_code text;
  l record;
  b record;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'appraisal');
  select * into v_kind from private.appraisal_kinds k where k.kind = private.require_code('award_kind', p_kind);
  if not private.runs_appraisal(p_community_id, v_ctx.person_id, p_kind) then perform private.fail(403, 'not_allowed'); end if;
  if exists (select 1 from public.appraisal_cycles c where c.community_id = p_community_id and c.kind = p_kind and c.status not in ('confirmed', 'archived') and private.has_stake(p_community_id, v_ctx.person_id, c.id)) then
    perform private.fail(403, 'own_award');
  end if;
  v_code := private.clean_text(p_code, 'code', 30);
  if v_code !~ '^[A-Z0-9][A-Z0-9.-]*$' then perform private.fail(400, 'field_invalid', '{"field":"code"}'); end if;
  perform private.require_short(p_indicators, 'indicators'), private.require_short(p_gates, 'gates'), private.require_short(p_quota, 'quota');
  if jsonb_typeof(p_indicators) is distinct from 'array' or jsonb_array_length(p_indicators) = 0 then perform private.fail(400, 'field_required', '{"field":"indicators"}'); end if;
  for l in select e -> 'method' #>> '{}' as method, e ->> 'weight' as weight, e -> 'params' as params from jsonb_array_elements(p_indicators) e loop
    select * into v_method from private.indicator_methods m where m.method = l.method and m.method = any(v_kind.methods);
    if not found then perform private.fail(422, 'indicator_unknown', jsonb_build_object('method', left(coalesce(l.method, ''), 40))); end if;
    if coalesce(l.weight, '') !~ '^[0-9]{1,3}$' or l.weight::int not between 1 and v_method.max_weight then
      perform private.fail(422, 'weight_out_of_range', jsonb_build_object('method', l.method, 'min', 1, 'max', v_method.max_weight));
    end if;
    if jsonb_typeof(coalesce(l.params, '{}')) <> 'object' then perform private.fail(400, 'field_invalid', '{"field":"params"}'); end if;
    for b in select d.key, d.value, l.params -> d.key as given from jsonb_each(v_method.params) d where l.params ? d.key loop
      if jsonb_typeof(b.given) <> 'number' or b.given::numeric not between (b.value ->> 'min')::numeric and (b.value ->> 'max')::numeric then
        perform private.fail(422, 'param_out_of_range', jsonb_build_object('method', l.method, 'param', b.key, 'min', b.value -> 'min', 'max', b.value -> 'max'));
      end if;
    end loop;
  end loop;
  if (select sum((e ->> 'weight')::int) from jsonb_array_elements(p_indicators) e) <> 100 or (select count(distinct e ->> 'method') from jsonb_array_elements(p_indicators) e) <> jsonb_array_length(p_indicators) then
    perform private.fail(422, 'weights_not_100', jsonb_build_object('sum', (select sum((e ->> 'weight')::int) from jsonb_array_elements(p_indicators) e)));
  end if;
  if p_kind = 'excellent_member' and coalesce((private.json_int(p_gates, 'sample', 0, 500)), 0) < 10 then perform private.fail(400, 'field_invalid', '{"field":"gates"}'); end if;
  perform private.require_bounds(p_gates, 'gates', '{"minutes": [0, 60000], "months": [0, 12], "sample": [0, 500], "no_veto": null, "year_closed": null}');
  perform private.require_bounds(p_quota, 'quota', '{"percent": [1, 30], "each_corps": [0, 5], "each_grid": [1, 5], "each_compound": [1, 5], "most": [1, 200]}');
  -- 不搞大面积: an award to everybody is none. Exactly one measure of how many.
  if (p_quota ? 'percent')::int + (p_quota ? 'each_grid')::int + (p_quota ? 'each_compound')::int + (p_quota ? 'most')::int <> 1 then perform private.fail(400, 'field_invalid', '{"field":"quota"}'); end if;
  if exists (select 1 from public.appraisal_formulas f where f.community_id = p_community_id and (f.code = v_code or f.id = p_id)) then perform private.fail(409, 'formula_exists'); end if;
  perform private.add_formula(p_community_id, p_id, p_kind, v_code, p_gates || '{"no_veto": true}', p_quota,
    (select f.dimensions from public.appraisal_formulas f where f.community_id = p_community_id and f.kind = p_kind order by f.published_at desc, f.code desc limit 1), p_indicators, v_ctx.person_id);
  return private.end_command(v_ctx, 'appraisal_formulas', p_id, jsonb_build_object('formula_id', p_id, 'code', v_code), jsonb_build_object('kind', p_kind));
end $$;
comment on function public.publish_formula(uuid, uuid, text, text, jsonb, jsonb, jsonb) is
  'A new version of an award''s rules: [{method, weight, params}] within the bounds of each method, weights together 100; gates; quota with exactly one of percent, each_grid, each_compound, most. For cycles opened seven days later or more; a version never changes. A veto keeps out always (no_veto need not be named), and of party members at least ten residents are asked. Who runs the kind, and is no nominee of it. Errors: module_off, not_allowed, own_award, code_unknown, field_required, field_invalid {field}, field_too_long, indicator_unknown {method}, weight_out_of_range {method, min, max}, param_out_of_range {method, param, min, max}, weights_not_100 {sum}, formula_exists.';

create function private.require_bounds(p_json jsonb, p_field text, p_bounds jsonb)
returns void language plpgsql immutable set search_path = '' as $$
declare
  e record;
begin
  if jsonb_typeof(p_json) is distinct from 'object' then perform private.fail(400, 'field_invalid', jsonb_build_object('field', p_field)); end if;
  for e in select j.key, j.value, p_bounds -> j.key as bound from jsonb_each(p_json) j loop
    if not p_bounds ? e.key or (e.bound = 'null' and jsonb_typeof(e.value) <> 'boolean')
        or (e.bound <> 'null' and coalesce(e.value #>> '{}', '') !~ '^[0-9]{1,6}$') then
      perform private.fail(400, 'field_invalid', jsonb_build_object('field', p_field));
    end if;
    if e.bound <> 'null' and (e.value #>> '{}')::int not between (e.bound ->> 0)::int and (e.bound ->> 1)::int then
      perform private.fail(400, 'field_invalid', jsonb_build_object('field', p_field));
    end if;
  end loop;
end $$;
comment on function private.require_bounds(jsonb, text, jsonb) is 'An object of known keys: whole numbers within [min, max], or switches (null). Error: field_invalid {field}.';

create function private.plan_day(p_plan jsonb, p_key text, p_min date, p_max date)
returns date language plpgsql stable set search_path = '' as $$
declare
  v_day date := private.json_day(p_plan, p_key);
begin
  if v_day is null then perform private.fail(400, 'field_required', jsonb_build_object('field', p_key)); end if;
  if v_day not between p_min and p_max then perform private.fail(400, 'field_invalid', jsonb_build_object('field', p_key)); end if;
  return v_day;
end $$;

create function private.formula_is_in_time(p_formula public.appraisal_formulas, p_last_day date)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return p_formula.published_by is null or (p_formula.published_at <= private.now() - interval '7 days' and private.day_of(p_formula.published_at) < p_last_day);
end $$;
comment on function private.formula_is_in_time(public.appraisal_formulas, date) is
  'Rules count when they were there from the beginning, or were published seven days ahead and before the period was over: never backwards (rules.md).';

create function private.require_formula_in_time(p_community_id uuid, p_formula_id uuid, p_last_day date)
returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if not (select private.formula_is_in_time(f, p_last_day) from public.appraisal_formulas f where f.community_id = p_community_id and f.id = p_formula_id) then
    perform private.fail(422, 'formula_not_in_time');
  end if;
end $$;

create function public.plan_cycle(p_community_id uuid, p_id uuid, p_cycle_id uuid, p_plan jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'plan_cycle', jsonb_build_object('cycle', p_cycle_id, 'plan', p_plan));
  v_kind private.appraisal_kinds;
  v_cycle public.appraisal_cycles;
  v_formula uuid;
  d record;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'appraisal'), private.require_short(p_plan, 'plan');
  if p_cycle_id is null then perform private.fail(400, 'field_required', '{"field":"cycle"}'); end if;
  if jsonb_typeof(p_plan) is distinct from 'object' then perform private.fail(400, 'field_invalid', '{"field":"plan"}'); end if;
  select * into v_cycle from public.appraisal_cycles c where c.community_id = p_community_id and c.id = p_cycle_id for update;
  select * into v_kind from private.appraisal_kinds k where k.kind = coalesce(v_cycle.kind, private.require_code('award_kind', p_plan ->> 'kind'));
  if not private.runs_appraisal(p_community_id, v_ctx.person_id, v_kind.kind) then perform private.fail(403, 'not_allowed'); end if;
  if v_cycle.id is not null and private.has_stake(p_community_id, v_ctx.person_id, p_cycle_id) then perform private.fail(403, 'own_award'); end if;
  if v_cycle.id is not null and v_cycle.status not in ('drafting', 'collecting', 'locked', 'scored', 'panel') then perform private.fail(409, 'cycle_step_wrong', jsonb_build_object('status', v_cycle.status)); end if;
  if v_cycle.status = 'collecting' then
    -- What was announced is not shortened: a nominee who means to answer tomorrow still can.
    v_cycle.collect_until := private.plan_day(p_plan, 'collect_until', v_cycle.collect_until, private.today() + 120);
    v_cycle.decide_until := private.plan_day(p_plan, 'decide_until', greatest(v_cycle.collect_until, v_cycle.decide_until), private.today() + 240);
    update public.appraisal_cycles set collect_until = v_cycle.collect_until, decide_until = v_cycle.decide_until where community_id = p_community_id and id = p_cycle_id;
    return private.end_command(v_ctx, 'appraisal_cycles', p_cycle_id, jsonb_build_object('cycle_id', p_cycle_id, 'status', 'collecting'));
  end if;
  if v_cycle.status in ('locked', 'scored', 'panel') then
    v_cycle.decide_until := private.plan_day(p_plan, 'decide_until', greatest(v_cycle.decide_until, private.today()), private.today() + 240);
    update public.appraisal_cycles set decide_until = v_cycle.decide_until where community_id = p_community_id and id = p_cycle_id;
    return private.end_command(v_ctx, 'appraisal_cycles', p_cycle_id, jsonb_build_object('cycle_id', p_cycle_id, 'status', v_cycle.status));
  end if;
  if coalesce(p_plan ->> 'period', '') !~ (case v_kind.span when 'year' then '^20[0-9]{2}$' else '^20[0-9]{2}-Q[1-4]$' end) then perform private.fail(400, 'field_invalid', '{"field":"period"}'); end if;
  select * into d from private.period_days(p_plan ->> 'period');
  if d.first_day > private.today() or d.last_day < private.today() - 731 then perform private.fail(400, 'field_invalid', '{"field":"period"}'); end if;
  if p_plan ? 'formula_id' then
    select f.id into v_formula from public.appraisal_formulas f where f.community_id = p_community_id and f.id = private.json_uuid(p_plan, 'formula_id') and f.kind = v_kind.kind;
    if v_formula is null then perform private.fail(404, 'formula_unknown'); end if;
    perform private.require_formula_in_time(p_community_id, v_formula, d.last_day);
  else
    select f.id into v_formula from public.appraisal_formulas f where f.community_id = p_community_id and f.kind = v_kind.kind and private.formula_is_in_time(f, d.last_day)
      order by f.published_at desc, f.code desc limit 1;
  end if;
  v_cycle.collect_until := private.plan_day(p_plan, 'collect_until', private.today(), private.today() + 120);
  v_cycle.decide_until := private.plan_day(p_plan, 'decide_until', v_cycle.collect_until, private.today() + 240);
  v_cycle.quorum := coalesce(private.json_int(p_plan, 'quorum', private.setting_int(p_community_id, 'appraisal_quorum'), 30), private.setting_int(p_community_id, 'appraisal_quorum'));
  if exists (select 1 from public.appraisal_cycles c where c.community_id = p_community_id and c.kind = v_kind.kind and c.period = p_plan ->> 'period' and c.id <> p_cycle_id) then
    perform private.fail(409, 'cycle_exists');
  end if;
  insert into public.appraisal_cycles as c (community_id, id, kind, period, first_day, last_day, formula_id, collect_until, decide_until, quorum, planned_by, planned_at)
    values (p_community_id, p_cycle_id, v_kind.kind, p_plan ->> 'period', d.first_day, d.last_day, v_formula, v_cycle.collect_until, v_cycle.decide_until, v_cycle.quorum, v_ctx.person_id, private.now())
    on conflict (community_id, id) do update set period = excluded.period, first_day = excluded.first_day, last_day = excluded.last_day, formula_id = excluded.formula_id,
      collect_until = excluded.collect_until, decide_until = excluded.decide_until, quorum = excluded.quorum;
  return private.end_command(v_ctx, 'appraisal_cycles', p_cycle_id, jsonb_build_object('cycle_id', p_cycle_id, 'status', 'drafting'));
end $$;
comment on function public.plan_cycle(uuid, uuid, uuid, jsonb) is
  'Drafts a cycle, or changes one that is drafting: {kind, period (2026 | 2026-Q3), collect_until, decide_until, quorum?, formula_id?}. The quorum is no less than the community''s own. While collecting only the days may move, after that only decide_until, and only later. Who runs the kind. Errors: module_off, not_allowed, code_unknown, field_required, field_invalid {field}, formula_unknown, formula_not_in_time, cycle_exists, cycle_step_wrong {status}, own_award.';

create function public.name_panel(p_community_id uuid, p_id uuid, p_cycle_id uuid, p_person_ids uuid[])
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'name_panel', jsonb_build_object('cycle', p_cycle_id, 'persons', p_person_ids));
  v_cycle public.appraisal_cycles;
  v_person uuid;
  v_named record;
  v_ids uuid[];
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_few(p_person_ids);
  v_cycle := private.cycle_to_run(v_ctx, p_cycle_id, array['drafting', 'collecting', 'locked', 'scored', 'panel']);
  v_ids := array(select distinct i from unnest(p_person_ids) i where i is not null);
  -- Whoever names the panel may sit on it, but makes no quorum of it.
  if cardinality(array_remove(v_ids, v_ctx.person_id)) < v_cycle.quorum or cardinality(v_ids) > 30 then perform private.fail(422, 'panel_too_small', jsonb_build_object('needed', v_cycle.quorum)); end if;
  if v_cycle.status = 'panel' and exists (select 1 from private.panel_members m where m.community_id = p_community_id and m.cycle_id = p_cycle_id and m.person_id <> all (v_ids)) then
    perform private.fail(422, 'panel_only_grows');
  end if;
  for v_person in select i from unnest(v_ids) i where v_cycle.status <> 'panel' or not private.on_panel(p_community_id, i, p_cycle_id) order by 1 loop
    if not exists (select 1 from public.account_persons a join public.persons p on p.community_id = a.community_id and p.id = a.person_id
        where a.community_id = p_community_id and a.person_id = v_person and a.status = 'active' and private.age_on(p.birth_year, 12, private.today()) >= 18) then
      perform private.fail(422, 'panel_member_unfit');
    end if;
    if private.has_stake(p_community_id, v_person, p_cycle_id) then perform private.fail(422, 'panel_member_is_close'); end if;
  end loop;
  delete from private.panel_members m where m.community_id = p_community_id and m.cycle_id = p_cycle_id and m.person_id <> all (v_ids);
  for v_named in
    insert into private.panel_members (community_id, id, cycle_id, person_id, named_by, named_at)
      select p_community_id, md5(p_cycle_id::text || i)::uuid, p_cycle_id, i, v_ctx.person_id, private.now() from unnest(v_ids) i
      -- Named anew by a colleague, it is the colleague's panel.
      on conflict (community_id, cycle_id, person_id) do update set named_by = excluded.named_by where v_cycle.status <> 'panel' returning person_id, xmax = 0 as is_new
  loop
    if v_named.is_new and v_named.person_id <> v_ctx.person_id then
      perform private.notify(p_community_id, v_named.person_id, 'panel_named', jsonb_build_object('award', v_cycle.kind, 'period', v_cycle.period), '/lead/appraisal');
    end if;
  end loop;
  return private.end_command(v_ctx, 'appraisal_cycles', p_cycle_id, jsonb_build_object('cycle_id', p_cycle_id, 'members', (select count(*) from private.panel_members m
    where m.community_id = p_community_id and m.cycle_id = p_cycle_id)));
end $$;
comment on function public.name_panel(uuid, uuid, uuid, uuid[]) is
  'Names who decides (the whole list anew), at least as many as the quorum beside the one who names, with accounts, of age, and none of them a nominee or close to one. Once the panel began it only grows, and what was signed stays signed. Errors: those of running a cycle, too_many_rows, panel_too_small {needed}, panel_only_grows, panel_member_unfit, panel_member_is_close.';

create function public.open_cycle(p_community_id uuid, p_id uuid, p_cycle_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'open_cycle', jsonb_build_object('cycle', p_cycle_id));
  v_cycle public.appraisal_cycles;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_cycle := private.cycle_to_run(v_ctx, p_cycle_id, array['drafting']);
  if v_cycle.collect_until < private.today() then perform private.fail(422, 'collecting_over', jsonb_build_object('until', v_cycle.collect_until)); end if;
  perform private.require_formula_in_time(p_community_id, v_cycle.formula_id, v_cycle.last_day);
  update public.appraisal_cycles set status = 'collecting', opened_at = private.now() where community_id = p_community_id and id = p_cycle_id;
  return private.end_command(v_ctx, 'appraisal_cycles', p_cycle_id, jsonb_build_object('cycle_id', p_cycle_id, 'status', 'collecting'));
end $$;
comment on function public.open_cycle(uuid, uuid, uuid) is
  'drafting → collecting: nominations, statements and opinions are taken until collect_until; its formula is fixed. Errors: module_off, cycle_unknown, cycle_archived, cycle_step_wrong {status}, not_allowed, own_award, collecting_over {until}, formula_not_in_time.';

-- ---------------------------------------------------------------- collecting

create function private.may_nominate(p_community_id uuid, p_me uuid, p_kind text, p_person_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select p_me = p_person_id or (p_kind <> 'excellent_member' and private.helps(p_community_id, p_me, p_person_id)) or private.serves_appraisal(p_community_id, p_me, p_kind)
    or (select case k.subject
      when 'member' then private.leads_party_member(p_community_id, p_me, p_person_id)
      when 'worker' then false
      else private.works_on_grid(p_community_id, p_me, p.grid_id) or exists (select 1 from public.corps_members m where m.community_id = p_community_id and m.person_id = p_person_id
        and m.left_on is null and private.person_has_role(p_community_id, p_me, array['corps_leader'], m.corps_id)) end
      from private.appraisal_kinds k, public.persons p where k.kind = p_kind and p.community_id = p_community_id and p.id = p_person_id)
$$;
comment on function private.may_nominate(uuid, uuid, text, uuid) is 'Oneself (自荐), a helper, the office, the worker of the grid, the leader of the corps; of a party member who leads the branch or the group.';

create function private.speaks_for_nominee(p_community_id uuid, p_me uuid, p_nomination private.nominations)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return p_me = p_nomination.person_id or (private.helps(p_community_id, p_me, p_nomination.person_id)
    and not exists (select 1 from public.appraisal_cycles c where c.community_id = p_community_id and c.id = p_nomination.cycle_id and c.kind = 'excellent_member'));
end $$;
comment on function private.speaks_for_nominee(uuid, uuid, private.nominations) is 'The nominee or a helper; where it tells who is a party member, the nominee alone.';

create function private.insert_nomination(p_ctx private.command_context, p_cycle public.appraisal_cycles, p_nomination_id uuid, p_person_id uuid, p_reason text, p_title text)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_subject text := (select k.subject from private.appraisal_kinds k where k.kind = p_cycle.kind);
  v_grid uuid;
  v_compound uuid;
begin
  select p.grid_id, b.compound_id into v_grid, v_compound from public.persons p
    left join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
    left join public.households h on h.community_id = pp.community_id and h.id = pp.household_id
    left join public.entrances e on e.community_id = h.community_id and e.id = h.entrance_id
    left join public.buildings b on b.community_id = e.community_id and b.id = e.building_id
    where p.community_id = p_ctx.community_id and p.id = p_person_id and p.status = 'active';
  if not found then perform private.fail(404, 'person_unknown'); end if;
  if not (case v_subject
      when 'volunteer' then exists (select 1 from public.volunteers v where v.community_id = p_ctx.community_id and v.id = p_person_id and v.status <> 'left')
      when 'member' then private.is_party_member(p_ctx.community_id, p_person_id, private.today())
      when 'worker' then exists (select 1 from public.staff_posts s where s.community_id = p_ctx.community_id and s.person_id = p_person_id and s.valid_from <= private.today()
        and (s.valid_to is null or s.valid_to >= private.today()))
      when 'unit' then private.person_has_role(p_ctx.community_id, p_person_id, array['partner_contact'])
      else true end) then
    perform private.fail(422, 'nominee_unfit', jsonb_build_object('award', p_cycle.kind));
  end if;
  -- A star is of an area or a courtyard: without one it cannot be placed.
  if (p_cycle.kind = 'area_star' and v_grid is null) or (p_cycle.kind = 'courtyard_star' and v_compound is null) then perform private.fail(422, 'nominee_without_place'); end if;
  if exists (select 1 from private.panel_members m where m.community_id = p_ctx.community_id and m.cycle_id = p_cycle.id
      and (m.person_id in (select private.close_persons(p_ctx.community_id, p_person_id)) or m.named_by in (select private.close_persons(p_ctx.community_id, p_person_id)))) then
    perform private.fail(422, 'nominee_is_on_panel');
  end if;
  -- A family once, whoever speaks for it.
  if exists (select 1 from private.nominations n where n.community_id = p_ctx.community_id and (n.id = p_nomination_id or (n.cycle_id = p_cycle.id and (n.person_id = p_person_id
      or (v_subject = 'family' and n.status <> 'declined' and n.person_id in (select b.person_id from public.person_private a join public.person_private b on b.community_id = a.community_id and b.household_id = a.household_id
        where a.community_id = p_ctx.community_id and a.person_id = p_person_id)))))) then
    perform private.fail(409, 'nominated_already');
  end if;
  insert into private.nominations (community_id, id, cycle_id, person_id, title, reason, grid_id, compound_id, corps_id, nominated_by, nominated_at)
    values (p_ctx.community_id, p_nomination_id, p_cycle.id, p_person_id, case when v_subject in ('family', 'unit') then p_title end, p_reason, v_grid, v_compound,
      (select m.corps_id from public.corps_members m where m.community_id = p_ctx.community_id and m.person_id = p_person_id and m.left_on is null order by m.joined_on, m.id limit 1),
      p_ctx.person_id, private.now());
  perform private.notify(p_ctx.community_id, p_person_id, 'nomination_made', jsonb_build_object('award', p_cycle.kind, 'period', p_cycle.period, 'until', p_cycle.collect_until), '/me/awards');
end $$;

create function private.require_collecting(p_cycle public.appraisal_cycles)
returns void language plpgsql stable set search_path = '' as $$
begin
  if private.today() > p_cycle.collect_until then perform private.fail(422, 'collecting_over', jsonb_build_object('until', p_cycle.collect_until)); end if;
end $$;

create function public.nominate(p_community_id uuid, p_id uuid, p_cycle_id uuid, p_person_id uuid, p_reason text, p_title text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'nominate', jsonb_build_object('by', private.me(p_community_id), 'cycle', p_cycle_id, 'person', p_person_id, 'reason', p_reason, 'title', p_title));
  v_cycle public.appraisal_cycles;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_cycle := private.cycle_for(v_ctx, p_cycle_id, array['collecting']);
  perform private.require_collecting(v_cycle);
  -- Whoever may not nominate is not told whether such a person exists, or is a party member.
  if not coalesce(private.may_nominate(p_community_id, v_ctx.person_id, v_cycle.kind, p_person_id), false) then perform private.fail(403, 'not_allowed'); end if;
  perform private.insert_nomination(v_ctx, v_cycle, p_id, p_person_id, private.clean_text(p_reason, 'reason', 500),
    private.clean_text(p_title, 'title', 50, v_cycle.kind = 'cobuild_model'));
  return private.end_unnamed(v_ctx, p_cycle_id, jsonb_build_object('nomination_id', p_id));
end $$;
comment on function public.nominate(uuid, uuid, uuid, uuid, text, text) is
  'Puts somebody forward (p_id = the nomination) with what they did, ≤ 500 characters, which the public notice shows; of a family or a unit with its name as title. The nominee is asked to accept. Errors: module_off, cycle_unknown, cycle_archived, cycle_step_wrong, collecting_over {until}, not_allowed, field_required, field_too_long, person_unknown, nominee_unfit {award}, nominee_without_place, nominee_is_on_panel, nominated_already.';

create function public.nominate_many(p_community_id uuid, p_id uuid, p_cycle_id uuid, p_person_ids uuid[])
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'nominate_many', jsonb_build_object('cycle', p_cycle_id, 'persons', p_person_ids));
  v_cycle public.appraisal_cycles;
  v_person uuid;
  v_done int := 0;
  v_skipped int := 0;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_few(p_person_ids);
  v_cycle := private.cycle_for(v_ctx, p_cycle_id, array['collecting']);
  perform private.require_collecting(v_cycle);
  if not private.serves_appraisal(p_community_id, v_ctx.person_id, v_cycle.kind) then perform private.fail(403, 'not_allowed'); end if;
  if v_cycle.kind in ('civilized_family', 'harmonious_family', 'cobuild_model') then perform private.fail(400, 'field_required', '{"field":"title"}'); end if;
  if coalesce(cardinality(p_person_ids), 0) = 0 then perform private.fail(400, 'field_required', '{"field":"persons"}'); end if;
  for v_person in select distinct i from unnest(p_person_ids) i where i is not null order by 1 loop
    begin
      perform private.insert_nomination(v_ctx, v_cycle, md5(p_id::text || v_person)::uuid, v_person, null, null);
      v_done := v_done + 1;
    exception when sqlstate 'PT404' or sqlstate 'PT409' or sqlstate 'PT422' then
      v_skipped := v_skipped + 1;
    end;
  end loop;
  return private.end_command(v_ctx, 'appraisal_cycles', p_cycle_id, jsonb_build_object('nominated', v_done, 'skipped', v_skipped));
end $$;
comment on function public.nominate_many(uuid, uuid, uuid, uuid[]) is
  'The office asks many at once, such as everybody who meets the gates; one who cannot be nominated harms no other. {nominated, skipped}. Errors: those of nominate, too_many_rows.';

create function private.is_minor(p_community_id uuid, p_person_id uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((select private.age_on(p.birth_year, 12, private.today()) < 18 from public.persons p where p.community_id = p_community_id and p.id = p_person_id), true);
end $$;
comment on function private.is_minor(uuid, uuid) is 'Under 18, or nobody knows: then a guardian agrees, and no full name is shown.';

create function private.is_guardian(p_community_id uuid, p_me uuid, p_person_id uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select 1 from public.helper_links h where h.community_id = p_community_id and h.person_id = p_person_id and h.helper_person_id = p_me and h.relation = 'guardian'
    and h.valid_from <= private.today() and (h.valid_to is null or h.valid_to >= private.today()));
end $$;

create function public.accept_nomination(p_community_id uuid, p_id uuid, p_nomination_id uuid, p_shows_full_name boolean, p_version text default '2026-11', p_via text default 'self')
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'accept_nomination', jsonb_build_object('by', private.me(p_community_id), 'nomination', p_nomination_id, 'full', p_shows_full_name,
    'version', p_version, 'via', p_via));
  v_nomination private.nominations;
  v_minor boolean;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_nomination := private.nomination_for(v_ctx, p_nomination_id, array['collecting']);
  if p_via is null or p_via not in ('self', 'helper', 'paper') then perform private.fail(400, 'field_invalid', '{"field":"via"}'); end if;
  if not (case p_via when 'self' then v_nomination.person_id = v_ctx.person_id
      when 'helper' then v_nomination.person_id <> v_ctx.person_id and private.speaks_for_nominee(p_community_id, v_ctx.person_id, v_nomination)
      else v_nomination.person_id <> v_ctx.person_id and private.serves_appraisal(p_community_id, v_ctx.person_id, (select c.kind from public.appraisal_cycles c where c.community_id = p_community_id and c.id = v_nomination.cycle_id)) end) then
    perform private.fail(404, 'nomination_unknown');
  end if;
  if v_nomination.status <> 'nominated' then perform private.fail(409, 'nomination_over', jsonb_build_object('status', v_nomination.status)); end if;
  v_minor := private.is_minor(p_community_id, v_nomination.person_id);
  if v_minor and not (case p_via when 'self' then false when 'helper' then private.is_guardian(p_community_id, v_ctx.person_id, v_nomination.person_id)
      else exists (select 1 from public.guardian_links g where g.community_id = p_community_id and g.minor_person_id = v_nomination.person_id and g.consented_at is not null) end) then
    perform private.fail(422, 'guardian_consent_needed');
  end if;
  insert into public.nomination_consents as k (community_id, id, person_id, shows_full_name, version, given_at, given_via, recorded_by)
    values (p_community_id, p_nomination_id, v_nomination.person_id, coalesce(p_shows_full_name, false) and not v_minor, private.clean_text(p_version, 'version', 20), private.now(), p_via, v_ctx.person_id)
    on conflict (community_id, id) do update set shows_full_name = excluded.shows_full_name, version = excluded.version, given_at = excluded.given_at, given_via = excluded.given_via,
      recorded_by = excluded.recorded_by, withdrawn_at = null
    -- What the nominee said oneself no paper talks over.
    where k.given_via <> 'self' or excluded.given_via = 'self' or k.withdrawn_at is not null;
  return private.end_unnamed(v_ctx, v_nomination.cycle_id, jsonb_build_object('status', 'accepted'));
end $$;
comment on function public.accept_nomination(uuid, uuid, uuid, boolean, text, text) is
  'Accepting is agreeing to be appraised and, if shortlisted, to the public notice: masked unless p_shows_full_name. By the nominee (self), a linked helper or guardian (helper), or the office with the signed paper (paper); a minor''s (or of whom no birth year is known) by a linked guardian, or on paper where the guardian''s consent is on file, and never with the full name. Errors: nomination_unknown, nomination_over {status}, guardian_consent_needed, collecting_over {until}, those of cycle_for.';

create function public.set_award_name(p_community_id uuid, p_id uuid, p_nomination_id uuid, p_shows_full_name boolean)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'set_award_name', jsonb_build_object('by', private.me(p_community_id), 'nomination', p_nomination_id, 'full', p_shows_full_name));
  v_consent public.nomination_consents;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_shows_full_name is null then perform private.fail(400, 'field_required', '{"field":"name"}'); end if;
  select k.* into v_consent from public.nomination_consents k where k.community_id = p_community_id and k.id = p_nomination_id and k.withdrawn_at is null;
  if not found or not private.speaks_for_nominee(p_community_id, v_ctx.person_id, (select n from private.nominations n where n.community_id = p_community_id and n.id = p_nomination_id)) then perform private.fail(404, 'nomination_unknown'); end if;
  -- A minor is never shown by the full name, whoever asks.
  if p_shows_full_name and private.is_minor(p_community_id, v_consent.person_id) then perform private.fail(422, 'guardian_consent_needed'); end if;
  update public.nomination_consents set shows_full_name = p_shows_full_name where community_id = p_community_id and id = p_nomination_id;
  return private.end_unnamed(v_ctx, (select n.cycle_id from private.nominations n where n.community_id = p_community_id and n.id = p_nomination_id), '{"status": "saved"}');
end $$;
comment on function public.set_award_name(uuid, uuid, uuid, boolean) is
  'The nominee or a helper changes whether the notice shows the full name, at any time, also of a sealed cycle; it counts at once; of a minor never the full name. Errors: nomination_unknown, field_required, guardian_consent_needed.';

create function public.decline_nomination(p_community_id uuid, p_id uuid, p_nomination_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'decline_nomination', jsonb_build_object('by', private.me(p_community_id), 'nomination', p_nomination_id));
  v_nomination private.nominations;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_nomination := private.nomination_for(v_ctx, p_nomination_id, array['collecting', 'locked', 'scored', 'panel', 'publicity', 'objections']);
  if not private.speaks_for_nominee(p_community_id, v_ctx.person_id, v_nomination) then perform private.fail(404, 'nomination_unknown'); end if;
  if v_nomination.status in ('declined', 'withheld') then perform private.fail(409, 'nomination_over', jsonb_build_object('status', v_nomination.status)); end if;
  update private.nominations set status = 'declined', ended_at = private.now() where community_id = p_community_id and id = p_nomination_id;
  update public.nomination_consents set withdrawn_at = private.now(), shows_full_name = false where community_id = p_community_id and id = p_nomination_id;
  return private.end_unnamed(v_ctx, v_nomination.cycle_id, jsonb_build_object('status', 'declined'));
end $$;
comment on function public.decline_nomination(uuid, uuid, uuid) is
  'The nominee (or a helper) says no, at any time before the award is confirmed: the consent ends and the name leaves the notice at once. Errors: nomination_unknown, nomination_over {status}, those of cycle_for.';

create function public.withdraw_award_publicity(p_community_id uuid, p_id uuid, p_nomination_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'withdraw_award_publicity', jsonb_build_object('by', private.me(p_community_id), 'nomination', p_nomination_id));
  v_nomination private.nominations;
  v_cycle public.appraisal_cycles;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_nomination from private.nominations n where n.community_id = p_community_id and n.id = p_nomination_id;
  if not found or not private.speaks_for_nominee(p_community_id, v_ctx.person_id, v_nomination) then perform private.fail(404, 'nomination_unknown'); end if;
  select * into v_cycle from public.appraisal_cycles c where c.community_id = p_community_id and c.id = v_nomination.cycle_id for update;
  -- Before the award is confirmed nobody is honoured without being shown: then this is to decline.
  if v_cycle.status not in ('confirmed', 'archived') then perform private.fail(409, 'cycle_step_wrong', jsonb_build_object('status', v_cycle.status)); end if;
  update public.nomination_consents set withdrawn_at = private.now(), shows_full_name = false where community_id = p_community_id and id = p_nomination_id and withdrawn_at is null;
  if not found then perform private.fail(409, 'nomination_over', jsonb_build_object('status', v_nomination.status)); end if;
  return private.end_unnamed(v_ctx, v_cycle.id, '{"status": "withdrawn"}');
end $$;
comment on function public.withdraw_award_publicity(uuid, uuid, uuid) is
  'Takes the agreement to the public notice back after the award was confirmed, also of a sealed cycle, whether the module is on or not: the notice shows no name, reason or place any more; the award stays. (Before that: decline_nomination.) The nominee or a helper. Errors: nomination_unknown, nomination_over {status}, cycle_step_wrong {status}.';

create function public.save_statement(p_community_id uuid, p_id uuid, p_nomination_id uuid, p_body text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'save_statement', jsonb_build_object('by', private.me(p_community_id), 'nomination', p_nomination_id, 'body', p_body));
  v_nomination private.nominations;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_nomination := private.nomination_for(v_ctx, p_nomination_id, array['collecting']);
  if not private.speaks_for_nominee(p_community_id, v_ctx.person_id, v_nomination) then perform private.fail(404, 'nomination_unknown'); end if;
  if v_nomination.status <> 'nominated' then perform private.fail(409, 'nomination_over', jsonb_build_object('status', v_nomination.status)); end if;
  insert into public.nomination_statements as s (community_id, id, cycle_id, person_id, body, written_by, written_at)
    values (p_community_id, p_nomination_id, v_nomination.cycle_id, v_nomination.person_id, private.clean_text(p_body, 'body', 2000), v_ctx.person_id, private.now())
    on conflict (community_id, id) do update set body = excluded.body, written_by = excluded.written_by, written_at = excluded.written_at;
  return private.end_unnamed(v_ctx, v_nomination.cycle_id, '{"status": "saved"}');
end $$;
comment on function public.save_statement(uuid, uuid, uuid, text) is
  'What the nominee says about oneself (≤ 2000 characters), again and again while the cycle collects; by a helper, too. Errors: nomination_unknown, nomination_over, collecting_over, field_required, field_too_long, those of cycle_for.';

create function private.has_accepted(p_community_id uuid, p_nomination_id uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select 1 from public.nomination_consents k where k.community_id = p_community_id and k.id = p_nomination_id and k.withdrawn_at is null);
end $$;
comment on function private.has_accepted(uuid, uuid) is 'Whether a nominee agreed to be appraised, and still does: before that nobody is asked and nothing is counted.';

create function private.require_accepted(p_nomination private.nominations)
returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if p_nomination.status <> 'nominated' then perform private.fail(409, 'nomination_over', jsonb_build_object('status', p_nomination.status)); end if;
  if not private.has_accepted(p_nomination.community_id, p_nomination.id) then perform private.fail(409, 'nomination_not_accepted'); end if;
end $$;

create function private.is_free(p_nomination private.nominations, p_me uuid, p_panel_too boolean default false)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return p_me <> p_nomination.nominated_by and not private.has_stake(p_nomination.community_id, p_me, p_nomination.cycle_id)
    and not (p_panel_too and private.on_panel(p_nomination.community_id, p_me, p_nomination.cycle_id));
end $$;
comment on function private.is_free(private.nominations, uuid, boolean) is
  'Whether somebody has no other part in the matter of a nominee: did not put them forward, has no stake in the cycle and (p_panel_too) does not decide in it.';

create function private.opinion_source(p_community_id uuid, p_me uuid, p_nomination private.nominations)
returns text language plpgsql stable security definer set search_path = '' as $$
declare
  v_kind private.appraisal_kinds;
  v_today date := private.today();
begin
  select k.* into v_kind from private.appraisal_kinds k join public.appraisal_cycles c on c.kind = k.kind where c.community_id = p_community_id and c.id = p_nomination.cycle_id;
  if p_nomination.person_id in (select private.close_persons(p_community_id, p_me)) then return null; end if;
  -- 两委 and street for the staff, the branch for its member, the office and the grid for families and units.
  if v_kind.subject = 'worker' and (private.holds_office(p_community_id, p_me, array['street_admin', 'community_secretary']) or exists (select 1 from public.staff_posts s
      where s.community_id = p_community_id and s.person_id = p_me and s.title in ('community_secretary', 'deputy_secretary', 'director', 'deputy_director')
        and s.valid_from <= v_today and (s.valid_to is null or s.valid_to >= v_today)))
    or v_kind.subject = 'member' and private.leads_party_member(p_community_id, p_me, p_nomination.person_id, false)
    or v_kind.subject in ('family', 'unit') and (private.is_office(p_community_id, p_me) or private.works_on_grid(p_community_id, p_me, p_nomination.grid_id)) then
    -- Whoever put them forward or decides in the end has had a say.
    return case when private.is_free(p_nomination, p_me, true) then 'committee' end;
  end if;
  if v_kind.subject = 'volunteer' and exists (select 1 from public.corps_members a join public.corps_members b on b.community_id = a.community_id and b.corps_id = a.corps_id
        where a.community_id = p_community_id and a.person_id = p_me and a.left_on is null and b.person_id = p_nomination.person_id and b.left_on is null)
    or v_kind.subject = 'member' and exists (select 1 from public.party_memberships a join public.party_memberships b on b.community_id = a.community_id and b.party_org_id = a.party_org_id
        where a.community_id = p_community_id and a.person_id = p_me and a.valid_to is null and b.person_id = p_nomination.person_id and b.valid_to is null)
    or v_kind.subject = 'worker' and exists (select 1 from public.staff_posts s where s.community_id = p_community_id and s.person_id = p_me and s.valid_from <= v_today and (s.valid_to is null or s.valid_to >= v_today))
    or v_kind.subject = 'family' and exists (select 1 from public.person_private a join public.households ha on ha.community_id = a.community_id and ha.id = a.household_id
        join public.person_private b on b.community_id = a.community_id join public.households hb on hb.community_id = b.community_id and hb.id = b.household_id and hb.entrance_id = ha.entrance_id
        where a.community_id = p_community_id and a.person_id = p_me and b.person_id = p_nomination.person_id) then
    return 'peers';
  end if;
  return null;
end $$;
comment on function private.opinion_source(uuid, uuid, private.nominations) is
  'As what somebody may say what they think of a nominee: committee, peers (same corps, same branch, colleagues, same entrance), or not at all.';

create function public.give_opinion(p_community_id uuid, p_id uuid, p_nomination_id uuid, p_marks jsonb, p_words text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'give_opinion', jsonb_build_object('by', private.me(p_community_id), 'nomination', p_nomination_id, 'marks', p_marks, 'words', p_words));
  v_nomination private.nominations;
  v_source text;
  m record;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_nomination := private.nomination_for(v_ctx, p_nomination_id, array['collecting']);
  if v_nomination.person_id = v_ctx.person_id then perform private.fail(403, 'own_award'); end if;
  v_source := private.opinion_source(p_community_id, v_ctx.person_id, v_nomination);
  if v_source is null then perform private.fail(404, 'nomination_unknown'); end if;
  perform private.require_accepted(v_nomination);
  select * into m from private.judged_marks(v_nomination.cycle_id, p_community_id, p_marks);
  insert into private.nomination_opinions as o (community_id, id, cycle_id, nomination_id, source, marks, mark, words, given_by, given_at)
    values (p_community_id, p_id, v_nomination.cycle_id, p_nomination_id, v_source, m.marks, m.mark, private.clean_text(p_words, 'words', 300, false), v_ctx.person_id, private.now())
    on conflict (community_id, nomination_id, given_by) do update set marks = excluded.marks, mark = excluded.mark, words = excluded.words, given_at = excluded.given_at;
  return private.end_unnamed(v_ctx, v_nomination.cycle_id, '{"status": "thanked"}');
end $$;
comment on function public.give_opinion(uuid, uuid, uuid, jsonb, text) is
  'A peer or the committee marks a nominee 1–5 (overall, or each of 德能勤绩廉), with words; may be changed while the cycle collects; never on oneself or somebody close, never before the nominee accepted. Errors: nomination_unknown, nomination_over, nomination_not_accepted, own_award, field_invalid {field}, field_too_long, collecting_over, those of cycle_for.';

-- ---------------------------------------------------------------- the residents' sample

create function public.open_samples(p_community_id uuid, p_id uuid, p_nomination_id uuid, p_count int)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'open_samples', jsonb_build_object('nomination', p_nomination_id, 'count', p_count));
  v_nomination private.nominations;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_nomination := private.nomination_for(v_ctx, p_nomination_id, array['collecting']);
  if not private.serves_appraisal(p_community_id, v_ctx.person_id, (select c.kind from public.appraisal_cycles c where c.community_id = p_community_id and c.id = v_nomination.cycle_id)) then
    perform private.fail(403, 'not_allowed');
  end if;
  if private.has_stake(p_community_id, v_ctx.person_id, v_nomination.cycle_id) then perform private.fail(403, 'own_award'); end if;
  if not private.is_free(v_nomination, v_ctx.person_id) then perform private.fail(403, 'own_nomination'); end if;
  perform private.require_accepted(v_nomination);
  if p_count is null or p_count not between 1 and 50 then perform private.fail(400, 'field_invalid', '{"field":"count"}'); end if;
  if (select count(*) from private.sample_codes s where s.community_id = p_community_id and s.nomination_id = p_nomination_id) + p_count > 200 then perform private.fail(422, 'too_many_codes'); end if;
  insert into private.sample_codes (community_id, id, cycle_id, nomination_id, code, created_by, created_at)
    select p_community_id, private.new_id(), v_nomination.cycle_id, p_nomination_id, private.check_code(), v_ctx.person_id, private.now() from generate_series(1, p_count);
  return private.end_command(v_ctx, 'appraisal_cycles', v_nomination.cycle_id, jsonb_build_object('codes', p_count));
end $$;
comment on function public.open_samples(uuid, uuid, uuid, int) is
  'Codes for the residents'' sample, 1–50 at a time and 200 a nominee at most, one opinion each; read by sample_codes. Who collects, never with a stake in the cycle, never whoever put them forward, never before the nominee accepted. Errors: nomination_unknown, nomination_over, nomination_not_accepted, not_allowed, own_award, own_nomination, field_invalid, too_many_codes, collecting_over, those of cycle_for.';

create function public.sample_codes(p_community_id uuid, p_nomination_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if not exists (select 1 from private.nominations n join public.appraisal_cycles c on c.community_id = n.community_id and c.id = n.cycle_id
      where n.community_id = p_community_id and n.id = p_nomination_id and private.serves_appraisal(p_community_id, v_me, c.kind)) then
    perform private.fail(404, 'nomination_unknown');
  end if;
  -- Only the codes one made: whoever collects for a nominee must not use up what a colleague hands out.
  return (select jsonb_build_object('made', count(*), 'used', count(*) filter (where s.used_at is not null),
      'codes', coalesce(jsonb_agg(s.code order by s.created_at, s.id) filter (where s.used_at is null and s.created_by = v_me), '[]'))
    from private.sample_codes s where s.community_id = p_community_id and s.nomination_id = p_nomination_id);
end $$;
comment on function public.sample_codes(uuid, uuid) is 'The unused codes the caller made for a nominee, to hand out or print: {made, used, codes}. Errors: not_signed_in, not_a_member, nomination_unknown.';

create function private.clean_code(p_code text)
returns text language sql immutable set search_path = '' as $$
  select translate(regexp_replace(upper(normalize(left(coalesce(p_code, ''), 80), nfkc)), '[^0-9A-Z]', '', 'g'), 'OIL', '011')
$$;
comment on function private.clean_code(text) is 'A check code as people type it: small letters, spaces and dashes, O for 0, I and L for 1.';

create function public.sample_form(p_code text)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_answer jsonb;
begin
  select jsonb_build_object('community_name', m.name, 'is_demo', m.is_demo, 'kind', c.kind, 'period', c.period, 'used', s.used_at is not null,
      'is_over', c.status <> 'collecting' or private.today() > c.collect_until, 'dimensions', f.dimensions, 'until', c.collect_until,
      'label', private.award_label(n) ->> 'label', 'grid_name', g.name, 'corps_name', k.name, 'corps_color', k.color, 'server_time', private.now()) into v_answer
    from private.sample_codes s
    join private.nominations n on n.community_id = s.community_id and n.id = s.nomination_id
    join public.appraisal_cycles c on c.community_id = s.community_id and c.id = s.cycle_id
    join public.appraisal_formulas f on f.community_id = c.community_id and f.id = c.formula_id
    join public.communities m on m.id = s.community_id
    left join public.grids g on g.community_id = n.community_id and g.id = n.grid_id
    left join public.corps k on k.community_id = n.community_id and k.id = n.corps_id and c.kind in ('volunteer_pioneer', 'area_star', 'courtyard_star')
    where s.code = private.clean_code(p_code);
  if v_answer is null then perform private.fail(404, 'sample_code_unknown'); end if;
  return v_answer;
end $$;
comment on function public.sample_form(text) is 'Whom a sample code is about, as the public notice would show them (award_label); for everybody who holds it. Error: sample_code_unknown.';

create function public.rate_nominee(p_id uuid, p_code text, p_marks jsonb, p_words text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  s private.sample_codes;
  v_cycle public.appraisal_cycles;
  v_person uuid;
  v_me uuid;
  m record;
begin
  select * into s from private.sample_codes x where x.code = private.clean_code(p_code) for update;
  if not found then perform private.fail(404, 'sample_code_unknown'); end if;
  if p_id is null then perform private.fail(400, 'field_required', '{"field":"id"}'); end if;
  if s.used_with = p_id then return jsonb_build_object('status', 'thanked'); end if;
  if s.used_at is not null then perform private.fail(409, 'sample_code_used'); end if;
  select * into v_cycle from public.appraisal_cycles c where c.community_id = s.community_id and c.id = s.cycle_id for key share;
  if v_cycle.status <> 'collecting' or private.today() > v_cycle.collect_until then perform private.fail(422, 'collecting_over', jsonb_build_object('until', v_cycle.collect_until)); end if;
  -- Nobody marks oneself, and whoever hands the codes out does not answer them.
  v_me := private.me(s.community_id);
  select n.person_id into v_person from private.nominations n where n.community_id = s.community_id and n.id = s.nomination_id and n.status = 'nominated'
    and private.has_accepted(n.community_id, n.id);
  if not found then perform private.fail(409, 'nomination_over', '{"status":"declined"}'); end if;
  if v_me is not null and (v_me = s.created_by or v_person in (select private.close_persons(s.community_id, v_me)) or private.on_panel(s.community_id, v_me, s.cycle_id)) then
    perform private.fail(403, 'own_award');
  end if;
  select * into m from private.judged_marks(s.cycle_id, s.community_id, p_marks);
  insert into private.sample_ratings (community_id, id, cycle_id, nomination_id, marks, mark, words)
    values (s.community_id, private.new_id(), s.cycle_id, s.nomination_id, m.marks, m.mark, private.clean_text(p_words, 'words', 300, false));
  update private.sample_codes set used_at = private.now(), used_with = p_id where community_id = s.community_id and id = s.id;
  perform private.write_audit(s.community_id, p_id, null, null, null, 'rate_nominee', 'appraisal_cycles', s.cycle_id, '{}', 'anonymous', '{}');
  return jsonb_build_object('status', 'thanked');
end $$;
comment on function public.rate_nominee(uuid, text, jsonb, text) is
  'A resident marks a nominee with a code: one opinion a code, no account, nothing that leads back. For everybody who holds a code. Errors: sample_code_unknown, sample_code_used, collecting_over {until}, nomination_over, own_award, field_required, field_invalid {field}, field_too_long.';

-- ---------------------------------------------------------------- locking: the snapshot of what is there

create function private.vetoes_of(p_cycle public.appraisal_cycles, p_person_id uuid)
returns text[] language plpgsql stable security definer set search_path = '' as $$
declare
  v_year int := extract(year from p_cycle.first_day);
begin
  return array_remove(array[
    case when private.is_barred_from_awards(p_cycle.community_id, p_person_id, v_year) then 'false_record' end,
    case when p_cycle.kind = 'excellent_member' and (
        exists (select 1 from public.party_year_scores y where y.community_id = p_cycle.community_id and y.person_id = p_person_id and y.year = v_year and y.has_veto)
        or exists (select 1 from public.party_remarks z where z.community_id = p_cycle.community_id and z.person_id = p_person_id
          and z.kind = 'veto' and z.withdrawn_at is null and z.occurred_on between p_cycle.first_day and p_cycle.last_day)) then 'discipline' end], null);
end $$;
comment on function private.vetoes_of(public.appraisal_cycles, uuid) is 'What keeps a person from this award now: a false record proved that year (D04), discipline for a party member. Looked at when the cycle is locked, and again when it is confirmed.';

create function private.take_snapshot(p_cycle public.appraisal_cycles)
returns void language plpgsql volatile security definer set search_path = '' set enable_nestloop = off as $$
begin
  -- Ten thousand nominees who were put forward since the last statistics must not be joined one by one.
  insert into private.score_snapshots (community_id, id, cycle_id, nomination_id, person_id, indicator, sort, weight, params, inputs)
  with cand as materialized (
    select n.id, n.person_id from private.nominations n join public.nomination_consents k on k.community_id = n.community_id and k.id = n.id and k.withdrawn_at is null
    where n.community_id = p_cycle.community_id and n.cycle_id = p_cycle.id and n.status = 'nominated'),
  monthly as materialized (
    select r.person_id, extract(month from r.service_date) as month, sum(r.minutes) as minutes, sum(sign(r.minutes)) as records
    from public.service_records r where r.community_id = p_cycle.community_id and r.service_date between p_cycle.first_day and p_cycle.last_day group by 1, 2),
  served as materialized (
    select m.person_id, sum(m.minutes)::int as minutes, count(*) filter (where m.minutes > 0)::int as months, sum(m.records)::int as records from monthly m group by 1),
  p90 as materialized (
    select round(percentile_cont(0.9) within group (order by s.minutes))::int as minutes from served s where s.minutes > 0),
  rated as materialized (
    select x.person_id, count(*)::int as n, sum(x.stars)::int as total from (
      select f.person_id, f.stars from private.service_feedbacks f
        where f.community_id = p_cycle.community_id and f.person_id in (select c.person_id from cand c) and private.day_of(f.at) between p_cycle.first_day and p_cycle.last_day
      union all
      select t.person_id, f.stars from private.service_feedbacks f
        join public.attendances t on t.community_id = f.community_id and t.shift_id = f.shift_id and t.status = 'credited'
        where f.community_id = p_cycle.community_id and f.person_id is null and t.person_id in (select c.person_id from cand c)
          and private.day_of(f.at) between p_cycle.first_day and p_cycle.last_day) x group by 1),
  wished as materialized (
    select w.donor_person_id as person_id, jsonb_agg(w.id order by w.realized_at, w.id) as ids from public.wish_claims w
    where w.community_id = p_cycle.community_id and w.donor_person_id in (select c.person_id from cand c) and w.status = 'realized'
      and private.day_of(w.realized_at) between p_cycle.first_day and p_cycle.last_day group by 1),
  helped as materialized (
    select r.person_id, sum(sign(r.minutes))::int as n from public.service_records r
    join public.emergency_declarations e on e.community_id = r.community_id and e.activity_id = r.activity_id
    where r.community_id = p_cycle.community_id and r.service_date between p_cycle.first_day and p_cycle.last_day group by 1),
  kept as materialized (
    select g.person_id, count(*)::int as confirmed, coalesce(jsonb_agg(g.id order by s.starts_at, g.id) filter (where g.status = 'no_show'), '[]') as missed
    from public.signups g join public.shifts s on s.community_id = g.community_id and s.id = g.shift_id
    where g.community_id = p_cycle.community_id and g.person_id in (select c.person_id from cand c) and g.status in ('attended', 'no_show')
      and private.day_of(s.starts_at) between p_cycle.first_day and p_cycle.last_day group by 1),
  sampled as materialized (
    select r.nomination_id, count(*)::int as n, sum(r.mark) as total from private.sample_ratings r where r.community_id = p_cycle.community_id and r.cycle_id = p_cycle.id group by 1),
  opined as materialized (
    select o.nomination_id, o.source, count(*)::int as n, sum(o.mark) as total from private.nomination_opinions o where o.community_id = p_cycle.community_id and o.cycle_id = p_cycle.id group by 1, 2),
  scored as materialized (
    select y.person_id, y.score from public.party_year_scores y
    where p_cycle.kind = 'excellent_member' and y.community_id = p_cycle.community_id and y.year = extract(year from p_cycle.first_day)),
  -- Among all members of the party, not among those who were put forward.
  members as materialized (
    select m.person_id, rank() over (order by coalesce(s.minutes, 0)) - 1 as below, count(*) over () - 1 as others
    from (select distinct x.person_id from public.party_memberships x where p_cycle.kind = 'excellent_member' and x.community_id = p_cycle.community_id and x.valid_to is null) m
    left join served s on s.person_id = m.person_id),
  seen as materialized (
    select c.id, c.person_id, coalesce(s.minutes, 0) as minutes, coalesce(s.months, 0) as months, coalesce(s.records, 0) as records,
      coalesce(m.below, 0) as below, coalesce(m.others, (select count(*) from members)) as others
    from cand c left join served s on s.person_id = c.person_id left join members m on m.person_id = c.person_id),
  lines as (
    select i.method as indicator, i.sort, i.weight, i.params from public.indicators i where i.community_id = p_cycle.community_id and i.formula_id = p_cycle.formula_id
    union all select 'gates', 0, 0, f.gates from public.appraisal_formulas f where f.community_id = p_cycle.community_id and f.id = p_cycle.formula_id)
  select p_cycle.community_id, md5(c.id::text || l.indicator)::uuid, p_cycle.id, c.id, c.person_id, l.indicator, l.sort, l.weight, l.params,
    case l.indicator
      when 'hours' then jsonb_build_object('minutes', c.minutes, 'records', c.records, 'p90_minutes', coalesce((select p.minutes from p90 p), 0))
      when 'months' then jsonb_build_object('months', c.months, 'of', case when p_cycle.period ~ 'Q' then 3 else 12 end)
      when 'rating' then jsonb_build_object('n', coalesce(r.n, 0), 'total', coalesce(r.total, 0))
      -- Visits of households are a module to come: none yet, and the line says so.
      when 'deeds' then jsonb_build_object('wishes', coalesce(jsonb_array_length(w.ids), 0), 'wish_ids', coalesce(w.ids, '[]'), 'visits', 0, 'emergencies', coalesce(h.n, 0))
      when 'reliability' then jsonb_build_object('confirmed', coalesce(k.confirmed, 0), 'no_shows', coalesce(jsonb_array_length(k.missed), 0), 'no_show_ids', coalesce(k.missed, '[]'))
      when 'party_score' then jsonb_build_object('score', coalesce(y.score, 0), 'is_closed', y.score is not null)
      when 'hours_percentile' then jsonb_build_object('minutes', c.minutes, 'below', c.below, 'others', c.others)
      when 'sample' then jsonb_build_object('n', coalesce(a.n, 0), 'total', coalesce(a.total, 0))
      when 'gates' then jsonb_build_object('minutes', c.minutes, 'months', c.months, 'sample', coalesce(a.n, 0), 'year_closed', y.score is not null,
        'consent', true,
        'vetoes', to_jsonb(private.vetoes_of(p_cycle, c.person_id)))
      else jsonb_build_object('n', coalesce(o.n, 0), 'total', coalesce(o.total, 0)) end
  from seen c cross join lines l
  left join rated r on r.person_id = c.person_id left join wished w on w.person_id = c.person_id left join helped h on h.person_id = c.person_id
  left join kept k on k.person_id = c.person_id left join scored y on y.person_id = c.person_id left join sampled a on a.nomination_id = c.id
  left join opined o on o.nomination_id = c.id and o.source = l.indicator;
  insert into private.score_snapshots (community_id, id, cycle_id, nomination_id, person_id, indicator, sort, weight, params, inputs)
    select n.community_id, md5(n.id::text || 'gates')::uuid, n.cycle_id, n.id, n.person_id, 'gates', 0, 0, f.gates, '{"consent": false}'
    from private.nominations n join public.appraisal_formulas f on f.community_id = n.community_id and f.id = p_cycle.formula_id
    where n.community_id = p_cycle.community_id and n.cycle_id = p_cycle.id and n.status = 'nominated' and not private.has_accepted(n.community_id, n.id);
end $$;
comment on function private.take_snapshot(public.appraisal_cycles) is
  'What each indicator sees of each nominee who accepted, in one statement (of the others only that they did not): ledgers, records, ratings, opinions of the period as they stand now; the rows behind the sums are named where they are few.';

create function private.snapshot_hash(p_community_id uuid, p_cycle_id uuid)
returns text language sql stable security definer set search_path = '' as $$
  select encode(sha256(convert_to(coalesce(string_agg(s.nomination_id || ' ' || s.indicator || ' ' || s.weight || ' ' || s.params::text || ' ' || s.inputs::text, E'\n' order by s.nomination_id, s.indicator), ''), 'UTF8')), 'hex')
  from private.score_snapshots s where s.community_id = p_community_id and s.cycle_id = p_cycle_id
$$;
comment on function private.snapshot_hash(uuid, uuid) is 'One hash over everything a cycle was scored from.';

create function private.count_active(p_cycle public.appraisal_cycles)
returns int language sql stable security definer set search_path = '' as $$
  select case k.subject
    when 'member' then (select count(*) from public.party_memberships m where m.community_id = p_cycle.community_id and m.valid_to is null)
    when 'worker' then (select count(distinct s.person_id) from public.staff_posts s where s.community_id = p_cycle.community_id and s.valid_to is null)
    when 'volunteer' then (select count(*) from (select 1 from public.service_records r where r.community_id = p_cycle.community_id and r.service_date between p_cycle.first_day and p_cycle.last_day
      group by r.person_id having sum(r.minutes) > 0) x)
    else (select count(*) from private.nominations n where n.community_id = p_cycle.community_id and n.cycle_id = p_cycle.id and n.status = 'nominated'
      and private.has_accepted(n.community_id, n.id)) end::int
  from private.appraisal_kinds k where k.kind = p_cycle.kind
$$;
comment on function private.count_active(public.appraisal_cycles) is 'Of how many a quota in percent is counted: volunteers who served in the period, party members, staff; families and units that accepted.';

create function private.quota_of(p_cycle public.appraisal_cycles, p_active int)
returns int language sql stable security definer set search_path = '' as $$
  select case
    when f.quota ? 'most' then (f.quota ->> 'most')::int
    when f.quota ? 'each_grid' then (f.quota ->> 'each_grid')::int * (select count(*) from public.grids g where g.community_id = p_cycle.community_id)
    when f.quota ? 'each_compound' then (f.quota ->> 'each_compound')::int * (select count(*) from public.compounds g where g.community_id = p_cycle.community_id)
    -- ≤ 3 % of the active, at least one a corps that has a nominee who accepted (rules.md).
    else greatest(p_active * (f.quota ->> 'percent')::int / 100, 1, coalesce((f.quota ->> 'each_corps')::int, 0) * (select count(distinct n.corps_id) from private.nominations n
      where n.community_id = p_cycle.community_id and n.cycle_id = p_cycle.id and n.status = 'nominated' and private.has_accepted(n.community_id, n.id))) end::int
  from public.appraisal_formulas f where f.community_id = p_cycle.community_id and f.id = p_cycle.formula_id
$$;
comment on function private.quota_of(public.appraisal_cycles, int) is 'How many a cycle may award at most.';

create function private.places_by_merit(p_cycle public.appraisal_cycles)
returns int language sql stable security definer set search_path = '' as $$
  select case when f.quota ? 'each_corps' and f.quota ? 'percent' then greatest(p_cycle.active * (f.quota ->> 'percent')::int / 100, 1) else p_cycle.quota end
  from public.appraisal_formulas f where f.community_id = p_cycle.community_id and f.id = p_cycle.formula_id
$$;
comment on function private.places_by_merit(public.appraisal_cycles) is 'How many places of the quota are of the percentage; what is beyond it is there so that each corps has its own, and for nothing else.';

create function public.lock_cycle(p_community_id uuid, p_id uuid, p_cycle_id uuid, p_before_end boolean default false)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'lock_cycle', jsonb_build_object('cycle', p_cycle_id, 'before_end', p_before_end));
  v_cycle public.appraisal_cycles;
  v_active int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_cycle := private.cycle_to_run(v_ctx, p_cycle_id, array['collecting']);
  if private.today() <= v_cycle.collect_until then perform private.fail(422, 'collecting_until', jsonb_build_object('until', v_cycle.collect_until)); end if;
  -- What is still to come of the period counts for nobody then: said in so many words, and in the trail.
  if private.today() <= v_cycle.last_day and not coalesce(p_before_end, false) then perform private.fail(422, 'period_not_over', jsonb_build_object('until', v_cycle.last_day)); end if;
  if (select count(*) from private.panel_members m where m.community_id = p_community_id and m.cycle_id = p_cycle_id) < v_cycle.quorum then
    perform private.fail(422, 'panel_too_small', jsonb_build_object('needed', v_cycle.quorum));
  end if;
  v_active := private.count_active(v_cycle);
  perform private.take_snapshot(v_cycle);
  update public.appraisal_cycles set status = 'locked', locked_at = private.now(), locked_by = v_ctx.person_id, active = v_active, quota = private.quota_of(v_cycle, v_active),
      snapshot_hash = private.snapshot_hash(p_community_id, p_cycle_id)
    where community_id = p_community_id and id = p_cycle_id;
  return private.end_command(v_ctx, 'appraisal_cycles', p_cycle_id, jsonb_build_object('cycle_id', p_cycle_id, 'status', 'locked',
    'candidates', (select count(*) from private.score_snapshots s where s.community_id = p_community_id and s.cycle_id = p_cycle_id and s.indicator = 'gates')),
    jsonb_build_object('before_end', private.today() <= v_cycle.last_day));
end $$;
comment on function public.lock_cycle(uuid, uuid, uuid, boolean) is
  'collecting → locked, from the day after collect_until, and before the period is over only with p_before_end: the evidence is taken once and never changes again; the active and the quota are counted. Errors: those of open_cycle, collecting_until {until}, period_not_over {until}, panel_too_small {needed}.';

-- ---------------------------------------------------------------- scoring: from the snapshot alone

create function private.indicator_value(p_method text, p_params jsonb, p_inputs jsonb)
returns numeric language plpgsql immutable set search_path = '' as $$
declare
  v_value numeric;
begin
  v_value := case p_method
    when 'hours' then case when (p_inputs ->> 'p90_minutes')::int <= 0 then 0
      else 100 * least(1, ln(1 + (p_inputs ->> 'minutes')::numeric / 60) / ln(1 + (p_inputs ->> 'p90_minutes')::numeric / 60)) end
    when 'months' then 100 * (p_inputs ->> 'months')::numeric / (p_inputs ->> 'of')::numeric
    when 'rating' then 100 * (((p_inputs ->> 'total')::numeric + (p_params ->> 'prior_n')::numeric * (p_params ->> 'prior')::numeric) / ((p_inputs ->> 'n')::numeric + (p_params ->> 'prior_n')::numeric) - 1) / 4
    when 'deeds' then 100 * least(1, ((p_params ->> 'wish')::numeric * (p_inputs ->> 'wishes')::numeric + (p_params ->> 'visit')::numeric * (p_inputs ->> 'visits')::numeric
      + (p_params ->> 'emergency')::numeric * (p_inputs ->> 'emergencies')::numeric) / (p_params ->> 'full')::numeric)
    -- Who was never due missed nothing.
    when 'reliability' then case when (p_inputs ->> 'confirmed')::int = 0 then 100 else 100 * (1 - (p_inputs ->> 'no_shows')::numeric / (p_inputs ->> 'confirmed')::numeric) end
    when 'party_score' then least(100, (p_inputs ->> 'score')::numeric)
    when 'hours_percentile' then case when (p_inputs ->> 'others')::int = 0 then 100 else 100 * (p_inputs ->> 'below')::numeric / (p_inputs ->> 'others')::numeric end
    -- Marks of 1 to 5; nobody asked is nothing known.
    else case when (p_inputs ->> 'n')::int = 0 then 0 else 100 * ((p_inputs ->> 'total')::numeric / (p_inputs ->> 'n')::numeric - 1) / 4 end end;
  return round(greatest(0, least(100, v_value)), 2);
end $$;
comment on function private.indicator_value(text, jsonb, jsonb) is 'One line of a score, 0–100 with two decimals, from what the snapshot holds and nothing else (rules.md, Formulas).';

create function private.gate_results(p_gates jsonb, p_inputs jsonb)
returns jsonb language plpgsql immutable set search_path = '' as $$
begin
  return (select jsonb_agg(jsonb_build_object('gate', g.gate, 'needed', g.needed, 'found', g.found, 'ok', g.ok) order by g.n) from (
    select 1 as n, 'consent' as gate, to_jsonb(true) as needed, p_inputs -> 'consent' as found, (p_inputs ->> 'consent')::boolean as ok
    union all select 2, 'minutes', p_gates -> 'minutes', p_inputs -> 'minutes', (p_inputs ->> 'minutes')::int >= (p_gates ->> 'minutes')::int where p_gates ? 'minutes'
    union all select 3, 'months', p_gates -> 'months', p_inputs -> 'months', (p_inputs ->> 'months')::int >= (p_gates ->> 'months')::int where p_gates ? 'months'
    union all select 4, 'sample', p_gates -> 'sample', p_inputs -> 'sample', (p_inputs ->> 'sample')::int >= (p_gates ->> 'sample')::int where p_gates ? 'sample'
    union all select 5, 'year_closed', to_jsonb(true), p_inputs -> 'year_closed', (p_inputs ->> 'year_closed')::boolean where (p_gates ->> 'year_closed')::boolean
    union all select 6, 'no_veto', to_jsonb(true), p_inputs -> 'vetoes', jsonb_array_length(p_inputs -> 'vetoes') = 0) g
    -- Of whoever did not accept nothing else was looked at.
    where g.gate = 'consent' or (p_inputs ->> 'consent')::boolean);
end $$;
comment on function private.gate_results(jsonb, jsonb) is 'Each gate with what it asks and what the snapshot found. No rules do without consent and veto.';

create function private.propose_by_score(p_cycle public.appraisal_cycles)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_quota jsonb := (select f.quota from public.appraisal_formulas f where f.community_id = p_cycle.community_id and f.id = p_cycle.formula_id);
  v_free int := private.places_by_merit(p_cycle);
begin
  update private.nominations n set is_proposed = coalesce(x.place <= x.places and (x.place <= v_free or x.has_own_place), false)
  from (
    select q.id, case when v_quota ?| array['each_grid', 'each_compound'] then q.in_place
        -- One of each corps first, then by score.
        else row_number() over (order by (q.corps_id is not null and q.in_corps <= coalesce((v_quota ->> 'each_corps')::int, 0)) desc, q.score desc, q.id) end as place,
      coalesce((v_quota ->> 'each_grid')::int, (v_quota ->> 'each_compound')::int, p_cycle.quota) as places,
      q.corps_id is not null and q.in_corps <= coalesce((v_quota ->> 'each_corps')::int, 0) as has_own_place
    from (select m.id, m.corps_id, m.score,
        row_number() over (partition by m.corps_id order by m.score desc, m.id) as in_corps,
        row_number() over (partition by case when v_quota ? 'each_grid' then m.grid_id else m.compound_id end order by m.score desc, m.id) as in_place
      from private.nominations m where m.community_id = p_cycle.community_id and m.cycle_id = p_cycle.id and m.status = 'qualified') q) x
  where n.community_id = p_cycle.community_id and n.id = x.id;
end $$;
comment on function private.propose_by_score(public.appraisal_cycles) is 'Whom the score alone would put on the list: within the quota, one of each corps first. The panel may differ, with a reason.';

create function public.score_cycle(p_community_id uuid, p_id uuid, p_cycle_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'score_cycle', jsonb_build_object('cycle', p_cycle_id));
  v_cycle public.appraisal_cycles;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_cycle := private.cycle_to_run(v_ctx, p_cycle_id, array['locked']);
  if v_cycle.snapshot_hash <> private.snapshot_hash(p_community_id, p_cycle_id) then perform private.fail(409, 'snapshot_locked'); end if;
  update private.score_snapshots s set value = case s.indicator
      when 'gates' then (select case when bool_and((g ->> 'ok')::boolean) then 100 else 0 end from jsonb_array_elements(private.gate_results(s.params, s.inputs)) g)
      else private.indicator_value(s.indicator, s.params, s.inputs) end
    where s.community_id = p_community_id and s.cycle_id = p_cycle_id;
  update private.nominations n set score = x.score, status = case when x.passed then 'qualified' else 'unqualified' end
    from (select s.nomination_id, round(sum(s.weight * s.value) filter (where s.indicator <> 'gates') / 100, 2) as score, bool_and(s.value = 100) filter (where s.indicator = 'gates') as passed
      from private.score_snapshots s where s.community_id = p_community_id and s.cycle_id = p_cycle_id group by 1) x
    where n.community_id = p_community_id and n.id = x.nomination_id and n.status = 'nominated';
  -- Staff are not ranked: the machine proposes nobody there.
  if (select k.is_ranked from private.appraisal_kinds k where k.kind = v_cycle.kind) then perform private.propose_by_score(v_cycle); end if;
  update public.appraisal_cycles set status = 'scored', scored_at = private.now(), scored_by = v_ctx.person_id where community_id = p_community_id and id = p_cycle_id;
  return private.end_command(v_ctx, 'appraisal_cycles', p_cycle_id, jsonb_build_object('cycle_id', p_cycle_id, 'status', 'scored',
    'qualified', (select count(*) from private.nominations n where n.community_id = p_community_id and n.cycle_id = p_cycle_id and n.status = 'qualified')));
end $$;
comment on function public.score_cycle(uuid, uuid, uuid) is
  'locked → scored: every line from the snapshot alone, the gates, and (but for staff) whom the score proposes within the quota. Errors: those of open_cycle, snapshot_locked.';

-- ---------------------------------------------------------------- the panel

create function private.sheet_hash(p_community_id uuid, p_cycle_id uuid)
returns text language sql stable security definer set search_path = '' as $$
  select encode(sha256(convert_to(coalesce(string_agg(d.nomination_id || ' ' || d.revision || ' ' || d.decision || ' ' || coalesce(d.reason_hash, ''), E'\n' order by d.nomination_id, d.revision), ''), 'UTF8')), 'hex')
  from private.panel_decisions d where d.community_id = p_community_id and d.cycle_id = p_cycle_id
$$;
comment on function private.sheet_hash(uuid, uuid) is 'What a signature of the panel stands for.';

create function private.undecided(p_community_id uuid, p_cycle_id uuid)
returns int language sql stable security definer set search_path = '' as $$
  select count(*)::int from private.nominations n where n.community_id = p_community_id and n.cycle_id = p_cycle_id and n.status = 'qualified'
$$;

create function private.signatures(p_community_id uuid, p_cycle_id uuid)
returns int language plpgsql stable security definer set search_path = '' as $$
declare
  v_hash text := private.sheet_hash(p_community_id, p_cycle_id);
begin
  return (select count(*) from private.panel_members m where m.community_id = p_community_id and m.cycle_id = p_cycle_id and m.signed_hash = v_hash);
end $$;
comment on function private.signatures(uuid, uuid) is 'How many of the panel signed the sheet as it stands.';

create function public.decide_award(p_community_id uuid, p_id uuid, p_nomination_id uuid, p_decision text, p_reason text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'decide_award', jsonb_build_object('nomination', p_nomination_id, 'decision', p_decision, 'reason', p_reason));
  v_nomination private.nominations;
  v_cycle public.appraisal_cycles;
  v_quota jsonb;
  v_reason text := private.clean_text(p_reason, 'reason', 300, false);
  v_differs boolean;
  v_listed int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_nomination from private.nominations n where n.community_id = p_community_id and n.id = p_nomination_id;
  if not found or not private.on_panel(p_community_id, v_ctx.person_id, v_nomination.cycle_id) then perform private.fail(404, 'nomination_unknown'); end if;
  if p_decision is null or p_decision not in ('shortlist', 'pass_over') then perform private.fail(400, 'field_invalid', '{"field":"decision"}'); end if;
  v_nomination := private.nomination_for(v_ctx, p_nomination_id, array['scored', 'panel']);
  if private.has_stake(p_community_id, v_ctx.person_id, v_nomination.cycle_id) then perform private.fail(403, 'own_award'); end if;
  if not private.is_free(v_nomination, v_ctx.person_id) then perform private.fail(403, 'own_nomination'); end if;
  if v_nomination.status not in ('qualified', 'shortlisted', 'passed_over') then perform private.fail(409, 'nomination_over', jsonb_build_object('status', v_nomination.status)); end if;
  select * into v_cycle from public.appraisal_cycles c where c.community_id = p_community_id and c.id = v_nomination.cycle_id;
  perform private.require_deciding(v_cycle);
  -- Where the machine proposes nobody, every decision has a reason of its own.
  v_differs := v_nomination.is_proposed is null or v_nomination.is_proposed <> (p_decision = 'shortlist');
  if v_differs and v_reason is null then perform private.fail(422, 'decision_reason_needed'); end if;
  if p_decision = 'shortlist' then
    v_quota := (select f.quota from public.appraisal_formulas f where f.community_id = p_community_id and f.id = v_cycle.formula_id);
    select count(*) into v_listed from private.nominations n where n.community_id = p_community_id and n.cycle_id = v_cycle.id and n.status = 'shortlisted' and n.id <> p_nomination_id;
    if v_listed >= v_cycle.quota
        or (v_quota ? 'each_grid' and (select count(*) from private.nominations n where n.community_id = p_community_id and n.cycle_id = v_cycle.id and n.status = 'shortlisted'
          and n.id <> p_nomination_id and n.grid_id = v_nomination.grid_id) >= (v_quota ->> 'each_grid')::int)
        or (v_listed >= private.places_by_merit(v_cycle) and (v_nomination.corps_id is null or (select count(*) from private.nominations n where n.community_id = p_community_id and n.cycle_id = v_cycle.id
          and n.status = 'shortlisted' and n.id <> p_nomination_id and n.corps_id = v_nomination.corps_id) >= (v_quota ->> 'each_corps')::int))
        or (v_quota ? 'each_compound' and (select count(*) from private.nominations n where n.community_id = p_community_id and n.cycle_id = v_cycle.id and n.status = 'shortlisted'
          and n.id <> p_nomination_id and n.compound_id = v_nomination.compound_id) >= (v_quota ->> 'each_compound')::int) then
      perform private.fail(422, 'quota_full', jsonb_build_object('quota', case when v_quota ?| array['each_grid', 'each_compound'] then coalesce((v_quota ->> 'each_grid')::int, (v_quota ->> 'each_compound')::int) else v_cycle.quota end));
    end if;
  end if;
  if exists (select 1 from private.panel_decisions d where d.community_id = p_community_id and d.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into private.panel_decisions (community_id, id, cycle_id, nomination_id, decision, differs, reason, reason_hash, decided_by, decided_at, revision)
    values (p_community_id, p_id, v_cycle.id, p_nomination_id, p_decision, v_differs, v_reason, case when v_reason is not null then private.part_hash(v_reason) end, v_ctx.person_id, private.now(),
      1 + (select count(*) from private.panel_decisions d where d.community_id = p_community_id and d.nomination_id = p_nomination_id));
  update private.nominations set status = case p_decision when 'shortlist' then 'shortlisted' else 'passed_over' end where community_id = p_community_id and id = p_nomination_id;
  update public.appraisal_cycles set status = 'panel' where community_id = p_community_id and id = v_cycle.id and status = 'scored';
  return private.end_command(v_ctx, 'appraisal_cycles', v_cycle.id, jsonb_build_object('cycle_id', v_cycle.id));
end $$;
comment on function public.decide_award(uuid, uuid, uuid, text, text) is
  'A member of the panel writes a line of its sheet: shortlist or pass_over, with a reason where it differs from what the score proposes; may be changed until published, and a changed sheet needs new signatures. Not by whoever put the nominee forward or has a stake; until decide_until. Errors: nomination_unknown, own_award, own_nomination, deciding_over {until}, nomination_over {status}, decision_reason_needed, quota_full {quota}, field_invalid {field}, field_too_long, those of cycle_for.';

create function public.sign_decisions(p_community_id uuid, p_id uuid, p_cycle_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'sign_decisions', jsonb_build_object('cycle', p_cycle_id));
  v_cycle public.appraisal_cycles;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.on_panel(p_community_id, v_ctx.person_id, p_cycle_id) then perform private.fail(404, 'cycle_unknown'); end if;
  v_cycle := private.cycle_for(v_ctx, p_cycle_id, array['panel']);
  if private.has_stake(p_community_id, v_ctx.person_id, p_cycle_id) then perform private.fail(403, 'own_award'); end if;
  perform private.require_deciding(v_cycle);
  if private.undecided(p_community_id, p_cycle_id) > 0 then perform private.fail(422, 'sheet_not_complete', jsonb_build_object('left', private.undecided(p_community_id, p_cycle_id))); end if;
  update private.panel_members set signed_hash = private.sheet_hash(p_community_id, p_cycle_id), signed_at = private.now()
    where community_id = p_community_id and cycle_id = p_cycle_id and person_id = v_ctx.person_id;
  return private.end_command(v_ctx, 'appraisal_cycles', p_cycle_id, jsonb_build_object('cycle_id', p_cycle_id, 'signatures', private.signatures(p_community_id, p_cycle_id), 'quorum', v_cycle.quorum));
end $$;
comment on function public.sign_decisions(uuid, uuid, uuid) is
  'A member of the panel signs the complete sheet, each from the own account; as many as the quorum make it publishable; until decide_until. Errors: cycle_unknown, own_award, deciding_over {until}, sheet_not_complete {left}, those of cycle_for.';

-- ---------------------------------------------------------------- erasing

create function private.tg_persons__erase_appraisal()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update private.nominations set title = case when title is not null then '*' end, reason = case when reason is not null then '*' end, ended_why = case when ended_why is not null then '*' end
    where community_id = new.community_id and person_id = new.id;
  update private.nominations n set status = 'declined', ended_at = private.now() from public.appraisal_cycles c
    where n.community_id = new.community_id and n.person_id = new.id and c.community_id = n.community_id and c.id = n.cycle_id and c.status not in ('confirmed', 'archived') and n.status <> 'withheld';
  update public.nomination_consents set withdrawn_at = private.now(), shows_full_name = false where community_id = new.community_id and person_id = new.id;
  update public.nomination_statements set body = '*' where community_id = new.community_id and person_id = new.id;
  update private.nomination_opinions o set words = '*' where o.community_id = new.community_id and o.words is not null and (o.given_by = new.id
    or o.nomination_id in (select n.id from private.nominations n where n.community_id = new.community_id and n.person_id = new.id));
  update private.sample_ratings r set words = '*' where r.community_id = new.community_id and r.words is not null
    and r.nomination_id in (select n.id from private.nominations n where n.community_id = new.community_id and n.person_id = new.id);
  update private.panel_decisions d set reason = '*' where d.community_id = new.community_id and d.reason is not null
    and d.nomination_id in (select n.id from private.nominations n where n.community_id = new.community_id and n.person_id = new.id);
  return null;
end $$;
comment on function private.tg_persons__erase_appraisal() is 'What was said by and about an erased person goes; that a cycle had so many nominees and which numbers, stays, and its seal still verifies.';
create trigger tg_persons__erase_appraisal after update of status on public.persons
  for each row when (new.status = 'erased' and old.status <> 'erased') execute function private.tg_persons__erase_appraisal();

-- ---------------------------------------------------------------- reading

create function private.name_of(p_community_id uuid, p_person_id uuid)
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce(pp.real_name, p.display_name) from public.persons p left join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
    where p.community_id = p_community_id and p.id = p_person_id);
end $$;

create function private.formula_json(p_formula public.appraisal_formulas)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('id', p_formula.id, 'kind', p_formula.kind, 'code', p_formula.code, 'gates', p_formula.gates, 'quota', p_formula.quota, 'dimensions', p_formula.dimensions,
    'published_at', p_formula.published_at, 'indicators', (select jsonb_agg(jsonb_build_object('method', i.method, 'weight', i.weight, 'params', i.params) order by i.sort)
      from public.indicators i where i.community_id = p_formula.community_id and i.formula_id = p_formula.id))
$$;

create function private.cycle_summary(p_cycle public.appraisal_cycles, p_me uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_runs boolean := private.runs_appraisal(p_cycle.community_id, p_me, p_cycle.kind);
  v_panel boolean := private.on_panel(p_cycle.community_id, p_me, p_cycle.id);
  v_stake boolean := private.has_stake(p_cycle.community_id, p_me, p_cycle.id);
  v_sees boolean := not v_stake and (v_panel or private.serves_appraisal(p_cycle.community_id, p_me, p_cycle.kind));
begin
  return jsonb_build_object('id', p_cycle.id, 'kind', p_cycle.kind, 'period', p_cycle.period, 'status', p_cycle.status, 'first_day', p_cycle.first_day, 'last_day', p_cycle.last_day,
      'collect_until', p_cycle.collect_until, 'decide_until', p_cycle.decide_until, 'quorum', p_cycle.quorum, 'active', case when v_sees then p_cycle.active end, 'quota', case when v_sees then p_cycle.quota end,
      'planned_at', p_cycle.planned_at, 'opened_at', p_cycle.opened_at, 'locked_at', p_cycle.locked_at, 'scored_at', p_cycle.scored_at, 'confirmed_at', p_cycle.confirmed_at,
      'archived_at', p_cycle.archived_at, 'snapshot_hash', p_cycle.snapshot_hash, 'seal', p_cycle.seal, 'may_run', v_runs, 'is_panel', v_panel, 'has_stake', v_stake, 'sees_counts', v_sees,
      'panel', case when v_sees then (select count(*) from private.panel_members m where m.community_id = p_cycle.community_id and m.cycle_id = p_cycle.id) else 0 end,
      'signatures', case when v_sees then private.signatures(p_cycle.community_id, p_cycle.id) else 0 end)
    || (select jsonb_build_object('nominated', count(*) filter (where n.status <> 'declined'), 'declined', count(*) filter (where n.status = 'declined'),
        'accepted', count(*) filter (where n.status <> 'declined' and k.id is not null and k.withdrawn_at is null),
        'undecided', count(*) filter (where n.status = 'qualified'), 'unqualified', count(*) filter (where n.status = 'unqualified'),
        'shortlisted', count(*) filter (where n.status in ('shortlisted', 'publicity')), 'granted', count(*) filter (where n.status = 'granted'), 'withheld', count(*) filter (where n.status = 'withheld'))
      from private.nominations n left join public.nomination_consents k on k.community_id = n.community_id and k.id = n.id
      where n.community_id = p_cycle.community_id and n.cycle_id = p_cycle.id and v_sees);
end $$;
comment on function private.cycle_summary(public.appraisal_cycles, uuid) is 'How far a cycle is. Numbers for whoever collects or decides in it and has no stake (sees_counts); for everybody else only status and dates, and every number is 0.';

create function private.shown_status(p_nomination private.nominations, p_cycle_status text)
returns text language sql immutable set search_path = '' as $$
  select case when p_cycle_status in ('scored', 'panel') and p_nomination.status in ('shortlisted', 'passed_over') then 'qualified' else p_nomination.status end
$$;
comment on function private.shown_status(private.nominations, text) is 'What a nominee is told before the notice: qualified or not; what the panel writes on its sheet it may still change.';

create function private.tells_scores(p_cycle_status text)
returns boolean language sql immutable set search_path = '' as $$
  select p_cycle_status in ('publicity', 'objections', 'confirmed', 'archived')
$$;
comment on function private.tells_scores(text) is 'From the notice on a nominee reads the own score: before it people still decide, and a number alone decides nothing (norms.md). The rows behind it are open to the nominee at any time.';

create function public.appraisal_desk(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  perform private.require_module(p_community_id, 'appraisal');
  if not private.is_office(p_community_id, v_me) and not private.minds_party(p_community_id, v_me)
      and not exists (select 1 from private.panel_members m where m.community_id = p_community_id and m.person_id = v_me) then
    perform private.fail(403, 'not_allowed');
  end if;
  return jsonb_build_object('server_time', private.now(), 'today', private.today(),
    'cycles', coalesce((select jsonb_agg(private.cycle_summary(c, v_me) order by c.archived_at is not null, c.planned_at desc, c.id) from public.appraisal_cycles c
      where c.community_id = p_community_id and (private.serves_appraisal(p_community_id, v_me, c.kind) or private.on_panel(p_community_id, v_me, c.id))), '[]'),
    'kinds', (select jsonb_agg(jsonb_build_object('kind', k.kind, 'span', k.span, 'subject', k.subject, 'is_ranked', k.is_ranked, 'methods', to_jsonb(k.methods)) order by d.sort)
      from private.appraisal_kinds k join public.dictionaries d on d.kind = 'award_kind' and d.code = k.kind where private.runs_appraisal(p_community_id, v_me, k.kind)),
    'quorum_min', private.setting_int(p_community_id, 'appraisal_quorum'),
    'methods', (select jsonb_agg(jsonb_build_object('method', m.method, 'max_weight', m.max_weight, 'params', m.params) order by m.sort) from private.indicator_methods m),
    'formulas', coalesce((select jsonb_agg(private.formula_json(f) order by f.kind, f.published_at desc, f.code desc) from public.appraisal_formulas f
      where f.community_id = p_community_id and private.runs_appraisal(p_community_id, v_me, f.kind)), '[]'));
end $$;
comment on function public.appraisal_desk(uuid) is
  'Cycles the caller collects for, runs or sits on the panel of; and, for what the caller may run, the kinds, the versions of their rules and the bounds of each method. Office, party office, panel. Errors: not_signed_in, not_a_member, module_off, not_allowed.';

create function private.sees_party_score(p_cycle public.appraisal_cycles, p_me uuid, p_person_id uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return p_cycle.kind <> 'excellent_member' or p_me = p_person_id or private.on_panel(p_cycle.community_id, p_me, p_cycle.id)
    or exists (select 1 from public.party_memberships m where m.community_id = p_cycle.community_id and m.person_id = p_person_id and (m.valid_to is null or m.valid_to >= private.today())
      and private.holds_in_party_org(p_cycle.community_id, p_me, m.party_org_id, array['branch_secretary']));
end $$;
comment on function private.sees_party_score(public.appraisal_cycles, uuid, uuid) is 'The score of a party member, in an appraisal too, is for the member, the branch secretary and the panel; whoever only runs the cycle does not read it.';

create function private.without_party_score(p_lines jsonb)
returns jsonb language sql immutable set search_path = '' as $$
  select coalesce(jsonb_agg(case when l.line ->> 'indicator' = 'party_score' then l.line || '{"inputs": {}, "value": null}' else l.line end order by l.n), '[]')
  from jsonb_array_elements(p_lines) with ordinality l (line, n)
$$;

create function private.log_looks(p_community_id uuid, p_viewer uuid, p_person_ids uuid[], p_what text, p_reason text)
returns void language sql volatile security definer set search_path = '' as $$
  insert into public.access_logs (community_id, id, at, viewer_person_id, person_id, what, reason)
  select p_community_id, private.new_id(), private.now(), p_viewer, i, p_what, p_reason from unnest(p_person_ids) i
  where i <> p_viewer and not exists (select 1 from public.access_logs l where l.community_id = p_community_id and l.person_id = i and l.viewer_person_id = p_viewer
    and l.what = p_what and l.at > private.now() - interval '10 minutes')
$$;
comment on function private.log_looks(uuid, uuid, uuid[], text, text) is 'log_look for a list.';

create function private.score_lines(p_community_id uuid, p_nomination_id uuid, p_hides_few boolean)
returns jsonb language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(case when p_hides_few and s.indicator in ('sample', 'peers', 'committee', 'rating') and (s.inputs ->> 'n')::int between 1 and 2
      then jsonb_build_object('indicator', s.indicator, 'weight', s.weight, 'params', s.params, 'inputs', jsonb_build_object('n', s.inputs -> 'n'), 'value', null)
      else jsonb_build_object('indicator', s.indicator, 'weight', s.weight, 'params', s.params, 'inputs', s.inputs - array['wish_ids', 'no_show_ids'], 'value', s.value) end order by s.sort), '[]')
  from private.score_snapshots s where s.community_id = p_community_id and s.nomination_id = p_nomination_id and s.indicator <> 'gates'
$$;
comment on function private.score_lines(uuid, uuid, boolean) is 'A score line by line; for the nominee a line of one or two opinions stays closed: it would tell who said what.';

create function private.gate_lines(p_community_id uuid, p_nomination_id uuid)
returns jsonb language sql stable security definer set search_path = '' as $$
  select private.gate_results(s.params, s.inputs) from private.score_snapshots s where s.community_id = p_community_id and s.nomination_id = p_nomination_id and s.indicator = 'gates'
$$;

create function public.cycle_board(p_community_id uuid, p_cycle_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_cycle public.appraisal_cycles;
  v_full boolean;
  v_stake boolean;
  v_ranked boolean;
  v_sees_sums boolean;
  v_sheet text := private.sheet_hash(p_community_id, p_cycle_id);
  v_answer jsonb;
begin
  perform private.require_module(p_community_id, 'appraisal');
  select * into v_cycle from public.appraisal_cycles c where c.community_id = p_community_id and c.id = p_cycle_id;
  if not found or not (private.serves_appraisal(p_community_id, v_me, v_cycle.kind) or private.on_panel(p_community_id, v_me, p_cycle_id)) then perform private.fail(404, 'cycle_unknown'); end if;
  v_full := private.runs_appraisal(p_community_id, v_me, v_cycle.kind) or private.on_panel(p_community_id, v_me, p_cycle_id);
  v_stake := private.has_stake(p_community_id, v_me, p_cycle_id);
  v_ranked := (select k.is_ranked from private.appraisal_kinds k where k.kind = v_cycle.kind);
  -- Three quarters of a party member''s sum are the party score: that is read in the file, where the look is written down.
  v_sees_sums := v_full and v_ranked and v_cycle.kind <> 'excellent_member';
  v_answer := jsonb_build_object('server_time', private.now(), 'today', private.today(), 'cycle', private.cycle_summary(v_cycle, v_me), 'is_ranked', v_ranked, 'sees_scores', v_full and not v_stake,
    'formula', (select private.formula_json(f) from public.appraisal_formulas f where f.community_id = p_community_id and f.id = v_cycle.formula_id),
    'panel', case when v_full and not v_stake then coalesce((select jsonb_agg(jsonb_build_object('person_id', m.person_id, 'name', private.name_of(p_community_id, m.person_id), 'is_me', m.person_id = v_me,
        'signed_at', case when m.signed_hash = v_sheet then m.signed_at end) order by m.named_at, m.id)
      from private.panel_members m where m.community_id = p_community_id and m.cycle_id = p_cycle_id), '[]') end,
    'notice', case when not v_stake then (select to_jsonb(x) from private.notice_facts(p_community_id, p_cycle_id) x) end,
    'objections', case when v_full or private.is_office(p_community_id, v_me) then private.objections_of(p_community_id, p_cycle_id, v_me) else '[]' end,
    -- Whoever is a nominee, or close to one, sees how far it is and nothing of the others.
    'candidates', case when v_stake then '[]' else coalesce((select jsonb_agg(x.line order by x.score desc nulls last, x.name, x.id) from (
      select n.id, case when v_sees_sums then n.score end as score, private.name_of(p_community_id, n.person_id) as name,
        jsonb_build_object('id', n.id, 'person_id', n.person_id, 'name', private.name_of(p_community_id, n.person_id), 'title', n.title, 'reason', n.reason, 'status', n.status,
          'grid_name', g.name, 'compound_name', o.name, 'corps_name', k.name, 'corps_color', k.color,
          'accepted', c.id is not null and c.withdrawn_at is null, 'shows_full_name', coalesce(c.shows_full_name, false),
          'has_statement', exists (select 1 from public.nomination_statements s where s.community_id = n.community_id and s.id = n.id),
          'peers', (select count(*) from private.nomination_opinions z where z.community_id = n.community_id and z.nomination_id = n.id and z.source = 'peers'),
          'committee', (select count(*) from private.nomination_opinions z where z.community_id = n.community_id and z.nomination_id = n.id and z.source = 'committee'),
          'sample', (select count(*) from private.sample_ratings z where z.community_id = n.community_id and z.nomination_id = n.id),
          'score', case when v_sees_sums then n.score end, 'is_proposed', case when v_full then n.is_proposed end, 'passes_gates', case when v_cycle.scored_at is not null then n.status <> 'unqualified' end,
          'decision', case when v_full then (select jsonb_build_object('decision', d.decision, 'differs', d.differs, 'reason', d.reason, 'revision', d.revision, 'decided_at', d.decided_at,
              'decided_by', private.name_of(p_community_id, d.decided_by)) from private.panel_decisions d where d.community_id = n.community_id and d.nomination_id = n.id order by d.revision desc limit 1) end,
          'award', (select jsonb_build_object('id', a.id, 'status', a.status, 'certificate_id', a.id, 'revoked_why', a.revoked_why) from public.awards a where a.community_id = n.community_id and a.id = n.id),
          'ended_why', n.ended_why) as line
      from private.nominations n
      left join public.nomination_consents c on c.community_id = n.community_id and c.id = n.id
      left join public.grids g on g.community_id = n.community_id and g.id = n.grid_id
      left join public.compounds o on o.community_id = n.community_id and o.id = n.compound_id
      left join public.corps k on k.community_id = n.community_id and k.id = n.corps_id
      where n.community_id = p_community_id and n.cycle_id = p_cycle_id
      order by n.score desc nulls last, n.id limit 500) x), '[]') end);
  perform private.log_looks(p_community_id, v_me, array(select (e ->> 'person_id')::uuid from jsonb_array_elements(v_answer -> 'candidates') e), 'appraisal_list', v_cycle.kind || ' ' || v_cycle.period);
  return v_answer;
end $$;
comment on function public.cycle_board(uuid, uuid) is
  'One cycle: its steps and dates, what waits, its rules, panel and signatures, notice and objections, and up to 500 nominees; sums and decisions for who runs it and the panel (never a rank of staff, never a party member''s sum), lines and gates in the candidate''s file only, where the look is written down; nothing of the others for whoever is a nominee or close to one. Names and what was collected are personal data: each nominee can see who looked (once in ten minutes). Errors: not_signed_in, not_a_member, module_off, cycle_unknown.';

create function public.candidate_dossier(p_community_id uuid, p_nomination_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  n private.nominations;
  v_cycle public.appraisal_cycles;
  v_own boolean;
  v_sums boolean;
  v_until timestamptz;
begin
  select * into n from private.nominations x where x.community_id = p_community_id and x.id = p_nomination_id;
  select * into v_cycle from public.appraisal_cycles c where c.community_id = p_community_id and c.id = n.cycle_id;
  v_own := private.speaks_for_nominee(p_community_id, v_me, n);
  if n.id is null or not coalesce(v_own or ((private.runs_appraisal(p_community_id, v_me, v_cycle.kind) or private.on_panel(p_community_id, v_me, v_cycle.id))
      and not private.has_stake(p_community_id, v_me, v_cycle.id)), false) then
    perform private.fail(404, 'nomination_unknown');
  end if;
  perform private.log_look(p_community_id, v_me, n.person_id, 'appraisal', v_cycle.kind || ' ' || v_cycle.period);
  v_until := coalesce(v_cycle.locked_at, private.now());
  v_sums := private.sees_party_score(v_cycle, v_me, n.person_id);
  return jsonb_build_object('server_time', private.now(), 'id', n.id, 'is_own', v_own, 'cycle', private.cycle_summary(v_cycle, v_me), 'unit_name', (select c.name from public.communities c where c.id = p_community_id),
    'formula', (select private.formula_json(f) from public.appraisal_formulas f where f.community_id = p_community_id and f.id = v_cycle.formula_id),
    'name', private.name_of(p_community_id, n.person_id), 'title', n.title, 'reason', n.reason, 'status', case when v_own then private.shown_status(n, v_cycle.status) else n.status end, 'ended_why', n.ended_why, 'is_proposed', case when not v_own then n.is_proposed end,
    'volunteer_no', (select v.volunteer_no from public.volunteers v where v.community_id = p_community_id and v.id = n.person_id),
    'grid_name', (select g.name from public.grids g where g.community_id = p_community_id and g.id = n.grid_id),
    'corps', (select jsonb_build_object('name', k.name, 'color', k.color) from public.corps k where k.community_id = p_community_id and k.id = n.corps_id),
    'nominated_at', n.nominated_at, 'nominated_by', private.name_of(p_community_id, n.nominated_by),
    'consent', (select jsonb_build_object('given_at', k.given_at, 'given_via', k.given_via, 'shows_full_name', k.shows_full_name, 'withdrawn_at', k.withdrawn_at) from public.nomination_consents k
      where k.community_id = p_community_id and k.id = n.id),
    'statement', (select jsonb_build_object('body', s.body, 'written_at', s.written_at) from public.nomination_statements s where s.community_id = p_community_id and s.id = n.id),
    -- With a closed line the total would tell it.
    'score', case when v_sums and (not v_own or private.tells_scores(v_cycle.status) and not exists (select 1 from private.score_snapshots s where s.community_id = p_community_id and s.nomination_id = n.id
      and s.indicator in ('sample', 'peers', 'committee', 'rating') and (s.inputs ->> 'n')::int between 1 and 2)) then n.score end,
    'lines', case when n.score is null or (v_own and not private.tells_scores(v_cycle.status)) then '[]' when v_sums then private.score_lines(p_community_id, n.id, v_own) else private.without_party_score(private.score_lines(p_community_id, n.id, v_own)) end,
    'gates', case when n.score is not null then private.gate_lines(p_community_id, n.id) else '[]' end,
    'decisions', case when v_own then '[]' else coalesce((select jsonb_agg(jsonb_build_object('decision', d.decision, 'differs', d.differs, 'reason', d.reason, 'revision', d.revision, 'decided_at', d.decided_at,
      'decided_by', private.name_of(p_community_id, d.decided_by)) order by d.revision) from private.panel_decisions d where d.community_id = p_community_id and d.nomination_id = n.id), '[]') end,
    -- One by one only once nothing can be added, and from three of a kind on: a mark that has just appeared has a giver.
    'opinions', case when v_own or v_cycle.locked_at is null then '[]' else coalesce((select jsonb_agg(y.o order by md5(y.id::text)) from (select x.*, count(*) over (partition by x.o ->> 'source') as n from (
      select o.id, jsonb_build_object('source', o.source, 'marks', o.marks, 'mark', o.mark, 'words', o.words) as o from private.nomination_opinions o where o.community_id = p_community_id and o.nomination_id = n.id
      union all select r.id, jsonb_build_object('source', 'sample', 'marks', r.marks, 'mark', r.mark, 'words', r.words) from private.sample_ratings r where r.community_id = p_community_id and r.nomination_id = n.id) x) y where y.n >= 3), '[]') end,
    -- The rows the numbers come from, as they stood when the cycle was locked; later corrections beside them.
    'records', coalesce((select jsonb_agg(to_jsonb(x) order by x.service_date, x.id) from (
      select r.id, r.service_date, a.title, r.minutes, r.provenance, r.reverses_id is not null as is_reversal, r.confirmed_at > v_until as is_later,
        exists (select 1 from public.emergency_declarations e where e.community_id = r.community_id and e.activity_id = r.activity_id) as is_emergency
      from public.service_records r join public.activities a on a.community_id = r.community_id and a.id = r.activity_id
      where r.community_id = p_community_id and r.person_id = n.person_id and r.service_date between v_cycle.first_day and v_cycle.last_day order by r.service_date, r.id limit 500) x), '[]'),
    'wishes', coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'day', private.day_of(w.realized_at), 'title', y.title) order by w.realized_at, w.id) from public.wish_claims w
      join public.wishes y on y.community_id = w.community_id and y.id = w.wish_id
      where w.community_id = p_community_id and w.donor_person_id = n.person_id and w.status = 'realized' and w.realized_at <= v_until
        and private.day_of(w.realized_at) between v_cycle.first_day and v_cycle.last_day), '[]'),
    'no_shows', coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'day', private.day_of(h.starts_at), 'title', a.title) order by h.starts_at, g.id) from private.score_snapshots s
      cross join jsonb_array_elements_text(s.inputs -> 'no_show_ids') i
      join public.signups g on g.community_id = s.community_id and g.id = i::uuid
      join public.shifts h on h.community_id = g.community_id and h.id = g.shift_id join public.activities a on a.community_id = h.community_id and a.id = h.activity_id
      where s.community_id = p_community_id and s.nomination_id = n.id and s.indicator = 'reliability'), '[]'),
    'award', (select jsonb_build_object('id', w.id, 'status', w.status, 'granted_at', w.granted_at, 'revoked_why', w.revoked_why) from public.awards w where w.community_id = p_community_id and w.id = n.id));
end $$;
comment on function public.candidate_dossier(uuid, uuid) is
  'Everything a nominee is judged by, each number with the rows it comes from as they stood when the cycle was locked: for who runs the cycle and the panel (logged), never for somebody with a stake; for the nominee without what others said one by one, and with the score from the notice on. Errors: not_signed_in, not_a_member, nomination_unknown.';

create function public.opinions_wanted(p_community_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_known uuid[];
  v_nominees jsonb;
begin
  if not private.module_is_on(p_community_id, 'appraisal') then return jsonb_build_object('nominees', '[]'::jsonb, 'panels', '[]'::jsonb); end if;
  -- Whoever holds no office and no post can only be a peer: of the same corps, branch or entrance.
  if exists (select 1 from public.role_grants g where g.community_id = p_community_id and g.person_id = v_me) or exists (select 1 from public.staff_posts s where s.community_id = p_community_id and s.person_id = v_me) then
    v_known := null;
  else
    v_known := array(select b.person_id from public.corps_members a join public.corps_members b on b.community_id = a.community_id and b.corps_id = a.corps_id and b.left_on is null
        where a.community_id = p_community_id and a.person_id = v_me and a.left_on is null
      union select b.person_id from public.party_memberships a join public.party_memberships b on b.community_id = a.community_id and b.party_org_id = a.party_org_id and b.valid_to is null
        where a.community_id = p_community_id and a.person_id = v_me and a.valid_to is null
      union select b.person_id from public.person_private a join public.households ha on ha.community_id = a.community_id and ha.id = a.household_id
        join public.households hb on hb.community_id = ha.community_id and hb.entrance_id = ha.entrance_id join public.person_private b on b.community_id = hb.community_id and b.household_id = hb.id
        where a.community_id = p_community_id and a.person_id = v_me);
  end if;
  select coalesce(jsonb_agg(to_jsonb(x) - 'sort' order by x.marks is not null, x.collect_until, x.sort, x.id), '[]') into v_nominees from (
      select n.id, n.person_id, c.kind, c.period, c.collect_until, s.source, f.dimensions, g.name as grid_name, k.name as corps_name, k.color as corps_color, o.marks, o.words, n.nominated_at as sort,
        case when s.source = 'committee' then n.reason else l.label ->> 'reason' end as reason, case when s.source = 'committee' then n.title else l.label ->> 'title' end as title,
        -- Peers know each other: they are shown what the notice will show. The committee judges by name.
        case when s.source = 'committee' then private.name_of(p_community_id, n.person_id) else l.label ->> 'label' end as name
      from public.appraisal_cycles c
      join public.appraisal_formulas f on f.community_id = c.community_id and f.id = c.formula_id
      join private.nominations n on n.community_id = c.community_id and n.cycle_id = c.id and n.status = 'nominated' and (v_known is null or n.person_id = any(v_known))
      join public.nomination_consents a on a.community_id = n.community_id and a.id = n.id and a.withdrawn_at is null
      cross join lateral (select private.opinion_source(p_community_id, v_me, n) as source) s
      cross join lateral (select private.award_label(n) as label) l
      left join public.grids g on g.community_id = n.community_id and g.id = n.grid_id
      left join public.corps k on k.community_id = n.community_id and k.id = n.corps_id and c.kind in ('volunteer_pioneer', 'area_star', 'courtyard_star')
      left join private.nomination_opinions o on o.community_id = n.community_id and o.nomination_id = n.id and o.given_by = v_me
      where c.community_id = p_community_id and c.status = 'collecting' and c.collect_until >= private.today()
        and exists (select 1 from public.indicators i where i.community_id = c.community_id and i.formula_id = c.formula_id and i.method = s.source)
      limit 200) x;
  perform private.log_looks(p_community_id, v_me, array(select (e ->> 'person_id')::uuid from jsonb_array_elements(v_nominees) e where e ->> 'source' = 'committee'), 'appraisal_list', 'appraisal_list');
  return jsonb_build_object('server_time', private.now(),
    'nominees', (select coalesce(jsonb_agg(e.t - 'person_id' order by e.n), '[]') from jsonb_array_elements(v_nominees) with ordinality e (t, n)),
    'panels', coalesce((select jsonb_agg(private.cycle_summary(c, v_me) order by c.planned_at desc) from public.appraisal_cycles c
      join private.panel_members m on m.community_id = c.community_id and m.cycle_id = c.id and m.person_id = v_me
      where c.community_id = p_community_id and c.status in ('drafting', 'collecting', 'locked', 'scored', 'panel')), '[]'));
end $$;
comment on function public.opinions_wanted(uuid) is
  'Whom the caller may say what they think of, as a peer or of the committee, with what was said so far; and the panels the caller sits on. Only who accepted, and only where the rules count such opinions; of whom the committee is shown by name, the look is written down. Errors: not_signed_in, not_a_member.';

create function public.nominees_to_propose(p_community_id uuid, p_cycle_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_cycle public.appraisal_cycles;
  v_gates jsonb;
  v_subject text;
  v_answer jsonb;
begin
  select * into v_cycle from public.appraisal_cycles c where c.community_id = p_community_id and c.id = p_cycle_id;
  if not found or not private.serves_appraisal(p_community_id, v_me, v_cycle.kind) then perform private.fail(404, 'cycle_unknown'); end if;
  select f.gates into v_gates from public.appraisal_formulas f where f.community_id = p_community_id and f.id = v_cycle.formula_id;
  select k.subject into v_subject from private.appraisal_kinds k where k.kind = v_cycle.kind;
  if private.has_stake(p_community_id, v_me, p_cycle_id) then return '[]'; end if;
  with served as (
      select r.person_id, sum(r.minutes)::int as minutes, count(distinct extract(month from r.service_date))::int as months from public.service_records r
      where r.community_id = p_community_id and r.service_date between v_cycle.first_day and v_cycle.last_day group by 1 having sum(r.minutes) > 0),
    who as (
      select s.person_id from served s where v_subject = 'volunteer' and s.minutes >= coalesce((v_gates ->> 'minutes')::int, 0) and s.months >= coalesce((v_gates ->> 'months')::int, 0)
      union select m.person_id from public.party_memberships m where v_subject = 'member' and m.community_id = p_community_id and m.valid_to is null
      union select t.person_id from public.staff_posts t where v_subject = 'worker' and t.community_id = p_community_id and t.valid_to is null)
    select coalesce(jsonb_agg(to_jsonb(x) order by x.name, x.person_id), '[]') into v_answer from (
      select w.person_id, private.name_of(p_community_id, w.person_id) as name, g.name as grid_name, coalesce(s.minutes, 0) as minutes, coalesce(s.months, 0) as months
      from who w join public.persons p on p.community_id = p_community_id and p.id = w.person_id and p.status = 'active'
      left join served s on s.person_id = w.person_id left join public.grids g on g.community_id = p.community_id and g.id = p.grid_id
      where not exists (select 1 from private.nominations n where n.community_id = p_community_id and n.cycle_id = p_cycle_id and n.person_id = w.person_id)
        and not exists (select 1 from private.panel_members m where m.community_id = p_community_id and m.cycle_id = p_cycle_id and m.person_id = w.person_id)
        and not private.is_barred_from_awards(p_community_id, w.person_id, extract(year from v_cycle.first_day)::int)
      limit 500) x;
  perform private.log_looks(p_community_id, v_me, array(select (e ->> 'person_id')::uuid from jsonb_array_elements(v_answer) e), 'appraisal', v_cycle.kind || ' ' || v_cycle.period);
  return v_answer;
end $$;
comment on function public.nominees_to_propose(uuid, uuid) is
  'Whom the office may ask: volunteers who meet the gates of hours and months so far, party members, staff; by name, never by score; each of them can see that one looked (once in ten minutes). Nobody for whoever has a stake. Families and units are put forward one by one. Errors: not_signed_in, not_a_member, cycle_unknown.';

-- ---------------------------------------------------------------- who sees what

alter table public.appraisal_formulas enable row level security;
alter table public.indicators enable row level security;
alter table public.appraisal_cycles enable row level security;
alter table private.nominations enable row level security;
alter table public.nomination_consents enable row level security;
alter table public.nomination_statements enable row level security;
alter table private.score_snapshots enable row level security;
grant select on public.appraisal_formulas, public.indicators, public.appraisal_cycles, public.nomination_consents, public.nomination_statements to authenticated;

-- The rules and how far a cycle is are known to every member; who is nominated only to the nominee, and to others through the functions above.
create policy select_as_member on public.appraisal_formulas for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.indicators for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.appraisal_cycles for select to authenticated using (community_id = any(array(select private.my_communities())) and status <> 'drafting');
-- A helper reads what is another's through my_nominations, which keeps to the member alone what tells of the party.
create policy select_own on public.nomination_consents for select to authenticated using (
  community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
  and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k));
create policy select_own on public.nomination_statements for select to authenticated using (
  community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
  and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k));
-- Nominations, scores and snapshots are out of reach: my_nominations and candidate_dossier keep a line of one or two opinions closed.

do $grants$
declare
  f record;
begin
  for f in select p.oid::regprocedure as signature from pg_proc p where p.pronamespace = 'private'::regnamespace and p.proname = any(array['add_formula', 'install_appraisal_2026_1',
      'tg_communities__install_appraisal', 'tg_appraisal_cycles__one_way', 'tg_appraisal__sealed', 'tg_score_snapshots__immutable', 'close_persons', 'has_stake', 'runs_appraisal', 'serves_appraisal',
      'on_panel', 'cycle_for', 'cycle_to_run', 'nomination_for', 'clean_marks', 'judged_marks', 'require_bounds', 'plan_day', 'require_deciding', 'places_by_merit', 'formula_is_in_time', 'require_formula_in_time', 'may_nominate', 'speaks_for_nominee', 'insert_nomination', 'require_collecting', 'opinion_source', 'has_accepted', 'require_accepted', 'is_free', 'is_minor', 'is_guardian',
      'clean_code', 'vetoes_of', 'take_snapshot', 'snapshot_hash', 'count_active', 'quota_of', 'indicator_value', 'gate_results', 'propose_by_score', 'sheet_hash', 'undecided', 'signatures',
      'tg_persons__erase_appraisal', 'end_unnamed', 'name_of', 'formula_json', 'cycle_summary', 'shown_status', 'tells_scores', 'sees_party_score', 'without_party_score', 'log_looks', 'score_lines', 'gate_lines']) loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
  end loop;
  for f in select p.oid::regprocedure as signature, p.proname as name from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname = any(array['publish_formula', 'plan_cycle', 'name_panel', 'open_cycle',
      'nominate', 'nominate_many', 'accept_nomination', 'set_award_name', 'decline_nomination', 'withdraw_award_publicity', 'save_statement', 'give_opinion', 'open_samples', 'sample_codes', 'sample_form', 'rate_nominee', 'lock_cycle',
      'score_cycle', 'decide_award', 'sign_decisions', 'appraisal_desk', 'cycle_board', 'candidate_dossier', 'opinions_wanted', 'nominees_to_propose']) loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
    execute format('grant execute on function %s to authenticated', f.signature);
    if f.name in ('sample_form', 'rate_nominee') then execute format('grant execute on function %s to anon', f.signature); end if;
  end loop;
end $grants$;
