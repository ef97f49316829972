-- The calendar (X15, X16, F13, F14): recurring series (三定) with exceptions, drafts of the 28th and of March made ahead,
-- one act that publishes many, and calendar feeds with secret addresses.

-- ---------------------------------------------------------------- series

create table public.activity_series (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  corps_id uuid not null,
  template jsonb not null,
  roles jsonb not null,
  frequency text not null check (frequency in ('weekly', 'monthly')),
  every int not null,
  weekdays int[] not null default '{}',
  month_day int,
  start_time time not null,
  minutes int not null,
  first_on date not null,
  until_on date not null,
  anchor_on date not null,
  status text not null default 'active' check (status in ('active', 'ended')),
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, corps_id) references public.corps (community_id, id),
  foreign key (community_id, created_by) references public.persons (community_id, id),
  constraint series_repeats_every_1_to_12 check (every between 1 and 12),
  constraint weekly_has_weekdays_and_monthly_a_day check (case frequency
    when 'weekly' then month_day is null and cardinality(weekdays) between 1 and 7 and weekdays <@ array[1, 2, 3, 4, 5, 6, 7]
    else month_day between 1 and 31 and weekdays = '{}' end),
  constraint series_dates_are_in_order check (until_on >= first_on),
  constraint series_lasts_15_minutes_to_12_hours check (minutes between 15 and 720)
);
create index activity_series_by_corps on public.activity_series (community_id, corps_id);
create index activity_series_by_author on public.activity_series (community_id, created_by);
comment on table public.activity_series is
  'What comes again: fixed place, time and people (三定). template holds the fields of its activities as save_activity takes them, roles the places. Weekly on ISO weekdays, or monthly on a day; a month without that day uses its last. anchor_on says which weeks or months count when it is not every one.';

create table public.series_occurrences (
  community_id uuid not null,
  id uuid not null,
  series_id uuid not null,
  original_on date not null,
  state text not null default 'live' check (state in ('live', 'removed', 'dropped')),
  activity_id uuid not null,
  shift_id uuid not null,
  own jsonb not null default '{}',
  primary key (community_id, id),
  foreign key (community_id, series_id) references public.activity_series (community_id, id),
  foreign key (community_id, activity_id) references public.activities (community_id, id),
  foreign key (community_id, shift_id) references public.shifts (community_id, id),
  constraint an_occurrence_is_its_series_and_original_day unique (community_id, series_id, original_on),
  constraint an_activity_is_one_occurrence unique (community_id, activity_id)
);
create index series_occurrences_by_shift on public.series_occurrences (community_id, shift_id);
comment on table public.series_occurrences is
  'Every time a series ever had, by series and original day, wherever it was moved since. live; removed by a person and never made again; dropped by a change of the rule, made again when the rule covers its day again. own holds what was changed for it alone and stays when the series changes.';

create table public.series_people (
  community_id uuid not null,
  id uuid not null,
  series_id uuid not null,
  person_id uuid not null,
  role text not null default 'helper',
  added_by uuid not null,
  added_at timestamptz not null,
  left_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, series_id) references public.activity_series (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, added_by) references public.persons (community_id, id)
);
create unique index person_is_fixed_once_per_series on public.series_people (community_id, series_id, person_id) where left_at is null;
create index series_people_by_series on public.series_people (community_id, series_id);
create index series_people_by_person on public.series_people (community_id, person_id);
create index series_people_by_adder on public.series_people (community_id, added_by);
comment on table public.series_people is '定人: who is signed up for every time of a series when it is published; each may cancel one time, or leave the series.';

create function private.is_in_series(p_community_id uuid, p_activity_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.series_occurrences o where o.community_id = p_community_id and o.activity_id = p_activity_id)
$$;

create function private.forget_occurrence(p_community_id uuid, p_activity_id uuid)
returns void language sql volatile security definer set search_path = '' as $$
  update public.series_occurrences set state = 'removed' where community_id = p_community_id and activity_id = p_activity_id
$$;
comment on function private.forget_occurrence(uuid, uuid) is 'An activity called off by a person: its day stays known, so that no change of the series brings it back.';

create function private.series_days(p_series public.activity_series, p_from date)
returns setof date language sql immutable set search_path = '' as $$
  select d::date from generate_series(greatest(p_from, p_series.first_on)::timestamp, p_series.until_on::timestamp, interval '1 day') d
    where p_series.frequency = 'weekly' and extract(isodow from d)::int = any (p_series.weekdays)
      and ((d::date - extract(isodow from d)::int) - (p_series.anchor_on - extract(isodow from p_series.anchor_on)::int)) / 7 % p_series.every = 0
  union all
  select x.day from generate_series(date_trunc('month', greatest(p_from, p_series.first_on)::timestamp), p_series.until_on::timestamp, interval '1 month') m
    cross join lateral (select (m + make_interval(days => least(p_series.month_day, extract(day from m + interval '1 month - 1 day')::int) - 1))::date as day) x
    where p_series.frequency = 'monthly' and x.day between greatest(p_from, p_series.first_on) and p_series.until_on
      and ((extract(year from m) - extract(year from p_series.anchor_on)) * 12 + extract(month from m) - extract(month from p_series.anchor_on))::int % p_series.every = 0
$$;
comment on function private.series_days(public.activity_series, date) is
  'The days of a series from a day on, by its rule alone. A month without its day (the 29th to 31st) uses its last day, so 31 is always the last.';

create function private.check_roles(p_roles jsonb)
returns void language plpgsql stable set search_path = '' as $$
declare
  r jsonb;
begin
  if jsonb_typeof(p_roles) is distinct from 'array' or jsonb_array_length(p_roles) not between 1 and 4 then perform private.fail(400, 'field_required', '{"field":"roles"}'); end if;
  for r in select * from jsonb_array_elements(p_roles) loop
    if coalesce(r ->> 'name', '') not in ('helper', 'lead', 'professional', 'logistics') or coalesce(r ->> 'capacity', '') !~ '^[0-9]{1,3}$' or (r ->> 'capacity')::int not between 1 and 500
       or r ->> 'qualification_kind' not in ('lawyer', 'electrician', 'doctor', 'nurse', 'first_aid', 'counsellor', 'teacher', 'mediator')
       or coalesce(r ->> 'min_age', '14') !~ '^[0-9]{2}$' or coalesce(r ->> 'max_age', '99') !~ '^[0-9]{2}$'
       or coalesce(r ->> 'min_age', '14')::int < 14 or coalesce(r ->> 'min_age', '14')::int > coalesce(r ->> 'max_age', '99')::int then
      perform private.fail(400, 'field_invalid', '{"field":"roles"}');
    end if;
  end loop;
  if (select count(distinct x ->> 'name') from jsonb_array_elements(p_roles) x) < jsonb_array_length(p_roles) then perform private.fail(400, 'field_invalid', '{"field":"roles"}'); end if;
end $$;
comment on function private.check_roles(jsonb) is
  'Places by role as typed, [{name, capacity, qualification_kind, min_age, max_age}], each role once. Errors: field_required, field_invalid.';

create function private.known_roles(p_roles jsonb)
returns jsonb language sql immutable set search_path = '' as $$
  select jsonb_agg((select coalesce(jsonb_object_agg(e.key, e.value), '{}') from jsonb_each(r) e where e.key in ('name', 'capacity', 'qualification_kind', 'min_age', 'max_age')))
  from jsonb_array_elements(p_roles) r
$$;
comment on function private.known_roles(jsonb) is 'Checked places by role with the keys that mean something, nothing else: what is kept does not grow.';

create function private.series_from_json(p_series public.activity_series, p_json jsonb)
returns public.activity_series language plpgsql stable set search_path = '' as $$
begin
  begin
    if p_json ? 'frequency' then p_series.frequency := p_json ->> 'frequency'; end if;
    if p_json ? 'every' then p_series.every := (p_json ->> 'every')::int; end if;
    if p_json ? 'weekdays' then
      p_series.weekdays := coalesce((select array_agg(distinct x::int order by x::int) from jsonb_array_elements_text(nullif(p_json -> 'weekdays', 'null')) x), '{}');
    end if;
    if p_json ? 'month_day' then p_series.month_day := (p_json ->> 'month_day')::int; end if;
    if p_json ? 'start' then p_series.start_time := (p_json ->> 'start')::time; end if;
    if p_json ? 'minutes' then p_series.minutes := (p_json ->> 'minutes')::int; end if;
    if p_json ? 'first_on' then p_series.first_on := (p_json ->> 'first_on')::date; end if;
    if not coalesce((p_json ->> 'opens_days')::int between 1 and 60, true) then perform private.fail(400, 'field_invalid', '{"field":"opens_days"}'); end if;
    if p_json ? 'until_on' then p_series.until_on := (p_json ->> 'until_on')::date; end if;
    if p_json ? 'roles' then p_series.roles := p_json -> 'roles'; end if;
  exception when invalid_text_representation or invalid_datetime_format or datetime_field_overflow or numeric_value_out_of_range or invalid_parameter_value then
    perform private.fail(400, 'field_invalid', '{"field":"series"}');
  end;
  if p_series.frequency is null or p_series.frequency not in ('weekly', 'monthly') then perform private.fail(400, 'field_invalid', '{"field":"frequency"}'); end if;
  if p_series.frequency = 'weekly' then p_series.month_day := null; else p_series.weekdays := '{}'; end if;
  if p_series.frequency = 'weekly' and not (cardinality(p_series.weekdays) between 1 and 7 and p_series.weekdays <@ array[1, 2, 3, 4, 5, 6, 7])
     or p_series.frequency = 'monthly' and not coalesce(p_series.month_day between 1 and 31, false) then
    perform private.fail(400, 'field_required', '{"field":"weekdays"}');
  end if;
  if not coalesce(p_series.every between 1 and 12, false) then perform private.fail(400, 'field_invalid', '{"field":"every"}'); end if;
  if p_series.start_time is null or p_series.first_on is null or p_series.until_on is null then perform private.fail(400, 'field_required', '{"field":"start"}'); end if;
  if not coalesce(p_series.minutes between 15 and 720, false) then perform private.fail(422, 'shift_length_invalid'); end if;
  if p_series.until_on < p_series.first_on then perform private.fail(422, 'dates_out_of_order'); end if;
  if p_series.until_on > private.today() + 399 then perform private.fail(422, 'shift_too_far_ahead'); end if;
  if p_series.first_on < private.today() - 3660 then perform private.fail(422, 'shift_in_the_past'); end if;
  perform private.check_roles(p_series.roles);
  p_series.roles := private.known_roles(p_series.roles);
  return p_series;
