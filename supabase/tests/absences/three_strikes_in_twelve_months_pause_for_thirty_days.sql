select plan(9);

select tests.make_shift('m1', '2026-11-11 09:00'), tests.make_shift('m2', '2026-11-12 09:00'), tests.make_shift('m3', '2026-11-13 09:00');
insert into signups (community_id, id, shift_id, shift_role_id, person_id, status, queue_no, signed_up_at, signed_up_by)
  select tests.a(), tests.id('volunteer on ' || m), tests.id(m), tests.id('role of ' || m), tests.id('volunteer'), 'no_show', 1, private.now(), tests.id('volunteer')
  from unnest(array['m1', 'm2', 'm3']) m;
insert into strikes (community_id, id, person_id, signup_id, at, marked_by)
  select tests.a(), tests.id('strike ' || m), tests.id('volunteer'), tests.id('volunteer on ' || m), tests.shanghai(d), tests.id('leader')
  from (values ('m1', '2025-11-14 09:00'), ('m2', '2026-03-01 09:00'), ('m3', '2026-11-14 08:59:59')) v (m, d);
select is(tests.claim('volunteer', 'shift'), '422 paused_by_strikes');
select is((tests.params('volunteer', format('select claim_shift(tests.a(), tests.new(), %L)', tests.id('shift'))) ->> 'until_at')::timestamptz, tests.shanghai('2026-12-14 08:59:59'));
select is((select x ->> 'why_not' from jsonb_array_elements(tests.value('volunteer', 'select list_shifts(tests.a())') -> 'shifts') x where x ->> 'id' = tests.id('shift')::text), 'paused_by_strikes');
update strikes set status = 'appealed', appealed_at = private.now() where id = tests.id('strike m2');
select is(private.strikes_pause_until(tests.a(), tests.id('volunteer')), null, 'one under appeal does not count');
update strikes set status = 'upheld', answered_at = private.now() where id = tests.id('strike m2');
select isnt(private.strikes_pause_until(tests.a(), tests.id('volunteer')), null, 'an upheld one does');
update strikes set at = tests.shanghai('2026-11-14 09:00:01') where id = tests.id('strike m3');
select is(private.strikes_pause_until(tests.a(), tests.id('volunteer')), null, 'a year later the first is forgotten');
update strikes set at = tests.shanghai('2026-01-14 09:00') where id = tests.id('strike m1');
select is(tests.claim('volunteer', 'shift'), '422 paused_by_strikes');
select tests.make_shift('later', '2026-12-20 09:00'), tests.at('2026-12-14 09:00:00');
select is(tests.claim('volunteer', 'later'), '422 paused_by_strikes');
select tests.at('2026-12-14 09:00:01');
select is(tests.claim('volunteer', 'later'), 'ok', 'over by itself, without any job');

select * from finish();
