select plan(2);

select is(tests.claim('resident', 'shift'), '422 not_a_volunteer');
update volunteers set status = 'paused' where id = tests.id('volunteer');
select is(tests.claim('volunteer', 'shift'), '422 volunteer_paused');

select * from finish();
