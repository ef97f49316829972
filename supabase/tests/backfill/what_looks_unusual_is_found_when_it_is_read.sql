select plan(10);

create function pg_temp.kinds() returns text[] language sql as $$
  select coalesce(array_agg(f ->> 'kind' order by f ->> 'kind'), '{}') from jsonb_array_elements(tests.value('secretary', 'select spot_check_desk(tests.a())') -> 'flags') f
$$;
select is(pg_temp.kinds(), '{}'::text[], 'a quiet community');
select is(tests.run('leader', 'select spot_check_desk(tests.a())'), '403 not_allowed');
-- At two places: scanned in at the one while not out of the other.
select tests.make_shift('here', '2026-11-17 09:00', 240, 9), tests.make_shift('there', '2026-11-17 09:00', 240, 9, 'repair');
select tests.make_served(tests.a(), 'volunteer2', 'here', 'cleanup', 'leader', 200);
insert into signups (community_id, id, shift_id, shift_role_id, person_id, status, queue_no, signed_up_at, signed_up_by)
  select tests.a(), tests.id('volunteer2 there'), r.shift_id, r.id, tests.id('volunteer2'), 'attended', 1, private.now(), tests.id('volunteer2') from shift_roles r where r.shift_id = tests.id('there');
insert into attendances (community_id, id, shift_id, person_id, status, checked_in_at, checked_in_via, checked_in_by, checked_out_at, checked_out_via, checked_out_by, minutes)
  values (tests.a(), tests.id('volunteer2 there'), tests.id('there'), tests.id('volunteer2'), 'checked_out', tests.shanghai('2026-11-17 11:00'), 'code', tests.id('other_leader'),
    tests.shanghai('2026-11-17 13:00'), 'code', tests.id('other_leader'), 120);
select is(pg_temp.kinds(), array['two_places']);
-- Too much for a day.
update attendances set minutes = 400 where id = tests.id('volunteer2 there');
select is(pg_temp.kinds(), array['over_day', 'two_places']);
-- A clock that ran ahead.
update attendances set ahead_seconds = 90, in_received_at = checked_in_at where id = tests.id('volunteer2 there');
select is(pg_temp.kinds(), array['clock_skew', 'over_day', 'two_places']);
-- Everybody by hand.
select tests.make_shift('hand', '2026-11-16 09:00', 60, 9);
select tests.make_served(tests.a(), x, 'hand', 'cleanup', 'worker', 60) from unnest(array['volunteer', 'volunteer2', 'volunteer3', 'leader', 'other_leader']) x;
update attendances set checked_in_via = 'leader' where shift_id = tests.id('hand');
select is(pg_temp.kinds(), array['by_hand', 'clock_skew', 'over_day', 'two_places']);
-- Somebody of the office has looked.
select is(tests.run('worker', format('select review_spot_check(tests.a(), tests.new(), %L, ''x'')',
  (select id from private.spot_flags(tests.a(), private.now() - interval '60 days') where kind = 'by_hand'))), '403 own_request', 'whose scans they are does not judge them');
select is(tests.run('secretary', format('select review_spot_check(tests.a(), tests.new(), %L, ''老人没带手机'')',
  (select id from private.spot_flags(tests.a(), private.now() - interval '60 days') where kind = 'by_hand'))), 'ok');
select is(pg_temp.kinds(), array['clock_skew', 'over_day', 'two_places'], 'one looked at stays looked at');
select is((select verdict from spot_checks), 'fine');

select * from finish();
