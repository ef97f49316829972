select plan(5);

select private.hold_points(tests.a(), tests.id('h'), tests.id('volunteer'), 15, 'reward_order', tests.id('o')), private.capture_hold(tests.a(), tests.id('h'), null);
create temp table said as select tests.value('worker', 'select point_report(tests.a())') as j;
select is((select (j -> 'months' -> 10) - 'month'::text from said), '{"issued": 20, "redeemed": 15, "expired": 0, "deducted": 0, "adjusted": 0, "moved": 5, "outstanding": 5}');
select is((select array[j ->> 'outstanding', j ->> 'worth_fen'] from said), array['5', '10']);
update communities set settings = '{"reward_fund_yuan": 1}' where id = tests.a();
select is(private.fund_left_fen(tests.a()), 50::bigint, 'a fund of one yuan has half a yuan left');
select is(private.fund_left_fen(tests.b()), null, 'no fund, no guard');
select is(tests.run('volunteer', 'select point_report(tests.a())'), '403 not_allowed');

select * from finish();
