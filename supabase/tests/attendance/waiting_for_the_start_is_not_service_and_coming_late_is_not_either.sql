select plan(2);

select tests.claim('volunteer', 'shift'), tests.claim('volunteer2', 'shift');
select tests.scan('check_in', 'volunteer', 'shift', '2026-11-20 08:10'), tests.scan('check_in', 'volunteer2', 'shift', '2026-11-20 09:20:30');
select tests.scan('check_out', 'volunteer', 'shift', '2026-11-20 11:00'), tests.scan('check_out', 'volunteer2', 'shift', '2026-11-20 10:50');
select is((select minutes from attendances where id = tests.id('volunteer on shift')), 120);
select is((select minutes from attendances where id = tests.id('volunteer2 on shift')), 89, 'whole minutes served: 09:20:30–10:50');

select * from finish();
