select plan(9);
\ir _cycle.sql
insert into corps_members (community_id, id, corps_id, person_id, joined_on) values (tests.a(), tests.id('v3 in green'), tests.id('green'), tests.id('volunteer3'), '2026-02-01');
select tests.published('pioneer');
select tests.cycle('star', 'area_star', '2026-Q3'), tests.nominate('star', 'volunteer'), tests.accept('star', 'volunteer');
select tests.run('volunteer', format('select save_statement(tests.a(), tests.new(), %L, ''我常去'')', tests.id('star volunteer')));
select is(tests.run('volunteer3', format('select give_opinion(tests.a(), %L, %L, ''{"overall": 4}'')', tests.id('said'), tests.id('star volunteer'))), 'ok');
select is_empty(format($$ select 1 from audit_logs where command in ('nominate', 'accept_nomination', 'save_statement', 'decide_award', 'give_opinion', 'set_award_name') and (for_person_id is not null
  or subject <> 'appraisal_cycles' or result::text ~ 'shortlist|pass_over|differs' or detail::text ~ %L) $$, tests.id('volunteer')), 'not about whom, not what');
select is_empty($$ select 1 from audit_logs where command in ('nominate', 'accept_nomination', 'save_statement', 'give_opinion') and (actor_user_id is not null or actor_person_id is not null) $$, 'nor who it was');
select is((select count(*)::int from audit_logs where command = 'decide_award' and actor_person_id = tests.id('branch')), 2, 'who decides is no secret');
-- A replay finds its answer, and nobody else does.
select is(tests.value('volunteer3', format('select give_opinion(tests.a(), %L, %L, ''{"overall": 4}'')', tests.id('said'), tests.id('star volunteer'))), '{"status": "thanked"}'::jsonb);
select is(tests.run('volunteer2', format('select give_opinion(tests.a(), %L, %L, ''{"overall": 4}'')', tests.id('said'), tests.id('star volunteer'))), '409 id_reused');
select is(tests.run('volunteer3', format('select give_opinion(tests.a(), %L, %L, ''{"overall": 5}'')', tests.id('said'), tests.id('star volunteer'))), '409 id_reused');
-- One by one only when nothing can be added any more, and from three on.
insert into private.nomination_opinions (community_id, id, cycle_id, nomination_id, source, marks, mark, given_by, given_at)
  select tests.a(), tests.id('o ' || w), tests.id('star'), tests.id('star volunteer'), 'peers', '{"overall": 3}', 3, tests.id(w), private.now() from unnest(array['leader', 'other_leader']) w;
insert into private.nomination_opinions (community_id, id, cycle_id, nomination_id, source, marks, mark, given_by, given_at)
  values (tests.a(), tests.id('o worker'), tests.id('star'), tests.id('star volunteer'), 'committee', '{"overall": 1}', 1, tests.id('worker'), private.now());
create function pg_temp.opinions() returns jsonb language sql as $$ select tests.value('secretary', format('select candidate_dossier(tests.a(), %L)', tests.id('star volunteer'))) -> 'opinions' $$;
select is(pg_temp.opinions(), '[]'::jsonb, 'not while it collects');
select tests.step('lock_cycle', 'star');
select is((select string_agg(distinct o ->> 'source', ',') || count(*) from jsonb_array_elements(pg_temp.opinions()) o), 'peers3', 'three peers, and not the one of the committee');

select * from finish();
