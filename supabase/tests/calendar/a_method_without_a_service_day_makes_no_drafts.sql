select plan(2);

select tests.run('worker', format('select save_calendar_rule(tests.a(), tests.new(), %L, %L)', tests.id('rule'), jsonb_build_object('corps_id', tests.id('green'), 'title', '护绿',
  'category', 'environment', 'kind', 'service_day', 'start', '09:00', 'minutes', 120, 'roles', '[{"name": "helper", "capacity": 10}]'::jsonb)));
update communities set method_code = 'hongmen' where id = tests.a();
select is(tests.value('worker', 'select make_calendar_drafts(tests.a(), tests.new(), 2026, 12)') ->> 'made', '0');
select is(tests.value('worker', 'select calendar_desk(tests.a(), 2026, 12)') -> 'service_day', 'null');

select * from finish();
