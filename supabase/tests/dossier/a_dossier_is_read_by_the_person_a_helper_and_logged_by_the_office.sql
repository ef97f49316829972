select plan(6);

select is(tests.value('volunteer', 'select my_dossier(tests.a())') -> 'years', '[{"year": 2026, "minutes": 120, "times": 1}]'::jsonb);
select is(tests.value('volunteer', 'select my_dossier(tests.a(), tests.id(''elder''))') ->> 'name', '候奶奶');
select is(tests.run('leader', 'select my_dossier(tests.a(), tests.id(''volunteer''))'), '403 not_allowed');
select is(tests.run('worker', 'select my_dossier(tests.a(), tests.id(''b_volunteer''))'), '404 person_unknown');
select is(tests.run('worker', 'select my_dossier(tests.a(), tests.id(''volunteer''))'), 'ok');
select is((select count(*)::int from public.access_logs where person_id = tests.id('volunteer') and what = 'dossier' and viewer_person_id = tests.id('worker')), 1);

select * from finish();
