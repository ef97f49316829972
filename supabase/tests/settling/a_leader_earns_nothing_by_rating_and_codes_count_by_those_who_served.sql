select plan(5);

create function pg_temp.rate() returns text language sql as $$
  select tests.run('anonymous', format('select rate_service(tests.new(), %L, 5)',
    tests.value('leader', format('select open_feedback(tests.a(), tests.new(), %L, ''served'')', tests.id('past'))) ->> 'code'))
$$;
select tests.make_served(tests.a(), 'leader', 'past', 'cleanup', 'worker'), tests.make_served(tests.a(), 'volunteer2', 'past', 'cleanup', 'worker');
select pg_temp.rate();
select is(array[tests.balance('volunteer'), tests.balance('volunteer2')], array[22, 22], 'the team earns');
select is(tests.balance('leader'), 20, 'but not who leads it and made the code');
-- One after the other: the first three count.
select tests.at('2026-11-16 08:0' || n), pg_temp.rate() from generate_series(1, 5) n;
select is(array[tests.balance('volunteer'), tests.balance('volunteer2'), tests.balance('leader')], array[26, 26, 20], 'three served, three codes count');

-- A code of the office's own: who leads the shift still earns nothing by it.
select tests.make_shift('walk', '2026-11-15 18:00', 60, 5);
select tests.make_served(tests.a(), n, 'walk', 'cleanup', 'worker', 60) from unnest(array['leader', 'volunteer2']) n;
create table pg_temp.before as select n, tests.balance(n) as b from unnest(array['leader', 'volunteer2']) n;
select is(tests.run('anonymous', format('select rate_service(tests.new(), %L, 5)', tests.value('worker', format('select open_feedback(tests.a(), tests.new(), %L, ''served'')', tests.id('walk'))) ->> 'code')), 'ok');
select is((select string_agg(n || ' +' || tests.balance(n) - b, ', ' order by n) from pg_temp.before), 'leader +0, volunteer2 +2');

select * from finish();
