-- Reads that one screen makes in one call. They are security definer because they show counts, masks and explanations
-- over rows the caller may not read; each establishes the caller first and returns only what the screen shows.

create function private.require_member(p_community_id uuid)
returns uuid language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid;
begin
  if (select auth.uid()) is null then perform private.fail(401, 'not_signed_in'); end if;
  v_me := private.me(p_community_id);
  if v_me is null then perform private.fail(403, 'not_a_member'); end if;
  return v_me;
end $$;
comment on function private.require_member(uuid) is 'First statement of every read function: the caller''s person. Errors: not_signed_in, not_a_member.';

create function private.roles_of(p_community_id uuid, p_person_id uuid)
returns jsonb language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'scope_kind', r.scope_kind, 'scope_id', r.scope_id) order by r.role), '[]') from (
    select 'resident' as role, 'community' as scope_kind, null::uuid as scope_id
    union all select 'volunteer', 'community', null from public.volunteers v where v.community_id = p_community_id and v.id = p_person_id and v.status <> 'left'
    union all select 'party_member', 'community', null from public.party_memberships m where m.community_id = p_community_id and m.person_id = p_person_id and m.valid_to is null
    -- 党务 of the office beside the secretary: its pages follow from a staff post, not from a grant.
    union all select 'party_worker', 'community', null where private.minds_party(p_community_id, p_person_id) and not private.holds_office(p_community_id, p_person_id, array['community_secretary'])
    union all select g.role, g.scope_kind, g.scope_id from public.role_grants g where g.community_id = p_community_id and g.person_id = p_person_id
      and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today())) r
$$;

create function private.modules_of(p_community_id uuid)
returns jsonb language sql stable security definer set search_path = '' as $$
  select (m.data -> 'modules') || coalesce(c.settings -> 'modules', '{}')
  from public.communities c join public.method_profiles m on m.code = c.method_code and m.version = c.method_version
  where c.id = p_community_id
$$;

create function private.told_for(p_community_id uuid, p_person_id uuid)
returns table (person_id uuid, helped_name text) language plpgsql stable rows 2 security definer set search_path = '' as $$
begin
  return query select p_person_id, null::text
    union all
    select h.person_id, p.display_name from public.helper_links h join public.persons p on p.community_id = h.community_id and p.id = h.person_id
      where h.community_id = p_community_id and h.helper_person_id = p_person_id and h.valid_from <= private.today() and (h.valid_to is null or h.valid_to >= private.today())
        and not exists (select 1 from public.account_persons ap where ap.community_id = h.community_id and ap.person_id = h.person_id and ap.status = 'active');
end $$;
comment on function private.told_for(uuid, uuid) is 'For whom a person is reminded: oneself, and those one helps who have no account to be told by (with their masked names).';

