select plan(3);

select throws_ok($$ update method_profiles set name = 'x' $$, 'PT409', 'append_only');
select throws_ok($$ delete from method_profiles $$, 'PT409', 'append_only');
select throws_ok($$ insert into method_profiles (code, version, name, source, data) values ('x', 1, 'x', 'x', '{"labels":{}}') $$, '23514');

select * from finish();
