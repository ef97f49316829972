select plan(3);

select is(tests.claim('volunteer', 'shift'), 'ok');
select is(tests.claim('volunteer', 'repair shift'), '409 shift_overlaps');
select is(tests.params('volunteer', format('select claim_shift(tests.a(), tests.new(), %L)', tests.id('repair shift'))) ->> 'title', 'cleanup');

select * from finish();
