select plan(1);

update communities set settings = '{"check_in_opens_minutes": 90}' where id = tests.a();
select tests.claim('volunteer', 'shift');
select is(tests.scan('check_in', 'volunteer', 'shift', '2026-11-20 07:30'), 'ok');

select * from finish();
