select plan(8);

select tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, 1)', tests.id('party org')));
select is((tests.value('party', 'select count(*) from party_quarter_scores'))::int, 1);
update communities set settings = '{"modules": {"party_points": false}}' where id = tests.a();
select is((tests.value('party', 'select count(*) from party_quarter_scores') #>> '{}')::int, 0);
select is((tests.value('branch', 'select count(*) from party_score_entries') #>> '{}')::int + (tests.value('branch', 'select count(*) from party_score_rules') #>> '{}')::int, 0);
select is(tests.run('party', 'select party_score(tests.a())'), '403 module_off');
select is(tests.run('branch', format('select branch_scores(tests.a(), %L)', tests.id('party org'))), '403 module_off');
select is(tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, 2)', tests.id('party org'))), '403 module_off');
select is(tests.run('branch', format('select record_party_remark(tests.a(), tests.new(), %L, %L, %L, %L)', tests.id('party'), 'praise', '2026-11-01', '好')), '403 module_off');
select is(tests.run('party', 'select my_duties(tests.a())'), 'ok', 'duties go on without a score');

select * from finish();
