select plan(20);

create function pg_temp.register(p_who text, p_more jsonb default '{}', p_name text default 'past') returns text language sql as $$
  select tests.run(p_who, format('select register_past_service(tests.a(), tests.new(), %L, %L)', tests.id(p_name), jsonb_build_object('corps_id', tests.id('green'), 'title', '连夜清雪',
    'category', 'environment', 'starts_at', tests.shanghai('2026-11-15 05:00'), 'ends_at', tests.shanghai('2026-11-15 07:00')) || p_more))
$$;
create function pg_temp.shift() returns uuid language sql security definer as $$ select id from public.shifts where activity_id = tests.id('past') $$;
create function pg_temp.review(p_who text) returns text language sql as $$
  select tests.run(p_who, format('select review_backfill(tests.a(), tests.new(), %L, true)', tests.id('filed')))
$$;
select is(pg_temp.register('volunteer'), '403 not_allowed', 'not by whoever says to have served');
select is(pg_temp.register('other_leader'), '403 not_allowed', 'nor by the leader of another corps');
select is(pg_temp.register('leader', jsonb_build_object('ends_at', tests.shanghai('2026-11-16 09:00'), 'starts_at', tests.shanghai('2026-11-16 07:00'))), '422 shift_not_ended', 'only what is over');
select is(pg_temp.register('leader', jsonb_build_object('ends_at', tests.shanghai('2026-10-01 08:00'), 'starts_at', tests.shanghai('2026-10-01 07:00'))), '422 backfill_too_late');
select is(pg_temp.register('leader', '{"ends_at": "infinity"}'), '400 field_invalid');
select is(pg_temp.register('leader', jsonb_build_object('place_id', tests.new())), '404 place_unknown');
select is(pg_temp.register('leader'), 'ok');
select is(pg_temp.register('leader'), '409 id_reused');
select is(tests.run('volunteer2', format('select claim_shift(tests.a(), tests.new(), %L)', pg_temp.shift())) ~ '^4', true, 'nobody signs up for it');
select is((tests.value('anonymous', 'select community_calendar(tests.a(), ''2026-11-01'', ''2026-11-30'')') -> 'shifts')::text ~ '连夜清雪', false, 'no calendar shows it');
select ok((tests.value('volunteer', 'select my_backfills(tests.a())') -> 'shifts')::text ~ '连夜清雪', 'those who served may file for it');
select is(tests.run('volunteer', format('select backfill_service(tests.a(), %L, %L, %L, %L, ''合影里有我'')', tests.id('filed'), pg_temp.shift(), tests.shanghai('2026-11-15 05:00'), tests.shanghai('2026-11-15 06:30'))), 'ok');
select is(pg_temp.review('worker'), 'ok');
select is((select count(*)::int from service_records where shift_id = pg_temp.shift()), 0, 'one reviewer is not enough');
select is(pg_temp.review('worker'), '403 backfill_needs_another');
select is(pg_temp.review('leader'), 'ok');
select is((select format('%s %s', provenance, minutes) from service_records where shift_id = pg_temp.shift()), 'backfilled 90');
select is((select count(*)::int from point_entries where source_id in (select id from service_records where shift_id = pg_temp.shift())), 0, 'and no points');
select tests.run('leader', format('select save_summary(tests.a(), tests.new(), %L, ''雪清完了'', 3)', tests.id('past')));
select is(tests.run('leader', format('select settle_activity(tests.a(), tests.new(), %L)', tests.id('past'))), 'ok');
select is((select count(*)::int from point_entries where rule_code = 'V06'), 0, 'nor for who led it');

select * from finish();
