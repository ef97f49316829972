select plan(2);

insert into point_accounts (community_id, id) values (tests.a(), tests.id('volunteer2'));
insert into point_entries (community_id, id, person_id, ruleset_code, rule_code, source_kind, source_id, points, occurred_on, inputs, posted_at)
  values (tests.a(), tests.new(), tests.id('volunteer2'), 'VOL-2026.1', 'V01', 'service_record', tests.new(), 395, '2026-11-01', '{}', now()),
    (tests.a(), tests.new(), tests.id('volunteer2'), 'VOL-2026.1', 'V01', 'service_record', tests.new(), 395, '2026-10-31', '{}', now());
select tests.claim('volunteer2', 'shift');
select is((tests.serve('volunteer2', 'shift', '2026-11-20 09:00', '2026-11-20 11:00') #>> '{credited,0,points}')::int, 5, 'five are left in November');
select is((select inputs ->> 'cap' from point_entries where person_id = tests.id('volunteer2') and occurred_on = '2026-11-20'), 'month');

select * from finish();