end $$;
comment on function private.series_from_json(public.activity_series, jsonb) is
  'Puts the typed rule into a series and checks it. Errors: field_invalid, field_required, shift_length_invalid, dates_out_of_order, shift_too_far_ahead, shift_in_the_past.';

create function private.roles_with_ids(p_roles jsonb)
returns jsonb language sql volatile set search_path = '' as $$
  select jsonb_agg(r || jsonb_build_object('id', private.new_id())) from jsonb_array_elements(p_roles) r
$$;

create function private.make_occurrence(p_ctx private.command_context, p_series public.activity_series, p_day date, p_status text)
returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  v_activity uuid := private.new_id();
  v_shift uuid := private.new_id();
  v_starts timestamptz := (p_day + p_series.start_time) at time zone 'Asia/Shanghai';
begin
  perform private.put_activity(p_ctx, v_activity, p_series.template);
  perform private.insert_shift(p_ctx.community_id, v_activity, jsonb_build_object('id', v_shift, 'starts_at', v_starts,
    'ends_at', v_starts + make_interval(mins => p_series.minutes), 'opens_at', v_starts - make_interval(days => (p_series.template ->> 'opens_days')::int),
    'roles', private.roles_with_ids(p_series.roles)));
  insert into public.series_occurrences (community_id, id, series_id, original_on, activity_id, shift_id)
    values (p_ctx.community_id, private.new_id(), p_series.id, p_day, v_activity, v_shift)
    on conflict (community_id, series_id, original_on) do update set state = 'live', activity_id = excluded.activity_id, shift_id = excluded.shift_id, own = '{}';
  if p_status = 'published' then
    perform private.publish_one(p_ctx, (select a from public.activities a where a.community_id = p_ctx.community_id and a.id = v_activity));
  elsif p_status <> 'draft' then
    update public.activities set status = p_status where community_id = p_ctx.community_id and id = v_activity;
  end if;
  return v_activity;
end $$;
comment on function private.make_occurrence(private.command_context, public.activity_series, date, text) is
  'One time of a series: an activity with one shift, under its original day. The status is draft, pending_review or published.';

create function private.sign_up_fixed(p_ctx private.command_context, p_person_id uuid, p_role text, p_activity public.activities, p_shift public.shifts)
returns boolean language plpgsql volatile security definer set search_path = '' as $$
declare
  v_role public.shift_roles;
begin
  perform 1 from public.persons p where p.community_id = p_ctx.community_id and p.id = p_person_id and p.status = 'active' for no key update;
  if not found or p_shift.starts_at <= private.now() or p_shift.status <> 'open'
     -- Whoever was there before, or gave this time back, is not signed up again.
     or exists (select 1 from public.signups g where g.community_id = p_ctx.community_id and g.shift_id = p_shift.id and g.person_id = p_person_id)
     or private.overlapping_signup(p_ctx.community_id, p_person_id, p_shift.starts_at, p_shift.ends_at, p_shift.id) is not null then
    return false;
  end if;
  -- Lapsed offers and unused places of blocks pass on to those who wait first: a fixed person overtakes nobody.
  perform private.settle_shift(p_ctx.community_id, p_shift.id);
  select * into v_role from public.shift_roles r where r.community_id = p_ctx.community_id and r.shift_id = p_shift.id
    order by (r.name = p_role) desc, (r.name = 'helper') desc, r.name limit 1 for update;
  if not found or private.why_not_list(p_ctx.community_id, private.signup_profile(p_ctx.community_id, p_person_id), v_role, p_shift, p_activity, false) <> '[]' then return false; end if;
  insert into public.signups (community_id, id, shift_id, shift_role_id, person_id, status, queue_no, signed_up_at, signed_up_by)
    values (p_ctx.community_id, private.new_id(), p_shift.id, v_role.id, p_person_id,
      case when v_role.taken + v_role.reserved < v_role.capacity then 'confirmed' else 'waitlisted' end, v_role.next_queue_no, private.now(), p_ctx.person_id);
  update public.shift_roles r set next_queue_no = r.next_queue_no + 1, taken = r.taken + (v_role.taken + v_role.reserved < v_role.capacity)::int
    where r.community_id = p_ctx.community_id and r.id = v_role.id;
  return true;
end $$;
comment on function private.sign_up_fixed(private.command_context, uuid, text, public.activities, public.shifts) is
  'Under the lock of the shift: signs a fixed person up as claim_shift would; false when the person cannot take part, has another shift then, or was signed up before.';

