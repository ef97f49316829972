-- Absences: being excused, not coming, the appeal against it, and the reversal of a service record.

create table public.strikes (
  community_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  signup_id uuid not null,
  at timestamptz not null,
  marked_by uuid not null,
  status text not null default 'active' check (status in ('active', 'appealed', 'upheld', 'cancelled')),
  appealed_at timestamptz,
  appeal_text text,
  answered_at timestamptz,
  answered_by uuid,
  answer text,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, signup_id) references public.signups (community_id, id),
  foreign key (community_id, marked_by) references public.persons (community_id, id),
  foreign key (community_id, answered_by) references public.persons (community_id, id),
  constraint nobody_marks_oneself check (marked_by <> person_id),
  constraint an_appeal_is_answered_by_somebody_else check (answered_by is null or (answered_by <> person_id and answered_by <> marked_by)),
  constraint an_upheld_strike_was_answered check (status <> 'upheld' or answered_at is not null)
);
create unique index a_signup_has_one_strike on public.strikes (community_id, signup_id) where status <> 'cancelled';
create index strikes_by_signup on public.strikes (community_id, signup_id);
create index strikes_by_person on public.strikes (community_id, person_id, at);
create index strikes_by_marker on public.strikes (community_id, marked_by);
create index strikes_by_answerer on public.strikes (community_id, answered_by);
comment on table public.strikes is
  'Somebody did not come and said nothing: active → appealed → upheld | cancelled. Three that count in 12 months pause sign-ups for 30 days; judged by time, no job.';
comment on column public.strikes.appeal_text is 'personal data: free text';
comment on column public.strikes.answer is 'personal data: free text';

alter table public.strikes enable row level security;
grant select on public.strikes to authenticated;
create policy select_own_or_as_office on public.strikes for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities())));

create table public.exemptions (
  community_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('illness', 'family', 'study', 'away', 'other')),
  from_day date not null,
  to_day date not null,
  note text,
  status text not null check (status in ('asked', 'granted', 'refused', 'ended')),
  asked_at timestamptz not null,
  asked_by uuid not null,
  answered_at timestamptz,
  answered_by uuid,
  answer text,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, asked_by) references public.persons (community_id, id),
  foreign key (community_id, answered_by) references public.persons (community_id, id),
  constraint an_exemption_lasts_up_to_a_year check (to_day between from_day and from_day + 366),
  constraint nobody_exempts_oneself check (answered_by is null or answered_by <> person_id or status = 'ended')
);
create index exemptions_by_person on public.exemptions (community_id, person_id, from_day);
create index exemptions_by_asker on public.exemptions (community_id, asked_by);
create index exemptions_by_answerer on public.exemptions (community_id, answered_by);
comment on table public.exemptions is
  'A dated time (illness, care at home, exams …) in which not coming brings no strike: asked → granted | refused; granted → ended. The health of a person is sensitive: the person, a linked helper and the office only.';
comment on column public.exemptions.kind is 'personal data: sensitive';
comment on column public.exemptions.note is 'personal data: free text';
comment on column public.exemptions.answer is 'personal data: free text';

alter table public.exemptions enable row level security;
grant select on public.exemptions to authenticated;
create policy select_own_or_as_office on public.exemptions for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities())));

create table public.attendance_reversals (
  community_id uuid not null,
  id uuid not null,
  signup_id uuid not null,
  person_id uuid not null,
  step text not null check (step in ('check_in', 'check_out', 'times', 'no_show', 'excuse', 'record')),
  before jsonb not null,
  reason text,
  at timestamptz not null,
  undone_by uuid not null,
  primary key (community_id, id),
  foreign key (community_id, signup_id) references public.signups (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, undone_by) references public.persons (community_id, id),
  constraint nobody_undoes_the_own_attendance check (undone_by <> person_id)
);
create index attendance_reversals_by_signup on public.attendance_reversals (community_id, signup_id);
create index attendance_reversals_by_person on public.attendance_reversals (community_id, person_id);
create index attendance_reversals_by_undoer on public.attendance_reversals (community_id, undone_by);
create trigger tg_attendance_reversals__append_only before delete or update of community_id, id, signup_id, person_id, step, before, at, undone_by
  on public.attendance_reversals for each row execute function private.tg_append_only();
comment on table public.attendance_reversals is 'What was undone of an attendance (a wrong check-in, check-out, time, absence), with all that stood there before: nothing is lost by a correction.';
comment on column public.attendance_reversals.reason is 'personal data: free text';

alter table public.attendance_reversals enable row level security;
grant select on public.attendance_reversals to authenticated;
create policy select_own_or_as_office on public.attendance_reversals for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities())));

create function private.tg_persons__erase_strike_texts()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.strikes set appeal_text = null, answer = null where community_id = new.community_id and person_id = new.id;
  update public.exemptions set note = null, answer = null, kind = 'other' where community_id = new.community_id and person_id = new.id;
  update public.attendance_reversals set reason = null where community_id = new.community_id and person_id = new.id;
  return null;
