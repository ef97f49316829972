-- Around a sign-up: stand-ins, a leader's change of capacity, adding somebody on the spot, places kept for groups and firms.

create table public.stand_ins (
  community_id uuid not null,
  id uuid not null,
  signup_id uuid not null,
  shift_id uuid not null,
  shift_role_id uuid not null,
  from_person_id uuid not null,
  to_person_id uuid,
  status text not null default 'open' check (status in ('open', 'accepted', 'declined', 'withdrawn')),
  step interval not null,
  created_at timestamptz not null,
  created_by uuid not null,
  ended_at timestamptz,
  taken_by uuid,
  primary key (community_id, id),
  foreign key (community_id, signup_id) references public.signups (community_id, id),
  foreign key (community_id, shift_id) references public.shifts (community_id, id),
  foreign key (community_id, shift_role_id) references public.shift_roles (community_id, id),
  foreign key (community_id, from_person_id) references public.persons (community_id, id),
  foreign key (community_id, to_person_id) references public.persons (community_id, id),
  foreign key (community_id, created_by) references public.persons (community_id, id),
  foreign key (community_id, taken_by) references public.persons (community_id, id),
  constraint nobody_stands_in_for_oneself check (to_person_id <> from_person_id and taken_by <> from_person_id),
  constraint an_accepted_one_says_by_whom check ((status = 'accepted') = (taken_by is not null))
);
create unique index a_place_is_handed_on_once_at_a_time on public.stand_ins (community_id, signup_id) where status = 'open';
create index stand_ins_by_signup on public.stand_ins (community_id, signup_id);
create index stand_ins_by_shift on public.stand_ins (community_id, shift_id);
create index stand_ins_by_role on public.stand_ins (community_id, shift_role_id);
create index stand_ins_by_giver on public.stand_ins (community_id, from_person_id);
create index stand_ins_by_named on public.stand_ins (community_id, to_person_id);
create index stand_ins_by_author on public.stand_ins (community_id, created_by);
create index stand_ins_by_taker on public.stand_ins (community_id, taken_by);
comment on table public.stand_ins is
  'Somebody with a place looks for a stand-in: a named colleague, or everybody (to_person_id null). The place is never free in between, so a named swap overtakes nobody; an open call goes to those who wait first, one step of time after the other in their order, then to everybody.';

create policy select_own_or_as_office on public.stand_ins for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and (from_person_id = any(array(select private.my_persons())) or to_person_id = any(array(select private.my_persons())))
    and ((community_id, from_person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)
      or (community_id, to_person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)))
  or community_id = any(array(select private.office_communities())));
create policy select_own_or_as_office on public.shift_blocks for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and contact_person_id = any(array(select private.my_persons()))
    and (community_id, contact_person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.office_communities())));
alter table public.stand_ins enable row level security;
grant select on public.stand_ins to authenticated;

-- ---------------------------------------------------------------- what reads ask

create function private.waiting_before(g public.signups)
returns int language plpgsql stable security definer set search_path = '' as $$
begin
  return (select count(*)::int from public.signups o
  where o.community_id = g.community_id and o.shift_role_id = g.shift_role_id and o.queue_no < g.queue_no
    and (o.status = 'waitlisted' or (o.status = 'offered' and o.offer_expires_at > private.now())));
end $$;
comment on function private.waiting_before(public.signups) is 'How many stand before a sign-up in the queue, live offers included.';

create function private.stand_in_opens_at(p_call public.stand_ins, p_person_id uuid)
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
begin
  return (select case
    when p_call.to_person_id is not null then case when p_call.to_person_id = p_person_id then p_call.created_at end
    when p_call.from_person_id = p_person_id then null
    else p_call.created_at + p_call.step * (
      select count(*) from public.signups w where w.community_id = p_call.community_id and w.shift_role_id = p_call.shift_role_id and w.status = 'waitlisted'
        and w.queue_no < coalesce((select m.queue_no from public.signups m where m.community_id = p_call.community_id and m.shift_role_id = p_call.shift_role_id
          and m.person_id = p_person_id and m.status = 'waitlisted'), 9223372036854775807))
    end);
end $$;
comment on function private.stand_in_opens_at(public.stand_ins, uuid) is
  'From when a person may answer a call: the named one at once; an open call reaches the first in the queue at once, each next one a step later, and whoever does not wait after all of them. Null: never.';

create function private.live_calls(p_community_id uuid, p_shift_id uuid)
returns setof public.stand_ins language plpgsql stable security definer rows 2 set search_path = '' as $$
begin
  return query select c.* from public.stand_ins c
  join public.signups g on g.community_id = c.community_id and g.id = c.signup_id and g.status = 'confirmed'
  join public.shifts s on s.community_id = c.community_id and s.id = c.shift_id and s.status = 'open' and s.starts_at > private.now()
  where c.community_id = p_community_id and c.shift_id = p_shift_id and c.status = 'open'
    and not exists (select 1 from public.attendances t where t.community_id = c.community_id and t.id = c.signup_id);
end $$;
comment on function private.live_calls(uuid, uuid) is 'Stand-ins looked for as of now: the shift is to come and the giver still has the place.';

create function private.has_open_call(p_community_id uuid, p_shift_id uuid, p_person_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from private.live_calls(p_community_id, p_shift_id) c where private.stand_in_opens_at(c, p_person_id) <= private.now())
$$;

create function private.stand_in_of(g public.signups)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  return (select jsonb_build_object('id', c.id, 'to_name', p.display_name, 'created_at', c.created_at)
  from public.stand_ins c left join public.persons p on p.community_id = c.community_id and p.id = c.to_person_id
  where c.community_id = g.community_id and c.signup_id = g.id and c.status = 'open');
