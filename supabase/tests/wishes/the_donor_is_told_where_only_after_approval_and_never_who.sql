select plan(9);

create function tests.told() returns jsonb language sql as $$ select tests.value('neighbour', 'select wish_detail(tests.id(''direct''))') -> 'claim' $$;
select tests.make_wish(tests.a(), '', 'direct', p_meeting => 'direct');
select tests.run('neighbour', format('select claim_wish(tests.a(), %L, %L)', tests.id('claim'), tests.id('direct')));
select is(tests.told() ->> 'place', null, 'nothing while the staff have not looked');
select is(tests.run('worker', format('select judge_claim(tests.a(), tests.new(), tests.id(''asked claim''), true, ''周六'', true)')), '422 wish_meets_at_community', 'where the family wants to meet at the community');
select is(tests.run('worker', format('select judge_claim(tests.a(), tests.new(), %L, true, ''周六上午十点'', true)', tests.id('claim'))), 'ok');
select is(tests.told() ->> 'place', '东院1号楼101室', 'the family agreed to be met');
select is(tests.told() ->> 'relay_phone', '010-00000001', 'the number to call is the community''s');
select ok(tests.told()::text || tests.value('neighbour', 'select my_wish_claims(tests.a())')::text !~ '候奶奶|14400000001|独居|123456');
select is((select count(*)::int from access_logs where viewer_person_id = tests.id('neighbour') and person_id = tests.id('elder') and what = 'wish'), 1, 'the person can see that the address was told');
select is(tests.value('resident', 'select wish_detail(tests.id(''approved wish''))') #>> '{claim,place}', '同心街 1 号', 'otherwise the community''s');
select is(tests.run('neighbour', format('select release_wish(tests.a(), tests.new(), %L, ''来不及'')', tests.id('claim'))) || coalesce(tests.told() ->> 'place', ' and gone'), 'ok and gone');

select * from finish();
