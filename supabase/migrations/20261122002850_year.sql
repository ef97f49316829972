-- The year looked at (issue 7, part 4): 我的这一年 for a member, the year of the community for its office, all communities
-- of a street side by side. The last two are sums; a sum of few people is left out (norms.md, Personal data).

create index duty_logs_by_month on public.duty_logs (community_id, month);

create function private.year_of_interest(p_year int)
returns int language plpgsql stable security definer set search_path = '' as $$
declare
  v_now int := extract(year from private.today());
begin
  if p_year not between 2000 and v_now then perform private.fail(400, 'field_invalid', '{"field":"year"}'); end if;
  return coalesce(p_year, v_now);
end $$;
comment on function private.year_of_interest(int) is 'A year from 2000 to this one; this one when none is said. Error: field_invalid {field: year}.';

create function private.unless_few(p_count int, p_least int)
returns int language plpgsql immutable set search_path = '' as $$
begin
  return case when p_count between 1 and p_least - 1 then null else p_count end;
end $$;
comment on function private.unless_few(int, int) is 'A count of people, or null where they are so few that a sum would speak of somebody. None is a number like any other.';

create function private.year_served(p_community_id uuid, p_year int, p_scopes text[])
returns table (scope text, person_id uuid, minutes int) language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select t.scope, t.person_id, t.value + coalesce(c.value, 0) from public.board_totals t
      left join public.board_corrections c on c.community_id = t.community_id and c.person_id = t.person_id and c.period = t.period and c.measure = t.measure and c.scope = t.scope
      where t.community_id = p_community_id and t.period = p_year::text and t.measure = 'minutes' and t.scope = any(p_scopes) and t.value + coalesce(c.value, 0) > 0
    union all
    select c.scope, c.person_id, c.value from public.board_corrections c
      where c.community_id = p_community_id and c.period = p_year::text and c.measure = 'minutes' and c.scope = any(p_scopes) and c.value > 0
        and not exists (select from public.board_totals t where t.community_id = c.community_id and t.person_id = c.person_id and t.period = c.period and t.measure = c.measure and t.scope = c.scope);
end $$;
comment on function private.year_served(uuid, int, text[]) is 'Who served how long in a year, by scope of the boards: what was counted while it was open and what was corrected later.';

-- ---------------------------------------------------------------- 我的这一年