create function private.sign_up_fixed_people(p_ctx private.command_context, p_activity_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  p record;
begin
  for p in select sp.person_id, sp.role, a, s from public.series_occurrences o
      join public.series_people sp on sp.community_id = o.community_id and sp.series_id = o.series_id and sp.left_at is null
      join public.activities a on a.community_id = o.community_id and a.id = o.activity_id
      join public.shifts s on s.community_id = o.community_id and s.id = o.shift_id
      where o.community_id = p_ctx.community_id and o.activity_id = p_activity_id and o.state = 'live' order by sp.person_id loop
    perform private.sign_up_fixed(p_ctx, p.person_id, p.role, p.a, p.s);
  end loop;
end $$;
comment on function private.sign_up_fixed_people(private.command_context, uuid) is 'Signs the fixed people of its series up for an activity that is just published.';

create function private.require_series_leader(p_ctx private.command_context, p_series_id uuid)
returns public.activity_series language plpgsql volatile security definer set search_path = '' as $$
declare
  v_series public.activity_series;
begin
  select * into v_series from public.activity_series s where s.community_id = p_ctx.community_id and s.id = p_series_id for update;
  if not found then perform private.fail(404, 'series_unknown'); end if;
  if not private.leads_corps(p_ctx.community_id, p_ctx.person_id, v_series.corps_id) then perform private.fail(403, 'not_allowed'); end if;
  return v_series;
end $$;

create function private.template_of(p_json jsonb)
returns jsonb language sql immutable set search_path = '' as $$
  select coalesce(jsonb_object_agg(e.key, e.value), '{}') from jsonb_each(p_json) e
  where e.key in ('corps_id', 'title', 'summary', 'risk_note', 'category', 'place_id', 'meeting_point', 'is_volunteer_service', 'is_hazardous',
    'insurance_ref', 'qualification_kind', 'min_age', 'opens_days')
$$;
comment on function private.template_of(jsonb) is 'The fields of an activity in a typed object, and how many days before its start one may sign up (opens_days); nothing else.';

create function private.put_series(p_series public.activity_series)
returns void language sql volatile security definer set search_path = '' as $$
  insert into public.activity_series select p_series.*
    on conflict (community_id, id) do update set template = excluded.template, roles = excluded.roles, frequency = excluded.frequency, every = excluded.every,
      weekdays = excluded.weekdays, month_day = excluded.month_day, start_time = excluded.start_time, minutes = excluded.minutes,
      until_on = excluded.until_on, anchor_on = excluded.anchor_on
$$;

create function public.create_series(p_community_id uuid, p_id uuid, p_series_id uuid, p_series jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'create_series', jsonb_build_object('id', p_series_id, 's', p_series));
  v_series public.activity_series;
  v_days date[];
  v_day date;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_series_id is null or jsonb_typeof(p_series) is distinct from 'object' then perform private.fail(400, 'field_required', '{"field":"series"}'); end if;
  perform private.require_short(p_series, 'series');
  perform private.check_activity_fields(v_ctx, p_series);
  perform pg_advisory_xact_lock(hashtextextended(p_series_id::text, 4));
  if exists (select 1 from public.activity_series s where s.community_id = p_community_id and s.id = p_series_id) then perform private.fail(409, 'id_reused'); end if;
  v_series.community_id := p_community_id;
  v_series.id := p_series_id;
  v_series.status := 'active';
  v_series.created_by := v_ctx.person_id;
  v_series.created_at := private.now();
  v_series.every := 1;
  v_series.weekdays := '{}';
  v_series := private.series_from_json(v_series, p_series);
  v_series.corps_id := (p_series ->> 'corps_id')::uuid;
  v_series.template := private.template_of(p_series);
  v_series.anchor_on := v_series.first_on;
  v_days := array(select d from private.series_days(v_series, private.today()) d
    where (d + v_series.start_time) at time zone 'Asia/Shanghai' > private.now() order by 1);
  if cardinality(v_days) = 0 then perform private.fail(422, 'series_has_no_days'); end if;
  if cardinality(v_days) > 130 then perform private.fail(422, 'series_too_long', '{"max":130}'); end if;
  perform private.put_series(v_series);
  foreach v_day in array v_days loop
    perform private.make_occurrence(v_ctx, v_series, v_day, 'draft');
  end loop;
  return private.end_command(v_ctx, 'activity_series', p_series_id, jsonb_build_object('id', p_series_id, 'occurrences', cardinality(v_days)));
end $$;
comment on function public.create_series(uuid, uuid, uuid, jsonb) is
  'Plans what comes again, as drafts: the fields of save_activity without shifts, and {frequency: weekly|monthly, every, weekdays: [ISO], month_day, start: "19:30", minutes, first_on, until_on, roles: [{name, capacity, qualification_kind, min_age, max_age}], opens_days: sign-up opens that long before}. Leaders of the corps, office. Errors: not_allowed, corps_unknown, place_unknown, code_unknown, series_has_no_days, series_too_long {max}, shift_length_invalid, shift_too_far_ahead, shift_in_the_past, dates_out_of_order, id_reused, field_*.';

create function private.active_signups(p_community_id uuid, p_shift_id uuid)
returns int language sql stable security definer set search_path = '' as $$
  select count(*)::int from public.signups g where g.community_id = p_community_id and g.shift_id = p_shift_id and g.status in ('applied', 'confirmed', 'waitlisted', 'offered')
$$;
comment on function private.active_signups(uuid, uuid) is 'How many people hold or await a place.';

create function private.change_roles(p_community_id uuid, p_shift_id uuid, p_roles jsonb)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.check_roles(p_roles);
  -- Whoever has a place keeps it, so the places never fall below those taken.
  insert into public.shift_roles as r (community_id, id, shift_id, name, capacity, qualification_kind, min_age, max_age)
    select p_community_id, private.new_id(), p_shift_id, x ->> 'name', (x ->> 'capacity')::int, x ->> 'qualification_kind', (x ->> 'min_age')::int, (x ->> 'max_age')::int
      from jsonb_array_elements(p_roles) x
    on conflict (community_id, shift_id, name) do update set capacity = greatest(excluded.capacity, r.taken + r.reserved),
      qualification_kind = excluded.qualification_kind, min_age = excluded.min_age, max_age = excluded.max_age;
  delete from public.shift_roles r where r.community_id = p_community_id and r.shift_id = p_shift_id
    and not exists (select 1 from jsonb_array_elements(p_roles) x where x ->> 'name' = r.name)
    and not exists (select 1 from public.signups g where g.community_id = r.community_id and g.shift_role_id = r.id);
  perform private.settle_waitlist(p_community_id, r.id) from public.shift_roles r where r.community_id = p_community_id and r.shift_id = p_shift_id;
end $$;
comment on function private.change_roles(uuid, uuid, jsonb) is
  'Under the lock of the shift: other places by role, and what each asks of those who come from now on. Nobody loses one; a role somebody ever signed up for stays. More places are offered to those who wait. Error: field_invalid.';

create function private.change_occurrence(p_ctx private.command_context, p_o public.series_occurrences, p_change jsonb)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_activity public.activities;
  v_shift public.shifts;
  v_fields jsonb := private.template_of(p_change);
  v_day date;
  v_starts timestamptz;
  v_ends timestamptz;
  v_opens timestamptz;
  v_person uuid;
begin
  select * into v_activity from public.activities a where a.community_id = p_ctx.community_id and a.id = p_o.activity_id for update;
  select * into v_shift from public.shifts s where s.community_id = p_ctx.community_id and s.id = p_o.shift_id for update;
  if v_fields <> '{}' then
    perform private.put_activity(p_ctx, v_activity.id, private.template_of(to_jsonb(v_activity)) || v_fields || jsonb_build_object('corps_id', v_activity.corps_id));
    -- What was given back and is mended goes to the office anew.
    update public.activities set status = 'draft' where community_id = p_ctx.community_id and id = v_activity.id and status = 'rejected';
  end if;
  begin
    v_day := coalesce((p_change ->> 'day')::date, private.day_of(v_shift.starts_at));
    v_starts := (v_day + coalesce((p_change ->> 'start')::time, (v_shift.starts_at at time zone 'Asia/Shanghai')::time)) at time zone 'Asia/Shanghai';
    v_ends := v_starts + coalesce(make_interval(mins => (p_change ->> 'minutes')::int), v_shift.ends_at - v_shift.starts_at);
    -- Sign-up opens as long before as it did.
    v_opens := v_starts - case when p_change ? 'opens_days' then make_interval(days => (p_change ->> 'opens_days')::int) else v_shift.starts_at - v_shift.opens_at end;
  exception when invalid_text_representation or invalid_datetime_format or datetime_field_overflow or numeric_value_out_of_range then
    perform private.fail(400, 'field_invalid', '{"field":"day"}');
  end;
  if v_starts <> v_shift.starts_at or v_ends <> v_shift.ends_at then
    if v_starts <= private.now() then perform private.fail(422, 'shift_in_the_past'); end if;
    if v_starts > private.now() + interval '400 days' then perform private.fail(422, 'shift_too_far_ahead'); end if;
    if v_ends - v_starts not between interval '15 minutes' and interval '12 hours' then perform private.fail(422, 'shift_length_invalid'); end if;
    if exists (select 1 from public.series_occurrences o join public.shifts s on s.community_id = o.community_id and s.id = o.shift_id
        where o.community_id = p_o.community_id and o.series_id = p_o.series_id and o.id <> p_o.id and o.state = 'live' and private.day_of(s.starts_at) = v_day) then
      perform private.fail(409, 'series_day_taken', jsonb_build_object('day', v_day));
    end if;
    update public.shifts set starts_at = v_starts, ends_at = v_ends, opens_at = null, moved_at = private.now() where community_id = p_ctx.community_id and id = v_shift.id;
    update public.signups set offer_expires_at = least(offer_expires_at, v_starts) where community_id = p_ctx.community_id and shift_id = v_shift.id and status = 'offered';
  end if;
  if v_opens >= v_starts then perform private.fail(422, 'opens_after_start'); end if;
  update public.shifts set opens_at = v_opens where community_id = p_ctx.community_id and id = v_shift.id and opens_at is distinct from v_opens;
  if p_change ? 'roles' then perform private.change_roles(p_ctx.community_id, v_shift.id, p_change -> 'roles'); end if;
  if v_starts <> v_shift.starts_at or v_ends <> v_shift.ends_at or p_change ? 'place_id' and (p_change ->> 'place_id')::uuid is distinct from v_activity.place_id
     or p_change ? 'meeting_point' and nullif(p_change ->> 'meeting_point', '') is distinct from v_activity.meeting_point then
    for v_person in select g.person_id from public.signups g where g.community_id = p_ctx.community_id and g.shift_id = v_shift.id and g.status in ('applied', 'confirmed', 'waitlisted', 'offered') loop
      perform private.notify(p_ctx.community_id, v_person, 'shift_changed', jsonb_build_object('title', coalesce(p_change ->> 'title', v_activity.title),
        'was_at', v_shift.starts_at, 'starts_at', v_starts), '/shifts/' || v_shift.id);
    end loop;
  end if;
end $$;
comment on function private.change_occurrence(private.command_context, public.series_occurrences, jsonb) is
  'Under the lock of its shift: other fields, day, time or places for one time of a series. Whoever is signed up stays so and is told of another time or place. Errors: shift_in_the_past, shift_too_far_ahead, shift_length_invalid, series_day_taken {day}, opens_after_start, field_*.';

create function public.edit_series(p_community_id uuid, p_id uuid, p_series_id uuid, p_scope text, p_change jsonb, p_day date default null, p_keep_signups boolean default false)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'edit_series',
    jsonb_build_object('series', p_series_id, 'scope', p_scope, 'change', p_change, 'day', p_day, 'keep', p_keep_signups));
  v_series public.activity_series;
  v_rule_changes boolean;
  v_safety boolean;
  v_from date;
  v_status text;
  v_o public.series_occurrences;
  v_day date;
  v_days date[];
  v_hurt record;
  v_made uuid[] := '{}';
  v_changed int := 0;
  v_dropped int := 0;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_scope is null or p_scope not in ('one', 'later', 'all') then perform private.fail(400, 'field_invalid', '{"field":"scope"}'); end if;
  if jsonb_typeof(p_change) is distinct from 'object' or p_change = '{}' or p_scope <> 'all' and p_day is null then perform private.fail(400, 'field_required', '{"field":"change"}'); end if;
  perform private.require_short(p_change, 'change');
  -- What is changed for one time is kept, so only what means something is.
  p_change := private.template_of(p_change) || coalesce((select jsonb_object_agg(e.key, e.value) from jsonb_each(p_change) e
    where e.key in ('frequency', 'every', 'weekdays', 'month_day', 'start', 'minutes', 'first_on', 'until_on', 'day', 'roles')), '{}');
  v_series := private.require_series_leader(v_ctx, p_series_id);
  if v_series.status = 'ended' then perform private.fail(409, 'series_ended'); end if;
  perform private.lock_shifts_of(p_community_id, array(select o.activity_id from public.series_occurrences o where o.community_id = p_community_id and o.series_id = p_series_id and o.state = 'live'));
  v_rule_changes := p_change ?| array['frequency', 'every', 'weekdays', 'month_day', 'until_on'];
  if p_scope = 'one' and v_rule_changes or p_scope <> 'one' and p_change ? 'day' or p_change ? 'first_on' or p_change ? 'corps_id' then
    perform private.fail(400, 'field_invalid', '{"field":"change"}');
  end if;
  perform private.check_activity_fields(v_ctx, v_series.template || private.template_of(p_change));
  -- What keeps people safe was reviewed: on what is open, only the office changes it.
  v_safety := p_change ?| array['risk_note', 'is_hazardous', 'insurance_ref', 'qualification_kind', 'min_age', 'is_volunteer_service'];
  if p_change ? 'roles' then perform private.check_roles(p_change -> 'roles'); end if;
  if (v_safety or p_change ? 'roles') and not private.is_office(p_community_id, v_ctx.person_id)
     and exists (select 1 from public.series_occurrences o join public.activities a on a.community_id = o.community_id and a.id = o.activity_id
       where o.community_id = p_community_id and o.series_id = p_series_id and a.status = 'published' and o.state = 'live' and (p_scope = 'all' or o.original_on = p_day or p_scope = 'later' and o.original_on > p_day)
         and (v_safety or exists (select 1 from public.shift_roles r join jsonb_array_elements(p_change -> 'roles') x on x ->> 'name' = r.name
             where r.community_id = o.community_id and r.shift_id = o.shift_id
               and (x ->> 'qualification_kind', x ->> 'min_age', x ->> 'max_age') is distinct from (r.qualification_kind, r.min_age::text, r.max_age::text)))) then
    perform private.fail(403, 'series_safety_needs_office');
  end if;
  if p_scope = 'one' then
    select * into v_o from public.series_occurrences o where o.community_id = p_community_id and o.series_id = p_series_id and o.original_on = p_day and o.state = 'live';
    if not found or not private.is_to_come(p_community_id, v_o.shift_id) then perform private.fail(404, 'occurrence_unknown'); end if;
    update public.series_occurrences set own = own || p_change where community_id = p_community_id and id = v_o.id;
    perform private.change_occurrence(v_ctx, v_o, p_change);
    return private.end_command(v_ctx, 'activity_series', p_series_id, jsonb_build_object('id', p_series_id, 'changed', 1, 'made', 0, 'dropped', 0));
  end if;

  v_from := greatest(case p_scope when 'later' then p_day end, private.today());
  v_status := private.status_for_new(v_ctx, v_series);
  v_series := private.series_from_json(v_series, p_change);
  v_series.template := v_series.template || private.template_of(p_change);
  if p_scope = 'later' and p_change ?| array['frequency', 'every', 'weekdays', 'month_day'] then v_series.anchor_on := v_from; end if;
  perform private.put_series(v_series);
  -- The fields first, on every time that stays what it was; what was changed for one alone stays so.
  for v_o in select o.* from public.series_occurrences o join public.shifts s on s.community_id = o.community_id and s.id = o.shift_id
      where o.community_id = p_community_id and o.series_id = p_series_id and o.state = 'live' and o.original_on >= v_from
        and private.is_to_come(p_community_id, o.shift_id) order by o.original_on loop
    if p_change - array(select jsonb_object_keys(v_o.own)) - array['frequency', 'every', 'weekdays', 'month_day', 'until_on'] <> '{}' then
      perform private.change_occurrence(v_ctx, v_o, p_change - array(select jsonb_object_keys(v_o.own)));
      v_changed := v_changed + 1;
    end if;
  end loop;
  if v_rule_changes then
    v_days := array(select d from private.series_days(v_series, v_from) d);
    if cardinality(v_days) > 130 then perform private.fail(422, 'series_too_long', '{"max":130}'); end if;
    select count(*) as times, coalesce(sum(private.active_signups(p_community_id, o.shift_id)), 0) as people, min(o.original_on) as first into v_hurt
      from public.series_occurrences o where o.community_id = p_community_id and o.series_id = p_series_id and o.state = 'live' and o.original_on >= v_from
        and o.original_on <> all (v_days) and private.is_to_come(p_community_id, o.shift_id) and private.active_signups(p_community_id, o.shift_id) > 0;
    if v_hurt.times > 0 and not coalesce(p_keep_signups, false) then
      perform private.fail(409, 'series_has_signups', jsonb_build_object('times', v_hurt.times, 'people', v_hurt.people, 'day', v_hurt.first));
    end if;
    for v_o in select o.* from public.series_occurrences o where o.community_id = p_community_id and o.series_id = p_series_id and o.state = 'live' and o.original_on >= v_from
        and o.original_on <> all (v_days) and private.is_to_come(p_community_id, o.shift_id) and private.active_signups(p_community_id, o.shift_id) = 0 loop
      update public.series_occurrences set state = 'dropped' where community_id = p_community_id and id = v_o.id;
      perform private.call_off(v_ctx, (select a from public.activities a where a.community_id = p_community_id and a.id = v_o.activity_id), null);
      v_dropped := v_dropped + 1;
    end loop;
    foreach v_day in array v_days loop
      continue when (v_day + v_series.start_time) at time zone 'Asia/Shanghai' <= private.now();
      -- Known days are not made twice and removed ones not at all; nor a day on which a moved time takes place.
      continue when exists (select 1 from public.series_occurrences o join public.shifts s on s.community_id = o.community_id and s.id = o.shift_id
        where o.community_id = p_community_id and o.series_id = p_series_id
          and (o.original_on = v_day and o.state <> 'dropped' or o.state = 'live' and private.day_of(s.starts_at) = v_day));
      v_made := v_made || private.make_occurrence(v_ctx, v_series, v_day, v_status);
    end loop;
    perform private.tell_fixed_people(p_community_id, v_made);
  end if;
  return private.end_command(v_ctx, 'activity_series', p_series_id, jsonb_build_object('id', p_series_id, 'changed', v_changed, 'made', cardinality(v_made), 'dropped', v_dropped));
