select plan(6);

select is(tests.run('anonymous', $$ select look_up_invite('aaaaa22222') $$), 'ok');
select is(tests.run('anonymous', $$ select look_up_invite('nothing') $$), '404 invite_unknown');
update invites set used = max_uses where id = tests.id('invite');
select is(tests.run('anonymous', $$ select look_up_invite('AAAAA22222') $$), '422 invite_used_up');
select is(tests.run('stranger', $$ select request_join(tests.new(), 'AAAAA22222', '马新来', '14400000020', '2026-11') $$), '422 invite_used_up');
select tests.run('worker', format('select revoke_invite(tests.a(), tests.new(), %L)', tests.id('invite')));
select is(tests.run('anonymous', $$ select look_up_invite('AAAAA22222') $$), '422 invite_expired');
select tests.at('2026-12-16 08:00:01');
select is(tests.run('anonymous', $$ select look_up_invite('BBBBB22222') $$), '422 invite_expired');

select * from finish();
