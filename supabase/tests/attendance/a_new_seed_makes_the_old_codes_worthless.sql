select plan(2);

select tests.claim('volunteer', 'shift'), tests.at('2026-11-20 09:00');
create temp table old as select tests.qr('volunteer') as code;
select is(tests.run('volunteer', 'select rotate_member_code(tests.a(), tests.new())'), 'ok');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, %L)', tests.id('shift'), (select code from old))), '422 code_invalid');

select * from finish();
