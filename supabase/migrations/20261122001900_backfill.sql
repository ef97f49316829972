-- Honest hours: back-fill past two reviewers, where hours come from, spot checks, and a false record proved.

insert into private.setting_keys (key, kind, area, sort, unit, min_value, max_value, default_value) values
  ('backfill_days', 'number', 'volunteers', 40, 'days', 7, 180, 30);

-- ---------------------------------------------------------------- back-fill

create table public.backfills (
  community_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  activity_id uuid not null,
  shift_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  evidence text,
  status text not null default 'filed' check (status in ('filed', 'passed_once', 'passed', 'refused', 'withdrawn')),
  filed_at timestamptz not null,
  filed_by uuid not null,
  first_reviewed_at timestamptz,
  first_reviewed_by uuid,
  closed_at timestamptz,
  closed_by uuid,
  reason text,
  record_id uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, activity_id) references public.activities (community_id, id),
  foreign key (community_id, shift_id) references public.shifts (community_id, id),
  foreign key (community_id, filed_by) references public.persons (community_id, id),
  foreign key (community_id, first_reviewed_by) references public.persons (community_id, id),
  foreign key (community_id, closed_by) references public.persons (community_id, id),
  foreign key (community_id, record_id) references public.service_records (community_id, id),
  constraint backfilled_time_is_at_most_eight_hours check (ends_at - starts_at between interval '1 minute' and interval '8 hours'),
  constraint the_first_reviewer_is_neither_beneficiary_nor_filer check (first_reviewed_by is null or (first_reviewed_by <> person_id and first_reviewed_by <> filed_by)),
  constraint two_different_reviewers_pass_it check (status <> 'passed' or (closed_by is not null and first_reviewed_by is not null and closed_by <> first_reviewed_by
    and closed_by <> person_id and closed_by <> filed_by and record_id is not null)),
  constraint a_refusal_says_why check (status <> 'refused' or closed_by is not null)
);
create unique index one_open_backfill_per_person_and_shift on public.backfills (community_id, shift_id, person_id) where status in ('filed', 'passed_once');
create index backfills_by_person on public.backfills (community_id, person_id);
create index backfills_by_activity on public.backfills (community_id, activity_id);
create index backfills_by_shift on public.backfills (community_id, shift_id);
create index backfills_by_filer on public.backfills (community_id, filed_by);
create index backfills_by_first_reviewer on public.backfills (community_id, first_reviewed_by);
create index backfills_by_closer on public.backfills (community_id, closed_by);
create index backfills_by_record on public.backfills (community_id, record_id);
comment on table public.backfills is
  'Hours of a past shift without a scan: filed → passed_once → passed | refused | withdrawn. Two different reviewers, neither the beneficiary nor the one who filed it; hours yes, points none (rules.md).';
comment on column public.backfills.evidence is 'personal data: free text';
comment on column public.backfills.reason is 'personal data: free text';

alter table public.backfills enable row level security;
grant select on public.backfills to authenticated;
create policy select_own_or_as_leader on public.backfills for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or (community_id = any(array(select private.my_communities())) and (community_id, filed_by) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.office_communities()))
  or (community_id, activity_id) in (select a.community_id, a.id from public.activities a where (a.community_id, a.corps_id) in (select k.community_id, k.scope_id from private.my_scope_keys('corps_leader') k)));

create function private.require_backfillable(p_community_id uuid, p_person_id uuid, p_shift public.shifts, p_starts_at timestamptz, p_ends_at timestamptz)
returns void language plpgsql stable security definer set search_path = '' as $$
declare
  v_minutes int;
begin
  if exists (select 1 from public.attendances t where t.community_id = p_community_id and t.shift_id = p_shift.id and t.person_id = p_person_id
      and t.status in ('checked_in', 'checked_out')) then
    perform private.fail(409, 'backfill_has_attendance');
  end if;
  if private.records_overlap(p_community_id, p_person_id, p_starts_at, p_ends_at) then perform private.fail(409, 'backfill_overlaps'); end if;
  v_minutes := floor(extract(epoch from p_ends_at - p_starts_at) / 60);
  if private.countable_minutes(p_community_id, p_person_id, p_starts_at, v_minutes) < v_minutes then perform private.fail(422, 'backfill_day_is_full'); end if;
end $$;
comment on function private.require_backfillable(uuid, uuid, public.shifts, timestamptz, timestamptz) is
  'What must hold when it is filed and still when it is passed. Errors: backfill_has_attendance, backfill_overlaps, backfill_day_is_full.';

create function public.backfill_service(p_community_id uuid, p_id uuid, p_shift_id uuid, p_starts_at timestamptz, p_ends_at timestamptz, p_evidence text,
  p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'backfill_service',
    jsonb_build_object('shift', p_shift_id, 'from', p_starts_at, 'to', p_ends_at, 'evidence', p_evidence, 'for', p_for_person_id));
  v_person uuid := coalesce(p_for_person_id, v_ctx.person_id);
  v_shift public.shifts;
  v_activity public.activities;
  v_days int := private.setting_int(p_community_id, 'backfill_days');
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_shift from public.shifts s where s.community_id = p_community_id and s.id = p_shift_id and s.status = 'open';
  if not found then perform private.fail(404, 'shift_unknown'); end if;
  select * into v_activity from public.activities a where a.community_id = p_community_id and a.id = v_shift.activity_id;
  if v_activity.status not in ('published', 'finished', 'settled') then perform private.fail(404, 'shift_unknown'); end if;
  if v_person <> v_ctx.person_id and not private.helps(p_community_id, v_ctx.person_id, v_person)
     and not private.leads_shift(p_community_id, v_ctx.person_id, p_shift_id) then
    perform private.fail(403, 'not_allowed');
  end if;
  if not v_activity.is_volunteer_service then perform private.fail(422, 'not_volunteer_service'); end if;
  if not exists (select 1 from public.volunteers v where v.community_id = p_community_id and v.id = v_person and v.status <> 'left') then perform private.fail(422, 'not_a_volunteer'); end if;
  if private.now() < v_shift.ends_at then perform private.fail(422, 'shift_not_ended', jsonb_build_object('ends_at', v_shift.ends_at)); end if;
  if private.now() > v_shift.ends_at + make_interval(days => v_days) then perform private.fail(422, 'backfill_too_late', jsonb_build_object('days', v_days)); end if;
  if p_starts_at is null or p_ends_at is null then perform private.fail(400, 'field_required', '{"field":"time"}'); end if;
  if p_starts_at < v_shift.starts_at or p_ends_at > v_shift.ends_at + make_interval(mins => private.setting_int(p_community_id, 'overtime_minutes', 30))
     or p_ends_at < p_starts_at + interval '1 minute' or p_ends_at > p_starts_at + interval '8 hours' then
    perform private.fail(422, 'outside_the_shift');
  end if;
  perform private.require_backfillable(p_community_id, v_person, v_shift, p_starts_at, p_ends_at);
  begin
    insert into public.backfills (community_id, id, person_id, activity_id, shift_id, starts_at, ends_at, evidence, filed_at, filed_by)
      values (p_community_id, p_id, v_person, v_shift.activity_id, p_shift_id, p_starts_at, p_ends_at, private.clean_text(p_evidence, 'evidence', 500),
        private.now(), v_ctx.person_id);
  exception when unique_violation then perform private.fail(409, 'backfill_waits');
  end;
  return private.end_command(v_ctx, 'backfills', p_id, jsonb_build_object('backfill_id', p_id, 'status', 'filed'), jsonb_build_object('shift_id', p_shift_id), v_person);