create function public.my_year(p_community_id uuid, p_year int default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_year int := private.year_of_interest(p_year);
  v_from date := make_date(v_year, 1, 1);
  v_to date := make_date(v_year, 12, 31);
  v_start timestamptz := v_from::timestamp at time zone 'Asia/Shanghai';
  v_end timestamptz := (v_to + 1)::timestamp at time zone 'Asia/Shanghai';
  v_wishes int;
  v_duties record;
begin
  select count(*) into v_wishes from public.wish_claims c where c.community_id = p_community_id and c.donor_person_id = v_me
    and c.status = 'realized' and c.realized_at >= v_start and c.realized_at < v_end;
  select count(*) as times, coalesce(sum(d.minutes), 0)::int as minutes, coalesce(sum(d.helped_count), 0)::int as helped into v_duties
    from public.duty_logs d where d.community_id = p_community_id and d.person_id = v_me and d.month between v_from and v_to and d.status in ('verified', 'counted');
  return (
    with records as (
      select r.service_date, r.minutes, r.reverses_id, k.color from public.service_records r
        join public.activities a on a.community_id = r.community_id and a.id = r.activity_id
        join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
        where r.community_id = p_community_id and r.person_id = v_me and r.service_date between v_from and v_to),
    months as (
      select extract(month from r.service_date)::int as month, sum(r.minutes)::int as minutes from records r group by 1)
    select jsonb_build_object('year', v_year, 'is_over', v_to < private.today(),
      'first_year', (select least(extract(year from min(r.service_date))::int, v_year) from public.service_records r where r.community_id = p_community_id and r.person_id = v_me),
      'minutes', (select coalesce(sum(r.minutes), 0) from records r),
      'times', (select count(*) filter (where r.reverses_id is null) - count(*) filter (where r.reverses_id is not null) from records r),
      'service_days', (select count(*) from (select r.service_date from records r where extract(day from r.service_date) = 28 group by 1 having sum(r.minutes) > 0) x),
      'months', (select coalesce(jsonb_agg(jsonb_build_object('month', m.month, 'minutes', m.minutes) order by m.month), '[]') from months m where m.minutes > 0),
      'colors', (select coalesce(jsonb_agg(jsonb_build_object('color', x.color, 'minutes', x.minutes) order by x.minutes desc, x.color), '[]')
        from (select r.color, sum(r.minutes)::int as minutes from records r group by 1) x where x.minutes > 0),
      'wishes', v_wishes, 'thanks', (select count(*) from public.wish_thanks t
        join public.wish_claims c on c.community_id = t.community_id and c.id = t.claim_id
        where t.community_id = p_community_id and c.donor_person_id = v_me and t.status = 'passed' and t.judged_at >= v_start and t.judged_at < v_end),
      -- A wish is for one person or family; a duty says how many it helped.
      'helped', v_wishes + v_duties.helped, 'duties', v_duties.times, 'duty_minutes', v_duties.minutes,
      'points', (select coalesce(sum(e.amount), 0) from public.point_entries e where e.community_id = p_community_id and e.person_id = v_me
        and e.occurred_on between v_from and v_to and e.rule_code ~ '^[VD][0-9]{2}$'),
      'trainings', (select count(*) from public.training_enrolments t where t.community_id = p_community_id and t.person_id = v_me
        and t.status = 'passed' and t.decided_at >= v_start and t.decided_at < v_end),
      'stars', (select coalesce(jsonb_agg(g.star order by g.star), '[]') from public.star_grades g where g.community_id = p_community_id and g.person_id = v_me
        and g.lost_at is null and g.reached_at >= v_start and g.reached_at < v_end),
      'awards', (select coalesce(jsonb_agg(jsonb_build_object('kind', a.kind, 'period', a.period) order by a.granted_at, a.id), '[]') from public.awards a
        where a.community_id = p_community_id and a.person_id = v_me and a.status = 'granted' and a.granted_at >= v_start and a.granted_at < v_end),
      'server_time', private.now()));
end $$;
comment on function public.my_year(uuid, int) is
  'The caller''s own year (this one by default): minutes and times served, by month and corps colour, service days on the 28th, wishes granted and thanks, people helped (wishes, and what verified duties say), party duties, points earned, trainings passed, stars reached, awards granted. Nothing about anybody else. Errors: not_signed_in, not_a_member, field_invalid {field: year}.';

-- ---------------------------------------------------------------- the year of a community

create function private.year_totals(p_community_id uuid, p_year int, p_least int)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_from date := make_date(p_year, 1, 1);
  v_to date := make_date(p_year, 12, 31);
  v_start timestamptz := v_from::timestamp at time zone 'Asia/Shanghai';
  v_end timestamptz := (v_to + 1)::timestamp at time zone 'Asia/Shanghai';
  s record;
  d record;
  v_doors int;
begin
  select count(*)::int as people, coalesce(sum(y.minutes), 0)::int as minutes, count(distinct pp.household_id)::int as households into s
    from private.year_served(p_community_id, p_year, '{all}') y
    left join public.person_private pp on pp.community_id = p_community_id and pp.person_id = y.person_id;
  select count(*)::int as times, count(distinct l.person_id)::int as people, coalesce(sum(l.minutes), 0)::int as minutes into d
    from public.duty_logs l where l.community_id = p_community_id and l.month between v_from and v_to and l.status in ('verified', 'counted');
  select count(*) into v_doors from public.households h where h.community_id = p_community_id;
  return jsonb_build_object(
    'persons', private.unless_few((select count(*)::int from public.persons p where p.community_id = p_community_id and p.status = 'active'), p_least),
    'volunteers', private.unless_few((select count(*)::int from public.volunteers v where v.community_id = p_community_id and v.status <> 'left'), p_least),
    'newcomers', private.unless_few((select count(*)::int from public.volunteers v where v.community_id = p_community_id and v.registered_at >= v_start and v.registered_at < v_end), p_least),
    'served', private.unless_few(s.people, p_least),
    'hours', case when private.unless_few(s.people, p_least) is not null then s.minutes / 60 end,
    'households', v_doors,
    'households_served', case when private.unless_few(s.people, p_least) is not null then private.unless_few(s.households, p_least) end,
    'activities', (select count(distinct h.activity_id) from public.shifts h
      join public.activities a on a.community_id = h.community_id and a.id = h.activity_id
      where h.community_id = p_community_id and h.starts_at >= v_start and h.starts_at < least(v_end, private.now()) and h.status = 'open'
        and a.status in ('published', 'finished', 'settled')),
    'wishes', private.unless_few((select count(*)::int from public.wishes w where w.community_id = p_community_id and w.realized_at >= v_start and w.realized_at < v_end), p_least),
    'party_members', private.unless_few((select count(distinct m.person_id)::int from public.party_memberships m where m.community_id = p_community_id and m.valid_to is null), p_least),
    'party_on_duty', private.unless_few(d.people, p_least),
    'duties', case when private.unless_few(d.people, p_least) is not null then d.times end,
    'duty_hours', case when private.unless_few(d.people, p_least) is not null then d.minutes / 60 end);
end $$;
comment on function private.year_totals(uuid, int, int) is 'The sums of a community''s year; null where fewer people than p_least stand behind one. Residents, volunteers and households are today''s.';

create function private.year_months(p_community_id uuid, p_year int, p_least int)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_from date := make_date(p_year, 1, 1);
  v_months int := case when extract(year from private.today()) = p_year then extract(month from private.today()) else 12 end;
  v_periods text[] := array(select p_year || '-' || lpad(n::text, 2, '0') from generate_series(1, 12) n);
begin
  return (
    with months as (select n, make_date(p_year, n, 1) as first_day from generate_series(1, v_months) n),
    -- Read from an index alone; the few corrections change it after.
    counted as (
      select t.period, count(*) filter (where t.value > 0) as people, coalesce(sum(t.value) filter (where t.value > 0), 0) as minutes from public.board_totals t
        where t.community_id = p_community_id and t.period = any(v_periods) and t.measure = 'minutes' and t.scope = 'all' group by 1),
    corrected as (
      select c.period, (coalesce(t.value, 0) + c.value > 0)::int - (coalesce(t.value, 0) > 0)::int as people,
          greatest(coalesce(t.value, 0) + c.value, 0) - greatest(coalesce(t.value, 0), 0) as minutes from public.board_corrections c
        left join public.board_totals t on t.community_id = c.community_id and t.person_id = c.person_id and t.period = c.period and t.measure = c.measure and t.scope = c.scope
        where c.community_id = p_community_id and c.period = any(v_periods) and c.measure = 'minutes' and c.scope = 'all'),
    served as (
      select right(x.period, 2)::int as n, sum(x.people)::int as people, sum(x.minutes)::int as minutes
        from (select * from counted union all select * from corrected) x group by 1),
    wishes as (
      select extract(month from w.realized_at at time zone 'Asia/Shanghai')::int as n, count(*)::int as realized from public.wishes w
        where w.community_id = p_community_id and w.realized_at >= v_from::timestamp at time zone 'Asia/Shanghai'
          and w.realized_at < (v_from + interval '1 year') at time zone 'Asia/Shanghai' group by 1),
    duties as (
      select extract(month from l.month)::int as n, count(*)::int as times, count(distinct l.person_id)::int as people, sum(l.minutes)::int as minutes
        from public.duty_logs l where l.community_id = p_community_id and l.month >= v_from and l.month < v_from + interval '1 year'
          and l.status in ('verified', 'counted') group by 1),
    few as (
      select private.few_of(array_agg(coalesce(s.people, 0) order by m.n), p_least) as served, private.few_of(array_agg(coalesce(w.realized, 0) order by m.n), p_least) as wishes,
          private.few_of(array_agg(coalesce(d.people, 0) order by m.n), p_least) as duties
        from months m left join served s using (n) left join wishes w using (n) left join duties d using (n))
    select coalesce(jsonb_agg(jsonb_build_object('month', m.n,
        'people', case when not f.served[m.n] then coalesce(s.people, 0) end, 'hours', case when not f.served[m.n] then coalesce(s.minutes, 0) / 60 end,
        'wishes', case when not f.wishes[m.n] then coalesce(w.realized, 0) end,
        'duties', case when not f.duties[m.n] then coalesce(d.times, 0) end, 'duty_hours', case when not f.duties[m.n] then coalesce(d.minutes, 0) / 60 end) order by m.n), '[]')
      from months m cross join few f left join served s using (n) left join wishes w using (n) left join duties d using (n));
end $$;
comment on function private.year_months(uuid, int, int) is 'The year month by month, up to this one; null in months of too few.';

create function private.year_grids(p_community_id uuid, p_year int, p_least int)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_from date := make_date(p_year, 1, 1);
begin
  return (
    with people as (
      select p.grid_id, count(*)::int as persons, count(v.id)::int as volunteers, count(y.person_id)::int as served, coalesce(sum(y.minutes), 0)::int as minutes,
          count(distinct case when y.person_id is not null then pp.household_id end)::int as doors
        from public.persons p
        left join public.volunteers v on v.community_id = p.community_id and v.id = p.id and v.status <> 'left'
        left join private.year_served(p_community_id, p_year, '{all}') y on y.person_id = p.id
        left join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
        where p.community_id = p_community_id and (p.status = 'active' or y.person_id is not null) group by 1),
    doors as (
      select g.grid_id, count(*)::int as households from public.grid_buildings g
        join public.entrances e on e.community_id = g.community_id and e.building_id = g.building_id
        join public.households h on h.community_id = e.community_id and h.entrance_id = e.id
        where g.community_id = p_community_id and g.valid_to is null group by 1),
    wishes as (
      select w.grid_id, count(*)::int as realized from public.wishes w
        where w.community_id = p_community_id and w.realized_at >= v_from::timestamp at time zone 'Asia/Shanghai'
          and w.realized_at < (v_from + interval '1 year') at time zone 'Asia/Shanghai' group by 1),
    duties as (
      select l.grid_id, count(*)::int as times, count(distinct l.person_id)::int as people from public.duty_logs l
        where l.community_id = p_community_id and l.month >= v_from and l.month < v_from + interval '1 year' and l.status in ('verified', 'counted') group by 1),
    rows as materialized (
      select row_number() over (order by g.sort, g.name, g.id)::int as n, g.id, g.name, coalesce(x.persons, 0) as persons, coalesce(x.volunteers, 0) as volunteers,
          coalesce(x.served, 0) as served, coalesce(x.minutes, 0) as minutes, coalesce(x.doors, 0) as doors, coalesce(h.households, 0) as households,
          coalesce(w.realized, 0) as wishes, coalesce(d.times, 0) as duties, coalesce(d.people, 0) as on_duty
        -- Whoever lives in no grid stands in a row without a name, so that the rows come to the whole.
        from (select g.id, g.name, g.sort from public.grids g where g.community_id = p_community_id union all select null, null, null) g
        left join people x on x.grid_id is not distinct from g.id
        left join doors h on h.grid_id = g.id
        left join wishes w on w.grid_id is not distinct from g.id
        left join duties d on d.grid_id is not distinct from g.id),
    few as (
      select private.few_of(array_agg(r.served order by r.n), p_least) as served, private.few_of(array_agg(r.wishes order by r.n), p_least) as wishes,
          private.few_of(array_agg(r.on_duty order by r.n), p_least) as duties, private.few_of(array_agg(r.volunteers order by r.n), p_least) as volunteers,
          private.few_of(array_agg(r.doors order by r.n), p_least) as doors
        from rows r)
    select coalesce(jsonb_agg(jsonb_build_object('grid_id', r.id, 'name', r.name, 'persons', private.unless_few(r.persons, p_least), 'households', r.households,
        'volunteers', case when not f.volunteers[r.n] then r.volunteers end,
        'served', case when not f.served[r.n] then r.served end, 'hours', case when not f.served[r.n] then r.minutes / 60 end,
        'households_served', case when not f.served[r.n] and not f.doors[r.n] then r.doors end,
        'wishes', case when not f.wishes[r.n] then r.wishes end, 'duties', case when not f.duties[r.n] then r.duties end) order by r.n), '[]')
      from rows r cross join few f
      where r.id is not null or r.persons + r.served + r.wishes + r.duties > 0);
end $$;
comment on function private.year_grids(uuid, int, int) is 'The year grid by grid, by where people live today; null where a grid has too few.';

create function private.year_corps(p_community_id uuid, p_year int, p_least int)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_from date := make_date(p_year, 1, 1);
  v_start timestamptz := v_from::timestamp at time zone 'Asia/Shanghai';
  v_end timestamptz := (v_from + interval '1 year') at time zone 'Asia/Shanghai';
begin
  return (
    with served as (
      select y.scope, count(*)::int as people, sum(y.minutes)::int as minutes from private.year_served(p_community_id, p_year,
        array(select c.code from public.dictionaries c where c.kind = 'corps_color')) y group by 1),
    members as (
      select k.color, count(distinct m.person_id)::int as people from public.corps_members m
        join public.corps k on k.community_id = m.community_id and k.id = m.corps_id
        where m.community_id = p_community_id and m.left_on is null group by 1),
    held as (
      select k.color, count(distinct a.id)::int as activities from public.shifts h
        join public.activities a on a.community_id = h.community_id and a.id = h.activity_id
        join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
        where h.community_id = p_community_id and h.starts_at >= v_start and h.starts_at < least(v_end, private.now()) and h.status = 'open'
          and a.status in ('published', 'finished', 'settled') group by 1),
    wishes as (
      select w.corps_color as color, count(*)::int as realized from public.wishes w
        where w.community_id = p_community_id and w.realized_at >= v_start and w.realized_at < v_end and w.corps_color is not null group by 1),
    rows as materialized (
      select row_number() over (order by c.sort)::int as n, c.code as color, coalesce(m.people, 0) as members, coalesce(s.people, 0) as served, coalesce(s.minutes, 0) as minutes,
          coalesce(h.activities, 0) as activities, coalesce(w.realized, 0) as wishes
        from public.dictionaries c left join served s on s.scope = c.code left join members m on m.color = c.code left join held h on h.color = c.code left join wishes w on w.color = c.code
        where c.kind = 'corps_color' and exists (select from public.corps k where k.community_id = p_community_id and k.color = c.code)),
    few as (
      select private.few_of(array_agg(r.served order by r.n), p_least) as served, private.few_of(array_agg(r.wishes order by r.n), p_least) as wishes from rows r)
    select coalesce(jsonb_agg(jsonb_build_object('color', r.color, 'members', private.unless_few(r.members, p_least), 'activities', r.activities,
        'served', case when not f.served[r.n] then r.served end, 'hours', case when not f.served[r.n] then r.minutes / 60 end,
        'wishes', case when not f.wishes[r.n] then r.wishes end) order by r.n), '[]')
      from rows r cross join few f);
end $$;
comment on function private.year_corps(uuid, int, int) is 'The year by corps colour; null where a colour has too few.';

create function public.year_dashboard(p_community_id uuid, p_year int default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_year int := private.year_of_interest(p_year);
  v_least int := private.board_threshold(p_community_id);
begin
  if not private.is_office(p_community_id, v_me) then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object('year', v_year, 'least', v_least, 'first_year', extract(year from (select c.created_at from public.communities c where c.id = p_community_id)),
    'totals', private.year_totals(p_community_id, v_year, v_least), 'before', private.year_totals(p_community_id, v_year - 1, v_least),
    'months', private.year_months(p_community_id, v_year, v_least), 'grids', private.year_grids(p_community_id, v_year, v_least),
    'corps', private.year_corps(p_community_id, v_year, v_least), 'server_time', private.now());
end $$;
comment on function public.year_dashboard(uuid, int) is
  'The year of the community in sums (participation, coverage, by month, grid and corps), with the year before beside it; null where fewer people than board_min_people stand behind a sum, or where one would be found by subtracting. The office. Errors: not_signed_in, not_a_member, not_allowed, field_invalid {field: year}.';

-- ---------------------------------------------------------------- the street

create function public.street_overview(p_year int default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_mine uuid[] := array(select private.communities_where_i_am(array['street_admin']));
  v_streets uuid[];
  v_year int;
begin
  if (select auth.uid()) is null then perform private.fail(401, 'not_signed_in'); end if;
  if cardinality(v_mine) = 0 then perform private.fail(403, 'not_allowed'); end if;
  v_year := private.year_of_interest(p_year);
  -- The office of a street is held in one of its communities and looks at all of them: sums only.
  v_streets := array(select distinct o.parent_id from public.communities c join public.org_units o on o.id = c.org_unit_id where c.id = any(v_mine) and o.parent_id is not null);
  return jsonb_build_object('year', v_year,
    'street', (select string_agg(u.name, '、' order by u.region_code, u.name) from public.org_units u where u.id = any(v_streets)),
    'communities', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'is_mine', c.id = any(v_mine), 'first_year', extract(year from c.created_at),
        'least', private.board_threshold(c.id), 'totals', private.year_totals(c.id, v_year, private.board_threshold(c.id)),
        'before', private.year_totals(c.id, v_year - 1, private.board_threshold(c.id))) order by o.region_code, c.name), '[]')
      from public.communities c join public.org_units o on o.id = c.org_unit_id where o.parent_id = any(v_streets) or c.id = any(v_mine)),
    'server_time', private.now());
end $$;
comment on function public.street_overview(int) is
  'All communities of the streets whose administrator the caller is, side by side: sums of a year and of the one before, null where too few people stand behind one. Nothing about a person. Errors: not_signed_in, not_allowed, field_invalid {field: year}.';

revoke all on function private.year_of_interest(int), private.unless_few(int, int), private.year_served(uuid, int, text[]),
  private.year_totals(uuid, int, int), private.year_months(uuid, int, int), private.year_grids(uuid, int, int), private.year_corps(uuid, int, int) from public, anon, authenticated;
revoke all on function public.my_year(uuid, int), public.year_dashboard(uuid, int), public.street_overview(int) from public, anon, authenticated;
grant execute on function public.my_year(uuid, int), public.year_dashboard(uuid, int), public.street_overview(int) to authenticated;
