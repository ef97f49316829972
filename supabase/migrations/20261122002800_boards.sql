-- Boards (X10, X19): totals kept by the writing statement, opt-in lists of people, teams first, closed periods frozen.
-- A board is «kind, period, scope»: people by hours or points, corps or grids by hours; a month '2026-11', a quarter
-- '2026-Q4' or a year '2026'; of everybody, of one corps colour, or of one grid.

-- ---------------------------------------------------------------- periods

create function private.periods_of(p_day date)
returns text[] language sql immutable parallel safe set search_path = '' as $$
  select array[
    extract(year from p_day)::int || '-' || lpad(extract(month from p_day)::int::text, 2, '0'),
    extract(year from p_day)::int || '-Q' || extract(quarter from p_day)::int,
    extract(year from p_day)::int::text]
$$;
comment on function private.periods_of(date) is 'The month, the quarter and the year a Shanghai day belongs to.';

create function private.period_days(p_period text, out first_day date, out last_day date)
language plpgsql immutable set search_path = '' as $$
declare
  v_year int;
begin
  if p_period is null or p_period !~ '^(19|20|21)[0-9]{2}(-Q[1-4]|-(0[1-9]|1[0-2]))?$' then
    perform private.fail(400, 'field_invalid', '{"field":"period"}');
  end if;
  v_year := left(p_period, 4)::int;
  if length(p_period) = 4 then
    first_day := make_date(v_year, 1, 1);
    last_day := make_date(v_year, 12, 31);
  elsif p_period like '%Q%' then
    first_day := make_date(v_year, right(p_period, 1)::int * 3 - 2, 1);
    last_day := (first_day + interval '3 months')::date - 1;
  else
    first_day := make_date(v_year, right(p_period, 2)::int, 1);
    last_day := (first_day + interval '1 month')::date - 1;
  end if;
end $$;
comment on function private.period_days(text) is 'First and last day of 2026, 2026-Q4 or 2026-11. Error: field_invalid {field: period}.';

create function private.board_closes_at(p_period text)
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
begin
  return (private.add_workdays((private.period_days(p_period)).last_day, 10) + 1)::timestamp at time zone 'Asia/Shanghai';
end $$;
comment on function private.board_closes_at(text) is
  'When a period closes for ever: at the end of the 10th workday after its last day, by when every service has to be recorded (民政部令第67号).';

-- ---------------------------------------------------------------- who is shown, and as what

insert into private.setting_keys (key, kind, area, sort, unit, min_value, max_value, default_value) values
  ('board_min_people', 'number', 'points', 40, 'people', 3, 50, 5);

alter table public.consents drop constraint consent_purpose_is_known;
alter table public.consents add constraint consent_purpose_is_known
  check (purpose in ('community_service', 'volunteer_record', 'publish_name', 'political_status', 'guardian', 'helper', 'boards')) not valid;
alter table public.consents validate constraint consent_purpose_is_known;
insert into public.dictionaries (kind, code, sort)
  select 'consent_purpose', 'boards', 1 + max(d.sort) from public.dictionaries d where d.kind = 'consent_purpose';