create function private.remind_shifts(p_community_id uuid, p_person_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_now timestamptz := private.now();
  v_from time;
  v_to time;
  r record;
begin
  select s.quiet_from, s.quiet_to into v_from, v_to from public.notice_settings s where s.community_id = p_community_id and s.id = p_person_id;
  if not found then v_from := '21:30'; v_to := '07:30'; end if;
  for r in
    -- One's own shifts, and those of persons one helps who have no account to be told by. Of two that are due, the nearer one.
    select distinct on (g.id) g.id, s.starts_at, a.title, w.helped_name, k.kind, d.due_at
    from private.told_for(p_community_id, p_person_id) w
    join public.signups g on g.community_id = p_community_id and g.person_id = w.person_id and g.status = 'confirmed'
    join public.shifts s on s.community_id = g.community_id and s.id = g.shift_id and s.status = 'open'
      and s.starts_at > v_now and s.starts_at <= v_now + interval '48 hours'
    join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
    cross join (values ('shift_soon', interval '2 hours'), ('shift_tomorrow', interval '24 hours')) as k (kind, ahead)
    -- Nobody is woken: what would fall due in the quiet hours is told just before them.
    cross join lateral (select case when private.quiet_end(s.starts_at - k.ahead, v_from, v_to) is null then s.starts_at - k.ahead
      else private.quiet_start(s.starts_at - k.ahead, v_from) end as due_at) d
    where d.due_at <= v_now and g.signed_up_at < d.due_at
    order by g.id, k.ahead
  loop
    perform private.put_notice(p_community_id, p_person_id, r.kind,
      jsonb_build_object('title', r.title, 'starts_at', r.starts_at) || case when r.helped_name is null then '{}' else jsonb_build_object('name', r.helped_name) end,
      '/shifts/mine', r.due_at, r.kind || '/' || r.id || '/' || extract(epoch from r.starts_at)::bigint);
  end loop;
end $$;
comment on function private.remind_shifts(uuid, uuid) is
  'Reminders a day and two hours before a shift, without any clock job: judged whenever the person (or a helper of somebody without an account) looks, dated when they fell due, and made once.';

create function private.send_due_reminders(p_community_id uuid, p_person_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.remind_shifts(p_community_id, p_person_id);
  perform private.remind_qualifications(p_community_id, p_person_id);
  perform private.lapse_orders_of(p_community_id, p_person_id);
  perform private.remind_points(p_community_id, p_person_id);
  perform private.remind_claims(p_community_id, p_person_id);
end $$;
comment on function private.send_due_reminders(uuid, uuid) is
  'Everything a person is to be told by now, each once: shifts, qualifications, points and orders, claims of wishes. Called wherever somebody looks (session, inbox, unread), so it needs no clock job; it waits for no lock.';

create function public.my_session()
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_user uuid := (select auth.uid());
begin
  if v_user is null then perform private.fail(401, 'not_signed_in'); end if;
  perform private.send_due_reminders(k.community_id, k.person_id) from private.my_person_keys() k;
  return jsonb_build_object(
    'user_id', v_user,
    'account', (select jsonb_build_object('locale', a.locale, 'birth_year', a.birth_year) from public.accounts a where a.user_id = v_user),
    'memberships', coalesce((select jsonb_agg(jsonb_build_object(
        'community_id', c.id, 'community_name', c.name, 'is_demo', c.is_demo, 'relay_phone', c.relay_phone,
        'person_id', p.id, 'display_name', p.display_name, 'real_name', pp.real_name, 'grid_id', p.grid_id,
        'roles', private.roles_of(c.id, p.id), 'modules', private.modules_of(c.id), 'method', jsonb_build_object('code', c.method_code, 'version', c.method_version),
        'unread', (select count(*) from public.notifications n where n.community_id = c.id and n.person_id = p.id and n.read_at is null and n.arrives_at <= private.now()),
        'helps', coalesce((select jsonb_agg(jsonb_build_object('person_id', hp.id, 'display_name', hp.display_name, 'relation', h.relation) order by hp.display_name)
          from public.helper_links h join public.persons hp on hp.community_id = h.community_id and hp.id = h.person_id
          where h.community_id = c.id and h.helper_person_id = p.id and h.valid_from <= private.today() and (h.valid_to is null or h.valid_to >= private.today())), '[]'))
        order by ap.joined_at, c.name)
      from public.account_persons ap
      join public.communities c on c.id = ap.community_id
      join public.persons p on p.community_id = ap.community_id and p.id = ap.person_id
      join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
      where ap.user_id = v_user and ap.status = 'active'), '[]'),
    'pending_joins', coalesce((select jsonb_agg(jsonb_build_object('id', j.id, 'community_id', j.community_id, 'community_name', c.name,
        'status', j.status, 'reason', j.reason, 'created_at', j.created_at) order by j.created_at desc)
      from public.join_requests j join public.communities c on c.id = j.community_id
      where j.user_id = v_user and (j.status = 'pending' or (j.status = 'rejected' and j.decided_at > private.now() - interval '30 days'))), '[]'),
    'server_time', private.now(), 'is_demo_time', exists (select 1 from private.demo_clock));
end $$;
comment on function public.my_session() is 'Who the caller is: account, memberships with roles, modules, unread and persons helped, pending joins, the server''s time. Error: not_signed_in.';

create function private.live_taken(p_role public.shift_roles)
returns int language plpgsql stable security definer set search_path = '' as $$
begin
  return (select p_role.taken - (select count(*)::int from public.signups g where g.community_id = p_role.community_id and g.shift_role_id = p_role.id
    and g.status = 'offered' and g.offer_expires_at <= private.now()));
end $$;
comment on function private.live_taken(public.shift_roles) is 'Places people hold as of now: an offer past its time holds nothing, even before somebody settles it.';

create function private.live_reserved(p_role public.shift_roles)
returns int language plpgsql stable security definer set search_path = '' as $$
begin
  return (select case when p_role.reserved = 0 then 0 else (select coalesce(sum(b.places - b.filled), 0)::int from public.shift_blocks b
    where b.community_id = p_role.community_id and b.shift_role_id = p_role.id and b.released_at is null and b.until_at > private.now()) end);
end $$;
comment on function private.live_reserved(public.shift_roles) is 'Places kept for blocks as of now: a block past its time keeps nothing, even before somebody settles it.';

create function private.shift_places(p_community_id uuid, p_shift_id uuid)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'capacity', sum(x.capacity), 'taken', sum(x.taken + x.reserved), 'waiting', sum(x.waiting),
    'roles', jsonb_agg(jsonb_build_object('name', x.name, 'capacity', x.capacity, 'taken', x.taken, 'reserved', x.reserved, 'waiting', x.waiting,
      'qualification_kind', x.qualification_kind, 'min_age', x.min_age, 'max_age', x.max_age) order by (x.name = 'helper') desc, x.name))
  from (
    select r.name, r.capacity, private.live_taken(r) as taken, private.live_reserved(r) as reserved, r.qualification_kind, r.min_age, r.max_age,
      case when s.starts_at > private.now() then (select count(*) from public.signups g
        where g.community_id = r.community_id and g.shift_role_id = r.id and g.status = 'waitlisted') else 0 end as waiting
    from public.shift_roles r join public.shifts s on s.community_id = r.community_id and s.id = r.shift_id
    where r.community_id = p_community_id and r.shift_id = p_shift_id) x
$$;
comment on function private.shift_places(uuid, uuid) is
  'Places of a shift as of now, in all and by role: taken includes what is kept for groups; nobody waits any more once it began.';

create function private.reasons_by_role(p_community_id uuid, p private.signup_profile, p_shift public.shifts, p_activity public.activities)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_agg(jsonb_build_object('role', x.name, 'reasons', x.reasons) order by jsonb_array_length(x.reasons), (x.name = 'helper') desc, x.name) from (
    select r.name, private.why_not_list(p_community_id, p, r, p_shift, p_activity, true) as reasons
    from public.shift_roles r where r.community_id = p_community_id and r.shift_id = p_shift.id) x
$$;
comment on function private.reasons_by_role(uuid, private.signup_profile, public.shifts, public.activities) is
  'Why a person cannot take each role of a shift; the role nearest to being possible first.';

create function public.public_home(p_community_id uuid default null)
returns jsonb language sql stable security definer set search_path = '' as $$
  with chosen as (
    select c.* from public.communities c where p_community_id is null or c.id = p_community_id order by c.created_at, c.name limit 1)
  select jsonb_build_object(
    'communities', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'is_demo', c.is_demo, 'relay_phone', c.relay_phone) order by c.created_at, c.name), '[]') from public.communities c),
    'community', (select jsonb_build_object('id', c.id, 'name', c.name, 'is_demo', c.is_demo, 'relay_phone', c.relay_phone, 'address', c.address) from chosen c),
    'open_shifts', (select coalesce(jsonb_agg(to_jsonb(x) order by x.starts_at), '[]') from (
        select s.id, a.title, k.color as corps_color, k.name as corps_name, s.starts_at, s.ends_at, pl.name as place_name, a.category,
          (private.shift_places(s.community_id, s.id) ->> 'capacity')::int as capacity, (private.shift_places(s.community_id, s.id) ->> 'taken')::int as taken
        from chosen c
        join public.shifts s on s.community_id = c.id and s.status = 'open' and s.starts_at > private.now()
        join public.activities a on a.community_id = s.community_id and a.id = s.activity_id and a.status = 'published'
        join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
        left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
        order by s.starts_at limit 12) x),
    'totals', (select jsonb_build_object(
        'volunteers', (select count(*) from public.volunteers v where v.community_id = c.id and v.status <> 'left'),
        'hours', (select coalesce(sum(r.minutes), 0) / 60 from public.service_records r where r.community_id = c.id and r.service_date >= date_trunc('year', private.today())::date),
        'corps', (select count(*) from public.corps k where k.community_id = c.id and k.closed_on is null)) from chosen c),
    'server_time', private.now())
