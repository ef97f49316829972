select plan(3);

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

select * from finish();