end $$;
comment on function public.edit_series(uuid, uuid, uuid, text, jsonb, date, boolean) is
  'Changes one time (p_day, its original day; {day} moves it), this and later ones, or all to come; only the keys given. Times under way or over stay. No sign-up is lost: a changed time keeps its people and tells them; days that would fall away with people on them are refused, or with p_keep_signups kept as they are. What was changed for one alone stays; what was removed never comes back. New times of an open series go to the office unless the office makes them. Leaders of the corps, office. Errors: not_allowed, series_unknown, series_ended, occurrence_unknown, series_has_signups {times, people, day}, series_day_taken {day}, series_safety_needs_office, series_too_long {max}, place_unknown, code_unknown, shift_*, field_*.';

create function private.is_to_come(p_community_id uuid, p_shift_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select s.status = 'open' and s.starts_at > private.now()
    and not exists (select 1 from public.attendances t where t.community_id = s.community_id and t.shift_id = s.id)
  from public.shifts s where s.community_id = p_community_id and s.id = p_shift_id
$$;
comment on function private.is_to_come(uuid, uuid) is 'A shift that has not begun: neither by the clock nor by somebody checked in early.';

create function private.status_for_new(p_ctx private.command_context, p_series public.activity_series)
returns text language sql stable security definer set search_path = '' as $$
  select case when not exists (select 1 from public.series_occurrences o join public.activities a on a.community_id = o.community_id and a.id = o.activity_id
      where o.community_id = p_series.community_id and o.series_id = p_series.id and a.published_at is not null) then 'draft'
    when private.is_office(p_ctx.community_id, p_ctx.person_id) then 'published' else 'pending_review' end
$$;
comment on function private.status_for_new(private.command_context, public.activity_series) is
  'What a further time of a series begins as: a draft while none was published; then published when the office makes it, else waiting for the office.';

create function public.submit_series(p_community_id uuid, p_id uuid, p_series_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'submit_series', jsonb_build_object('series', p_series_id));
  v_activity public.activities;
  v_count int := 0;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_series_leader(v_ctx, p_series_id);
  for v_activity in select a.* from public.series_occurrences o join public.activities a on a.community_id = o.community_id and a.id = o.activity_id
      where o.community_id = p_community_id and o.series_id = p_series_id and o.state = 'live' and a.status in ('draft', 'rejected') and private.is_to_come(p_community_id, o.shift_id)
      order by a.id for update of a loop
    perform private.require_publishable(v_activity, array['draft', 'rejected']);
    update public.activities set status = 'pending_review', status_reason = null where community_id = p_community_id and id = v_activity.id;
    v_count := v_count + 1;
  end loop;
  if v_count = 0 then perform private.fail(409, 'activity_wrong_status'); end if;
  return private.end_command(v_ctx, 'activity_series', p_series_id, jsonb_build_object('id', p_series_id, 'submitted', v_count));
end $$;
comment on function public.submit_series(uuid, uuid, uuid) is
  'Hands all drafts of a series to the office. Leaders of the corps. Errors: series_unknown, not_allowed, activity_wrong_status (nothing left to hand in), risk_note_missing, insurance_missing.';

create function public.end_series(p_community_id uuid, p_id uuid, p_series_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'end_series', jsonb_build_object('series', p_series_id, 'reason', p_reason));
  v_series public.activity_series;
  v_reason text;
  v_activity public.activities;
  v_count int := 0;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_series := private.require_series_leader(v_ctx, p_series_id);
  if v_series.status = 'ended' then perform private.fail(409, 'series_ended'); end if;
  v_reason := private.clean_text(p_reason, 'reason', 200);
  perform private.lock_shifts_of(p_community_id, array(select o.activity_id from public.series_occurrences o where o.community_id = p_community_id and o.series_id = p_series_id and o.state = 'live'));
  for v_activity in select a.* from public.series_occurrences o join public.activities a on a.community_id = o.community_id and a.id = o.activity_id
      where o.community_id = p_community_id and o.series_id = p_series_id and o.state = 'live' and a.status in ('draft', 'rejected', 'pending_review', 'published')
        and private.is_to_come(p_community_id, o.shift_id) order by a.id for update of a loop
    perform private.call_off(v_ctx, v_activity, v_reason);
    perform private.forget_occurrence(p_community_id, v_activity.id);
    v_count := v_count + 1;
  end loop;
  update public.activity_series set status = 'ended' where community_id = p_community_id and id = p_series_id;
  update public.series_people set left_at = private.now() where community_id = p_community_id and series_id = p_series_id and left_at is null;
  return private.end_command(v_ctx, 'activity_series', p_series_id, jsonb_build_object('id', p_series_id, 'cancelled', v_count));
end $$;
comment on function public.end_series(uuid, uuid, uuid, text) is
  'Ends a series: every time to come is called off, everyone signed up is told why. Leaders of the corps, office. Errors: series_unknown, not_allowed, series_ended, field_required.';

create function public.set_series_people(p_community_id uuid, p_id uuid, p_series_id uuid, p_people jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'set_series_people', jsonb_build_object('series', p_series_id, 'people', p_people));
  v_series public.activity_series;
  v_new record;
  o record;
  v_times int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_series := private.require_series_leader(v_ctx, p_series_id);
  if v_series.status = 'ended' then perform private.fail(409, 'series_ended'); end if;
  if jsonb_typeof(p_people) is distinct from 'array' then perform private.fail(400, 'field_required', '{"field":"people"}'); end if;
  if exists (select 1 from jsonb_array_elements(p_people) x where x ->> 'person_id' !~ '^[0-9a-f-]{36}$' or x ->> 'person_id' is null) then perform private.fail(400, 'field_invalid', '{"field":"people"}'); end if;
  if exists (select 1 from jsonb_array_elements(p_people) x where not exists (select 1 from public.corps_members m where m.community_id = p_community_id
      and m.corps_id = v_series.corps_id and m.person_id = (x ->> 'person_id')::uuid and m.left_on is null)) then
    perform private.fail(404, 'corps_member_unknown');
  end if;
  if exists (select 1 from (select coalesce(x ->> 'role', 'helper') as role, count(*) as n from jsonb_array_elements(p_people) x group by 1) p
      where p.n > coalesce((select max((r ->> 'capacity')::int) from jsonb_array_elements(v_series.roles) r where r ->> 'name' = p.role), 0)) then
    perform private.fail(422, 'series_too_many_people');
  end if;
  perform private.lock_shifts_of(p_community_id, array(select s.activity_id from public.series_occurrences s where s.community_id = p_community_id and s.series_id = p_series_id and s.state = 'live'));
  update public.series_people p set left_at = private.now() where p.community_id = p_community_id and p.series_id = p_series_id and p.left_at is null
    and not exists (select 1 from jsonb_array_elements(p_people) x where (x ->> 'person_id')::uuid = p.person_id);
  for v_new in select distinct (x ->> 'person_id')::uuid as person_id, coalesce(x ->> 'role', 'helper') as role from jsonb_array_elements(p_people) x order by 1 loop
    update public.series_people set role = v_new.role where community_id = p_community_id and series_id = p_series_id and person_id = v_new.person_id and left_at is null;
    continue when found;
    insert into public.series_people (community_id, id, series_id, person_id, role, added_by, added_at)
      values (p_community_id, private.new_id(), p_series_id, v_new.person_id, v_new.role, v_ctx.person_id, private.now());
    v_times := 0;
    for o in select a, s from public.series_occurrences so join public.activities a on a.community_id = so.community_id and a.id = so.activity_id and a.status = 'published'
        join public.shifts s on s.community_id = so.community_id and s.id = so.shift_id
        where so.community_id = p_community_id and so.series_id = p_series_id and so.state = 'live' and s.starts_at > private.now() order by s.starts_at loop
      v_times := v_times + private.sign_up_fixed(v_ctx, v_new.person_id, v_new.role, o.a, o.s)::int;
    end loop;
    perform private.notify(p_community_id, v_new.person_id, 'series_fixed', jsonb_build_object('title', v_series.template ->> 'title', 'times', v_times), '/shifts/mine');
  end loop;
  return private.end_command(v_ctx, 'activity_series', p_series_id, jsonb_build_object('id', p_series_id, 'people', jsonb_array_length(p_people)));
end $$;
comment on function public.set_series_people(uuid, uuid, uuid, jsonb) is
  '定人: the members of the corps who are signed up for every time of a series, [{person_id, role}]. Who is new is told, and signed up for what is open; who is no longer named keeps the places held. Leaders of the corps, office. Errors: series_unknown, not_allowed, series_ended, corps_member_unknown, series_too_many_people, field_*.';

create function public.leave_series(p_community_id uuid, p_id uuid, p_series_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'leave_series', jsonb_build_object('series', p_series_id, 'for', p_for_person_id));
  v_person uuid := coalesce(p_for_person_id, v_ctx.person_id);
  g public.signups;
  v_count int := 0;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.can_act_for(p_community_id, v_ctx.person_id, v_person) then perform private.fail(403, 'not_allowed'); end if;
  perform private.lock_shifts_of(p_community_id, array(select s.activity_id from public.series_occurrences s where s.community_id = p_community_id and s.series_id = p_series_id and s.state = 'live'));
  update public.series_people set left_at = private.now() where community_id = p_community_id and series_id = p_series_id and person_id = v_person and left_at is null;
  if not found then perform private.fail(404, 'series_unknown'); end if;
  -- What begins within 12 hours is given back one by one, as for everybody.
  for g in select x.* from public.signups x join public.series_occurrences o on o.community_id = x.community_id and o.shift_id = x.shift_id and o.series_id = p_series_id
      join public.shifts s on s.community_id = x.community_id and s.id = x.shift_id and s.starts_at >= private.now() + interval '12 hours'
      where x.community_id = p_community_id and x.person_id = v_person and x.status in ('applied', 'confirmed', 'waitlisted', 'offered') order by x.shift_id loop
    update public.signups set status = 'cancelled', offer_expires_at = null, ended_at = private.now(), ended_by = v_ctx.person_id where community_id = p_community_id and id = g.id;
    if g.status in ('confirmed', 'offered') then perform private.free_place(g); end if;
    perform private.settle_waitlist(p_community_id, g.shift_role_id);
    v_count := v_count + 1;
  end loop;
  return private.end_command(v_ctx, 'activity_series', p_series_id, jsonb_build_object('id', p_series_id, 'cancelled', v_count), '{}', v_person);
end $$;
comment on function public.leave_series(uuid, uuid, uuid, uuid) is
  'No longer one of the fixed people: the places from 12 hours on are given back, those nearer stay. Oneself, a helper. Errors: not_allowed, series_unknown.';

create function public.list_series(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_corps uuid[] := array(select private.scopes_of(p_community_id, v_me, 'corps_leader'));
  v_office boolean := private.is_office(p_community_id, v_me);
begin
  if not v_office and cardinality(v_corps) = 0 then perform private.fail(403, 'not_allowed'); end if;
  return coalesce((select jsonb_agg(to_jsonb(x) order by (x.status = 'active') desc, x.next_at nulls last, x.title) from (
    select s.id, s.template ->> 'title' as title, s.status, s.frequency, s.every, s.weekdays, s.month_day, to_char(s.start_time, 'HH24:MI') as start, s.minutes,
      s.first_on, s.until_on, k.id as corps_id, k.color as corps_color, k.name as corps_name, pl.name as place_name,
      (select count(*) from public.series_people p where p.community_id = s.community_id and p.series_id = s.id and p.left_at is null) as people,
      n.next_at, n.drafts, n.pending, n.open
    from public.activity_series s
    join public.corps k on k.community_id = s.community_id and k.id = s.corps_id
    left join public.places pl on pl.community_id = s.community_id and pl.id = (s.template ->> 'place_id')::uuid
    cross join lateral (select min(h.starts_at) as next_at, count(*) filter (where a.status in ('draft', 'rejected')) as drafts,
        count(*) filter (where a.status = 'pending_review') as pending, count(*) filter (where a.status = 'published') as open
      from public.series_occurrences o join public.shifts h on h.community_id = o.community_id and h.id = o.shift_id and h.starts_at > private.now()
      join public.activities a on a.community_id = o.community_id and a.id = o.activity_id
      where o.community_id = s.community_id and o.series_id = s.id and o.state = 'live') n
    where s.community_id = p_community_id and (v_office or s.corps_id = any (v_corps))) x), '[]');
end $$;
comment on function public.list_series(uuid) is 'The series a leader (or the office) answers for, with what is next and what waits. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.series_detail(p_community_id uuid, p_series_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_series public.activity_series;
begin
  select * into v_series from public.activity_series s where s.community_id = p_community_id and s.id = p_series_id;
  if not found then perform private.fail(404, 'series_unknown'); end if;
  if not private.leads_corps(p_community_id, v_me, v_series.corps_id) then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object('id', v_series.id, 'corps_id', v_series.corps_id, 'template', v_series.template, 'roles', v_series.roles, 'status', v_series.status,
    'frequency', v_series.frequency, 'every', v_series.every, 'weekdays', v_series.weekdays, 'month_day', v_series.month_day,
    'start', to_char(v_series.start_time, 'HH24:MI'), 'minutes', v_series.minutes, 'first_on', v_series.first_on, 'until_on', v_series.until_on,
    'corps_name', (select k.name from public.corps k where k.community_id = p_community_id and k.id = v_series.corps_id),
    'corps_color', (select k.color from public.corps k where k.community_id = p_community_id and k.id = v_series.corps_id),
    'place_name', (select pl.name from public.places pl where pl.community_id = p_community_id and pl.id = (v_series.template ->> 'place_id')::uuid),
    'server_time', private.now(),
    'people', coalesce((select jsonb_agg(jsonb_build_object('person_id', p.person_id, 'name', pp.real_name, 'role', p.role, 'since', p.added_at) order by pp.name_key, p.person_id)
      from public.series_people p join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.person_id
      where p.community_id = p_community_id and p.series_id = p_series_id and p.left_at is null), '[]'),
    'occurrences', coalesce((select jsonb_agg(jsonb_build_object('original_on', o.original_on, 'state', o.state, 'own', o.own, 'activity_id', o.activity_id, 'shift_id', o.shift_id,
        'title', a.title, 'status', a.status, 'status_reason', a.status_reason, 'starts_at', s.starts_at, 'ends_at', s.ends_at, 'is_to_come', private.is_to_come(p_community_id, s.id),
        'place_id', a.place_id, 'place_name', pl.name, 'meeting_point', a.meeting_point,
        'signed_up', private.active_signups(p_community_id, s.id),
        'roles', (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('name', r.name, 'capacity', r.capacity, 'qualification_kind', r.qualification_kind, 'min_age', r.min_age, 'max_age', r.max_age)) order by r.name), '[]')
          from public.shift_roles r where r.community_id = p_community_id and r.shift_id = s.id))
        order by s.starts_at, o.original_on)
      from public.series_occurrences o join public.activities a on a.community_id = o.community_id and a.id = o.activity_id
      join public.shifts s on s.community_id = o.community_id and s.id = o.shift_id
      left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
      where o.community_id = p_community_id and o.series_id = p_series_id and o.state <> 'dropped'), '[]'));