$$;
comment on function public.public_home(uuid) is 'What everybody may see of a community: open shifts and sums; no person. For everybody.';

create function public.list_shifts(p_community_id uuid, p_from date default null, p_to date default null, p_colors text[] default null,
  p_place_id uuid default null, p_for_person_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_person uuid := coalesce(p_for_person_id, v_me);
  v_grid uuid;
  v_profile private.signup_profile;
begin
  if v_person <> v_me and not private.can_act_for(p_community_id, v_me, v_person) then perform private.fail(403, 'not_allowed'); end if;
  v_profile := private.signup_profile(p_community_id, v_person);
  select p.grid_id into v_grid from public.persons p where p.community_id = p_community_id and p.id = v_person;
  return jsonb_build_object('server_time', private.now(), 'shifts', coalesce((
    select jsonb_agg(to_jsonb(x) order by x.starts_at, x.title, x.id) from (
      select s.id, s.starts_at, s.ends_at, private.day_of(s.starts_at) as day, a.id as activity_id, a.title, a.category, a.is_hazardous, a.qualification_kind,
        k.id as corps_id, k.color as corps_color, k.name as corps_name, pl.id as place_id, pl.name as place_name,
        (v_grid is not null and pl.grid_id = v_grid) as is_near, private.shift_places(p_community_id, s.id) as places,
        (select jsonb_build_object('signup_id', g.id, 'status', g.status)
          from public.signups g where g.community_id = p_community_id and g.shift_id = s.id
          and g.person_id = v_person and g.status in ('applied', 'confirmed', 'waitlisted', 'offered', 'excused', 'attended', 'no_show')
          and private.status_now(g.status, g.offer_expires_at, s.starts_at) <> 'lapsed') as mine,
        private.reasons_by_role(p_community_id, v_profile, s, a) #>> '{0,reasons,0,slug}' as why_not, s.opens_at,
        private.has_open_call(p_community_id, s.id, v_person) as has_open_call,
        private.overlapping_signup(p_community_id, v_person, s.starts_at, s.ends_at, s.id) as clash
      from public.shifts s
      join public.activities a on a.community_id = s.community_id and a.id = s.activity_id and a.status = 'published'
      join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
      left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
      where s.community_id = p_community_id and s.status = 'open' and s.starts_at > private.now()
        and s.starts_at >= least(greatest(coalesce(p_from, private.today()), date '2000-01-01'), date '2200-01-01')::timestamp at time zone 'Asia/Shanghai'
        and s.starts_at < (least(coalesce(p_to, private.today() + 60), date '2200-01-01') + 1)::timestamp at time zone 'Asia/Shanghai'
        and (p_colors is null or k.color = any(p_colors)) and (p_place_id is null or pl.id = p_place_id)
      order by s.starts_at limit 300) x), '[]'));
end $$;
comment on function public.list_shifts(uuid, date, date, text[], uuid, uuid) is
  'Open shifts to come, each with places, the caller''s sign-up, whether near (own grid), why_not (slug or null, of the role nearest to being possible), has_open_call (a stand-in is looked for and this person may answer now) and clash; 「我能参加的」 is those without why_not and clash. Days in Asia/Shanghai, p_to inclusive. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.shift_detail(p_community_id uuid, p_shift_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_person uuid := coalesce(p_for_person_id, v_me);
  v_json jsonb;
begin
  if v_person <> v_me and not private.can_act_for(p_community_id, v_me, v_person) then perform private.fail(403, 'not_allowed'); end if;
  select jsonb_build_object('id', s.id, 'starts_at', s.starts_at, 'ends_at', s.ends_at, 'opens_at', s.opens_at, 'status', s.status, 'activity_id', a.id,
      'activity_status', a.status, 'status_reason', a.status_reason, 'title', a.title, 'summary', a.summary, 'risk_note', a.risk_note, 'category', a.category,
      'meeting_point', a.meeting_point, 'is_hazardous', a.is_hazardous, 'insurance_ref', a.insurance_ref, 'qualification_kind', a.qualification_kind, 'min_age', a.min_age,
      'corps_id', k.id, 'corps_color', k.color, 'corps_name', k.name, 'corps_relay_phone', k.relay_phone,
      'place_name', pl.name, 'place_address', pl.address, 'places', private.shift_places(p_community_id, s.id),
      'mine', (select jsonb_build_object('signup_id', g.id, 'status', g.status, 'offer_expires_at', g.offer_expires_at, 'role', r.name,
            'ahead', private.waiting_before(g), 'stand_in', private.stand_in_of(g),
            'attendance', (select jsonb_build_object('status', t.status, 'checked_in_at', t.checked_in_at, 'checked_out_at', t.checked_out_at, 'minutes', t.minutes)
              from public.attendances t where t.community_id = g.community_id and t.id = g.id))
          from public.signups g join public.shift_roles r on r.community_id = g.community_id and r.id = g.shift_role_id
          where g.community_id = p_community_id and g.shift_id = s.id and g.person_id = v_person
            and g.status in ('applied', 'confirmed', 'waitlisted', 'offered', 'excused', 'attended', 'no_show')
            and private.status_now(g.status, g.offer_expires_at, s.starts_at) <> 'lapsed'),
      'eligibility', private.reasons_by_role(p_community_id, private.signup_profile(p_community_id, v_person), s, a),
      'stand_ins', private.stand_ins_for(p_community_id, s.id, v_person),
      'may_reserve', private.may_reserve(p_community_id, v_me, k.id),
      'clash', private.overlapping_signup(p_community_id, v_person, s.starts_at, s.ends_at, s.id),
      'i_lead', private.leads_corps(p_community_id, v_me, k.id), 'server_time', private.now())
    into v_json
    from public.shifts s
    join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
    join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
    left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
    where s.community_id = p_community_id and s.id = p_shift_id
      and (a.status in ('published', 'finished', 'settled', 'cancelled') or private.leads_corps(p_community_id, v_me, k.id));
  if v_json is null then perform private.fail(404, 'shift_unknown'); end if;
  return v_json;
end $$;
comment on function public.shift_detail(uuid, uuid, uuid) is 'One shift with all a volunteer must know before claiming it: places by role, eligibility (every reason by role, the nearest role first), the own sign-up with who stands before it, stand-ins looked for that this person may answer. Errors: not_signed_in, not_a_member, not_allowed, shift_unknown.';

create function public.my_shifts(p_community_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_person uuid := coalesce(p_for_person_id, v_me);
begin
  if v_person <> v_me and not private.can_act_for(p_community_id, v_me, v_person) then perform private.fail(403, 'not_allowed'); end if;
  -- Whoever looks at the own queue finds it settled, without any clock job.
  perform private.settle_lapsed_offers(p_community_id, v_person);
  return jsonb_build_object('server_time', private.now(), 'asked_to_stand_in', private.asked_to_stand_in(p_community_id, v_person), 'signups', coalesce((
    select jsonb_agg(to_jsonb(x) order by x.starts_at desc) from (
      select g.id as signup_id, private.status_now(g.status, g.offer_expires_at, s.starts_at) as status,
        g.offer_expires_at, g.reason, g.signed_up_by <> g.person_id as by_helper, r.name as role,
        case when g.status = 'waitlisted' then private.waiting_before(g) end as ahead,
        case when g.status = 'confirmed' and s.starts_at > private.now() then private.stand_in_of(g) end as stand_in,
        s.id as shift_id, s.starts_at, s.ends_at, a.title, k.color as corps_color, k.name as corps_name, k.relay_phone as corps_relay_phone,
        pl.name as place_name, a.meeting_point, t.status as attendance_status, t.checked_in_at, t.checked_out_at, t.minutes, t.left_claimed_at
      from public.signups g
      join public.shifts s on s.community_id = g.community_id and s.id = g.shift_id
      join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
      join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
      join public.shift_roles r on r.community_id = g.community_id and r.id = g.shift_role_id
      left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
      left join public.attendances t on t.community_id = g.community_id and t.id = g.id
      where g.community_id = p_community_id and g.person_id = v_person
      order by s.starts_at desc limit 200) x), '[]'));
end $$;
comment on function public.my_shifts(uuid, uuid) is 'The caller''s (or a helped person''s) latest 200 sign-ups with attendance, and the places somebody asks them to take over. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.my_service(p_community_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_person uuid := coalesce(p_for_person_id, v_me);
begin
  if v_person <> v_me and not private.helps(p_community_id, v_me, v_person) then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object(
    'volunteer_no', (select v.volunteer_no from public.volunteers v where v.community_id = p_community_id and v.id = v_person),
    'minutes_total', (select coalesce(sum(r.minutes), 0) from public.service_records r where r.community_id = p_community_id and r.person_id = v_person),
    'minutes_year', (select coalesce(sum(r.minutes), 0) from public.service_records r where r.community_id = p_community_id and r.person_id = v_person
      and r.service_date >= date_trunc('year', private.today())::date),
    'times_year', (select count(*) filter (where r.reverses_id is null) - count(*) filter (where r.reverses_id is not null) from public.service_records r
      where r.community_id = p_community_id and r.person_id = v_person and r.service_date >= date_trunc('year', private.today())::date),
    'provenance', private.provenance_minutes(p_community_id, v_person, date '1900-01-01'),
    'frozen_until', private.frozen_until(p_community_id, v_person),
    'balance', private.points_available(p_community_id, v_person),
    'points_month', (select coalesce(sum(e.amount), 0) from public.point_entries e where e.community_id = p_community_id and e.person_id = v_person
      and e.source_kind not in ('reward_order', 'expiry', 'debt') and e.occurred_on >= date_trunc('month', private.today())::date),
    'months', (select coalesce(jsonb_agg(jsonb_build_object('month', m.month, 'minutes', m.minutes) order by m.month), '[]') from (
      select to_char(r.service_date, 'YYYY-MM') as month, sum(r.minutes) as minutes from public.service_records r
      where r.community_id = p_community_id and r.person_id = v_person and r.service_date >= (date_trunc('month', private.today()) - interval '11 months')::date
      group by 1) m),
    'records', (select coalesce(jsonb_agg(to_jsonb(x) order by x.starts_at desc), '[]') from (
      select r.id, r.service_date, r.starts_at, r.ends_at, r.minutes, r.provenance, r.reverses_id, a.title, a.category, k.color as corps_color, k.name as corps_name,
        pl.name as place_name, c.display_name as confirmed_by_name, r.confirmed_at,
        e.id as entry_id, e.amount as points, e.rule_code, e.ruleset_code, e.inputs
      from public.service_records r
      join public.activities a on a.community_id = r.community_id and a.id = r.activity_id
      join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
      left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
      left join public.persons c on c.community_id = r.community_id and c.id = r.confirmed_by
      left join public.point_entries e on e.community_id = r.community_id and e.source_kind = 'service_record' and e.source_id = r.id and e.person_id = r.person_id
      where r.community_id = p_community_id and r.person_id = v_person
      order by r.starts_at desc limit 300) x),
    'lots', (select coalesce(jsonb_agg(jsonb_build_object('expires_at', l.expires_at, 'remaining', l.remaining) order by l.expires_at), '[]') from (
      select expires_at, sum(remaining - held) as remaining from public.point_lots where community_id = p_community_id and person_id = v_person and remaining > held and expires_at > private.now() group by 1) l));
end $$;
comment on function public.my_service(uuid, uuid) is
  'Hours and points of the caller (or a helped person), each record with its points, rule and inputs: 「为什么是这些分」. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.leader_shifts(p_community_id uuid, p_from date default null, p_to date default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_corps uuid[] := array(select private.scopes_of(p_community_id, v_me, 'corps_leader'));
  v_office boolean := private.is_office(p_community_id, v_me);
begin
  if not v_office and cardinality(v_corps) = 0 then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object('server_time', private.now(), 'shifts', coalesce((
    select jsonb_agg(to_jsonb(x) order by x.starts_at, x.title) from (
      select s.id, s.starts_at, s.ends_at, s.status, private.day_of(s.starts_at) as day, a.id as activity_id, a.title, a.status as activity_status, a.status_reason,
        k.color as corps_color, k.name as corps_name, pl.name as place_name, private.shift_places(p_community_id, s.id) as places,
        (select jsonb_build_object('checked_in', count(*) filter (where t.status = 'checked_in'), 'checked_out', count(*) filter (where t.status = 'checked_out'),
          'credited', count(*) filter (where t.status = 'credited')) from public.attendances t where t.community_id = p_community_id and t.shift_id = s.id) as attendance
      from public.shifts s
      join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
      join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
      left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
      where s.community_id = p_community_id and (v_office or a.corps_id = any(v_corps)) and a.status <> 'cancelled'
        and s.starts_at >= least(greatest(coalesce(p_from, private.today() - 10), date '2000-01-01'), date '2200-01-01')::timestamp at time zone 'Asia/Shanghai'
        and s.starts_at < (least(coalesce(p_to, private.today() + 30), date '2200-01-01') + 1)::timestamp at time zone 'Asia/Shanghai'
      order by s.starts_at limit 300) x), '[]'));
end $$;
comment on function public.leader_shifts(uuid, date, date) is 'The shifts a leader (or the office) answers for, with places and attendance counts. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.shift_roster(p_community_id uuid, p_shift_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if not private.leads_shift(p_community_id, v_me, p_shift_id) then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object('server_time', private.now(), 'members', coalesce((
    select jsonb_agg(to_jsonb(x) order by x.queue_no) from (
      select g.id as signup_id, g.queue_no, private.status_now(g.status, g.offer_expires_at, s.starts_at) as status,
        g.person_id, g.person_id = v_me as is_me, pp.real_name as name, private.mask_phone(pp.phone) as phone_masked, r.name as role, g.signed_up_by <> g.person_id as by_helper,
        p.has_phone, v.volunteer_no, t.status as attendance_status, t.checked_in_at, t.checked_in_via, t.checked_out_at, t.checked_out_via, t.minutes,
        t.left_claimed_at, rec.id as record_id, rec.provenance, rec.minutes as credited_minutes, e.amount as credited_points
      from public.signups g
      join public.shifts s on s.community_id = g.community_id and s.id = g.shift_id
      join public.persons p on p.community_id = g.community_id and p.id = g.person_id
      join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
      join public.shift_roles r on r.community_id = g.community_id and r.id = g.shift_role_id
      left join public.volunteers v on v.community_id = p.community_id and v.id = p.id
      left join public.attendances t on t.community_id = g.community_id and t.id = g.id
      left join public.service_records rec on rec.community_id = g.community_id and rec.signup_id = g.id and rec.reverses_id is null
        and not exists (select 1 from public.service_records back where back.community_id = rec.community_id and back.reverses_id = rec.id)
      left join public.point_entries e on e.community_id = rec.community_id and e.source_kind = 'service_record' and e.source_id = rec.id and e.reverses_id is null
      where g.community_id = p_community_id and g.shift_id = p_shift_id and g.status in ('applied', 'confirmed', 'waitlisted', 'offered', 'excused', 'attended', 'no_show')) x), '[]'));
