-- The points engine: multipliers and bonuses of service, declared emergencies, corrections by two people, disputes,
-- versions of the rules with a simulation before they are approved, statements, reports and the yearly close.

create table public.emergency_declarations (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  activity_id uuid not null,
  declared_by uuid not null,
  declared_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, activity_id) references public.activities (community_id, id),
  foreign key (community_id, declared_by) references public.persons (community_id, id),
  constraint an_activity_is_declared_once unique (community_id, activity_id)
);
create index emergency_declarations_by_declarer on public.emergency_declarations (community_id, declared_by);
create trigger tg_emergency_declarations__append_only before update or delete on public.emergency_declarations for each row execute function private.tg_append_only();
comment on table public.emergency_declarations is 'Activities declared an emergency response: service confirmed from then on counts × V03.';

-- ---------------------------------------------------------------- service

create function private.is_live_service(p_community_id uuid, p_record_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce((select r.provenance in ('scanned', 'leader_confirmed') from public.service_records r where r.community_id = p_community_id and r.id = p_record_id), false)
$$;
comment on function private.is_live_service(uuid, uuid) is 'Hours written when they were served. Back-filled and imported ones count as hours and bring 0 points.';

create function private.live_service(p_community_id uuid, p_person_id uuid, p_from date, p_to date)
returns setof public.service_records language sql stable security definer set search_path = '' as $$
  select r from public.service_records r
  where r.community_id = p_community_id and r.person_id = p_person_id and r.service_date >= p_from and r.service_date < p_to
    and r.reverses_id is null and r.provenance in ('scanned', 'leader_confirmed')
    and not exists (select 1 from public.service_records x where x.community_id = r.community_id and x.reverses_id = r.id)
$$;
comment on function private.live_service(uuid, uuid, date, date) is 'A person''s records of some days that bring points and were not taken back.';

create function private.service_multiplier(p_community_id uuid, p_record_id uuid, p_person_id uuid, p_day date, out rule_code text, out multiplier numeric)
language sql stable security definer set search_path = '' as $$
  select r.code, r.multiplier
  from public.service_records s
  join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
  join public.point_rules r on r.community_id = s.community_id and r.ruleset_id = (private.ruleset_on(p_community_id, p_day)).id and r.kind = 'multiplier'
  where s.community_id = p_community_id and s.id = p_record_id and case r.code
    when 'V02' then a.qualification_kind is not null and private.holds_qualification(p_community_id, p_person_id, a.qualification_kind, p_day)
    when 'V03' then exists (select 1 from public.emergency_declarations e where e.community_id = a.community_id and e.activity_id = a.id and e.declared_at <= s.confirmed_at)
    else false end
  order by r.multiplier desc, r.code limit 1
$$;
comment on function private.service_multiplier(uuid, uuid, uuid, date) is 'The one highest multiplier of a record: V02 professional with the qualification checked, V03 a declared emergency. Nothing where none holds.';

create function private.service_bonus_inputs(p_community_id uuid, p_person_id uuid, p_rule public.point_rules, p_day date)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_year date := date_trunc('year', p_day)::date;
  v_times int;
  v_minutes int;
begin
  case p_rule.code
    when 'V04' then
      if exists (select 1 from private.live_service(p_community_id, p_person_id, date_trunc('month', p_day)::date, (date_trunc('month', p_day) + interval '1 month')::date) s
          where extract(day from s.service_date) = (p_rule.data ->> 'day')::int) then
        return jsonb_build_object('day', (p_rule.data ->> 'day')::int);
      end if;
    when 'V05' then
      select count(*), coalesce(sum(s.minutes), 0) into v_times, v_minutes
        from private.live_service(p_community_id, p_person_id, v_year, (v_year + interval '1 year')::date) s
        where extract(month from s.service_date) = (p_rule.data ->> 'month')::int;
      if v_times >= (p_rule.data ->> 'min_times')::int or v_minutes >= (p_rule.data ->> 'min_minutes')::int then
        return jsonb_build_object('month', (p_rule.data ->> 'month')::int, 'times', v_times, 'minutes', v_minutes);
      end if;
    when 'V13' then
      select count(distinct extract(month from s.service_date)) into v_times from private.live_service(p_community_id, p_person_id, v_year, (v_year + interval '1 year')::date) s;
      if v_times = 12 then return jsonb_build_object('months', 12, 'year', extract(year from p_day)::int); end if;
    else null;
  end case;
  return null;
end $$;
comment on function private.service_bonus_inputs(uuid, uuid, public.point_rules, date) is 'What a bonus saw where it is due (V04 the day, V05 the month, V13 every month of the year); null where it is not.';

create function private.settle_service_bonuses(p_community_id uuid, p_person_id uuid, p_day date, p_record_id uuid, p_by uuid, p_is_new boolean default true)
returns int language plpgsql volatile security definer set search_path = '' as $$
declare
  v_code text;
  v_rule public.point_rules;
  v_entry public.point_entries;
  v_inputs jsonb;
  v_amount int;
  v_total int := 0;
begin
  foreach v_code in array array['V04', 'V05', 'V13'] loop
    v_rule := private.rule_on(p_community_id, p_day, v_code);
    continue when v_rule.code is null or not private.module_is_on(p_community_id, 'points');
    continue when v_code = 'V04' and extract(day from p_day) <> (v_rule.data ->> 'day')::int or v_code = 'V05' and extract(month from p_day) <> (v_rule.data ->> 'month')::int;
    select e.* into v_entry from public.point_entries e where e.community_id = p_community_id and e.person_id = p_person_id and e.rule_code = v_code and e.reverses_id is null
      and date_trunc(v_rule.cap_period, e.occurred_on) = date_trunc(v_rule.cap_period, p_day)
      and e.occurred_on >= date_trunc('year', p_day)::date and e.occurred_on < (date_trunc('year', p_day) + interval '1 year')::date
      and not exists (select 1 from public.point_entries x where x.community_id = e.community_id and x.reverses_id = e.id) limit 1;
    continue when p_is_new = (v_entry.id is not null);
    v_inputs := private.service_bonus_inputs(p_community_id, p_person_id, v_rule, p_day);
    if p_is_new and v_inputs is not null then
      v_amount := private.award_points(p_community_id, p_person_id, v_code, case v_rule.cap_period when 'month' then 'month_bonus' else 'year_bonus' end, p_record_id, p_day, v_inputs, p_by);
      if v_amount > 0 then
        perform private.notify(p_community_id, p_person_id, 'points_bonus', jsonb_build_object('rule', v_code, 'points', v_amount), '/me/points');
      end if;
      v_total := v_total + v_amount;
    elsif not p_is_new and v_inputs is null then
      v_total := v_total + private.reverse_one(v_entry, v_entry.source_kind, p_record_id, p_by);
    end if;
  end loop;
  return v_total;
end $$;
comment on function private.settle_service_bonuses(uuid, uuid, date, uuid, uuid, boolean) is
  'After a record: the bonuses it completes are given; after a reversal: those that no longer hold are taken back. One a month or year, however the records come and go. Returns the sum.';

create function private.is_in_counted_service(p_community_id uuid, p_person_id uuid, p_rule_code text, p_inputs jsonb)
returns boolean language sql stable security definer set search_path = '' as $$
  select p_rule_code = 'V08' and p_inputs ? 'at' and exists (
    select 1 from private.live_service(p_community_id, p_person_id, private.day_of((p_inputs ->> 'at')::timestamptz) - 1, private.day_of((p_inputs ->> 'at')::timestamptz) + 1) s
    where (p_inputs ->> 'at')::timestamptz between s.starts_at and s.ends_at)
$$;
comment on function private.is_in_counted_service(uuid, uuid, text, jsonb) is 'A visit made during counted service brings no V08 beside its V01.';

create function private.yield_visits_to_service(p_community_id uuid, p_person_id uuid, p_record_id uuid, p_by uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_entry public.point_entries;
begin
  for v_entry in select e.* from public.service_records s join public.point_entries e on e.community_id = s.community_id and e.person_id = s.person_id
        and e.rule_code = 'V08' and e.reverses_id is null and e.amount > 0 and e.occurred_on between s.service_date - 1 and s.service_date + 1
      where s.community_id = p_community_id and s.id = p_record_id and s.person_id = p_person_id and s.provenance in ('scanned', 'leader_confirmed')
        and (e.inputs ->> 'at')::timestamptz between s.starts_at and s.ends_at
        and not exists (select 1 from public.point_entries x where x.community_id = e.community_id and x.reverses_id = e.id) loop
    perform private.reverse_one(v_entry, 'visit', p_record_id, p_by);
  end loop;
end $$;
comment on function private.yield_visits_to_service(uuid, uuid, uuid, uuid) is 'V01 and V08 never both for one visit: where the hours count, the visit gives its points back.';

-- ---------------------------------------------------------------- the whole ledger reckoned again

create function private.accounts_off(p_community_id uuid)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select a.id from public.point_accounts a
  left join (select e.person_id, sum(e.points) as points, sum(e.debt_change) as debt, sum(e.amount) filter (where e.rule_code like 'V%') as earned
    from public.point_entries e where e.community_id = p_community_id group by e.person_id) e on e.person_id = a.id
  left join (select l.person_id, sum(l.remaining) as remaining, sum(l.held) as held from public.point_lots l where l.community_id = p_community_id group by l.person_id) l on l.person_id = a.id
  left join (select h.person_id, sum(h.points) as held from private.point_holds h where h.community_id = p_community_id and h.status = 'held' group by h.person_id) h on h.person_id = a.id
  where a.community_id = p_community_id and (a.balance, a.balance, a.debt, a.earned, a.held, a.held)
    is distinct from (coalesce(e.points, 0), coalesce(l.remaining, 0), coalesce(e.debt, 0), coalesce(e.earned, 0), coalesce(l.held, 0), coalesce(h.held, 0))
$$;
comment on function private.accounts_off(uuid) is 'A full recompute: the accounts whose balance, debt or holds are not what entries, lots and holds come to. Empty is right.';

alter table public.emergency_declarations enable row level security;
grant select on public.emergency_declarations to authenticated;
create policy select_as_member on public.emergency_declarations for select to authenticated using (community_id = any(array(select private.my_communities())));

do $$
declare
  f record;
begin
  -- What this migration and the points migration add to private is out of reach of the API.
  for f in select p.oid::regprocedure as signature from pg_proc p where p.pronamespace = 'private'::regnamespace
      and p.proname in ('is_live_service', 'live_service', 'service_multiplier', 'service_bonus_inputs', 'settle_service_bonuses', 'is_in_counted_service',
        'yield_visits_to_service', 'accounts_off') loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
  end loop;
end $$;