create table public.board_displays (
  community_id uuid not null,
  person_id uuid not null,
  display text not null default 'masked' check (display in ('masked', 'alias')),
  alias text,
  primary key (community_id, person_id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  constraint an_alias_is_given_when_shown_by_it check (display <> 'alias' or alias is not null),
  constraint alias_is_2_to_12 check (char_length(alias) between 2 and 12)
);
comment on table public.board_displays is 'How somebody who agreed to be on the boards is shown there: by the masked name or by an alias. Whether at all is the consent «boards».';
comment on column public.board_displays.alias is 'personal data: chosen alias, public on the boards';

create function private.board_label(p_community_id uuid, p_person_id uuid)
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((select case when d.display = 'alias' then d.alias end from public.board_displays d
      where d.community_id = p_community_id and d.person_id = p_person_id),
    (select private.mask_name(pp.real_name) from public.person_private pp where pp.community_id = p_community_id and pp.person_id = p_person_id), '*');
end $$;
comment on function private.board_label(uuid, uuid) is 'The alias or the masked name; asked only of people who agreed.';

create function private.is_on_boards(p_community_id uuid, p_person_id uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select 1 from public.consents c where c.community_id = p_community_id and c.person_id = p_person_id
    and c.purpose = 'boards' and c.withdrawn_at is null);
end $$;

-- ---------------------------------------------------------------- totals

create table public.board_totals (
  community_id uuid not null,
  person_id uuid not null,
  period text not null,
  measure text not null check (measure in ('minutes', 'points')),
  scope text not null,
  value int not null,
  grid_id uuid,
  is_shown boolean not null,
  -- The rows of one person lie side by side, so that an entry's sums are one page.
  primary key (community_id, person_id, period, measure, scope),
  foreign key (community_id, person_id) references public.persons (community_id, id)
);
-- Those of one value stand in a fixed order, so that a list and a neighbour are read off the index, however many are tied.
create index board_totals_by_value on public.board_totals (community_id, period, measure, scope, is_shown, value desc, person_id);
create index board_totals_by_grid on public.board_totals (community_id, period, measure, scope, grid_id, value desc, person_id) where is_shown;
comment on table public.board_totals is
  'Sums of one person in one period, scope «all» or a corps colour, kept by the statement that writes the record or entry. Of a closed period nothing changes: what comes later is a board_correction.';

create table public.board_corrections (
  community_id uuid not null,
  person_id uuid not null,
  period text not null,
  measure text not null check (measure in ('minutes', 'points')),
  scope text not null,
  value int not null,
  primary key (community_id, person_id, period, measure, scope),
  foreign key (community_id, person_id) references public.persons (community_id, id)
);
create index board_corrections_by_period on public.board_corrections (community_id, period, measure, scope);
comment on table public.board_corrections is 'What was recorded or taken back after a period had closed: shown beside the frozen board, never in it (invariant 8).';

create function private.is_open_period(p_community_id uuid, p_period text)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  -- Ten workdays are at least twelve days: most questions are about a period that cannot have closed yet.
  return case when (private.period_days(p_period)).last_day + 12 > private.today() then true
    -- What ended before this community began to use the boards was never shown: it stays open for what is brought along.
    else (private.now() < private.board_closes_at(p_period)
        -- What was sealed stays closed, whatever the calendar of workdays says later.
        and not exists (select from public.board_snapshots s where s.community_id = p_community_id and s.period = p_period))
      or private.board_closes_at(p_period) <= (select c.created_at from public.communities c where c.id = p_community_id) end;
end $$;
comment on function private.is_open_period(uuid, text) is 'Whether sums of a period may still change; judged by time, no job closes anything.';

create type private.board_sum as (community_id uuid, period text, measure text, scope text, person_id uuid, value int);

create function private.add_board_sums(p_sums private.board_sum[])
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  with sums as materialized (
    select s.community_id, s.period, s.measure, s.scope, s.person_id, sum(s.value)::int as value from unnest(p_sums) s group by 1, 2, 3, 4, 5),
  periods as materialized (
    select x.community_id, x.period, private.is_open_period(x.community_id, x.period) as is_open
    from (select distinct s.community_id, s.period from sums s) x),
  corrected as (
    insert into public.board_corrections as t (community_id, period, measure, scope, person_id, value)
      select s.* from sums s join periods p on p.community_id = s.community_id and p.period = s.period where not p.is_open
      on conflict (community_id, person_id, period, measure, scope) do update set value = t.value + excluded.value)
  insert into public.board_totals as t (community_id, period, measure, scope, person_id, value, grid_id, is_shown)
    select s.*, (select h.grid_id from public.persons h where h.community_id = s.community_id and h.id = s.person_id),
      exists (select from public.consents c where c.community_id = s.community_id and c.person_id = s.person_id and c.purpose = 'boards' and c.withdrawn_at is null)
    from sums s join periods p on p.community_id = s.community_id and p.period = s.period
    where p.is_open order by s.community_id, s.person_id, s.period, s.scope
    on conflict (community_id, person_id, period, measure, scope) do update set value = t.value + excluded.value;
end $$;
comment on function private.add_board_sums(private.board_sum[]) is 'What was recorded about days gone by: into the sums of open periods, into the corrections of closed ones.';

-- The two triggers differ in their source only; a transition table has no name outside of its trigger. They run with
-- every record and entry, so that nothing in them calls a function that could be written out.
create function private.tg_service_records__board_totals()
returns trigger language plpgsql security definer set search_path = '' as $$
declare
  -- From this day on no period can have closed yet: ten workdays are at least twelve days.
  v_edge date := date_trunc('month', (private.now() at time zone 'Asia/Shanghai') - interval '11 days');
begin
  if exists (select from added n where n.service_date < v_edge) then
    perform private.add_board_sums((select array_agg(row(n.community_id, p.period, 'minutes', x.scope, n.person_id, n.minutes::int)::private.board_sum)
      from added n
      join public.activities a on a.community_id = n.community_id and a.id = n.activity_id
      join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
      cross join lateral (values (to_char(n.service_date, 'YYYY-MM')), (to_char(n.service_date, 'YYYY-"Q"Q')), (to_char(n.service_date, 'YYYY'))) p (period)
      cross join lateral (values ('all'), (k.color)) x (scope)));
    return null;
  end if;
  insert into public.board_totals as t (community_id, period, measure, scope, person_id, value, grid_id, is_shown)
    select d.community_id, p.period, 'minutes', x.scope, d.person_id, sum(d.value)::int, d.grid_id, d.is_shown
    from (
      -- Who it is is looked up once a person and day, not once a sum.
      select n.community_id, n.person_id, n.service_date as day, k.color, sum(n.minutes) as value,
        (select h.grid_id from public.persons h where h.community_id = n.community_id and h.id = n.person_id) as grid_id,
        exists (select from public.consents c where c.community_id = n.community_id and c.person_id = n.person_id and c.purpose = 'boards' and c.withdrawn_at is null) as is_shown
      from added n
      join public.activities a on a.community_id = n.community_id and a.id = n.activity_id
      join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
      group by 1, 2, 3, 4) d
    cross join lateral (values (to_char(d.day, 'YYYY-MM')), (to_char(d.day, 'YYYY-"Q"Q')), (to_char(d.day, 'YYYY'))) p (period)
    cross join lateral (values ('all'), (d.color)) x (scope)
    group by 1, 2, 4, 5, 7, 8 order by 1, 5, 2, 4
    on conflict (community_id, person_id, period, measure, scope) do update set value = t.value + excluded.value;
  return null;
end $$;
comment on function private.tg_service_records__board_totals() is 'Adds the minutes of the new records to the sums of their periods, or to the corrections of closed ones.';
create trigger tg_service_records__board_totals after insert on public.service_records
  referencing new table as added for each statement execute function private.tg_service_records__board_totals();

create function private.tg_point_entries__board_totals()
returns trigger language plpgsql security definer set search_path = '' as $$
declare
  -- From this day on no period can have closed yet: ten workdays are at least twelve days.
  v_edge date := date_trunc('month', (private.now() at time zone 'Asia/Shanghai') - interval '11 days');
begin
  if exists (select from added n where n.occurred_on < v_edge) then
    perform private.add_board_sums((select array_agg(row(n.community_id, p.period, 'points', 'all', n.person_id, n.amount::int)::private.board_sum)
      from added n
      cross join lateral (values (to_char(n.occurred_on, 'YYYY-MM')), (to_char(n.occurred_on, 'YYYY-"Q"Q')), (to_char(n.occurred_on, 'YYYY'))) p (period)
      where n.rule_code ~ '^[VD][0-9]{2}$'));
    return null;
  end if;
  insert into public.board_totals as t (community_id, period, measure, scope, person_id, value, grid_id, is_shown)
    select d.community_id, p.period, 'points', 'all', d.person_id, sum(d.value)::int, d.grid_id, d.is_shown
    from (
      select n.community_id, n.person_id, n.occurred_on as day, sum(n.amount) as value,
        (select h.grid_id from public.persons h where h.community_id = n.community_id and h.id = n.person_id) as grid_id,
        exists (select from public.consents c where c.community_id = n.community_id and c.person_id = n.person_id and c.purpose = 'boards' and c.withdrawn_at is null) as is_shown
      from added n where n.rule_code ~ '^[VD][0-9]{2}$' group by 1, 2, 3) d
    cross join lateral (values (to_char(d.day, 'YYYY-MM')), (to_char(d.day, 'YYYY-"Q"Q')), (to_char(d.day, 'YYYY'))) p (period)
    group by 1, 2, 5, 7, 8 order by 1, 5, 2
    on conflict (community_id, person_id, period, measure, scope) do update set value = t.value + excluded.value;
  return null;
end $$;
comment on function private.tg_point_entries__board_totals() is 'Adds the points earned to the sums of their periods, or to the corrections of closed ones. What is redeemed, expires or is adjusted by hand takes nothing from a board.';
create trigger tg_point_entries__board_totals after insert on public.point_entries
  referencing new table as added for each statement execute function private.tg_point_entries__board_totals();

-- ---------------------------------------------------------------- agreeing and withdrawing

create function private.show_on_boards(p_community_id uuid, p_person_id uuid, p_shown boolean)
returns void language sql volatile security definer set search_path = '' as $$
  update public.board_totals t set is_shown = p_shown
    where t.community_id = p_community_id and t.person_id = p_person_id and t.is_shown <> p_shown
      and private.is_open_period(t.community_id, t.period)
$$;
comment on function private.show_on_boards(uuid, uuid, boolean) is 'Puts a person on the boards of the open periods or takes them off. A closed list stays as it was; its names are masked when it is read.';

create function private.tg_consents__boards()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform private.show_on_boards(new.community_id, new.person_id, new.withdrawn_at is null);
  if new.withdrawn_at is not null then
    delete from public.board_displays d where d.community_id = new.community_id and d.person_id = new.person_id;
  end if;
  return null;
end $$;
comment on function private.tg_consents__boards() is 'However the consent is given or withdrawn (here, in the privacy page, by erasing), the boards follow in the same statement.';
create trigger tg_consents__boards after insert or update of withdrawn_at on public.consents
  for each row when (new.purpose = 'boards') execute function private.tg_consents__boards();

create function private.tg_persons__move_on_boards()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.board_totals t set grid_id = new.grid_id
    where t.community_id = new.community_id and t.person_id = new.id and private.is_open_period(t.community_id, t.period);
  return null;
end $$;
comment on function private.tg_persons__move_on_boards() is 'Whoever moves to another grid counts there in the open periods.';
create trigger tg_persons__move_on_boards after update of grid_id on public.persons
  for each row when (new.grid_id is distinct from old.grid_id) execute function private.tg_persons__move_on_boards();

create function public.set_board_consent(p_community_id uuid, p_id uuid, p_display text, p_alias text default null, p_version text default '2026-11')
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'set_board_consent',
    jsonb_build_object('display', p_display, 'alias', p_alias, 'v', p_version));
  v_alias text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_display is null or p_display not in ('hidden', 'masked', 'alias') then perform private.fail(400, 'field_invalid', '{"field":"display"}'); end if;
  if p_display = 'hidden' then
    update public.consents set withdrawn_at = private.now()
      where community_id = p_community_id and person_id = v_ctx.person_id and purpose = 'boards' and withdrawn_at is null;
    return private.end_command(v_ctx, 'consents', v_ctx.person_id, jsonb_build_object('display', 'hidden'));
  end if;
  -- Minors are on no list of people (invariant 9).
  if coalesce((select private.age_on(p.birth_year, pp.birth_month, private.today()) from public.persons p
      join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
      where p.community_id = p_community_id and p.id = v_ctx.person_id), 0) < 18 then
    perform private.fail(422, 'too_young', '{"min_age":18}');
  end if;
  if p_display = 'alias' then
    v_alias := private.clean_name(p_alias);
    if char_length(v_alias) not between 2 and 12 then perform private.fail(400, 'field_invalid', '{"field":"alias"}'); end if;
  end if;
  insert into public.board_displays (community_id, person_id, display, alias) values (p_community_id, v_ctx.person_id, p_display, v_alias)
    on conflict (community_id, person_id) do update set display = excluded.display, alias = excluded.alias;
  perform private.record_consent(p_community_id, v_ctx.person_id, 'boards', private.clean_text(p_version, 'consent', 40), 'self', null);
  return private.end_command(v_ctx, 'consents', v_ctx.person_id, jsonb_build_object('display', p_display));
