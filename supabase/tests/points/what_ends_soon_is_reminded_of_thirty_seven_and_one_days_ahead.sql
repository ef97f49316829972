select plan(5);

create function pg_temp.look(p_at text) returns bigint language sql as $$
  select tests.at(p_at);
  select tests.value('volunteer', 'select my_inbox(tests.a())');
  select count(*) from notifications where kind = 'points_expiring' and person_id = tests.id('volunteer') $$;
select is(pg_temp.look('2027-03-01 08:00'), 0::bigint);
select is(pg_temp.look('2027-03-03 08:00') + pg_temp.look('2027-03-10 08:00'), 2::bigint, 'thirty days ahead, once');
select is(pg_temp.look('2027-03-26 08:00'), 2::bigint, 'seven');
select is(pg_temp.look('2027-03-31 08:00') + pg_temp.look('2027-04-01 08:00'), 6::bigint, 'one, and no more after');

select tests.at('2027-11-20 08:00'), tests.give_points('elder', 40), tests.at('2028-03-03 08:00'), tests.value('volunteer', 'select my_unread(tests.a())');
select is((select params - 'ends_at' from notifications where kind = 'points_expiring' and person_id = tests.id('volunteer') and params ? 'name'), '{"points": 40, "name": "候*奶"}',
  'and of those of an elder without an account one helps');

select * from finish();
