-- Attendance: the member's short-lived code, check-in, check-out, confirmation, service records and their points.

create table private.member_code_secrets (
  community_id uuid not null,
  person_id uuid not null,
  secret bytea not null,
  primary key (community_id, person_id),
  foreign key (community_id, person_id) references public.persons (community_id, id)
);
create table private.member_code_uses (
  community_id uuid not null,
  person_id uuid not null,
  counter bigint not null,
  primary key (community_id, person_id, counter),
  foreign key (community_id, person_id) references public.persons (community_id, id)
);
alter table private.member_code_secrets enable row level security;
alter table private.member_code_uses enable row level security;
comment on table private.member_code_secrets is 'The seed of a person''s rotating code (HMAC-SHA256, 30 s, six digits, RFC 4226 truncation).';
comment on table private.member_code_uses is 'Codes already used: each counts once.';

create table public.attendances (
  community_id uuid not null,
  id uuid not null,
  shift_id uuid not null,
  person_id uuid not null,
  status text not null check (status in ('checked_in', 'checked_out', 'confirmed', 'credited')),
  checked_in_at timestamptz not null,
  checked_in_via text not null check (checked_in_via in ('code', 'leader')),
  checked_in_by uuid not null,
  checked_out_at timestamptz,
  checked_out_via text check (checked_out_via in ('code', 'leader')),
  checked_out_by uuid,
  minutes int,
  confirmed_at timestamptz,
  confirmed_by uuid,
  in_received_at timestamptz,
  out_received_at timestamptz,
  ahead_seconds int not null default 0,
  asked_at timestamptz,
  left_claimed_at timestamptz,
  left_claimed_by uuid,
  primary key (community_id, id),
  foreign key (community_id, id) references public.signups (community_id, id),
  foreign key (community_id, shift_id) references public.shifts (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, checked_in_by) references public.persons (community_id, id),
  foreign key (community_id, checked_out_by) references public.persons (community_id, id),
  foreign key (community_id, confirmed_by) references public.persons (community_id, id),
  foreign key (community_id, left_claimed_by) references public.persons (community_id, id),
  constraint out_is_after_in check (checked_out_at is null or checked_out_at >= checked_in_at),
  constraint nobody_confirms_oneself check (confirmed_by is null or confirmed_by <> person_id)
);
create index attendances_by_shift on public.attendances (community_id, shift_id);
create index attendances_by_person on public.attendances (community_id, person_id);
create index attendances_by_in on public.attendances (community_id, checked_in_by);
create index attendances_by_out on public.attendances (community_id, checked_out_by);
create index attendances_by_confirmer on public.attendances (community_id, confirmed_by);
create index attendances_by_claimer on public.attendances (community_id, left_claimed_by);
create index attendances_by_time on public.attendances (community_id, checked_in_at);
comment on table public.attendances is 'checked_in → checked_out → confirmed → credited; id = the signup''s. A mistake is reversed and redone, never edited.';
comment on column public.attendances.in_received_at is 'When the server heard of it; checked_in_at is when it was scanned. The difference is the wait of an offline scan.';
comment on column public.attendances.ahead_seconds is 'By how much the scanner''s clock ran ahead of the server''s, for the spot check.';
comment on column public.attendances.left_claimed_at is 'When the volunteer says to have left, asked after a forgotten check-out: a claim until the leader confirms or corrects it.';