end $$;
comment on function public.backfill_service(uuid, uuid, uuid, timestamptz, timestamptz, text, uuid) is
  'Files hours of an ended shift that were not scanned, with what shows them: the volunteer, a linked helper, a leader of the corps, the office; within backfill_days of the end (30 by default). {backfill_id, status}. Errors: shift_unknown, not_allowed, not_volunteer_service, not_a_volunteer, shift_not_ended {ends_at}, backfill_too_late {days}, outside_the_shift, backfill_has_attendance, backfill_overlaps, backfill_day_is_full, backfill_waits, field_required.';

create function public.register_past_service(p_community_id uuid, p_id uuid, p_activity_id uuid, p_service jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'register_past_service', jsonb_build_object('id', p_activity_id, 's', p_service));
  v_days int := private.setting_int(p_community_id, 'backfill_days');
  v_starts timestamptz;
  v_ends timestamptz;
  v_shift uuid := private.new_id();
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_activity_id is null or jsonb_typeof(p_service) is distinct from 'object' then perform private.fail(400, 'field_required', '{"field":"service"}'); end if;
  perform private.require_short(p_service, 'service');
  perform private.check_activity_fields(v_ctx, p_service);
  begin
    v_starts := (p_service ->> 'starts_at')::timestamptz;
    v_ends := (p_service ->> 'ends_at')::timestamptz;
  exception when invalid_text_representation or invalid_datetime_format or datetime_field_overflow then perform private.fail(400, 'field_invalid', '{"field":"time"}');
  end;
  if v_starts is null or v_ends is null then perform private.fail(400, 'field_required', '{"field":"time"}'); end if;
  if not isfinite(v_starts) or not isfinite(v_ends) then perform private.fail(400, 'field_invalid', '{"field":"time"}'); end if;
  if v_ends - v_starts not between interval '15 minutes' and interval '12 hours' then perform private.fail(422, 'shift_length_invalid'); end if;
  if v_ends > private.now() then perform private.fail(422, 'shift_not_ended', jsonb_build_object('ends_at', v_ends)); end if;
  if v_ends < private.now() - make_interval(days => v_days) then perform private.fail(422, 'backfill_too_late', jsonb_build_object('days', v_days)); end if;
  perform pg_advisory_xact_lock(hashtextextended(p_activity_id::text, 4));
  if exists (select 1 from public.activities a where a.community_id = p_community_id and a.id = p_activity_id) then perform private.fail(409, 'id_reused'); end if;
  perform private.put_activity(v_ctx, p_activity_id, (select jsonb_object_agg(e.key, e.value) from jsonb_each(p_service) e
    where e.key in ('corps_id', 'title', 'summary', 'category', 'place_id', 'meeting_point')));
  update public.activities set status = 'finished', registered_late = true, risk_note = '事后登记，没有招募', published_by = v_ctx.person_id, published_at = private.now()
    where community_id = p_community_id and id = p_activity_id;
  insert into public.shifts (community_id, id, activity_id, starts_at, ends_at) values (p_community_id, v_shift, p_activity_id, v_starts, v_ends);
  insert into public.shift_roles (community_id, id, shift_id, name, capacity) values (p_community_id, private.new_id(), v_shift, 'helper', 1);
  return private.end_command(v_ctx, 'activities', p_activity_id, jsonb_build_object('id', p_activity_id, 'shift_id', v_shift));
end $$;
comment on function public.register_past_service(uuid, uuid, uuid, jsonb) is
  'A service that took place without a shift: {corps_id, title, category, place_id?, meeting_point?, summary?, starts_at, ends_at}, so that those who served file back-fills for it, each past two reviewers. Leaders of the corps, office; within backfill_days of its end. Nobody signs up for it, no calendar shows it, it brings nobody points. {id, shift_id}. Errors: corps_unknown, not_allowed, place_unknown, code_unknown, shift_length_invalid, shift_not_ended {ends_at}, backfill_too_late {days}, id_reused, field_*.';