end $$;
comment on function private.tg_persons__erase_strike_texts() is 'What an erased person wrote and was answered goes with the name; that a strike was, stays.';
create trigger tg_persons__erase_strike_texts after update of status on public.persons
  for each row when (new.status = 'erased' and old.status <> 'erased') execute function private.tg_persons__erase_strike_texts();

-- A record taken back leaves its attendance as what it is: neither credited nor waiting to be.
alter table public.attendances drop constraint attendances_status_check;
alter table public.attendances add constraint attendances_status_check
  check (status in ('checked_in', 'checked_out', 'confirmed', 'credited', 'reversed')) not valid;
alter table public.attendances validate constraint attendances_status_check;
comment on table public.attendances is 'checked_in → checked_out → confirmed → credited → reversed; id = the signup''s. A mistake is reversed and redone, never edited.';

-- ---------------------------------------------------------------- what strikes do

create function private.strikes_pause_until(p_community_id uuid, p_person_id uuid)
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
begin
  return (select max(x.at) + interval '30 days' from (
    select k.at, lag(k.at, 2) over (order by k.at, k.id) as third_last from public.strikes k
    where k.community_id = p_community_id and k.person_id = p_person_id and k.status in ('active', 'upheld')) x
  where x.third_last > x.at - interval '12 months');
end $$;
comment on function private.strikes_pause_until(uuid, uuid) is
  'Until when strikes pause (or paused) a person''s sign-ups: 30 days from the third within 12 months; null when there never were three. A strike under appeal does not count.';

create function private.drop_strike(p_ctx private.command_context, p_signup_id uuid)
returns boolean language plpgsql volatile security definer set search_path = '' as $$
declare
  v_strike uuid;
begin
  update public.strikes k set status = 'cancelled'
    where k.community_id = p_ctx.community_id and k.signup_id = p_signup_id and k.status in ('active', 'appealed') returning k.id into v_strike;
  if v_strike is null then return false; end if;
  perform private.reverse_award(p_ctx.community_id, 'no_show', v_strike, p_ctx.command_id, p_ctx.person_id);
  return true;
end $$;
comment on function private.drop_strike(private.command_context, uuid) is
  'The strike of a sign-up falls and what D01 took comes back, unless the office has already judged it (then false).';

-- ---------------------------------------------------------------- exempt for a time

create function private.has_exemption(p_community_id uuid, p_person_id uuid, p_day date)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.exemptions e where e.community_id = p_community_id and e.person_id = p_person_id
    and e.status = 'granted' and p_day between e.from_day and e.to_day)
$$;
comment on function private.has_exemption(uuid, uuid, date) is 'Whether not coming on that day brings a person no strike.';

create function private.excuse_exempt(p_ctx private.command_context, p_exemption public.exemptions)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  g public.signups;
begin
  perform private.lock_shifts(array(select s.shift_id from public.signups s
    where s.community_id = p_exemption.community_id and s.person_id = p_exemption.person_id and s.status = 'no_show'));
  for g in select s.* from public.signups s join public.shifts h on h.community_id = s.community_id and h.id = s.shift_id
      where s.community_id = p_exemption.community_id and s.person_id = p_exemption.person_id and s.status = 'no_show'
        and private.day_of(h.starts_at) between p_exemption.from_day and p_exemption.to_day order by s.shift_id
  loop
    if private.drop_strike(p_ctx, g.id) then perform private.excuse_signup(p_ctx, g, null); end if;
  end loop;
end $$;
comment on function private.excuse_exempt(private.command_context, public.exemptions) is 'Strikes of days that turn out to be exempt fall.';

