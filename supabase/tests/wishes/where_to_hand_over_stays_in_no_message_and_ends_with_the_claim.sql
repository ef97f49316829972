select plan(10);

select tests.make_wish(tests.a(), '', 'direct', p_meeting => 'direct');
select tests.run('neighbour', format('select claim_wish(tests.a(), %L, %L)', tests.id('claim'), tests.id('direct')));
select is(tests.run('worker', format('select judge_claim(tests.a(), tests.new(), %L, true, ''周六上午到东院1号楼'', true)', tests.id('claim'))), 'ok');
select is((select count(*)::int from notifications where params::text like '%东院%'), 0, 'no message holds the place');
select is(tests.value('neighbour', 'select wish_detail(tests.id(''direct''))') #>> '{claim,arrangement}', '周六上午到东院1号楼');
select tests.run('neighbour', format('select record_delivery(tests.a(), tests.new(), %L, ''direct'')', tests.id('claim')));
select is(tests.run('worker', format('select confirm_realized(tests.a(), tests.new(), %L)', tests.id('claim'))), 'ok');
select is((select count(*)::int from private.wish_meetings where claim_id = tests.id('claim')), 0);
select is(tests.run('worker', 'select judge_claim(tests.a(), tests.new(), tests.id(''asked claim''), false, ''已有人送'')'), 'ok');
select is((select count(*)::int from notifications where kind = 'wish_claim_declined' and params ->> 'reason' = '已有人送'), 1, 'why not is told');

-- A claim past its time that nobody settled yet: by no road does its donor read where it was to be.
update private.wish_meetings set arrangement = '东门口' where claim_id = tests.id('approved claim');
select is(tests.value('resident', 'select wish_detail(tests.id(''approved wish''))') #>> '{claim,arrangement}', '东门口');
select tests.at('2026-12-02 08:00');
select is((select status from wish_claims where id = tests.id('approved claim')), 'approved', 'nobody settled it');
select is(tests.value('resident', 'select jsonb_build_array(wish_detail(tests.id(''approved wish'')), my_wish_claims(tests.a()), (select jsonb_agg(k) from wish_claims k))')::text like '%东门口%', false);

select * from finish();
