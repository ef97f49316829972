-- Activities, shifts, sign-ups: an activity with its shifts, places by role, and an ordered waiting list with timed offers.

create table public.activities (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  corps_id uuid not null,
  title text not null,
  summary text,
  risk_note text,
  category text not null,
  place_id uuid,
  meeting_point text,
  is_volunteer_service boolean not null default true,
  is_hazardous boolean not null default false,
  insurance_ref text,
  qualification_kind text,
  min_age int not null default 14,
  status text not null default 'draft' check (status in ('draft', 'pending_review', 'published', 'finished', 'settled', 'cancelled', 'rejected')),
  status_reason text,
  created_by uuid,
  created_at timestamptz not null,
  published_by uuid,
  published_at timestamptz,
  registered_late boolean not null default false,
  primary key (community_id, id),
  foreign key (community_id, corps_id) references public.corps (community_id, id),
  foreign key (community_id, place_id) references public.places (community_id, id),
  foreign key (community_id, created_by) references public.persons (community_id, id),
  foreign key (community_id, published_by) references public.persons (community_id, id),
  constraint published_activity_states_its_risks check (status not in ('published', 'finished', 'settled') or risk_note is not null),
  constraint hazardous_activity_is_insured_when_published check (status not in ('published', 'finished', 'settled') or not is_hazardous or insurance_ref is not null),
  constraint min_age_is_14_to_80 check (min_age between 14 and 80)
);
create index activities_by_corps on public.activities (community_id, corps_id);
create index activities_by_place on public.activities (community_id, place_id);
create index activities_by_author on public.activities (community_id, created_by);
create index activities_by_publisher on public.activities (community_id, published_by);
create index activities_by_status on public.activities (community_id, status);
comment on table public.activities is 'What a corps does: risk note before publishing, insurance when hazardous, qualification when professional (志愿服务条例).';
comment on column public.activities.registered_late is 'Written down after it was over (register_past_service): nobody could sign up, hours come by back-fill only, and no calendar shows it.';

create table public.shifts (
  community_id uuid not null,
  id uuid not null,
  activity_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  status text not null default 'open' check (status in ('open', 'cancelled')),
  opens_at timestamptz,
  moved_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, activity_id) references public.activities (community_id, id),
  constraint sign_up_opens_before_the_start check (opens_at < starts_at),
  constraint shift_lasts_15_minutes_to_12_hours check (ends_at - starts_at between interval '15 minutes' and interval '12 hours')
);
create index shifts_by_activity on public.shifts (community_id, activity_id);
create index shifts_by_start on public.shifts (community_id, starts_at);
comment on table public.shifts is 'When an activity takes place; times are moments, days are cut in Asia/Shanghai. opens_at: from when one may sign up; null = since it was published. moved_at: when its time was last changed after it was planned.';

create table public.shift_roles (
  community_id uuid not null,
  id uuid not null,
  shift_id uuid not null,
  name text not null default 'helper' check (name in ('helper', 'lead', 'professional', 'logistics')),
  capacity int not null,
  taken int not null default 0,
  reserved int not null default 0,
  next_queue_no bigint not null default 1,
  qualification_kind text check (qualification_kind in ('lawyer', 'electrician', 'doctor', 'nurse', 'first_aid', 'counsellor', 'teacher', 'mediator')),
  min_age int,
  max_age int,
  primary key (community_id, id),
  foreign key (community_id, shift_id) references public.shifts (community_id, id),
  constraint shift_role_name_is_unique unique (community_id, shift_id, name),
  constraint capacity_is_1_to_500 check (capacity between 1 and 500),
  constraint taken_is_within_capacity check (taken >= 0 and reserved >= 0 and taken + reserved <= capacity),
  constraint role_ages_are_14_to_99_in_order check (min_age between 14 and 99 and max_age between 14 and 99 and min_age <= max_age)
);
comment on table public.shift_roles is
  'Places of a shift by role, with what the role asks for. taken counts confirmed places and live offers, reserved the places of blocks that have no name yet; together they never exceed capacity (invariant 1).';

create table public.shift_blocks (
  community_id uuid not null,
  id uuid not null,
  shift_id uuid not null,
  shift_role_id uuid not null,
  organisation text not null,
  contact_person_id uuid not null,
  places int not null,
  filled int not null default 0,
  first_queue_no bigint not null,
  until_at timestamptz not null,
  created_at timestamptz not null,
  created_by uuid not null,
  released_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, shift_id) references public.shifts (community_id, id),
  foreign key (community_id, shift_role_id) references public.shift_roles (community_id, id),
  foreign key (community_id, contact_person_id) references public.persons (community_id, id),
  foreign key (community_id, created_by) references public.persons (community_id, id),
  constraint filled_is_within_the_block check (filled between 0 and places)
);
create index shift_blocks_by_shift on public.shift_blocks (community_id, shift_id);
create index shift_blocks_by_role on public.shift_blocks (community_id, shift_role_id);
create index shift_blocks_by_contact on public.shift_blocks (community_id, contact_person_id);
create index shift_blocks_by_author on public.shift_blocks (community_id, created_by);
comment on table public.shift_blocks is
  'Places kept for a group or firm until a moment; names are handed in by its contact. Unused ones are released by time (released_at is only the tidying), and the queue numbers of a block are those of the moment it was reserved.';

create table public.signups (
  community_id uuid not null,
  id uuid not null,
  shift_id uuid not null,
  shift_role_id uuid not null,
  person_id uuid not null,
  status text not null check (status in ('applied', 'confirmed', 'waitlisted', 'offered', 'lapsed', 'rejected', 'cancelled', 'late_cancelled', 'excused', 'attended', 'no_show')),
  queue_no bigint not null,
  offer_expires_at timestamptz,
  signed_up_at timestamptz not null,
  signed_up_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  reason text,
  block_id uuid,
  primary key (community_id, id),
  foreign key (community_id, shift_id) references public.shifts (community_id, id),
  foreign key (community_id, shift_role_id) references public.shift_roles (community_id, id),
  foreign key (community_id, block_id) references public.shift_blocks (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, signed_up_by) references public.persons (community_id, id),
  foreign key (community_id, ended_by) references public.persons (community_id, id),
  constraint an_offer_has_an_end check ((status = 'offered') = (offer_expires_at is not null))
);
create unique index person_signs_up_once_per_shift on public.signups (community_id, shift_id, person_id)
  where status in ('applied', 'confirmed', 'waitlisted', 'offered', 'excused', 'attended', 'no_show');
create unique index queue_number_is_unique on public.signups (community_id, shift_role_id, queue_no);
create index signups_by_person on public.signups (community_id, person_id, status);
create index signups_by_shift on public.signups (community_id, shift_id);
create index signups_waiting on public.signups (community_id, shift_role_id, queue_no) where status in ('waitlisted', 'offered');
create index signups_by_block on public.signups (community_id, block_id) where block_id is not null;
create index signups_by_signer on public.signups (community_id, signed_up_by);
comment on column public.activities.risk_note is 'public within the community: what taking part risks';
comment on column public.activities.status_reason is 'public within the community: why it was called off or given back';
comment on column public.signups.reason is 'personal data: free text';
create index signups_by_ender on public.signups (community_id, ended_by);
comment on table public.signups is 'applied → confirmed | waitlisted → offered → confirmed | lapsed; confirmed → cancelled | late_cancelled | excused | attended | no_show. signed_up_by names who did it (代办).';

