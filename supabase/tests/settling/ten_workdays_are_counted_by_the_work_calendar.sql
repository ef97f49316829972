select plan(7);

create function pg_temp.line() returns jsonb language sql as $$
  select a from jsonb_array_elements(tests.value('leader', 'select settling_desk(tests.a())') -> 'activities') a where a ->> 'id' = tests.id('spring')::text
$$;
-- Before the spring festival of 2026 (15–23 February off, 14 and 28 February worked).
select tests.make_activity(tests.a(), 'spring', 'green'), tests.make_shift('sweep', '2026-02-10 09:00', 60, 5, 'spring');
select tests.at('2026-02-10 12:00');
select is(pg_temp.line() ->> 'due_on', '2026-03-02', '11–14 and 24–28 February, 2 March');
select is((pg_temp.line() ->> 'workdays_left')::int, 10);
select tests.at('2026-02-20 12:00');
select is((pg_temp.line() ->> 'workdays_left')::int, 6, 'holidays do not count');
select tests.at('2026-03-02 12:00');
select is((pg_temp.line() ->> 'workdays_left')::int, 0, 'due today');
select tests.at('2026-03-09 12:00');
select is((pg_temp.line() ->> 'workdays_left')::int, -5, 'the weekend does not count');
select is(tests.run('volunteer', 'select settling_desk(tests.a())'), '403 not_allowed');
select is((select count(*)::int from jsonb_array_elements(tests.value('other_leader', 'select settling_desk(tests.a())') -> 'activities') a where a ->> 'id' = tests.id('spring')::text), 0, 'another corps'' activities are theirs');

select * from finish();
