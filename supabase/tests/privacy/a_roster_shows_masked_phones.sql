select plan(3);

select is((select p ->> 'phone_masked' from jsonb_array_elements(tests.value('worker', $$ select list_people(tests.a(), '王小') $$) -> 'people') p), '144****0004');
select is_empty($$ select 1 where tests.value('worker', 'select list_people(tests.a())')::text ~ '144[0-9]{8}' $$);
select is_empty($$ select 1 where tests.value('leader', format('select shift_roster(tests.a(), %L)', tests.id('past')))::text ~ '144[0-9]{8}' $$);

select * from finish();
