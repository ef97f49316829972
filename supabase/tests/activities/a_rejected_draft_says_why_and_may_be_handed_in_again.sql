select plan(3);

select tests.run('leader', format('select submit_activity(tests.a(), tests.new(), %L)', tests.id('draft')));
select is(tests.run('worker', format('select reject_activity(tests.a(), tests.new(), %L, %L)', tests.id('draft'), ' ')), '400 field_required');
select is(tests.run('worker', format('select reject_activity(tests.a(), tests.new(), %L, %L)', tests.id('draft'), '请补充集合点')), 'ok');
select is(tests.run('leader', format('select submit_activity(tests.a(), tests.new(), %L)', tests.id('draft'))), 'ok');

select * from finish();