create function public.review_backfill(p_community_id uuid, p_id uuid, p_backfill_id uuid, p_pass boolean, p_reason text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'review_backfill',
    jsonb_build_object('backfill', p_backfill_id, 'pass', p_pass, 'reason', p_reason));
  b public.backfills;
  v_shift public.shifts;
  v_signup public.signups;
  v_title text;
  v_reason text;
  v_status text;
  v_record uuid;
  v_minutes int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into b from public.backfills x where x.community_id = p_community_id and x.id = p_backfill_id;
  if not found or not private.leads_shift(p_community_id, v_ctx.person_id, b.shift_id) then perform private.fail(404, 'backfill_unknown'); end if;
  if p_pass is null then perform private.fail(400, 'field_required', '{"field":"pass"}'); end if;
  if private.is_party_to(p_community_id, v_ctx.person_id, b.person_id) or b.filed_by = v_ctx.person_id then perform private.fail(403, 'own_request'); end if;
  v_reason := private.clean_text(p_reason, 'reason', 200, not p_pass);
  perform private.lock_shift(b.shift_id);
  perform 1 from public.persons p where p.community_id = p_community_id and p.id = b.person_id for no key update;
  select * into b from public.backfills x where x.community_id = p_community_id and x.id = p_backfill_id for update;
  if b.status not in ('filed', 'passed_once') then perform private.fail(409, 'backfill_closed', jsonb_build_object('status', b.status)); end if;
  if p_pass and b.first_reviewed_by = v_ctx.person_id then perform private.fail(403, 'backfill_needs_another'); end if;
  v_status := case when not p_pass then 'refused' when b.status = 'filed' then 'passed_once' else 'passed' end;
  select a.title into v_title from public.activities a where a.community_id = p_community_id and a.id = b.activity_id;
  if v_status = 'passed_once' then
    update public.backfills set status = v_status, first_reviewed_at = private.now(), first_reviewed_by = v_ctx.person_id where community_id = p_community_id and id = p_backfill_id;
    return private.end_command(v_ctx, 'backfills', p_backfill_id, jsonb_build_object('backfill_id', p_backfill_id, 'status', v_status), '{}', b.person_id);
  end if;
  if v_status = 'passed' then
    select * into v_shift from public.shifts s where s.community_id = p_community_id and s.id = b.shift_id;
    perform private.require_backfillable(p_community_id, b.person_id, v_shift, b.starts_at, b.ends_at);
    v_record := private.new_id();
    v_minutes := floor(extract(epoch from b.ends_at - b.starts_at) / 60);
    -- Whoever was signed up and came after all is not missing any more.
    select * into v_signup from public.signups g where g.community_id = p_community_id and g.shift_id = b.shift_id and g.person_id = b.person_id
      and g.status in ('confirmed', 'no_show', 'attended') for update;
    if v_signup.status = 'no_show' then perform private.drop_strike(v_ctx, v_signup.id); end if;
    update public.signups set status = 'attended', ended_at = null, ended_by = null where community_id = p_community_id and id = v_signup.id and status <> 'attended';
    insert into public.service_records (community_id, id, person_id, activity_id, shift_id, signup_id, service_date, starts_at, ends_at, minutes, provenance, confirmed_by, confirmed_at)
      values (p_community_id, v_record, b.person_id, b.activity_id, b.shift_id, v_signup.id, private.day_of(b.starts_at), b.starts_at,
        b.starts_at + make_interval(mins => v_minutes), v_minutes, 'backfilled', v_ctx.person_id, private.now());
  end if;
  update public.backfills set status = v_status, closed_at = private.now(), closed_by = v_ctx.person_id, record_id = v_record, reason =
      case when (select p.status from public.persons p where p.community_id = p_community_id and p.id = b.person_id) <> 'erased' then v_reason end
    where community_id = p_community_id and id = p_backfill_id;
  perform private.notify(p_community_id, b.person_id, 'backfill_' || v_status, jsonb_build_object('title', v_title, 'minutes', v_minutes, 'reason', v_reason), '/me/backfills');
  return private.end_command(v_ctx, 'backfills', p_backfill_id,
    jsonb_build_object('backfill_id', p_backfill_id, 'status', v_status, 'record_id', v_record, 'minutes', v_minutes), '{}', b.person_id);
end $$;
comment on function public.review_backfill(uuid, uuid, uuid, boolean, text) is
  'A leader of the corps or the office passes a back-fill or refuses it with a reason. Passed by two different people, neither the beneficiary nor the one who filed it, it becomes a service record (backfilled, no points). {backfill_id, status, record_id, minutes}. Errors: backfill_unknown, own_request, backfill_closed {status}, backfill_needs_another, backfill_has_attendance, backfill_overlaps, backfill_day_is_full, field_required.';

create function public.withdraw_backfill(p_community_id uuid, p_id uuid, p_backfill_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'withdraw_backfill', jsonb_build_object('backfill', p_backfill_id));
  b public.backfills;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into b from public.backfills x where x.community_id = p_community_id and x.id = p_backfill_id for update;
  if not found or (v_ctx.person_id not in (b.person_id, b.filed_by) and not private.helps(p_community_id, v_ctx.person_id, b.person_id)) then
    perform private.fail(404, 'backfill_unknown');
  end if;
  if b.status not in ('filed', 'passed_once') then perform private.fail(409, 'backfill_closed', jsonb_build_object('status', b.status)); end if;
  update public.backfills set status = 'withdrawn', closed_at = private.now(), closed_by = v_ctx.person_id where community_id = p_community_id and id = p_backfill_id;
  return private.end_command(v_ctx, 'backfills', p_backfill_id, jsonb_build_object('backfill_id', p_backfill_id, 'status', 'withdrawn'), '{}', b.person_id);
end $$;
comment on function public.withdraw_backfill(uuid, uuid, uuid) is
  'Takes a back-fill back before it is decided: the beneficiary, a linked helper, the one who filed it. Errors: backfill_unknown, backfill_closed {status}.';

create function private.backfill_line(b public.backfills, p_me uuid)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('id', b.id, 'status', b.status, 'title', a.title, 'corps_color', k.color, 'corps_name', k.name, 'shift_id', b.shift_id,
    'starts_at', b.starts_at, 'ends_at', b.ends_at, 'minutes', floor(extract(epoch from b.ends_at - b.starts_at) / 60)::int, 'evidence', b.evidence,
    'filed_at', b.filed_at, 'closed_at', b.closed_at, 'reason', b.reason, 'person_id', b.person_id, 'name', p.display_name,
    'filed_by_name', private.staff_name(b.community_id, b.filed_by), 'first_reviewed_by_name', private.staff_name(b.community_id, b.first_reviewed_by),
    'closed_by_name', private.staff_name(b.community_id, b.closed_by),
    'may_review', b.status in ('filed', 'passed_once') and not private.is_party_to(b.community_id, p_me, b.person_id) and p_me <> b.filed_by and b.first_reviewed_by is distinct from p_me
      and private.leads_corps(b.community_id, p_me, a.corps_id),
    'may_withdraw', b.status in ('filed', 'passed_once') and (p_me in (b.person_id, b.filed_by) or private.helps(b.community_id, p_me, b.person_id)))
  from public.activities a
  join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
  join public.persons p on p.community_id = a.community_id and p.id = b.person_id
  where a.community_id = b.community_id and a.id = b.activity_id
$$;
comment on function private.backfill_line(public.backfills, uuid) is 'One back-fill as its readers see it; people by their masked or public name.';