end $$;
comment on function private.stand_in_of(public.signups) is 'The stand-in that is looked for for this place, with the masked name of whom was asked.';

create function private.stand_ins_for(p_community_id uuid, p_shift_id uuid, p_person_id uuid)
returns jsonb language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'from_name', p.display_name, 'is_named', c.to_person_id is not null, 'role', r.name,
      'opens_at', private.stand_in_opens_at(c, p_person_id)) order by c.to_person_id is null, private.stand_in_opens_at(c, p_person_id), c.id), '[]')
  from private.live_calls(p_community_id, p_shift_id) c
  join public.persons p on p.community_id = c.community_id and p.id = c.from_person_id
  join public.shift_roles r on r.community_id = c.community_id and r.id = c.shift_role_id
  where private.stand_in_opens_at(c, p_person_id) is not null
$$;

create function private.asked_to_stand_in(p_community_id uuid, p_person_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'from_name', p.display_name, 'role', r.name, 'shift_id', s.id, 'starts_at', s.starts_at, 'ends_at', s.ends_at,
      'title', a.title, 'corps_color', k.color, 'corps_name', k.name, 'place_name', pl.name) order by s.starts_at, c.id), '[]')
  from public.stand_ins n
  cross join lateral private.live_calls(p_community_id, n.shift_id) c
  join public.persons p on p.community_id = c.community_id and p.id = c.from_person_id
  join public.shift_roles r on r.community_id = c.community_id and r.id = c.shift_role_id
  join public.shifts s on s.community_id = c.community_id and s.id = c.shift_id
  join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
  join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
  left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
  where n.community_id = p_community_id and n.to_person_id = p_person_id and n.status = 'open' and c.id = n.id);
end $$;
comment on function private.asked_to_stand_in(uuid, uuid) is 'The places somebody asks this person to take over.';

create function private.may_reserve(p_community_id uuid, p_person_id uuid, p_corps_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select private.leads_corps(p_community_id, p_person_id, p_corps_id) or private.person_has_role(p_community_id, p_person_id, array['partner_contact'])
$$;

-- ---------------------------------------------------------------- helpers of the commands

create function private.notify_leaders(p_community_id uuid, p_shift_id uuid, p_kind text, p_params jsonb)
returns void language sql volatile security definer set search_path = '' as $$
  select private.notify(p_community_id, l.person_id, p_kind, p_params, '/lead/places/' || p_shift_id) from (
    select distinct g.person_id from public.shifts s
    join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
    join public.role_grants g on g.community_id = a.community_id and g.role = 'corps_leader' and g.scope_id = a.corps_id
      and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today())
    where s.community_id = p_community_id and s.id = p_shift_id order by g.person_id) l
$$;
comment on function private.notify_leaders(uuid, uuid, text, jsonb) is 'Tells the leaders of a shift''s corps.';

create function private.volunteer_by_number(p_community_id uuid, p_volunteer_no text, p_name text)
returns uuid language plpgsql stable security definer set search_path = '' as $$
declare
  v_person uuid;
begin
  select v.id into v_person from public.volunteers v
    join public.person_private pp on pp.community_id = v.community_id and pp.person_id = v.id
    where v.community_id = p_community_id and v.volunteer_no = upper(btrim(normalize(coalesce(p_volunteer_no, ''), nfkc)))
      and pp.name_key = private.name_key(coalesce(p_name, ''));
  if v_person is null then perform private.fail(404, 'volunteer_unknown'); end if;
  return v_person;
end $$;
comment on function private.volunteer_by_number(uuid, text, text) is
  'A colleague by number and name; both must be right, so that nobody learns names from numbers. Error: volunteer_unknown.';

create function private.require_fit_colleague(p_ctx private.command_context, p_shift public.shifts, p_role_id uuid, p_person_id uuid, p_takes_place boolean)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.require_eligible(p_ctx.community_id, p_person_id, array[p_role_id], false);
  if p_takes_place then perform private.clear_for_place(p_ctx.community_id, p_shift, p_person_id, true); end if;
exception when others then
  if sqlstate like 'PT%' and not private.can_act_for(p_ctx.community_id, p_ctx.person_id, p_person_id)
     and not private.leads_shift(p_ctx.community_id, p_ctx.person_id, p_shift.id) then
    perform private.fail(422, 'stand_in_not_possible');
  end if;
  raise;
end $$;
comment on function private.require_fit_colleague(private.command_context, public.shifts, uuid, uuid, boolean) is
  'A colleague named by somebody is fit for the role (and free for the place). Why not (age, strikes, another shift) is told to those who act for the colleague or lead the shift; others hear stand_in_not_possible.';
revoke all on function private.require_fit_colleague(private.command_context, public.shifts, uuid, uuid, boolean) from public, anon, authenticated;

create function private.next_queue_no(p_community_id uuid, p_role_id uuid)
returns bigint language sql volatile security definer set search_path = '' as $$
  update public.shift_roles r set next_queue_no = r.next_queue_no + 1 where r.community_id = p_community_id and r.id = p_role_id returning r.next_queue_no - 1
$$;

-- ---------------------------------------------------------------- stand-ins

