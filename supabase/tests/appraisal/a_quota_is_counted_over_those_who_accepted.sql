select plan(5);
\ir _cycle.sql
-- Blue's only nominee did not accept: it has no place of its own.
select tests.cycle('pioneer'), tests.nominate('pioneer', 'volunteer'), tests.nominate('pioneer', 'volunteer2'), tests.accept('pioneer', 'volunteer'), tests.step('lock_cycle', 'pioneer');
select is((select active || ' ' || quota from appraisal_cycles), '3 1');
select tests.cycle('home', 'cobuild_model', '2026');
select tests.make_role(tests.a(), w, 'partner_contact') from unnest(array['volunteer', 'volunteer2']) w;
select tests.nominate('home', 'volunteer', 'secretary', '甲店'), tests.nominate('home', 'volunteer2', 'secretary', '乙店'), tests.accept('home', 'volunteer'), tests.step('lock_cycle', 'home');
select is((select active from appraisal_cycles where id = tests.id('home')), 1);
-- A member's hours are compared with all members, not with those put forward.
insert into party_memberships (community_id, id, person_id, kind, party_org_id, valid_from)
  select tests.a(), tests.id('pm ' || w), tests.id(w), 'managed', tests.id('party org'), '2000-07-01' from unnest(array['leader', 'other_leader', 'grid']) w;
select tests.hours('party', 120, '2026-10-10'), tests.hours('grid', 480, '2026-10-10');
select tests.run('secretary', format('select plan_cycle(tests.a(), tests.new(), %L, %L)', tests.id('member'), jsonb_build_object('kind', 'excellent_member', 'period', '2026', 'collect_until', '2026-11-16', 'decide_until', '2026-11-30', 'quorum', 2)));
select tests.run('secretary', format('select name_panel(tests.a(), tests.new(), %L, array[tests.id(''clerk''), tests.id(''worker'')])', tests.id('member'))), tests.step('open_cycle', 'member');
select tests.nominate('member', 'party'), tests.accept('member', 'party');
select is(tests.step('lock_cycle', 'member'), 'ok');
select is((select inputs from private.score_snapshots where indicator = 'hours_percentile'), '{"below": 2, "others": 3, "minutes": 120}'::jsonb);
select is(private.indicator_value('hours_percentile', '{}', '{"below": 2, "others": 3}'), 66.67);

select * from finish();
