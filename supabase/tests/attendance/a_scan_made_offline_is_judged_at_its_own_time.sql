select plan(2);

select tests.claim('volunteer', 'shift'), tests.at('2026-11-20 09:00');
create temp table scan as select tests.qr('volunteer') as code;
select tests.at('2026-11-21 20:00');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, %L, null, %L)', tests.id('shift'), (select code from scan), tests.shanghai('2026-11-20 09:00'))), 'ok');
select is((select checked_in_at from attendances where id = tests.id('volunteer on shift')), tests.shanghai('2026-11-20 09:00'));

select * from finish();
