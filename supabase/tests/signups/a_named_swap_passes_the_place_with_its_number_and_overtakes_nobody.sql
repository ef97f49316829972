select plan(12);

select tests.make_shift('tight', '2026-11-22 09:00', 120, 1);
select is(tests.claim('volunteer', 'tight'), 'ok');
select is(tests.claim('volunteer2', 'tight'), 'ok', 'waits');
create function pg_temp.ask(p_who text, p_no text, p_name text, p_id text) returns text language sql as $$
  select tests.run(p_who, format('select offer_stand_in(tests.a(), %L, %L, %L, %L)', tests.id(p_id), tests.id('volunteer on tight'), p_no, p_name))
$$;
create function pg_temp.no(p_who text) returns text language sql security definer as $$ select volunteer_no from volunteers where id = tests.id(p_who) $$;

select is(pg_temp.ask('volunteer', pg_temp.no('volunteer3'), '王小明', 'ask 1'), '404 volunteer_unknown', 'a number alone names nobody');
select is(pg_temp.ask('volunteer2', pg_temp.no('volunteer3'), '钱三', 'ask 2'), '404 signup_unknown', 'only of one''s own place');
select is(pg_temp.ask('volunteer', pg_temp.no('volunteer3'), '钱三', 'ask 3'), 'ok');
select is(tests.run('volunteer2', format('select accept_stand_in(tests.a(), tests.new(), %L)', tests.id('ask 3'))), '404 stand_in_unknown', 'only whom was asked');
select is(tests.run('volunteer3', format('select accept_stand_in(tests.a(), %L, %L)', tests.id('volunteer3 on tight'), tests.id('ask 3'))), 'ok');
select is(tests.signup('volunteer', 'tight'), 'cancelled', 'never late');
select is(tests.signup('volunteer3', 'tight'), 'confirmed');
select is(tests.signup('volunteer2', 'tight'), 'waitlisted', 'the queue is as it was');
select is((select queue_no from signups where id = tests.id('volunteer3 on tight')), 1::bigint, 'with its number');
select isnt_empty($$ select 1 from notifications where person_id = tests.id('leader') and kind = 'stand_in_done' $$, 'the leader is told');

select * from finish();