end $$;
comment on function public.shift_roster(uuid, uuid) is
  'The leader''s list of a shift: the names of those signed up (needed to do the duty), phones masked. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.my_grid(p_community_id uuid, p_grid_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_grid uuid;
begin
  v_grid := coalesce(p_grid_id, (select p.grid_id from public.persons p where p.community_id = p_community_id and p.id = v_me));
  if p_grid_id is not null and not exists (select 1 from public.grids g where g.community_id = p_community_id and g.id = p_grid_id) then perform private.fail(404, 'grid_unknown'); end if;
  return jsonb_build_object(
    'my_grid_id', (select p.grid_id from public.persons p where p.community_id = p_community_id and p.id = v_me),
    'labels', (select m.data -> 'labels' from public.communities c join public.method_profiles m on m.code = c.method_code and m.version = c.method_version where c.id = p_community_id),
    'relay_phone', (select c.relay_phone from public.communities c where c.id = p_community_id),
    'grids', (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name) order by g.sort, g.code), '[]') from public.grids g where g.community_id = p_community_id),
    'grid', (select jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name,
        'households', (select count(*) from public.households h join public.entrances e on e.community_id = h.community_id and e.id = h.entrance_id
          join public.grid_buildings gb on gb.community_id = e.community_id and gb.building_id = e.building_id and gb.valid_to is null
          where h.community_id = p_community_id and gb.grid_id = g.id),
        'buildings', (select coalesce(jsonb_agg(jsonb_build_object('compound', c.name, 'building', b.name) order by c.name, b.name), '[]')
          from public.grid_buildings gb join public.buildings b on b.community_id = gb.community_id and b.id = gb.building_id
          join public.compounds c on c.community_id = b.community_id and c.id = b.compound_id
          where gb.community_id = p_community_id and gb.grid_id = g.id and gb.valid_to is null))
      from public.grids g where g.community_id = p_community_id and g.id = v_grid),
    'grid_workers', (select coalesce(jsonb_agg(jsonb_build_object('name', sp.public_name, 'title', sp.title, 'relay_phone', sp.relay_phone, 'since', a.valid_from)), '[]')
      from public.grid_assignments a join public.staff_posts sp on sp.community_id = a.community_id and sp.id = a.staff_post_id
      where a.community_id = p_community_id and a.grid_id = v_grid and a.valid_from <= private.today() and (a.valid_to is null or a.valid_to >= private.today())),
    'line_workers', (select coalesce(jsonb_agg(jsonb_build_object('name', sp.public_name, 'title', sp.title, 'business_line', sp.business_line, 'relay_phone', sp.relay_phone)
        order by case sp.title when 'community_secretary' then 0 when 'director' then 1 when 'deputy_secretary' then 2 when 'deputy_director' then 3 when 'line_worker' then 4 else 5 end, sp.business_line, sp.public_name), '[]')
      from public.staff_posts sp where sp.community_id = p_community_id and sp.title <> 'grid_worker'
        and sp.valid_from <= private.today() and (sp.valid_to is null or sp.valid_to >= private.today())),
    'party_posts', (select coalesce(jsonb_agg(jsonb_build_object('name', pe.display_name, 'post', pp.post, 'building', b.name, 'relay_phone', pp.relay_phone)
        order by case pp.post when 'grid_delegate' then 0 when 'publicist' then 1 when 'hygienist' then 2 when 'safety_officer' then 3 when 'mediator' then 4 else 5 end, b.name), '[]')
      from public.party_posts pp join public.persons pe on pe.community_id = pp.community_id and pe.id = pp.person_id
      left join public.buildings b on b.community_id = pp.community_id and b.id = pp.building_id
      where pp.community_id = p_community_id and pp.grid_id = v_grid and pp.valid_from <= private.today() and (pp.valid_to is null or pp.valid_to >= private.today())
        and private.module_is_on(p_community_id, 'party_posts')),
    'corps', (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'color', k.color, 'name', k.name, 'charter', k.charter, 'relay_phone', k.relay_phone,
        'members', (select count(*) from public.corps_members cm where cm.community_id = k.community_id and cm.corps_id = k.id and cm.left_on is null),
        'upcoming_here', (select count(*) from public.shifts s join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
          left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
          where a.community_id = k.community_id and a.corps_id = k.id and a.status = 'published' and s.status = 'open' and s.starts_at > private.now() and pl.grid_id = v_grid)) order by k.color), '[]')
      from public.corps k where k.community_id = p_community_id and k.closed_on is null));