create table public.service_records (
  community_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  activity_id uuid not null,
  shift_id uuid not null,
  signup_id uuid,
  service_date date not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  minutes int not null,
  provenance text not null check (provenance in ('scanned', 'leader_confirmed', 'backfilled', 'imported')),
  confirmed_by uuid not null,
  confirmed_at timestamptz not null,
  reverses_id uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, activity_id) references public.activities (community_id, id),
  foreign key (community_id, shift_id) references public.shifts (community_id, id),
  foreign key (community_id, signup_id) references public.signups (community_id, id),
  foreign key (community_id, confirmed_by) references public.persons (community_id, id),
  foreign key (community_id, reverses_id) references public.service_records (community_id, id),
  constraint nobody_confirms_own_service check (confirmed_by <> person_id),
  constraint only_scanned_or_confirmed_hours_need_a_signup check (signup_id is not null or provenance in ('backfilled', 'imported')),
  constraint minutes_are_at_most_480 check (abs(minutes) <= 480 and (minutes >= 0) = (reverses_id is null))
);
create unique index a_record_is_reversed_once on public.service_records (community_id, reverses_id) where reverses_id is not null;
create index service_records_by_person on public.service_records (community_id, person_id, service_date);
create index service_records_by_activity on public.service_records (community_id, activity_id);
create index service_records_by_shift on public.service_records (community_id, shift_id);
create index service_records_by_signup on public.service_records (community_id, signup_id);
create index service_records_by_confirmer on public.service_records (community_id, confirmed_by);
create trigger tg_service_records__append_only before update or delete on public.service_records for each row execute function private.tg_append_only();
comment on table public.service_records is 'Hours actually served (民政部令第67号): minutes are the server''s, provenance is kept, append-only. Points never change them.';

-- ---------------------------------------------------------------- codes

create function private.code_digits(p_secret bytea, p_counter bigint)
returns text language plpgsql immutable set search_path = '' as $$
declare
  v_mac bytea := extensions.hmac(int8send(p_counter), p_secret, 'sha256');
  v_offset int := get_byte(v_mac, 31) & 15;
begin
  return lpad(((((get_byte(v_mac, v_offset) & 127)::bigint << 24) | (get_byte(v_mac, v_offset + 1) << 16)
    | (get_byte(v_mac, v_offset + 2) << 8) | get_byte(v_mac, v_offset + 3)) % 1000000)::text, 6, '0');
end $$;
comment on function private.code_digits(bytea, bigint) is 'RFC 4226 six digits over HMAC-SHA256; the counter is epoch seconds / 30.';