create function public.my_backfills(p_community_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_person uuid := coalesce(p_for_person_id, v_me);
  v_days int := private.setting_int(p_community_id, 'backfill_days');
begin
  if v_person <> v_me and not private.helps(p_community_id, v_me, v_person) then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object('server_time', private.now(), 'days', v_days,
    'backfills', coalesce((select jsonb_agg(private.backfill_line(b, v_me) order by b.filed_at desc) from public.backfills b
      where b.community_id = p_community_id and b.person_id = v_person), '[]'),
    'shifts', coalesce((select jsonb_agg(to_jsonb(x) order by x.starts_at desc) from (
      select s.id, a.title, k.color as corps_color, s.starts_at, s.ends_at, exists (select 1 from public.signups g where g.community_id = s.community_id and g.shift_id = s.id
          and g.person_id = v_person and g.status in ('confirmed', 'no_show', 'excused')) as was_signed_up
      from public.shifts s join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
      join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
      where s.community_id = p_community_id and s.status = 'open' and a.status in ('published', 'finished', 'settled') and a.is_volunteer_service
        and s.ends_at <= private.now() and s.ends_at > private.now() - make_interval(days => v_days)
        and not exists (select 1 from public.attendances t where t.community_id = s.community_id and t.shift_id = s.id and t.person_id = v_person and t.status <> 'reversed')
        and not private.records_overlap(p_community_id, v_person, s.starts_at, s.ends_at)
      order by s.starts_at desc limit 100) x), '[]'));
end $$;
comment on function public.my_backfills(uuid, uuid) is
  'The caller''s (or a helped person''s) back-fills, and the ended shifts hours may still be filed for. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.backfill_desk(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_corps uuid[] := array(select private.scopes_of(p_community_id, v_me, 'corps_leader'));
  v_office boolean := private.is_office(p_community_id, v_me);
begin
  if not v_office and cardinality(v_corps) = 0 then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object('server_time', private.now(), 'days', private.setting_int(p_community_id, 'backfill_days'), 'backfills', coalesce((
    select jsonb_agg(x.line order by x.rank, x.filed_at desc) from (
      select private.backfill_line(b, v_me) as line, case when b.status in ('filed', 'passed_once') then 0 else 1 end as rank, b.filed_at
      from public.backfills b join public.activities a on a.community_id = b.community_id and a.id = b.activity_id
      where b.community_id = p_community_id and (v_office or a.corps_id = any(v_corps))
        and (b.status in ('filed', 'passed_once') or b.closed_at > private.now() - interval '60 days')
      order by 2, b.filed_at desc limit 200) x), '[]'));
end $$;
comment on function public.backfill_desk(uuid) is
  'Back-fills that wait for a reviewer and those of the last 60 days, for leaders (their corps) and the office; may_review says who may. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.backfill_choices(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_corps uuid[] := array(select private.scopes_of(p_community_id, v_me, 'corps_leader'));
  v_office boolean := private.is_office(p_community_id, v_me);
  v_days int := private.setting_int(p_community_id, 'backfill_days');
begin
  if not v_office and cardinality(v_corps) = 0 then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object('days', v_days, 'shifts', coalesce((select jsonb_agg(to_jsonb(x) order by x.starts_at desc, x.id) from (
    select s.id, a.title, a.corps_id, s.starts_at, s.ends_at,
      coalesce((select jsonb_agg(jsonb_build_object('person_id', g.person_id, 'name', pp.real_name) order by pp.name_key, g.person_id)
        from public.signups g join public.person_private pp on pp.community_id = g.community_id and pp.person_id = g.person_id
        where g.community_id = s.community_id and g.shift_id = s.id and g.status in ('confirmed', 'no_show', 'excused') and g.person_id <> v_me
          and not exists (select 1 from public.attendances t where t.community_id = g.community_id and t.id = g.id and t.status <> 'reversed')
          and not exists (select 1 from public.backfills b where b.community_id = g.community_id and b.shift_id = g.shift_id and b.person_id = g.person_id
            and b.status in ('filed', 'passed_once'))), '[]') as people
    from public.shifts s join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
    where s.community_id = p_community_id and s.status = 'open' and a.status in ('published', 'finished', 'settled') and a.is_volunteer_service
      and (v_office or a.corps_id = any(v_corps)) and s.ends_at <= private.now() and s.ends_at > private.now() - make_interval(days => v_days)
    order by s.starts_at desc limit 100) x), '[]'));
end $$;
comment on function public.backfill_choices(uuid) is
  'For who files hours on behalf of others, the leaders (their corps) and the office: the ended shifts hours may still be filed for, and who was on their lists without a scan. Anybody else is found by the volunteer number. Errors: not_signed_in, not_a_member, not_allowed.';

create function private.tg_persons__erase_backfill_texts()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.backfills set evidence = null, reason = null where community_id = new.community_id and person_id = new.id;
  update public.penalties set reason = null, note = null where community_id = new.community_id and person_id = new.id;
  return null;
end $$;
comment on function private.tg_persons__erase_backfill_texts() is 'Free text about an erased person goes with the name; hours and decisions stay.';
create trigger tg_persons__erase_backfill_texts after update of status on public.persons
  for each row when (new.status = 'erased' and old.status <> 'erased') execute function private.tg_persons__erase_backfill_texts();

-- ---------------------------------------------------------------- where hours come from

create function private.provenance_minutes(p_community_id uuid, p_person_id uuid, p_from date)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'scanned', coalesce(sum(r.minutes) filter (where r.provenance = 'scanned'), 0), 'leader_confirmed', coalesce(sum(r.minutes) filter (where r.provenance = 'leader_confirmed'), 0),
    'backfilled', coalesce(sum(r.minutes) filter (where r.provenance = 'backfilled'), 0), 'imported', coalesce(sum(r.minutes) filter (where r.provenance = 'imported'), 0))
  from public.service_records r where r.community_id = p_community_id and r.person_id = p_person_id and r.service_date >= p_from
$$;
comment on function private.provenance_minutes(uuid, uuid, date) is 'Minutes of a person since a day by where they come from, reversals taken off.';

