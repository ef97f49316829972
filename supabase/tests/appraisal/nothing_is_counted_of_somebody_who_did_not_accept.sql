select plan(8);
\ir _cycle.sql
insert into corps_members (community_id, id, corps_id, person_id, joined_on) values (tests.a(), tests.id('v3 in green'), tests.id('green'), tests.id('volunteer3'), '2026-02-01');
select tests.cycle('pioneer'), tests.nominate('pioneer', 'volunteer'), tests.nominate('pioneer', 'volunteer2'), tests.accept('pioneer', 'volunteer');
select tests.cycle('star', 'area_star', '2026-Q3'), tests.nominate('star', 'volunteer');
select is(tests.run('volunteer3', format('select give_opinion(tests.a(), tests.new(), %L, ''{"overall": 4}'')', tests.id('star volunteer'))), '409 nomination_not_accepted');
select is(jsonb_array_length(tests.value('volunteer3', 'select opinions_wanted(tests.a())') -> 'nominees'), 0);
select tests.step('lock_cycle', 'pioneer');
select is((select string_agg(indicator || inputs::text, ' ') from private.score_snapshots where nomination_id = tests.id('pioneer volunteer2')), 'gates{"consent": false}');
select tests.step('score_cycle', 'pioneer');
select is((select status || coalesce(score::text, ' no score') from private.nominations where id = tests.id('pioneer volunteer2')), 'unqualified no score');
select is(private.gate_lines(tests.a(), tests.id('pioneer volunteer2')), '[{"ok": false, "gate": "consent", "found": false, "needed": true}]'::jsonb);
-- A family is shown to peers and in the sample by a masked name, not by its own.
select tests.cycle('home', 'civilized_family', '2026');
update person_private set household_id = tests.id('household') where community_id = tests.a() and person_id = tests.id('volunteer');
insert into households (community_id, id, entrance_id, door_no) values (tests.a(), tests.id('next door'), tests.id('entrance'), '102');
update person_private set household_id = tests.id('next door') where community_id = tests.a() and person_id = tests.id('volunteer3');
select is(tests.nominate('home', 'volunteer', 'secretary', '王小明家庭') || tests.accept('home', 'volunteer'), 'okok');
select doesnt_match(tests.value('volunteer3', 'select opinions_wanted(tests.a())')::text, '小明');
select tests.run('worker', format('select open_samples(tests.a(), tests.new(), %L, 1)', tests.id('home volunteer')));
select is(tests.value('anonymous', format('select sample_form(%L)', (select code from private.sample_codes))) ->> 'label', '王*明');

select * from finish();
