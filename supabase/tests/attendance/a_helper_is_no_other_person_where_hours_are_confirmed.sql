select plan(9);

-- A leader who helps an elder: that elder's hours and points are as good as the leader's own.
select tests.make_helper(tests.a(), 'elder', 'leader'), tests.make_helper(tests.a(), 'elder', 'worker');
select tests.run('leader', format('select claim_shift(tests.a(), %L, %L, null, %L)', tests.id('elder on shift'), tests.id('shift'), tests.id('elder')));
select tests.at('2026-11-20 09:00');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, null, %L)', tests.id('shift'), tests.id('elder on shift'))), '403 own_attendance');
select is(tests.run('secretary', format('select check_in(tests.a(), tests.new(), %L, null, %L)', tests.id('shift'), tests.id('elder on shift'))), 'ok');
select tests.at('2026-11-20 11:10');
select is(tests.run('leader', format('select settle_check_out(tests.a(), tests.new(), %L, %L)', tests.id('elder on shift'), private.now())), '403 own_attendance');
select is(tests.run('secretary', format('select settle_check_out(tests.a(), tests.new(), %L, %L)', tests.id('elder on shift'), private.now())), 'ok');
select is(tests.value('leader', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id('shift'))) #>> '{skipped,0,reason}', 'own_attendance');
select is(tests.minutes('elder'), 0);
select is(jsonb_array_length(tests.value('secretary', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id('shift'))) -> 'credited'), 1, 'somebody else confirms');
select is(tests.run('worker', format('select propose_manual_adjustment(tests.a(), tests.new(), %L, 100, ''辛苦了'')', tests.id('elder'))), '403 own_points');
select is(tests.run('leader', format('select undo_attendance(tests.a(), tests.new(), %L, ''看错了'')', tests.id('elder on shift'))), '403 own_attendance');

select * from finish();
