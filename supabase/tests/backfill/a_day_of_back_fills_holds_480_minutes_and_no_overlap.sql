select plan(5);

create function pg_temp.fill(p_shift text, p_from text, p_to text) returns text language plpgsql as $$
declare v_id uuid := tests.new(); v text;
begin
  v := tests.run('volunteer2', format('select backfill_service(tests.a(), %L, %L, %L, %L, ''合影'')', v_id, tests.id(p_shift), tests.shanghai(p_from), tests.shanghai(p_to)));
  if v <> 'ok' then return v; end if;
  v := tests.run('leader', format('select review_backfill(tests.a(), tests.new(), %L, true)', v_id));
  if v <> 'ok' then return v; end if;
  return tests.run('worker', format('select review_backfill(tests.a(), tests.new(), %L, true)', v_id));
end $$;
select tests.make_shift('long', '2026-11-12 06:00', 480, 5), tests.make_shift('evening', '2026-11-12 15:00', 120, 5), tests.make_shift('same', '2026-11-12 07:00', 120, 5);
select is(pg_temp.fill('long', '2026-11-12 06:00', '2026-11-12 13:00'), 'ok');
select is(pg_temp.fill('same', '2026-11-12 07:00', '2026-11-12 08:00'), '409 backfill_overlaps');
select is(pg_temp.fill('evening', '2026-11-12 15:00', '2026-11-12 16:30'), '422 backfill_day_is_full');
select is(pg_temp.fill('evening', '2026-11-12 15:00', '2026-11-12 16:00'), 'ok');
select is(tests.minutes('volunteer2'), 480);

select * from finish();
