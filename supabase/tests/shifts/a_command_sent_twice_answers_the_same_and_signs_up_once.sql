select plan(4);

select is(tests.claim('volunteer', 'shift'), 'ok');
select is(tests.claim('volunteer', 'shift'), 'ok', 'the same id again');
select is((select count(*)::int from signups where person_id = tests.id('volunteer') and shift_id = tests.id('shift')), 1);
select is((select count(*)::int from audit_logs where command = 'claim_shift'), 1, 'one audit row');

select * from finish();
