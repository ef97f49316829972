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
  constraint a_signup_is_struck_once unique (community_id, signup_id),
  constraint nobody_marks_oneself check (marked_by <> person_id),
  constraint an_appeal_is_answered_by_somebody_else check (answered_by is null or (answered_by <> person_id and answered_by <> marked_by)),
  constraint an_upheld_strike_was_answered check (status <> 'upheld' or answered_at is not null)
);
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

create function private.tg_persons__erase_strike_texts()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.strikes set appeal_text = null, answer = null where community_id = new.community_id and person_id = new.id;
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
returns timestamptz language sql stable security definer set search_path = '' as $$
  select max(x.at) + interval '30 days' from (
    select k.at, lag(k.at, 2) over (order by k.at, k.id) as third_last from public.strikes k
    where k.community_id = p_community_id and k.person_id = p_person_id and k.status in ('active', 'upheld')) x
  where x.third_last > x.at - interval '12 months'
$$;
comment on function private.strikes_pause_until(uuid, uuid) is
  'Until when strikes pause (or paused) a person''s sign-ups: 30 days from the third within 12 months; null when there never were three. A strike under appeal does not count.';

-- ---------------------------------------------------------------- excused

create function private.excuse_signup(p_ctx private.command_context, p_signup public.signups, p_reason text)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.signups set status = 'excused', ended_at = private.now(), ended_by = p_ctx.person_id,
      reason = case when (select p.status from public.persons p where p.community_id = p_signup.community_id and p.id = p_signup.person_id) <> 'erased' then p_reason end
    where community_id = p_signup.community_id and id = p_signup.id;
  update public.shift_roles set taken = taken - 1 where community_id = p_signup.community_id and id = p_signup.shift_role_id;
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
  v_is_own := v_signup.person_id = v_ctx.person_id or private.helps(p_community_id, v_ctx.person_id, v_signup.person_id);
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
    if v_signup.person_id = v_ctx.person_id and v_leads then perform private.fail(403, 'own_attendance'); end if;
    if not v_leads then perform private.fail(422, 'shift_started'); end if;
    if private.now() > v_shift.ends_at + interval '7 days' then perform private.fail(422, 'absence_too_late'); end if;
  end if;
  if v_signup.status = 'no_show' then
    -- Marked by mistake, or heard of later: the strike falls with it, unless the office has already judged it.
    update public.strikes k set status = 'cancelled'
      where k.community_id = p_community_id and k.signup_id = p_signup_id and k.status in ('active', 'appealed');
    if not found then perform private.fail(409, 'signup_not_excusable', jsonb_build_object('status', v_signup.status)); end if;
    perform private.reverse_award(p_community_id, 'no_show', p_signup_id, p_id, v_ctx.person_id);
  end if;
  perform private.excuse_signup(v_ctx, v_signup, v_reason);
  if v_signup.person_id <> v_ctx.person_id then
    perform private.notify(p_community_id, v_signup.person_id, 'absence_excused', jsonb_build_object('title', v_title, 'reason', v_reason), '/shifts/mine');
  end if;
  return private.end_command(v_ctx, 'signups', p_signup_id, jsonb_build_object('signup_id', p_signup_id, 'status', 'excused'),
    jsonb_build_object('shift_id', v_signup.shift_id, 'was', v_signup.status), v_signup.person_id);
