select plan(3);

select private.notify(tests.a(), tests.id('volunteer'), 'join_confirmed', '{}', '/');
select tests.value('resident', format('select mark_notifications_read(tests.a(), %L)', n.id)) from public.notifications n where n.person_id = tests.id('volunteer');
select is(tests.value('volunteer', 'select my_unread(tests.a())')::int, 2);
select tests.value('volunteer', format('select mark_notifications_read(tests.a(), %L)', n.id)) from (select id from public.notifications n where n.person_id = tests.id('volunteer') limit 1) n;
select is(tests.value('volunteer', 'select my_unread(tests.a())')::int, 1);
select tests.value('volunteer', 'select mark_notifications_read(tests.a())');
select is(tests.value('volunteer', 'select my_unread(tests.a())')::int, 0);

select * from finish();
