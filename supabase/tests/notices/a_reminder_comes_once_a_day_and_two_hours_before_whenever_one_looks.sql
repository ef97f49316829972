select plan(7);

select tests.make_shift('morning', '2026-11-20 09:00', 120, 5), tests.claim('volunteer2', 'morning');
select tests.value('volunteer', 'select claim_shift(tests.a(), tests.new(), tests.id(''morning''), null, tests.id(''elder''))');
select tests.at('2026-11-19 08:59');
select is(tests.value('volunteer2', 'select my_unread(tests.a())')::int, 0);
select tests.at('2026-11-19 12:00');
select tests.value('volunteer2', 'select my_unread(tests.a())');
select is(tests.value('volunteer2', 'select my_unread(tests.a())')::int, 1, 'made once, however often one looks');
select results_eq($$ select kind, created_at from public.notifications where person_id = tests.id('volunteer2') and kind ~ '^shift_' $$,
  $$ values ('shift_tomorrow', tests.shanghai('2026-11-19 09:00')) $$, 'dated when it fell due');
select tests.at('2026-11-20 08:00');
select tests.value('volunteer2', 'select my_session()');
select set_eq($$ select kind from public.notifications where person_id = tests.id('volunteer2') and kind ~ '^shift_' $$, array['shift_tomorrow', 'shift_soon']);
select is((select created_at from public.notifications where person_id = tests.id('volunteer2') and kind = 'shift_soon'), tests.shanghai('2026-11-19 21:29'),
  'seven in the morning is quiet, so it was told the evening before');
select is(tests.value('volunteer', 'select my_inbox(tests.a())') #>> '{notices,0,params,name}', '候*奶', 'a helper is reminded for an elder without an account');
select is_empty($$ select 1 from public.notifications where person_id = tests.id('volunteer2') and kind ~ '^shift_' group by once_key having count(*) > 1 $$);

select * from finish();
