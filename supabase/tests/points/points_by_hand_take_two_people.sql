select plan(9);

select is(tests.run('volunteer', $$ select propose_manual_adjustment(tests.a(), tests.new(), tests.id('volunteer'), 10, '补记') $$), '403 not_allowed');
select is(tests.run('worker', $$ select propose_manual_adjustment(tests.a(), tests.new(), tests.id('worker'), 10, '补记') $$), '403 own_points');
select is(tests.run('worker', $$ select propose_manual_adjustment(tests.a(), tests.id('by hand'), tests.id('volunteer'), -15, '重复记了') $$), 'ok');
select is(tests.balance('volunteer'), 20, 'one is not enough');
select is(tests.run('worker', $$ select post_manual_adjustment(tests.a(), tests.new(), tests.id('by hand')) $$), '403 own_proposal');
select is(tests.run('secretary', $$ select post_manual_adjustment(tests.a(), tests.new(), tests.id('by hand')) $$), 'ok');
select is(tests.balance('volunteer'), 5);
select is(tests.run('street', $$ select post_manual_adjustment(tests.a(), tests.new(), tests.id('by hand'), false) $$), '409 already_decided');
select is_empty($$ select 1 from audit_logs where detail::text like '%重复%' or result::text like '%重复%' $$, 'the reason is in no audit row');

select * from finish();
