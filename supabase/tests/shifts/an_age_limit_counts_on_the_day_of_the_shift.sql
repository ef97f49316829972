select plan(2);

update activities set min_age = 18 where id = tests.id('cleanup');
update persons set birth_year = 2008 where id = tests.id('volunteer');
update person_private set birth_month = 11 where person_id = tests.id('volunteer');
select is(tests.claim('volunteer', 'shift'), '422 too_young', 'born in November 2008: surely 18 from December on');
select tests.make_shift('december', '2026-12-01 09:00');
select is(tests.claim('volunteer', 'december'), 'ok');

select * from finish();