create function public.hours_by_provenance(p_community_id uuid, p_from date default null, p_to date default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_corps uuid[] := array(select private.scopes_of(p_community_id, v_me, 'corps_leader'));
  v_office boolean := private.is_office(p_community_id, v_me);
  v_from date := coalesce(p_from, date_trunc('year', private.today())::date);
  v_to date := coalesce(p_to, private.today());
begin
  if not v_office and cardinality(v_corps) = 0 then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object('from', v_from, 'to', v_to, 'corps', coalesce((
    select jsonb_agg(to_jsonb(x) order by x.minutes desc, x.name) from (
      select k.id, k.name, k.color, sum(r.minutes)::int as minutes, (count(*) filter (where r.reverses_id is null) - count(*) filter (where r.reverses_id is not null))::int as records,
        coalesce(sum(r.minutes) filter (where r.provenance = 'scanned'), 0)::int as scanned,
        coalesce(sum(r.minutes) filter (where r.provenance = 'leader_confirmed'), 0)::int as leader_confirmed,
        coalesce(sum(r.minutes) filter (where r.provenance = 'backfilled'), 0)::int as backfilled,
        coalesce(sum(r.minutes) filter (where r.provenance = 'imported'), 0)::int as imported
      from public.service_records r
      join public.activities a on a.community_id = r.community_id and a.id = r.activity_id
      join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
      where r.community_id = p_community_id and r.service_date between v_from and v_to and (v_office or k.id = any(v_corps))
      group by k.id, k.name, k.color) x), '[]'));
end $$;
comment on function public.hours_by_provenance(uuid, date, date) is
  'Minutes of each corps by where they come from (scanned, leader_confirmed, backfilled, imported), for leaders (their corps) and the office; this year unless told. Errors: not_signed_in, not_a_member, not_allowed.';

-- ---------------------------------------------------------------- spot checks

create table public.spot_checks (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  flag_id uuid not null,
  kind text not null check (kind in ('two_places', 'over_day', 'few_people', 'mutual', 'clock_skew', 'late_confirm', 'by_hand')),
  verdict text not null check (verdict in ('fine', 'reversed')),
  reason text not null,
  at timestamptz not null,
  checked_by uuid not null,
  primary key (community_id, id),
  foreign key (community_id, checked_by) references public.persons (community_id, id),
  constraint a_flag_is_looked_at_once unique (community_id, flag_id)
);
create index spot_checks_by_checker on public.spot_checks (community_id, checked_by);
create trigger tg_spot_checks__append_only before update or delete on public.spot_checks for each row execute function private.tg_append_only();
comment on table public.spot_checks is '抽查: what the office found when it looked at something unusual. The flags themselves are computed when they are read.';
comment on column public.spot_checks.reason is 'personal data: none by rule; what was found, for the log';

alter table public.spot_checks enable row level security;
grant select on public.spot_checks to authenticated;
create policy select_as_office on public.spot_checks for select to authenticated using (community_id = any(array(select private.office_communities())));

create function private.spot_flags(p_community_id uuid, p_since timestamptz)
returns table (kind text, id uuid, at timestamptz, person_id uuid, other_id uuid, shift_id uuid, facts jsonb)
language sql stable security definer set search_path = '' as $$
  with att as (
    select t.*, s.starts_at, s.ends_at, a.title
    from public.attendances t
    join public.shifts s on s.community_id = t.community_id and s.id = t.shift_id
    join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
    where t.community_id = p_community_id and t.checked_in_at >= p_since and t.status <> 'reversed'
  ), live as (
    select r.* from public.service_records r
    where r.community_id = p_community_id and r.starts_at >= p_since and r.reverses_id is null
      and not exists (select 1 from public.service_records x where x.community_id = r.community_id and x.reverses_id = r.id)
  ), scans as (
    select t.shift_id, t.title, t.checked_in_by as scanned_by, 'in' as way, t.checked_in_at as seen, t.in_received_at as received, t.ahead_seconds from att t where t.in_received_at is not null
    union all
    select t.shift_id, t.title, t.checked_out_by, 'out', t.checked_out_at, t.out_received_at, t.ahead_seconds from att t where t.out_received_at is not null and t.checked_out_via = 'code'
  ), skew as (
    select x.shift_id, x.title, x.scanned_by, max(x.seen) as at, max(x.ahead_seconds) as ahead, max(extract(epoch from x.before - x.seen))::int as back
    from (select c.*, lag(c.seen) over (partition by c.shift_id, c.scanned_by, c.way order by c.received, c.seen) as before from scans c) x
    group by x.shift_id, x.title, x.scanned_by
  ), confirmed as (
    select r.confirmed_by, r.person_id, count(*)::int as n, max(r.confirmed_at) as last from live r
    where r.provenance in ('scanned', 'leader_confirmed') group by 1, 2
  ), shares as (
    select c.confirmed_by, sum(c.n)::int as n, max(c.last) as last, count(*)::int as people,
      (select sum(y.n) from (select z.n from confirmed z where z.confirmed_by = c.confirmed_by order by z.n desc limit 3) y)::int as top
    from confirmed c group by c.confirmed_by
  )
  select 'two_places', md5('two_places' || x.id || y.id)::uuid, greatest(x.checked_in_at, y.checked_in_at), x.person_id, null::uuid, y.shift_id,
      jsonb_build_object('first', x.title, 'second', y.title, 'first_from', x.checked_in_at, 'first_to', x.checked_out_at, 'second_from', y.checked_in_at, 'second_to', y.checked_out_at)
    from att x join att y on y.person_id = x.person_id and y.shift_id <> x.shift_id and (y.checked_in_at, y.id) > (x.checked_in_at, x.id)
      and y.checked_in_at < coalesce(x.checked_out_at, x.checked_in_at + interval '1 minute')
  union all
  select 'over_day', md5('over_day' || x.person_id || x.day)::uuid, x.last, x.person_id, null, null, jsonb_build_object('day', x.day, 'minutes', x.minutes)
    from (select u.person_id, u.day, sum(u.minutes)::int as minutes, max(u.at) as last from (
        select t.person_id, private.day_of(greatest(t.checked_in_at, t.starts_at)) as day, t.minutes, t.checked_out_at as at from att t where t.minutes is not null
        union all select r.person_id, r.service_date, r.minutes, r.ends_at from live r where r.provenance = 'backfilled') u
      group by 1, 2) x where x.minutes > 480
  union all
  select 'few_people', md5('few_people' || h.confirmed_by || to_char(private.day_of(h.last), 'YYYYMM'))::uuid, h.last, h.confirmed_by, null, null,
      jsonb_build_object('records', h.n, 'top', h.top, 'people', h.people)
    from shares h where h.n >= 8 and h.top >= 0.8 * h.n
  union all
  select 'mutual', md5('mutual' || c.confirmed_by || c.person_id || to_char(private.day_of(greatest(c.last, d.last)), 'YYYYMM'))::uuid, greatest(c.last, d.last),
      c.confirmed_by, c.person_id, null, jsonb_build_object('there', c.n, 'back', d.n)
    from confirmed c join confirmed d on d.confirmed_by = c.person_id and d.person_id = c.confirmed_by and c.confirmed_by < c.person_id
    where c.n >= 3 and d.n >= 3
  union all
  select 'clock_skew', md5('clock_skew' || k.shift_id || k.scanned_by)::uuid, k.at, k.scanned_by, null, k.shift_id,
      jsonb_build_object('title', k.title, 'seconds', greatest(k.ahead, k.back), 'ahead', k.ahead >= 30)
    from skew k where k.ahead >= 30 or k.back >= 60
  union all
  select 'late_confirm', md5('late_confirm' || x.shift_id || x.confirmed_by)::uuid, x.last, x.confirmed_by, null, x.shift_id,
      jsonb_build_object('title', x.title, 'people', x.people, 'days', x.days)
    from (select r.shift_id, r.confirmed_by, a.title, max(r.confirmed_at) as last, count(*)::int as people, max(private.day_of(r.confirmed_at) - private.day_of(s.ends_at)) as days
      from live r join public.shifts s on s.community_id = r.community_id and s.id = r.shift_id
      join public.activities a on a.community_id = r.community_id and a.id = r.activity_id
      where r.provenance in ('scanned', 'leader_confirmed') and private.day_of(r.confirmed_at) > private.day_of(s.ends_at) + 13
        and private.day_of(r.confirmed_at) > private.add_workdays(private.day_of(s.ends_at), 10)
      group by r.shift_id, r.confirmed_by, a.title) x
  union all
  select 'by_hand', md5('by_hand' || x.shift_id)::uuid, x.last, x.by_hand_of, null, x.shift_id, jsonb_build_object('title', x.title, 'people', x.people, 'by_hand', x.by_hand)
    from (select t.shift_id, t.title, max(t.checked_in_at) as last, count(*)::int as people, mode() within group (order by t.checked_in_by) as by_hand_of,
        count(*) filter (where t.checked_in_via = 'leader' or t.checked_out_via = 'leader')::int as by_hand
      from att t group by t.shift_id, t.title) x
    where x.people >= 5 and x.by_hand >= 0.8 * x.people and private.module_is_on(p_community_id, 'scan_checkin')
$$;
comment on function private.spot_flags(uuid, timestamptz) is
  'What looks unusual since a moment, computed when read (no job): somebody at two places, over 480 minutes a day, a leader who confirms the same few, two who confirm each other, a scanner''s clock that ran ahead or back, confirmation after the ten workdays, nearly everybody by hand. person_id is whom it is about. The id of a flag stays the same, so that one looked at stays looked at.';

create function private.spot_horizon()
returns timestamptz language plpgsql stable set search_path = '' as $$
begin
  return (private.today() - 400)::timestamp at time zone 'Asia/Shanghai';
end $$;
comment on function private.spot_horizon() is 'How far back a spot check looks.';

create function private.records_of_flag(p_community_id uuid, p_kind text, p_person_id uuid, p_other_id uuid, p_shift_id uuid, p_facts jsonb, p_since timestamptz)
returns setof public.service_records language sql stable security definer set search_path = '' as $$
  select r.* from public.service_records r
  where r.community_id = p_community_id and r.reverses_id is null and r.starts_at >= p_since - interval '1 day'
    and not exists (select 1 from public.service_records x where x.community_id = r.community_id and x.reverses_id = r.id)
    and case p_kind
      when 'two_places' then r.person_id = p_person_id and r.starts_at < coalesce((p_facts ->> 'second_to')::timestamptz, (p_facts ->> 'second_from')::timestamptz + interval '12 hours')
        and r.ends_at > (p_facts ->> 'first_from')::timestamptz
      when 'over_day' then r.person_id = p_person_id and r.service_date = (p_facts ->> 'day')::date
      when 'few_people' then r.confirmed_by = p_person_id
      when 'mutual' then (r.confirmed_by, r.person_id) in ((p_person_id, p_other_id), (p_other_id, p_person_id))
      when 'by_hand' then r.shift_id = p_shift_id and r.provenance = 'leader_confirmed'
      else r.shift_id = p_shift_id end
  order by r.starts_at desc limit 60
$$;

create function private.why_not_spot_check(p_community_id uuid, p_me uuid, p_kind text, p_person_id uuid, p_other_id uuid, p_shift_id uuid, p_facts jsonb)
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  if private.is_party_to(p_community_id, p_me, p_person_id) or private.is_party_to(p_community_id, p_me, p_other_id) then return 'own_request'; end if;
  if exists (select 1 from private.records_of_flag(p_community_id, p_kind, p_person_id, p_other_id, p_shift_id, p_facts, private.spot_horizon()) r
      left join public.attendances t on t.community_id = r.community_id and t.id = r.signup_id
      where p_me in (r.confirmed_by, t.checked_in_by, t.checked_out_by)) then
    return 'confirmed_it_oneself';
  end if;
  return null;
end $$;
comment on function private.why_not_spot_check(uuid, uuid, text, uuid, uuid, uuid, jsonb) is
  'Why somebody of the office leaves a flag to a colleague: it is about them or whom they help, or they checked in, out or confirmed there; or null.';

create function public.spot_check_desk(p_community_id uuid, p_days int default 60)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_since timestamptz;
begin
  if not private.is_office(p_community_id, v_me) then perform private.fail(403, 'not_allowed'); end if;
  if p_days is null or p_days not between 1 and 400 then perform private.fail(400, 'field_invalid', '{"field":"days"}'); end if;
  v_since := (private.today() - p_days)::timestamp at time zone 'Asia/Shanghai';
  return jsonb_build_object('server_time', private.now(),
    'flags', coalesce((select jsonb_agg(to_jsonb(x) order by x.at desc, x.id) from (
      select f.kind, f.id, f.at, f.shift_id, f.facts, private.staff_name(p_community_id, f.person_id) as name, private.staff_name(p_community_id, f.other_id) as other_name,
        private.why_not_spot_check(p_community_id, v_me, f.kind, f.person_id, f.other_id, f.shift_id, f.facts) as why_not,
        coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'name', p.display_name, 'title', a.title, 'starts_at', r.starts_at, 'ends_at', r.ends_at,
              'minutes', r.minutes, 'provenance', r.provenance, 'is_mine', r.person_id = v_me) order by r.starts_at desc, r.id)
            from private.records_of_flag(p_community_id, f.kind, f.person_id, f.other_id, f.shift_id, f.facts, v_since) r
            join public.persons p on p.community_id = r.community_id and p.id = r.person_id
            join public.activities a on a.community_id = r.community_id and a.id = r.activity_id), '[]') as records
      from private.spot_flags(p_community_id, v_since) f
      where not exists (select 1 from public.spot_checks c where c.community_id = p_community_id and c.flag_id = f.id)
      order by f.at desc, f.id limit 60) x), '[]'),
    'done', coalesce((select jsonb_agg(to_jsonb(x) order by x.at desc) from (
      select c.id, c.kind, c.verdict, c.reason, c.at, private.staff_name(p_community_id, c.checked_by) as checked_by
      from public.spot_checks c where c.community_id = p_community_id order by c.at desc limit 50) x), '[]'),
    'penalties', coalesce((select jsonb_agg(to_jsonb(x) order by x.proposed_at desc) from (
      select z.id, z.status, z.reason, z.note, z.proposed_at, z.decided_at, z.frozen_until, private.staff_name(p_community_id, z.proposed_by) as proposed_by,
        private.staff_name(p_community_id, z.decided_by) as decided_by, p.display_name as name, a.title, r.starts_at, r.minutes,
        z.status = 'proposed' and v_me <> z.proposed_by and not private.is_party_to(p_community_id, v_me, z.person_id) as may_decide,
        z.status = 'confirmed' and not private.is_party_to(p_community_id, v_me, z.person_id) and private.holds_office(p_community_id, v_me, array['community_secretary']) as may_lift
      from public.penalties z
      join public.persons p on p.community_id = z.community_id and p.id = z.person_id
      join public.service_records r on r.community_id = z.community_id and r.id = z.record_id
      join public.activities a on a.community_id = r.community_id and a.id = r.activity_id
      where z.community_id = p_community_id order by z.proposed_at desc limit 50) x), '[]'));
