select plan(6);

select is(tests.run('grid', format('select register_person(tests.a(), %L, %L, 1938, 1, null, %L)', tests.id('new elder'), '于奶奶', tests.id('grid1'))), 'ok');
select is((select registered_by from persons where id = tests.id('new elder')), tests.id('grid'));
select is((select given_via from consents where person_id = tests.id('new elder') and purpose = 'community_service'), 'helper');
select is(tests.run('grid', format('select register_volunteer(tests.a(), tests.new(), %L, null, null, %L)', '2026-11', tests.id('new elder'))), 'ok');
select is(tests.run('grid', format('select register_person(tests.a(), tests.new(), %L, 1938, 1)', '于奶奶')), '409 person_exists');
select is(tests.run('resident', format('select register_person(tests.a(), tests.new(), %L, 1938, 1)', '于爷爷')), '403 not_allowed');

select * from finish();
