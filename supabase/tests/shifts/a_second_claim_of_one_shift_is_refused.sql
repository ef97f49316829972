select plan(2);

select is(tests.claim('volunteer', 'shift'), 'ok');
select is(tests.claim('volunteer', 'shift', 'again'), '409 already_signed_up');

select * from finish();
