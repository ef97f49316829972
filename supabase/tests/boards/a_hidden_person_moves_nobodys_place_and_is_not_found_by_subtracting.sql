select plan(6);
\ir _crowd.sql
select is(tests.placed('p10'), '9:30 above 50 below -', 'p9 is hidden, so is nobody between p8 and p10');
select is(tests.placed('p9'), '9:40 above 50 below -');
select is(tests.placed('p8'), '8:50 above 60 below -');
-- Everybody agrees: still five stay off the list, so that the sum of the corps less the list is nobody's own.
insert into public.consents (community_id, id, person_id, purpose, version, granted_at, given_via)
  select tests.a(), tests.id('boards p' || n), tests.id('p' || n), 'boards', '1', private.now(), 'self' from generate_series(9, 11) n;
select is(array_length(string_to_array(tests.listed('anonymous'), ' '), 1), 8, 'twelve of the crowd and the volunteer of the world contributed, less five');
update public.communities set settings = '{"board_min_people": 11}' where id = tests.a();
select is(tests.listed('anonymous'), '', 'two are no list');
update public.communities set settings = '{"board_min_people": 1}' where id = tests.a();
select is(array_length(string_to_array(tests.listed('anonymous'), ' '), 1), 10, 'and three is the least');
select * from finish();
