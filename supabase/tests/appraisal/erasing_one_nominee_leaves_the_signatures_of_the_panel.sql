select plan(4);
\ir _cycle.sql
select tests.cycle('pioneer'), tests.nominate('pioneer', 'volunteer'), tests.nominate('pioneer', 'volunteer2'), tests.accept('pioneer', 'volunteer'), tests.accept('pioneer', 'volunteer2');
select tests.step('lock_cycle', 'pioneer'), tests.step('score_cycle', 'pioneer'), tests.decide('pioneer', 'volunteer', 'pass_over', '连续三年当选，让给别人'), tests.decide('pioneer', 'volunteer2');
select tests.step('sign_decisions', 'pioneer', 'branch'), tests.run('clerk', format('select sign_decisions(tests.a(), tests.new(), %L)', tests.id('pioneer')));
select is(tests.run('volunteer', 'select erase_me(tests.a(), tests.new())'), 'ok');
select is((select reason from private.panel_decisions where nomination_id = tests.id('pioneer volunteer')), '*');
select is(private.signatures(tests.a(), tests.id('pioneer')), 2);
select is(tests.step('publish_notice', 'pioneer'), 'ok');

select * from finish();