-- ---------------------------------------------------------------- activities

create function private.require_activity_leader(p_ctx private.command_context, p_activity_id uuid)
returns public.activities language plpgsql volatile security definer set search_path = '' as $$
declare
  v_activity public.activities;
begin
  select * into v_activity from public.activities a where a.community_id = p_ctx.community_id and a.id = p_activity_id for update;
  if not found then perform private.fail(404, 'activity_unknown'); end if;
  if not private.leads_corps(p_ctx.community_id, p_ctx.person_id, v_activity.corps_id) then perform private.fail(403, 'not_allowed'); end if;
  return v_activity;
end $$;

create function private.insert_shift(p_community_id uuid, p_activity_id uuid, p_shift jsonb)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid;
  v_starts timestamptz;
  v_ends timestamptz;
  v_opens timestamptz;
  v_role jsonb;
begin
  v_id := (p_shift ->> 'id')::uuid;
  v_starts := (p_shift ->> 'starts_at')::timestamptz;
  v_ends := (p_shift ->> 'ends_at')::timestamptz;
  v_opens := (p_shift ->> 'opens_at')::timestamptz;
  if v_id is null or v_starts is null or v_ends is null then perform private.fail(400, 'field_required', '{"field":"shift"}'); end if;
  if v_starts <= private.now() then perform private.fail(422, 'shift_in_the_past'); end if;
  if v_starts > private.now() + interval '400 days' then perform private.fail(422, 'shift_too_far_ahead'); end if;
  if v_ends - v_starts not between interval '15 minutes' and interval '12 hours' then perform private.fail(422, 'shift_length_invalid'); end if;
  if v_opens >= v_starts then perform private.fail(422, 'opens_after_start'); end if;
  if jsonb_typeof(p_shift -> 'roles') is distinct from 'array' or jsonb_array_length(p_shift -> 'roles') not between 1 and 4 then
    perform private.fail(400, 'field_required', '{"field":"roles"}');
  end if;
  insert into public.shifts (community_id, id, activity_id, starts_at, ends_at, opens_at) values (p_community_id, v_id, p_activity_id, v_starts, v_ends, v_opens);
  for v_role in select * from jsonb_array_elements(p_shift -> 'roles') loop
    if coalesce(v_role ->> 'name', '') not in ('helper', 'lead', 'professional', 'logistics') then perform private.fail(400, 'field_invalid', '{"field":"role"}'); end if;
    if (v_role ->> 'capacity')::int is null or (v_role ->> 'capacity')::int not between 1 and 500 then perform private.fail(400, 'field_invalid', '{"field":"capacity"}'); end if;
    insert into public.shift_roles (community_id, id, shift_id, name, capacity, qualification_kind, min_age, max_age)
      values (p_community_id, (v_role ->> 'id')::uuid, v_id, v_role ->> 'name', (v_role ->> 'capacity')::int,
        nullif(v_role ->> 'qualification_kind', ''), (v_role ->> 'min_age')::int, (v_role ->> 'max_age')::int);
  end loop;
exception
  when unique_violation then perform private.fail(409, 'shift_exists');
  when not_null_violation then perform private.fail(400, 'field_required', '{"field":"shift"}');
  when check_violation then perform private.fail(400, 'field_invalid', '{"field":"role"}');
  when invalid_text_representation or invalid_datetime_format or datetime_field_overflow or numeric_value_out_of_range then
    perform private.fail(400, 'field_invalid', '{"field":"shift"}');
end $$;

create function private.check_activity_fields(p_ctx private.command_context, p_activity jsonb)
returns void language plpgsql stable security definer set search_path = '' as $$
declare
  v_corps uuid;
  v_place uuid;
begin
  begin
    v_corps := (p_activity ->> 'corps_id')::uuid;
    v_place := (p_activity ->> 'place_id')::uuid;
    perform coalesce((p_activity ->> 'is_hazardous')::boolean, false), coalesce((p_activity ->> 'is_volunteer_service')::boolean, true);
    if coalesce((p_activity ->> 'min_age')::int, 14) not between 14 and 80 then perform private.fail(400, 'field_invalid', '{"field":"min_age"}'); end if;
  exception when invalid_text_representation or numeric_value_out_of_range then perform private.fail(400, 'field_invalid', '{"field":"activity"}');
  end;
  if not exists (select 1 from public.corps c where c.community_id = p_ctx.community_id and c.id = v_corps and c.closed_on is null) then perform private.fail(404, 'corps_unknown'); end if;
  if not private.leads_corps(p_ctx.community_id, p_ctx.person_id, v_corps) then perform private.fail(403, 'not_allowed'); end if;
  if v_place is not null and not exists (select 1 from public.places p where p.community_id = p_ctx.community_id and p.id = v_place) then perform private.fail(404, 'place_unknown'); end if;
  if p_activity ? 'qualification_kind' and nullif(p_activity ->> 'qualification_kind', '') is not null
     and (p_activity ->> 'qualification_kind') not in ('lawyer', 'electrician', 'doctor', 'nurse', 'first_aid', 'counsellor', 'teacher', 'mediator') then
    perform private.fail(400, 'code_unknown', jsonb_build_object('kind', 'qualification', 'code', left(p_activity ->> 'qualification_kind', 40)));
  end if;
  perform private.require_code('service_category', p_activity ->> 'category');
end $$;
comment on function private.check_activity_fields(private.command_context, jsonb) is
  'The fields of an activity, without its times, and that the caller leads its corps. Errors: corps_unknown, not_allowed, place_unknown, code_unknown, field_invalid.';

create function private.put_activity(p_ctx private.command_context, p_activity_id uuid, p_activity jsonb)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into public.activities (community_id, id, corps_id, title, summary, risk_note, category, place_id, meeting_point,
      is_volunteer_service, is_hazardous, insurance_ref, qualification_kind, min_age, created_by, created_at)
    values (p_ctx.community_id, p_activity_id, (p_activity ->> 'corps_id')::uuid, private.clean_text(p_activity ->> 'title', 'title', 40),
      private.clean_text(p_activity ->> 'summary', 'summary', 1000, false), private.clean_text(p_activity ->> 'risk_note', 'risk_note', 500, false),
      p_activity ->> 'category', (p_activity ->> 'place_id')::uuid, private.clean_text(p_activity ->> 'meeting_point', 'meeting_point', 100, false),
      coalesce((p_activity ->> 'is_volunteer_service')::boolean, true), coalesce((p_activity ->> 'is_hazardous')::boolean, false),
      private.clean_text(p_activity ->> 'insurance_ref', 'insurance_ref', 60, false), nullif(p_activity ->> 'qualification_kind', ''),
      coalesce((p_activity ->> 'min_age')::int, 14), p_ctx.person_id, private.now())
    on conflict (community_id, id) do update set corps_id = excluded.corps_id, title = excluded.title, summary = excluded.summary,
      risk_note = excluded.risk_note, category = excluded.category, place_id = excluded.place_id, meeting_point = excluded.meeting_point,
      is_volunteer_service = excluded.is_volunteer_service, is_hazardous = excluded.is_hazardous, insurance_ref = excluded.insurance_ref,
      qualification_kind = excluded.qualification_kind, min_age = excluded.min_age;