create function public.my_member_code(p_community_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.me(p_community_id);
  v_person uuid := coalesce(p_for_person_id, v_me);
  v_secret bytea;
begin
  if (select auth.uid()) is null then perform private.fail(401, 'not_signed_in'); end if;
  if v_me is null then perform private.fail(403, 'not_a_member'); end if;
  if v_person <> v_me and not private.helps(p_community_id, v_me, v_person) then perform private.fail(403, 'not_allowed'); end if;
  insert into private.member_code_secrets (community_id, person_id, secret)
    values (p_community_id, v_person, extensions.gen_random_bytes(32)) on conflict do nothing;
  select s.secret into v_secret from private.member_code_secrets s where s.community_id = p_community_id and s.person_id = v_person;
  return jsonb_build_object('person_id', v_person, 'secret', encode(v_secret, 'hex'), 'server_time', private.now(), 'period_seconds', 30);
end $$;
comment on function public.my_member_code(uuid, uuid) is
  'The seed of the caller''s rotating code, so that the phone can show it without network; of a person one helps, too. The server''s time comes with it. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.rotate_member_code(p_community_id uuid, p_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'rotate_member_code', '{}');
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  update private.member_code_secrets set secret = extensions.gen_random_bytes(32) where community_id = p_community_id and person_id = v_ctx.person_id;
  return private.end_command(v_ctx, 'persons', v_ctx.person_id, '{}');
end $$;
comment on function public.rotate_member_code(uuid, uuid) is 'A new code seed, for a lost phone; the old codes are worthless at once.';

create function private.person_of_code(p_community_id uuid, p_shift_id uuid, p_code text, p_at timestamptz)
returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  v_now_counter bigint := floor(extract(epoch from p_at) / 30);
  v_match uuid[];
  v_counter bigint;
  v_person uuid;
  v_digits text := regexp_replace(normalize(coalesce(p_code, ''), nfkc), '\s', '', 'g');
begin
  -- SLM1:<person>:<counter>:<digits> when scanned, six digits when typed.
  if v_digits ~ '^SLM1:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9]{6,12}:[0-9]{6}$' then
    v_person := split_part(v_digits, ':', 2)::uuid;
    v_counter := split_part(v_digits, ':', 3)::bigint;
    v_digits := split_part(v_digits, ':', 4);
    if not exists (select 1 from private.member_code_secrets s where s.community_id = p_community_id and s.person_id = v_person
        and private.code_digits(s.secret, v_counter) = v_digits) then
      perform private.fail(422, 'code_invalid');
    end if;
    if abs(v_counter - v_now_counter) > 1 then perform private.fail(422, 'code_expired'); end if;
  elsif v_digits ~ '^[0-9]{6}$' then
    select array_agg(distinct s.person_id), max(c.counter) into v_match, v_counter
      from public.signups g
      join private.member_code_secrets s on s.community_id = g.community_id and s.person_id = g.person_id
      cross join generate_series(v_now_counter - 1, v_now_counter + 1) as c (counter)
      where g.community_id = p_community_id and g.shift_id = p_shift_id and g.status in ('confirmed', 'attended')
        and private.code_digits(s.secret, c.counter) = v_digits;
    if v_match is null then perform private.fail(422, 'code_invalid'); end if;
    if cardinality(v_match) > 1 then perform private.fail(409, 'code_ambiguous'); end if;
    v_person := v_match[1];
  else
    perform private.fail(400, 'code_invalid');
  end if;
  insert into private.member_code_uses (community_id, person_id, counter) values (p_community_id, v_person, v_counter) on conflict do nothing;
  if not found then perform private.fail(409, 'code_used'); end if;
  return v_person;
end $$;
comment on function private.person_of_code(uuid, uuid, text, timestamptz) is
  'Whose code this is, judged at the moment it was scanned; each code counts once. Errors: code_invalid, code_expired, code_ambiguous, code_used.';

create function private.attendance_frame(p_ctx private.command_context, p_shift_id uuid, p_code text, p_signup_id uuid, p_at timestamptz,
  out signup public.signups, out shift public.shifts, out at timestamptz, out ahead_seconds int)
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_person uuid;
begin
  select * into shift from public.shifts s where s.community_id = p_ctx.community_id and s.id = p_shift_id;
  if shift.id is null then perform private.fail(404, 'shift_unknown'); end if;
  if not private.leads_shift(p_ctx.community_id, p_ctx.person_id, p_shift_id) then perform private.fail(403, 'not_allowed'); end if;
  at := coalesce(p_at, private.now());
  if at > private.now() + interval '2 minutes' then perform private.fail(422, 'time_in_the_future'); end if;
  if at < private.now() - interval '48 hours' then perform private.fail(422, 'scan_too_old'); end if;
  ahead_seconds := greatest(0, ceil(extract(epoch from at - private.now())))::int;
  at := least(at, private.now());
  if p_code is not null and not private.module_is_on(p_ctx.community_id, 'scan_checkin') then
    perform private.fail(422, 'scan_switched_off');
  end if;
  perform private.lock_shift(p_shift_id);
  if p_code is not null then
    v_person := private.person_of_code(p_ctx.community_id, p_shift_id, p_code, at);
    select * into signup from public.signups g where g.community_id = p_ctx.community_id and g.shift_id = p_shift_id
      and g.person_id = v_person and g.status in ('confirmed', 'attended') for update;
    if signup.id is null then perform private.fail(404, 'not_signed_up'); end if;
  else
    select * into signup from public.signups g where g.community_id = p_ctx.community_id and g.shift_id = p_shift_id and g.id = p_signup_id
      and g.status in ('confirmed', 'attended') for update;
    if signup.id is null then perform private.fail(404, 'signup_unknown'); end if;
    if private.is_party_to(p_ctx.community_id, p_ctx.person_id, signup.person_id) then perform private.fail(403, 'own_attendance'); end if;
  end if;
end $$;
comment on function private.attendance_frame(private.command_context, uuid, text, uuid, timestamptz) is
  'What check-in and check-out share: the leader''s right, the judged time, the shift lock, the signup found by code or by hand.';

create function private.with_name(p_community_id uuid, p_result jsonb)
returns jsonb language sql stable security definer set search_path = '' as $$
  select p_result || jsonb_build_object('display_name', (select p.display_name from public.persons p
    where p.community_id = p_community_id and p.id = (p_result ->> 'person_id')::uuid))
$$;
comment on function private.with_name(uuid, jsonb) is 'An answer with the person''s name, which the audit row must not keep.';

create function public.check_in(p_community_id uuid, p_id uuid, p_shift_id uuid, p_code text default null, p_signup_id uuid default null, p_at timestamptz default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'check_in',
    jsonb_build_object('shift', p_shift_id, 'code', p_code, 'signup', p_signup_id, 'at', p_at));
  f record;
begin
  if v_ctx.replayed is not null then return private.with_name(p_community_id, v_ctx.replayed); end if;
  select * into f from private.attendance_frame(v_ctx, p_shift_id, p_code, p_signup_id, p_at);
  if (f.shift).status <> 'open' then perform private.fail(409, 'shift_not_open'); end if;
  if f.at < (f.shift).starts_at - make_interval(mins => private.setting_int(p_community_id, 'check_in_opens_minutes', 60)) then
    perform private.fail(422, 'check_in_too_early', jsonb_build_object('opens_at', (f.shift).starts_at - make_interval(mins => private.setting_int(p_community_id, 'check_in_opens_minutes', 60))));
  end if;
  if f.at >= (f.shift).ends_at then perform private.fail(422, 'shift_ended'); end if;
  if exists (select 1 from public.attendances t where t.community_id = p_community_id and t.id = (f.signup).id) then
    perform private.fail(409, 'already_checked_in');
  end if;
  insert into public.attendances (community_id, id, shift_id, person_id, status, checked_in_at, checked_in_via, checked_in_by, in_received_at, ahead_seconds)
    values (p_community_id, (f.signup).id, p_shift_id, (f.signup).person_id, 'checked_in', f.at, case when p_code is null then 'leader' else 'code' end, v_ctx.person_id,
      private.now(), f.ahead_seconds);
  return private.with_name(p_community_id, private.end_command(v_ctx, 'attendances', (f.signup).id,
    jsonb_build_object('signup_id', (f.signup).id, 'person_id', (f.signup).person_id, 'status', 'checked_in', 'at', f.at),
    jsonb_build_object('shift_id', p_shift_id), (f.signup).person_id));
end $$;
comment on function public.check_in(uuid, uuid, uuid, text, uuid, timestamptz) is
  'The leader checks a member in: by code (scanned text or six digits) or by hand (signup id). p_at = when it was scanned, for a scan made offline (≤ 48 h ago). Errors: shift_unknown, not_allowed, signup_unknown, not_signed_up, own_attendance, code_invalid, code_expired, code_ambiguous, code_used, check_in_too_early {opens_at}, shift_ended, shift_not_open, already_checked_in, time_in_the_future, scan_too_old, scan_switched_off (a community may do without scanning).';

create function private.served_minutes(p_community_id uuid, p_shift public.shifts, p_in timestamptz, p_out timestamptz)
returns int language sql stable security definer set search_path = '' as $$
  select greatest(0, floor(extract(epoch from
    least(p_out, p_shift.ends_at + make_interval(mins => private.setting_int(p_community_id, 'overtime_minutes', 30)))
    - greatest(p_in, p_shift.starts_at)) / 60))::int
$$;
comment on function private.served_minutes(uuid, public.shifts, timestamptz, timestamptz) is
  'Minutes are the server''s: from the later of start and check-in to the earlier of check-out and the end plus the agreed overtime.';

create function private.countable_minutes(p_community_id uuid, p_person_id uuid, p_from timestamptz, p_minutes int)
returns int language plpgsql stable security definer set search_path = '' as $$
declare
  v_at timestamptz := p_from;
  v_to timestamptz := p_from + make_interval(mins => p_minutes);
  v_midnight timestamptz;
  v_used numeric;
  v_part numeric;
  v_sum numeric := 0;
begin
  -- A shift over midnight belongs to two days in Shanghai; each of them holds 480 minutes of a person.
  while v_at < v_to loop
    v_midnight := (private.day_of(v_at) + 1)::timestamp at time zone 'Asia/Shanghai';
    select coalesce(sum(extract(epoch from least(r.ends_at, v_midnight) - greatest(r.starts_at, v_midnight - interval '1 day'))), 0) into v_used
      from public.service_records r
      where r.community_id = p_community_id and r.person_id = p_person_id and r.reverses_id is null
        and r.starts_at < v_midnight and r.ends_at > v_midnight - interval '1 day'
        and not exists (select 1 from public.service_records x where x.community_id = r.community_id and x.reverses_id = r.id);
    v_part := extract(epoch from least(v_to, v_midnight) - v_at);
    v_sum := v_sum + least(v_part, greatest(28800 - v_used, 0));
    exit when v_used + v_part > 28800;
    v_at := v_midnight;
  end loop;
  return least(floor(v_sum / 60), 480);
end $$;
comment on function private.countable_minutes(uuid, uuid, timestamptz, int) is
  'How many of the minutes from a moment on still fit into 480 a day (Asia/Shanghai), without a gap; the rest is cut off at the end.';

create function private.records_overlap(p_community_id uuid, p_person_id uuid, p_from timestamptz, p_to timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select 1 from public.service_records r where r.community_id = p_community_id and r.person_id = p_person_id and r.reverses_id is null
    and r.starts_at < p_to and r.ends_at > p_from
    and not exists (select 1 from public.service_records x where x.community_id = r.community_id and x.reverses_id = r.id));
end $$;
comment on function private.records_overlap(uuid, uuid, timestamptz, timestamptz) is 'Whether a person has hours in this time that nobody took back.';

create function public.check_out(p_community_id uuid, p_id uuid, p_shift_id uuid, p_code text default null, p_signup_id uuid default null, p_at timestamptz default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'check_out',
    jsonb_build_object('shift', p_shift_id, 'code', p_code, 'signup', p_signup_id, 'at', p_at));
  f record;
  t public.attendances;
  v_minutes int;
begin
  if v_ctx.replayed is not null then return private.with_name(p_community_id, v_ctx.replayed); end if;
  select * into f from private.attendance_frame(v_ctx, p_shift_id, p_code, p_signup_id, p_at);
  select * into t from public.attendances a where a.community_id = p_community_id and a.id = (f.signup).id for update;
  if t.id is null then perform private.fail(409, 'not_checked_in'); end if;
  if t.status <> 'checked_in' then perform private.fail(409, 'already_checked_out'); end if;
  if f.at < t.checked_in_at then perform private.fail(422, 'out_before_in'); end if;
  -- By hand and long after the end nobody knows when they left: it is asked, not assumed.
  if p_code is null and f.at > (f.shift).ends_at + make_interval(mins => private.setting_int(p_community_id, 'overtime_minutes', 30)) then
    perform private.fail(422, 'check_out_is_asked');
  end if;
  v_minutes := private.served_minutes(p_community_id, f.shift, t.checked_in_at, f.at);
  update public.attendances set status = 'checked_out', checked_out_at = f.at, checked_out_by = v_ctx.person_id, minutes = v_minutes,
      out_received_at = private.now(), ahead_seconds = greatest(ahead_seconds, f.ahead_seconds),
      checked_out_via = case when p_code is null then 'leader' else 'code' end
    where community_id = p_community_id and id = t.id;
  return private.with_name(p_community_id, private.end_command(v_ctx, 'attendances', t.id,
    jsonb_build_object('signup_id', t.id, 'person_id', t.person_id, 'status', 'checked_out', 'at', f.at, 'minutes', v_minutes),
    jsonb_build_object('shift_id', p_shift_id), t.person_id));
end $$;
comment on function public.check_out(uuid, uuid, uuid, text, uuid, timestamptz) is
  'The leader checks a member out; minutes come from the server. Errors: as check_in, and not_checked_in, already_checked_out, out_before_in, check_out_is_asked (by hand after the end and the overtime: answer_check_out or settle_check_out says when they left).';

create function public.confirm_attendance(p_community_id uuid, p_id uuid, p_shift_id uuid, p_signup_ids uuid[] default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'confirm_attendance',
    jsonb_build_object('shift', p_shift_id, 'signups', p_signup_ids));
  v_activity public.activities;
  t public.attendances;
  v_shift public.shifts;
  v_done jsonb := '[]';
  v_skipped jsonb := '[]';
  v_skip text;
  v_from timestamptz;
  v_to timestamptz;
  v_minutes int;
  v_day date;
  v_day_minutes int;
  v_countable int;
  v_record uuid;
  v_points int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_few(p_signup_ids);
  select * into v_shift from public.shifts s where s.community_id = p_community_id and s.id = p_shift_id;
  if not found then perform private.fail(404, 'shift_unknown'); end if;
  if not private.leads_shift(p_community_id, v_ctx.person_id, p_shift_id) then perform private.fail(403, 'not_allowed'); end if;
  select * into v_activity from public.activities a where a.community_id = p_community_id and a.id = v_shift.activity_id;
  if not v_activity.is_volunteer_service then perform private.fail(422, 'not_volunteer_service'); end if;
  perform private.lock_shift(p_shift_id);
  perform 1 from public.persons p join public.attendances a on a.community_id = p.community_id and a.person_id = p.id
    where a.community_id = p_community_id and a.shift_id = p_shift_id and a.status = 'checked_out' order by p.id for no key update of p;
  for t in select * from public.attendances a where a.community_id = p_community_id and a.shift_id = p_shift_id
      and a.status in ('checked_in', 'checked_out') and (p_signup_ids is null or a.id = any(p_signup_ids)) order by a.person_id
  loop
    v_skip := null;
    v_from := greatest(t.checked_in_at, v_shift.starts_at);
    v_day := private.day_of(v_from);
    v_minutes := t.minutes;
    if t.status = 'checked_in' then v_skip := 'not_checked_out';
    elsif private.is_party_to(p_community_id, v_ctx.person_id, t.person_id) then v_skip := 'own_attendance';
    elsif v_minutes < 1 then v_skip := 'no_minutes';
    else
      v_to := v_from + make_interval(mins => v_minutes);
      v_countable := private.countable_minutes(p_community_id, t.person_id, v_from, v_minutes);
      if private.records_overlap(p_community_id, t.person_id, v_from, v_to) then v_skip := 'records_overlap';
      elsif v_countable < 1 then v_skip := 'day_is_full';
      end if;
    end if;
    if v_skip = 'not_checked_out' and t.asked_at is null and private.now() >= v_shift.ends_at then
      update public.attendances set asked_at = private.now() where community_id = p_community_id and id = t.id;
      perform private.notify(p_community_id, t.person_id, 'check_out_asked',
        jsonb_build_object('title', v_activity.title, 'starts_at', v_shift.starts_at), '/shifts/mine');
    end if;
    if v_skip is not null then
      v_skipped := v_skipped || jsonb_build_object('signup_id', t.id, 'reason', v_skip);
      continue;
    end if;
    v_minutes := v_countable;
    select coalesce(sum(r.minutes), 0) into v_day_minutes from public.service_records r
      where r.community_id = p_community_id and r.person_id = t.person_id and r.service_date = v_day;
    v_record := private.new_id();
    insert into public.service_records (community_id, id, person_id, activity_id, shift_id, signup_id, service_date, starts_at, ends_at, minutes, provenance, confirmed_by, confirmed_at)
      values (p_community_id, v_record, t.person_id, v_activity.id, p_shift_id, t.id, v_day, v_from, v_from + make_interval(mins => v_minutes), v_minutes,
        case when t.checked_in_via = 'code' and t.checked_out_via = 'code' then 'scanned' else 'leader_confirmed' end, v_ctx.person_id, private.now());
    v_points := private.post_service_points(p_community_id, private.new_id(), t.person_id, v_record, v_day, v_minutes, v_day_minutes, v_ctx.person_id);
    update public.attendances set status = 'credited', confirmed_at = private.now(), confirmed_by = v_ctx.person_id where community_id = p_community_id and id = t.id;
    update public.signups set status = 'attended' where community_id = p_community_id and id = t.id;
    perform private.notify(p_community_id, t.person_id, 'service_credited',
      jsonb_build_object('title', v_activity.title, 'minutes', v_minutes, 'points', v_points), '/me/service');
    v_done := v_done || jsonb_build_object('signup_id', t.id, 'minutes', v_minutes, 'points', v_points);
  end loop;
  perform private.award_ratings(p_community_id, p_shift_id, v_ctx.person_id);
  if jsonb_array_length(v_done) = 0 and jsonb_array_length(v_skipped) = 0 then perform private.fail(409, 'nothing_to_confirm'); end if;
  return private.end_command(v_ctx, 'shifts', p_shift_id, jsonb_build_object('credited', v_done, 'skipped', v_skipped));
end $$;
comment on function public.confirm_attendance(uuid, uuid, uuid, uuid[]) is
  'The leader confirms all (or the named) checked-out members at once: a service record and points by V01 for each. {credited:[{signup_id,minutes,points}], skipped:[{signup_id,reason}]}; reasons: not_checked_out (after the end the person is asked when they left), own_attendance, no_minutes, records_overlap, day_is_full. Errors: too_many_rows {max}, shift_unknown, not_allowed, not_volunteer_service, nothing_to_confirm.';

-- ---------------------------------------------------------------- a forgotten check-out is asked, never assumed

create function public.answer_check_out(p_community_id uuid, p_id uuid, p_signup_id uuid, p_left_at timestamptz)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'answer_check_out', jsonb_build_object('signup', p_signup_id, 'at', p_left_at));
  t public.attendances;
  v_shift public.shifts;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into t from public.attendances a where a.community_id = p_community_id and a.id = p_signup_id for update;
  if not found or (t.person_id <> v_ctx.person_id and not private.helps(p_community_id, v_ctx.person_id, t.person_id)) then perform private.fail(404, 'signup_unknown'); end if;
  if t.status <> 'checked_in' then perform private.fail(409, 'already_checked_out'); end if;
  select * into v_shift from public.shifts s where s.community_id = p_community_id and s.id = t.shift_id;
  if private.now() < v_shift.ends_at then perform private.fail(422, 'shift_not_ended', jsonb_build_object('ends_at', v_shift.ends_at)); end if;
  perform private.require_left_at(p_left_at, t.checked_in_at);
  update public.attendances set left_claimed_at = p_left_at, left_claimed_by = v_ctx.person_id where community_id = p_community_id and id = p_signup_id;
  return private.end_command(v_ctx, 'attendances', p_signup_id, jsonb_build_object('signup_id', p_signup_id, 'left_claimed_at', p_left_at), '{}', t.person_id);
