select plan(4);

select throws_ok($$ update point_entries set points = 1 $$, 'PT409', 'append_only');
select throws_ok($$ delete from point_entries $$, 'PT409', 'append_only');
select throws_ok($$ update point_rules set points_per_half_hour = 50 $$, 'PT409', 'append_only');
select throws_ok($$ delete from point_rulesets $$, 'PT409', 'append_only');

select * from finish();
