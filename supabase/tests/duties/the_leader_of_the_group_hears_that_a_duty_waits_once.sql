select plan(10);

select tests.make_person(tests.a(), 'leading', '唐组长', 1970, 5, 'leading');
insert into party_orgs (community_id, id, kind, name, parent_id) values (tests.a(), tests.id('group'), 'group', '唐组长的小组', tests.id('party org'));
update party_memberships set group_id = tests.id('group') where community_id = tests.a() and person_id = tests.id('party');
select tests.make_role(tests.a(), 'leading', 'party_group_leader', 'party_org', 'group');

create function pg_temp.log(p_log text) returns text language sql as $$
  select tests.run('party', format('select log_duty(tests.a(), %L, %L, %L, 30)', tests.id(p_log), 'publicity_round', private.now() - interval '1 hour'))
$$;
create function pg_temp.told(p_who text) returns bigint language sql as $$
  select count(*) from notifications n where n.community_id = tests.a() and n.person_id = tests.id(p_who) and n.kind = 'duty_waits' and n.read_at is null
$$;

select is(pg_temp.log('one'), 'ok');
select is(pg_temp.log('two'), 'ok');
select is(pg_temp.told('leading'), 1::bigint, 'one notice for two duties');
select is(pg_temp.told('branch') + pg_temp.told('party'), 0::bigint, 'the branch only where a group has no leader; never oneself');
select tests.run('leading', format('select verify_duty(tests.a(), tests.new(), %L)', tests.id('one')));
select is(pg_temp.told('leading'), 1::bigint, 'one still waits');
select is(tests.run('leading', format('select return_duty(tests.a(), tests.new(), %L, %L)', tests.id('two'), '写一句')), 'ok');
select is((select count(*) from duty_logs where community_id = tests.a() and status = 'submitted' and person_id = tests.id('party')), 0::bigint);
select is(pg_temp.told('leading'), 0::bigint, 'nothing waits: it is read');
update role_grants set valid_to = private.today() - 1, valid_from = private.today() - 30 where community_id = tests.a() and person_id = tests.id('leading');
select is(pg_temp.log('three'), 'ok');
select is(pg_temp.told('branch'), 1::bigint, 'without a leader the branch hears of it');

select * from finish();
