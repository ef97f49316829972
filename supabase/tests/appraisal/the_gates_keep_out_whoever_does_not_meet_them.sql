select plan(8);
\ir _cycle.sql

select tests.make_person(tests.a(), 'late', '卢迟来', 1980, 5, 'late', 'grid1', null), tests.make_volunteer(tests.a(), 'late'), tests.hours('late', 480, '2026-11-05'), tests.hours('late', 480, '2026-11-06'), tests.hours('late', 480, '2026-11-07');
select tests.make_person(tests.a(), 'false', '苏造假', 1980, 5, 'false', 'grid1', null), tests.make_volunteer(tests.a(), 'false'),
  tests.hours('false', 480, '2026-09-05'), tests.hours('false', 480, '2026-10-05'), tests.hours('false', 480, '2026-11-05');
insert into penalties (community_id, id, person_id, record_id, status, proposed_at, proposed_by, decided_at, decided_by, frozen_until, barred_year)
  values (tests.a(), tests.id('bar'), tests.id('false'), tests.id('false hours 2026-09-05'), 'confirmed', private.now(), tests.id('secretary'), private.now(), tests.id('street'), private.now() + interval '90 days', 2026);
select is(tests.cycle('pioneer'), 'ok ok ok');
select tests.nominate('pioneer', w) from unnest(array['volunteer', 'volunteer2', 'volunteer3', 'late', 'false']) w;
select tests.accept('pioneer', w) from unnest(array['volunteer', 'volunteer3', 'late', 'false']) w;
select is(tests.step('lock_cycle', 'pioneer') || tests.step('score_cycle', 'pioneer'), 'okok');
create function pg_temp.failed(p_who text) returns text language sql security definer as $$
  select string_agg(g ->> 'gate', ',') from jsonb_array_elements(private.gate_lines(tests.a(), tests.id('pioneer ' || p_who))) g where not (g ->> 'ok')::boolean
$$;
select is(tests.stands('pioneer', 'volunteer') || coalesce(pg_temp.failed('volunteer'), ''), 'qualified');
select is(tests.stands('pioneer', 'volunteer2') || ' ' || pg_temp.failed('volunteer2'), 'unqualified consent', 'who did not accept');
select is(tests.stands('pioneer', 'volunteer3') || ' ' || pg_temp.failed('volunteer3'), 'unqualified minutes,months', 'ten hours in two months');
select is(tests.stands('pioneer', 'late') || ' ' || pg_temp.failed('late'), 'unqualified months', '24 hours in one month');
select is(tests.stands('pioneer', 'false') || ' ' || pg_temp.failed('false'), 'unqualified no_veto', 'a false record proved this year');
select is(tests.decide('pioneer', 'false', 'shortlist', '特别热心'), '409 nomination_over', 'no reason of the panel opens a gate');

select * from finish();