create function public.offer_stand_in(p_community_id uuid, p_id uuid, p_signup_id uuid, p_volunteer_no text default null, p_name text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'offer_stand_in',
    jsonb_build_object('signup', p_signup_id, 'no', p_volunteer_no, 'name', p_name));
  v_signup public.signups;
  v_shift public.shifts;
  v_to uuid;
  v_step interval;
  v_params jsonb;
  v_call public.stand_ins;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_signup from public.signups g where g.community_id = p_community_id and g.id = p_signup_id;
  if not found or not private.can_act_for(p_community_id, v_ctx.person_id, v_signup.person_id) then perform private.fail(404, 'signup_unknown'); end if;
  v_shift := private.open_shift(p_community_id, v_signup.shift_id);
  if nullif(btrim(p_volunteer_no), '') is not null then v_to := private.volunteer_by_number(p_community_id, p_volunteer_no, p_name); end if;
  if v_to = v_signup.person_id then perform private.fail(422, 'stand_in_is_oneself'); end if;
  perform private.lock_shift(v_shift.id);
  v_shift := private.open_shift(p_community_id, v_shift.id);
  perform private.settle_shift(p_community_id, v_shift.id);
  select * into v_signup from public.signups g where g.community_id = p_community_id and g.id = p_signup_id for update;
  if v_shift.starts_at <= private.now() then perform private.fail(422, 'shift_started'); end if;
  if v_signup.status <> 'confirmed' then perform private.fail(409, 'signup_not_confirmed', jsonb_build_object('status', v_signup.status)); end if;
  if exists (select 1 from public.attendances t where t.community_id = p_community_id and t.id = p_signup_id) then perform private.fail(409, 'already_checked_in'); end if;
  if exists (select 1 from public.stand_ins c where c.community_id = p_community_id and c.signup_id = p_signup_id and c.status = 'open') then
    perform private.fail(409, 'stand_in_already_asked');
  end if;
  if v_to is not null then
    perform private.require_fit_colleague(v_ctx, v_shift, v_signup.shift_role_id, v_to, false);
    if exists (select 1 from public.signups g where g.community_id = p_community_id and g.shift_id = v_shift.id and g.person_id = v_to and g.status in ('applied', 'confirmed', 'attended')) then
      perform private.fail(409, 'stand_in_has_a_place');
    end if;
  end if;
  v_step := least(private.offer_window(v_shift.starts_at, private.now()), (v_shift.starts_at - private.now()) / (2 + (
    select count(*) from public.signups w where w.community_id = p_community_id and w.shift_role_id = v_signup.shift_role_id and w.status = 'waitlisted')));
  insert into public.stand_ins (community_id, id, signup_id, shift_id, shift_role_id, from_person_id, to_person_id, step, created_at, created_by)
    values (p_community_id, p_id, p_signup_id, v_shift.id, v_signup.shift_role_id, v_signup.person_id, v_to, v_step, private.now(), v_ctx.person_id)
    returning * into v_call;
  v_params := jsonb_build_object('title', private.shift_title(p_community_id, v_shift.activity_id), 'starts_at', v_shift.starts_at);
  if v_to is not null then
    perform private.notify(p_community_id, v_to, 'stand_in_asked', v_params, '/shifts/mine');
  else
    perform private.notify(p_community_id, w.person_id, 'stand_in_call', v_params || jsonb_build_object('opens_at', private.stand_in_opens_at(v_call, w.person_id)), '/shifts/' || v_shift.id)
      from (select g.person_id from public.signups g where g.community_id = p_community_id and g.shift_role_id = v_signup.shift_role_id and g.status = 'waitlisted'
        order by g.queue_no limit 20) w;
  end if;
  return private.end_command(v_ctx, 'stand_ins', p_id, jsonb_build_object('stand_in_id', p_id, 'status', 'open'),
    jsonb_build_object('signup_id', p_signup_id, 'shift_id', v_shift.id), v_signup.person_id);
end $$;
comment on function public.offer_stand_in(uuid, uuid, uuid, text, text) is
  'Somebody with a place asks a colleague (volunteer number and name) to take it over, or everybody when none is named: then those who wait may answer first, in order. Until somebody accepts, the place and the duty stay. p_id is the stand-in. Errors: signup_unknown, shift_not_open, shift_started, signup_not_confirmed {status}, already_checked_in, stand_in_already_asked, volunteer_unknown, stand_in_is_oneself, stand_in_has_a_place, stand_in_not_possible, and to those who act for the colleague or lead the shift what keeps them from the role (as claim_shift).';

create function private.locked_call(p_community_id uuid, p_stand_in_id uuid)
returns public.stand_ins language plpgsql volatile security definer set search_path = '' as $$
declare
  v_call public.stand_ins;
begin
  select * into v_call from public.stand_ins c where c.community_id = p_community_id and c.id = p_stand_in_id;
  if not found then perform private.fail(404, 'stand_in_unknown'); end if;
  perform private.lock_shift(v_call.shift_id);
  select * into v_call from public.stand_ins c where c.community_id = p_community_id and c.id = p_stand_in_id for update;
  return v_call;
end $$;

