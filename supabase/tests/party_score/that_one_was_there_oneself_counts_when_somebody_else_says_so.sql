select plan(15);

insert into party_memberships (community_id, id, person_id, kind, party_org_id, valid_from) values
  (tests.a(), tests.id('branch member'), tests.id('branch'), 'managed', tests.id('party org'), '2000-07-01');
select tests.make_person(tests.a(), 'above', '蒋委员', 1970, 5, 'above');
insert into party_orgs (community_id, id, kind, name) values (tests.a(), tests.id('committee'), 'committee', '甲社区党委');
update party_orgs set parent_id = tests.id('committee') where community_id = tests.a() and id = tests.id('party org');
select tests.make_role(tests.a(), 'above', 'branch_secretary', 'party_org', 'committee');

create function pg_temp.record(p_who text, p_study int default 60, p_status text default 'present') returns text language sql as $$
  select tests.run(p_who, format('select record_party_meeting(tests.a(), tests.new(), %L, %L)', tests.id('meeting'), jsonb_build_object('party_org_id', tests.id('party org'), 'kind', 'theme_day',
    'title', '清洁家园', 'held_on', '2026-11-05', 'study_minutes', p_study, 'attendance', jsonb_build_array(jsonb_build_object('person_id', tests.id('party'), 'status', 'present'),
      jsonb_build_object('person_id', tests.id('branch'), 'status', p_status)))))
$$;
create function pg_temp.units(p_person text) returns text language sql as $$
  select string_agg(f.rule_code || ' ' || f.units, ', ' order by f.rule_code) from private.party_facts(tests.a(), 2026, array[tests.id(p_person)]) f where f.source_id = tests.id('meeting')
$$;
create function pg_temp.confirm(p_who text) returns text language sql as $$
  select tests.run(p_who, format('select vouch_attendance(tests.a(), tests.new(), array[%L]::uuid[])', tests.id('meeting')))
$$;

select is(pg_temp.record('branch'), 'ok');
select is(pg_temp.units('party'), 'study 60, theme_day 1', 'the others count: the recorder vouches for them');
select is(pg_temp.units('branch'), null, 'the own presence counts for nothing yet');
select is(tests.value('branch', 'select my_party_life(tests.a())') #>> '{meetings,0,is_waiting}', 'true');
select is(pg_temp.confirm('branch'), '403 own_party_record');
select is(pg_temp.confirm('party'), '404 meeting_unknown', 'not by a member without a part in it');
select is(pg_temp.confirm('above'), 'ok');
select is(pg_temp.units('branch'), 'study 60, theme_day 1', 'now it counts');
select is(pg_temp.confirm('above'), '409 attendance_already_confirmed');
select pg_temp.record('branch');
select is(pg_temp.units('branch'), 'study 60, theme_day 1', 'a correction of something else keeps the word');
select pg_temp.record('branch', 480);
select is(pg_temp.units('branch'), null, 'more minutes than were vouched for have to be vouched for again');
select is(pg_temp.record('above', 480), 'ok');
select is(pg_temp.units('branch'), 'study 480, theme_day 1', 'somebody else wrote it down');
select pg_temp.record('branch', 480, 'absent');
select is(pg_temp.units('branch'), 'absence 1', 'what one says against oneself counts at once');
select throws_ok($$ update party_attendances set vouched_by = person_id where community_id = tests.a() and person_id = tests.id('branch') $$, '23514', null, 'nor by hand');

select * from finish();
