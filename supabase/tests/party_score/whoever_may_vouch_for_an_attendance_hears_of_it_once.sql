select plan(12);

insert into party_memberships (community_id, id, person_id, kind, party_org_id, valid_from) values
  (tests.a(), tests.id('branch member'), tests.id('branch'), 'managed', tests.id('party org'), '2000-07-01');
select tests.make_person(tests.a(), 'above', '蒋委员', 1970, 5, 'above');
select tests.make_person(tests.a(), 'deputy', '韩副书记', 1972, 5, 'deputy');
insert into party_orgs (community_id, id, kind, name) values (tests.a(), tests.id('committee'), 'committee', '甲社区党委');
update party_orgs set parent_id = tests.id('committee') where community_id = tests.a() and id = tests.id('party org');
select tests.make_role(tests.a(), 'above', 'branch_secretary', 'party_org', 'committee');
select tests.make_role(tests.a(), 'deputy', 'deputy_branch_secretary', 'party_org', 'party org');

create function pg_temp.record(p_meeting text, p_status text default 'present') returns text language sql as $$
  select tests.run('branch', format('select record_party_meeting(tests.a(), tests.new(), %L, %L)', tests.id(p_meeting), jsonb_build_object('party_org_id', tests.id('party org'), 'kind', 'theme_day',
    'title', '清洁家园', 'held_on', '2026-11-05', 'attendance', jsonb_build_array(jsonb_build_object('person_id', tests.id('party'), 'status', 'present'),
      jsonb_build_object('person_id', tests.id('branch'), 'status', p_status)))))
$$;
create function pg_temp.told(p_who text) returns bigint language sql as $$
  select count(*) from notifications n where n.community_id = tests.a() and n.person_id = tests.id(p_who) and n.kind = 'attendance_waits' and n.read_at is null
$$;

select is(pg_temp.record('first', 'absent'), 'ok');
select is(pg_temp.told('above') + pg_temp.told('deputy'), 0::bigint, 'nothing waits for anybody');
select is(pg_temp.record('first'), 'ok');
select is(pg_temp.record('second'), 'ok');
select is(pg_temp.told('above'), 1::bigint, 'one notice for two meetings');
select is(pg_temp.told('deputy'), 1::bigint);
select is(pg_temp.told('branch') + pg_temp.told('party'), 0::bigint, 'not who was there, not a member');
select is(tests.run('above', format('select vouch_attendance(tests.a(), tests.new(), array[%L]::uuid[])', tests.id('first'))), 'ok');
select is(pg_temp.told('deputy'), 1::bigint, 'one still waits');
select is(tests.run('above', format('select vouch_attendance(tests.a(), tests.new(), array[%L]::uuid[])', tests.id('second'))), 'ok');
select is(pg_temp.told('deputy') + pg_temp.told('above'), 0::bigint, 'what nobody has to look at any more is read');
select pg_temp.record('third');
select is(pg_temp.told('deputy'), 1::bigint, 'the next one is told again');

select * from finish();