end $$;
comment on function public.excuse_absence(uuid, uuid, uuid, text) is
  'Excuses an absence: the volunteer or a linked helper before the start; the leader or the office from 12 hours before the start to 7 days after the end, also of somebody marked as not come, whose strike falls. The place passes on. Errors: signup_unknown, signup_not_excusable {status}, already_checked_in, absence_too_early {opens_at}, absence_too_late, shift_started, own_attendance, field_required.';

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
  if exists (select 1 from public.strikes k where k.community_id = p_community_id and k.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  update public.signups set status = 'no_show', ended_at = private.now(), ended_by = v_ctx.person_id where community_id = p_community_id and id = p_signup_id;
  insert into public.strikes (community_id, id, person_id, signup_id, at, marked_by)
    values (p_community_id, p_id, v_signup.person_id, p_signup_id, private.now(), v_ctx.person_id);
  perform private.award_points(p_community_id, v_signup.person_id, 'D01', 'no_show', p_signup_id, private.day_of(v_shift.starts_at), '{}', v_ctx.person_id);
  perform private.notify(p_community_id, v_signup.person_id, 'no_show_marked',
    jsonb_build_object('title', v_title, 'starts_at', v_shift.starts_at, 'appeal_ends_at', private.now() + interval '7 days'), '/shifts/mine');
  return private.end_command(v_ctx, 'signups', p_signup_id, jsonb_build_object('signup_id', p_signup_id, 'status', 'no_show', 'strike_id', p_id),
    jsonb_build_object('shift_id', v_signup.shift_id), v_signup.person_id);
end $$;
comment on function public.mark_no_show(uuid, uuid, uuid) is
  'Somebody did not come and said nothing; writes a strike (p_id), takes what D01 says and tells the person the way back. Leaders of the corps, office; after the end, never of oneself. {signup_id, status, strike_id}. Errors: signup_unknown, own_attendance, shift_not_ended {ends_at}, already_checked_in, signup_not_markable {status}.';

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
  if v_strike.person_id = v_ctx.person_id then perform private.fail(403, 'own_request'); end if;
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
    perform private.reverse_award(p_community_id, 'no_show', v_signup.id, p_id, v_ctx.person_id);
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

create function public.reverse_service_record(p_community_id uuid, p_id uuid, p_record_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'reverse_service_record', jsonb_build_object('record', p_record_id, 'reason', p_reason));
  v_record public.service_records;
  v_corps uuid;
  v_title text;
  v_reason text;
  v_points int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_record from public.service_records r where r.community_id = p_community_id and r.id = p_record_id;
  if not found then perform private.fail(404, 'record_unknown'); end if;
  select a.corps_id, a.title into v_corps, v_title from public.activities a where a.community_id = p_community_id and a.id = v_record.activity_id;
  if not private.leads_corps(p_community_id, v_ctx.person_id, v_corps) then perform private.fail(404, 'record_unknown'); end if;
  if v_record.person_id = v_ctx.person_id then perform private.fail(403, 'own_attendance'); end if;
  v_reason := private.clean_text(p_reason, 'reason', 200);
  perform private.lock_shift(v_record.shift_id);
  perform 1 from public.persons p where p.community_id = p_community_id and p.id = v_record.person_id for no key update;
  if v_record.reverses_id is not null or exists (select 1 from public.service_records r where r.community_id = p_community_id and r.reverses_id = p_record_id) then
    perform private.fail(409, 'record_already_reversed');
  end if;
  if exists (select 1 from public.service_records r where r.community_id = p_community_id and r.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.service_records (community_id, id, person_id, activity_id, shift_id, signup_id, service_date, starts_at, ends_at, minutes, provenance,
      confirmed_by, confirmed_at, reverses_id)
    values (p_community_id, p_id, v_record.person_id, v_record.activity_id, v_record.shift_id, v_record.signup_id, v_record.service_date, v_record.starts_at,
      v_record.ends_at, -v_record.minutes, v_record.provenance, v_ctx.person_id, private.now(), p_record_id);
  v_points := private.reverse_award(p_community_id, 'service_record', p_record_id, p_id, v_ctx.person_id);
  v_points := v_points + private.settle_service_bonuses(p_community_id, v_record.person_id, v_record.service_date, p_id, v_ctx.person_id, false);
  update public.attendances set status = 'reversed' where community_id = p_community_id and id = v_record.signup_id and status = 'credited';
  update public.signups set reason = v_reason where community_id = p_community_id and id = v_record.signup_id
    and exists (select 1 from public.persons p where p.community_id = p_community_id and p.id = v_record.person_id and p.status <> 'erased');
  perform private.notify(p_community_id, v_record.person_id, 'service_reversed',
    jsonb_build_object('title', v_title, 'minutes', v_record.minutes, 'points', -v_points, 'reason', v_reason), '/me/service');
  return private.end_command(v_ctx, 'service_records', p_record_id,
    jsonb_build_object('record_id', p_id, 'reverses_id', p_record_id, 'minutes', -v_record.minutes, 'points', v_points), '{}', v_record.person_id);
end $$;
comment on function public.reverse_service_record(uuid, uuid, uuid, text) is
  'Takes a service record back by a second one (p_id) with negative minutes, its points and the bonuses it completed with it (points already spent become a debt); both stay readable and every sum is right. Leaders of the corps, office, never one''s own. {record_id, reverses_id, minutes, points}. Errors: record_unknown, own_attendance, record_already_reversed, field_required.';

revoke all on function private.tg_persons__erase_strike_texts(), private.strikes_pause_until(uuid, uuid),
  private.excuse_signup(private.command_context, public.signups, text) from public, anon, authenticated;
revoke all on function public.excuse_absence(uuid, uuid, uuid, text), public.mark_no_show(uuid, uuid, uuid), public.appeal_strike(uuid, uuid, uuid, text),
  public.answer_appeal(uuid, uuid, uuid, boolean, text), public.reverse_service_record(uuid, uuid, uuid, text) from public, anon, authenticated;
grant execute on function public.excuse_absence(uuid, uuid, uuid, text), public.mark_no_show(uuid, uuid, uuid), public.appeal_strike(uuid, uuid, uuid, text),
  public.answer_appeal(uuid, uuid, uuid, boolean, text), public.reverse_service_record(uuid, uuid, uuid, text) to authenticated;
