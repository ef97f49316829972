select plan(6);

create function pg_temp.read(p_who text) returns text language sql as $$
  select tests.run(p_who, 'select community_settings(tests.a())')
$$;

select is(pg_temp.read('secretary'), 'ok');
select is(pg_temp.read('street'), 'ok');
select is(pg_temp.read('worker'), '403 not_allowed');
select is(pg_temp.read('b_secretary'), '403 not_a_member');
select is(tests.run('worker', $$select save_settings(tests.a(), tests.new(), '{"boards": false}')$$), '403 not_allowed');
select is((select x ->> 'value' from jsonb_array_elements(tests.value('secretary', 'select community_settings(tests.a())') -> 'settings') x
  where x ->> 'key' = 'overtime_minutes'), '30');

select * from finish();
