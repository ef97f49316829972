select plan(4);

select tests.run('stranger', $$ select request_join(tests.id('join'), 'AAAAA22222', '马新来', '14400000020', '2026-11') $$);
select is((select used from invites where id = tests.id('invite')), 1);
select is(tests.run('asker', format('select withdraw_join(tests.a(), tests.new(), %L)', tests.id('join'))), '404 join_request_unknown', 'not somebody else''s');
select is(tests.run('stranger', format('select withdraw_join(tests.a(), tests.new(), %L)', tests.id('join'))), 'ok');
select is((select used from invites where id = tests.id('invite')), 0);

select * from finish();
