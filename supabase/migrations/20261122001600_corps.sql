-- The corps, complete (X14, X17): applications to join, qualifications with evidence and expiry, trainings, a page for everybody.

-- ---------------------------------------------------------------- applications

create table public.corps_applications (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  corps_id uuid not null,
  person_id uuid not null,
  note text,
  status text not null default 'submitted' check (status in ('submitted', 'accepted', 'declined', 'withdrawn')),
  reason text,
  created_at timestamptz not null,
  created_by uuid not null,
  decided_at timestamptz,
  decided_by uuid,
  primary key (community_id, id),
  foreign key (community_id, corps_id) references public.corps (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, created_by) references public.persons (community_id, id),
  foreign key (community_id, decided_by) references public.persons (community_id, id),
  constraint nobody_accepts_oneself check (status not in ('accepted', 'declined') or decided_by <> person_id),
  constraint a_declined_application_says_why check (status <> 'declined' or reason is not null)
);
create unique index one_open_application_per_corps on public.corps_applications (community_id, corps_id, person_id) where status = 'submitted';
create index corps_applications_by_corps on public.corps_applications (community_id, corps_id, status);
create index corps_applications_by_person on public.corps_applications (community_id, person_id);
create index corps_applications_by_author on public.corps_applications (community_id, created_by);
create index corps_applications_by_decider on public.corps_applications (community_id, decided_by);
comment on table public.corps_applications is 'Who asks to join a corps: submitted → accepted | declined (with a reason) | withdrawn.';
comment on column public.corps_applications.note is 'personal data: free text';
comment on column public.corps_applications.reason is 'personal data: free text';

create function private.corps_leaders(p_community_id uuid, p_corps_id uuid)
returns setof uuid language sql stable security definer rows 2 set search_path = '' as $$
  select distinct g.person_id from public.role_grants g
  where g.community_id = p_community_id and g.role = 'corps_leader' and g.scope_id = p_corps_id
    and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today())
$$;
comment on function private.corps_leaders(uuid, uuid) is 'Who leads a corps today.';

create function private.public_name(p_community_id uuid, p_person_id uuid)
returns text language sql stable security definer set search_path = '' as $$
  select case when exists (select 1 from public.consents c where c.community_id = p_community_id and c.person_id = p_person_id
      and c.purpose = 'publish_name' and c.withdrawn_at is null)
    then pp.real_name else private.mask_name(pp.real_name) end
  from public.person_private pp where pp.community_id = p_community_id and pp.person_id = p_person_id
$$;
comment on function private.public_name(uuid, uuid) is 'A name for everybody to read: whole with the person''s consent to publish it, else masked (norms.md).';

