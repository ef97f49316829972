select plan(7);

create function pg_temp.open(p_year int, p_month int) returns text language sql as $$
  select tests.run('unopened', format('select open_account(tests.new(), %L, %L, %L)', p_year, p_month, '2026-11'))
$$;
select is(pg_temp.open(2012, 11), '422 under_fourteen', 'fourteen this month: not surely yet');
select is(pg_temp.open(2013, 1), '422 under_fourteen');
select is(pg_temp.open(null, 1), '400 birth_invalid');
select is(pg_temp.open(2030, 1), '400 birth_invalid');
select is(pg_temp.open(1990, 13), '400 birth_invalid');
select is(pg_temp.open(2147483647, 1), '400 birth_invalid');
select is(pg_temp.open(2012, 10), 'ok');

select * from finish();