end $$;
comment on function public.set_board_consent(uuid, uuid, text, text, text) is
  'Whether and how the caller is on the boards: hidden (the default), masked (王*明) or alias (2–12 characters). At once in all open periods; in a closed one the name is masked and stays so. Adults only. Errors: field_invalid, name_invalid, field_required, too_young {min_age}.';

create function public.hide_board_alias(p_community_id uuid, p_id uuid, p_alias text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'hide_board_alias', jsonb_build_object('alias', p_alias));
  v_person uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  -- Whoever agreed to an alias did not agree to the masked name: off the boards until the owner chooses anew.
  for v_person in
    update public.consents c set withdrawn_at = private.now() from public.board_displays d
      where d.community_id = p_community_id and d.alias = private.clean_text(p_alias, 'alias', 50)
        and c.community_id = d.community_id and c.person_id = d.person_id and c.purpose = 'boards' and c.withdrawn_at is null returning c.person_id
  loop
    perform private.notify(p_community_id, v_person, 'board_alias_hidden', '{}', '/boards');
  end loop;
  if v_person is null then perform private.fail(404, 'alias_unknown'); end if;
  return private.end_command(v_ctx, 'board_displays', null, '{}');
end $$;
comment on function public.hide_board_alias(uuid, uuid, text) is
  'The office takes whoever bears an alias that is no fit name for a public list off the boards; the owner is told and may choose anew. Errors: not_allowed, alias_unknown, field_required.';

