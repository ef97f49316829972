select plan(1);

update activities set created_by = null where id = tests.id('draft');
select is(tests.run('worker', format('select publish_activity(tests.a(), tests.new(), %L)', tests.id('draft'))), 'ok');

select * from finish();