create function public.accept_stand_in(p_community_id uuid, p_id uuid, p_stand_in_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'accept_stand_in', jsonb_build_object('call', p_stand_in_id, 'for', p_for_person_id));
  v_person uuid := coalesce(p_for_person_id, v_ctx.person_id);
  v_call public.stand_ins;
  v_shift public.shifts;
  v_given public.signups;
  v_opens timestamptz;
  v_params jsonb;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.can_act_for(p_community_id, v_ctx.person_id, v_person) then perform private.fail(403, 'not_allowed'); end if;
  v_call := private.locked_call(p_community_id, p_stand_in_id);
  v_opens := private.stand_in_opens_at(v_call, v_person);
  if v_opens is null then perform private.fail(404, 'stand_in_unknown'); end if;
  v_shift := private.open_shift(p_community_id, v_call.shift_id);
  perform private.settle_shift(p_community_id, v_shift.id);
  if not exists (select 1 from private.live_calls(p_community_id, v_shift.id) c where c.id = v_call.id) then perform private.fail(409, 'stand_in_over'); end if;
  v_opens := private.stand_in_opens_at(v_call, v_person);
  if v_opens > private.now() then perform private.fail(422, 'stand_in_not_your_turn', jsonb_build_object('opens_at', v_opens)); end if;
  perform private.require_eligible(p_community_id, v_person, array[v_call.shift_role_id], false);
  if exists (select 1 from public.signups g where g.community_id = p_community_id and g.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  perform private.clear_for_place(p_community_id, v_shift, v_person, true);
  -- The place passes with its number and is never free in between; what was given up keeps a number of its own.
  select * into v_given from public.signups g where g.community_id = p_community_id and g.id = v_call.signup_id for update;
  update public.signups set status = 'cancelled', queue_no = private.next_queue_no(p_community_id, v_given.shift_role_id), block_id = null, ended_at = private.now(), ended_by = v_ctx.person_id
    where community_id = p_community_id and id = v_given.id;
  insert into public.signups (community_id, id, shift_id, shift_role_id, person_id, status, queue_no, signed_up_at, signed_up_by, block_id)
    values (p_community_id, p_id, v_given.shift_id, v_given.shift_role_id, v_person, 'confirmed', v_given.queue_no, private.now(), v_ctx.person_id, v_given.block_id);
  update public.stand_ins set status = 'accepted', ended_at = private.now(), taken_by = v_person where community_id = p_community_id and id = v_call.id;
  perform private.settle_waitlist(p_community_id, v_given.shift_role_id);
  v_params := jsonb_build_object('title', private.shift_title(p_community_id, v_shift.activity_id), 'starts_at', v_shift.starts_at);
  perform private.notify(p_community_id, v_call.from_person_id, 'stand_in_accepted', v_params, '/shifts/mine');
  if v_person <> v_ctx.person_id then perform private.notify(p_community_id, v_person, 'signed_up_by_helper', v_params, '/shifts/mine'); end if;
  perform private.notify_leaders(p_community_id, v_shift.id, 'stand_in_done', v_params);
  return private.end_command(v_ctx, 'signups', p_id, jsonb_build_object('signup_id', p_id, 'status', 'confirmed'),
    jsonb_build_object('stand_in_id', v_call.id, 'given_signup_id', v_given.id, 'shift_id', v_shift.id), v_person);
end $$;
comment on function public.accept_stand_in(uuid, uuid, uuid, uuid) is
  'Takes a colleague''s place over, at once and with its number in the order; the giver is out without any blame, the leader is told. p_id is the new sign-up. Errors: stand_in_unknown, stand_in_over, stand_in_not_your_turn {opens_at}, shift_not_open, already_signed_up, shift_overlaps {title, starts_at}, not_allowed, and what keeps the person from the role (as claim_shift).';

create function public.decline_stand_in(p_community_id uuid, p_id uuid, p_stand_in_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'decline_stand_in', jsonb_build_object('call', p_stand_in_id));
  v_call public.stand_ins;
  v_shift public.shifts;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_call := private.locked_call(p_community_id, p_stand_in_id);
  if v_call.to_person_id is null or not private.can_act_for(p_community_id, v_ctx.person_id, v_call.to_person_id) then perform private.fail(404, 'stand_in_unknown'); end if;
  if v_call.status <> 'open' then perform private.fail(409, 'stand_in_over'); end if;
  select * into v_shift from public.shifts s where s.community_id = p_community_id and s.id = v_call.shift_id;
  update public.stand_ins set status = 'declined', ended_at = private.now() where community_id = p_community_id and id = p_stand_in_id;
  perform private.notify(p_community_id, v_call.from_person_id, 'stand_in_declined',
    jsonb_build_object('title', private.shift_title(p_community_id, v_shift.activity_id), 'starts_at', v_shift.starts_at), '/shifts/' || v_shift.id);
  return private.end_command(v_ctx, 'stand_ins', p_stand_in_id, jsonb_build_object('stand_in_id', p_stand_in_id, 'status', 'declined'), '{}', v_call.to_person_id);
end $$;
comment on function public.decline_stand_in(uuid, uuid, uuid) is 'The named colleague cannot take the place over; the giver is told. Errors: stand_in_unknown, stand_in_over.';

create function public.withdraw_stand_in(p_community_id uuid, p_id uuid, p_stand_in_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'withdraw_stand_in', jsonb_build_object('call', p_stand_in_id));
  v_call public.stand_ins;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_call := private.locked_call(p_community_id, p_stand_in_id);
  if not private.can_act_for(p_community_id, v_ctx.person_id, v_call.from_person_id) then perform private.fail(404, 'stand_in_unknown'); end if;
  if v_call.status <> 'open' then perform private.fail(409, 'stand_in_over'); end if;
  update public.stand_ins set status = 'withdrawn', ended_at = private.now() where community_id = p_community_id and id = p_stand_in_id;
  return private.end_command(v_ctx, 'stand_ins', p_stand_in_id, jsonb_build_object('stand_in_id', p_stand_in_id, 'status', 'withdrawn'), '{}', v_call.from_person_id);
end $$;
comment on function public.withdraw_stand_in(uuid, uuid, uuid) is 'The giver comes after all. Errors: stand_in_unknown, stand_in_over.';

-- ---------------------------------------------------------------- the leader's hand on the places

create function private.led_shift(p_ctx private.command_context, p_shift_id uuid)
returns public.shifts language plpgsql volatile security definer set search_path = '' as $$
declare
  v_shift public.shifts;
begin
  if not exists (select 1 from public.shifts s where s.community_id = p_ctx.community_id and s.id = p_shift_id) then perform private.fail(404, 'shift_unknown'); end if;
  if not private.leads_shift(p_ctx.community_id, p_ctx.person_id, p_shift_id) then perform private.fail(403, 'not_allowed'); end if;
  perform private.lock_shift(p_shift_id);
  v_shift := private.open_shift(p_ctx.community_id, p_shift_id);
  perform private.settle_shift(p_ctx.community_id, p_shift_id);
  return v_shift;
end $$;
comment on function private.led_shift(private.command_context, uuid) is
  'A published shift of the leader (or the office), locked and settled. Errors: shift_unknown, not_allowed, shift_not_open.';

create function private.lower_taken(p_ctx private.command_context, p_role public.shift_roles, p_shift public.shifts, p_capacity int, p_reason text)
returns uuid[] language plpgsql volatile security definer set search_path = '' as $$
declare
  v_excess int := p_role.taken + p_role.reserved - p_capacity;
  v_title text := private.shift_title(p_ctx.community_id, p_shift.activity_id);
  v_block public.shift_blocks;
  v_less int;
  g public.signups;
  v_out uuid[] := '{}';
begin
  -- Places of blocks that have no name yet go first, the newest block first.
  for v_block in select * from public.shift_blocks b where b.community_id = p_ctx.community_id and b.shift_role_id = p_role.id and b.released_at is null
      and b.places > b.filled order by b.created_at desc, b.first_queue_no desc
  loop
    exit when v_excess <= 0;
    v_less := least(v_excess, v_block.places - v_block.filled);
    update public.shift_blocks set places = places - v_less where community_id = p_ctx.community_id and id = v_block.id;
    update public.shift_roles set reserved = reserved - v_less where community_id = p_ctx.community_id and id = p_role.id;
    perform private.notify(p_ctx.community_id, v_block.contact_person_id, 'block_cut', jsonb_build_object('title', v_title, 'places', v_less, 'reason', p_reason), '/shifts/blocks');
    v_excess := v_excess - v_less;
  end loop;
  -- Then who came last, back to the front of the queue: a number never changes, so the order does not either.
  for g in select * from public.signups s where s.community_id = p_ctx.community_id and s.shift_role_id = p_role.id and s.status in ('confirmed', 'offered')
      and not exists (select 1 from public.attendances t where t.community_id = s.community_id and t.id = s.id) order by s.queue_no desc
  loop
    exit when v_excess <= 0;
    update public.stand_ins set status = 'withdrawn', ended_at = private.now() where community_id = p_ctx.community_id and signup_id = g.id and status = 'open';
    if g.block_id is not null then
      update public.shift_blocks set places = places - 1, filled = filled - 1 where community_id = p_ctx.community_id and id = g.block_id;
    end if;
    update public.signups set status = 'waitlisted', offer_expires_at = null, block_id = null where community_id = p_ctx.community_id and id = g.id;
    update public.shift_roles set taken = taken - 1 where community_id = p_ctx.community_id and id = p_role.id;
    v_out := g.id || v_out;
    v_excess := v_excess - 1;
  end loop;
  if v_excess > 0 then perform private.fail(422, 'capacity_below_present', jsonb_build_object('min', p_capacity + v_excess)); end if;
  for g in select s.* from unnest(v_out) with ordinality o (id, n) join public.signups s on s.community_id = p_ctx.community_id and s.id = o.id order by o.n loop
    perform private.notify(p_ctx.community_id, g.person_id, 'place_lost', jsonb_build_object('title', v_title, 'starts_at', p_shift.starts_at, 'reason', p_reason,
      'position', private.waiting_before(g) + 1), '/shifts/' || p_shift.id);
  end loop;
  return v_out;
end $$;
comment on function private.lower_taken(private.command_context, public.shift_roles, public.shifts, int, text) is
  'Under the shift lock: takes back places above a new capacity and tells those affected in their order, with the reason. Error: capacity_below_present {min}.';

create function public.set_capacity(p_community_id uuid, p_id uuid, p_shift_id uuid, p_role text, p_capacity int, p_reason text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'set_capacity',
    jsonb_build_object('shift', p_shift_id, 'role', p_role, 'capacity', p_capacity, 'reason', p_reason));
  v_shift public.shifts;
  v_role public.shift_roles;
  v_out uuid[] := '{}';
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_shift := private.led_shift(v_ctx, p_shift_id);
  if p_capacity is null or p_capacity not between 1 and 500 then perform private.fail(400, 'field_invalid', '{"field":"capacity"}'); end if;
  if v_shift.ends_at <= private.now() then perform private.fail(422, 'shift_ended'); end if;
  select * into v_role from public.shift_roles r where r.community_id = p_community_id and r.shift_id = p_shift_id and r.name = p_role for update;
  if not found then perform private.fail(404, 'shift_role_unknown'); end if;
  if p_capacity < v_role.taken + v_role.reserved then
    if v_shift.starts_at <= private.now() then perform private.fail(422, 'shift_started'); end if;
    v_out := private.lower_taken(v_ctx, v_role, v_shift, p_capacity, private.clean_text(p_reason, 'reason', 200));
  end if;
  update public.shift_roles set capacity = p_capacity where community_id = p_community_id and id = v_role.id;
  perform private.settle_waitlist(p_community_id, v_role.id);
  return private.end_command(v_ctx, 'shift_roles', v_role.id, jsonb_build_object('role_id', v_role.id, 'capacity', p_capacity, 'moved_to_waiting', to_jsonb(v_out)),
    jsonb_build_object('shift_id', p_shift_id, 'was', v_role.capacity));
end $$;
comment on function public.set_capacity(uuid, uuid, uuid, text, int, text) is
  'More or fewer places of a role. More: offered to those who wait, in order. Fewer (only before the start, with a reason): places of groups without a name go first, then who came last goes back to the front of the queue; all are told in order. Leaders, office. {role_id, capacity, moved_to_waiting: [signup ids, in order]}. Errors: shift_unknown, not_allowed, shift_not_open, field_invalid, shift_ended, shift_started, shift_role_unknown, capacity_below_present {min}, field_required.';

create function public.add_on_the_spot(p_community_id uuid, p_id uuid, p_shift_id uuid, p_role text, p_person_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'add_on_the_spot',
    jsonb_build_object('shift', p_shift_id, 'role', p_role, 'person', p_person_id));
  v_shift public.shifts;
  v_role public.shift_roles;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_shift := private.led_shift(v_ctx, p_shift_id);
  if private.is_party_to(p_community_id, v_ctx.person_id, p_person_id) then perform private.fail(403, 'own_attendance'); end if;
  if private.now() < v_shift.starts_at then perform private.fail(422, 'shift_not_started', jsonb_build_object('starts_at', v_shift.starts_at)); end if;
  if private.now() >= v_shift.ends_at then perform private.fail(422, 'shift_ended'); end if;
  select * into v_role from public.shift_roles r where r.community_id = p_community_id and r.shift_id = p_shift_id and r.name = p_role for update;
  if not found then perform private.fail(404, 'shift_role_unknown'); end if;
  perform private.require_eligible(p_community_id, p_person_id, array[v_role.id], false);
  if exists (select 1 from public.signups g where g.community_id = p_community_id and g.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  perform private.clear_for_place(p_community_id, v_shift, p_person_id, true);
  if v_role.taken + v_role.reserved >= v_role.capacity then perform private.fail(409, 'shift_full', jsonb_build_object('capacity', v_role.capacity)); end if;
  update public.shift_roles r set taken = r.taken + 1, next_queue_no = r.next_queue_no + 1 where r.community_id = p_community_id and r.id = v_role.id returning * into v_role;
  insert into public.signups (community_id, id, shift_id, shift_role_id, person_id, status, queue_no, signed_up_at, signed_up_by)
    values (p_community_id, p_id, p_shift_id, v_role.id, p_person_id, 'confirmed', v_role.next_queue_no - 1, private.now(), v_ctx.person_id);
  perform private.notify(p_community_id, p_person_id, 'added_on_the_spot',
    jsonb_build_object('title', private.shift_title(p_community_id, v_shift.activity_id), 'starts_at', v_shift.starts_at), '/shifts/mine');
  return private.end_command(v_ctx, 'signups', p_id, jsonb_build_object('signup_id', p_id, 'status', 'confirmed'), jsonb_build_object('shift_id', p_shift_id), p_person_id);
end $$;
comment on function public.add_on_the_spot(uuid, uuid, uuid, text, uuid) is
  'The leader signs up somebody who is there, between the start and the end; they must be fit for the role, and the waiting is over by then. p_id is the sign-up. Errors: shift_unknown, not_allowed, shift_not_open, own_attendance, shift_not_started {starts_at}, shift_ended, shift_role_unknown, shift_full {capacity}, already_signed_up, shift_overlaps {title, starts_at}, and what keeps the person from the role (as claim_shift).';

-- ---------------------------------------------------------------- groups and firms

create function public.reserve_block(p_community_id uuid, p_id uuid, p_shift_id uuid, p_role text, p_organisation text, p_places int, p_until_at timestamptz)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'reserve_block',
    jsonb_build_object('shift', p_shift_id, 'role', p_role, 'organisation', p_organisation, 'places', p_places, 'until', p_until_at));
  v_shift public.shifts;
  v_role public.shift_roles;
  v_leads boolean;
  v_max int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_shift := private.open_shift(p_community_id, p_shift_id);
  v_leads := private.leads_shift(p_community_id, v_ctx.person_id, p_shift_id);
  if not v_leads and not private.person_has_role(p_community_id, v_ctx.person_id, array['partner_contact']) then perform private.fail(403, 'not_allowed'); end if;
  if p_places is null or p_places not between 1 and 200 then perform private.fail(400, 'field_invalid', '{"field":"places"}'); end if;
  if p_until_at is null then perform private.fail(400, 'field_required', '{"field":"until_at"}'); end if;
  if v_shift.starts_at <= private.now() then perform private.fail(422, 'shift_started'); end if;
  if not v_leads and v_shift.opens_at > private.now() then perform private.fail(422, 'signup_not_open_yet', jsonb_build_object('opens_at', v_shift.opens_at)); end if;
  if p_until_at <= private.now() or p_until_at > v_shift.starts_at then perform private.fail(422, 'block_until_invalid', jsonb_build_object('starts_at', v_shift.starts_at)); end if;
  perform private.lock_shift(p_shift_id);
  v_shift := private.open_shift(p_community_id, p_shift_id);
  if p_until_at > v_shift.starts_at then perform private.fail(422, 'block_until_invalid', jsonb_build_object('starts_at', v_shift.starts_at)); end if;
  perform private.settle_shift(p_community_id, p_shift_id);
  select * into v_role from public.shift_roles r where r.community_id = p_community_id and r.shift_id = p_shift_id and r.name = p_role for update;
  if not found then perform private.fail(404, 'shift_role_unknown'); end if;
  if exists (select 1 from public.shift_blocks b where b.community_id = p_community_id and b.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  if not v_leads then
    select v_role.capacity * private.setting_int(p_community_id, 'block_max_percent') / 100 - coalesce(sum(b.places), 0) into v_max
      from public.shift_blocks b where b.community_id = p_community_id and b.shift_role_id = v_role.id and b.released_at is null;
    if p_places > v_max then perform private.fail(422, 'block_too_large', jsonb_build_object('max', greatest(v_max, 0))); end if;
  end if;
  -- Settled: whoever waits has an offer by now, so a place still free is nobody's and a block overtakes nobody.
  if p_places > v_role.capacity - v_role.taken - v_role.reserved then
    perform private.fail(409, 'not_enough_places', jsonb_build_object('free', v_role.capacity - v_role.taken - v_role.reserved));
  end if;
  insert into public.shift_blocks (community_id, id, shift_id, shift_role_id, organisation, contact_person_id, places, first_queue_no, until_at, created_at, created_by)
    values (p_community_id, p_id, p_shift_id, v_role.id, private.clean_text(p_organisation, 'organisation', 50), v_ctx.person_id, p_places, v_role.next_queue_no, p_until_at,
      private.now(), v_ctx.person_id);
  update public.shift_roles set reserved = reserved + p_places, next_queue_no = next_queue_no + p_places where community_id = p_community_id and id = v_role.id;
  if not v_leads then
    perform private.notify_leaders(p_community_id, p_shift_id, 'block_reserved', jsonb_build_object('title', private.shift_title(p_community_id, v_shift.activity_id), 'places', p_places));
  end if;
  return private.end_command(v_ctx, 'shift_blocks', p_id, jsonb_build_object('block_id', p_id, 'places', p_places), jsonb_build_object('shift_id', p_shift_id));
end $$;
comment on function public.reserve_block(uuid, uuid, uuid, text, text, int, timestamptz) is
  'Keeps free places of a role for a group or firm until a moment, inside the capacity: a partner contact (up to the community''s share) or the leader. Unused ones are free again by time. p_id is the block. Errors: shift_unknown, shift_not_open, not_allowed, field_*, shift_started, signup_not_open_yet {opens_at}, block_until_invalid {starts_at}, shift_role_unknown, block_too_large {max}, not_enough_places {free}.';

create function private.locked_block(p_ctx private.command_context, p_block_id uuid)
returns public.shift_blocks language plpgsql volatile security definer set search_path = '' as $$
declare
  v_block public.shift_blocks;
begin
  select * into v_block from public.shift_blocks b where b.community_id = p_ctx.community_id and b.id = p_block_id;
  if not found or (v_block.contact_person_id <> p_ctx.person_id and not private.leads_shift(p_ctx.community_id, p_ctx.person_id, v_block.shift_id)) then
    perform private.fail(404, 'block_unknown');
  end if;
  perform private.lock_shift(v_block.shift_id);
  perform private.settle_shift(p_ctx.community_id, v_block.shift_id);
  select * into v_block from public.shift_blocks b where b.community_id = p_ctx.community_id and b.id = p_block_id for update;
  if v_block.released_at is not null or v_block.until_at <= private.now() then perform private.fail(409, 'block_over'); end if;
  return v_block;
end $$;
comment on function private.locked_block(private.command_context, uuid) is 'A live block of its contact or the leader, its shift locked and settled. Errors: block_unknown, block_over.';

create function public.fill_block(p_community_id uuid, p_id uuid, p_block_id uuid, p_volunteer_no text, p_name text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'fill_block',
    jsonb_build_object('block', p_block_id, 'no', p_volunteer_no, 'name', p_name));
  v_block public.shift_blocks;
  v_shift public.shifts;
  v_person uuid;
  v_no bigint;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_block := private.locked_block(v_ctx, p_block_id);
  v_shift := private.open_shift(p_community_id, v_block.shift_id);
  v_person := private.volunteer_by_number(p_community_id, p_volunteer_no, p_name);
  if v_block.filled >= v_block.places then perform private.fail(409, 'block_full', jsonb_build_object('places', v_block.places)); end if;
  if exists (select 1 from public.signups g where g.community_id = p_community_id and g.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  perform private.require_fit_colleague(v_ctx, v_shift, v_block.shift_role_id, v_person, true);
  select n into v_no from generate_series(v_block.first_queue_no, v_block.first_queue_no + 199) n
    where not exists (select 1 from public.signups g where g.community_id = p_community_id and g.shift_role_id = v_block.shift_role_id and g.queue_no = n) order by n limit 1;
  insert into public.signups (community_id, id, shift_id, shift_role_id, person_id, status, queue_no, signed_up_at, signed_up_by, block_id)
    values (p_community_id, p_id, v_block.shift_id, v_block.shift_role_id, v_person, 'confirmed', v_no, private.now(), v_ctx.person_id, p_block_id);
  update public.shift_blocks set filled = filled + 1 where community_id = p_community_id and id = p_block_id;
  update public.shift_roles set taken = taken + 1, reserved = reserved - 1 where community_id = p_community_id and id = v_block.shift_role_id;
  perform private.settle_waitlist(p_community_id, v_block.shift_role_id);
  perform private.notify(p_community_id, v_person, 'named_in_block', jsonb_build_object('title', private.shift_title(p_community_id, v_shift.activity_id),
    'starts_at', v_shift.starts_at, 'organisation', v_block.organisation), '/shifts/mine');
  return private.end_command(v_ctx, 'signups', p_id, jsonb_build_object('signup_id', p_id, 'status', 'confirmed'),
    jsonb_build_object('block_id', p_block_id, 'shift_id', v_block.shift_id), v_person);
end $$;
comment on function public.fill_block(uuid, uuid, uuid, text, text) is
  'Hands in a name for a place of a block: a volunteer by number and name, who is told and may give the place back. p_id is the sign-up. Errors: block_unknown, block_over, block_full {places}, volunteer_unknown, shift_not_open, stand_in_not_possible; and to those who act for the person or lead the shift: already_signed_up, shift_overlaps {title, starts_at}, and what keeps the person from the role (as claim_shift).';

create function public.release_block(p_community_id uuid, p_id uuid, p_block_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'release_block', jsonb_build_object('block', p_block_id));
  v_block public.shift_blocks;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_block := private.locked_block(v_ctx, p_block_id);
  update public.shift_blocks set released_at = private.now() where community_id = p_community_id and id = p_block_id;
  update public.shift_roles set reserved = reserved - (v_block.places - v_block.filled) where community_id = p_community_id and id = v_block.shift_role_id;
  perform private.settle_waitlist(p_community_id, v_block.shift_role_id);
  return private.end_command(v_ctx, 'shift_blocks', p_block_id, jsonb_build_object('block_id', p_block_id, 'released', v_block.places - v_block.filled),
    jsonb_build_object('shift_id', v_block.shift_id));
end $$;
comment on function public.release_block(uuid, uuid, uuid) is 'Gives the unused places of a block back before their time; names handed in stay. Its contact, the leader. Errors: block_unknown, block_over.';

-- ---------------------------------------------------------------- reads

create function private.block_json(b public.shift_blocks)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('id', b.id, 'organisation', b.organisation, 'places', b.places, 'filled', b.filled, 'until_at', b.until_at,
    'is_open', b.released_at is null and b.until_at > private.now(), 'role', r.name, 'contact_name', c.display_name,
    'names', (select coalesce(jsonb_agg(jsonb_build_object('signup_id', g.id, 'display_name', p.display_name, 'volunteer_no', v.volunteer_no) order by g.queue_no), '[]')
      from public.signups g join public.persons p on p.community_id = g.community_id and p.id = g.person_id
      left join public.volunteers v on v.community_id = g.community_id and v.id = g.person_id
      where g.community_id = b.community_id and g.block_id = b.id and g.status in ('confirmed', 'attended', 'no_show')))
  from public.shift_roles r join public.persons c on c.community_id = b.community_id and c.id = b.contact_person_id
  where r.community_id = b.community_id and r.id = b.shift_role_id
$$;

create function public.my_blocks(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  return jsonb_build_object('server_time', private.now(), 'blocks', coalesce((
    select jsonb_agg(x.block || jsonb_build_object('shift_id', x.shift_id, 'title', x.title, 'starts_at', x.starts_at, 'ends_at', x.ends_at,
        'corps_color', x.color, 'corps_name', x.name, 'place_name', x.place_name) order by x.starts_at desc, x.id) from (
      select b.id, private.block_json(b) as block, s.id as shift_id, a.title, s.starts_at, s.ends_at, k.color, k.name, pl.name as place_name
      from public.shift_blocks b
      join public.shifts s on s.community_id = b.community_id and s.id = b.shift_id
      join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
      join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
      left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
      where b.community_id = p_community_id and b.contact_person_id = v_me
      order by s.starts_at desc limit 100) x), '[]'));
end $$;
comment on function public.my_blocks(uuid) is 'The places the caller keeps for a group or firm, with the names handed in (masked). Errors: not_signed_in, not_a_member.';

create function public.shift_places_desk(p_community_id uuid, p_shift_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_json jsonb;
begin
  if not private.leads_shift(p_community_id, v_me, p_shift_id) then perform private.fail(403, 'not_allowed'); end if;
  select jsonb_build_object('server_time', private.now(), 'id', s.id, 'title', a.title, 'starts_at', s.starts_at, 'ends_at', s.ends_at, 'opens_at', s.opens_at,
      'is_open', s.status = 'open' and a.status = 'published', 'corps_id', k.id, 'corps_color', k.color, 'corps_name', k.name, 'places', private.shift_places(p_community_id, s.id),
      'waiting', (select coalesce(jsonb_agg(jsonb_build_object('signup_id', g.id, 'name', pp.real_name, 'role', r.name, 'status', private.status_now(g.status, g.offer_expires_at, s.starts_at),
          'offer_expires_at', g.offer_expires_at) order by r.name, g.queue_no), '[]')
        from public.signups g join public.person_private pp on pp.community_id = g.community_id and pp.person_id = g.person_id
        join public.shift_roles r on r.community_id = g.community_id and r.id = g.shift_role_id
        where g.community_id = p_community_id and g.shift_id = s.id and private.status_now(g.status, g.offer_expires_at, s.starts_at) in ('waitlisted', 'offered')),
      'stand_ins', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'from_name', f.real_name, 'to_name', coalesce(t.real_name, n.real_name), 'status', c.status, 'created_at', c.created_at)
          order by c.created_at desc), '[]')
        from public.stand_ins c
        join public.person_private f on f.community_id = c.community_id and f.person_id = c.from_person_id
        left join public.person_private n on n.community_id = c.community_id and n.person_id = c.to_person_id
        left join public.person_private t on t.community_id = c.community_id and t.person_id = c.taken_by
        where c.community_id = p_community_id and c.shift_id = s.id and c.status in ('open', 'accepted')),
      'blocks', (select coalesce(jsonb_agg(private.block_json(b) order by b.created_at, b.id), '[]') from public.shift_blocks b where b.community_id = p_community_id and b.shift_id = s.id))
    into v_json
    from public.shifts s
    join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
    join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
    where s.community_id = p_community_id and s.id = p_shift_id;
  return v_json;
end $$;
comment on function public.shift_places_desk(uuid, uuid) is
  'Places, queue, stand-ins and blocks of a shift for its leader, names as on the roster. Errors: not_signed_in, not_a_member, not_allowed.';

do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as signature, p.pronamespace::regnamespace::text as schema from pg_proc p
      where (p.pronamespace = 'private'::regnamespace and p.proname in ('waiting_before', 'stand_in_opens_at', 'live_calls', 'has_open_call', 'stand_in_of', 'stand_ins_for',
          'asked_to_stand_in', 'may_reserve', 'notify_leaders', 'volunteer_by_number', 'next_queue_no', 'locked_call', 'led_shift', 'lower_taken', 'locked_block', 'block_json'))
        or (p.pronamespace = 'public'::regnamespace and p.proname in ('offer_stand_in', 'accept_stand_in', 'decline_stand_in', 'withdraw_stand_in', 'set_capacity',
          'add_on_the_spot', 'reserve_block', 'fill_block', 'release_block', 'my_blocks', 'shift_places_desk'))
  loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
    if f.schema = 'public' then execute format('grant execute on function %s to authenticated', f.signature); end if;
  end loop;
end $$;