-- ---------------------------------------------------------------- a closed board is sealed

create table public.board_snapshots (
  community_id uuid not null references public.communities (id),
  kind text not null,
  period text not null,
  scope text not null,
  closed_at timestamptz not null,
  entries jsonb not null,
  hash text not null,
  primary key (community_id, kind, period, scope)
);
create trigger tg_board_snapshots__append_only before update or delete on public.board_snapshots for each row execute function private.tg_append_only();
comment on table public.board_snapshots is
  'A board as it was when its period closed, made when it is first looked at afterwards; sums and consents of a closed period do not change, so that it does not matter when. Never changed.';
comment on column public.board_snapshots.entries is 'personal data: places of people who agreed, by id; names are put in when it is read';

-- ---------------------------------------------------------------- reading

create function private.require_board(p_community_id uuid, p_kind text, p_period text, p_scope text, out measure text, out scope text, out grid_id uuid,
  out first_day date, out last_day date, out is_closed boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select 1 from public.communities c where c.id = p_community_id) then perform private.fail(404, 'community_unknown'); end if;
  if not private.module_is_on(p_community_id, 'boards') then perform private.fail(422, 'boards_switched_off'); end if;
  if p_kind is null or p_kind not in ('corps_hours', 'grid_hours', 'people_hours', 'people_points') then
    perform private.fail(400, 'field_invalid', '{"field":"kind"}');
  end if;
  if p_kind = 'people_points' and not private.module_is_on(p_community_id, 'points') then perform private.fail(422, 'boards_switched_off'); end if;
  select d.first_day, d.last_day into first_day, last_day from private.period_days(p_period) d;
  measure := case when p_kind = 'people_points' then 'points' else 'minutes' end;
  scope := 'all';
  if p_scope ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' and p_kind in ('people_hours', 'people_points') then
    select g.id into grid_id from public.grids g where g.community_id = p_community_id and g.id = p_scope::uuid;
    if grid_id is null then perform private.fail(400, 'field_invalid', '{"field":"scope"}'); end if;
  elsif p_scope is not null and p_scope <> 'all' then
    if p_kind not in ('people_hours', 'corps_hours') then perform private.fail(400, 'field_invalid', '{"field":"scope"}'); end if;
    scope := private.require_code('corps_color', p_scope);
  end if;
  is_closed := not private.is_open_period(p_community_id, p_period);
end $$;
comment on function private.require_board(uuid, text, text, text) is
  'A board''s address, checked. Errors: community_unknown, boards_switched_off, field_invalid {field: kind | period | scope}, code_unknown.';

