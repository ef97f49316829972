select plan(7);

select tests.at('2026-10-05 10:00');
select tests.run('party', format('select log_duty(tests.a(), %L, %L, %L, 30)', tests.id('late 1'), 'visit', tests.shanghai('2026-08-20 10:00')));
select tests.run('branch', format('select verify_duty(tests.a(), tests.new(), %L)', tests.id('late 1')));
select tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, %s)', tests.id('party org'), q)) from generate_series(1, 3) q;
select results_eq($$select month, points, is_correction from party_score_entries where rule_code = 'visits'$$, $$values (date '2026-08-01', 0.50, false)$$);
create temp table before on commit drop as select score from party_quarter_scores where person_id = tests.id('party') and quarter = 3;

select tests.run('party', format('select log_duty(tests.a(), %L, %L, %L, 30)', tests.id('late 2'), 'visit', tests.shanghai('2026-09-20 10:00')));
select is((tests.value('branch', format('select post_party_month(tests.a(), tests.new(), %L, 2026)', tests.id('party org'))) ->> 'written')::int, 0, 'what nobody verified counts nothing');
select tests.run('branch', format('select verify_duty(tests.a(), tests.new(), %L)', tests.id('late 2')));
select is((tests.value('branch', format('select post_party_month(tests.a(), tests.new(), %L, 2026)', tests.id('party org'))) ->> 'written')::int, 1);
select results_eq($$select month, points, is_correction from party_score_entries where rule_code = 'visits' order by month$$,
  $$values (date '2026-08-01', 0.50, false), (date '2026-09-01', 0.50, true)$$);
select results_eq($$select score from party_quarter_scores where person_id = tests.id('party') and quarter = 3$$, 'select score from before', 'what was confirmed stays');
select is((tests.value('branch', format('select post_party_month(tests.a(), tests.new(), %L, 2026)', tests.id('party org'))) ->> 'written')::int, 0, 'posting again writes nothing');
select throws_ok('delete from party_score_entries', 'PT409', 'append_only');

select * from finish();
