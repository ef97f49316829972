select plan(14);

create function pg_temp.review(p_who text, p_pass boolean default true) returns text language sql as $$
  select tests.run(p_who, format('select review_backfill(tests.a(), tests.new(), %L, %L, ''看过照片'')', tests.id('backfill'), p_pass))
$$;
create function pg_temp.file(p_who text, p_from text, p_to text, p_id uuid default tests.new()) returns text language sql as $$
  select tests.run(p_who, format('select backfill_service(tests.a(), %L, %L, %L, %L, ''合影在群里'')', p_id, tests.id('past'), tests.shanghai(p_from), tests.shanghai(p_to)))
$$;
select is(pg_temp.file('volunteer2', '2026-11-10 08:00', '2026-11-10 10:00'), '422 outside_the_shift');
select is(pg_temp.file('volunteer', '2026-11-10 09:00', '2026-11-10 10:00'), '409 backfill_overlaps', 'who was scanned needs none');
select is(pg_temp.file('resident', '2026-11-10 09:00', '2026-11-10 10:00'), '422 not_a_volunteer');
select is(pg_temp.file('volunteer2', '2026-11-10 09:00', '2026-11-10 10:40', tests.id('backfill')), 'ok');
select is(pg_temp.file('volunteer2', '2026-11-10 09:00', '2026-11-10 10:00'), '409 backfill_waits');
select is(pg_temp.review('volunteer2'), '404 backfill_unknown', 'the beneficiary reviews nothing');
select is(pg_temp.review('other_leader'), '404 backfill_unknown');
select is(pg_temp.review('leader'), 'ok');
select is(pg_temp.review('leader'), '403 backfill_needs_another');
select is(tests.minutes('volunteer2'), 0, 'one is not enough');
select is(pg_temp.review('worker'), 'ok');
select is(tests.minutes('volunteer2') || ' ' || tests.balance('volunteer2'), '100 0');
select is((select provenance || ' ' || (signup_id is null) from service_records where person_id = tests.id('volunteer2')), 'backfilled true');
select is(pg_temp.review('secretary'), '409 backfill_closed');

select * from finish();
