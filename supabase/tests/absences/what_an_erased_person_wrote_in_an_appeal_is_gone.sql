select plan(2);

select tests.claim('volunteer', 'shift'), tests.at('2026-11-20 11:00');
select tests.run('leader', format('select mark_no_show(tests.a(), tests.id(''strike''), %L)', tests.id('volunteer on shift')));
select tests.run('volunteer', 'select appeal_strike(tests.a(), tests.new(), tests.id(''strike''), ''我王小明来了'')');
select is(tests.run('volunteer', 'select erase_me(tests.a(), tests.new())'), 'ok');
select is((select appeal_text from strikes where id = tests.id('strike')), null);

select * from finish();