create function public.apply_to_corps(p_community_id uuid, p_id uuid, p_corps_id uuid, p_note text default null, p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'apply_to_corps',
    jsonb_build_object('corps', p_corps_id, 'note', p_note, 'for', p_for_person_id));
  v_person uuid := coalesce(p_for_person_id, v_ctx.person_id);
  v_corps text;
  v_leader uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.can_act_for(p_community_id, v_ctx.person_id, v_person) then perform private.fail(403, 'not_allowed'); end if;
  select c.name into v_corps from public.corps c where c.community_id = p_community_id and c.id = p_corps_id and c.closed_on is null;
  if not found then perform private.fail(404, 'corps_unknown'); end if;
  perform 1 from public.volunteers v where v.community_id = p_community_id and v.id = v_person and v.status <> 'left' for update;
  if not found then perform private.fail(422, 'not_a_volunteer'); end if;
  if exists (select 1 from public.corps_members m where m.community_id = p_community_id and m.corps_id = p_corps_id and m.person_id = v_person and m.left_on is null) then
    perform private.fail(409, 'already_in_corps');
  end if;
  if exists (select 1 from public.corps_applications a where a.community_id = p_community_id and a.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.corps_applications (community_id, id, corps_id, person_id, note, created_at, created_by)
    values (p_community_id, p_id, p_corps_id, v_person, private.clean_text(p_note, 'note', 300, false), private.now(), v_ctx.person_id)
    on conflict (community_id, corps_id, person_id) where status = 'submitted' do nothing;
  if not found then perform private.fail(409, 'application_waiting'); end if;
  for v_leader in select private.corps_leaders(p_community_id, p_corps_id) loop
    perform private.notify(p_community_id, v_leader, 'corps_applied', jsonb_build_object('corps', v_corps), '/corps/' || p_corps_id);
  end loop;
  return private.end_command(v_ctx, 'corps_applications', p_id, jsonb_build_object('id', p_id), '{}', v_person);
end $$;
comment on function public.apply_to_corps(uuid, uuid, uuid, text, uuid) is
  'Asks to join a corps; its leaders are told. p_id is the application. Oneself, a helper, the office. Errors: not_allowed, corps_unknown, not_a_volunteer, already_in_corps, application_waiting, field_too_long.';

create function public.review_corps_application(p_community_id uuid, p_id uuid, p_application_id uuid, p_accept boolean, p_reason text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'review_corps_application',
    jsonb_build_object('application', p_application_id, 'accept', p_accept, 'reason', p_reason));
  v_row public.corps_applications;
  v_corps public.corps;
  v_reason text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_row from public.corps_applications a where a.community_id = p_community_id and a.id = p_application_id for update;
  if not found or not private.leads_corps(p_community_id, v_ctx.person_id, v_row.corps_id) then perform private.fail(404, 'application_unknown'); end if;
  if p_accept is null then perform private.fail(400, 'field_required', '{"field":"accept"}'); end if;
  if v_row.person_id = v_ctx.person_id then perform private.fail(403, 'own_request'); end if;
  if v_row.status <> 'submitted' then perform private.fail(409, 'application_decided'); end if;
  v_reason := private.clean_text(p_reason, 'reason', 200, not p_accept);
  select * into v_corps from public.corps c where c.community_id = p_community_id and c.id = v_row.corps_id;
  if p_accept then
    if v_corps.closed_on is not null then perform private.fail(404, 'corps_unknown'); end if;
    if not exists (select 1 from public.volunteers v where v.community_id = p_community_id and v.id = v_row.person_id and v.status <> 'left') then
      perform private.fail(422, 'not_a_volunteer');
    end if;
    insert into public.corps_members (community_id, id, corps_id, person_id, joined_on)
      values (p_community_id, p_id, v_row.corps_id, v_row.person_id, private.today())
      on conflict (community_id, corps_id, person_id) where left_on is null do nothing;
  end if;
  update public.corps_applications set status = case when p_accept then 'accepted' else 'declined' end, reason = v_reason,
      decided_at = private.now(), decided_by = v_ctx.person_id
    where community_id = p_community_id and id = p_application_id;
  perform private.notify(p_community_id, v_row.person_id, case when p_accept then 'corps_accepted' else 'corps_declined' end,
    jsonb_build_object('corps', v_corps.name, 'reason', coalesce(v_reason, '')), '/corps/' || v_row.corps_id);
  return private.end_command(v_ctx, 'corps_applications', p_application_id,
    jsonb_build_object('id', p_application_id, 'status', case when p_accept then 'accepted' else 'declined' end), '{}', v_row.person_id);
end $$;
comment on function public.review_corps_application(uuid, uuid, uuid, boolean, text) is
  'Takes an applicant into the corps, or declines with a reason; nobody the own one. Its leaders, the office. Errors: application_unknown, own_request, application_decided, corps_unknown, not_a_volunteer, field_required.';

create function public.withdraw_corps_application(p_community_id uuid, p_id uuid, p_application_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'withdraw_corps_application', jsonb_build_object('application', p_application_id));
  v_row public.corps_applications;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_row from public.corps_applications a where a.community_id = p_community_id and a.id = p_application_id for update;
  if not found or not private.can_act_for(p_community_id, v_ctx.person_id, v_row.person_id) then perform private.fail(404, 'application_unknown'); end if;
  if v_row.status <> 'submitted' then perform private.fail(409, 'application_decided'); end if;
  update public.corps_applications set status = 'withdrawn', decided_at = private.now() where community_id = p_community_id and id = p_application_id;
  return private.end_command(v_ctx, 'corps_applications', p_application_id, jsonb_build_object('id', p_application_id, 'status', 'withdrawn'), '{}', v_row.person_id);
end $$;
comment on function public.withdraw_corps_application(uuid, uuid, uuid) is 'Takes an application back. Oneself, a helper. Errors: application_unknown, application_decided.';

-- ---------------------------------------------------------------- qualifications

create function private.check_qualification_dates(p_kind text, p_from date, p_to date)
returns void language plpgsql stable set search_path = '' as $$
begin
  if p_kind is null or p_kind not in ('lawyer', 'electrician', 'doctor', 'nurse', 'first_aid', 'counsellor', 'teacher', 'mediator') then
    perform private.fail(400, 'code_unknown', jsonb_build_object('kind', 'qualification', 'code', left(coalesce(p_kind, ''), 40)));
  end if;
  if p_from is null then perform private.fail(400, 'field_required', '{"field":"valid_from"}'); end if;
  if not (p_from between date '1950-01-01' and date '2200-01-01') or not (coalesce(p_to, p_from) between date '1950-01-01' and date '2200-01-01') then
    perform private.fail(400, 'field_invalid', '{"field":"valid_to"}');
  end if;
  if p_to < p_from then perform private.fail(422, 'dates_out_of_order'); end if;
  if p_to < private.today() then perform private.fail(422, 'qualification_expired'); end if;
end $$;
comment on function private.check_qualification_dates(text, date, date) is
  'Errors: code_unknown, field_required, field_invalid, dates_out_of_order, qualification_expired.';

create function public.submit_qualification(p_community_id uuid, p_id uuid, p_kind text, p_valid_from date, p_valid_to date default null,
  p_evidence text default null, p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'submit_qualification',
    jsonb_build_object('kind', p_kind, 'from', p_valid_from, 'to', p_valid_to, 'evidence', p_evidence, 'for', p_for_person_id));
  v_person uuid := coalesce(p_for_person_id, v_ctx.person_id);
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.can_act_for(p_community_id, v_ctx.person_id, v_person) then perform private.fail(403, 'not_allowed'); end if;
  perform private.check_qualification_dates(p_kind, p_valid_from, p_valid_to);
  perform 1 from public.volunteers v where v.community_id = p_community_id and v.id = v_person and v.status <> 'left' for update;
  if not found then perform private.fail(422, 'not_a_volunteer'); end if;
  if exists (select 1 from public.qualifications q where q.community_id = p_community_id and q.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  if exists (select 1 from public.qualifications q where q.community_id = p_community_id and q.person_id = v_person and q.kind = p_kind and q.status = 'submitted') then
    perform private.fail(409, 'qualification_waiting');
  end if;
  insert into public.qualifications (community_id, id, person_id, kind, valid_from, valid_to, status, evidence_note, submitted_at)
    values (p_community_id, p_id, v_person, p_kind, p_valid_from, p_valid_to, 'submitted', private.clean_text(p_evidence, 'evidence', 300), private.now());
  return private.end_command(v_ctx, 'qualifications', p_id, jsonb_build_object('id', p_id, 'status', 'submitted'), '{}', v_person);
end $$;
comment on function public.submit_qualification(uuid, uuid, text, date, date, text, uuid) is
  'Tells the office of a qualification and what proves it; it counts when checked. p_id is the qualification. Oneself, a helper. Errors: not_allowed, not_a_volunteer, qualification_waiting, code_unknown, dates_out_of_order, qualification_expired, field_*.';

create function public.grant_qualification(p_community_id uuid, p_id uuid, p_person_id uuid, p_kind text, p_valid_from date, p_valid_to date default null, p_evidence text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'grant_qualification',
    jsonb_build_object('person', p_person_id, 'kind', p_kind, 'from', p_valid_from, 'to', p_valid_to, 'evidence', p_evidence));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  if p_person_id = v_ctx.person_id then perform private.fail(403, 'own_request'); end if;
  perform private.check_qualification_dates(p_kind, p_valid_from, p_valid_to);
  perform 1 from public.volunteers v where v.community_id = p_community_id and v.id = p_person_id and v.status <> 'left';
  if not found then perform private.fail(422, 'not_a_volunteer'); end if;
  if exists (select 1 from public.qualifications q where q.community_id = p_community_id and q.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.qualifications (community_id, id, person_id, kind, valid_from, valid_to, status, evidence_note, verified_by)
    values (p_community_id, p_id, p_person_id, p_kind, p_valid_from, p_valid_to, 'checked', private.clean_text(p_evidence, 'evidence', 300), v_ctx.person_id);
  perform private.notify(p_community_id, p_person_id, 'qualification_checked', jsonb_build_object('qualification', p_kind), '/me/qualifications');
  return private.end_command(v_ctx, 'qualifications', p_id, jsonb_build_object('id', p_id, 'status', 'checked'), '{}', p_person_id);
end $$;
comment on function public.grant_qualification(uuid, uuid, uuid, text, date, date, text) is
  'Enters a qualification seen by the office, with a note of the evidence; nobody the own one. Office staff. Errors: not_allowed, own_request, not_a_volunteer, code_unknown, dates_out_of_order, qualification_expired, field_*.';

create function public.check_qualification(p_community_id uuid, p_id uuid, p_qualification_id uuid, p_accept boolean, p_reason text default null, p_valid_to date default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'check_qualification',
    jsonb_build_object('qualification', p_qualification_id, 'accept', p_accept, 'reason', p_reason, 'to', p_valid_to));
  v_row public.qualifications;
  v_reason text;
  v_status text := case when p_accept then 'checked' else 'declined' end;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  select * into v_row from public.qualifications q where q.community_id = p_community_id and q.id = p_qualification_id for update;
  if not found then perform private.fail(404, 'qualification_unknown'); end if;
  if p_accept is null then perform private.fail(400, 'field_required', '{"field":"accept"}'); end if;
  if v_row.person_id = v_ctx.person_id then perform private.fail(403, 'own_request'); end if;
  if v_row.status <> 'submitted' then perform private.fail(409, 'qualification_decided'); end if;
  v_reason := private.clean_text(p_reason, 'reason', 200, not p_accept);
  if p_accept then perform private.check_qualification_dates(v_row.kind, v_row.valid_from, coalesce(p_valid_to, v_row.valid_to)); end if;
  update public.qualifications set status = v_status, reason = v_reason, verified_by = v_ctx.person_id,
      valid_to = case when p_accept then coalesce(p_valid_to, valid_to) else valid_to end
    where community_id = p_community_id and id = p_qualification_id;
  perform private.notify(p_community_id, v_row.person_id, 'qualification_' || v_status,
    jsonb_build_object('qualification', v_row.kind, 'reason', coalesce(v_reason, '')), '/me/qualifications');
  return private.end_command(v_ctx, 'qualifications', p_qualification_id, jsonb_build_object('id', p_qualification_id, 'status', v_status), '{}', v_row.person_id);
end $$;
comment on function public.check_qualification(uuid, uuid, uuid, boolean, text, date) is
  '「资质已核」: accepts a submitted qualification (with another last day when the paper says so) or declines it with a reason. Office staff, nobody the own one. Errors: not_allowed, qualification_unknown, own_request, qualification_decided, dates_out_of_order, qualification_expired, field_required.';

create function public.end_qualification(p_community_id uuid, p_id uuid, p_qualification_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'end_qualification', jsonb_build_object('qualification', p_qualification_id, 'reason', p_reason));
  v_row public.qualifications;
  v_status text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_row from public.qualifications q where q.community_id = p_community_id and q.id = p_qualification_id for update;
  if not found or not (private.is_office(p_community_id, v_ctx.person_id) or private.can_act_for(p_community_id, v_ctx.person_id, v_row.person_id)) then
    perform private.fail(404, 'qualification_unknown');
  end if;
  if v_row.status not in ('submitted', 'checked') then perform private.fail(409, 'qualification_decided'); end if;
  -- What never counted is withdrawn; a checked one counted until yesterday.
  v_status := case when v_row.status = 'checked' and v_row.valid_from < private.today() then 'ended' else 'withdrawn' end;
  update public.qualifications set status = v_status, reason = private.clean_text(p_reason, 'reason', 200),
      valid_to = case when v_status = 'ended' then least(coalesce(valid_to, private.today() - 1), private.today() - 1) else valid_to end
    where community_id = p_community_id and id = p_qualification_id;
  return private.end_command(v_ctx, 'qualifications', p_qualification_id, jsonb_build_object('id', p_qualification_id, 'status', v_status), '{}', v_row.person_id);
end $$;
comment on function public.end_qualification(uuid, uuid, uuid, text) is
  'Ends a qualification as of yesterday, or takes back one that waits. Office staff, the holder. Errors: qualification_unknown, qualification_decided, field_required.';

insert into private.setting_keys (key, kind, area, sort, unit, min_value, max_value, default_value) values
  ('qualification_reminder_days', 'number', 'volunteers', 60, 'days', 7, 90, 30);

create function private.remind_qualifications(p_community_id uuid, p_person_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  q record;
begin
  for q in update public.qualifications t set reminded_at = private.now()
      where t.community_id = p_community_id and t.person_id = p_person_id and t.status = 'checked' and t.reminded_at is null
        and t.valid_to between private.today() and private.today() + private.setting_int(p_community_id, 'qualification_reminder_days')
        and not exists (select 1 from public.qualifications n where n.community_id = t.community_id and n.person_id = t.person_id and n.kind = t.kind
          and n.id <> t.id and n.status = 'checked' and (n.valid_to is null or n.valid_to > t.valid_to))
      returning t.kind, t.valid_to loop
    perform private.notify(p_community_id, p_person_id, 'qualification_expiring', jsonb_build_object('qualification', q.kind, 'day', q.valid_to), '/me/qualifications');
  end loop;
end $$;
comment on function private.remind_qualifications(uuid, uuid) is
  'Tells a person once that a qualification runs out within 30 days and none follows it. Part of send_due_reminders.';

create function private.qualification_state(p_q public.qualifications)
returns text language sql stable set search_path = '' as $$
  select case when p_q.status <> 'checked' then p_q.status
    when p_q.valid_to < private.today() then 'expired'
    when p_q.valid_from > private.today() then 'future'
    when p_q.valid_to <= private.today() + 60 then 'expiring'
    else 'valid' end
$$;
comment on function private.qualification_state(public.qualifications) is 'submitted, declined, ended; a checked one is future, valid, expiring (60 days) or expired: judged when read.';

create function public.my_qualifications(p_community_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_person uuid := coalesce(p_for_person_id, v_me);
begin
  if v_person <> v_me and not private.can_act_for(p_community_id, v_me, v_person) then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object(
    'is_volunteer', exists (select 1 from public.volunteers v where v.community_id = p_community_id and v.id = v_person and v.status <> 'left'),
    'qualifications', coalesce((select jsonb_agg(jsonb_build_object('id', q.id, 'kind', q.kind, 'valid_from', q.valid_from, 'valid_to', q.valid_to,
        'state', private.qualification_state(q), 'evidence', q.evidence_note, 'reason', q.reason,
        'checked_by', private.staff_name(p_community_id, q.verified_by))
        order by (q.status in ('submitted', 'checked')) desc, q.valid_to desc nulls first, q.id)
      from public.qualifications q where q.community_id = p_community_id and q.person_id = v_person), '[]'));
end $$;
comment on function public.my_qualifications(uuid, uuid) is 'The caller''s (or a helped person''s) qualifications with their state today. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.qualification_desk(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if not private.is_office(p_community_id, v_me) then perform private.fail(403, 'not_allowed'); end if;
  return coalesce((select jsonb_agg(to_jsonb(x) order by x.sort, x.valid_to nulls last, x.name, x.id) from (
    select q.id, q.person_id, pp.real_name as name, v.volunteer_no, q.kind, q.valid_from, q.valid_to, private.qualification_state(q) as state,
      q.evidence_note as evidence, q.submitted_at, q.person_id = v_me as is_me, private.staff_name(p_community_id, q.verified_by) as checked_by,
      (select coalesce(jsonb_agg(jsonb_build_object('color', k.color, 'name', k.name) order by k.name), '[]') from public.corps_members m
        join public.corps k on k.community_id = m.community_id and k.id = m.corps_id
        where m.community_id = q.community_id and m.person_id = q.person_id and m.left_on is null) as corps,
      array_position(array['submitted', 'expiring', 'expired', 'valid', 'future'], private.qualification_state(q)) as sort
    from public.qualifications q
    join public.person_private pp on pp.community_id = q.community_id and pp.person_id = q.person_id
    left join public.volunteers v on v.community_id = q.community_id and v.id = q.person_id
    where q.community_id = p_community_id and (q.status = 'submitted' or q.status = 'checked' and (q.valid_to is null or q.valid_to > private.today() - 180))) x), '[]');
end $$;
comment on function public.qualification_desk(uuid) is
  'The qualifications of the community: what waits to be checked, what runs out, what is valid. Office staff. Errors: not_signed_in, not_a_member, not_allowed.';

-- ---------------------------------------------------------------- trainings (never volunteer hours)

create table public.trainings (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  corps_id uuid,
  title text not null,
  summary text,
  place_id uuid,
  capacity int not null,
  status text not null default 'open' check (status in ('open', 'cancelled')),
  status_reason text,
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, corps_id) references public.corps (community_id, id),
  foreign key (community_id, place_id) references public.places (community_id, id),
  foreign key (community_id, created_by) references public.persons (community_id, id),
  constraint training_capacity_is_1_to_500 check (capacity between 1 and 500)
);
create index trainings_by_corps on public.trainings (community_id, corps_id);
create index trainings_by_place on public.trainings (community_id, place_id);
create index trainings_by_author on public.trainings (community_id, created_by);
comment on table public.trainings is
  'Trainings of a corps, or of the community without one. Training is not service (民政部令第67号): there is no way from here to a service record.';
comment on column public.trainings.status_reason is 'public within the community: why it was called off';

create table public.training_sessions (
  community_id uuid not null,
  id uuid not null,
  training_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, training_id) references public.trainings (community_id, id),
  constraint session_lasts_15_minutes_to_12_hours check (ends_at - starts_at between interval '15 minutes' and interval '12 hours')
);
create index training_sessions_by_training on public.training_sessions (community_id, training_id, starts_at);
comment on table public.training_sessions is 'When a training takes place.';

create table public.training_enrolments (
  community_id uuid not null,
  id uuid not null,
  training_id uuid not null,
  person_id uuid not null,
  status text not null default 'enrolled' check (status in ('enrolled', 'withdrawn', 'passed', 'failed')),
  enrolled_at timestamptz not null,
  enrolled_by uuid not null,
  decided_at timestamptz,
  decided_by uuid,
  award_id uuid,
  primary key (community_id, id),
  foreign key (community_id, training_id) references public.trainings (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, enrolled_by) references public.persons (community_id, id),
  foreign key (community_id, decided_by) references public.persons (community_id, id),
  constraint person_enrols_once_per_training unique (community_id, training_id, person_id),
  constraint nobody_passes_oneself check (decided_by is null or decided_by <> person_id)
);
create index training_enrolments_by_person on public.training_enrolments (community_id, person_id);
create index training_enrolments_by_enroller on public.training_enrolments (community_id, enrolled_by);
create index training_enrolments_by_decider on public.training_enrolments (community_id, decided_by);
comment on table public.training_enrolments is 'Who takes part: enrolled → passed | failed, or withdrawn. award_id is the source of the points of this pass; a later pass has another.';

create table public.training_attendances (
  community_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  enrolment_id uuid not null,
  was_present boolean not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, session_id) references public.training_sessions (community_id, id),
  foreign key (community_id, enrolment_id) references public.training_enrolments (community_id, id),
  foreign key (community_id, recorded_by) references public.persons (community_id, id),
  constraint a_session_is_attended_once unique (community_id, session_id, enrolment_id)
);
create index training_attendances_by_enrolment on public.training_attendances (community_id, enrolment_id);
create index training_attendances_by_recorder on public.training_attendances (community_id, recorded_by);
comment on table public.training_attendances is 'Who was there at a session, as its leader or the office recorded.';

create function private.leads_training(p_community_id uuid, p_person_id uuid, p_corps_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select private.leads_corps(p_community_id, p_person_id, p_corps_id)
$$;
comment on function private.leads_training(uuid, uuid, uuid) is 'The leaders of the training''s corps and the office; one of the whole community (no corps) the office alone.';

create function public.save_training(p_community_id uuid, p_id uuid, p_training_id uuid, p_training jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'save_training', jsonb_build_object('id', p_training_id, 't', p_training));
  v_old public.trainings;
  v_new public.trainings;
  v_before text;
  v_kept uuid[] := '{}';
  s record;
  v_person uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_training_id is null or jsonb_typeof(p_training) is distinct from 'object' or jsonb_typeof(p_training -> 'sessions') is distinct from 'array'
     or jsonb_array_length(p_training -> 'sessions') not between 1 and 20 then
    perform private.fail(400, 'field_required', '{"field":"sessions"}');
  end if;
  perform pg_advisory_xact_lock(hashtextextended(p_training_id::text, 4));
  select * into v_old from public.trainings t where t.community_id = p_community_id and t.id = p_training_id for update;
  begin
    v_new.corps_id := (p_training ->> 'corps_id')::uuid;
    v_new.place_id := (p_training ->> 'place_id')::uuid;
    v_new.capacity := coalesce((p_training ->> 'capacity')::int, 30);
  exception when invalid_text_representation or numeric_value_out_of_range then perform private.fail(400, 'field_invalid', '{"field":"training"}');
  end;
  if not private.leads_training(p_community_id, v_ctx.person_id, v_new.corps_id)
     or v_old.id is not null and not private.leads_training(p_community_id, v_ctx.person_id, v_old.corps_id) then
    perform private.fail(403, 'not_allowed');
  end if;
  if v_new.corps_id is not null and not exists (select 1 from public.corps c where c.community_id = p_community_id and c.id = v_new.corps_id and c.closed_on is null) then
    perform private.fail(404, 'corps_unknown');
  end if;
  if v_new.place_id is not null and not exists (select 1 from public.places p where p.community_id = p_community_id and p.id = v_new.place_id) then perform private.fail(404, 'place_unknown'); end if;
  if v_new.capacity not between 1 and 500 then perform private.fail(400, 'field_invalid', '{"field":"capacity"}'); end if;
  if v_old.status = 'cancelled' then perform private.fail(409, 'training_cancelled'); end if;
  if (select count(*) from public.training_enrolments e where e.community_id = p_community_id and e.training_id = p_training_id and e.status <> 'withdrawn') > v_new.capacity then
    perform private.fail(409, 'training_full');
  end if;
  v_before := private.training_times(p_community_id, p_training_id);
  insert into public.trainings (community_id, id, corps_id, title, summary, place_id, capacity, created_by, created_at)
    values (p_community_id, p_training_id, v_new.corps_id, private.clean_text(p_training ->> 'title', 'title', 40),
      private.clean_text(p_training ->> 'summary', 'summary', 1000, false), v_new.place_id, v_new.capacity, v_ctx.person_id, private.now())
    on conflict (community_id, id) do update set corps_id = excluded.corps_id, title = excluded.title, summary = excluded.summary,
      place_id = excluded.place_id, capacity = excluded.capacity;
  begin
    for s in select (x ->> 'id')::uuid as id, (x ->> 'starts_at')::timestamptz as starts_at, (x ->> 'ends_at')::timestamptz as ends_at
        from jsonb_array_elements(p_training -> 'sessions') x loop
      if s.id is null or s.starts_at is null or s.ends_at is null then perform private.fail(400, 'field_required', '{"field":"sessions"}'); end if;
      if not (s.ends_at - s.starts_at between interval '15 minutes' and interval '12 hours') then perform private.fail(422, 'shift_length_invalid'); end if;
      if s.starts_at > private.now() + interval '400 days' then perform private.fail(422, 'shift_too_far_ahead'); end if;
      if v_old.id is null and s.starts_at <= private.now() then perform private.fail(422, 'shift_in_the_past'); end if;
      if exists (select 1 from public.training_sessions o where o.community_id = p_community_id and o.id = s.id and o.training_id <> p_training_id) then
        perform private.fail(409, 'id_reused');
      end if;
      insert into public.training_sessions (community_id, id, training_id, starts_at, ends_at) values (p_community_id, s.id, p_training_id, s.starts_at, s.ends_at)
        on conflict (community_id, id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at;
      v_kept := v_kept || s.id;
    end loop;
  exception when invalid_text_representation or invalid_datetime_format or datetime_field_overflow then
    perform private.fail(400, 'field_invalid', '{"field":"sessions"}');
  end;
  if exists (select 1 from public.training_attendances a join public.training_sessions o on o.community_id = a.community_id and o.id = a.session_id
      where o.community_id = p_community_id and o.training_id = p_training_id and o.id <> all (v_kept)) then
    perform private.fail(409, 'session_has_attendance');
  end if;
  delete from public.training_sessions o where o.community_id = p_community_id and o.training_id = p_training_id and o.id <> all (v_kept);
  if v_old.id is not null and v_before is distinct from private.training_times(p_community_id, p_training_id) then
    for v_person in select e.person_id from public.training_enrolments e where e.community_id = p_community_id and e.training_id = p_training_id and e.status = 'enrolled' loop
      perform private.notify(p_community_id, v_person, 'training_changed', jsonb_build_object('title', private.clean_text(p_training ->> 'title', 'title', 40)), '/trainings/' || p_training_id);
    end loop;
  end if;
  return private.end_command(v_ctx, 'trainings', p_training_id, jsonb_build_object('id', p_training_id));
end $$;
comment on function public.save_training(uuid, uuid, uuid, jsonb) is
  'Announces or changes a training: {corps_id|null, title, summary, place_id, capacity, sessions:[{id, starts_at, ends_at}]}; those enrolled are told of other times. Leaders of the corps, office. Errors: not_allowed, corps_unknown, place_unknown, training_cancelled, training_full, session_has_attendance, shift_in_the_past, shift_too_far_ahead, shift_length_invalid, id_reused, field_*.';

create function private.training_times(p_community_id uuid, p_training_id uuid)
returns text language sql stable security definer set search_path = '' as $$
  select string_agg(s.starts_at || '/' || s.ends_at, ',' order by s.starts_at, s.ends_at) || coalesce((select t.place_id::text from public.trainings t
    where t.community_id = p_community_id and t.id = p_training_id), '')
  from public.training_sessions s where s.community_id = p_community_id and s.training_id = p_training_id
$$;
comment on function private.training_times(uuid, uuid) is 'Times and place in one text, to see whether a change concerns those enrolled.';

create function private.require_training_leader(p_ctx private.command_context, p_training_id uuid)
returns public.trainings language plpgsql volatile security definer set search_path = '' as $$
declare
  v_training public.trainings;
begin
  select * into v_training from public.trainings t where t.community_id = p_ctx.community_id and t.id = p_training_id for update;
  if not found then perform private.fail(404, 'training_unknown'); end if;
  if not private.leads_training(p_ctx.community_id, p_ctx.person_id, v_training.corps_id) then perform private.fail(403, 'not_allowed'); end if;
  return v_training;
end $$;

create function public.cancel_training(p_community_id uuid, p_id uuid, p_training_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'cancel_training', jsonb_build_object('training', p_training_id, 'reason', p_reason));
  v_training public.trainings;
  v_reason text;
  v_person uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_training := private.require_training_leader(v_ctx, p_training_id);
  if v_training.status = 'cancelled' then perform private.fail(409, 'training_cancelled'); end if;
  if exists (select 1 from public.training_enrolments e where e.community_id = p_community_id and e.training_id = p_training_id and e.status in ('passed', 'failed')) then
    perform private.fail(409, 'session_has_attendance');
  end if;
  v_reason := private.clean_text(p_reason, 'reason', 200);
  update public.trainings set status = 'cancelled', status_reason = v_reason where community_id = p_community_id and id = p_training_id;
  for v_person in select e.person_id from public.training_enrolments e where e.community_id = p_community_id and e.training_id = p_training_id and e.status = 'enrolled' loop
    perform private.notify(p_community_id, v_person, 'training_cancelled', jsonb_build_object('title', v_training.title, 'reason', v_reason), '/trainings/' || p_training_id);
  end loop;
  return private.end_command(v_ctx, 'trainings', p_training_id, jsonb_build_object('id', p_training_id, 'status', 'cancelled'));
end $$;
comment on function public.cancel_training(uuid, uuid, uuid, text) is
  'Calls a training off; those enrolled are told why. Leaders of the corps, office. Errors: not_allowed, training_unknown, training_cancelled, session_has_attendance, field_required.';

create function public.enrol_in_training(p_community_id uuid, p_id uuid, p_training_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'enrol_in_training', jsonb_build_object('training', p_training_id, 'for', p_for_person_id));
  v_person uuid := coalesce(p_for_person_id, v_ctx.person_id);
  v_training public.trainings;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  -- The row of the training is where those who want the last place wait for each other.
  select * into v_training from public.trainings t where t.community_id = p_community_id and t.id = p_training_id for update;
  if not found then perform private.fail(404, 'training_unknown'); end if;
  if not private.can_act_for(p_community_id, v_ctx.person_id, v_person) and not private.leads_training(p_community_id, v_ctx.person_id, v_training.corps_id) then
    perform private.fail(403, 'not_allowed');
  end if;
  if v_training.status = 'cancelled' then perform private.fail(409, 'training_cancelled'); end if;
  if not exists (select 1 from public.volunteers v where v.community_id = p_community_id and v.id = v_person and v.status <> 'left') then perform private.fail(422, 'not_a_volunteer'); end if;
  if not exists (select 1 from public.training_sessions s where s.community_id = p_community_id and s.training_id = p_training_id and s.starts_at > private.now()) then
    perform private.fail(422, 'training_over');
  end if;
  if exists (select 1 from public.training_enrolments e where e.community_id = p_community_id and e.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  if (select count(*) from public.training_enrolments e where e.community_id = p_community_id and e.training_id = p_training_id and e.status <> 'withdrawn' and e.person_id <> v_person) >= v_training.capacity then
    perform private.fail(409, 'training_full');
  end if;
  insert into public.training_enrolments as e (community_id, id, training_id, person_id, enrolled_at, enrolled_by)
    values (p_community_id, p_id, p_training_id, v_person, private.now(), v_ctx.person_id)
    on conflict (community_id, training_id, person_id) do update set status = 'enrolled', enrolled_at = excluded.enrolled_at, enrolled_by = excluded.enrolled_by
      where e.status = 'withdrawn';
  if not found then perform private.fail(409, 'already_enrolled'); end if;
  return private.end_command(v_ctx, 'trainings', p_training_id, jsonb_build_object('id', p_training_id, 'status', 'enrolled'), '{}', v_person);
end $$;
comment on function public.enrol_in_training(uuid, uuid, uuid, uuid) is
  'Takes a place in a training: oneself, a helper, its leaders, the office. Errors: training_unknown, not_allowed, training_cancelled, training_over, training_full, already_enrolled, not_a_volunteer.';

create function public.leave_training(p_community_id uuid, p_id uuid, p_training_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'leave_training', jsonb_build_object('training', p_training_id, 'for', p_for_person_id));
  v_person uuid := coalesce(p_for_person_id, v_ctx.person_id);
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.can_act_for(p_community_id, v_ctx.person_id, v_person) then perform private.fail(403, 'not_allowed'); end if;
  update public.training_enrolments set status = 'withdrawn'
    where community_id = p_community_id and training_id = p_training_id and person_id = v_person and status = 'enrolled';
  if not found then perform private.fail(404, 'enrolment_unknown'); end if;
  return private.end_command(v_ctx, 'trainings', p_training_id, jsonb_build_object('id', p_training_id, 'status', 'withdrawn'), '{}', v_person);
end $$;
comment on function public.leave_training(uuid, uuid, uuid, uuid) is 'Gives a place in a training back. Oneself, a helper. Errors: not_allowed, enrolment_unknown.';

create function public.record_training_attendance(p_community_id uuid, p_id uuid, p_session_id uuid, p_present uuid[])
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'record_training_attendance', jsonb_build_object('session', p_session_id, 'present', p_present));
  v_session public.training_sessions;
  v_count int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_few(p_present);
  select * into v_session from public.training_sessions s where s.community_id = p_community_id and s.id = p_session_id;
  if not found then perform private.fail(404, 'training_unknown'); end if;
  perform private.require_training_leader(v_ctx, v_session.training_id);
  if v_session.starts_at > private.now() then perform private.fail(422, 'session_not_started', jsonb_build_object('starts_at', v_session.starts_at)); end if;
  if exists (select 1 from public.training_enrolments e where e.community_id = p_community_id and e.id = any(p_present) and private.is_party_to(p_community_id, v_ctx.person_id, e.person_id)) then
    perform private.fail(403, 'own_attendance');
  end if;
  if exists (select 1 from unnest(p_present) x where not exists (select 1 from public.training_enrolments e
      where e.community_id = p_community_id and e.id = x and e.training_id = v_session.training_id and e.status <> 'withdrawn')) then
    perform private.fail(404, 'enrolment_unknown');
  end if;
  insert into public.training_attendances as a (community_id, id, session_id, enrolment_id, was_present, recorded_by, recorded_at)
    select p_community_id, private.new_id(), p_session_id, e.id, e.id = any(coalesce(p_present, '{}')), v_ctx.person_id, private.now()
    from public.training_enrolments e
    where e.community_id = p_community_id and e.training_id = v_session.training_id and e.status <> 'withdrawn' and not private.is_party_to(p_community_id, v_ctx.person_id, e.person_id)
    on conflict (community_id, session_id, enrolment_id) do update set was_present = excluded.was_present, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at;
  get diagnostics v_count = row_count;
  return private.end_command(v_ctx, 'training_sessions', p_session_id, jsonb_build_object('id', p_session_id, 'recorded', v_count, 'present', cardinality(p_present)));
end $$;
comment on function public.record_training_attendance(uuid, uuid, uuid, uuid[]) is
  'Who of those enrolled was at a session (enrolment ids); the others were not. Its leaders, the office; nobody oneself. Errors: too_many_rows {max}, training_unknown, not_allowed, session_not_started {starts_at}, own_attendance, enrolment_unknown.';

create function public.record_training_results(p_community_id uuid, p_id uuid, p_training_id uuid, p_passed uuid[], p_failed uuid[] default '{}')
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'record_training_results',
    jsonb_build_object('training', p_training_id, 'passed', p_passed, 'failed', p_failed));
  v_training public.trainings;
  v_last timestamptz;
  v_status text;
  v_points int;
  e public.training_enrolments;
  v_now public.training_enrolments;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_few(p_passed || p_failed);
  v_training := private.require_training_leader(v_ctx, p_training_id);
  if v_training.status = 'cancelled' then perform private.fail(409, 'training_cancelled'); end if;
  select max(s.starts_at) into v_last from public.training_sessions s where s.community_id = p_community_id and s.training_id = p_training_id;
  if v_last > private.now() then perform private.fail(422, 'session_not_started', jsonb_build_object('starts_at', v_last)); end if;
  if p_passed && p_failed then perform private.fail(400, 'field_invalid', '{"field":"passed"}'); end if;
  if exists (select 1 from unnest(p_passed || p_failed) x where not exists (select 1 from public.training_enrolments n
      where n.community_id = p_community_id and n.id = x and n.training_id = p_training_id and n.status <> 'withdrawn')) then
    perform private.fail(404, 'enrolment_unknown');
  end if;
  for e in select n.* from public.training_enrolments n where n.community_id = p_community_id and n.id = any(p_passed || p_failed) order by n.person_id for update loop
    if private.is_party_to(p_community_id, v_ctx.person_id, e.person_id) then perform private.fail(403, 'own_attendance'); end if;
    v_status := case when e.id = any(p_passed) then 'passed' else 'failed' end;
    continue when e.status = v_status;
    if v_status = 'passed' and not exists (select 1 from public.training_attendances a where a.community_id = p_community_id and a.enrolment_id = e.id and a.was_present) then
      perform private.fail(422, 'training_not_attended', jsonb_build_object('name', (select p.display_name from public.persons p where p.community_id = p_community_id and p.id = e.person_id)));
    end if;
    update public.training_enrolments set status = v_status, decided_at = private.now(), decided_by = v_ctx.person_id, award_id = private.new_id()
      where community_id = p_community_id and id = e.id returning * into v_now;
    v_points := null;
    if v_status = 'passed' then
      v_points := private.award_points(p_community_id, e.person_id, 'V10', 'training', v_now.award_id, private.day_of(v_last), jsonb_build_object('training_id', p_training_id), v_ctx.person_id);
    elsif e.status = 'passed' then
      perform private.reverse_award(p_community_id, 'training', e.award_id, private.new_id(), v_ctx.person_id);
    end if;
    perform private.notify(p_community_id, e.person_id, 'training_' || v_status, jsonb_build_object('title', v_training.title, 'points', coalesce(v_points, 0)), '/trainings/' || p_training_id);
  end loop;
  return private.end_command(v_ctx, 'trainings', p_training_id, jsonb_build_object('id', p_training_id,
    'passed', (select count(*) from public.training_enrolments n where n.community_id = p_community_id and n.training_id = p_training_id and n.status = 'passed')));
end $$;
comment on function public.record_training_results(uuid, uuid, uuid, uuid[], uuid[]) is
  'Who passed and who did not (enrolment ids), after the last session began; passing asks for one session attended and earns V10; taken back, the points go, too. Its leaders, the office; nobody oneself. Errors: too_many_rows {max}, training_unknown, not_allowed, training_cancelled, session_not_started {starts_at}, training_not_attended {name}, own_attendance, enrolment_unknown, field_invalid.';

create function public.list_trainings(p_community_id uuid, p_corps_id uuid default null, p_for_person_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_person uuid := coalesce(p_for_person_id, v_me);
begin
  if v_person <> v_me and not private.can_act_for(p_community_id, v_me, v_person) then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object('server_time', private.now(), 'trainings', coalesce((
    select jsonb_agg(to_jsonb(x) - 'last' order by (x.last >= private.now()) desc, case when x.last >= private.now() then x.starts_at end, x.starts_at desc) from (
      select t.id, t.title, t.summary, t.status, t.status_reason, t.capacity, k.id as corps_id, k.color as corps_color, k.name as corps_name, pl.name as place_name,
        ss.starts_at, ss.last, ss.sessions, ss.last < private.now() as is_over,
        (select count(*) from public.training_enrolments e where e.community_id = t.community_id and e.training_id = t.id and e.status <> 'withdrawn') as enrolled,
        (select e.status from public.training_enrolments e where e.community_id = t.community_id and e.training_id = t.id and e.person_id = v_person and e.status <> 'withdrawn') as mine,
        private.leads_training(p_community_id, v_me, t.corps_id) as i_lead
      from public.trainings t
      cross join lateral (select min(s.starts_at) as starts_at, max(s.ends_at) as last, count(*) as sessions from public.training_sessions s
        where s.community_id = t.community_id and s.training_id = t.id) ss
      left join public.corps k on k.community_id = t.community_id and k.id = t.corps_id
      left join public.places pl on pl.community_id = t.community_id and pl.id = t.place_id
      where t.community_id = p_community_id and (p_corps_id is null or t.corps_id = p_corps_id or t.corps_id is null)
        and (t.status = 'open' or ss.last > private.now()) and ss.last > private.now() - interval '400 days'
      order by ss.starts_at desc limit 100) x), '[]'));
end $$;
comment on function public.list_trainings(uuid, uuid, uuid) is
  'Trainings to come, then those of the last 400 days, with places and the caller''s part; of one corps with those for everybody. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.training_detail(p_community_id uuid, p_training_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_training public.trainings;
  v_lead boolean;
begin
  select * into v_training from public.trainings t where t.community_id = p_community_id and t.id = p_training_id;
  if not found then perform private.fail(404, 'training_unknown'); end if;
  v_lead := private.leads_training(p_community_id, v_me, v_training.corps_id);
  return jsonb_build_object('id', v_training.id, 'title', v_training.title, 'summary', v_training.summary, 'status', v_training.status,
    'status_reason', v_training.status_reason, 'capacity', v_training.capacity, 'corps_id', v_training.corps_id, 'place_id', v_training.place_id,
    'corps_name', (select k.name from public.corps k where k.community_id = p_community_id and k.id = v_training.corps_id),
    'corps_color', (select k.color from public.corps k where k.community_id = p_community_id and k.id = v_training.corps_id),
    'place_name', (select pl.name from public.places pl where pl.community_id = p_community_id and pl.id = v_training.place_id),
    'enrolled', (select count(*) from public.training_enrolments e where e.community_id = p_community_id and e.training_id = p_training_id and e.status <> 'withdrawn'),
    'mine', (select e.status from public.training_enrolments e where e.community_id = p_community_id and e.training_id = p_training_id and e.person_id = v_me and e.status <> 'withdrawn'),
    'i_lead', v_lead, 'server_time', private.now(),
    'sessions', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'starts_at', s.starts_at, 'ends_at', s.ends_at,
        'present', case when v_lead then (select coalesce(jsonb_agg(a.enrolment_id), '[]') from public.training_attendances a where a.community_id = s.community_id and a.session_id = s.id and a.was_present) end,
        'is_recorded', exists (select 1 from public.training_attendances a where a.community_id = s.community_id and a.session_id = s.id),
        'i_was_there', (select a.was_present from public.training_attendances a join public.training_enrolments e on e.community_id = a.community_id and e.id = a.enrolment_id
          where a.community_id = s.community_id and a.session_id = s.id and e.person_id = v_me)) order by s.starts_at), '[]')
      from public.training_sessions s where s.community_id = p_community_id and s.training_id = p_training_id),
    'people', case when v_lead then (select coalesce(jsonb_agg(jsonb_build_object('enrolment_id', e.id, 'name', pp.real_name, 'status', e.status, 'is_me', e.person_id = v_me,
        'volunteer_no', v.volunteer_no) order by pp.name_key, e.id), '[]')
      from public.training_enrolments e
      join public.person_private pp on pp.community_id = e.community_id and pp.person_id = e.person_id
      left join public.volunteers v on v.community_id = e.community_id and v.id = e.person_id
      where e.community_id = p_community_id and e.training_id = p_training_id and e.status <> 'withdrawn') end);