end $$;
comment on function private.put_activity(private.command_context, uuid, jsonb) is
  'Writes the checked fields of an activity, a new one as a draft; the status of one that is there stays. Errors: field_required, field_too_long.';

create function public.save_activity(p_community_id uuid, p_id uuid, p_activity_id uuid, p_activity jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'save_activity', jsonb_build_object('id', p_activity_id, 'a', p_activity));
  v_old public.activities;
  v_shift jsonb;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_activity_id is null or jsonb_typeof(p_activity) is distinct from 'object' then perform private.fail(400, 'field_required', '{"field":"activity"}'); end if;
  perform private.check_activity_fields(v_ctx, p_activity);
  perform pg_advisory_xact_lock(hashtextextended(p_activity_id::text, 4));
  select * into v_old from public.activities a where a.community_id = p_community_id and a.id = p_activity_id for update;
  if found then
    if not private.leads_corps(p_community_id, v_ctx.person_id, v_old.corps_id) then perform private.fail(403, 'not_allowed'); end if;
    if v_old.status not in ('draft', 'rejected', 'pending_review') then perform private.fail(409, 'activity_already_published'); end if;
    -- The series knows its occurrences by their shifts; they change there.
    if private.is_in_series(p_community_id, p_activity_id) then perform private.fail(409, 'activity_in_series'); end if;
    delete from public.shift_roles r using public.shifts s where s.community_id = p_community_id and s.activity_id = p_activity_id
      and r.community_id = s.community_id and r.shift_id = s.id;
    delete from public.shifts s where s.community_id = p_community_id and s.activity_id = p_activity_id;
  end if;
  perform private.put_activity(v_ctx, p_activity_id, p_activity);
  update public.activities set status = 'draft', status_reason = null where community_id = p_community_id and id = p_activity_id and status <> 'draft';
  if jsonb_typeof(p_activity -> 'shifts') is distinct from 'array' or jsonb_array_length(p_activity -> 'shifts') not between 1 and 60 then
    perform private.fail(400, 'field_required', '{"field":"shifts"}');
  end if;
  for v_shift in select * from jsonb_array_elements(p_activity -> 'shifts') loop
    perform private.insert_shift(p_community_id, p_activity_id, v_shift);
  end loop;
  return private.end_command(v_ctx, 'activities', p_activity_id, jsonb_build_object('id', p_activity_id, 'status', 'draft'));
end $$;
comment on function public.save_activity(uuid, uuid, uuid, jsonb) is
  'Writes a draft with its shifts: {corps_id,title,summary,risk_note,category,place_id,meeting_point,is_hazardous,insurance_ref,qualification_kind,min_age,shifts:[{id,starts_at,ends_at,opens_at,roles:[{id,name,capacity,qualification_kind,min_age,max_age}]}]}. Leaders of the corps, office. Errors: not_allowed, corps_unknown, place_unknown, code_unknown, activity_already_published, activity_in_series, shift_in_the_past, shift_too_far_ahead, shift_length_invalid, opens_after_start, shift_exists, field_*.';

create function private.why_not_publishable(p_activity public.activities, p_statuses text[])
returns text language sql stable security definer set search_path = '' as $$
  select case
    when p_activity.status <> all (p_statuses) then 'activity_wrong_status'
    when p_activity.risk_note is null then 'risk_note_missing'
    when p_activity.is_hazardous and p_activity.insurance_ref is null then 'insurance_missing' end
$$;
comment on function private.why_not_publishable(public.activities, text[]) is
  'What keeps an activity from being handed in or published, as a slug, or null: activity_wrong_status, risk_note_missing, insurance_missing.';

create function private.require_publishable(p_activity public.activities, p_statuses text[])
returns void language plpgsql stable security definer set search_path = '' as $$
declare
  v_slug text := private.why_not_publishable(p_activity, p_statuses);
begin
  if v_slug is not null then
    perform private.fail(case v_slug when 'activity_wrong_status' then 409 else 422 end, v_slug, jsonb_build_object('status', p_activity.status));
  end if;
end $$;

create function private.publish_one(p_ctx private.command_context, p_activity public.activities)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.activities set status = 'published', published_by = p_ctx.person_id, published_at = private.now(), status_reason = null
    where community_id = p_activity.community_id and id = p_activity.id;
  perform private.sign_up_fixed_people(p_ctx, p_activity.id);
end $$;
comment on function private.publish_one(private.command_context, public.activities) is
  'Opens one activity for sign-up; whoever is fixed in its series is signed up with it. Asks nothing: the caller has.';

create function public.submit_activity(p_community_id uuid, p_id uuid, p_activity_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'submit_activity', jsonb_build_object('id', p_activity_id));
  v_activity public.activities;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_activity := private.require_activity_leader(v_ctx, p_activity_id);
  perform private.require_publishable(v_activity, array['draft', 'rejected']);
  update public.activities set status = 'pending_review', status_reason = null where community_id = p_community_id and id = p_activity_id;
  return private.end_command(v_ctx, 'activities', p_activity_id, jsonb_build_object('id', p_activity_id, 'status', 'pending_review'));
end $$;
comment on function public.submit_activity(uuid, uuid, uuid) is 'A leader hands a draft to the office for review. Errors: not_allowed, activity_unknown, activity_wrong_status, risk_note_missing, insurance_missing.';

create function public.publish_activity(p_community_id uuid, p_id uuid, p_activity_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'publish_activity', jsonb_build_object('id', p_activity_id));
  v_activity public.activities;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  -- Fixed people are signed up with it: the places of its shifts are locked first, as everywhere.
  perform private.lock_shifts_of(p_community_id, array[p_activity_id]);
  v_activity := private.require_activity_leader(v_ctx, p_activity_id);
  perform private.require_publishable(v_activity, array['draft', 'pending_review']);
  if not exists (select 1 from public.shifts s where s.community_id = p_community_id and s.activity_id = p_activity_id and s.status = 'open' and s.starts_at > private.now()) then
    perform private.fail(422, 'shift_in_the_past');
  end if;
  perform private.publish_one(v_ctx, v_activity);
  perform private.tell_fixed_people(p_community_id, array[p_activity_id]);
  if v_activity.created_by is distinct from v_ctx.person_id then
    perform private.notify(p_community_id, v_activity.created_by, 'activity_published', jsonb_build_object('title', v_activity.title), '/lead/activities');
  end if;
  return private.end_command(v_ctx, 'activities', p_activity_id, jsonb_build_object('id', p_activity_id, 'status', 'published'));
end $$;
comment on function public.publish_activity(uuid, uuid, uuid) is
  'Opens an activity for sign-up; needs a risk note, insurance when hazardous. Office staff. Errors: not_allowed, activity_unknown, activity_wrong_status, risk_note_missing, insurance_missing, shift_in_the_past.';

create function public.reject_activity(p_community_id uuid, p_id uuid, p_activity_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'reject_activity', jsonb_build_object('id', p_activity_id, 'reason', p_reason));
  v_activity public.activities;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  v_activity := private.require_activity_leader(v_ctx, p_activity_id);
  if v_activity.status <> 'pending_review' then perform private.fail(409, 'activity_wrong_status', jsonb_build_object('status', v_activity.status)); end if;
  update public.activities set status = 'rejected', status_reason = private.clean_text(p_reason, 'reason', 200) where community_id = p_community_id and id = p_activity_id;
  perform private.notify(p_community_id, v_activity.created_by, 'activity_rejected',
    jsonb_build_object('title', v_activity.title, 'reason', private.clean_text(p_reason, 'reason', 200)), '/lead/activities/' || p_activity_id);
  return private.end_command(v_ctx, 'activities', p_activity_id, jsonb_build_object('id', p_activity_id, 'status', 'rejected'));
