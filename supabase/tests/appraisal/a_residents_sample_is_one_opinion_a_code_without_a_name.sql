select plan(13);
\ir _cycle.sql
select tests.cycle('star', 'courtyard_star', '2026-Q3');
update person_private set household_id = tests.id('household') where person_id = tests.id('volunteer') and community_id = tests.a();
select is(tests.nominate('star', 'volunteer'), 'ok');
select is(tests.run('worker', format('select open_samples(tests.a(), tests.new(), %L, 3)', tests.id('star volunteer'))), '409 nomination_not_accepted', 'nobody is asked about somebody who did not accept');
select tests.accept('star', 'volunteer');
select is(tests.run('leader', format('select open_samples(tests.a(), tests.new(), %L, 3)', tests.id('star volunteer'))), '403 not_allowed');
select is(tests.run('worker', format('select open_samples(tests.a(), %L, %L, 3)', tests.id('codes'), tests.id('star volunteer'))), 'ok');
create temp table codes as select n, c from jsonb_array_elements_text(tests.value('worker', format('select sample_codes(tests.a(), %L)', tests.id('star volunteer'))) -> 'codes') with ordinality t (c, n);
select is((select count(*)::int from codes), 3);
select is(jsonb_array_length(tests.value('secretary', format('select sample_codes(tests.a(), %L)', tests.id('star volunteer'))) -> 'codes'), 0, 'read by who made them alone');
create function pg_temp.rate(p_n int, p_by text default 'anonymous', p_mark int default 5) returns text language sql as $$
  select tests.run(p_by, format('select rate_nominee(tests.new(), %L, %L)', lower(c), jsonb_build_object('overall', p_mark))) from codes where n = p_n
$$;
select is(tests.value('anonymous', format('select sample_form(%L)', (select c from codes where n = 1))) ->> 'label', '王*明', 'a masked name');
select is(pg_temp.rate(1, 'anonymous', 6), '400 field_invalid');
select is(pg_temp.rate(1), 'ok');
select is(pg_temp.rate(1), '409 sample_code_used');
select is(pg_temp.rate(2, 'volunteer') || ' ' || pg_temp.rate(2, 'worker') || ' ' || pg_temp.rate(2, 'branch'), '403 own_award 403 own_award 403 own_award', 'not the nominee, who hands them out, or the panel');
select is_empty($$ select 1 from audit_logs where command = 'rate_nominee' and (actor_user_id is not null or result::text ~ 'code') $$);
select tests.at('2026-11-17 00:00');
select is(pg_temp.rate(3), '422 collecting_over');

select * from finish();
