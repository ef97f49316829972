select plan(9);

create function pg_temp.account(p_who text) returns text language sql as $$
  select format('%s held %s owes %s', a.balance, a.held, a.debt) from point_accounts a where a.id = tests.id(p_who) $$;
select is(private.award_points(tests.a(), tests.id('volunteer'), 'D04', 'false_record', tests.id('lie'), '2026-11-10', '{}', tests.id('secretary')), -50);
select is(pg_temp.account('volunteer'), '0 held 0 owes 30', 'twenty were there');
select is((select format('%s %s %s', points, debt_change, amount) from point_entries where rule_code = 'D04'), '-20 30 -50');
select is(private.award_points(tests.a(), tests.id('volunteer'), 'V06', 'activity', tests.id('led'), '2026-11-11', '{}', null), 10);
select is(pg_temp.account('volunteer'), '0 held 0 owes 20', 'later points pay it first');
select private.award_points(tests.a(), tests.id('volunteer'), 'V07', 'wish', tests.id('wish' || n), '2026-11-12', '{"kind": "service"}', null) from generate_series(1, 2) n;
select is(pg_temp.account('volunteer'), '20 held 0 owes 0');
select is(private.reverse_award(tests.a(), 'false_record', tests.id('lie'), tests.id('cleared'), tests.id('secretary')), 50, 'what was taken wrongly comes back whole');
select is(pg_temp.account('volunteer'), '70 held 0 owes 0');
select is_empty($$ select private.accounts_off(tests.a()) $$);

select * from finish();