end $$;
comment on function public.my_grid(uuid, uuid) is
  '三联 as a resident meets them: grid and line workers, party members with a post here, corps, each with a relay number. Errors: not_signed_in, not_a_member, grid_unknown.';

create function public.list_people(p_community_id uuid, p_search text default null, p_kind text default 'all', p_grid_id uuid default null,
  p_limit int default 50, p_offset int default 0)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_office boolean := private.is_office(p_community_id, v_me);
  v_grids uuid[] := array(select private.scopes_of(p_community_id, v_me, 'grid_worker'));
  v_party boolean := private.minds_party(p_community_id, v_me);
  v_key text := private.name_key(coalesce(p_search, ''));
  v_json jsonb;
begin
  if not v_office and cardinality(v_grids) = 0 then perform private.fail(403, 'not_allowed'); end if;
  if p_kind is null or p_kind not in ('all', 'volunteer', 'party_member', 'staff', 'no_account') then perform private.fail(400, 'field_invalid', '{"field":"kind"}'); end if;
  -- Who is a party member is for those with that duty alone, also as a filter.
  if p_kind = 'party_member' and not v_party then perform private.fail(403, 'not_allowed'); end if;
  if p_limit is null or p_limit not between 1 and 10000 or p_offset is null or p_offset < 0 then perform private.fail(400, 'field_invalid', '{"field":"limit"}'); end if;
  with hits as (
    select p.id, p.display_name, pp.real_name, p.birth_year, p.grid_id, p.status, p.has_phone, pp.phone
    from public.persons p join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
    where p.community_id = p_community_id and p.status = 'active'
      and (v_office or p.grid_id = any(v_grids))
      and (p_grid_id is null or p.grid_id = p_grid_id)
      and (v_key = '' or pp.name_key like replace(replace(v_key, '%', ''), '_', '') || '%' or (v_key ~ '^[0-9]{4,11}$' and pp.phone like '%' || v_key))
      and case p_kind
        when 'volunteer' then exists (select 1 from public.volunteers v where v.community_id = p.community_id and v.id = p.id and v.status <> 'left')
        when 'party_member' then exists (select 1 from public.party_memberships m where m.community_id = p.community_id and m.person_id = p.id and m.valid_to is null)
        when 'staff' then exists (select 1 from public.staff_posts sp where sp.community_id = p.community_id and sp.person_id = p.id and sp.valid_to is null)
        when 'no_account' then not exists (select 1 from public.account_persons ap where ap.community_id = p.community_id and ap.person_id = p.id and ap.status = 'active')
        else true end)
  select jsonb_build_object('total', (select count(*) from hits), 'people', coalesce((select jsonb_agg(to_jsonb(x) order by x.real_name, x.id) from (
    select h.id, h.real_name, h.birth_year, h.has_phone, private.mask_phone(h.phone) as phone_masked, g.code as grid_code, g.name as grid_name,
      exists (select 1 from public.account_persons ap where ap.community_id = p_community_id and ap.person_id = h.id and ap.status = 'active') as has_account,
      (select v.volunteer_no from public.volunteers v where v.community_id = p_community_id and v.id = h.id and v.status <> 'left') as volunteer_no,
      (select m.kind from public.party_memberships m where m.community_id = p_community_id and m.person_id = h.id and m.valid_to is null and v_party) as party_kind,
      (select coalesce(jsonb_agg(r), '[]') from jsonb_array_elements(private.roles_of(p_community_id, h.id)) r
        where v_party or r ->> 'role' <> 'party_member') as roles
    from hits h left join public.grids g on g.community_id = p_community_id and g.id = h.grid_id
    order by h.real_name, h.id limit p_limit offset p_offset) x), '[]')) into v_json;
  return v_json;