end $$;
comment on function public.series_detail(uuid, uuid) is
  'One series with its rule, its fixed people and all its times, the removed ones too. Leaders of the corps, office. Errors: not_signed_in, not_a_member, series_unknown, not_allowed.';

create function public.my_series(p_community_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_person uuid := coalesce(p_for_person_id, v_me);
begin
  if v_person <> v_me and not private.can_act_for(p_community_id, v_me, v_person) then perform private.fail(403, 'not_allowed'); end if;
  return coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'title', s.template ->> 'title', 'frequency', s.frequency, 'every', s.every, 'weekdays', s.weekdays,
      'month_day', s.month_day, 'start', to_char(s.start_time, 'HH24:MI'), 'minutes', s.minutes, 'until_on', s.until_on, 'corps_color', k.color, 'corps_name', k.name,
      'place_name', (select pl.name from public.places pl where pl.community_id = s.community_id and pl.id = (s.template ->> 'place_id')::uuid)) order by s.template ->> 'title', s.id)
    from public.series_people p join public.activity_series s on s.community_id = p.community_id and s.id = p.series_id
    join public.corps k on k.community_id = s.community_id and k.id = s.corps_id
    where p.community_id = p_community_id and p.person_id = v_person and p.left_at is null and s.status = 'active' and s.until_on >= private.today()), '[]');
end $$;
comment on function public.my_series(uuid, uuid) is 'The series of which the caller (or a helped person) is one of the fixed people. Errors: not_signed_in, not_a_member, not_allowed.';

-- ---------------------------------------------------------------- publishing many at once