end $$;
comment on function public.training_detail(uuid, uuid) is
  'One training; who is enrolled and was there for its leaders and the office only. Errors: not_signed_in, not_a_member, training_unknown.';

-- ---------------------------------------------------------------- reads of a corps

create function public.corps_desk(p_community_id uuid, p_corps_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if not private.leads_corps(p_community_id, v_me, p_corps_id) then perform private.fail(403, 'not_allowed'); end if;
  return coalesce((select jsonb_agg(to_jsonb(x) order by (x.status = 'submitted') desc, x.created_at desc) from (
    select a.id, a.person_id, pp.real_name as name, v.volunteer_no, a.note, a.status, a.reason, a.created_at, a.decided_at, a.person_id = v_me as is_me,
      a.created_by <> a.person_id as by_helper, v.skills, v.availability,
      (select coalesce(sum(r.minutes), 0) from public.service_records r where r.community_id = a.community_id and r.person_id = a.person_id) as minutes_total,
      (select coalesce(jsonb_agg(distinct q.kind), '[]') from public.qualifications q where q.community_id = a.community_id and q.person_id = a.person_id
        and q.status = 'checked' and (q.valid_to is null or q.valid_to >= private.today())) as qualifications
    from public.corps_applications a
    join public.person_private pp on pp.community_id = a.community_id and pp.person_id = a.person_id
    left join public.volunteers v on v.community_id = a.community_id and v.id = a.person_id
    where a.community_id = p_community_id and a.corps_id = p_corps_id and a.status <> 'withdrawn'
      and (a.status = 'submitted' or a.decided_at > private.now() - interval '60 days')
    order by a.created_at desc limit 100) x), '[]');
end $$;
comment on function public.corps_desk(uuid, uuid) is
  'Applications to a corps: those that wait, and those decided in the last 60 days; with what helps to decide. Its leaders, the office. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.public_corps(p_community_id uuid, p_corps_id uuid)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('id', k.id, 'community_id', c.id, 'community_name', c.name, 'is_demo', c.is_demo, 'color', k.color, 'name', k.name,
    'charter', k.charter, 'relay_phone', k.relay_phone, 'founded_on', k.founded_on, 'server_time', private.now(),
    'leaders', coalesce((select jsonb_agg(private.public_name(c.id, l) order by private.public_name(c.id, l)) from private.corps_leaders(c.id, k.id) l
      join public.persons p on p.community_id = c.id and p.id = l and p.status = 'active'), '[]'),
    'members', (select count(*) from public.corps_members m where m.community_id = c.id and m.corps_id = k.id and m.left_on is null),
    'minutes_year', (select coalesce(sum(r.minutes), 0) from public.service_records r
      join public.activities a on a.community_id = r.community_id and a.id = r.activity_id
      where r.community_id = c.id and a.corps_id = k.id and r.service_date >= date_trunc('year', private.today())::date),
    'open_shifts', coalesce((select jsonb_agg(to_jsonb(x) order by x.starts_at) from (
      select s.id, a.title, s.starts_at, s.ends_at, pl.name as place_name, (private.shift_places(c.id, s.id) ->> 'capacity')::int as capacity,
        (private.shift_places(c.id, s.id) ->> 'taken')::int as taken
      from public.activities a
      join public.shifts s on s.community_id = a.community_id and s.activity_id = a.id and s.status = 'open' and s.starts_at > private.now()
      left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
      where a.community_id = c.id and a.corps_id = k.id and a.status = 'published'
      order by s.starts_at limit 20) x), '[]'))
  from public.corps k join public.communities c on c.id = k.community_id
  where k.community_id = p_community_id and k.id = p_corps_id and k.closed_on is null
