select plan(1);

select is(tests.claim('volunteer', 'draft shift'), '409 shift_not_open');

select * from finish();
