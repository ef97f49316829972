select plan(8);

select is(tests.run('worker', 'select close_points_year(tests.a(), tests.new(), 2025)'), '403 not_allowed');
select is(tests.run('secretary', 'select close_points_year(tests.a(), tests.new(), 2026)'), '422 points_year_not_over');
select tests.at('2027-01-05 09:00');
select is(tests.run('secretary', 'select close_points_year(tests.a(), tests.id(''closing''), 2026)'), 'ok');
select is(tests.run('secretary', 'select close_points_year(tests.a(), tests.new(), 2026)'), '409 year_closed_already');
select private.award_points(tests.a(), tests.id('volunteer'), 'V10', 'training', tests.id('late'), '2026-12-30', '{}', null);
select is((tests.value('secretary', 'select point_report(tests.a(), 2026)') #>> '{close,is_true}')::boolean, true, 'a correction after the close belongs to the next year');
select is((select figures ->> 'outstanding' from point_year_closes where year = 2026), '20');
select throws_ok('update point_year_closes set hash = ''x''', 'PT409', 'append_only');
alter table point_entries disable trigger tg_point_entries__append_only;
update point_entries set points = points + 1 where id = tests.id('points volunteer on past');
select is((tests.value('secretary', 'select point_report(tests.a(), 2026)') #>> '{close,is_true}')::boolean, false, 'a changed entry shows');

select * from finish();
