select plan(10);

select private.hold_points(tests.a(), tests.id('h'), tests.id('volunteer'), 15, 'reward_order', tests.id('o')), private.capture_hold(tests.a(), tests.id('h'), null);
create temp table said as select tests.value('worker', 'select point_report(tests.a())') as j;
select is((select (j -> 'months' -> 10) - 'month'::text from said), '{"issued": 20, "redeemed": 15, "expired": 0, "deducted": 0, "adjusted": 0, "moved": 5, "outstanding": 5}');
select is((select array[j ->> 'outstanding', j ->> 'worth_fen'] from said), array['5', '10']);
update communities set settings = settings || '{"reward_fund_yuan": 1}' where id = tests.a();
select is(private.fund_left_fen(tests.a()), 50::bigint, 'a fund of one yuan has half a yuan left');
select is(private.fund_left_fen(tests.b()), null, 'no fund, no guard');
-- What was handed over this year has used the fund of this year; neither an order nor a hand-over moves what is left.
update communities set settings = settings || '{"reward_fund_yuan": 20}' where id = tests.a();
select tests.give_points('volunteer', 100);
select is(private.fund_left_fen(tests.a()), 950::bigint, 'twenty yuan less 105 points');
select is(tests.order('volunteer', 'haircut', 'o1', 3), 'ok');
select is(private.fund_left_fen(tests.a()), 950::bigint, 'held points are outstanding');
update reward_orders set status = 'picked_up', ended_at = private.now(), ended_by = tests.id('clerk') where id = tests.id('o1');
select private.capture_hold(tests.a(), tests.id('o1'), null);
select is(private.fund_left_fen(tests.a()), 950::bigint, 'what was handed over is paid from the fund');
select tests.at('2027-01-01 00:00');
select is(private.fund_left_fen(tests.a()), 2000 - (105 - (select points from reward_orders where id = tests.id('o1'))) * 10::bigint, 'a new year, a new fund');
select is(tests.run('volunteer', 'select point_report(tests.a())'), '403 not_allowed');

select * from finish();
