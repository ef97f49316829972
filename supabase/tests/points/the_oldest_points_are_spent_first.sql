select plan(3);

select tests.at('2026-03-01 09:00');
select private.award_points(tests.a(), tests.id('volunteer'), 'V09', 'topic', tests.id('topic'), '2025-12-01', '{}', null);
-- A deduction takes the same way.
select private.post_entry(tests.a(), private.new_id(), tests.id('volunteer'), 'VOL-2026.1', 'ADJUST', 'manual', tests.id('m'), -4, '2026-03-01', '{}', null);
select is((select string_agg(extract(year from expires_at)::int || ':' || remaining, ' ' order by expires_at) from point_lots where person_id = tests.id('volunteer')), '2026:6 2027:20');
select private.hold_points(tests.a(), tests.id('h'), tests.id('volunteer'), 10, 'reward_order', tests.id('o')), private.capture_hold(tests.a(), tests.id('h'), null);
select is((select string_agg(extract(year from expires_at)::int || ':' || remaining, ' ' order by expires_at) from point_lots where person_id = tests.id('volunteer')), '2026:0 2027:16');
select is_empty($$ select private.accounts_off(tests.a()) $$);

select * from finish();