end $$;
comment on function public.spot_check_desk(uuid, int) is
  '抽查: what looks unusual in the last days and was not looked at yet, with the records concerned and why the caller leaves it to a colleague (why_not); what was found before; false records. Office staff. Errors: not_signed_in, not_a_member, not_allowed, field_invalid.';

create function public.review_spot_check(p_community_id uuid, p_id uuid, p_flag_id uuid, p_reason text, p_reverse uuid[] default '{}')
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'review_spot_check',
    jsonb_build_object('flag', p_flag_id, 'reason', p_reason, 'reverse', p_reverse));
  v_since timestamptz := private.spot_horizon();
  f record;
  v_why_not text;
  v_reason text;
  v_record uuid;
  v_done int := 0;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.is_office(p_community_id, v_ctx.person_id) then perform private.fail(403, 'not_allowed'); end if;
  select * into f from private.spot_flags(p_community_id, v_since) x where x.id = p_flag_id;
  if not found then perform private.fail(404, 'spot_check_unknown'); end if;
  v_why_not := private.why_not_spot_check(p_community_id, v_ctx.person_id, f.kind, f.person_id, f.other_id, f.shift_id, f.facts);
  if v_why_not is not null then perform private.fail(403, v_why_not); end if;
  perform private.require_few(p_reverse);
  v_reason := private.clean_text(p_reason, 'reason', 200);
  if exists (select 1 from public.spot_checks c where c.community_id = p_community_id and c.flag_id = p_flag_id) then perform private.fail(409, 'spot_check_done'); end if;
  -- Every shift before any person: taking back locks both, record by record.
  perform private.lock_shifts(array(select r.shift_id from public.service_records r where r.community_id = p_community_id and r.id = any(p_reverse) and r.shift_id is not null));
  for v_record in select r.id from private.records_of_flag(p_community_id, f.kind, f.person_id, f.other_id, f.shift_id, f.facts, v_since) r
      where r.id = any(p_reverse) order by r.shift_id, r.id loop
    perform private.reverse_record(v_ctx, private.new_id(), v_record, v_reason);
    v_done := v_done + 1;
  end loop;
  if v_done <> cardinality(coalesce(p_reverse, '{}')) then perform private.fail(404, 'record_unknown'); end if;
  insert into public.spot_checks (community_id, id, flag_id, kind, verdict, reason, at, checked_by)
    values (p_community_id, p_id, p_flag_id, f.kind, case when v_done > 0 then 'reversed' else 'fine' end, v_reason, private.now(), v_ctx.person_id);
  return private.end_command(v_ctx, 'spot_checks', p_id, jsonb_build_object('flag_id', p_flag_id, 'verdict', case when v_done > 0 then 'reversed' else 'fine' end, 'reversed', v_done));
