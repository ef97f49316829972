select plan(7);

create function pg_temp.claim_for(p_who text, p_person text) returns text language sql as $$
  select tests.run(p_who, format('select claim_shift(tests.a(), %L, %L, null, %L)', tests.id(p_person || ' on shift'), tests.id('shift'), tests.id(p_person)))
$$;
-- Put on the list by the leader, and missing or cancelling late: nothing is taken.
select pg_temp.claim_for('leader', 'volunteer2'), tests.claim('volunteer', 'shift');
select tests.at('2026-11-19 23:00');
select tests.run('volunteer2', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer2 on shift')));
select is(tests.signup('volunteer2', 'shift'), 'cancelled', 'never took the place');
-- Taken off the list by the office: nor is that late.
select is(tests.run('worker', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer on shift'))), 'ok');
select is(tests.signup('volunteer', 'shift'), 'cancelled');
select is(tests.balance('volunteer'), 20);
select tests.run('leader', format('select claim_shift(tests.a(), %L, %L, null, %L)', tests.id('again'), tests.id('shift'), tests.id('volunteer2')));
select tests.at('2026-11-20 12:00');
select is(tests.run('leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('again'))), 'ok');
select is((select status from signups where id = tests.id('again')), 'excused');
select is((select count(*)::int from strikes), 0);

select * from finish();