end $$;
comment on function public.reject_activity(uuid, uuid, uuid, text) is 'Gives a draft back to its leader with a reason. Office staff. Errors: not_allowed, activity_unknown, activity_wrong_status, field_required.';

create function private.lock_shifts_of(p_community_id uuid, p_activity_ids uuid[])
returns void language sql volatile security definer set search_path = '' as $$
  select pg_advisory_xact_lock(hashtextextended(s.id::text, 1)) from
    (select h.id from public.shifts h where h.community_id = p_community_id and h.activity_id = any(p_activity_ids) order by h.id) s
$$;
comment on function private.lock_shifts_of(uuid, uuid[]) is 'private.lock_shift for every shift of some activities, always in the same order.';

create function private.call_off(p_ctx private.command_context, p_activity public.activities, p_reason text)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_person uuid;
  v_starts_at timestamptz;
begin
  update public.activities set status = 'cancelled', status_reason = p_reason where community_id = p_activity.community_id and id = p_activity.id;
  update public.shifts set status = 'cancelled' where community_id = p_activity.community_id and activity_id = p_activity.id;
  -- Told in an order of their own, so that the same events make the same rows.
  for v_person, v_starts_at in with gone as (
    update public.signups g set status = 'cancelled', offer_expires_at = null, ended_at = private.now(), ended_by = p_ctx.person_id, reason = p_reason
      from public.shifts s where s.community_id = p_activity.community_id and s.activity_id = p_activity.id
        and g.community_id = s.community_id and g.shift_id = s.id and g.status in ('applied', 'confirmed', 'waitlisted', 'offered')
      returning g.person_id, s.starts_at)
    select d.person_id, d.starts_at from gone d order by d.starts_at, d.person_id
  loop
    perform private.notify(p_activity.community_id, v_person, 'activity_cancelled',
      jsonb_build_object('title', p_activity.title, 'reason', p_reason, 'starts_at', v_starts_at), '/shifts/mine');
  end loop;
  update public.shift_blocks b set released_at = private.now() from public.shifts s
    where s.community_id = p_activity.community_id and s.activity_id = p_activity.id and b.community_id = s.community_id and b.shift_id = s.id and b.released_at is null;
  update public.shift_roles r set taken = 0, reserved = 0 from public.shifts s
    where s.community_id = p_activity.community_id and s.activity_id = p_activity.id and r.community_id = s.community_id and r.shift_id = s.id;
end $$;
comment on function private.call_off(private.command_context, public.activities, text) is 'Under the locks of its shifts: the activity is off, every place is given back, everyone signed up is told why.';

create function public.cancel_activity(p_community_id uuid, p_id uuid, p_activity_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'cancel_activity', jsonb_build_object('id', p_activity_id, 'reason', p_reason));
  v_activity public.activities;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.lock_shifts_of(p_community_id, array[p_activity_id]);
  v_activity := private.require_activity_leader(v_ctx, p_activity_id);
  if v_activity.status not in ('draft', 'pending_review', 'rejected', 'published') then perform private.fail(409, 'activity_wrong_status', jsonb_build_object('status', v_activity.status)); end if;
  if exists (select 1 from public.attendances t join public.shifts s on s.community_id = t.community_id and s.id = t.shift_id
      where s.community_id = p_community_id and s.activity_id = p_activity_id) then
    perform private.fail(409, 'activity_has_attendance');
  end if;
  perform private.call_off(v_ctx, v_activity, private.clean_text(p_reason, 'reason', 200));
  perform private.forget_occurrence(p_community_id, p_activity_id);
  return private.end_command(v_ctx, 'activities', p_activity_id, jsonb_build_object('id', p_activity_id, 'status', 'cancelled'));
end $$;
comment on function public.cancel_activity(uuid, uuid, uuid, text) is
  'Calls an activity off; everyone signed up is told why. One of a series never comes back by itself. Leaders of the corps, office. Errors: not_allowed, activity_unknown, activity_wrong_status, activity_has_attendance, field_required.';

-- ---------------------------------------------------------------- sign-up

create function private.lock_shift(p_shift_id uuid)
returns void language plpgsql volatile set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(p_shift_id::text, 1));
end $$;
comment on function private.lock_shift(uuid) is 'Everything that changes the places of a shift waits here; always taken before person rows, so locks never cross.';

create function private.lock_shifts(p_shift_ids uuid[])
returns void language sql volatile set search_path = '' as $$
  select private.lock_shift(s.id) from (select distinct x as id from unnest(p_shift_ids) x order by x) s
$$;
comment on function private.lock_shifts(uuid[]) is 'private.lock_shift for several, always in the same order and before any person row.';

create function private.answers_for_place(p_signup public.signups)
returns boolean language sql stable security definer set search_path = '' as $$
  select private.is_party_to(p_signup.community_id, p_signup.signed_up_by, p_signup.person_id)
    and not exists (select 1 from public.shifts s where s.community_id = p_signup.community_id and s.id = p_signup.shift_id
      and s.moved_at > p_signup.signed_up_at and s.moved_at > s.starts_at - interval '24 hours')
$$;
comment on function private.answers_for_place(public.signups) is
  'Whether giving the place back late, or not coming, counts against the person (D01, D02, a strike): only a place taken by oneself or a helper, of a shift that was not moved at the last moment.';

create function private.offer_window(p_starts_at timestamptz, p_now timestamptz)
returns interval language sql immutable set search_path = '' as $$
  select greatest(least(interval '12 hours', (p_starts_at - p_now) / 4), least(interval '10 minutes', p_starts_at - p_now))
$$;
comment on function private.offer_window(timestamptz, timestamptz) is 'How long an offered place waits: a quarter of the time left, at most 12 hours; it shrinks as the shift nears.';

create function private.free_place(p_signup public.signups)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_block boolean := false;
begin
  update public.stand_ins set status = 'withdrawn', ended_at = private.now()
    where community_id = p_signup.community_id and signup_id = p_signup.id and status = 'open';
  if p_signup.block_id is not null then
    update public.shift_blocks b set filled = filled - 1
      where b.community_id = p_signup.community_id and b.id = p_signup.block_id and b.released_at is null and b.until_at > private.now();
    v_block := found;
  end if;
  update public.shift_roles r set taken = r.taken - 1, reserved = r.reserved + v_block::int, next_queue_no = r.next_queue_no + v_block::int
    where r.community_id = p_signup.community_id and r.id = p_signup.shift_role_id;
  -- The number of a block's place stays with the block.
  if v_block then
    update public.signups g set queue_no = (select r.next_queue_no - 1 from public.shift_roles r where r.community_id = g.community_id and r.id = g.shift_role_id), block_id = null
      where g.community_id = p_signup.community_id and g.id = p_signup.id;
  end if;
end $$;
comment on function private.free_place(public.signups) is
  'Under the shift lock: the place of a confirmed or offered sign-up is free again; one of a block still open goes back to the block. An open call for a stand-in ends with it.';

