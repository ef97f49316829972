select plan(4);

select throws_ok($$ update audit_logs set command = 'x' $$, 'PT409', 'append_only');
select throws_ok($$ delete from audit_logs $$, 'PT409', 'append_only');
select throws_ok($$ truncate audit_logs $$, 'PT409', 'append_only');
select throws_ok($$ delete from access_logs $$, 'PT409', 'append_only');

select * from finish();
