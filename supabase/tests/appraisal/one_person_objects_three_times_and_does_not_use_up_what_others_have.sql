select plan(4);
\ir _cycle.sql
select tests.published('pioneer');
select is((select string_agg(tests.object('pioneer', 'n' || i, 'volunteer', 'neighbour'), ' ' order by i) from generate_series(1, 4) i), 'ok ok ok 422 too_many_objections');
select is((select count(*)::int from generate_series(1, 21) i where tests.object('pioneer', 'a' || i, 'volunteer') = 'ok'), 20, 'twenty an hour without an account');
select is(tests.object('pioneer', 'r1', null, 'resident'), 'ok', 'which is nothing to somebody with one');
select tests.at('2026-11-16 10:00');
select is(tests.object('pioneer', 'later', null), 'ok');

select * from finish();
