select plan(9);

create function pg_temp.served(p_name text, p_day date, p_provenance text default 'scanned') returns void language plpgsql as $$
begin
  insert into service_records (community_id, id, person_id, activity_id, shift_id, signup_id, service_date, starts_at, ends_at, minutes, provenance, confirmed_by, confirmed_at)
    select tests.a(), tests.id(p_name), tests.id('volunteer'), r.activity_id, r.shift_id, r.signup_id, p_day, p_day + time '08:00', p_day + time '10:00', 60, p_provenance, tests.id('leader'), p_day + time '12:00'
    from service_records r where r.id = tests.id('record volunteer on past');
  perform private.post_service_points(tests.a(), tests.new(), tests.id('volunteer'), tests.id(p_name), p_day, 60, 0, tests.id('leader'));
end $$;
create function pg_temp.bonuses() returns text language sql as $$
  select coalesce(string_agg(x.rule_code || ':' || x.total, ' ' order by x.rule_code), '') from (
    select rule_code, sum(amount) as total from point_entries where person_id = tests.id('volunteer') and rule_code in ('V04', 'V05', 'V13') group by 1 having sum(amount) <> 0) x $$;
create function pg_temp.back(p_name text) returns text language sql as $$
  select tests.run('leader', format('select reverse_service_record(tests.a(), tests.new(), %L, ''记错'')', tests.id(p_name))) $$;
select tests.at('2026-12-20 09:00');
select pg_temp.served('m1', '2026-03-01'), pg_temp.served('m2', '2026-03-28'), pg_temp.served('m2b', '2026-03-28');
select is(pg_temp.bonuses(), 'V04:5 V05:20', 'the third in March, and the 28th once');
select is(pg_temp.back('m2'), 'ok');
select is(pg_temp.bonuses(), 'V04:5', 'two are left in March; the 28th still stands by the other');
select pg_temp.served('m3', '2026-03-30', 'backfilled');
select is(pg_temp.bonuses(), 'V04:5', 'back-filled hours bring nothing');
select pg_temp.served('m4', '2026-03-31');
select is(pg_temp.bonuses(), 'V04:5 V05:20', 'the next third brings it again');
select pg_temp.served('y' || n, make_date(2026, n, 2)) from unnest(array[1, 2, 4, 5, 6, 7, 8, 9, 10, 12]) n;
select is(pg_temp.bonuses(), 'V04:5 V05:20 V13:50', 'every month of the year');
select is(pg_temp.back('y7'), 'ok');
select is(pg_temp.bonuses(), 'V04:5 V05:20', 'a month that was none takes the fifty back');
select is_empty($$ select private.accounts_off(tests.a()) $$);

select * from finish();
