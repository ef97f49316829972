select plan(9);
select tests.make_shift('spring', '2026-03-28 09:00', 120, 5), tests.make_shift('autumn', '2026-10-28 09:00', 60, 5, 'repair');
select tests.make_served(tests.a(), 'volunteer', 'spring', 'cleanup', 'leader', 120), tests.make_served(tests.a(), 'volunteer', 'autumn', 'repair', 'other_leader', 60);
create function tests.mine(p_who text, p_key text) returns text language sql as $$
  select tests.value(p_who, 'select my_year(tests.a())') ->> p_key
$$;
select is(tests.mine('volunteer', 'minutes') || '/' || tests.mine('volunteer', 'times'), '300/3', 'with the two hours of the world');
select is(tests.value('volunteer', 'select my_year(tests.a())') -> 'months', '[{"month": 3, "minutes": 120}, {"month": 10, "minutes": 60}, {"month": 11, "minutes": 120}]');
select is(tests.value('volunteer', 'select my_year(tests.a())') -> 'colors', '[{"color": "green_eco", "minutes": 240}, {"color": "blue_repair", "minutes": 60}]');
select is(tests.mine('volunteer', 'service_days'), '2', 'twice on the 28th');
select is(tests.mine('resident', 'wishes') || '/' || tests.mine('resident', 'helped'), '1/1', 'the realised claim of the world');
insert into public.duty_logs (community_id, id, person_id, kind, happened_at, month, minutes, helped_count, status, submitted_at, verified_at, verified_by)
  select tests.a(), tests.id('duty ' || s), tests.id('party'), 'publicity', '2026-11-10 10:00+08', '2026-11-01', 60, 3, s, private.now(), private.now(), tests.id('branch')
  from unnest(array['verified', 'submitted']) s;
select is(tests.mine('party', 'duties') || '/' || tests.mine('party', 'helped'), '1/3', 'what nobody verified does not count');
select is(tests.run('secretary', format('select reverse_service_record(tests.a(), tests.new(), %L, ''记错了人'')', tests.id('record volunteer on autumn'))), 'ok');
select is(tests.mine('volunteer', 'minutes') || '/' || tests.mine('volunteer', 'times') || '/' || tests.mine('volunteer', 'service_days'), '240/2/1', 'what was taken back is gone');
select is(tests.value('volunteer', 'select my_year(tests.a(), 2025)') ->> 'minutes', '0');
select * from finish();
