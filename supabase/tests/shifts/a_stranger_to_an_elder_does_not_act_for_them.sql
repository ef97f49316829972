select plan(2);

select is(tests.run('neighbour', format('select claim_shift(tests.a(), tests.new(), %L, null, %L)', tests.id('shift'), tests.id('elder'))), '403 not_allowed');
update helper_links set valid_to = '2026-11-15' where person_id = tests.id('elder');
select is(tests.run('volunteer', format('select claim_shift(tests.a(), tests.new(), %L, null, %L)', tests.id('shift'), tests.id('elder'))), '403 not_allowed', 'nor a helper whose time is over');

select * from finish();