end $$;
comment on function public.list_people(uuid, text, text, uuid, int, int) is
  'The roster for the office, and for a grid worker the own grids: names (by prefix) with masked phones; kind all, volunteer, party_member, staff, no_account. Errors: not_signed_in, not_a_member, not_allowed, field_invalid.';

create function public.corps_roster(p_community_id uuid, p_corps_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if not private.leads_corps(p_community_id, v_me, p_corps_id) then perform private.fail(403, 'not_allowed'); end if;
  return coalesce((select jsonb_agg(to_jsonb(x) order by x.is_leader desc, x.name) from (
    select cm.person_id, pp.real_name as name, v.volunteer_no, cm.joined_on,
      exists (select 1 from public.role_grants g where g.community_id = p_community_id and g.person_id = cm.person_id and g.role = 'corps_leader' and g.scope_id = p_corps_id
        and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today())) as is_leader,
      (select coalesce(sum(r.minutes), 0) from public.service_records r where r.community_id = p_community_id and r.person_id = cm.person_id
        and r.service_date >= date_trunc('year', private.today())::date) as minutes_year
    from public.corps_members cm
    join public.person_private pp on pp.community_id = cm.community_id and pp.person_id = cm.person_id
    left join public.volunteers v on v.community_id = cm.community_id and v.id = cm.person_id
    where cm.community_id = p_community_id and cm.corps_id = p_corps_id and cm.left_on is null) x), '[]');
