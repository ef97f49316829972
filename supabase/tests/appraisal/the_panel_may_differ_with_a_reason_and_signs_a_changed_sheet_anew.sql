select plan(8);
\ir _cycle.sql

select tests.cycle('pioneer'), tests.nominate('pioneer', 'volunteer'), tests.nominate('pioneer', 'volunteer2'), tests.accept('pioneer', 'volunteer'), tests.accept('pioneer', 'volunteer2');
select tests.step('lock_cycle', 'pioneer'), tests.step('score_cycle', 'pioneer');
select is(tests.decide('pioneer', 'volunteer', 'pass_over'), '422 decision_reason_needed');
select is(tests.decide('pioneer', 'volunteer', 'pass_over', '连续三年当选，让给别人'), 'ok');
select is(tests.decide('pioneer', 'volunteer2'), 'ok', 'as proposed needs none');
select tests.step('sign_decisions', 'pioneer', 'branch'), tests.run('clerk', format('select sign_decisions(tests.a(), tests.new(), %L)', tests.id('pioneer')));
select is(private.signatures(tests.a(), tests.id('pioneer')), 2);
select is(tests.decide('pioneer', 'volunteer', 'shortlist', null, 'clerk'), 'ok', 'changed by another of the panel');
select is(private.signatures(tests.a(), tests.id('pioneer')), 0, 'nobody signed this sheet');
select is(tests.step('publish_notice', 'pioneer'), '422 quorum_missing');
select is((select string_agg(d.revision || d.decision, ' ' order by d.revision) from private.panel_decisions d where d.nomination_id = tests.id('pioneer volunteer')), '1pass_over 2shortlist', 'both stand in the file');

select * from finish();