create function private.board_threshold(p_community_id uuid)
returns int language plpgsql stable security definer set search_path = '' as $$
begin
  return greatest(private.setting_int(p_community_id, 'board_min_people', 5), 3);
end $$;
comment on function private.board_threshold(uuid) is
  'Groups smaller than this are not shown, and so many contributors stay off every list, so that nobody hidden is found by subtracting.';

create function private.people_board(p_community_id uuid, p_period text, p_measure text, p_scope text, p_grid_id uuid, p_limit int)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_least int := private.board_threshold(p_community_id);
  v_contributors int;
  v_limit int;
  v_entries jsonb;
begin
  -- A list leaves at least v_least contributors out, shown or hidden alike: a sum less the list is nobody's own.
  if p_grid_id is null then
    select count(*) into v_contributors from (select 1 from public.board_totals t where t.community_id = p_community_id and t.period = p_period
      and t.measure = p_measure and t.scope = p_scope and t.value > 0 limit p_limit + v_least) x;
    v_limit := least(p_limit, v_contributors - v_least);
    if v_limit < 1 then return '[]'; end if;
    select coalesce(jsonb_agg(jsonb_build_object('person_id', x.person_id, 'value', x.value, 'place', x.place) order by x.value desc, x.person_id), '[]') into v_entries
      from (select t.person_id, t.value, rank() over (order by t.value desc) as place from (
        select s.person_id, s.value from public.board_totals s where s.community_id = p_community_id and s.period = p_period and s.measure = p_measure
          and s.scope = p_scope and s.is_shown and s.value > 0 order by s.value desc, s.person_id limit v_limit) t) x;
  else
    select count(*) into v_contributors from (select 1 from public.board_totals t where t.community_id = p_community_id and t.period = p_period
      and t.measure = p_measure and t.scope = p_scope and t.grid_id = p_grid_id and t.value > 0 limit p_limit + v_least) x;
    v_limit := least(p_limit, v_contributors - v_least);
    if v_limit < 1 then return '[]'; end if;
    select coalesce(jsonb_agg(jsonb_build_object('person_id', x.person_id, 'value', x.value, 'place', x.place) order by x.value desc, x.person_id), '[]') into v_entries
      from (select t.person_id, t.value, rank() over (order by t.value desc) as place from (
        select s.person_id, s.value from public.board_totals s where s.community_id = p_community_id and s.period = p_period and s.measure = p_measure
          and s.scope = p_scope and s.grid_id = p_grid_id and s.is_shown and s.value > 0 order by s.value desc, s.person_id limit v_limit) t) x;
  end if;
  -- Fewer than the threshold is no list but a pointer.
  return case when jsonb_array_length(v_entries) < least(v_least, 3) then '[]' else v_entries end;
end $$;
comment on function private.people_board(uuid, text, text, text, uuid, int) is 'The first places among those who agreed, ties shared (1, 1, 3).';

create function private.few_of(p_people int[], p_least int, p_also boolean[] default null)
returns boolean[] language plpgsql immutable set search_path = '' as $$
declare
  v_few boolean[] := array(select coalesce(n, 0) between 1 and p_least - 1 or coalesce(p_also[i], false) from unnest(p_people) with ordinality x (n, i) order by i);
  v_groups int;
  v_together int;
  v_beside int;
begin
  select count(*), coalesce(sum(n), 0) into v_groups, v_together from unnest(p_people) with ordinality x (n, i) where v_few[i];
  if v_groups > 0 and (v_groups = 1 or v_together < p_least) then
    select i into v_beside from unnest(p_people) with ordinality x (n, i) where n > 0 and not v_few[i] order by n, i limit 1;
    if v_beside is not null then v_few[v_beside] := true; end if;
  end if;
  return v_few;
end $$;
comment on function private.few_of(int[], int, boolean[]) is
  'Which groups of a whole are left out: those of fewer people than p_least, those of p_also, and where it is a single one or they are still too few together, the smallest of the others, so that the whole less what is shown is nobody''s own.';

create function private.thin_teams(p_community_id uuid, p_of_corps boolean, p_months text[], p_least int)
returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  -- A look stops at p_least people, which is all there are in a thin month; the order is that of the index.
  if p_of_corps then
    return array(
      with seen as materialized (
        select d.code, x.person_id, count(*) over (partition by d.code, m.period) as people from public.dictionaries d cross join unnest(p_months) m (period)
          cross join lateral (select t.person_id from public.board_totals t where t.community_id = p_community_id and t.period = m.period
            and t.measure = 'minutes' and t.scope = d.code and t.value > 0 order by t.is_shown, t.value desc limit p_least) x
          where d.kind = 'corps_color')
      select s.code from seen s where s.people < p_least group by 1 having count(distinct s.person_id) < p_least);
  end if;
  return array(
    with seen as materialized (
      select g.id, x.person_id, count(*) over (partition by g.id, m.period) as people from public.grids g cross join unnest(p_months) m (period)
        cross join lateral (select t.person_id from public.persons p
          join public.board_totals t on t.community_id = p.community_id and t.person_id = p.id and t.period = m.period and t.measure = 'minutes' and t.scope = 'all'
          where p.community_id = p_community_id and p.grid_id = g.id and t.value > 0 limit p_least) x
        where g.community_id = p_community_id)
    select s.id::text from seen s where s.people < p_least group by 1 having count(distinct s.person_id) < p_least);
