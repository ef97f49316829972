select plan(9);
\ir _cycle.sql
select tests.published('pioneer'), tests.object('pioneer', 'o1', null, 'neighbour'), tests.answer('o1', 'worker', true), tests.at('2026-11-24 09:00');
create function pg_temp.aside(p_by text, p_reason text default '名单无误，规则已说明') returns text language sql as $$
  select tests.run(p_by, format('select set_aside_objection(tests.a(), tests.new(), %L, %L)', tests.id('o1'), p_reason))
$$;
select is(tests.step('confirm_cycle', 'pioneer'), '422 objections_upheld');
select is(pg_temp.aside('worker') || ' ' || pg_temp.aside('branch') || ' ' || pg_temp.aside('neighbour'), '403 not_allowed 403 decided_it_oneself 404 objection_unknown', 'who runs it, and did not decide');
select is(pg_temp.aside('secretary', ''), '400 field_required');
select is(pg_temp.aside('secretary'), 'ok');
select is(tests.value('anonymous', format('select objection_answer(%L)', (select code from private.objections))) ->> 'set_aside_why', '名单无误，规则已说明', 'the author reads why');
select is(pg_temp.aside('secretary'), '409 objection_answered_already');
select is(tests.step('confirm_cycle', 'pioneer'), 'ok');
-- Or an award is withheld for it.
select tests.cycle('star', 'area_star', '2026-Q3'), tests.nominate('star', 'volunteer'), tests.accept('star', 'volunteer'), tests.hours('volunteer', 480, '2026-08-05'), tests.step('lock_cycle', 'star'), tests.step('score_cycle', 'star'), tests.decide('star', 'volunteer');
select tests.step('sign_decisions', 'star', 'branch'), tests.run('clerk', format('select sign_decisions(tests.a(), tests.new(), %L)', tests.id('star'))), tests.step('publish_notice', 'star');
select tests.object('star', 'o2', null, 'neighbour'), tests.answer('o2', 'worker', true), tests.at('2026-12-03 09:00');
select is(tests.step('confirm_cycle', 'star'), '422 objections_upheld');
select tests.run('secretary', format('select withhold_award(tests.a(), tests.new(), %L, ''重新核实'')', tests.id('star volunteer')));
select is(tests.step('confirm_cycle', 'star'), 'ok');

select * from finish();
