/* Twelve grown volunteers p1 … p12 of the first community, who earned 120, 110, … 10 points on 5 November; p1 … p8 agreed to be shown. */
do $crowd$
begin
  for n in 1..12 loop
    perform tests.make_person(tests.a(), 'p' || n, '第' || translate(n::text, '0123456789', '零一二三四五六七八九') || '号', 1980, 5, 'p' || n, 'grid1', null);
    insert into public.point_accounts (community_id, id) values (tests.a(), tests.id('p' || n)) on conflict do nothing;
    if n <= 8 then
      insert into public.consents (community_id, id, person_id, purpose, version, granted_at, given_via)
        values (tests.a(), tests.id('boards p' || n), tests.id('p' || n), 'boards', '1', private.now(), 'self');
    end if;
  end loop;
end $crowd$;
create function tests.earn(p_who text, p_points int, p_day date default '2026-11-05') returns void language sql security definer as $$
  insert into public.point_entries (community_id, id, person_id, ruleset_code, rule_code, source_kind, source_id, points, occurred_on, inputs, posted_at)
    values (tests.a(), gen_random_uuid(), tests.id(p_who), 'VOL-2026.1', 'V01', 'service_record', gen_random_uuid(), p_points, p_day, '{}', private.now())
$$;
select tests.earn('p' || n, 130 - 10 * n) from generate_series(1, 12) n;
create function tests.listed(p_who text, p_period text default '2026-11', p_scope text default null) returns text language sql as $$
  select coalesce(string_agg((e ->> 'place') || ':' || (e ->> 'value') || ':' || coalesce(e ->> 'label', '-'), ' ' order by n), '')
  from jsonb_array_elements(tests.value(p_who, format('select board(tests.a(), ''people_points'', %L, 50, %L)', p_period, p_scope)) -> 'entries') with ordinality x (e, n)
$$;
create function tests.placed(p_who text, p_period text default '2026-11') returns text language sql as $$
  select (m ->> 'place') || ':' || (m ->> 'value') || ' above ' || coalesce(m #>> '{above,value}', '-') || ' below ' || coalesce(m #>> '{below,value}', '-')
  from tests.value(p_who, format('select my_place(tests.a(), ''people_points'', %L)', p_period)) m
$$;
grant execute on all functions in schema tests to anon, authenticated;
