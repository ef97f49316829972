select plan(3);

select throws_ok($$ update service_records set minutes = 1 $$, 'PT409', 'append_only');
select throws_ok($$ delete from service_records $$, 'PT409', 'append_only');
select throws_ok($$ insert into service_records select community_id, tests.new(), person_id, activity_id, shift_id, signup_id, service_date, starts_at, ends_at, 481, provenance, confirmed_by, confirmed_at from service_records limit 1 $$, '23514');

select * from finish();
