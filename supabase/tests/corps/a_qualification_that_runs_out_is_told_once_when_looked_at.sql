select plan(5);

create function pg_temp.told() returns int language sql security definer as $$ select count(*)::int from public.notifications where kind = 'qualification_expiring' $$;
create function pg_temp.look(p_at text) returns int language plpgsql as $$
begin
  perform tests.at(p_at), tests.value('volunteer', 'select my_session()');
  return pg_temp.told();
end $$;
select is(pg_temp.look('2026-11-30 23:59'), 0, '31 days before it is early');
select is(pg_temp.look('2026-12-01 00:01'), 1, '30 days before');
select is(pg_temp.look('2026-12-20 08:00'), 1, 'once');
update qualifications set reminded_at = null;
insert into qualifications (community_id, id, person_id, kind, valid_from, valid_to) values (tests.a(), tests.new(), tests.id('volunteer'), 'electrician', '2027-01-01', '2028-12-31');
select is(pg_temp.look('2026-12-21 08:00'), 1, 'not when the next one is there');
select is((select x ->> 'state' from jsonb_array_elements(tests.value('volunteer', 'select my_qualifications(tests.a())') -> 'qualifications') x where x ->> 'valid_to' = '2026-12-31'), 'expiring');

select * from finish();