end $$;
comment on function public.corps_roster(uuid, uuid) is 'The members of a corps, for its leaders and the office. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.join_desk(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if not private.is_office(p_community_id, v_me) then perform private.fail(403, 'not_allowed'); end if;
  return coalesce((select jsonb_agg(jsonb_build_object('id', j.id, 'real_name', j.real_name, 'phone_masked', private.mask_phone(j.phone), 'birth_year', j.birth_year,
      'birth_month', j.birth_month, 'guardian_name', j.guardian_name, 'guardian_phone', j.guardian_phone, 'created_at', j.created_at,
      'match', (select jsonb_build_object('person_id', p.id, 'real_name', pp.real_name, 'grid', g.name, 'birth_year', p.birth_year)
        from public.persons p join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
        left join public.grids g on g.community_id = p.community_id and g.id = p.grid_id
        where p.community_id = j.community_id and p.id = j.matched_person_id),
      'same_name', (select coalesce(jsonb_agg(jsonb_build_object('person_id', p.id, 'real_name', pp.real_name, 'phone_masked', private.mask_phone(pp.phone), 'grid', g.name, 'birth_year', p.birth_year)), '[]')
        from public.person_private pp join public.persons p on p.community_id = pp.community_id and p.id = pp.person_id and p.status = 'active'
        left join public.grids g on g.community_id = p.community_id and g.id = p.grid_id
        where pp.community_id = j.community_id and (pp.name_key = private.name_key(j.real_name) or pp.phone = j.phone)
          and p.id is distinct from j.matched_person_id
          and not exists (select 1 from public.account_persons ap where ap.community_id = p.community_id and ap.person_id = p.id and ap.status = 'active'))) order by j.created_at)
    from public.join_requests j where j.community_id = p_community_id and j.status = 'pending'), '[]');
end $$;
comment on function public.join_desk(uuid) is 'Pending join requests with the proposed match from the roster. Office staff. Errors: not_signed_in, not_a_member, not_allowed.';

-- ---------------------------------------------------------------- leaving and erasing

create function private.release_places(p_ctx private.command_context, p_person_id uuid, p_reason text)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  g public.signups;
begin
  for g in select s.* from public.signups s join public.shifts h on h.community_id = s.community_id and h.id = s.shift_id
      where s.community_id = p_ctx.community_id and s.person_id = p_person_id and s.status in ('applied', 'confirmed', 'waitlisted', 'offered')
        and h.starts_at > private.now() order by s.shift_id
  loop
    perform private.lock_shift(g.shift_id);
    -- Read again under the lock: meanwhile it may have been offered, lapsed or cancelled.
    select s.* into g from public.signups s where s.community_id = g.community_id and s.id = g.id
      and s.status in ('applied', 'confirmed', 'waitlisted', 'offered');
    continue when not found;
    update public.signups set status = 'cancelled', offer_expires_at = null, ended_at = private.now(), ended_by = p_ctx.person_id, reason = p_reason
      where community_id = g.community_id and id = g.id;
    if g.status in ('confirmed', 'offered') then perform private.free_place(g); end if;
    perform private.settle_waitlist(g.community_id, g.shift_role_id);
  end loop;
end $$;

