select plan(3);

select tests.make_shift('one', '2026-11-20 09:00', 120, 2);
select tests.claim('volunteer', 'one');
update public.communities set settings = jsonb_set(settings, '{modules}', coalesce(settings -> 'modules', '{}') || '{"scan_checkin": false}') where id = tests.a();
select is(tests.scan('check_in', 'volunteer', 'one', '2026-11-20 08:55'), '422 scan_switched_off');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, null, %L)', tests.id('one'), tests.id('volunteer on one'))), 'ok', 'by hand it goes');
select is((select checked_in_via from public.attendances where id = tests.id('volunteer on one')), 'leader');

select * from finish();