$$;
comment on function public.public_corps(uuid, uuid) is
  'A corps as everybody may see it: colour, charter, leaders (masked unless they agreed to be named), open shifts, hours of the year; no member. Null when there is none. For everybody.';

create function private.tg_persons__erase_corps_texts()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.corps_applications set note = null, reason = case when status = 'declined' then '*' end where community_id = new.community_id and person_id = new.id;
  update public.corps_applications set status = 'withdrawn' where community_id = new.community_id and person_id = new.id and status = 'submitted';
  update public.training_enrolments set status = 'withdrawn' where community_id = new.community_id and person_id = new.id and status = 'enrolled';
  return null;
end $$;
comment on function private.tg_persons__erase_corps_texts() is 'What an erased person wrote goes with the name; places held are given back.';
create trigger tg_persons__erase_corps_texts after update of status on public.persons
  for each row when (new.status = 'erased' and old.status <> 'erased') execute function private.tg_persons__erase_corps_texts();

-- ---------------------------------------------------------------- policies and grants

alter table public.corps_applications enable row level security;
alter table public.trainings enable row level security;
alter table public.training_sessions enable row level security;
alter table public.training_enrolments enable row level security;
alter table public.training_attendances enable row level security;
grant select on public.corps_applications, public.trainings, public.training_sessions, public.training_enrolments, public.training_attendances to authenticated;
create policy select_own_or_as_leader on public.corps_applications for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or (community_id = any(array(select private.my_communities())) and corps_id = any(array(select private.my_scopes('corps_leader')))
    and (community_id, corps_id) in (select k.community_id, k.scope_id from private.my_scope_keys('corps_leader') k))
  or community_id = any(array(select private.office_communities())));