end $$;
comment on function private.thin_teams(uuid, boolean, text[], int) is
  'Teams that in some of these months were so few that their month is hidden, and in all such months together still: a quarter less the months that are shown would be theirs. Asked team by team, so that it costs a few looks each.';

create function private.team_board(p_community_id uuid, p_kind text, p_period text, p_color text)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_least int := private.board_threshold(p_community_id);
  v_of_corps boolean := p_kind = 'corps_hours';
  v_days record := private.period_days(p_period);
  v_thin text[] := private.thin_teams(p_community_id, v_of_corps, case when p_period ~ '^....-[01]' then '{}' else array(
    select to_char(d, 'YYYY-MM') from generate_series(v_days.first_day::timestamp, v_days.last_day::timestamp, interval '1 month') d) end, v_least);
begin
  return coalesce((
    with teams as (
      select case when v_of_corps then t.scope else t.grid_id::text end as team, sum(t.value)::int as minutes, count(*) filter (where t.value > 0)::int as people,
          count(*) filter (where t.value > 0 and not t.is_shown)::int as unlisted
        from public.board_totals t
        where t.community_id = p_community_id and t.period = p_period and t.measure = 'minutes' and (t.scope = 'all') <> v_of_corps
        group by 1),
    -- Whoever lives in no grid is a team that is never shown, and counts when it is asked who would be found by subtracting.
    counted as materialized (select row_number() over (order by t.team)::int as n, t.* from teams t where t.people > 0),
    -- Where all but one or two are listed by name, the sum less the list would be theirs.
    few as (select private.few_of(array_agg(c.people order by c.n), v_least, array_agg(c.team = any(v_thin) or c.unlisted between 1 and 2 order by c.n)) as hidden from counted c),
    shown as (
      select c.team, not f.hidden[c.n] as is_shown, c.minutes / 60 as hours, c.people from counted c cross join few f where c.team is not null)
    select jsonb_agg(jsonb_build_object('team', x.team, 'hours', x.hours, 'people', x.people, 'place', x.place) order by x.place nulls last, x.team)
      from (
        -- Whole hours, and nothing of a small group.
        select s.team, case when s.is_shown then s.people end as people, case when s.is_shown then s.hours end as hours,
          case when s.is_shown then rank() over (partition by s.is_shown order by s.hours desc) end as place
        from shown s) x
      where p_color is null or x.team = p_color), '[]');
end $$;
comment on function private.team_board(uuid, text, text, text) is
  'Corps colours or grids by whole hours. A group below the threshold is named without a number or a place, and so is one beside it where the rest of the whole, or of a quarter less its months, would tell.';