create function public.leave_community(p_community_id uuid, p_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_platform_command(p_community_id, p_id, 'leave_community', '{}');
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if v_ctx.person_id is null then perform private.fail(403, 'not_a_member'); end if;
  if private.person_has_role(p_community_id, v_ctx.person_id, array['community_secretary']) then perform private.fail(409, 'hand_over_first'); end if;
  perform private.release_places(v_ctx, v_ctx.person_id, null);
  update public.role_grants set valid_to = private.today() - 1, valid_from = least(valid_from, private.today() - 1)
    where community_id = p_community_id and person_id = v_ctx.person_id and (valid_to is null or valid_to >= private.today());
  update public.helper_links set valid_to = private.today() - 1
    where community_id = p_community_id and (person_id = v_ctx.person_id or helper_person_id = v_ctx.person_id) and valid_to is null;
  delete from private.member_code_secrets where community_id = p_community_id and person_id = v_ctx.person_id;
  update public.volunteers set status = 'left' where community_id = p_community_id and id = v_ctx.person_id;
  update public.corps_members set left_on = private.today() where community_id = p_community_id and person_id = v_ctx.person_id and left_on is null;
  update public.account_persons set status = 'left', left_at = private.now() where community_id = p_community_id and person_id = v_ctx.person_id and status = 'active';
  return private.end_command(v_ctx, 'account_persons', v_ctx.person_id, jsonb_build_object('status', 'left'));
end $$;
comment on function public.leave_community(uuid, uuid) is
  'Leaves a community: future places are given back, roles end; hours stay in the dossier. Errors: not_a_member, hand_over_first (the secretary hands the post over first).';

create function public.erase_me(p_community_id uuid, p_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_platform_command(p_community_id, p_id, 'erase_me', '{}');
  v_person uuid := v_ctx.person_id;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if v_person is null then perform private.fail(403, 'not_a_member'); end if;
  if private.person_has_role(p_community_id, v_person, array['community_secretary']) then perform private.fail(409, 'hand_over_first'); end if;
  perform private.release_places(v_ctx, v_person, null);
  -- From here a helper's claim in flight finds the person gone; one that was quicker is given back, too.
  update public.persons set status = 'erased' where community_id = p_community_id and id = v_person;
  perform private.release_places(v_ctx, v_person, null);
  delete from public.role_grants where community_id = p_community_id and person_id = v_person;
  delete from public.helper_links where community_id = p_community_id and (person_id = v_person or helper_person_id = v_person);
  delete from public.guardian_links where community_id = p_community_id and minor_person_id = v_person;
  delete from public.care_tags where community_id = p_community_id and person_id = v_person;
  delete from public.qualifications where community_id = p_community_id and person_id = v_person;
  delete from public.notifications where community_id = p_community_id and person_id = v_person;
  delete from public.notice_settings where community_id = p_community_id and id = v_person;
  delete from private.member_code_secrets where community_id = p_community_id and person_id = v_person;
  update public.consents set withdrawn_at = coalesce(withdrawn_at, private.now()) where community_id = p_community_id and person_id = v_person;
  update public.signups set reason = null where community_id = p_community_id and person_id = v_person and reason is not null;
  update public.privacy_requests set note = null, answer = null where community_id = p_community_id and person_id = v_person;
  update public.staff_posts set public_name = '*', relay_phone = null, valid_to = coalesce(valid_to, greatest(private.today(), valid_from)) where community_id = p_community_id and person_id = v_person;
  update public.party_posts set relay_phone = null, end_reason = null, valid_to = coalesce(valid_to, greatest(private.today(), valid_from)) where community_id = p_community_id and person_id = v_person;
  update public.grid_assignments set valid_to = coalesce(valid_to, greatest(private.today(), valid_from)) where community_id = p_community_id and person_id = v_person;
  delete from public.party_memberships where community_id = p_community_id and person_id = v_person;
  delete from public.party_exemptions where community_id = p_community_id and person_id = v_person;
  update public.volunteers set status = 'left', skills = '{}', availability = '{}' where community_id = p_community_id and id = v_person;
  update public.corps_members set left_on = coalesce(left_on, private.today()) where community_id = p_community_id and person_id = v_person;
  delete from public.join_requests where community_id = p_community_id and (user_id = v_ctx.user_id or matched_person_id = v_person);
  delete from public.account_persons where community_id = p_community_id and person_id = v_person;
  delete from public.person_private where community_id = p_community_id and person_id = v_person;
  update public.persons set display_name = '*', birth_year = null, grid_id = null, status = 'erased' where community_id = p_community_id and id = v_person;
  return private.end_command(v_ctx, 'persons', v_person, jsonb_build_object('status', 'erased'));
end $$;
comment on function public.erase_me(uuid, uuid) is
  'Deletion: everything that names the person goes, hours and sums stay without a name (norms.md). Errors: not_a_member, hand_over_first.';

create function public.close_account()
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_user uuid := (select auth.uid());
begin
  if v_user is null then perform private.fail(401, 'not_signed_in'); end if;
  if exists (select 1 from public.account_persons ap where ap.user_id = v_user and ap.status = 'active') then perform private.fail(409, 'leave_communities_first'); end if;
  delete from auth.users where id = v_user;
  return '{}'::jsonb;
end $$;
comment on function public.close_account() is 'Deletes the sign-in itself once no community is left; nothing remains to audit it by. Errors: not_signed_in, leave_communities_first.';

-- ---------------------------------------------------------------- demo time

create function public.advance_demo_clock(p_minutes int)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
begin
  if (select auth.uid()) is null then perform private.fail(401, 'not_signed_in'); end if;
  if not exists (select 1 from private.demo_clock) or exists (select 1 from public.communities c where not c.is_demo) then perform private.fail(403, 'not_a_demo'); end if;
  if p_minutes is null or p_minutes not between 1 and 1440 then perform private.fail(400, 'field_invalid', '{"field":"minutes"}'); end if;
  update private.demo_clock set ahead_by = ahead_by + make_interval(mins => p_minutes);
  return jsonb_build_object('server_time', private.now());
end $$;
comment on function public.advance_demo_clock(int) is
  'Lets the time of a demo installation run ahead (1–1440 minutes), so that a newcomer can serve a shift in a minute. Refused wherever a real community exists. Errors: not_signed_in, not_a_demo, field_invalid.';

-- ---------------------------------------------------------------- who may call what

do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as signature, p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
    execute format('grant execute on function %s to authenticated', f.signature);
    if f.proname in ('public_home', 'look_up_invite') then execute format('grant execute on function %s to anon', f.signature); end if;
  end loop;
  for f in select p.oid::regprocedure as signature, p.proname from pg_proc p where p.pronamespace = 'private'::regnamespace loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
    if f.proname in ('my_communities', 'my_persons', 'my_person_keys', 'persons_i_help', 'helped_person_keys', 'communities_where_i_am', 'office_communities',
      'my_scopes', 'my_scope_keys', 'party_office_communities', 'my_party_scopes', 'my_party_scope_keys', 'my_party_member_ids', 'my_party_member_keys') then
      execute format('grant execute on function %s to authenticated', f.signature);
    end if;
  end loop;
end $$;
