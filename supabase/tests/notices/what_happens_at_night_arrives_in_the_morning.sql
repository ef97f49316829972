select plan(7);

select tests.at('2026-11-17 22:00'), private.notify(tests.a(), tests.id('resident'), 'service_credited', '{}', '/');
select is(tests.value('resident', 'select my_unread(tests.a())')::int, 0);
select is(jsonb_array_length(tests.value('resident', 'select my_inbox(tests.a())') -> 'notices'), 0);
select is((tests.value('resident', 'select my_session()') #>> '{memberships,0,unread}')::int, 0);
select tests.value('resident', 'select mark_notifications_read(tests.a())');
select tests.at('2026-11-18 07:29');
select is(tests.value('resident', 'select my_unread(tests.a())')::int, 0);
select tests.at('2026-11-18 07:30');
select is(tests.value('resident', 'select my_unread(tests.a())')::int, 1, 'and was not read before it came');
select tests.at('2026-11-18 03:00'), private.notify(tests.a(), tests.id('neighbour'), 'service_credited', '{}', '/');
select is((select arrives_at from public.notifications where person_id = tests.id('neighbour')), tests.shanghai('2026-11-18 07:30'));
select tests.at('2026-11-18 21:29'), private.notify(tests.a(), tests.id('leader'), 'service_credited', '{}', '/');
select is((select arrives_at from public.notifications where person_id = tests.id('leader') and kind = 'service_credited'), tests.shanghai('2026-11-18 21:29'));

select * from finish();
