select plan(3);

update account_persons set status = 'left' where person_id = tests.id('neighbour');
select tests.run('stranger', $$ select request_join(tests.id('join'), 'AAAAA22222', '李邻居', '144-0000-0003', '2026-11') $$);
select is((select matched_person_id from join_requests where id = tests.id('join')), tests.id('neighbour'));
select is(tests.run('worker', format('select review_join(tests.a(), tests.new(), %L, %L, %L)', tests.id('join'), 'confirm', tests.id('neighbour'))), 'ok');
select is((select person_id from account_persons where user_id = tests.id('user stranger') and status = 'active'), tests.id('neighbour'));

select * from finish();
