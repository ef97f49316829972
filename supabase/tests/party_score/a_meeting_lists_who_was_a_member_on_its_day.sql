select plan(11);

-- 邓 moved away on 1 November, 方 came on 10 November.
select tests.make_person(tests.a(), 'gone', '邓同志', 1990, 5, 'gone'), tests.make_person(tests.a(), 'new', '方同志', 1990, 5, 'new');
insert into party_memberships (community_id, id, person_id, kind, party_org_id, valid_from, valid_to, end_reason) values
  (tests.a(), tests.id('gone member'), tests.id('gone'), 'managed', tests.id('party org'), '2010-08-10', '2026-10-31', 'transferred'),
  (tests.a(), tests.id('new member'), tests.id('new'), 'managed', tests.id('party org'), '2026-11-10', null, null);
create function pg_temp.record(p_day date, p_status jsonb, p_name text default 'october') returns text language sql as $$
  select tests.run('branch', format('select record_party_meeting(tests.a(), tests.new(), %L, %L)', tests.id(p_name), jsonb_build_object('party_org_id', tests.id('party org'), 'kind', 'theme_day',
    'title', '清洁家园', 'held_on', p_day, 'attendance', (select jsonb_agg(jsonb_build_object('person_id', tests.id(key), 'status', value)) from jsonb_each_text(p_status)))))
$$;
create function pg_temp.noted(p_name text default 'october') returns text language sql as $$
  select string_agg(pp.real_name || ' ' || a.status, ', ' order by pp.real_name) from party_attendances a join person_private pp on pp.person_id = a.person_id where a.meeting_id = tests.id(p_name)
$$;

select is(pg_temp.record('2026-10-15', '{"party": "present", "gone": "present"}'), 'ok', 'who has moved away was a member then');
select is(pg_temp.record('2026-10-15', '{"new": "present"}', 'other'), '422 not_of_this_branch', 'who came later was not');
select is(pg_temp.record('2026-11-15', '{"gone": "present"}', 'other'), '422 not_of_this_branch');
select is(pg_temp.record('2026-11-15', '{"new": "present"}', 'november'), 'ok');
select is(tests.value('branch', format('select branch_desk(tests.a(), %L)', tests.id('party org'))) #>> '{former,0,name}', '邓同志', 'the form offers them');

select is(pg_temp.record('2026-10-15', '{"party": "absent"}'), 'ok');
select is(pg_temp.noted(), '吴党员 absent, 邓同志 present', 'whoever a correction does not name stays as noted');
select is(pg_temp.record('2026-10-15', '{"party": "present", "gone": "off"}'), 'ok');
select is(pg_temp.noted(), '吴党员 present', 'off takes them from the list');
-- A move dated back does not take the word of the day away.
select pg_temp.record('2026-10-15', '{"gone": "present"}');
update party_memberships set valid_to = '2026-09-30' where id = tests.id('gone member');
select is(pg_temp.record('2026-10-15', '{"party": "present"}'), 'ok');
select is(pg_temp.noted(), '吴党员 present, 邓同志 present');

select * from finish();