create function public.publish_activities(p_community_id uuid, p_id uuid, p_activity_ids uuid[])
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'publish_activities', jsonb_build_object('ids', p_activity_ids));
  v_ids uuid[] := array(select distinct x from unnest(p_activity_ids) x where x is not null);
  v_activity public.activities;
  v_failures jsonb := '[]';
  v_slug text;
  v_author record;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  if cardinality(v_ids) = 0 then perform private.fail(400, 'field_required', '{"field":"activities"}'); end if;
  if cardinality(v_ids) > 200 then perform private.fail(422, 'too_many_rows', '{"max":200}'); end if;
  perform private.lock_shifts_of(p_community_id, v_ids);
  perform 1 from public.activities a where a.community_id = p_community_id and a.id = any (v_ids) order by a.id for update;
  if (select count(*) from public.activities a where a.community_id = p_community_id and a.id = any (v_ids)) < cardinality(v_ids) then perform private.fail(404, 'activity_unknown'); end if;
  for v_activity in select a.* from public.activities a where a.community_id = p_community_id and a.id = any (v_ids) order by a.id loop
    v_slug := coalesce(private.why_not_publishable(v_activity, array['draft', 'pending_review']),
      case when not exists (select 1 from public.shifts s where s.community_id = p_community_id and s.activity_id = v_activity.id and s.status = 'open' and s.starts_at > private.now())
        then 'shift_in_the_past' end);
    if v_slug is not null then v_failures := v_failures || jsonb_build_object('id', v_activity.id, 'title', v_activity.title, 'slug', v_slug); end if;
  end loop;
  if v_failures <> '[]' then perform private.fail(422, 'activities_not_publishable', jsonb_build_object('count', jsonb_array_length(v_failures), 'failures', v_failures)); end if;
  -- People in order within each, so that two who publish at once wait for each other instead of crossing.
  perform 1 from public.persons p where p.community_id = p_community_id and p.id in (select sp.person_id from public.series_people sp
      join public.series_occurrences o on o.community_id = sp.community_id and o.series_id = sp.series_id and o.activity_id = any (v_ids)
      where sp.community_id = p_community_id and sp.left_at is null) order by p.id for no key update;
  for v_activity in select a.* from public.activities a where a.community_id = p_community_id and a.id = any (v_ids) order by a.id loop
    perform private.publish_one(v_ctx, v_activity);
  end loop;
  for v_author in select a.created_by, count(*) as n, min(a.title) as title from public.activities a
      where a.community_id = p_community_id and a.id = any (v_ids) and a.created_by is distinct from v_ctx.person_id and a.created_by is not null group by 1 loop
    perform private.notify(p_community_id, v_author.created_by, case when v_author.n = 1 then 'activity_published' else 'activities_published' end,
      jsonb_build_object('title', v_author.title, 'count', v_author.n), '/lead/activities');
  end loop;
  perform private.tell_fixed_people(p_community_id, v_ids);
  return private.end_command(v_ctx, 'activities', null, jsonb_build_object('published', cardinality(v_ids)), jsonb_build_object('ids', to_jsonb(v_ids)));
end $$;
comment on function public.publish_activities(uuid, uuid, uuid[]) is
  'Publishes several activities in one act: all of them, or none and the failures by name. Office staff. Errors: not_allowed, activity_unknown, activities_not_publishable {count, failures: [{id, title, slug}]}, too_many_rows, field_required.';

create function private.tell_fixed_people(p_community_id uuid, p_activity_ids uuid[])
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  f record;
begin
  for f in select sp.person_id, s.template ->> 'title' as title, count(*) as times
      from public.series_occurrences o
      join public.activity_series s on s.community_id = o.community_id and s.id = o.series_id
      join public.series_people sp on sp.community_id = o.community_id and sp.series_id = o.series_id and sp.left_at is null
      join public.signups g on g.community_id = o.community_id and g.shift_id = o.shift_id and g.person_id = sp.person_id and g.status in ('confirmed', 'waitlisted')
      where o.community_id = p_community_id and o.activity_id = any (p_activity_ids) group by 1, 2, s.id order by 1 loop
    perform private.notify(p_community_id, f.person_id, 'series_fixed', jsonb_build_object('title', f.title, 'times', f.times), '/shifts/mine');
  end loop;
end $$;
comment on function private.tell_fixed_people(uuid, uuid[]) is 'One line in the inbox for all the times a person was signed up for as one of the fixed people.';

-- ---------------------------------------------------------------- drafts of the 28th and of March

create table public.calendar_rules (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  corps_id uuid not null,
  kind text not null check (kind in ('service_day', 'service_month')),
  days int[],
  template jsonb not null,
  roles jsonb not null,
  start_time time not null,
  minutes int not null,
  is_on boolean not null default true,
  changed_by uuid not null,
  changed_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, corps_id) references public.corps (community_id, id),
  foreign key (community_id, changed_by) references public.persons (community_id, id),
  constraint rule_lasts_15_minutes_to_12_hours check (minutes between 15 and 720)
);
create index calendar_rules_by_corps on public.calendar_rules (community_id, corps_id);
create index calendar_rules_by_changer on public.calendar_rules (community_id, changed_by);
comment on table public.calendar_rules is
  'What each corps does on the service day of every month (X15), or on some days of the service month (X16). Day and month come from the method profile (cadences service_day_of_month, service_month); days are those of the month, one made ahead per day.';

create table public.calendar_drafts (
  community_id uuid not null,
  id uuid not null,
  rule_id uuid not null,
  day date not null,
  activity_id uuid not null,
  primary key (community_id, id),
  foreign key (community_id, rule_id) references public.calendar_rules (community_id, id),
  foreign key (community_id, activity_id) references public.activities (community_id, id),
  constraint a_rule_makes_one_draft_a_day unique (community_id, rule_id, day)
);
create index calendar_drafts_by_activity on public.calendar_drafts (community_id, activity_id);
comment on table public.calendar_drafts is 'The drafts made ahead, by rule and day; a discarded one is known and not made again.';

create function private.cadence(p_community_id uuid, p_key text)
returns int language sql stable security definer set search_path = '' as $$
  select (m.data -> 'cadences' ->> p_key)::int from public.communities c
  join public.method_profiles m on m.code = c.method_code and m.version = c.method_version where c.id = p_community_id
$$;
comment on function private.cadence(uuid, text) is 'A number among the cadences of the community''s method, or null.';

create function private.rule_days(p_rule public.calendar_rules, p_year int, p_month int)
returns setof date language sql stable security definer set search_path = '' as $$
  select distinct make_date(p_year, p_month, least(d, extract(day from make_date(p_year, p_month, 1) + interval '1 month - 1 day')::int))
  from unnest(case p_rule.kind
    when 'service_day' then array[private.cadence(p_rule.community_id, 'service_day_of_month')]
    else case when p_month = private.cadence(p_rule.community_id, 'service_month') then coalesce(nullif(p_rule.days, '{}'), array[5]) end end) d
  where d is not null
$$;
comment on function private.rule_days(public.calendar_rules, int, int) is
  'The days of a month on which a rule asks for a draft; a month without the day uses its last. Nothing when the method has no service day or month.';

create function public.save_calendar_rule(p_community_id uuid, p_id uuid, p_rule_id uuid, p_rule jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'save_calendar_rule', jsonb_build_object('id', p_rule_id, 'r', p_rule));
  v_rule public.calendar_rules;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  if p_rule_id is null or jsonb_typeof(p_rule) is distinct from 'object' then perform private.fail(400, 'field_required', '{"field":"rule"}'); end if;
  perform private.require_short(p_rule, 'rule');
  perform private.check_activity_fields(v_ctx, p_rule);
  perform private.clean_text(p_rule ->> 'title', 'title', 40);
  begin
    v_rule.days := (select array_agg(distinct x::int order by x::int) from jsonb_array_elements_text(coalesce(nullif(p_rule -> 'days', 'null'), '[]')) x);
    v_rule.start_time := (p_rule ->> 'start')::time;
    v_rule.minutes := (p_rule ->> 'minutes')::int;
    v_rule.is_on := coalesce((p_rule ->> 'is_on')::boolean, true);
    if not coalesce((p_rule ->> 'opens_days')::int between 1 and 60, true) then perform private.fail(400, 'field_invalid', '{"field":"opens_days"}'); end if;
  exception when invalid_text_representation or invalid_datetime_format or datetime_field_overflow or numeric_value_out_of_range or invalid_parameter_value then
    perform private.fail(400, 'field_invalid', '{"field":"rule"}');
  end;
  if coalesce(p_rule ->> 'kind', '') not in ('service_day', 'service_month') or not coalesce(v_rule.days <@ array(select generate_series(1, 31)), true) then
    perform private.fail(400, 'field_invalid', '{"field":"days"}');
  end if;
  if v_rule.start_time is null then perform private.fail(400, 'field_required', '{"field":"start"}'); end if;
  if not coalesce(v_rule.minutes between 15 and 720, false) then perform private.fail(422, 'shift_length_invalid'); end if;
  perform private.check_roles(p_rule -> 'roles');
  insert into public.calendar_rules (community_id, id, corps_id, kind, days, template, roles, start_time, minutes, is_on, changed_by, changed_at)
    values (p_community_id, p_rule_id, (p_rule ->> 'corps_id')::uuid, p_rule ->> 'kind', v_rule.days, private.template_of(p_rule), private.known_roles(p_rule -> 'roles'),
      v_rule.start_time, v_rule.minutes, v_rule.is_on, v_ctx.person_id, private.now())
    on conflict (community_id, id) do update set corps_id = excluded.corps_id, kind = excluded.kind, days = excluded.days, template = excluded.template,
      roles = excluded.roles, start_time = excluded.start_time, minutes = excluded.minutes, is_on = excluded.is_on, changed_by = excluded.changed_by, changed_at = excluded.changed_at;
  return private.end_command(v_ctx, 'calendar_rules', p_rule_id, jsonb_build_object('id', p_rule_id));
end $$;
comment on function public.save_calendar_rule(uuid, uuid, uuid, jsonb) is
  'What a corps does on the service day or in the service month: the fields of save_activity without shifts, and {kind: service_day|service_month, days, start, minutes, roles, is_on, opens_days: sign-up opens that long before}. Drafts made before stay as they are. Office staff. Errors: not_allowed, corps_unknown, place_unknown, code_unknown, shift_length_invalid, field_*.';

