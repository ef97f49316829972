select plan(8);

select tests.make_shift('now', '2026-11-22 09:00', 120, 1);
create function pg_temp.add(p_by text, p_who text) returns text language sql as $$
  select tests.run(p_by, format('select add_on_the_spot(tests.a(), %L, %L, %L, %L)', tests.id(p_who || ' on now'), tests.id('now'), 'helper', tests.id(p_who)))
$$;

select is(pg_temp.add('leader', 'volunteer'), '422 shift_not_started');
select tests.at('2026-11-22 09:20');
select is(tests.claim('volunteer', 'now'), '422 shift_started');
select is(pg_temp.add('other_leader', 'volunteer'), '403 not_allowed');
select is(pg_temp.add('leader', 'leader'), '403 own_attendance');
select is(pg_temp.add('leader', 'resident'), '422 not_a_volunteer', 'fit for it all the same');
select is(pg_temp.add('leader', 'volunteer'), 'ok');
select is(pg_temp.add('leader', 'volunteer2'), '409 shift_full');
select tests.at('2026-11-22 11:00');
select is(pg_temp.add('leader', 'volunteer3'), '422 shift_ended');

select * from finish();
