select plan(8);
\ir _cycle.sql
select tests.cycle('pioneer', p_by => 'street'), tests.nominate('pioneer', 'volunteer'), tests.nominate('pioneer', 'volunteer2'), tests.accept('pioneer', 'volunteer'), tests.accept('pioneer', 'volunteer2');
select tests.step('lock_cycle', 'pioneer', 'street'), tests.step('score_cycle', 'pioneer', 'street'), tests.decide('pioneer', 'volunteer'), tests.decide('pioneer', 'volunteer2', 'pass_over', '让一让');
create function pg_temp.mine(p_who text) returns text language sql as $$ select tests.value(p_who, 'select my_nominations(tests.a())') #>> '{nominations,0,status}' $$;
select is(pg_temp.mine('volunteer') || ' ' || pg_temp.mine('volunteer2'), 'qualified qualified', 'before the notice a nominee is told no more');
select is(tests.value('volunteer2', format('select candidate_dossier(tests.a(), %L)', tests.id('pioneer volunteer2'))) ->> 'status', 'qualified');
select is((tests.value('volunteer2', format('select candidate_dossier(tests.a(), %L)', tests.id('pioneer volunteer2'))) #>> '{cycle,shortlisted}')::int, 0);
select is((tests.value('secretary', format('select cycle_board(tests.a(), %L)', tests.id('pioneer'))) #>> '{cycle,shortlisted}')::int, 1, 'the office without a stake counts');
select tests.make_helper(tests.a(), 'volunteer', 'secretary');
create temp table board as select tests.value('secretary', format('select cycle_board(tests.a(), %L)', tests.id('pioneer'))) as b;
select is((select b #> '{cycle,status}' from board), '"panel"'::jsonb);
select is((select sum((b -> 'cycle' ->> k)::int)::int from board, unnest(array['nominated', 'declined', 'accepted', 'undecided', 'unqualified', 'shortlisted', 'granted', 'withheld', 'panel', 'signatures']) k), 0);
select is((select jsonb_build_array(b -> 'panel', b -> 'notice', b -> 'candidates', b -> 'objections', b #> '{cycle,quota}') from board), '[null, null, [], [], null]'::jsonb);
select tests.step('sign_decisions', 'pioneer', 'branch'), tests.run('clerk', format('select sign_decisions(tests.a(), tests.new(), %L)', tests.id('pioneer'))), tests.step('publish_notice', 'pioneer', 'street');
select is(pg_temp.mine('volunteer') || ' ' || pg_temp.mine('volunteer2'), 'publicity passed_over');

select * from finish();
