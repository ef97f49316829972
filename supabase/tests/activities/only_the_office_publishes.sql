select plan(3);

select is(tests.run('leader', format('select publish_activity(tests.a(), tests.new(), %L)', tests.id('draft'))), '403 not_allowed');
select is(tests.run('other_leader', format('select submit_activity(tests.a(), tests.new(), %L)', tests.id('draft'))), '403 not_allowed', 'another corps does not even submit it');
select is(tests.run('leader', format('select submit_activity(tests.a(), tests.new(), %L)', tests.id('draft'))), 'ok');

select * from finish();