create function public.make_calendar_drafts(p_community_id uuid, p_id uuid, p_year int, p_month int)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'make_calendar_drafts', jsonb_build_object('year', p_year, 'month', p_month));
  d record;
  v_activity uuid;
  v_starts timestamptz;
  v_made int := 0;
  v_leader record;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  if p_year is null or p_month is null or p_month not between 1 and 12 or p_year not between 2000 and 2200 then perform private.fail(400, 'field_invalid', '{"field":"month"}'); end if;
  perform pg_advisory_xact_lock(hashtextextended(p_community_id::text, 5));
  for d in select r.*, rd.day from public.calendar_rules r cross join lateral private.rule_days(r, p_year, p_month) rd (day)
      join public.corps k on k.community_id = r.community_id and k.id = r.corps_id and k.closed_on is null
      where r.community_id = p_community_id and r.is_on
        and not exists (select 1 from public.calendar_drafts x where x.community_id = r.community_id and x.rule_id = r.id and x.day = rd.day) order by rd.day, r.id loop
    v_starts := (d.day + d.start_time) at time zone 'Asia/Shanghai';
    continue when v_starts <= private.now() or v_starts > private.now() + interval '400 days';
    v_activity := private.new_id();
    perform private.put_activity(v_ctx, v_activity, d.template || jsonb_build_object('corps_id', d.corps_id));
    perform private.insert_shift(p_community_id, v_activity, jsonb_build_object('id', private.new_id(), 'starts_at', v_starts,
      'ends_at', v_starts + make_interval(mins => d.minutes), 'opens_at', v_starts - make_interval(days => (d.template ->> 'opens_days')::int),
      'roles', private.roles_with_ids(d.roles)));
    insert into public.calendar_drafts (community_id, id, rule_id, day, activity_id) values (p_community_id, private.new_id(), d.id, d.day, v_activity);
    v_made := v_made + 1;
  end loop;
  for v_leader in select l.person_id, count(*) as n from public.calendar_drafts x
      join public.activities a on a.community_id = x.community_id and a.id = x.activity_id and a.created_at = private.now() and a.created_by = v_ctx.person_id
      cross join lateral (select private.corps_leaders(p_community_id, a.corps_id) as person_id) l
      where x.community_id = p_community_id and l.person_id <> v_ctx.person_id and v_made > 0
        and x.day between make_date(p_year, p_month, 1) and (make_date(p_year, p_month, 1) + interval '1 month - 1 day')::date group by 1 loop
    perform private.notify(p_community_id, v_leader.person_id, 'calendar_drafts', jsonb_build_object('month', p_month, 'count', v_leader.n), '/lead/activities');
  end loop;
  return private.end_command(v_ctx, 'calendar_rules', null, jsonb_build_object('made', v_made));
end $$;
comment on function public.make_calendar_drafts(uuid, uuid, int, int) is
  'Makes the drafts of a month ahead by the calendar rules: those of the service day, and in the service month its batch. What was made or discarded before is not made again; the leaders are told. Office staff. Errors: not_allowed, field_invalid.';

create function public.calendar_desk(p_community_id uuid, p_year int, p_month int)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if not private.is_office(p_community_id, v_me) then perform private.fail(403, 'not_allowed'); end if;
  if p_year is null or p_month is null or p_month not between 1 and 12 or p_year not between 2000 and 2200 then perform private.fail(400, 'field_invalid', '{"field":"month"}'); end if;
  return jsonb_build_object('server_time', private.now(),
    'service_day', private.cadence(p_community_id, 'service_day_of_month'), 'service_month', private.cadence(p_community_id, 'service_month'),
    'missing', (select count(*) from public.calendar_rules r cross join lateral private.rule_days(r, p_year, p_month) rd (day)
      join public.corps k on k.community_id = r.community_id and k.id = r.corps_id and k.closed_on is null
      where r.community_id = p_community_id and r.is_on and (rd.day + r.start_time) at time zone 'Asia/Shanghai' > private.now()
        and (rd.day + r.start_time) at time zone 'Asia/Shanghai' <= private.now() + interval '400 days'
        and not exists (select 1 from public.calendar_drafts x where x.community_id = r.community_id and x.rule_id = r.id and x.day = rd.day)),
    'rules', coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'corps_id', k.id, 'corps_color', k.color, 'corps_name', k.name, 'kind', r.kind, 'days', r.days,
        'template', r.template, 'roles', r.roles, 'start', to_char(r.start_time, 'HH24:MI'), 'minutes', r.minutes, 'is_on', r.is_on) order by r.kind, dd.sort, r.start_time, r.id)
      from public.calendar_rules r join public.corps k on k.community_id = r.community_id and k.id = r.corps_id and k.closed_on is null
      join public.dictionaries dd on dd.kind = 'corps_color' and dd.code = k.color where r.community_id = p_community_id), '[]'),
    'drafts', coalesce((select jsonb_agg(to_jsonb(y) order by y.starts_at, y.corps_name, y.title) from (
      select a.id, a.title, a.status, a.status_reason, k.color as corps_color, k.name as corps_name, pl.name as place_name, r.kind, s.starts_at, s.ends_at,
        (select sum(sr.capacity) from public.shift_roles sr where sr.community_id = s.community_id and sr.shift_id = s.id) as capacity,
        private.why_not_publishable(a, array['draft', 'pending_review', 'published', 'finished', 'settled', 'rejected', 'cancelled']) as problem
      from public.calendar_drafts x
      join public.calendar_rules r on r.community_id = x.community_id and r.id = x.rule_id
      join public.activities a on a.community_id = x.community_id and a.id = x.activity_id
      join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
      left join lateral (select h.* from public.shifts h where h.community_id = a.community_id and h.activity_id = a.id order by h.starts_at limit 1) s on true
      left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
      where x.community_id = p_community_id and x.day between make_date(p_year, p_month, 1) and (make_date(p_year, p_month, 1) + interval '1 month - 1 day')::date) y), '[]'));
end $$;
comment on function public.calendar_desk(uuid, int, int) is
  'The office''s desk of one month: the rules of each corps, the drafts made by them with their state and what they lack, how many are still to be made. Office staff. Errors: not_signed_in, not_a_member, not_allowed, field_invalid.';

-- ---------------------------------------------------------------- the calendar everybody sees

create function public.community_calendar(p_community_id uuid, p_from date, p_to date)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_community uuid := coalesce(p_community_id, (select c.id from public.communities c order by c.created_at, c.name limit 1));
  v_me uuid := private.me(v_community);
begin
  if p_from is null or p_to is null or not p_from between date '2000-01-01' and date '2200-01-01' or p_to not between p_from and p_from + 62 then
    perform private.fail(400, 'field_invalid', '{"field":"from"}');
  end if;
  return jsonb_build_object('server_time', private.now(), 'community_id', v_community, 'community_name', (select c.name from public.communities c where c.id = v_community),
    'shifts', coalesce((select jsonb_agg(to_jsonb(x) order by x.starts_at, x.title, x.id) from (
      select s.id, private.day_of(s.starts_at) as day, s.starts_at, s.ends_at, a.title, k.id as corps_id, k.color as corps_color, k.name as corps_name, pl.name as place_name,
        sum(r.capacity)::int as capacity, sum(private.live_taken(r))::int as taken, s.status = 'cancelled' as is_cancelled,
        exists (select 1 from public.series_occurrences o where o.community_id = s.community_id and o.shift_id = s.id) as is_series,
        (select case when g.status = 'offered' and g.offer_expires_at <= private.now() then 'lapsed' else g.status end from public.signups g
          where g.community_id = s.community_id and g.shift_id = s.id and g.person_id = v_me and g.status in ('applied', 'confirmed', 'waitlisted', 'offered', 'excused', 'attended', 'no_show')) as mine
      from public.shifts s
      join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
        and (a.status in ('published', 'finished', 'settled') or a.status = 'cancelled' and a.published_at is not null and a.status_reason is not null) and not a.registered_late
      join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
      join public.shift_roles r on r.community_id = s.community_id and r.shift_id = s.id
      left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
      where s.community_id = v_community
        and s.starts_at >= p_from::timestamp at time zone 'Asia/Shanghai' and s.starts_at < (p_to + 1)::timestamp at time zone 'Asia/Shanghai'
      group by s.community_id, s.id, a.id, a.title, k.id, k.color, k.name, pl.name
      order by s.starts_at limit 600) x), '[]'));
end $$;
comment on function public.community_calendar(uuid, date, date) is
  'The published shifts between two days (at most 62 apart, in Asia/Shanghai), for everybody: no person; signed in, the caller''s own sign-up with each. Error: field_invalid.';

-- ---------------------------------------------------------------- calendar feeds

create domain public."*/*" as text;
comment on domain public."*/*" is
  'What a function that returns it gives is the answer, whatever was asked for: calendar programs and curl ask for anything, and PostgREST would give them JSON. The function says its media type in response.headers.';

create table public.calendar_feeds (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  corps_id uuid,
  token_hash text not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, corps_id) references public.corps (community_id, id),
  constraint token_hash_is_sha256_in_hex check (token_hash ~ '^[0-9a-f]{64}$')
);
create unique index calendar_feed_address_is_secret_and_unique on public.calendar_feeds (token_hash);
create unique index one_live_feed_per_person_and_corps on public.calendar_feeds (community_id, person_id, coalesce(corps_id, '00000000-0000-0000-0000-000000000000')) where revoked_at is null;
create index calendar_feeds_by_person on public.calendar_feeds (community_id, person_id);
create index calendar_feeds_by_corps on public.calendar_feeds (community_id, corps_id);
comment on table public.calendar_feeds is
  'Addresses of calendar feeds: of one''s own shifts, or of a corps. The phone makes the secret and sends its SHA-256 only, so nobody but its owner ever held the address.';
comment on column public.calendar_feeds.token_hash is 'personal data: SHA-256 of the secret in the address';

create function public.rotate_calendar_feed(p_community_id uuid, p_id uuid, p_token_hash text, p_corps_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'rotate_calendar_feed', jsonb_build_object('hash', p_token_hash, 'corps', p_corps_id));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_token_hash is null or p_token_hash !~ '^[0-9a-f]{64}$' then perform private.fail(400, 'field_invalid', '{"field":"token_hash"}'); end if;
  if p_corps_id is not null and not exists (select 1 from public.corps c where c.community_id = p_community_id and c.id = p_corps_id and c.closed_on is null) then perform private.fail(404, 'corps_unknown'); end if;
  perform 1 from public.persons p where p.community_id = p_community_id and p.id = v_ctx.person_id for no key update;
  if exists (select 1 from public.calendar_feeds f where f.token_hash = p_token_hash or f.community_id = p_community_id and f.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  update public.calendar_feeds set revoked_at = private.now()
    where community_id = p_community_id and person_id = v_ctx.person_id and corps_id is not distinct from p_corps_id and revoked_at is null;
  insert into public.calendar_feeds (community_id, id, person_id, corps_id, token_hash, created_at)
    values (p_community_id, p_id, v_ctx.person_id, p_corps_id, p_token_hash, private.now());
  return private.end_command(v_ctx, 'calendar_feeds', p_id, jsonb_build_object('id', p_id));
end $$;
comment on function public.rotate_calendar_feed(uuid, uuid, text, uuid) is
  'A new secret address for the feed of one''s own shifts, or of a corps; the one before stops working. p_id is the feed; the caller made the secret and sends its SHA-256. Errors: corps_unknown, id_reused, field_invalid.';

create function public.revoke_calendar_feed(p_community_id uuid, p_id uuid, p_feed_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'revoke_calendar_feed', jsonb_build_object('feed', p_feed_id));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  update public.calendar_feeds set revoked_at = private.now()
    where community_id = p_community_id and id = p_feed_id and person_id = v_ctx.person_id and revoked_at is null;
  if not found then perform private.fail(404, 'feed_unknown'); end if;
  return private.end_command(v_ctx, 'calendar_feeds', p_feed_id, jsonb_build_object('id', p_feed_id));
end $$;
comment on function public.revoke_calendar_feed(uuid, uuid, uuid) is 'Closes a feed address of one''s own. Error: feed_unknown.';

create function public.my_calendar_feeds(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  return jsonb_build_object(
    'feeds', coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'corps_id', f.corps_id, 'created_at', f.created_at) order by f.created_at)
      from public.calendar_feeds f where f.community_id = p_community_id and f.person_id = v_me and f.revoked_at is null), '[]'),
    'corps', coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'color', k.color) order by d.sort, k.name) from public.corps k
      join public.dictionaries d on d.kind = 'corps_color' and d.code = k.color where k.community_id = p_community_id and k.closed_on is null), '[]'));
