select plan(3);

select tests.run('worker', format('select begin_roster_import(tests.a(), %L, %L, %L, %L, 1)', tests.id('my import'), 'residents', 'x', repeat('a', 64)));
select is(tests.value('worker', format($q$ select import_roster_rows(tests.a(), tests.new(), %L,
    '[{"row_no":2,"name":"甲一","birth":"1960-01","building":"3","door":"９９０１０１１９６００１０１１２３Ｘ"}]') -> 'rows' -> 0 -> 'reasons' -> 0 ->> 'reason' $q$, tests.id('my import'))),
  '"id_card_refused"');
select is((select raw ->> 'door' from roster_import_rows where import_id = tests.id('my import')), '******');
select is_empty($$ select 1 from audit_logs where (detail::text || result::text) ~ '9901011960' $$);

select * from finish();
