select plan(7);
\ir _cycle.sql

select is(tests.published('pioneer'), 'ok');
select is((select last_day from publicity_notices), date '2026-11-23', 'five workdays, the day of publishing not counted');
select tests.at('2026-11-23 23:59');
select is(tests.object('pioneer', 'in time', 'volunteer'), 'ok', 'the last minute counts, without an account');
select tests.at('2026-11-24 00:00');
select is(tests.object('pioneer', 'late', 'volunteer'), '422 objection_too_late');
select is(tests.params('anonymous', format('select file_objection(tests.a(), tests.new(), %L, ''x'')', tests.id('publish_notice of pioneer'))) ->> 'until', '2026-11-23');
select is(tests.step('confirm_cycle', 'pioneer'), '422 objections_open', 'and an open one holds the award');
select tests.answer('in time', 'worker');
select is(tests.step('confirm_cycle', 'pioneer'), 'ok');

select * from finish();
