select plan(3);

update activities set risk_note = null where id = tests.id('draft');
select is(tests.run('worker', format('select publish_activity(tests.a(), tests.new(), %L)', tests.id('draft'))), '422 risk_note_missing');
update activities set risk_note = '高空', is_hazardous = true where id = tests.id('draft');
select is(tests.run('worker', format('select publish_activity(tests.a(), tests.new(), %L)', tests.id('draft'))), '422 insurance_missing');
update activities set insurance_ref = 'PICC-1' where id = tests.id('draft');
select is(tests.run('worker', format('select publish_activity(tests.a(), tests.new(), %L)', tests.id('draft'))), 'ok');

select * from finish();
