select plan(3);

select is(tests.claim('volunteer', 'shift'), 'ok');
select is(tests.claim('volunteer', 'repair shift', 'volunteer on shift'), '409 id_reused');
select is(tests.claim('volunteer2', 'shift', 'volunteer on shift'), '409 id_reused', 'and of somebody else');

select * from finish();
