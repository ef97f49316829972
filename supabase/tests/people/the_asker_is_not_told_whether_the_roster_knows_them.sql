select plan(2);

update account_persons set status = 'left' where person_id = tests.id('neighbour');
select is(tests.value('stranger', $$ select request_join(tests.id('join'), 'AAAAA22222', '李邻居', '14400000003', '2026-11') $$) - 'id' - 'community_id', '{"status": "pending"}'::jsonb);
select is((tests.value('stranger', 'select my_session()') #> '{pending_joins,0}') ? 'matched_person_id', false);

select * from finish();
