select plan(3);

select tests.claim('volunteer', 'repair shift');
select is((select x ->> 'why_not' from jsonb_array_elements(tests.value('resident', 'select list_shifts(tests.a())') -> 'shifts') x where x ->> 'id' = tests.id('shift')::text), 'not_a_volunteer');
select is((select x #>> '{clash,title}' from jsonb_array_elements(tests.value('volunteer', 'select list_shifts(tests.a())') -> 'shifts') x where x ->> 'id' = tests.id('shift')::text), 'repair');
select is((select count(*)::int from jsonb_array_elements(tests.value('volunteer', 'select list_shifts(tests.a())') -> 'shifts')), 2, 'published, to come, of this community');

select * from finish();