end $$;
comment on function public.my_calendar_feeds(uuid) is 'The caller''s live feed addresses (never the secrets), and the corps one can subscribe to. Errors: not_signed_in, not_a_member.';

create function private.ics_text(p_text text)
returns text language sql immutable parallel safe set search_path = '' as $$
  select regexp_replace(replace(replace(replace(replace(coalesce(p_text, ''), '\', '\\'), ';', '\;'), ',', '\,'), E'\r', ''), '\n', '\\n', 'g')
$$;
comment on function private.ics_text(text) is 'A text as RFC 5545 writes it: backslash, semicolon, comma and line break escaped.';

create function private.ics_fold(p_line text)
returns text language plpgsql immutable parallel safe set search_path = '' as $$
declare
  v_out text := '';
  v_part text := '';
  v_char text;
begin
  if octet_length(convert_to(p_line, 'UTF8')) <= 75 then return p_line; end if;
  foreach v_char in array string_to_array(p_line, null) loop
    if octet_length(convert_to(v_part || v_char, 'UTF8')) > (case when v_out = '' then 75 else 74 end) then
      v_out := v_out || v_part || E'\r\n ';
      v_part := '';
    end if;
    v_part := v_part || v_char;
  end loop;
  return v_out || v_part;
end $$;
comment on function private.ics_fold(text) is 'Lines over 75 bytes go on after a line break and a space (RFC 5545); a character is never cut.';

create function private.ics_local(p_at timestamptz)
returns text language sql immutable parallel safe set search_path = '' as $$
  select ';TZID=Asia/Shanghai:' || to_char(p_at at time zone 'Asia/Shanghai', 'YYYYMMDD"T"HH24MISS')
$$;

create function private.ics_event(p_id uuid, p_title text, p_starts_at timestamptz, p_ends_at timestamptz, p_location text, p_description text, p_status text)
returns text language sql stable set search_path = '' as $$
  select string_agg(private.ics_fold(line), E'\r\n' order by n) from unnest(array[
    'BEGIN:VEVENT', 'UID:' || p_id || '@sanlian',
    'DTSTAMP:' || to_char(private.now() at time zone 'UTC', 'YYYYMMDD"T"HH24MISS"Z"'),
    'DTSTART' || private.ics_local(p_starts_at), 'DTEND' || private.ics_local(p_ends_at),
    'SUMMARY:' || private.ics_text(p_title), 'LOCATION:' || private.ics_text(p_location), 'DESCRIPTION:' || private.ics_text(p_description),
    'STATUS:' || p_status, 'END:VEVENT']) with ordinality as x (line, n) where line not in ('LOCATION:', 'DESCRIPTION:')
$$;
comment on function private.ics_event(uuid, text, timestamptz, timestamptz, text, text, text) is
  'One VEVENT in the zone of the community. Its UID is that of the single-shift file, so that whoever has both has one entry, and a moved shift moves.';

create function public.ical_feed(token text, apikey text default null)
returns public."*/*" language plpgsql stable security definer set search_path = '' as $$
declare
  v_feed public.calendar_feeds;
  v_name text;
  v_events text;
begin
  select f.* into v_feed from public.calendar_feeds f
    where f.token_hash = encode(sha256(convert_to(coalesce(token, ''), 'UTF8')), 'hex') and f.revoked_at is null
      and exists (select 1 from public.account_persons ap where ap.community_id = f.community_id and ap.person_id = f.person_id and ap.status = 'active')
      and exists (select 1 from public.persons p where p.community_id = f.community_id and p.id = f.person_id and p.status = 'active');
  if not found then perform private.fail(404, 'feed_unknown'); end if;
  select c.name || ' · ' || coalesce(k.name, '我的班次') into v_name from public.communities c
    left join public.corps k on k.community_id = c.id and k.id = v_feed.corps_id where c.id = v_feed.community_id;
  select string_agg(private.ics_event(s.id, a.title, s.starts_at, s.ends_at, concat_ws(' ', pl.name, pl.address, a.meeting_point), a.risk_note,
      case when s.status = 'cancelled' then 'CANCELLED' when g.status in ('waitlisted', 'offered', 'applied') then 'TENTATIVE' else 'CONFIRMED' end), E'\r\n' order by s.starts_at, s.id) into v_events
    from public.shifts s
    join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
    left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
    left join public.signups g on v_feed.corps_id is null and g.community_id = s.community_id and g.shift_id = s.id and g.person_id = v_feed.person_id
      and (g.status in ('applied', 'confirmed', 'waitlisted', 'offered', 'attended') or g.status = 'cancelled' and s.status = 'cancelled')
    where s.community_id = v_feed.community_id and s.starts_at > private.now() - interval '60 days' and s.starts_at < private.now() + interval '400 days'
      and case when v_feed.corps_id is null then g.id is not null
        else a.corps_id = v_feed.corps_id and (a.status in ('published', 'finished', 'settled') or a.status = 'cancelled' and a.published_at is not null) and not a.registered_late end;
  perform set_config('response.headers', '[{"Content-Type": "text/calendar; charset=utf-8"}]', true);
  return concat_ws(E'\r\n', 'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Sanlian//Calendar//ZH', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH',
    private.ics_fold('X-WR-CALNAME:' || private.ics_text(v_name)), 'X-WR-TIMEZONE:Asia/Shanghai', 'REFRESH-INTERVAL;VALUE=DURATION:PT4H', 'X-PUBLISHED-TTL:PT4H',
    'BEGIN:VTIMEZONE', 'TZID:Asia/Shanghai', 'BEGIN:STANDARD', 'DTSTART:19910915T000000', 'TZOFFSETFROM:+0800', 'TZOFFSETTO:+0800', 'TZNAME:CST', 'END:STANDARD', 'END:VTIMEZONE',
    v_events, 'END:VCALENDAR') || E'\r\n';
end $$;
comment on function public.ical_feed(text, text) is
  'A calendar for calendar programs, over GET /rest/v1/rpc/ical_feed?token=…&apikey=…: a person''s own shifts, or the published ones of a corps. The token is the permission; apikey is the gateway''s and not looked at (a gateway may pass it on). Unknown, revoked, or its owner left: feed_unknown.';

create function private.tg_persons__erase_calendar()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from public.calendar_feeds where community_id = new.community_id and person_id = new.id;
  update public.series_people set left_at = private.now() where community_id = new.community_id and person_id = new.id and left_at is null;
  return null;
end $$;
comment on function private.tg_persons__erase_calendar() is 'Feeds of an erased person close, and no series counts on the person any more.';
create trigger tg_persons__erase_calendar after update of status on public.persons
  for each row when (new.status = 'erased' and old.status <> 'erased') execute function private.tg_persons__erase_calendar();

-- ---------------------------------------------------------------- policies and grants

alter table public.activity_series enable row level security;
alter table public.series_occurrences enable row level security;
alter table public.series_people enable row level security;
alter table public.calendar_rules enable row level security;
alter table public.calendar_drafts enable row level security;
alter table public.calendar_feeds enable row level security;
grant select on public.activity_series, public.series_occurrences, public.series_people, public.calendar_rules, public.calendar_drafts, public.calendar_feeds to authenticated;
create policy select_as_leader on public.activity_series for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and corps_id = any(array(select private.my_scopes('corps_leader')))
    and (community_id, corps_id) in (select k.community_id, k.scope_id from private.my_scope_keys('corps_leader') k))
  or community_id = any(array(select private.office_communities())));
create policy select_with_series on public.series_occurrences for select to authenticated using (
  community_id = any(array(select private.my_communities())) and (community_id, series_id) in (select s.community_id, s.id from public.activity_series s));
create policy select_own_or_with_series on public.series_people for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.my_communities())) and (community_id, series_id) in (select s.community_id, s.id from public.activity_series s));
create policy select_as_office on public.calendar_rules for select to authenticated using (community_id = any(array(select private.office_communities())));
create policy select_as_office on public.calendar_drafts for select to authenticated using (community_id = any(array(select private.office_communities())));
create policy select_own on public.calendar_feeds for select to authenticated using (
  community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k));

do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as signature, n.nspname, p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname || '.' || p.proname = any (array['private.is_in_series', 'private.forget_occurrence', 'private.series_days', 'private.series_from_json',
        'private.roles_with_ids', 'private.make_occurrence', 'private.sign_up_fixed', 'private.sign_up_fixed_people', 'private.require_series_leader', 'private.template_of',
        'private.put_series', 'private.active_signups', 'private.change_roles', 'private.change_occurrence', 'private.is_to_come', 'private.status_for_new',
        'private.tell_fixed_people', 'private.cadence', 'private.rule_days', 'private.ics_text', 'private.ics_fold', 'private.ics_local', 'private.ics_event',
        'private.tg_persons__erase_calendar', 'public.create_series', 'public.edit_series', 'public.submit_series', 'public.end_series', 'public.set_series_people',
        'public.leave_series', 'public.list_series', 'public.series_detail', 'public.my_series', 'public.publish_activities', 'public.save_calendar_rule',
        'public.make_calendar_drafts', 'public.calendar_desk', 'public.community_calendar', 'public.rotate_calendar_feed', 'public.revoke_calendar_feed',
        'public.my_calendar_feeds', 'public.ical_feed']) loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
    if f.nspname = 'public' then execute format('grant execute on function %s to authenticated', f.signature); end if;
  end loop;
end $$;
grant execute on function public.community_calendar(uuid, date, date), public.ical_feed(text, text) to anon;
