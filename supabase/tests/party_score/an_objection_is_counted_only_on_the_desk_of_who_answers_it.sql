select plan(7);

select tests.make_person(tests.a(), 'above', '蒋委员', 1970, 5, 'above');
insert into party_orgs (community_id, id, kind, name) values (tests.a(), tests.id('committee'), 'committee', '甲社区党委');
update party_orgs set parent_id = tests.id('committee') where community_id = tests.a() and id = tests.id('party org');
select tests.make_role(tests.a(), 'above', 'branch_secretary', 'party_org', 'committee');
select tests.make_role(tests.a(), 'above', 'community_worker', 'community', null);
select tests.make_role(tests.a(), 'branch', 'community_worker', 'community', null);

create function pg_temp.desk(p_who text) returns jsonb language sql as $$ select tests.value(p_who, 'select office_today(tests.a())') -> 'score_objections' $$;

select tests.at('2026-10-02 10:00');
select tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, %s)', tests.id('party org'), q)) from generate_series(1, 3) q;
select is(pg_temp.desk('above') ->> 'open', '0');
select is(tests.run('party', format('select object_to_score(tests.a(), %L, %L, %L)', tests.id('objection'), (select id from party_quarter_scores where person_id = tests.id('party') and quarter = 3), '上半年我住院')), 'ok');
select is(pg_temp.desk('above'), jsonb_build_object('open', 1, 'overdue', 0, 'next_due', private.add_workdays('2026-10-02', 5), 'org_id', tests.id('party org')));
select is(pg_temp.desk('branch') ->> 'open', '0', 'who confirmed it does not answer it');
select is(pg_temp.desk('secretary'), 'null', 'who answers none does not learn that there is one');
select tests.at(to_char(private.add_workdays('2026-10-02', 6), 'YYYY-MM-DD') || ' 09:00');
select is(pg_temp.desk('above') ->> 'overdue', '1');
update party_objections set status = 'kept', answer = '维持', answered_by = tests.id('above'), answered_at = private.now();
select is(pg_temp.desk('above') ->> 'open', '0');

select * from finish();