exception when unique_violation then perform private.fail(409, 'spot_check_done'); return null;
end $$;
comment on function public.review_spot_check(uuid, uuid, uuid, text, uuid[]) is
  'The office has looked: all is fine, or the named records of the flag are taken back; with the reason, for the log. Never about oneself, nor records one checked in, checked out or confirmed. {flag_id, verdict, reversed}. Errors: not_allowed, spot_check_unknown, own_request, confirmed_it_oneself, too_many_rows {max}, spot_check_done, record_unknown, own_attendance, field_required.';

-- ---------------------------------------------------------------- a false record, proved (D04)

create table public.penalties (
  community_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  record_id uuid not null,
  status text not null default 'proposed' check (status in ('proposed', 'confirmed', 'dropped', 'lifted')),
  reason text,
  proposed_at timestamptz not null,
  proposed_by uuid not null,
  decided_at timestamptz,
  decided_by uuid,
  note text,
  frozen_until timestamptz,
  barred_year int,
  lifted_at timestamptz,
  lifted_by uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, record_id) references public.service_records (community_id, id),
  foreign key (community_id, proposed_by) references public.persons (community_id, id),
  foreign key (community_id, decided_by) references public.persons (community_id, id),
  foreign key (community_id, lifted_by) references public.persons (community_id, id),
  constraint two_people_decide_about_a_third check (proposed_by <> person_id and (decided_by is null or (decided_by <> person_id and decided_by <> proposed_by))),
  constraint a_confirmed_penalty_has_its_end check ((status in ('confirmed', 'lifted')) = (frozen_until is not null))
);
create unique index a_record_is_penalised_once on public.penalties (community_id, record_id) where status in ('proposed', 'confirmed');
create index penalties_by_person on public.penalties (community_id, person_id);
create index penalties_by_record on public.penalties (community_id, record_id);
create index penalties_by_proposer on public.penalties (community_id, proposed_by);
create index penalties_by_decider on public.penalties (community_id, decided_by);
create index penalties_by_lifter on public.penalties (community_id, lifted_by);
comment on table public.penalties is
  'D04, a proxy or false record that was proved: proposed by the secretary, decided by somebody else: the record reversed, −50, 90 days without sign-ups, no award that year. confirmed → lifted when it was wrong.';
comment on column public.penalties.reason is 'personal data: free text';
comment on column public.penalties.note is 'personal data: free text';

alter table public.penalties enable row level security;
grant select on public.penalties to authenticated;
create policy select_own_or_as_office on public.penalties for select to authenticated using (
  (status in ('confirmed', 'lifted') and community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.office_communities())));

create function private.frozen_until(p_community_id uuid, p_person_id uuid)
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
begin
  return (select max(z.frozen_until) from public.penalties z where z.community_id = p_community_id and z.person_id = p_person_id and z.status = 'confirmed');
end $$;
comment on function private.frozen_until(uuid, uuid) is 'Until when a false record keeps a person from signing up (D04), or null.';

create function private.is_barred_from_awards(p_community_id uuid, p_person_id uuid, p_year int)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.penalties z where z.community_id = p_community_id and z.person_id = p_person_id and z.status = 'confirmed' and z.barred_year = p_year)
$$;
comment on function private.is_barred_from_awards(uuid, uuid, int) is 'Whether a false record keeps a person from the awards of a year (D04).';

