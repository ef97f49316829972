select plan(3);

select is((select display_name from persons where id = tests.id('volunteer')), '王*明');
select tests.run('volunteer', $$ select give_consent(tests.a(), tests.new(), 'publish_name', '2026-11') $$);
select is((select display_name from persons where id = tests.id('volunteer')), '王小明');
select tests.run('volunteer', $$ select withdraw_consent(tests.a(), tests.new(), 'publish_name') $$);
select is((select display_name from persons where id = tests.id('volunteer')), '王*明');

select * from finish();
