select plan(2);

select tests.claim('volunteer', 'shift'), tests.at('2026-11-20 09:00');
create temp table scan as select tests.new() as id, tests.qr('volunteer') as code;
select is(tests.value('leader', format('select check_in(tests.a(), %L, %L, %L)', (select id from scan), tests.id('shift'), (select code from scan))) ->> 'display_name', '王*明');
select is(tests.value('leader', format('select check_in(tests.a(), %L, %L, %L)', (select id from scan), tests.id('shift'), (select code from scan))) ->> 'display_name', '王*明');

select * from finish();
