select plan(16);

create function pg_temp.submit(p_who text, p_kind text, p_from text, p_to text default null, p_evidence text default '证书原件') returns text language sql as $$
  select tests.run(p_who, format('select submit_qualification(tests.a(), %L, %L, %L, %L, %L)', tests.id(p_who || p_kind), p_kind, p_from, p_to, p_evidence))
$$;
create function pg_temp.check(p_by text, p_name text, p_accept boolean, p_reason text default null, p_to text default null) returns text language sql as $$
  select tests.run(p_by, format('select check_qualification(tests.a(), tests.new(), %L, %L, %L, %L)', tests.id(p_name), p_accept, p_reason, p_to))
$$;
select is(pg_temp.submit('resident', 'lawyer', '2020-01-01'), '422 not_a_volunteer');
select is(pg_temp.submit('volunteer2', 'wizard', '2020-01-01'), '400 code_unknown');
select is(pg_temp.submit('volunteer2', 'lawyer', '2020-01-01', '2026-11-15'), '422 qualification_expired');
select is(pg_temp.submit('volunteer2', 'lawyer', '2026-01-01', '2025-12-31'), '422 dates_out_of_order');
select is(pg_temp.submit('volunteer2', 'lawyer', '2020-01-01', '2027-06-30', ' '), '400 field_required', 'something must prove it');
select is(pg_temp.submit('volunteer2', 'lawyer', '2020-01-01', '2027-06-30'), 'ok');
select is(tests.run('volunteer2', format('select submit_qualification(tests.a(), tests.new(), %L, %L, null, %L)', 'lawyer', '2020-01-01', 'x')), '409 qualification_waiting');
select ok(not private.holds_qualification(tests.a(), tests.id('volunteer2'), 'lawyer', '2026-11-20'));
select is(pg_temp.check('leader', 'volunteer2lawyer', true), '403 not_allowed');
select is(pg_temp.check('worker', 'volunteer2lawyer', true, null, '2027-01-31'), 'ok');
select ok(private.holds_qualification(tests.a(), tests.id('volunteer2'), 'lawyer', '2027-01-31')
  and not private.holds_qualification(tests.a(), tests.id('volunteer2'), 'lawyer', '2027-02-01'), 'until the day the paper says');
select is(pg_temp.check('worker', 'volunteer2lawyer', false, '看错了'), '409 qualification_decided');
select is((select count(*)::int from notifications where person_id = tests.id('volunteer2') and kind = 'qualification_checked'), 1);

select tests.make_volunteer(tests.a(), 'worker');
select is(pg_temp.submit('worker', 'teacher', '2020-01-01'), 'ok');
select is(pg_temp.check('worker', 'workerteacher', true), '403 own_request', 'nobody checks the own paper');
select is(pg_temp.check('secretary', 'workerteacher', true), 'ok');

select * from finish();
