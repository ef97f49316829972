select plan(3);

select is(tests.run('volunteer', $$select list_shifts(tests.a(), '-infinity', 'infinity')$$), 'ok');
select is(tests.run('volunteer', $$select list_shifts(tests.a(), '4713-01-01 BC', '5874897-12-31')$$), 'ok');
select is(tests.run('leader', $$select leader_shifts(tests.a(), '4713-01-01 BC', '5874897-12-31')$$), 'ok');

select * from finish();
