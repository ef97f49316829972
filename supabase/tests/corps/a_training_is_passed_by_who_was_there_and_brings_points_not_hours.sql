select plan(21);

create function pg_temp.run(p_who text, p_call text, variadic p_args text[] default '{}') returns text language sql as $$
  select tests.run(p_who, format('select ' || p_call, variadic p_args))
$$;
create function pg_temp.enrolment(p_who text) returns uuid language sql security definer as $$
  select e.id from public.training_enrolments e where e.person_id = tests.id(p_who)
$$;
select is(pg_temp.run('leader', 'save_training(tests.a(), tests.new(), %L, %L)', tests.id('course')::text, jsonb_build_object('corps_id', tests.id('green'), 'title', '急救课', 'capacity', 2,
  'sessions', jsonb_build_array(jsonb_build_object('id', tests.id('lesson'), 'starts_at', '2026-11-18T09:00+08', 'ends_at', '2026-11-18T11:00+08')))::text), 'ok');
select is(pg_temp.run('volunteer', 'enrol_in_training(tests.a(), tests.new(), %L)', tests.id('course')::text), 'ok');
select is(pg_temp.run('volunteer', 'enrol_in_training(tests.a(), tests.new(), %L)', tests.id('course')::text), '409 already_enrolled');
select is(pg_temp.run('resident', 'enrol_in_training(tests.a(), tests.new(), %L)', tests.id('course')::text), '422 not_a_volunteer');
select is(pg_temp.run('leader', 'enrol_in_training(tests.a(), tests.new(), %L)', tests.id('course')::text), 'ok', 'the leader learns, too');
select is(pg_temp.run('volunteer2', 'enrol_in_training(tests.a(), tests.new(), %L)', tests.id('course')::text), '409 training_full');
select is(pg_temp.run('leader', 'record_training_attendance(tests.a(), tests.new(), %L, array[%L]::uuid[])', tests.id('lesson')::text, pg_temp.enrolment('volunteer')::text), '422 session_not_started');
select tests.at('2026-11-18 11:05');
select is(pg_temp.run('volunteer2', 'enrol_in_training(tests.a(), tests.new(), %L)', tests.id('course')::text), '422 training_over');
select is(pg_temp.run('leader', 'record_training_results(tests.a(), tests.new(), %L, array[%L]::uuid[])', tests.id('course')::text, pg_temp.enrolment('volunteer')::text), '422 training_not_attended');
select is(pg_temp.run('leader', 'record_training_attendance(tests.a(), tests.new(), %L, array[%L]::uuid[])', tests.id('lesson')::text, pg_temp.enrolment('leader')::text), '403 own_attendance');
select is(pg_temp.run('other_leader', 'record_training_attendance(tests.a(), tests.new(), %L, array[%L]::uuid[])', tests.id('lesson')::text, pg_temp.enrolment('volunteer')::text), '403 not_allowed');
select is(pg_temp.run('leader', 'record_training_attendance(tests.a(), tests.new(), %L, %L)', tests.id('lesson')::text, '{}'), 'ok', 'nobody was there');
select is(pg_temp.run('leader', 'record_training_results(tests.a(), tests.new(), %L, array[%L]::uuid[])', tests.id('course')::text, pg_temp.enrolment('volunteer')::text), '422 training_not_attended', 'listed is not come');
select is(pg_temp.run('leader', 'record_training_attendance(tests.a(), tests.new(), %L, array[%L]::uuid[])', tests.id('lesson')::text, pg_temp.enrolment('volunteer')::text), 'ok');
select is(pg_temp.run('leader', 'record_training_results(tests.a(), tests.new(), %L, array[%L]::uuid[])', tests.id('course')::text, pg_temp.enrolment('volunteer')::text), 'ok');
select is(tests.balance('volunteer'), 25, 'V10: five more than the twenty of the shift served');
select is(tests.minutes('volunteer'), 120, 'and not a minute of service');
select is(pg_temp.run('leader', 'record_training_results(tests.a(), tests.new(), %L, %L, array[%L]::uuid[])', tests.id('course')::text, '{}', pg_temp.enrolment('volunteer')::text), 'ok', 'a slip is taken back');
select is(tests.balance('volunteer'), 20, 'and the points with it');
select is(pg_temp.run('leader', 'record_training_results(tests.a(), tests.new(), %L, array[%L]::uuid[])', tests.id('course')::text, pg_temp.enrolment('volunteer')::text), 'ok', 'passed after all');
select is(tests.balance('volunteer'), 25, 'they come again');

select * from finish();