create function public.board(p_community_id uuid, p_kind text, p_period text, p_limit int default 50, p_scope text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.me(p_community_id);
  b record;
  v_key text;
  v_entries jsonb;
  v_closes_at timestamptz := private.board_closes_at(p_period);
begin
  select * into b from private.require_board(p_community_id, p_kind, p_period, p_scope);
  v_key := coalesce(b.grid_id::text, b.scope);
  if b.is_closed then
    select s.entries into v_entries from public.board_snapshots s
      where s.community_id = p_community_id and s.kind = p_kind and s.period = p_period and s.scope = v_key;
  end if;
  if v_entries is null then
    v_entries := case when p_kind in ('corps_hours', 'grid_hours') then private.team_board(p_community_id, p_kind, p_period, nullif(b.scope, 'all'))
      else private.people_board(p_community_id, p_period, b.measure, b.scope, b.grid_id, case when b.is_closed then 100 else least(greatest(coalesce(p_limit, 50), 1), 100) end) end;
    if b.is_closed and b.last_day >= (select private.day_of(c.created_at) from public.communities c where c.id = p_community_id) then
      insert into public.board_snapshots (community_id, kind, period, scope, closed_at, entries, hash)
        values (p_community_id, p_kind, p_period, v_key, v_closes_at, v_entries, encode(sha256(convert_to(v_entries::text, 'UTF8')), 'hex'))
        on conflict do nothing;
    end if;
  end if;
  if p_kind in ('people_hours', 'people_points') then
    -- Of a closed list the name is told only by a consent that was there when it closed: agreeing anew brings none back.
    select coalesce(jsonb_agg(jsonb_build_object('place', e.place, 'value', e.value, 'is_me', coalesce(e.person_id = v_me, false), 'label', l.label,
        'correction', case when b.is_closed and l.label is not null then (select nullif(x.value, 0) from public.board_corrections x where x.community_id = p_community_id
          and x.person_id = e.person_id and x.period = p_period and x.measure = b.measure and x.scope = b.scope) end) order by e.n), '[]')
      into v_entries
      from rows from (jsonb_to_recordset(v_entries) as (person_id uuid, value int, place int)) with ordinality as e (person_id, value, place, n)
      left join lateral (
        select case when d.display = 'alias' then d.alias else private.mask_name(pp.real_name) end as label
          from public.consents c
          left join public.board_displays d on d.community_id = c.community_id and d.person_id = c.person_id
          left join public.person_private pp on pp.community_id = c.community_id and pp.person_id = c.person_id
          where c.community_id = p_community_id and c.person_id = e.person_id and c.purpose = 'boards' and c.withdrawn_at is null
            and (not b.is_closed or c.granted_at < v_closes_at)
          -- Looked up row by row: a join would read every consent of the community.
          offset 0) l on true
      where e.n <= least(greatest(coalesce(p_limit, 50), 1), 100) and (b.is_closed or l.label is not null);
  else
    select coalesce(jsonb_agg(e.t || jsonb_build_object('name', (select g.name from public.grids g where g.community_id = p_community_id and g.id::text = e.t ->> 'team'),
      'correction_hours', case when b.is_closed then (
        select nullif(trunc(sum(c.value) / 60.0)::int, 0) from public.board_corrections c
        where c.community_id = p_community_id and c.period = p_period and c.measure = 'minutes'
          and case p_kind when 'corps_hours' then c.scope = e.t ->> 'team'
            else c.scope = 'all' and exists (select 1 from public.board_totals t where t.community_id = c.community_id and t.period = c.period
              and t.measure = 'minutes' and t.scope = 'all' and t.person_id = c.person_id and t.grid_id::text = e.t ->> 'team') end
          and e.t ->> 'hours' is not null
        having count(*) >= private.board_threshold(p_community_id)) end) order by e.n), '[]')
      into v_entries from jsonb_array_elements(v_entries) with ordinality as e (t, n);
  end if;
  return jsonb_build_object('kind', p_kind, 'period', p_period, 'scope', v_key, 'entries', v_entries, 'is_closed', b.is_closed,
    'closes_at', v_closes_at, 'first_day', b.first_day, 'last_day', b.last_day,
    'least', private.board_threshold(p_community_id), 'server_time', private.now());
end $$;
comment on function public.board(uuid, text, text, int, text) is
  'A board: kind corps_hours | grid_hours | people_hours | people_points; period 2026 | 2026-Q4 | 2026-11; scope all, a corps colour, or a grid (people). People only as they agreed; a label null is somebody who agreed then and no more. Of a closed period the frozen list, later corrections beside it. For everybody. Errors: community_unknown, boards_switched_off, field_invalid {field}, code_unknown.';

create function private.place_on_board(p_community_id uuid, p_period text, p_measure text, p_scope text, p_grid_id uuid, p_person_id uuid,
  out value int, out place int, out is_shown boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  select t.value, t.is_shown into value, is_shown from public.board_totals t
    where t.community_id = p_community_id and t.period = p_period and t.measure = p_measure and t.scope = p_scope and t.person_id = p_person_id
      and (p_grid_id is null or t.grid_id = p_grid_id);
  if coalesce(value, 0) <= 0 then return; end if;
  -- Among those who are shown, and me: a hidden person moves nobody's place.
  if p_grid_id is null then
    select count(*) + 1 into place from public.board_totals t where t.community_id = p_community_id and t.period = p_period
      and t.measure = p_measure and t.scope = p_scope and t.is_shown and t.value > place_on_board.value;
  else
    select count(*) + 1 into place from public.board_totals t where t.community_id = p_community_id and t.period = p_period
      and t.measure = p_measure and t.scope = p_scope and t.grid_id = p_grid_id and t.is_shown and t.value > place_on_board.value;
  end if;
end $$;

create function public.my_place(p_community_id uuid, p_kind text, p_period text, p_scope text default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  b record;
  m record;
  v_above jsonb;
  v_below jsonb;
begin
  select * into b from private.require_board(p_community_id, p_kind, p_period, p_scope);
  if p_kind not in ('people_hours', 'people_points') then perform private.fail(400, 'field_invalid', '{"field":"kind"}'); end if;
  select * into m from private.place_on_board(p_community_id, p_period, b.measure, b.scope, b.grid_id, v_me);
  -- Neighbours are told where the list itself is told: in a group too small for one they would be pointers.
  if m.place is not null and private.people_board(p_community_id, p_period, b.measure, b.scope, b.grid_id, 3) <> '[]' then
    select jsonb_build_object('label', case when private.is_on_boards(p_community_id, x.person_id) then private.board_label(p_community_id, x.person_id) end, 'value', x.value)
      into v_above from (select t.person_id, t.value from public.board_totals t where t.community_id = p_community_id and t.period = p_period
        and t.measure = b.measure and t.scope = b.scope and t.is_shown and t.value > m.value and (b.grid_id is null or t.grid_id = b.grid_id)
        order by t.value, t.person_id desc limit 1) x;
    select jsonb_build_object('label', case when private.is_on_boards(p_community_id, x.person_id) then private.board_label(p_community_id, x.person_id) end, 'value', x.value)
      into v_below from (select t.person_id, t.value from public.board_totals t where t.community_id = p_community_id and t.period = p_period
        and t.measure = b.measure and t.scope = b.scope and t.is_shown and t.value > 0 and t.value <= m.value and t.person_id <> v_me
        and (b.grid_id is null or t.grid_id = b.grid_id)
        order by t.value desc, t.person_id limit 1) x;
  end if;
  return jsonb_build_object('value', coalesce(m.value, 0), 'place', m.place, 'above', v_above, 'below', v_below, 'is_closed', b.is_closed,
    'correction', (select c.value from public.board_corrections c where c.community_id = p_community_id and c.period = p_period
      and c.measure = b.measure and c.scope = b.scope and c.person_id = v_me and c.value <> 0),
    'display', coalesce((select d.display from public.board_displays d where d.community_id = p_community_id and d.person_id = v_me), 'hidden'),
    'alias', (select d.alias from public.board_displays d where d.community_id = p_community_id and d.person_id = v_me),
    'label', private.board_label(p_community_id, v_me), 'server_time', private.now());
end $$;
comment on function public.my_place(uuid, text, text, text) is
  'The caller''s own value and place on a board of people, among those who are shown, with the neighbour above and below; also for whoever is hidden. Errors: not_signed_in, not_a_member, those of board.';

create function public.my_places(p_community_id uuid, p_kind text, p_year int)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  b record;
begin
  select * into b from private.require_board(p_community_id, p_kind, p_year::text, null);
  if p_kind not in ('people_hours', 'people_points') then perform private.fail(400, 'field_invalid', '{"field":"kind"}'); end if;
  return (select jsonb_agg(jsonb_build_object('period', m.period, 'value', coalesce(x.value, 0), 'place', x.place) order by m.period)
    from (select p_year || '-' || lpad(n::text, 2, '0') as period from generate_series(1, 12) n
      where make_date(p_year, n, 1) <= private.today()) m
    cross join lateral private.place_on_board(p_community_id, m.period, b.measure, 'all', null, v_me) x);
end $$;
comment on function public.my_places(uuid, text, int) is 'The caller''s place month by month of a year, for the trend. Errors: those of my_place.';

create function private.broken_board_seals(p_community_id uuid)
returns setof public.board_snapshots language sql stable security definer set search_path = '' as $$
  select s.* from public.board_snapshots s
  where s.community_id = p_community_id and s.hash <> encode(sha256(convert_to(s.entries::text, 'UTF8')), 'hex')
$$;
comment on function private.broken_board_seals(uuid) is 'Closed boards that are not what was sealed: none.';

create function private.recount_boards(p_community_id uuid)
returns table (period text, measure text, scope text, person_id uuid, value bigint) language sql stable security definer set search_path = '' as $$
  with raw as (
    select r.service_date as day, 'minutes' as measure, s.scope, r.person_id, r.minutes as value
      from public.service_records r
      join public.activities a on a.community_id = r.community_id and a.id = r.activity_id
      join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
      cross join lateral (values ('all'), (k.color)) s (scope)
      where r.community_id = p_community_id
    union all
    select e.occurred_on, 'points', 'all', e.person_id, e.amount from public.point_entries e
      where e.community_id = p_community_id and e.rule_code ~ '^[VD][0-9]{2}$')
  select p.period, w.measure, w.scope, w.person_id, sum(w.value) from raw w cross join lateral unnest(private.periods_of(w.day)) p (period)
  group by 1, 2, 3, 4
$$;
comment on function private.recount_boards(uuid) is 'Every sum from the raw records: what totals and corrections together must come to.';

-- ---------------------------------------------------------------- policies

alter table public.board_displays enable row level security;
alter table public.board_totals enable row level security;
alter table public.board_corrections enable row level security;
alter table public.board_snapshots enable row level security;
grant select on public.board_displays, public.board_totals, public.board_corrections, public.board_snapshots to authenticated;
create policy select_own on public.board_displays for select to authenticated using (
  community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
  and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k));
create policy select_own on public.board_totals for select to authenticated using (
  community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
  and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k));
create policy select_own on public.board_corrections for select to authenticated using (
  community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
  and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k));
