select plan(4);

create function pg_temp.look(p_at text) returns bigint language sql as $$
  select tests.at(p_at);
  select tests.value('volunteer', 'select my_points(tests.a())');
  select count(*) from notifications where kind = 'points_expiring' and person_id = tests.id('volunteer') $$;
select is(pg_temp.look('2027-03-01 08:00'), 0::bigint);
select is(pg_temp.look('2027-03-03 08:00') + pg_temp.look('2027-03-10 08:00'), 2::bigint, 'thirty days ahead, once');
select is(pg_temp.look('2027-03-26 08:00'), 2::bigint, 'seven');
select is(pg_temp.look('2027-03-31 08:00') + pg_temp.look('2027-04-01 08:00'), 6::bigint, 'one, and no more after');

select * from finish();
