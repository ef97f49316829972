\ir _series.sql
select plan(14);

create function pg_temp.fix(variadic p_who text[]) returns text language sql as $$
  select tests.run('leader', format('select set_series_people(tests.a(), tests.new(), %L, %L)', tests.id('series'),
    (select coalesce(jsonb_agg(jsonb_build_object('person_id', tests.id(w))), '[]') from unnest(p_who) w)))
$$;
select pg_temp.series();
select is(pg_temp.fix('volunteer2'), '404 corps_member_unknown', 'a member of another corps is nobody''s fixed person here');
insert into corps_members (community_id, id, corps_id, person_id, joined_on) select tests.a(), tests.new(), tests.id('green'), tests.id(w), '2026-02-01' from unnest(array['volunteer2', 'volunteer3']) w;
select is(pg_temp.fix('volunteer', 'volunteer2', 'volunteer3'), '422 series_too_many_people', 'there are two places');
select is(pg_temp.fix('volunteer', 'volunteer2'), 'ok');
select is((select count(*)::int from signups g where g.shift_id = pg_temp.shift('2026-12-02')), 0, 'not before it is published');
select tests.make_shift('clash', '2026-11-25 20:00'), tests.claim('volunteer2', 'clash');
select is(pg_temp.publish(), 'ok');
select is(pg_temp.status('volunteer', '2026-12-02') || pg_temp.status('volunteer2', '2026-12-02'), 'confirmedconfirmed');
select is(pg_temp.status('volunteer2', '2026-11-25'), null, 'nobody is in two places at once');
select is((select params ->> 'times' from notifications where kind = 'series_fixed' and person_id = tests.id('volunteer') order by created_at desc, params ->> 'times' desc limit 1), '5', 'told once, with the number of times');
select is(tests.run('volunteer', format('select cancel_signup(tests.a(), tests.new(), %L)', (select id from signups where person_id = tests.id('volunteer') and shift_id = pg_temp.shift('2026-12-02')))), 'ok');
select is(pg_temp.fix('volunteer2'), 'ok');
select is(pg_temp.status('volunteer', '2026-12-09'), 'confirmed', 'who is no longer named keeps the places held');
select is(pg_temp.fix('volunteer2', 'volunteer'), 'ok');
select is(pg_temp.status('volunteer', '2026-12-02'), 'cancelled', 'what was given back is not taken again');
select tests.run('volunteer', format('select leave_series(tests.a(), tests.new(), %L)', tests.id('series')));
select is(pg_temp.status('volunteer', '2026-12-09'), 'cancelled', 'who leaves the series gives the times to come back');

select * from finish();