create policy select_as_office on public.board_snapshots for select to authenticated using (
  community_id = any(array(select private.office_communities())));

revoke all on function private.periods_of(date), private.period_days(text), private.board_closes_at(text), private.board_label(uuid, uuid),
  private.is_on_boards(uuid, uuid), private.is_open_period(uuid, text), private.tg_service_records__board_totals(),
  private.tg_point_entries__board_totals(), private.add_board_sums(private.board_sum[]), private.show_on_boards(uuid, uuid, boolean), private.tg_consents__boards(),
  private.tg_persons__move_on_boards(), private.require_board(uuid, text, text, text), private.board_threshold(uuid),
  private.few_of(int[], int, boolean[]), private.thin_teams(uuid, boolean, text[], int), private.people_board(uuid, text, text, text, uuid, int), private.team_board(uuid, text, text, text),
  private.place_on_board(uuid, text, text, text, uuid, uuid), private.recount_boards(uuid), private.broken_board_seals(uuid) from public, anon, authenticated;
revoke all on function public.set_board_consent(uuid, uuid, text, text, text), public.hide_board_alias(uuid, uuid, text), public.board(uuid, text, text, int, text),
  public.my_place(uuid, text, text, text), public.my_places(uuid, text, int) from public, anon, authenticated;
grant execute on function public.set_board_consent(uuid, uuid, text, text, text), public.hide_board_alias(uuid, uuid, text),
  public.board(uuid, text, text, int, text), public.my_place(uuid, text, text, text), public.my_places(uuid, text, int) to authenticated;
grant execute on function public.board(uuid, text, text, int, text) to anon;
