select plan(11);

select is(tests.value('resident', 'select my_notice_settings(tests.a())'), '{"quiet_from": "21:30", "quiet_to": "07:30", "muted": []}'::jsonb);
select is(tests.run('resident', 'select save_notice_settings(tests.a(), array[''hours''], ''13:00'', ''14:00'')'), 'ok');
select tests.at('2026-11-17 22:00');
select private.notify(tests.a(), tests.id('resident'), 'service_credited', '{}', '/'), private.notify(tests.a(), tests.id('resident'), 'strike_upheld', '{}', '/');
select is(tests.value('resident', 'select my_unread(tests.a())')::int, 1, 'switched off: there, but not counted; what touches rights always is');
select is(jsonb_array_length(tests.value('resident', 'select my_inbox(tests.a())') -> 'notices'), 2);
select tests.at('2026-11-18 13:10'), private.notify(tests.a(), tests.id('resident'), 'join_confirmed', '{}', '/');
select is((select arrives_at from public.notifications where person_id = tests.id('resident') and kind = 'join_confirmed'), tests.shanghai('2026-11-18 14:00'));
select tests.value('resident', 'select save_notice_settings(tests.a(), ''{}'', null, null)');
select is(tests.value('resident', 'select my_unread(tests.a())')::int, 2, 'without quiet hours nothing is held any longer');
select is(tests.run('resident', 'select save_notice_settings(tests.a(), array[''must''], null, null)'), '400 field_invalid', 'what touches rights has no switch');
select is(tests.run('resident', 'select save_notice_settings(tests.a(), ''{}'', ''25:00'', ''07:00'')'), '400 field_invalid');
select is(tests.run('resident', 'select save_notice_settings(tests.a(), ''{}'', ''22:00'', null)'), '400 field_invalid');
select is(tests.run('resident', 'select save_notice_settings(tests.a(), ''{}'', ''22:00'', ''22:00'')'), '400 field_invalid');
select is(tests.run('resident', 'select save_notice_settings(tests.b(), ''{}'', null, null)'), '403 not_a_member');

select * from finish();