create function private.settle_waitlist(p_community_id uuid, p_shift_role_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_now timestamptz := private.now();
  v_shift record;
  v_lapsed record;
  v_next public.signups;
  v_held int;
begin
  select s.id, s.starts_at, s.status, a.title, r.capacity, r.reserved into v_shift
    from public.shift_roles r
    join public.shifts s on s.community_id = r.community_id and s.id = r.shift_id
    join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
    where r.community_id = p_community_id and r.id = p_shift_role_id;
  if v_shift.reserved > 0 then
    for v_lapsed in
      update public.shift_blocks b set released_at = v_now
        where b.community_id = p_community_id and b.shift_role_id = p_shift_role_id and b.released_at is null and b.until_at <= v_now
        returning b.contact_person_id as person_id, b.places - b.filled as unused
    loop
      update public.shift_roles set reserved = reserved - v_lapsed.unused where community_id = p_community_id and id = p_shift_role_id;
      if v_lapsed.unused > 0 then
        perform private.notify(p_community_id, v_lapsed.person_id, 'block_released', jsonb_build_object('title', v_shift.title, 'places', v_lapsed.unused), '/shifts/blocks');
      end if;
    end loop;
  end if;
  for v_lapsed in
    update public.signups g set status = 'lapsed', offer_expires_at = null, ended_at = v_now
      where g.community_id = p_community_id and g.shift_role_id = p_shift_role_id and g.status = 'offered' and g.offer_expires_at <= v_now
      returning g.person_id
  loop
    update public.shift_roles set taken = taken - 1 where community_id = p_community_id and id = p_shift_role_id;
    perform private.notify(p_community_id, v_lapsed.person_id, 'offer_lapsed', jsonb_build_object('title', v_shift.title), '/shifts/mine');
  end loop;
  while v_shift.status = 'open' and v_shift.starts_at > v_now loop
    select r.taken + r.reserved into v_held from public.shift_roles r where r.community_id = p_community_id and r.id = p_shift_role_id;
    exit when v_held >= v_shift.capacity;
    select * into v_next from public.signups g
      where g.community_id = p_community_id and g.shift_role_id = p_shift_role_id and g.status = 'waitlisted'
      order by g.queue_no limit 1;
    exit when not found;
    update public.signups set status = 'offered', offer_expires_at = v_now + private.offer_window(v_shift.starts_at, v_now)
      where community_id = p_community_id and id = v_next.id;
    update public.shift_roles set taken = taken + 1 where community_id = p_community_id and id = p_shift_role_id;
    perform private.notify(p_community_id, v_next.person_id, 'offer_made',
      jsonb_build_object('title', v_shift.title, 'starts_at', v_shift.starts_at, 'expires_at', v_now + private.offer_window(v_shift.starts_at, v_now)), '/shifts/mine');
  end loop;
end $$;
comment on function private.settle_waitlist(uuid, uuid) is
  'Under the shift lock: blocks past their time and lapsed offers give their places back, and free places are offered in order. Judged by time, so it is right without any clock job.';

create function private.settle_lapsed_offers(p_community_id uuid, p_person_id uuid default null)
returns int language plpgsql volatile security definer set search_path = '' as $$
declare
  v_role record;
  v_settled int := 0;
begin
  for v_role in
    select r.id, r.shift_id from public.shift_roles r
      where r.community_id = p_community_id
        and r.id in (
          select o.shift_role_id from public.signups o where o.community_id = p_community_id and o.status = 'offered' and o.offer_expires_at <= private.now()
          union select b.shift_role_id from public.shift_blocks b where b.community_id = p_community_id and b.released_at is null and b.until_at <= private.now())
        and (p_person_id is null or exists (select 1 from public.signups w where w.community_id = r.community_id
          and w.shift_role_id = r.id and w.person_id = p_person_id and w.status in ('waitlisted', 'offered')))
      order by r.shift_id, r.id
  loop
    perform private.lock_shift(v_role.shift_id);
    perform private.settle_waitlist(p_community_id, v_role.id);
    v_settled := v_settled + 1;
  end loop;
  return v_settled;
end $$;
comment on function private.settle_lapsed_offers(uuid, uuid) is
  'Passes lapsed offers and unused block places on: of the queues a person stands in when that person looks (my_shifts), or of a whole community for a scheduled job, which only makes the news earlier.';

create type private.signup_profile as (
  person_id uuid, status text, volunteer_status text, paused_until timestamptz, frozen_until timestamptz, birth_year int, birth_month int, has_guardian boolean,
  newcomer_hours int, is_newcomer boolean, max_in_a_row int);

create function private.signup_profile(p_community_id uuid, p_person_id uuid)
returns private.signup_profile language plpgsql stable security definer set search_path = '' as $$
declare
  v_profile private.signup_profile;
begin
  select p.id, p.status, v.status, private.strikes_pause_until(p_community_id, p_person_id), private.frozen_until(p_community_id, p_person_id), p.birth_year, pp.birth_month,
      exists (select 1 from public.guardian_links g where g.community_id = p_community_id and g.minor_person_id = p_person_id and g.consented_at is not null),
      private.setting_int(p_community_id, 'newcomer_first_hours'), true, private.setting_int(p_community_id, 'max_shifts_in_a_row')
    into v_profile
    from public.persons p
    join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
    left join public.volunteers v on v.community_id = p.community_id and v.id = p.id
    where p.community_id = p_community_id and p.id = p_person_id;
  if v_profile.newcomer_hours > 0 then
    v_profile.is_newcomer := (select count(*) from public.service_records r where r.community_id = p_community_id and r.person_id = p_person_id and r.reverses_id is null)
      < private.setting_int(p_community_id, 'newcomer_times');
  end if;
  return v_profile;
end $$;
comment on function private.signup_profile(uuid, uuid) is
  'What the rules of sign-up ask of a person, read once for a whole list: is_newcomer only counts while newcomers go first.';

create function private.shifts_in_a_row(p_community_id uuid, p_person_id uuid, p_corps_id uuid, p_shift public.shifts, p_max int)
returns int language sql stable security definer set search_path = '' as $$
  with near as (
    select x.side, x.starts_at, row_number() over (partition by x.side order by abs(extract(epoch from x.starts_at - p_shift.starts_at)), x.id) as n,
      exists (select 1 from public.signups g where g.community_id = p_community_id and g.shift_id = x.id and g.person_id = p_person_id
        and g.status in ('applied', 'confirmed', 'waitlisted', 'offered', 'attended')) as held
    from (
      (select 'before' as side, s.id, s.starts_at from public.shifts s join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
        where s.community_id = p_community_id and a.corps_id = p_corps_id and a.status in ('published', 'finished', 'settled') and s.status = 'open'
          and s.id <> p_shift.id and s.starts_at <= p_shift.starts_at order by s.starts_at desc, s.id limit p_max)
      union all
      (select 'after', s.id, s.starts_at from public.shifts s join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
        where s.community_id = p_community_id and a.corps_id = p_corps_id and a.status = 'published' and s.status = 'open'
          and s.starts_at > p_shift.starts_at order by s.starts_at, s.id limit p_max)) x)
  select 1 + coalesce(sum(y.run), 0)::int from (
    select coalesce(min(n) filter (where not held) - 1, count(*)) as run from near group by side) y
$$;
comment on function private.shifts_in_a_row(uuid, uuid, uuid, public.shifts, int) is
  'How many shifts of a corps a person would have one after the other, without one between, if they took this one too.';

create function private.reason(p_slug text, p_params jsonb default '{}')
returns jsonb language sql immutable set search_path = '' as $$ select jsonb_build_array(jsonb_build_object('slug', p_slug) || p_params) $$;

create function private.why_not_list(p_community_id uuid, p private.signup_profile, p_role public.shift_roles, p_shift public.shifts,
  p_activity public.activities, p_fair boolean)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_now timestamptz := private.now();
  v_reasons jsonb := '[]';
  v_age int;
  v_kind text;
  v_opened timestamptz := coalesce(p_shift.opens_at, p_activity.published_at, p_activity.created_at);
begin
  if p.status is distinct from 'active' then return private.reason('person_unknown'); end if;
  if p.volunteer_status = 'paused' then v_reasons := v_reasons || private.reason('volunteer_paused'); end if;
  if p.paused_until > v_now then v_reasons := v_reasons || private.reason('paused_by_strikes', jsonb_build_object('until_at', p.paused_until)); end if;
  if p.frozen_until > v_now then v_reasons := v_reasons || private.reason('frozen_by_false_record', jsonb_build_object('until_at', p.frozen_until)); end if;
  if p.birth_year is null then v_reasons := v_reasons || private.reason('birth_missing');
  else
    v_age := private.age_on(p.birth_year, p.birth_month, private.day_of(p_shift.starts_at));
    if v_age < greatest(p_activity.min_age, p_role.min_age) then
      v_reasons := v_reasons || private.reason('too_young', jsonb_build_object('min_age', greatest(p_activity.min_age, p_role.min_age)));
    end if;
    if v_age > p_role.max_age then v_reasons := v_reasons || private.reason('too_old', jsonb_build_object('max_age', p_role.max_age)); end if;
    if v_age < 18 and not p.has_guardian then v_reasons := v_reasons || private.reason('guardian_required'); end if;
  end if;
  for v_kind in select distinct k from unnest(array[p_activity.qualification_kind, p_role.qualification_kind]) k where k is not null order by k loop
    if not private.holds_qualification(p_community_id, p.person_id, v_kind, private.day_of(p_shift.starts_at)) then
      v_reasons := v_reasons || private.reason('qualification_missing', jsonb_build_object('qualification', v_kind));
    end if;
  end loop;
  if p_fair then
    if p_shift.opens_at > v_now then
      v_reasons := v_reasons || private.reason('signup_not_open_yet', jsonb_build_object('opens_at', p_shift.opens_at));
    elsif p.newcomer_hours > 0 and not p.is_newcomer and v_now < v_opened + make_interval(hours => p.newcomer_hours) then
      v_reasons := v_reasons || private.reason('newcomers_first', jsonb_build_object('opens_at', v_opened + make_interval(hours => p.newcomer_hours)));
    end if;
    -- In the last day a place that would stay empty is worth more than the order of turns.
    if p.max_in_a_row > 0 and v_now < p_shift.starts_at - interval '24 hours'
       and private.shifts_in_a_row(p_community_id, p.person_id, p_activity.corps_id, p_shift, p.max_in_a_row) > p.max_in_a_row then
      v_reasons := v_reasons || private.reason('too_many_in_a_row', jsonb_build_object('max', p.max_in_a_row, 'opens_at', p_shift.starts_at - interval '24 hours'));
    end if;
  end if;
  -- Last, because one tap mends it.
  if p.volunteer_status is null or p.volunteer_status = 'left' then v_reasons := v_reasons || private.reason('not_a_volunteer'); end if;
  return v_reasons;
end $$;
comment on function private.why_not_list(uuid, private.signup_profile, public.shift_roles, public.shifts, public.activities, boolean) is
  'Everything that keeps a person from a role of a shift, each {slug, …what would make it possible}, or []. p_fair adds the rules of turn (opening time, newcomers first, shifts in a row), which do not count for a place that is offered, swapped or filled on the spot.';

create function private.require_eligible(p_community_id uuid, p_person_id uuid, p_role_ids uuid[], p_fair boolean)
returns uuid[] language plpgsql stable security definer set search_path = '' as $$
declare
  v_profile private.signup_profile := private.signup_profile(p_community_id, p_person_id);
  v_row record;
  v_first jsonb;
  v_may uuid[] := '{}';
begin
  for v_row in select r as role, s as shift, a as activity from public.shift_roles r
      join public.shifts s on s.community_id = r.community_id and s.id = r.shift_id
      join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
      where r.community_id = p_community_id and r.id = any(p_role_ids) order by (r.name = 'helper') desc, r.name
  loop
    declare
      v_reasons jsonb := private.why_not_list(p_community_id, v_profile, v_row.role, v_row.shift, v_row.activity, p_fair);
    begin
      if v_reasons = '[]' then v_may := v_may || (v_row.role).id; else v_first := coalesce(v_first, v_reasons); end if;
    end;
  end loop;
  if cardinality(v_may) = 0 then
    perform private.fail(422, v_first -> 0 ->> 'slug', (v_first -> 0) - 'slug' || jsonb_build_object('reasons', v_first));
  end if;
  return v_may;
end $$;
comment on function private.require_eligible(uuid, uuid, uuid[], boolean) is
  'Those of the roles that the person may take. Refuses with the first reason of the first role, and all of them as {reasons}, when there is none.';

create function private.status_now(p_status text, p_offer_expires_at timestamptz, p_starts_at timestamptz)
returns text language plpgsql stable set search_path = '' as $$
begin
  return case when (p_status = 'offered' and p_offer_expires_at <= private.now()) or (p_status = 'waitlisted' and p_starts_at <= private.now()) then 'lapsed' else p_status end;
end $$;
comment on function private.status_now(text, timestamptz, timestamptz) is
  'Where a sign-up stands by time, whether or not somebody settled it: an offer past its end has lapsed, and so has waiting once the shift began.';

create function private.overlapping_signup(p_community_id uuid, p_person_id uuid, p_starts_at timestamptz, p_ends_at timestamptz, p_but_shift uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  return (select jsonb_build_object('title', a.title, 'starts_at', s.starts_at)
  from public.signups g
  join public.shifts s on s.community_id = g.community_id and s.id = g.shift_id
  join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
  where g.community_id = p_community_id and g.person_id = p_person_id and g.status in ('applied', 'confirmed', 'waitlisted', 'offered', 'attended')
    and private.status_now(g.status, g.offer_expires_at, s.starts_at) <> 'lapsed'
    and s.id <> p_but_shift and s.starts_at < p_ends_at and s.ends_at > p_starts_at
  order by s.starts_at limit 1);
end $$;

create function private.open_shift(p_community_id uuid, p_shift_id uuid)
returns public.shifts language plpgsql stable security definer set search_path = '' as $$
declare
  v_shift public.shifts;
begin
  select * into v_shift from public.shifts s where s.community_id = p_community_id and s.id = p_shift_id;
  if not found then perform private.fail(404, 'shift_unknown'); end if;
  if v_shift.status <> 'open' or not exists (select 1 from public.activities a where a.community_id = p_community_id and a.id = v_shift.activity_id and a.status = 'published') then
    perform private.fail(409, 'shift_not_open');
  end if;
  return v_shift;
end $$;
comment on function private.open_shift(uuid, uuid) is 'A published shift that was not called off. Errors: shift_unknown, shift_not_open.';

create function private.shift_title(p_community_id uuid, p_activity_id uuid)
returns text language sql stable security definer set search_path = '' as $$
  select a.title from public.activities a where a.community_id = p_community_id and a.id = p_activity_id
$$;

create function private.settle_shift(p_community_id uuid, p_shift_id uuid)
returns void language sql volatile security definer set search_path = '' as $$
  select private.settle_waitlist(p_community_id, r.id) from public.shift_roles r where r.community_id = p_community_id and r.shift_id = p_shift_id
$$;
comment on function private.settle_shift(uuid, uuid) is 'Settles every role of a shift, under its lock.';

create function private.clear_for_place(p_community_id uuid, p_shift public.shifts, p_person_id uuid, p_may_wait boolean)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_clash jsonb;
  g public.signups;
begin
  perform 1 from public.persons p where p.community_id = p_community_id and p.id = p_person_id and p.status = 'active' for no key update;
  if not found then perform private.fail(422, 'person_unknown'); end if;
  -- Whoever was excused and can come after all joins like everybody who comes now.
  update public.signups set status = 'cancelled' where community_id = p_community_id and shift_id = p_shift.id and person_id = p_person_id and status = 'excused';
  select * into g from public.signups x where x.community_id = p_community_id and x.shift_id = p_shift.id and x.person_id = p_person_id
    and x.status in ('applied', 'confirmed', 'waitlisted', 'offered', 'attended', 'no_show');
  if found then
    if not p_may_wait or g.status not in ('waitlisted', 'offered') then perform private.fail(409, 'already_signed_up'); end if;
    update public.signups set status = 'cancelled', offer_expires_at = null, ended_at = private.now(), ended_by = p_person_id where community_id = p_community_id and id = g.id;
    if g.status = 'offered' then perform private.free_place(g); end if;
  end if;
  v_clash := private.overlapping_signup(p_community_id, p_person_id, p_shift.starts_at, p_shift.ends_at, p_shift.id);
  if v_clash is not null then perform private.fail(409, 'shift_overlaps', v_clash); end if;
end $$;
comment on function private.clear_for_place(uuid, public.shifts, uuid, boolean) is
  'Under the shift lock: the person is free for a place of this shift. With p_may_wait the place is another than the one they wait for, and their waiting ends. Errors: person_unknown, already_signed_up, shift_overlaps {title, starts_at}.';

create function public.claim_shift(p_community_id uuid, p_id uuid, p_shift_id uuid, p_role text default null, p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'claim_shift',
    jsonb_build_object('shift', p_shift_id, 'role', p_role, 'for', p_for_person_id));
  v_person uuid := coalesce(p_for_person_id, v_ctx.person_id);
  v_shift public.shifts;
  v_roles uuid[];
  v_role public.shift_roles;
  v_status text;
  v_ahead int := 0;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if v_person <> v_ctx.person_id and not private.can_act_for(p_community_id, v_ctx.person_id, v_person)
     and not private.leads_shift(p_community_id, v_ctx.person_id, p_shift_id) then
    perform private.fail(403, 'not_allowed');
  end if;
  v_shift := private.open_shift(p_community_id, p_shift_id);
  if v_shift.starts_at <= private.now() then perform private.fail(422, 'shift_started'); end if;
  v_roles := array(select r.id from public.shift_roles r where r.community_id = p_community_id and r.shift_id = p_shift_id and (p_role is null or r.name = p_role));
  if cardinality(v_roles) = 0 then perform private.fail(404, 'shift_role_unknown'); end if;
  v_roles := private.require_eligible(p_community_id, v_person, v_roles, true);
  perform private.lock_shift(p_shift_id);
  -- Read again: it may have been moved or called off meanwhile.
  v_shift := private.open_shift(p_community_id, p_shift_id);
  if v_shift.starts_at <= private.now() then perform private.fail(422, 'shift_started'); end if;
  -- Offers past their time lapse first; free places are offered to those who wait, so a place still free afterwards is nobody's.
  perform private.settle_shift(p_community_id, p_shift_id);
  if exists (select 1 from public.signups g where g.community_id = p_community_id and g.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  perform private.clear_for_place(p_community_id, v_shift, v_person, false);
  select * into v_role from public.shift_roles r where r.community_id = p_community_id and r.id = any(v_roles)
    order by (r.taken + r.reserved < r.capacity) desc, (r.name = 'helper') desc, r.name limit 1 for update;
  v_status := case when v_role.taken + v_role.reserved < v_role.capacity then 'confirmed' else 'waitlisted' end;
  update public.shift_roles r set next_queue_no = r.next_queue_no + 1, taken = r.taken + (v_status = 'confirmed')::int
    where r.community_id = p_community_id and r.id = v_role.id;
  if v_status = 'waitlisted' then
    select count(*) into v_ahead from public.signups g
      where g.community_id = p_community_id and g.shift_role_id = v_role.id and g.status in ('waitlisted', 'offered');
  end if;
  insert into public.signups (community_id, id, shift_id, shift_role_id, person_id, status, queue_no, signed_up_at, signed_up_by)
    values (p_community_id, p_id, p_shift_id, v_role.id, v_person, v_status, v_role.next_queue_no, private.now(), v_ctx.person_id);
  if v_person <> v_ctx.person_id then
    perform private.notify(p_community_id, v_person, 'signed_up_by_helper',
      jsonb_build_object('title', private.shift_title(p_community_id, v_shift.activity_id), 'starts_at', v_shift.starts_at), '/shifts/mine');
  end if;
  return private.end_command(v_ctx, 'signups', p_id,
    jsonb_build_object('signup_id', p_id, 'status', v_status, 'ahead', v_ahead),
    jsonb_build_object('shift_id', p_shift_id), v_person);
end $$;
comment on function public.claim_shift(uuid, uuid, uuid, text, uuid) is
  'Signs a person up for a shift: confirmed while places are free, else waitlisted in order; without p_role in a role they may take, one with a free place first. Oneself, a helper, the leader or the office for somebody. p_id is the signup. {signup_id, status, ahead}. Errors: shift_unknown, shift_not_open, shift_started, already_signed_up, shift_overlaps {title, starts_at}, shift_role_unknown, not_allowed; and with all {reasons}: person_unknown, volunteer_paused, paused_by_strikes {until_at}, frozen_by_false_record {until_at}, birth_missing, too_young {min_age}, too_old {max_age}, guardian_required, qualification_missing {qualification}, signup_not_open_yet {opens_at}, newcomers_first {opens_at}, too_many_in_a_row {max, opens_at}, not_a_volunteer.';

create function public.cancel_signup(p_community_id uuid, p_id uuid, p_signup_id uuid, p_reason text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'cancel_signup', jsonb_build_object('signup', p_signup_id, 'reason', p_reason));
  v_signup public.signups;
  v_starts timestamptz;
  v_status text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_signup from public.signups g where g.community_id = p_community_id and g.id = p_signup_id;
  if not found then perform private.fail(404, 'signup_unknown'); end if;
  if not private.can_act_for(p_community_id, v_ctx.person_id, v_signup.person_id)
     and not private.leads_shift(p_community_id, v_ctx.person_id, v_signup.shift_id)
     and not exists (select 1 from public.shift_blocks b where b.community_id = p_community_id and b.id = v_signup.block_id and b.contact_person_id = v_ctx.person_id) then
    perform private.fail(404, 'signup_unknown');
  end if;
  perform private.lock_shift(v_signup.shift_id);
  select * into v_signup from public.signups g where g.community_id = p_community_id and g.id = p_signup_id for update;
  select s.starts_at into v_starts from public.shifts s where s.community_id = p_community_id and s.id = v_signup.shift_id;
  v_status := private.status_now(v_signup.status, v_signup.offer_expires_at, v_starts);
  if v_status not in ('applied', 'confirmed', 'waitlisted', 'offered') then
    perform private.fail(409, 'signup_not_cancellable', jsonb_build_object('status', v_status));
  end if;
  if v_starts <= private.now() then perform private.fail(422, 'shift_started'); end if;
  if exists (select 1 from public.attendances t where t.community_id = p_community_id and t.id = p_signup_id) then perform private.fail(409, 'already_checked_in'); end if;
  -- Late is who took the place and gives it back; somebody taken off the list, or put on it by others, did nothing that takes points.
  v_status := case when v_signup.status = 'confirmed' and v_starts - private.now() < interval '12 hours'
    and private.is_party_to(p_community_id, v_ctx.person_id, v_signup.person_id) and private.answers_for_place(v_signup) then 'late_cancelled' else 'cancelled' end;
  update public.signups set status = v_status, offer_expires_at = null, ended_at = private.now(), ended_by = v_ctx.person_id,
      reason = private.clean_text(p_reason, 'reason', 200, false)
    where community_id = p_community_id and id = p_signup_id;
  if v_signup.status in ('confirmed', 'offered') then perform private.free_place(v_signup); end if;
  perform private.settle_waitlist(p_community_id, v_signup.shift_role_id);
  if v_status = 'late_cancelled' then
    perform private.award_points(p_community_id, v_signup.person_id, 'D02', 'late_cancel', p_signup_id, private.today(), '{}', v_ctx.person_id);
  end if;
  return private.end_command(v_ctx, 'signups', p_signup_id, jsonb_build_object('signup_id', p_signup_id, 'status', v_status),
    jsonb_build_object('shift_id', v_signup.shift_id), v_signup.person_id);
end $$;
comment on function public.cancel_signup(uuid, uuid, uuid, text) is
  'Gives a place back; less than 12 hours before the start it counts as late and takes what D02 says, when the person (or a helper) took the place and gives it back. The place is offered to the first waiting. Errors: signup_unknown, signup_not_cancellable {status}, shift_started, already_checked_in.';

create function public.accept_offer(p_community_id uuid, p_id uuid, p_signup_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'accept_offer', jsonb_build_object('signup', p_signup_id));
  v_signup public.signups;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_signup from public.signups g where g.community_id = p_community_id and g.id = p_signup_id;
  if not found or not private.can_act_for(p_community_id, v_ctx.person_id, v_signup.person_id) then perform private.fail(404, 'signup_unknown'); end if;
  perform private.lock_shift(v_signup.shift_id);
  if private.status_now(v_signup.status, v_signup.offer_expires_at, null) = 'offered' then
    perform private.require_eligible(p_community_id, v_signup.person_id, array[v_signup.shift_role_id], false);
  end if;
  -- Whoever takes the offer takes the place, whoever put them on the list.
  update public.signups g set status = 'confirmed', offer_expires_at = null,
      signed_up_by = case when private.is_party_to(p_community_id, v_ctx.person_id, g.person_id) then v_ctx.person_id else g.signed_up_by end
    where g.community_id = p_community_id and g.id = p_signup_id and g.status = 'offered' and g.offer_expires_at > private.now();
  if not found then perform private.fail(409, 'offer_lapsed'); end if;
  return private.end_command(v_ctx, 'signups', p_signup_id, jsonb_build_object('signup_id', p_signup_id, 'status', 'confirmed'),
    jsonb_build_object('shift_id', v_signup.shift_id), v_signup.person_id);
end $$;
comment on function public.accept_offer(uuid, uuid, uuid) is 'Takes an offered place within its time. Errors: signup_unknown, offer_lapsed, and what keeps the person from the role by now (as claim_shift).';

create function public.decline_offer(p_community_id uuid, p_id uuid, p_signup_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'decline_offer', jsonb_build_object('signup', p_signup_id));
  v_signup public.signups;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_signup from public.signups g where g.community_id = p_community_id and g.id = p_signup_id;
  if not found or not private.can_act_for(p_community_id, v_ctx.person_id, v_signup.person_id) then perform private.fail(404, 'signup_unknown'); end if;
  perform private.lock_shift(v_signup.shift_id);
  update public.signups g set status = 'cancelled', offer_expires_at = null, ended_at = private.now(), ended_by = v_ctx.person_id
    where g.community_id = p_community_id and g.id = p_signup_id and g.status = 'offered' and g.offer_expires_at > private.now();
  if not found then perform private.fail(409, 'offer_lapsed'); end if;
  perform private.free_place(v_signup);
  perform private.settle_waitlist(p_community_id, v_signup.shift_role_id);
  return private.end_command(v_ctx, 'signups', p_signup_id, jsonb_build_object('signup_id', p_signup_id, 'status', 'cancelled'),
    jsonb_build_object('shift_id', v_signup.shift_id), v_signup.person_id);
end $$;
comment on function public.decline_offer(uuid, uuid, uuid) is 'Lets an offered place pass on to the next. Errors: signup_unknown, offer_lapsed.';

create function private.leads_shift(p_community_id uuid, p_person_id uuid, p_shift_id uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  -- In the select list, so that no plan asks it of every activity.
  return coalesce((select private.leads_corps(p_community_id, p_person_id, a.corps_id)
    from public.shifts s join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
    where s.community_id = p_community_id and s.id = p_shift_id), false);
end $$;

-- ---------------------------------------------------------------- policies

alter table public.activities enable row level security;
alter table public.shifts enable row level security;
alter table public.shift_roles enable row level security;
alter table public.signups enable row level security;
alter table public.shift_blocks enable row level security;
grant select on public.activities, public.shifts, public.shift_roles, public.signups, public.shift_blocks to authenticated;

create policy select_published_or_as_leader on public.activities for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and status in ('published', 'finished', 'settled', 'cancelled'))
  or (community_id = any(array(select private.my_communities())) and corps_id = any(array(select private.my_scopes('corps_leader')))
    and (community_id, corps_id) in (select k.community_id, k.scope_id from private.my_scope_keys('corps_leader') k))
  or community_id = any(array(select private.office_communities())));
create policy select_with_activity on public.shifts for select to authenticated using (
  (community_id, activity_id) in (select a.community_id, a.id from public.activities a));
create policy select_with_shift on public.shift_roles for select to authenticated using (
  community_id = any(array(select private.my_communities())) and (community_id, shift_id) in (select s.community_id, s.id from public.shifts s));
create policy select_own_or_as_leader on public.signups for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities()))
  or (community_id, shift_id) in (select s.community_id, s.id from public.shifts s join public.activities a
       on a.community_id = s.community_id and a.id = s.activity_id where (a.community_id, a.corps_id) in (select k.community_id, k.scope_id from private.my_scope_keys('corps_leader') k)));
