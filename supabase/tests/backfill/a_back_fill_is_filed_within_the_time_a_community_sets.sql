select plan(5);

create function pg_temp.file() returns text language sql as $$
  select tests.run('volunteer2', format('select backfill_service(tests.a(), tests.new(), %L, ''2026-11-10 09:00+08'', ''2026-11-10 10:00+08'', ''合影'')', tests.id('past')))
$$;
select tests.at('2026-12-10 11:01');
select is(pg_temp.file(), '422 backfill_too_late');
update communities set settings = '{"backfill_days": 40}' where id = tests.a();
select is(pg_temp.file(), 'ok');
select is(tests.run('volunteer2', format('select backfill_service(tests.a(), tests.new(), %L, ''2026-12-20 09:00+08'', ''2026-12-20 10:00+08'', ''x'')', tests.id('draft shift'))), '404 shift_unknown');
select tests.make_shift('tomorrow', '2026-12-11 09:00');
select is(tests.run('volunteer2', format('select backfill_service(tests.a(), tests.new(), %L, ''2026-12-11 09:00+08'', ''2026-12-11 10:00+08'', ''x'')', tests.id('tomorrow'))), '422 shift_not_ended');
update activities set is_volunteer_service = false where id = tests.id('repair');
select tests.at('2026-11-21 09:00');
select is(tests.run('volunteer2', format('select backfill_service(tests.a(), tests.new(), %L, ''2026-11-20 10:00+08'', ''2026-11-20 11:00+08'', ''x'')', tests.id('repair shift'))), '422 not_volunteer_service');

select * from finish();
