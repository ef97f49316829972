select plan(9);

select tests.at('2026-11-16 09:00');
select tests.run('neighbour', format('select claim_wish(tests.a(), %L, %L)', tests.id('claim'), tests.id('open wish')));
select tests.at('2026-12-01 08:59');
select is(tests.value('anonymous', 'select wish_wall(tests.a(), p_search => ''open wish'')') ->> 'total', '0');
select tests.at('2026-12-01 09:00');
select is(tests.value('anonymous', 'select wish_wall(tests.a(), p_search => ''open wish'')') ->> 'total', '1', 'open again for whoever looks');
select is(tests.value('neighbour', 'select my_wish_claims(tests.a())') #>> '{claims,0,status}', 'lapsed');
select is((select status from wish_claims where id = tests.id('claim')), 'asked', 'though nobody wrote it down yet');
select is(tests.run('worker', format('select judge_claim(tests.a(), tests.new(), %L, true)', tests.id('claim'))), '409 claim_not_in_state');
select is(tests.run('party', format('select claim_wish(tests.a(), tests.new(), %L)', tests.id('open wish'))), 'ok', 'the next may have it');
select is((select status || why from wish_claims where id = tests.id('claim')), 'lapsedlapsed');
select is((select count(*)::int from notifications where kind = 'wish_claim_lapsed' and person_id = tests.id('neighbour')), 1);
select is((select given_back from wishes where id = tests.id('open wish')), 1);

select * from finish();
