select plan(3);

select tests.make_shift('morning', '2026-11-20 12:00', 120, 5), tests.claim('volunteer2', 'morning'), tests.claim('volunteer3', 'morning');
select tests.value('volunteer3', 'select cancel_signup(tests.a(), tests.new(), tests.id(''volunteer3 on morning''))');
select tests.at('2026-11-20 10:30');
select tests.claim('leader', 'morning');
select is((select count(*)::int from public.notifications, lateral (select tests.value('leader', 'select my_unread(tests.a())')) x where person_id = tests.id('leader') and kind ~ '^shift_'), 0,
  'whoever signs up an hour before knows');
select tests.value('volunteer3', 'select my_unread(tests.a())'), tests.value('leader', 'select my_unread(tests.a())'), tests.value('volunteer2', 'select my_unread(tests.a())');
select is_empty($$ select 1 from public.notifications where person_id in (tests.id('volunteer3'), tests.id('leader')) and kind ~ '^shift_' $$);
select results_eq($$ select kind from public.notifications where person_id = tests.id('volunteer2') and kind ~ '^shift_' $$, array['shift_soon'], 'of two that are due, the nearer');

select * from finish();
