select plan(2);

select tests.claim('volunteer', 'shift');
select tests.run('volunteer', $$ select give_consent(tests.a(), tests.new(), 'publish_name', '2026-11') $$);
select is(tests.scan('check_in', 'volunteer', 'shift', '2026-11-20 09:00'), 'ok');
select tests.scan('check_out', 'volunteer', 'shift', '2026-11-20 11:00');
select is_empty($$ select command from audit_logs where row_to_json(audit_logs)::text like '%王小明%' $$);

select * from finish();
