select plan(3);

select is(tests.run('grid', format('select reveal_person(tests.a(), tests.new(), %L, %L)', tests.id('resident'), '走访')), 'ok');
select is(tests.run('grid', format('select reveal_person(tests.a(), tests.new(), %L, %L)', tests.id('neighbour'), '走访')), '403 not_allowed');
select is((select count(*)::int from jsonb_array_elements(tests.value('grid', 'select list_people(tests.a())') -> 'people') p where p ->> 'id' = tests.id('neighbour')::text), 0);

select * from finish();
