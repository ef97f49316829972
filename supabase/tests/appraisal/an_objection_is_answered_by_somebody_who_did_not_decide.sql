select plan(11);
\ir _cycle.sql

select tests.cycle('pioneer');
select tests.run('secretary', format('select name_panel(tests.a(), tests.new(), %L, array[tests.id(''worker''), tests.id(''branch''), tests.id(''clerk'')])', tests.id('pioneer')));
select tests.nominate('pioneer', 'volunteer'), tests.accept('pioneer', 'volunteer');
select tests.step('lock_cycle', 'pioneer'), tests.step('score_cycle', 'pioneer');
select tests.decide('pioneer', 'volunteer', 'shortlist', null, 'worker');
select tests.step('sign_decisions', 'pioneer', 'branch'), tests.run('clerk', format('select sign_decisions(tests.a(), tests.new(), %L)', tests.id('pioneer')));
select is(tests.step('publish_notice', 'pioneer'), 'ok');
select is(tests.object('pioneer', 'o1', 'volunteer', 'neighbour'), 'ok');
select is(tests.object('pioneer', 'o2', null, 'street'), 'ok');
select is(tests.answer('o1', 'worker'), '403 decided_it_oneself', 'the office, but on the panel');
select is(tests.answer('o1', 'volunteer'), '404 objection_unknown', 'nobody outside the office');
select is(tests.answer('o2', 'street'), '403 own_award', 'not the author');
select is(tests.answer('o1', 'street'), 'ok');
select is(tests.answer('o1', 'street'), '409 objection_answered_already');
select is(tests.answer('o2', 'secretary'), 'ok');
select is((select count(*)::int from notifications where person_id = tests.id('neighbour') and kind = 'objection_answered'), 1, 'the author is told');
select is_empty($$ select 1 from audit_logs where command = 'file_objection' and (actor_person_id is not null or actor_user_id is not null) $$, 'and stays unknown to the trail');

select * from finish();
