select plan(10);

select tests.make_shift('wide', '2026-11-22 09:00', 120, 2);
select tests.claim('volunteer', 'wide'), tests.claim('volunteer2', 'wide'), tests.claim('volunteer3', 'wide');
create function pg_temp.capacity(p_who text, p_n int, p_reason text default null) returns text language sql as $$
  select tests.run(p_who, format('select set_capacity(tests.a(), tests.new(), %L, %L, %s, %L)', tests.id('wide'), 'helper', p_n, p_reason))
$$;

select is(pg_temp.capacity('other_leader', 1, '雨'), '403 not_allowed');
select is(pg_temp.capacity('leader', 1), '400 field_required', 'not without a reason');
select is(pg_temp.capacity('leader', 1, '场地变小了'), 'ok');
select is(tests.signup('volunteer', 'wide'), 'confirmed', 'who came first stays');
select is(tests.signup('volunteer2', 'wide'), 'waitlisted', 'who came last goes');
select is((select params ->> 'position' from notifications where person_id = tests.id('volunteer2') and kind = 'place_lost'), '1', 'to the front, and is told where');
select is((select params ->> 'reason' from notifications where person_id = tests.id('volunteer2') and kind = 'place_lost'), '场地变小了');
select is(pg_temp.capacity('leader', 3), 'ok');
select is(tests.signup('volunteer2', 'wide'), 'offered', 'more places are offered');
select is(tests.signup('volunteer3', 'wide'), 'offered', 'in order');

select * from finish();
