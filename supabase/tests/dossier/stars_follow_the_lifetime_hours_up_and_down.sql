select plan(8);

select is(tests.value('worker', format($$ select import_earlier_hours(tests.a(), tests.id('batch'), jsonb_build_array(jsonb_build_object('volunteer_no', %L,
  'year', '2025', 'hours', '298', 'times', '90', 'source', '区志愿系统'))) $$, v.volunteer_no)), '{"imported": 1, "refused": []}'::jsonb)
  from public.volunteers v where v.id = tests.id('volunteer');
select results_eq($$ select star, needed_hours from public.star_grades where person_id = tests.id('volunteer') and lost_at is null order by 1 $$,
  $$ values (1, 100), (2, 300) $$, '2 h here and 298 h from before are 300');
select is((select count(*)::int from public.notifications where person_id = tests.id('volunteer') and kind = 'star_reached'), 2);
select is((tests.value('volunteer', 'select my_dossier(tests.a())') ->> 'minutes_total')::int, 18000);
select tests.value('leader', 'select reverse_service_record(tests.a(), tests.new(), tests.id(''record volunteer on past''), ''记错'')');
select results_eq($$ select star from public.star_grades where person_id = tests.id('volunteer') and lost_at is null $$, array[1]);
select is(tests.run('worker', format('select reverse_earlier_hours(tests.a(), tests.new(), %L)', e.id)), 'ok') from public.earlier_hours e;
select is_empty($$ select 1 from public.star_grades where person_id = tests.id('volunteer') and lost_at is null $$);
select throws_ok($$ update public.earlier_hours set minutes = 1 $$, 'PT409', 'append_only');

select * from finish();
