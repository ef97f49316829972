select plan(4);

select tests.claim('volunteer', 'shift');
select is(private.award_points(tests.a(), tests.id('volunteer'), 'V08', 'visit', tests.id('v1'), '2026-11-20', jsonb_build_object('at', tests.shanghai('2026-11-20 09:30')), null), 5);
select tests.serve('volunteer', 'shift', '2026-11-20 09:00', '2026-11-20 11:00');
select is((select sum(amount)::int from point_entries where rule_code = 'V08'), 0, 'the hours count, the visit gives its points back');
select is(private.award_points(tests.a(), tests.id('volunteer'), 'V08', 'visit', tests.id('v2'), '2026-11-20', jsonb_build_object('at', tests.shanghai('2026-11-20 10:30')), null), 0);
select is(private.award_points(tests.a(), tests.id('volunteer'), 'V08', 'visit', tests.id('v3'), '2026-11-20', jsonb_build_object('at', tests.shanghai('2026-11-20 15:00')), null), 5);

select * from finish();
