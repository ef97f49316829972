select plan(2);

select is(jsonb_array_length(tests.value('both', 'select my_session()') -> 'memberships'), 2);
select is((select count(*)::int from jsonb_array_elements(tests.value('both', 'select my_session()') -> 'memberships') m where m ->> 'person_id' in (tests.id('both')::text, tests.id('b_both')::text)), 2);

select * from finish();
