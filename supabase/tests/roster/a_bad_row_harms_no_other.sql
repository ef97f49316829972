select plan(6);

select is(tests.run('worker', format('select begin_roster_import(tests.a(), %L, %L, %L, %L, 3)', tests.id('my import'), 'residents', '名册.xlsx', repeat('a', 64))), 'ok');
select is(tests.value('worker', format($q$ select import_roster_rows(tests.a(), tests.new(), %L, '[
    {"row_no":2,"name":"甲一","birth":"1960-01","phone":"19900010001"},
    {"row_no":3,"name":"乙2","birth":"后天","phone":"1"},
    {"row_no":4,"name":"丙三","birth":"1970年3月","phone":"１９９ ０００１ ０００３"}]') -> 'import' $q$, tests.id('my import'))),
  '{"imported":2,"unchanged":0,"updated":0,"rejected":1}');
select is((select count(*)::int from person_private where real_name in ('甲一', '丙三')), 2);
select is((select array_agg(r ->> 'reason' order by r ->> 'reason') from roster_import_rows i, jsonb_array_elements(i.reasons) r where i.import_id = tests.id('my import')),
  array['birth_invalid', 'name_invalid', 'phone_invalid'], 'every reason of a row is told at once');
select is((select raw ->> 'name' from roster_import_rows where import_id = tests.id('my import') and row_no = 3), '乙2', 'its text is kept');
select is_empty($$ select 1 from roster_import_rows where raw is not null and outcome <> 'rejected' $$, 'and no other');

select * from finish();