end $$;
comment on function public.answer_check_out(uuid, uuid, uuid, timestamptz) is
  'Whoever forgot to check out (or a linked helper) says when they left: a claim, nothing is credited before the leader confirms or corrects it. Errors: signup_unknown, already_checked_out, shift_not_ended {ends_at}, field_required, out_before_in, time_in_the_future.';

create function private.require_left_at(p_left_at timestamptz, p_in timestamptz)
returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if p_left_at is null then perform private.fail(400, 'field_required', '{"field":"left_at"}'); end if;
  if p_left_at < p_in then perform private.fail(422, 'out_before_in'); end if;
  if p_left_at > private.now() then perform private.fail(422, 'time_in_the_future'); end if;
end $$;
comment on function private.require_left_at(timestamptz, timestamptz) is 'A time of leaving somebody states: after coming, not in the future. Errors: field_required, out_before_in, time_in_the_future.';

create function public.settle_check_out(p_community_id uuid, p_id uuid, p_signup_id uuid, p_left_at timestamptz default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'settle_check_out', jsonb_build_object('signup', p_signup_id, 'at', p_left_at));
  t public.attendances;
  v_shift public.shifts;
  v_left timestamptz;
  v_minutes int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into t from public.attendances a where a.community_id = p_community_id and a.id = p_signup_id;
  if not found or not private.leads_shift(p_community_id, v_ctx.person_id, t.shift_id) then perform private.fail(404, 'signup_unknown'); end if;
  if private.is_party_to(p_community_id, v_ctx.person_id, t.person_id) then perform private.fail(403, 'own_attendance'); end if;
  perform private.lock_shift(t.shift_id);
  select * into t from public.attendances a where a.community_id = p_community_id and a.id = p_signup_id for update;
  if not found then perform private.fail(409, 'not_checked_in'); end if;
  if t.status <> 'checked_in' then perform private.fail(409, 'already_checked_out'); end if;
  select * into v_shift from public.shifts s where s.community_id = p_community_id and s.id = t.shift_id;
  if private.now() < v_shift.ends_at then perform private.fail(422, 'shift_not_ended', jsonb_build_object('ends_at', v_shift.ends_at)); end if;
  v_left := coalesce(p_left_at, t.left_claimed_at);
  perform private.require_left_at(v_left, t.checked_in_at);
  v_minutes := private.served_minutes(p_community_id, v_shift, t.checked_in_at, v_left);
  update public.attendances set status = 'checked_out', checked_out_at = v_left, checked_out_via = 'leader', checked_out_by = v_ctx.person_id,
      out_received_at = private.now(), minutes = v_minutes
    where community_id = p_community_id and id = p_signup_id;
  if v_left is distinct from t.left_claimed_at then
    perform private.notify(p_community_id, t.person_id, 'check_out_settled', jsonb_build_object('left_at', v_left,
      'title', (select a.title from public.activities a where a.community_id = p_community_id and a.id = v_shift.activity_id)), '/shifts/mine');
  end if;
  return private.end_command(v_ctx, 'attendances', p_signup_id,
    jsonb_build_object('signup_id', p_signup_id, 'status', 'checked_out', 'at', v_left, 'minutes', v_minutes), jsonb_build_object('claimed', t.left_claimed_at), t.person_id);
end $$;
comment on function public.settle_check_out(uuid, uuid, uuid, timestamptz) is
  'The leader (or the office) says when somebody left who was not checked out: the claimed time as it is, or a corrected one, which the person is told. The hours then are leader_confirmed. {signup_id, status, at, minutes}. Errors: signup_unknown, own_attendance, not_checked_in, already_checked_out, shift_not_ended {ends_at}, field_required, out_before_in, time_in_the_future.';

alter table public.attendances enable row level security;
alter table public.service_records enable row level security;
grant select on public.attendances, public.service_records to authenticated;
create policy select_own_or_as_leader on public.attendances for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities()))
  or (community_id, shift_id) in (select s.community_id, s.id from public.shifts s join public.activities a
       on a.community_id = s.community_id and a.id = s.activity_id where (a.community_id, a.corps_id) in (select k.community_id, k.scope_id from private.my_scope_keys('corps_leader') k)));
create policy select_own_or_as_leader on public.service_records for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities()))
  or (community_id, activity_id) in (select a.community_id, a.id from public.activities a where (a.community_id, a.corps_id) in (select k.community_id, k.scope_id from private.my_scope_keys('corps_leader') k)));