create policy select_as_member on public.trainings for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.training_sessions for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_own_or_as_leader on public.training_enrolments for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities()))
  or (community_id, training_id) in (select t.community_id, t.id from public.trainings t
    where (t.community_id, t.corps_id) in (select k.community_id, k.scope_id from private.my_scope_keys('corps_leader') k)));
create policy select_with_enrolment on public.training_attendances for select to authenticated using (
  community_id = any(array(select private.my_communities())) and (community_id, enrolment_id) in (select e.community_id, e.id from public.training_enrolments e));

do $$
declare
  f regprocedure;
begin
  foreach f in array array[
    'private.corps_leaders(uuid, uuid)', 'private.public_name(uuid, uuid)', 'private.check_qualification_dates(text, date, date)',
    'private.remind_qualifications(uuid, uuid)', 'private.qualification_state(public.qualifications)', 'private.leads_training(uuid, uuid, uuid)',
    'private.training_times(uuid, uuid)', 'private.require_training_leader(private.command_context, uuid)', 'private.tg_persons__erase_corps_texts()']::regprocedure[] loop
    execute format('revoke all on function %s from public, anon, authenticated', f);
  end loop;
  foreach f in array array[
    'public.apply_to_corps(uuid, uuid, uuid, text, uuid)', 'public.review_corps_application(uuid, uuid, uuid, boolean, text)',
    'public.withdraw_corps_application(uuid, uuid, uuid)', 'public.submit_qualification(uuid, uuid, text, date, date, text, uuid)',
    'public.grant_qualification(uuid, uuid, uuid, text, date, date, text)', 'public.check_qualification(uuid, uuid, uuid, boolean, text, date)',
    'public.end_qualification(uuid, uuid, uuid, text)', 'public.my_qualifications(uuid, uuid)', 'public.qualification_desk(uuid)',
    'public.save_training(uuid, uuid, uuid, jsonb)', 'public.cancel_training(uuid, uuid, uuid, text)', 'public.enrol_in_training(uuid, uuid, uuid, uuid)',
    'public.leave_training(uuid, uuid, uuid, uuid)', 'public.record_training_attendance(uuid, uuid, uuid, uuid[])',
    'public.record_training_results(uuid, uuid, uuid, uuid[], uuid[])', 'public.list_trainings(uuid, uuid, uuid)', 'public.training_detail(uuid, uuid)',
    'public.corps_desk(uuid, uuid)', 'public.public_corps(uuid, uuid)']::regprocedure[] loop
    execute format('revoke all on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to authenticated', f);
  end loop;
end $$;
grant execute on function public.public_corps(uuid, uuid) to anon;
