select plan(4);

select is_empty($$ select 1 from jsonb_array_elements(tests.value('grid', 'select list_people(tests.a())') -> 'people') p where p ->> 'party_kind' is not null or p -> 'roles' @> '[{"role": "party_member"}]' $$);
select is(tests.run('grid', $$ select list_people(tests.a(), null, 'party_member') $$), '403 not_allowed', 'nor as a filter');
select is((tests.value('secretary', $$ select list_people(tests.a(), null, 'party_member') $$) ->> 'total')::int, 1);

select is(tests.run('worker', $$ select list_people(tests.a(), null, 'party_member') $$), '403 not_allowed', 'nor to a worker whose line is another');

select * from finish();
