-- Reads of the neighbourhood pages: the corps as everybody meets them, a volunteer found by number, what waits in the office.

create function public.corps_overview(p_community_id uuid, p_corps_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  return coalesce((select jsonb_agg(to_jsonb(x) order by x.color_sort, x.name) from (
    select k.id, k.color, k.name, k.charter, k.relay_phone, k.founded_on, d.sort as color_sort,
      (select count(*) from public.corps_members m where m.community_id = k.community_id and m.corps_id = k.id and m.left_on is null) as members,
      (select coalesce(sum(r.minutes), 0) from public.service_records r
        join public.activities a on a.community_id = r.community_id and a.id = r.activity_id
        where r.community_id = k.community_id and a.corps_id = k.id and r.service_date >= date_trunc('year', private.today())::date) as minutes_year,
      (select count(*) from public.shifts s join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
        where a.community_id = k.community_id and a.corps_id = k.id and a.status = 'published' and s.status = 'open' and s.starts_at > private.now()) as upcoming,
      exists (select 1 from public.corps_members m where m.community_id = k.community_id and m.corps_id = k.id and m.person_id = v_me and m.left_on is null) as i_belong,
      private.leads_corps(k.community_id, v_me, k.id) as i_lead,
      (select coalesce(jsonb_agg(private.public_name(k.community_id, l) order by private.public_name(k.community_id, l)), '[]')
        from private.corps_leaders(k.community_id, k.id) l) as leaders,
      (select jsonb_build_object('id', a.id, 'status', a.status, 'reason', a.reason) from public.corps_applications a
        where a.community_id = k.community_id and a.corps_id = k.id and a.person_id = v_me and a.status in ('submitted', 'declined')
        order by a.created_at desc limit 1) as my_application,
      case when private.leads_corps(k.community_id, v_me, k.id) then (select count(*) from public.corps_applications a
        where a.community_id = k.community_id and a.corps_id = k.id and a.status = 'submitted') end as waiting
    from public.corps k
    join public.dictionaries d on d.kind = 'corps_color' and d.code = k.color
    where k.community_id = p_community_id and k.closed_on is null and (p_corps_id is null or k.id = p_corps_id)) x), '[]');
end $$;
comment on function public.corps_overview(uuid, uuid) is
  'The corps of a community (or one) with sums: members, minutes of this year, shifts to come; its leaders'' names as they agreed to them; whether the caller belongs to it, leads it or asked to join. Errors: not_signed_in, not_a_member.';

create function public.find_volunteer(p_community_id uuid, p_corps_id uuid, p_volunteer_no text)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_json jsonb;
begin
  if not private.leads_corps(p_community_id, v_me, p_corps_id) then perform private.fail(403, 'not_allowed'); end if;
  select jsonb_build_object('person_id', p.id, 'display_name', p.display_name, 'volunteer_no', v.volunteer_no,
      'in_corps', exists (select 1 from public.corps_members m where m.community_id = p.community_id and m.corps_id = p_corps_id and m.person_id = p.id and m.left_on is null))
    into v_json
    from public.volunteers v join public.persons p on p.community_id = v.community_id and p.id = v.id and p.status = 'active'
    where v.community_id = p_community_id and v.status = 'active'
      and v.volunteer_no = upper(btrim(normalize(coalesce(p_volunteer_no, ''), nfkc)));
  if v_json is null then perform private.fail(404, 'person_unknown'); end if;
  return v_json;
end $$;
comment on function public.find_volunteer(uuid, uuid, text) is
  'A volunteer by the number on their page, for the leaders of a corps and the office, who take them in: the masked name to check, nothing more. Errors: not_signed_in, not_a_member, not_allowed, person_unknown.';

create function public.office_today(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if not private.is_office(p_community_id, v_me) then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object(
    'server_time', private.now(),
    'joins', (select count(*) from public.join_requests j where j.community_id = p_community_id and j.status = 'pending'),
    'activities', (select count(*) from public.activities a where a.community_id = p_community_id and a.status = 'pending_review'),
    'privacy', (select jsonb_build_object('open', count(*), 'overdue', count(*) filter (where r.due_on < private.today()), 'next_due', min(r.due_on))
      from public.privacy_requests r where r.community_id = p_community_id and r.status = 'open'),
    'corrections', (select jsonb_build_object('open', count(*), 'overdue', count(*) filter (where q.due_on < private.today()), 'next_due', min(q.due_on))
      from public.correction_requests q where q.community_id = p_community_id and q.status = 'open'),
    'hours', (select count(*) from public.backfills b where b.community_id = p_community_id and b.status in ('filed', 'passed_once'))
      + (select count(*) from public.exemptions e where e.community_id = p_community_id and e.status = 'asked'),
    -- Objections to awards; the texts are behind the cycle they belong to.
    'objections', (select jsonb_build_object('open', count(*), 'overdue', count(*) filter (where o.due_on < private.today()), 'next_due', min(o.due_on),
        'cycle_id', (array_agg(o.cycle_id order by o.due_on))[1])
      from private.objections o where o.community_id = p_community_id and o.status = 'open'),
    -- Of party scores only what is the caller's to answer: nobody else learns that there is one.
    'score_objections', case when exists (select 1 from private.secretary_orgs(p_community_id, v_me)) then
      (select jsonb_build_object('open', count(*), 'overdue', count(*) filter (where b.due_on < private.today()), 'next_due', min(b.due_on),
          'org_id', (array_agg(b.party_org_id order by b.due_on))[1])
        from private.score_objections_for(p_community_id, v_me) b) end,
    'shifts_today', (select count(*) from public.shifts s join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
      where s.community_id = p_community_id and s.status = 'open' and a.status = 'published' and private.day_of(s.starts_at) = private.today()),
    'unconfirmed', (select coalesce(jsonb_agg(to_jsonb(x) order by x.starts_at), '[]') from (
      select s.id, a.title, s.starts_at, s.ends_at, count(*) as people
      from public.attendances t
      join public.shifts s on s.community_id = t.community_id and s.id = t.shift_id
      join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
      where t.community_id = p_community_id and t.status in ('checked_in', 'checked_out') and s.ends_at < private.now()
      group by s.id, a.title, s.starts_at, s.ends_at order by s.starts_at limit 20) x),
    'wishes', (select count(*) from public.wishes w where w.community_id = p_community_id and w.status = 'reviewing')
      + (select count(*) from public.wish_claims k where k.community_id = p_community_id and (k.status = 'delivering' or (k.status = 'asked' and k.due_at > private.now())))
      + (select count(*) from public.wish_thanks h join public.wish_claims k on k.community_id = h.community_id and k.id = h.claim_id
        join public.wishes w on w.community_id = k.community_id and w.id = k.wish_id
        where h.community_id = p_community_id and h.status = 'waiting' and w.status <> 'withdrawn'),
    'corps_without_leader', (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'color', k.color) order by k.name), '[]') from public.corps k
      where k.community_id = p_community_id and k.closed_on is null and not exists (select 1 from public.role_grants g
        where g.community_id = k.community_id and g.role = 'corps_leader' and g.scope_id = k.id
          and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today()))),
    'grids_without_worker', (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name) order by g.sort, g.code), '[]') from public.grids g
      where g.community_id = p_community_id and not exists (select 1 from public.grid_assignments a
        where a.community_id = g.community_id and a.grid_id = g.id and a.valid_from <= private.today() and (a.valid_to is null or a.valid_to >= private.today()))));
end $$;
comment on function public.office_today(uuid) is
  'What waits in the office today, as counts and short lists: joins, reviews, privacy requests, corrections of hours, back-fills and exemptions asked for, objections to awards (and, for a party secretary, to scores that are theirs to answer) with the next day due, attendance not yet confirmed, corps without a leader, grids without a worker. Office staff. Errors: not_signed_in, not_a_member, not_allowed.';

revoke all on function public.corps_overview(uuid, uuid) from public, anon, authenticated;
revoke all on function public.find_volunteer(uuid, uuid, text) from public, anon, authenticated;
revoke all on function public.office_today(uuid) from public, anon, authenticated;
grant execute on function public.corps_overview(uuid, uuid) to authenticated;
grant execute on function public.find_volunteer(uuid, uuid, text) to authenticated;
grant execute on function public.office_today(uuid) to authenticated;