create function public.ask_exemption(p_community_id uuid, p_id uuid, p_kind text, p_from date, p_to date, p_note text default null, p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'ask_exemption',
    jsonb_build_object('kind', p_kind, 'from', p_from, 'to', p_to, 'note', p_note, 'for', p_for_person_id));
  v_person uuid := coalesce(p_for_person_id, v_ctx.person_id);
  v_by_office boolean;
  v_exemption public.exemptions;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_by_office := not private.is_party_to(p_community_id, v_ctx.person_id, v_person) and private.is_office(p_community_id, v_ctx.person_id);
  if v_person <> v_ctx.person_id and not v_by_office and not private.helps(p_community_id, v_ctx.person_id, v_person) then perform private.fail(403, 'not_allowed'); end if;
  if not exists (select 1 from public.volunteers v where v.community_id = p_community_id and v.id = v_person and v.status <> 'left') then perform private.fail(422, 'not_a_volunteer'); end if;
  if p_kind is null or p_kind not in ('illness', 'family', 'study', 'away', 'other') then perform private.fail(400, 'field_invalid', '{"field":"kind"}'); end if;
  if p_from is null or p_to is null or p_to not between p_from and p_from + 366 then perform private.fail(400, 'field_invalid', '{"field":"days"}'); end if;
  if p_from not between private.today() - 30 and private.today() + 366 then perform private.fail(422, 'exemption_too_far'); end if;
  if exists (select 1 from public.exemptions e where e.community_id = p_community_id and e.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.exemptions (community_id, id, person_id, kind, from_day, to_day, note, status, asked_at, asked_by, answered_at, answered_by)
    values (p_community_id, p_id, v_person, p_kind, p_from, p_to, private.clean_text(p_note, 'note', 200, false),
      case when v_by_office then 'granted' else 'asked' end, private.now(), v_ctx.person_id,
      case when v_by_office then private.now() end, case when v_by_office then v_ctx.person_id end)
    returning * into v_exemption;
  if v_by_office then
    perform private.excuse_exempt(v_ctx, v_exemption);
    perform private.notify(p_community_id, v_person, 'exemption_granted', jsonb_build_object('from', p_from, 'to', p_to), '/me/exemptions');
  end if;
  return private.end_command(v_ctx, 'exemptions', p_id, jsonb_build_object('exemption_id', p_id, 'status', v_exemption.status), '{}', v_person);
end $$;
comment on function public.ask_exemption(uuid, uuid, text, date, date, text, uuid) is
  'A volunteer (or a linked helper) asks for a time without strikes; the office sets one for somebody else at once. At most a year, begun at most 30 days ago. {exemption_id, status}. Errors: not_allowed, not_a_volunteer, exemption_too_far, field_invalid.';

create function public.answer_exemption(p_community_id uuid, p_id uuid, p_exemption_id uuid, p_grant boolean, p_answer text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'answer_exemption',
    jsonb_build_object('exemption', p_exemption_id, 'grant', p_grant, 'answer', p_answer));
  v_exemption public.exemptions;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.is_office(p_community_id, v_ctx.person_id) then perform private.fail(403, 'not_allowed'); end if;
  if p_grant is null then perform private.fail(400, 'field_required', '{"field":"grant"}'); end if;
  select * into v_exemption from public.exemptions e where e.community_id = p_community_id and e.id = p_exemption_id for update;
  if not found then perform private.fail(404, 'exemption_unknown'); end if;
  if private.is_party_to(p_community_id, v_ctx.person_id, v_exemption.person_id) then perform private.fail(403, 'own_request'); end if;
  if v_exemption.status <> 'asked' then perform private.fail(409, 'exemption_answered'); end if;
  update public.exemptions set status = case when p_grant then 'granted' else 'refused' end, answered_at = private.now(), answered_by = v_ctx.person_id,
      answer = private.clean_text(p_answer, 'answer', 200, not p_grant)
    where community_id = p_community_id and id = p_exemption_id returning * into v_exemption;
  if p_grant then perform private.excuse_exempt(v_ctx, v_exemption); end if;
  perform private.notify(p_community_id, v_exemption.person_id, case when p_grant then 'exemption_granted' else 'exemption_refused' end,
    jsonb_build_object('from', v_exemption.from_day, 'to', v_exemption.to_day, 'answer', v_exemption.answer), '/me/exemptions');
  return private.end_command(v_ctx, 'exemptions', p_exemption_id, jsonb_build_object('exemption_id', p_exemption_id, 'status', v_exemption.status), '{}', v_exemption.person_id);
end $$;
comment on function public.answer_exemption(uuid, uuid, uuid, boolean, text) is
  'The office grants a time without strikes (those of its days fall) or refuses it with a reason; never one''s own. Errors: not_allowed, exemption_unknown, own_request, exemption_answered, field_required.';

create function public.end_exemption(p_community_id uuid, p_id uuid, p_exemption_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'end_exemption', jsonb_build_object('exemption', p_exemption_id));
  v_exemption public.exemptions;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_exemption from public.exemptions e where e.community_id = p_community_id and e.id = p_exemption_id for update;
  if not found or (v_exemption.person_id <> v_ctx.person_id and not private.is_office(p_community_id, v_ctx.person_id)
      and not private.helps(p_community_id, v_ctx.person_id, v_exemption.person_id)) then perform private.fail(404, 'exemption_unknown'); end if;
  if v_exemption.status not in ('asked', 'granted') or v_exemption.to_day < private.today() then perform private.fail(409, 'exemption_answered'); end if;
  -- The days that passed stay exempt; one that has not begun (or was not answered) was never in force.
  update public.exemptions set status = case when status = 'asked' or from_day >= private.today() then 'ended' else status end,
      to_day = case when status = 'asked' or from_day >= private.today() then to_day else private.today() - 1 end
    where community_id = p_community_id and id = p_exemption_id returning * into v_exemption;
  return private.end_command(v_ctx, 'exemptions', p_exemption_id, jsonb_build_object('exemption_id', p_exemption_id, 'status', v_exemption.status), '{}', v_exemption.person_id);
end $$;
comment on function public.end_exemption(uuid, uuid, uuid) is
  'Ends an exemption from today on, or takes a request back: the person, a linked helper, the office. Errors: exemption_unknown, exemption_answered.';

-- ---------------------------------------------------------------- excused

create function private.excuse_signup(p_ctx private.command_context, p_signup public.signups, p_reason text)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.signups set status = 'excused', ended_at = private.now(), ended_by = p_ctx.person_id,
      reason = case when (select p.status from public.persons p where p.community_id = p_signup.community_id and p.id = p_signup.person_id) <> 'erased' then p_reason end
    where community_id = p_signup.community_id and id = p_signup.id;
  perform private.free_place(p_signup);
  perform private.settle_waitlist(p_signup.community_id, p_signup.shift_role_id);
end $$;
comment on function private.excuse_signup(private.command_context, public.signups, text) is
  'Under the shift lock: an excused sign-up holds no place; before the start it goes to the first waiting.';

create function public.excuse_absence(p_community_id uuid, p_id uuid, p_signup_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'excuse_absence', jsonb_build_object('signup', p_signup_id, 'reason', p_reason));
  v_signup public.signups;
  v_shift public.shifts;
  v_title text;
  v_reason text;
  v_is_own boolean;
  v_leads boolean;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_signup from public.signups g where g.community_id = p_community_id and g.id = p_signup_id;
  if not found then perform private.fail(404, 'signup_unknown'); end if;
  v_is_own := private.is_party_to(p_community_id, v_ctx.person_id, v_signup.person_id);
  v_leads := private.leads_shift(p_community_id, v_ctx.person_id, v_signup.shift_id);
  if not v_is_own and not v_leads then perform private.fail(404, 'signup_unknown'); end if;
  v_reason := private.clean_text(p_reason, 'reason', 200);
  perform private.lock_shift(v_signup.shift_id);
  select * into v_signup from public.signups g where g.community_id = p_community_id and g.id = p_signup_id for update;
  select * into v_shift from public.shifts s where s.community_id = p_community_id and s.id = v_signup.shift_id;
  select a.title into v_title from public.activities a where a.community_id = p_community_id and a.id = v_shift.activity_id;
  if exists (select 1 from public.attendances t where t.community_id = p_community_id and t.id = p_signup_id) then perform private.fail(409, 'already_checked_in'); end if;
  if v_signup.status not in ('confirmed', 'no_show') then
    perform private.fail(409, 'signup_not_excusable', jsonb_build_object('status', v_signup.status));
  end if;
  if private.now() < v_shift.starts_at then
    if not v_is_own and private.now() < v_shift.starts_at - interval '12 hours' then
      perform private.fail(422, 'absence_too_early', jsonb_build_object('opens_at', v_shift.starts_at - interval '12 hours'));
    end if;
  else
    if v_is_own and v_leads then perform private.fail(403, 'own_attendance'); end if;
    if not v_leads then perform private.fail(422, 'shift_started'); end if;
    if private.now() > v_shift.ends_at + interval '7 days' then perform private.fail(422, 'absence_too_late'); end if;
  end if;
  if v_signup.status = 'no_show' then
    -- Marked by mistake, or heard of later: the strike falls with it, unless the office has already judged it.
    if not private.drop_strike(v_ctx, p_signup_id) then perform private.fail(409, 'signup_not_excusable', jsonb_build_object('status', v_signup.status)); end if;
  end if;
  perform private.excuse_signup(v_ctx, v_signup, v_reason);
  if v_signup.person_id <> v_ctx.person_id then
    perform private.notify(p_community_id, v_signup.person_id, 'absence_excused', jsonb_build_object('title', v_title, 'reason', v_reason), '/shifts/mine');
  end if;
  return private.end_command(v_ctx, 'signups', p_signup_id, jsonb_build_object('signup_id', p_signup_id, 'status', 'excused'),
    jsonb_build_object('shift_id', v_signup.shift_id, 'was', v_signup.status), v_signup.person_id);
end $$;
comment on function public.excuse_absence(uuid, uuid, uuid, text) is
  'Excuses an absence: the volunteer or a linked helper before the start (which is free of D02: an excused absence brings no strike and takes no points); the leader or the office from 12 hours before the start to 7 days after the end, also of somebody marked as not come, whose strike falls. The place passes on. Errors: signup_unknown, signup_not_excusable {status}, already_checked_in, absence_too_early {opens_at}, absence_too_late, shift_started, own_attendance, field_required.';

-- ---------------------------------------------------------------- not come

create function public.mark_no_show(p_community_id uuid, p_id uuid, p_signup_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'mark_no_show', jsonb_build_object('signup', p_signup_id));
  v_signup public.signups;
  v_shift public.shifts;
  v_title text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_signup from public.signups g where g.community_id = p_community_id and g.id = p_signup_id;
  if not found or not private.leads_shift(p_community_id, v_ctx.person_id, v_signup.shift_id) then perform private.fail(404, 'signup_unknown'); end if;
  if v_signup.person_id = v_ctx.person_id then perform private.fail(403, 'own_attendance'); end if;
  perform private.lock_shift(v_signup.shift_id);
  select * into v_signup from public.signups g where g.community_id = p_community_id and g.id = p_signup_id for update;
  select * into v_shift from public.shifts s where s.community_id = p_community_id and s.id = v_signup.shift_id;
  select a.title into v_title from public.activities a where a.community_id = p_community_id and a.id = v_shift.activity_id;
  if private.now() < v_shift.ends_at then perform private.fail(422, 'shift_not_ended', jsonb_build_object('ends_at', v_shift.ends_at)); end if;
  if exists (select 1 from public.attendances t where t.community_id = p_community_id and t.id = p_signup_id) then perform private.fail(409, 'already_checked_in'); end if;
  if v_signup.status <> 'confirmed' then perform private.fail(409, 'signup_not_markable', jsonb_build_object('status', v_signup.status)); end if;
  if exists (select 1 from public.service_records r where r.community_id = p_community_id and r.signup_id = p_signup_id and r.reverses_id is null
      and not exists (select 1 from public.service_records x where x.community_id = r.community_id and x.reverses_id = r.id)) then
    perform private.fail(409, 'signup_not_markable', '{"status":"attended"}');
  end if;
  if private.has_exemption(p_community_id, v_signup.person_id, private.day_of(v_shift.starts_at)) or not private.answers_for_place(v_signup) then
    perform private.excuse_signup(v_ctx, v_signup, null);
    return private.end_command(v_ctx, 'signups', p_signup_id, jsonb_build_object('signup_id', p_signup_id, 'status', 'excused'),
      jsonb_build_object('shift_id', v_signup.shift_id), v_signup.person_id);
  end if;
  if exists (select 1 from public.strikes k where k.community_id = p_community_id and k.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  update public.signups set status = 'no_show', ended_at = private.now(), ended_by = v_ctx.person_id where community_id = p_community_id and id = p_signup_id;
  insert into public.strikes (community_id, id, person_id, signup_id, at, marked_by)
    values (p_community_id, p_id, v_signup.person_id, p_signup_id, private.now(), v_ctx.person_id);
  perform private.award_points(p_community_id, v_signup.person_id, 'D01', 'no_show', p_id, private.day_of(v_shift.starts_at), '{}', v_ctx.person_id);
  perform private.notify(p_community_id, v_signup.person_id, 'no_show_marked',
    jsonb_build_object('title', v_title, 'starts_at', v_shift.starts_at, 'appeal_ends_at', private.now() + interval '7 days'), '/shifts/mine');
  return private.end_command(v_ctx, 'signups', p_signup_id, jsonb_build_object('signup_id', p_signup_id, 'status', 'no_show', 'strike_id', p_id),
    jsonb_build_object('shift_id', v_signup.shift_id), v_signup.person_id);
end $$;
comment on function public.mark_no_show(uuid, uuid, uuid) is
  'Somebody did not come and said nothing; writes a strike (p_id), takes what D01 says and tells the person the way back. Leaders of the corps, office; after the end, never of oneself. Of somebody exempt that day, put on the list by others or moved at the last moment it becomes an excuse. {signup_id, status, strike_id}. Errors: signup_unknown, own_attendance, shift_not_ended {ends_at}, already_checked_in, signup_not_markable {status}.';

create function public.appeal_strike(p_community_id uuid, p_id uuid, p_strike_id uuid, p_text text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'appeal_strike', jsonb_build_object('strike', p_strike_id, 'text', p_text));
  v_strike public.strikes;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_strike from public.strikes k where k.community_id = p_community_id and k.id = p_strike_id for update;
  if not found or (v_strike.person_id <> v_ctx.person_id and not private.helps(p_community_id, v_ctx.person_id, v_strike.person_id)) then
    perform private.fail(404, 'strike_unknown');
  end if;
  if v_strike.status <> 'active' then perform private.fail(409, 'strike_not_appealable', jsonb_build_object('status', v_strike.status)); end if;
  if private.now() > v_strike.at + interval '7 days' then perform private.fail(422, 'appeal_too_late'); end if;
  update public.strikes set status = 'appealed', appealed_at = private.now(), appeal_text = private.clean_text(p_text, 'text', 500)
    where community_id = p_community_id and id = p_strike_id;
  return private.end_command(v_ctx, 'strikes', p_strike_id, jsonb_build_object('strike_id', p_strike_id, 'status', 'appealed'), '{}', v_strike.person_id);
end $$;
comment on function public.appeal_strike(uuid, uuid, uuid, text) is
  'Whoever was marked as not come (or a linked helper) says otherwise, within 7 days; until the answer the strike does not count. Errors: strike_unknown, strike_not_appealable {status}, appeal_too_late, field_required.';

create function public.answer_appeal(p_community_id uuid, p_id uuid, p_strike_id uuid, p_uphold boolean, p_answer text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'answer_appeal',
    jsonb_build_object('strike', p_strike_id, 'uphold', p_uphold, 'answer', p_answer));
  v_strike public.strikes;
  v_signup public.signups;
  v_answer text;
  v_title text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.is_office(p_community_id, v_ctx.person_id) then perform private.fail(403, 'not_allowed'); end if;
  if p_uphold is null then perform private.fail(400, 'field_required', '{"field":"uphold"}'); end if;
  v_answer := private.clean_text(p_answer, 'answer', 500);
  select * into v_strike from public.strikes k where k.community_id = p_community_id and k.id = p_strike_id;
  if not found then perform private.fail(404, 'strike_unknown'); end if;
  if private.is_party_to(p_community_id, v_ctx.person_id, v_strike.person_id) then perform private.fail(403, 'own_request'); end if;
  if v_strike.marked_by = v_ctx.person_id then perform private.fail(403, 'marked_it_oneself'); end if;
  select * into v_signup from public.signups g where g.community_id = p_community_id and g.id = v_strike.signup_id;
  perform private.lock_shift(v_signup.shift_id);
  select * into v_strike from public.strikes k where k.community_id = p_community_id and k.id = p_strike_id for update;
  if v_strike.status <> 'appealed' then perform private.fail(409, 'strike_not_appealed', jsonb_build_object('status', v_strike.status)); end if;
  select * into v_signup from public.signups g where g.community_id = p_community_id and g.id = v_strike.signup_id for update;
  select a.title into v_title from public.shifts s join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
    where s.community_id = p_community_id and s.id = v_signup.shift_id;
  update public.strikes set status = case when p_uphold then 'upheld' else 'cancelled' end, answered_at = private.now(), answered_by = v_ctx.person_id, answer = v_answer
    where community_id = p_community_id and id = p_strike_id;
  if not p_uphold then
    perform private.reverse_award(p_community_id, 'no_show', p_strike_id, p_id, v_ctx.person_id);
    perform private.excuse_signup(v_ctx, v_signup, null);
  end if;
  perform private.notify(p_community_id, v_strike.person_id, case when p_uphold then 'strike_upheld' else 'strike_cancelled' end,
    jsonb_build_object('title', v_title, 'answer', v_answer), '/shifts/mine');
  return private.end_command(v_ctx, 'strikes', p_strike_id,
    jsonb_build_object('strike_id', p_strike_id, 'status', case when p_uphold then 'upheld' else 'cancelled' end), '{}', v_strike.person_id);
end $$;
comment on function public.answer_appeal(uuid, uuid, uuid, boolean, text) is
  'The office answers an appeal: the strike stays (p_uphold) or falls, and then the sign-up counts as excused. Never by the one concerned or the one who marked it. Errors: not_allowed, strike_unknown, strike_not_appealed {status}, own_request, marked_it_oneself, field_required.';

-- ---------------------------------------------------------------- a mistake taken back

create function private.reverse_record(p_ctx private.command_context, p_reversal_id uuid, p_record_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_record public.service_records;
  v_title text;
  v_points int;
begin
  select * into v_record from public.service_records r where r.community_id = p_ctx.community_id and r.id = p_record_id;
  if v_record.person_id = p_ctx.person_id then perform private.fail(403, 'own_attendance'); end if;
  perform private.lock_shift(v_record.shift_id);
  perform 1 from public.persons p where p.community_id = p_ctx.community_id and p.id = v_record.person_id for no key update;
  if v_record.reverses_id is not null or exists (select 1 from public.service_records r where r.community_id = p_ctx.community_id and r.reverses_id = p_record_id) then
    perform private.fail(409, 'record_already_reversed');
  end if;
  if exists (select 1 from public.service_records r where r.community_id = p_ctx.community_id and r.id = p_reversal_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.service_records (community_id, id, person_id, activity_id, shift_id, signup_id, service_date, starts_at, ends_at, minutes, provenance,
      confirmed_by, confirmed_at, reverses_id)
    values (p_ctx.community_id, p_reversal_id, v_record.person_id, v_record.activity_id, v_record.shift_id, v_record.signup_id, v_record.service_date, v_record.starts_at,
      v_record.ends_at, -v_record.minutes, v_record.provenance, p_ctx.person_id, private.now(), p_record_id);
  v_points := private.reverse_award(p_ctx.community_id, 'service_record', p_record_id, p_reversal_id, p_ctx.person_id);
  v_points := v_points + private.settle_service_bonuses(p_ctx.community_id, v_record.person_id, v_record.service_date, p_reversal_id, p_ctx.person_id, false);
  update public.attendances set status = 'reversed' where community_id = p_ctx.community_id and id = v_record.signup_id and status = 'credited'
    and v_record.provenance <> 'backfilled';
  update public.signups set reason = p_reason where community_id = p_ctx.community_id and id = v_record.signup_id
    and exists (select 1 from public.persons p where p.community_id = p_ctx.community_id and p.id = v_record.person_id and p.status <> 'erased');
  select a.title into v_title from public.activities a where a.community_id = p_ctx.community_id and a.id = v_record.activity_id;
  perform private.notify(p_ctx.community_id, v_record.person_id, 'service_reversed',
    jsonb_build_object('title', v_title, 'minutes', v_record.minutes, 'points', -v_points, 'reason', p_reason), '/me/service');
  return jsonb_build_object('record_id', p_reversal_id, 'reverses_id', p_record_id, 'minutes', -v_record.minutes, 'points', v_points);
end $$;
comment on function private.reverse_record(private.command_context, uuid, uuid, text) is
  'Takes a record back by a second one, its points with it, and tells the person; who may is the caller''s business, never one''s own. Errors: own_attendance, record_already_reversed, id_reused.';

create function public.reverse_service_record(p_community_id uuid, p_id uuid, p_record_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'reverse_service_record', jsonb_build_object('record', p_record_id, 'reason', p_reason));
  v_record record;
  v_answer jsonb;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select r.person_id, a.corps_id into v_record from public.service_records r join public.activities a on a.community_id = r.community_id and a.id = r.activity_id
    where r.community_id = p_community_id and r.id = p_record_id;
  if not found or not private.leads_corps(p_community_id, v_ctx.person_id, v_record.corps_id) then perform private.fail(404, 'record_unknown'); end if;
  if v_record.person_id = v_ctx.person_id then perform private.fail(403, 'own_attendance'); end if;
  v_answer := private.reverse_record(v_ctx, p_id, p_record_id, private.clean_text(p_reason, 'reason', 200));
  return private.end_command(v_ctx, 'service_records', p_record_id, v_answer, '{}', v_record.person_id);
end $$;
comment on function public.reverse_service_record(uuid, uuid, uuid, text) is
  'Takes a service record back by a second one (p_id) with negative minutes, its points and the bonuses it completed with it (points already spent become a debt); both stay readable and every sum is right. Leaders of the corps, office, never one''s own. {record_id, reverses_id, minutes, points}. Errors: record_unknown, own_attendance, record_already_reversed, field_required.';

-- ---------------------------------------------------------------- undone and redone

create function private.attendance_to_correct(p_ctx private.command_context, p_signup_id uuid)
returns public.signups language plpgsql volatile security definer set search_path = '' as $$
declare
  v_signup public.signups;
begin
  select * into v_signup from public.signups g where g.community_id = p_ctx.community_id and g.id = p_signup_id;
  if not found or not private.leads_shift(p_ctx.community_id, p_ctx.person_id, v_signup.shift_id) then perform private.fail(404, 'signup_unknown'); end if;
  if private.is_party_to(p_ctx.community_id, p_ctx.person_id, v_signup.person_id) then perform private.fail(403, 'own_attendance'); end if;
  perform private.lock_shift(v_signup.shift_id);
  select * into v_signup from public.signups g where g.community_id = p_ctx.community_id and g.id = p_signup_id for update;
  return v_signup;
end $$;
comment on function private.attendance_to_correct(private.command_context, uuid) is
  'The sign-up whose attendance the leader (or the office) corrects, under the shift lock. Errors: signup_unknown, own_attendance.';

create function private.note_reversal(p_ctx private.command_context, p_signup public.signups, p_step text, p_before jsonb, p_reason text)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into public.attendance_reversals (community_id, id, signup_id, person_id, step, before, reason, at, undone_by)
    values (p_ctx.community_id, p_ctx.command_id, p_signup.id, p_signup.person_id, p_step, p_before,
      case when (select p.status from public.persons p where p.community_id = p_signup.community_id and p.id = p_signup.person_id) <> 'erased' then p_reason end,
      private.now(), p_ctx.person_id);
  perform private.notify(p_ctx.community_id, p_signup.person_id, 'attendance_undone', jsonb_build_object('step', p_step, 'reason', p_reason, 'title',
    (select a.title from public.shifts s join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
      where s.community_id = p_signup.community_id and s.id = p_signup.shift_id)), '/shifts/mine');
end $$;
comment on function private.note_reversal(private.command_context, public.signups, text, jsonb, text) is 'Keeps what stood there before, and tells the person.';

create function public.undo_attendance(p_community_id uuid, p_id uuid, p_signup_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'undo_attendance', jsonb_build_object('signup', p_signup_id, 'reason', p_reason));
  v_signup public.signups;
  t public.attendances;
  v_step text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_signup := private.attendance_to_correct(v_ctx, p_signup_id);
  select * into t from public.attendances a where a.community_id = p_community_id and a.id = p_signup_id for update;
  v_step := case when t.status = 'checked_out' then 'check_out' when t.status = 'checked_in' then 'check_in' when t.status = 'reversed' then 'record'
    when t.status is null and v_signup.status = 'no_show' then 'no_show' when t.status is null and v_signup.status = 'excused' then 'excuse' end;
  if v_step is null then perform private.fail(409, 'nothing_to_undo'); end if;
  if v_step = 'check_out' then
    update public.attendances set status = 'checked_in', checked_out_at = null, checked_out_via = null, checked_out_by = null, out_received_at = null, minutes = null
      where community_id = p_community_id and id = p_signup_id;
  elsif v_step in ('check_in', 'record') then
    delete from public.attendances where community_id = p_community_id and id = p_signup_id;
    update public.signups set status = 'confirmed' where community_id = p_community_id and id = p_signup_id;
  else
    if v_step = 'no_show' and not private.drop_strike(v_ctx, p_signup_id) then perform private.fail(409, 'nothing_to_undo'); end if;
    if v_step = 'excuse' then
      -- What the person said in time, or the office has judged, is not a leader's mistake to undo: they would be marked as missing all over again.
      if private.is_party_to(p_community_id, v_signup.ended_by, v_signup.person_id)
         or exists (select 1 from public.strikes k where k.community_id = p_community_id and k.signup_id = p_signup_id and k.answered_at is not null) then
        perform private.fail(409, 'excuse_stands');
      end if;
      update public.shift_roles set taken = taken + 1 where community_id = p_community_id and id = v_signup.shift_role_id and taken + reserved < capacity;
      if not found then perform private.fail(409, 'shift_full'); end if;
    end if;
    update public.signups set status = 'confirmed', ended_at = null, ended_by = null, reason = null where community_id = p_community_id and id = p_signup_id;
  end if;
  perform private.note_reversal(v_ctx, v_signup, v_step, case when t.id is null then to_jsonb(v_signup) - 'reason' else to_jsonb(t) end,
    private.clean_text(p_reason, 'reason', 200));
  return private.end_command(v_ctx, 'signups', p_signup_id, jsonb_build_object('signup_id', p_signup_id, 'undone', v_step),
    jsonb_build_object('shift_id', v_signup.shift_id), v_signup.person_id);
end $$;
comment on function public.undo_attendance(uuid, uuid, uuid, text) is
  'Undoes the last step of a sign-up that was a mistake: a check-out, a check-in, «not come» (the strike falls), an excuse, or what is left of a record taken back; what stood there is kept. Leaders of the corps, office, never one''s own. {signup_id, undone}. Nor an excuse made by the person (or a helper) or judged by the office. Errors: signup_unknown, own_attendance, nothing_to_undo, excuse_stands, shift_full, field_required.';

create function public.redo_attendance(p_community_id uuid, p_id uuid, p_signup_id uuid, p_in timestamptz, p_out timestamptz, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'redo_attendance',
    jsonb_build_object('signup', p_signup_id, 'in', p_in, 'out', p_out, 'reason', p_reason));
  v_signup public.signups;
  v_shift public.shifts;
  t public.attendances;
  v_minutes int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_signup := private.attendance_to_correct(v_ctx, p_signup_id);
  select * into v_shift from public.shifts s where s.community_id = p_community_id and s.id = v_signup.shift_id;
  select * into t from public.attendances a where a.community_id = p_community_id and a.id = p_signup_id for update;
  if t.status is null or t.status not in ('checked_out', 'reversed') then perform private.fail(409, 'nothing_to_redo'); end if;
  if p_in is null then perform private.fail(400, 'field_required', '{"field":"in"}'); end if;
  if p_in < v_shift.starts_at - make_interval(mins => private.setting_int(p_community_id, 'check_in_opens_minutes', 60)) or p_in >= v_shift.ends_at then
    perform private.fail(422, 'outside_the_shift');
  end if;
  perform private.require_left_at(p_out, p_in);
  v_minutes := private.served_minutes(p_community_id, v_shift, p_in, p_out);
  update public.attendances set status = 'checked_out', checked_in_at = p_in, checked_in_via = 'leader', checked_in_by = v_ctx.person_id,
      checked_out_at = p_out, checked_out_via = 'leader', checked_out_by = v_ctx.person_id, minutes = v_minutes, confirmed_at = null, confirmed_by = null
    where community_id = p_community_id and id = p_signup_id;
  perform private.note_reversal(v_ctx, v_signup, 'times', to_jsonb(t), private.clean_text(p_reason, 'reason', 200));
  return private.end_command(v_ctx, 'attendances', p_signup_id, jsonb_build_object('signup_id', p_signup_id, 'status', 'checked_out', 'minutes', v_minutes),
    jsonb_build_object('shift_id', v_signup.shift_id, 'was', t.status), v_signup.person_id);
end $$;
comment on function public.redo_attendance(uuid, uuid, uuid, timestamptz, timestamptz, text) is
  'States the right times of somebody checked out, also after the record was taken back; to be confirmed anew, as leader_confirmed. {signup_id, status, minutes}. Errors: signup_unknown, own_attendance, nothing_to_redo, outside_the_shift, out_before_in, time_in_the_future, field_required.';

revoke all on function private.drop_strike(private.command_context, uuid), private.has_exemption(uuid, uuid, date),
  private.excuse_exempt(private.command_context, public.exemptions), private.reverse_record(private.command_context, uuid, uuid, text),
  private.attendance_to_correct(private.command_context, uuid),
  private.note_reversal(private.command_context, public.signups, text, jsonb, text) from public, anon, authenticated;
revoke all on function private.tg_persons__erase_strike_texts(), private.strikes_pause_until(uuid, uuid),
  private.excuse_signup(private.command_context, public.signups, text) from public, anon, authenticated;
revoke all on function public.excuse_absence(uuid, uuid, uuid, text), public.mark_no_show(uuid, uuid, uuid), public.appeal_strike(uuid, uuid, uuid, text),
  public.answer_appeal(uuid, uuid, uuid, boolean, text), public.reverse_service_record(uuid, uuid, uuid, text),
  public.ask_exemption(uuid, uuid, text, date, date, text, uuid), public.answer_exemption(uuid, uuid, uuid, boolean, text),
  public.end_exemption(uuid, uuid, uuid), public.undo_attendance(uuid, uuid, uuid, text), public.redo_attendance(uuid, uuid, uuid, timestamptz, timestamptz, text) from public, anon, authenticated;
grant execute on function public.excuse_absence(uuid, uuid, uuid, text), public.mark_no_show(uuid, uuid, uuid), public.appeal_strike(uuid, uuid, uuid, text),
  public.answer_appeal(uuid, uuid, uuid, boolean, text), public.reverse_service_record(uuid, uuid, uuid, text),
  public.ask_exemption(uuid, uuid, text, date, date, text, uuid), public.answer_exemption(uuid, uuid, uuid, boolean, text),
  public.end_exemption(uuid, uuid, uuid), public.undo_attendance(uuid, uuid, uuid, text), public.redo_attendance(uuid, uuid, uuid, timestamptz, timestamptz, text) to authenticated;