create function public.penalise_false_record(p_community_id uuid, p_id uuid, p_record_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'penalise_false_record', jsonb_build_object('record', p_record_id, 'reason', p_reason));
  v_record public.service_records;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.holds_office(p_community_id, v_ctx.person_id, array['community_secretary']) then perform private.fail(403, 'not_allowed'); end if;
  select * into v_record from public.service_records r where r.community_id = p_community_id and r.id = p_record_id and r.reverses_id is null;
  if not found then perform private.fail(404, 'record_unknown'); end if;
  if v_record.person_id = v_ctx.person_id then perform private.fail(403, 'own_request'); end if;
  if exists (select 1 from public.penalties z where z.community_id = p_community_id and z.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  begin
    insert into public.penalties (community_id, id, person_id, record_id, reason, proposed_at, proposed_by)
      values (p_community_id, p_id, v_record.person_id, p_record_id, private.clean_text(p_reason, 'reason', 300), private.now(), v_ctx.person_id);
  exception when unique_violation then perform private.fail(409, 'penalty_exists');
  end;
  return private.end_command(v_ctx, 'penalties', p_id, jsonb_build_object('penalty_id', p_id, 'status', 'proposed'), jsonb_build_object('record_id', p_record_id), v_record.person_id);
end $$;
comment on function public.penalise_false_record(uuid, uuid, uuid, text) is
  'The secretary proposes that a record was a proxy or false one (D04); nothing happens before somebody else of the office agrees. {penalty_id, status}. Errors: not_allowed, record_unknown, own_request, penalty_exists, field_required.';

create function public.decide_penalty(p_community_id uuid, p_id uuid, p_penalty_id uuid, p_confirm boolean, p_note text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'decide_penalty',
    jsonb_build_object('penalty', p_penalty_id, 'confirm', p_confirm, 'note', p_note));
  z public.penalties;
  v_record public.service_records;
  v_note text;
  v_until timestamptz;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.is_office(p_community_id, v_ctx.person_id) then perform private.fail(403, 'not_allowed'); end if;
  if p_confirm is null then perform private.fail(400, 'field_required', '{"field":"confirm"}'); end if;
  select * into z from public.penalties x where x.community_id = p_community_id and x.id = p_penalty_id;
  if not found then perform private.fail(404, 'penalty_unknown'); end if;
  if private.is_party_to(p_community_id, v_ctx.person_id, z.person_id) or v_ctx.person_id = z.proposed_by then perform private.fail(403, 'own_request'); end if;
  v_note := private.clean_text(p_note, 'note', 300);
  select * into v_record from public.service_records r where r.community_id = p_community_id and r.id = z.record_id;
  perform private.lock_shift(v_record.shift_id);
  select * into z from public.penalties x where x.community_id = p_community_id and x.id = p_penalty_id for update;
  if z.status <> 'proposed' then perform private.fail(409, 'penalty_decided'); end if;
  if not p_confirm then
    update public.penalties set status = 'dropped', decided_at = private.now(), decided_by = v_ctx.person_id, note = v_note where community_id = p_community_id and id = p_penalty_id;
    return private.end_command(v_ctx, 'penalties', p_penalty_id, jsonb_build_object('penalty_id', p_penalty_id, 'status', 'dropped'), '{}', z.person_id);
  end if;
  v_until := private.now() + interval '90 days';
  if not exists (select 1 from public.service_records r where r.community_id = p_community_id and r.reverses_id = z.record_id) then
    perform private.reverse_record(v_ctx, private.new_id(), z.record_id, z.reason);
  end if;
  update public.penalties set status = 'confirmed', decided_at = private.now(), decided_by = v_ctx.person_id, note = v_note, frozen_until = v_until,
      barred_year = extract(year from v_record.service_date)::int
    where community_id = p_community_id and id = p_penalty_id;
  perform private.award_points(p_community_id, z.person_id, 'D04', 'false_record', p_penalty_id, private.today(), '{}', v_ctx.person_id);
  perform private.notify(p_community_id, z.person_id, 'penalty_confirmed', jsonb_build_object('reason', z.reason, 'until_at', v_until), '/me/service');
  return private.end_command(v_ctx, 'penalties', p_penalty_id, jsonb_build_object('penalty_id', p_penalty_id, 'status', 'confirmed', 'frozen_until', v_until), '{}', z.person_id);
end $$;
comment on function public.decide_penalty(uuid, uuid, uuid, boolean, text) is
  'Somebody of the office who did not propose it agrees that a record was false, or drops it: the record reversed, −50 points, 90 days without sign-ups, no award of that year; the person is told. {penalty_id, status, frozen_until}. Errors: not_allowed, penalty_unknown, own_request, penalty_decided, field_required.';

create function public.lift_penalty(p_community_id uuid, p_id uuid, p_penalty_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'lift_penalty', jsonb_build_object('penalty', p_penalty_id, 'reason', p_reason));
  z public.penalties;
  v_reason text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.holds_office(p_community_id, v_ctx.person_id, array['community_secretary']) then perform private.fail(403, 'not_allowed'); end if;
  select * into z from public.penalties x where x.community_id = p_community_id and x.id = p_penalty_id for update;
  if not found then perform private.fail(404, 'penalty_unknown'); end if;
  if private.is_party_to(p_community_id, v_ctx.person_id, z.person_id) then perform private.fail(403, 'own_request'); end if;
  if z.status <> 'confirmed' then perform private.fail(409, 'penalty_decided'); end if;
  v_reason := private.clean_text(p_reason, 'reason', 300);
  update public.penalties set status = 'lifted', lifted_at = private.now(), lifted_by = v_ctx.person_id, note =
      case when (select p.status from public.persons p where p.community_id = p_community_id and p.id = z.person_id) <> 'erased' then v_reason end
    where community_id = p_community_id and id = p_penalty_id;
  perform private.reverse_award(p_community_id, 'false_record', p_penalty_id, p_id, v_ctx.person_id);
  perform private.notify(p_community_id, z.person_id, 'penalty_lifted', jsonb_build_object('reason', v_reason), '/me/service');
  return private.end_command(v_ctx, 'penalties', p_penalty_id, jsonb_build_object('penalty_id', p_penalty_id, 'status', 'lifted'), '{}', z.person_id);
end $$;
comment on function public.lift_penalty(uuid, uuid, uuid, text) is
  'The secretary takes a penalty back that turned out wrong: sign-ups open again and the points come back; the hours are redone by redo_attendance or a back-fill. Errors: not_allowed, penalty_unknown, own_request, penalty_decided, field_required.';

do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as signature from pg_proc p where p.pronamespace = 'private'::regnamespace and p.proname = any(array['require_backfillable', 'backfill_line',
      'tg_persons__erase_backfill_texts', 'provenance_minutes', 'spot_flags', 'spot_horizon', 'why_not_spot_check', 'records_of_flag', 'frozen_until', 'is_barred_from_awards']) loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
  end loop;
  for f in select p.oid::regprocedure as signature from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname = any(array['backfill_service', 'review_backfill',
      'withdraw_backfill', 'register_past_service', 'my_backfills', 'backfill_desk', 'backfill_choices', 'hours_by_provenance', 'spot_check_desk', 'review_spot_check', 'penalise_false_record', 'decide_penalty', 'lift_penalty']) loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
    execute format('grant execute on function %s to authenticated', f.signature);
  end loop;
end $$;
