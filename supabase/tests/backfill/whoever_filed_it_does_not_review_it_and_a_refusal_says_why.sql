select plan(8);

select is(tests.run('leader', format('select backfill_service(tests.a(), %L, %L, ''2026-11-10 09:00+08'', ''2026-11-10 10:00+08'', ''合影'', %L)', tests.id('b'), tests.id('past'), tests.id('volunteer2'))), 'ok');
select is(tests.run('volunteer3', format('select backfill_service(tests.a(), tests.new(), %L, ''2026-11-10 09:00+08'', ''2026-11-10 10:00+08'', ''合影'', %L)', tests.id('past'), tests.id('volunteer2'))), '403 not_allowed');
select is(tests.run('leader', format('select review_backfill(tests.a(), tests.new(), %L, true)', tests.id('b'))), '403 own_request');
select is(tests.run('worker', format('select review_backfill(tests.a(), tests.new(), %L, false)', tests.id('b'))), '400 field_required');
select is(tests.run('worker', format('select review_backfill(tests.a(), tests.new(), %L, false, ''照片里没有这位'')', tests.id('b'))), 'ok');
select is((select status || ' ' || reason from backfills where id = tests.id('b')), 'refused 照片里没有这位');
select is((select params ->> 'reason' from notifications where person_id = tests.id('volunteer2') and kind = 'backfill_refused'), '照片里没有这位');
select is(tests.minutes('volunteer2'), 0);

select * from finish();
