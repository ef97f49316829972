select plan(7);

select tests.make_wish(tests.a(), '', 'direct', p_meeting => 'direct');
select tests.run('neighbour', format('select claim_wish(tests.a(), %L, %L)', tests.id('claim'), tests.id('direct')));
select is(tests.run('worker', format('select judge_claim(tests.a(), tests.new(), %L, true, ''周六上午到东院1号楼'', true)', tests.id('claim'))), 'ok');
select is((select count(*)::int from notifications where params::text like '%东院%'), 0, 'no message holds the place');
select is(tests.value('neighbour', 'select wish_detail(tests.id(''direct''))') #>> '{claim,arrangement}', '周六上午到东院1号楼');
select tests.run('neighbour', format('select record_delivery(tests.a(), tests.new(), %L, ''direct'')', tests.id('claim')));
select is(tests.run('worker', format('select confirm_realized(tests.a(), tests.new(), %L)', tests.id('claim'))), 'ok');
select is((select arrangement from wish_claims where id = tests.id('claim')), null);
select is(tests.run('worker', 'select judge_claim(tests.a(), tests.new(), tests.id(''asked claim''), false, ''已有人送'')'), 'ok');
select is((select count(*)::int from notifications where kind = 'wish_claim_declined' and params ->> 'reason' = '已有人送'), 1, 'why not is told');

select * from finish();
