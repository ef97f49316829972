select plan(3);

update communities set settings = '{"modules": {"points": false}}' where id = tests.a();
select tests.claim('volunteer2', 'shift');
select is(tests.serve('volunteer2', 'shift', '2026-11-20 09:00', '2026-11-20 11:00') #>> '{credited,0,points}', null);
select is(tests.minutes('volunteer2'), 120, 'the hours stay');
select is_empty($$ select 1 from point_entries where person_id = tests.id('volunteer2') $$);

select * from finish();
