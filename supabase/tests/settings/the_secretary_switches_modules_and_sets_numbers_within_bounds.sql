select plan(13);

create function pg_temp.save(p_who text, p_settings text) returns text language sql as $$
  select tests.run(p_who, format('select save_settings(tests.a(), tests.new(), %L)', p_settings))
$$;

select is(private.module_is_on(tests.a(), 'boards'), true, 'on by the method profile');
select is(pg_temp.save('secretary', '{"boards": false, "check_in_opens_minutes": 90}'), 'ok');
select is(private.module_is_on(tests.a(), 'boards'), false);
select is(private.setting_int(tests.a(), 'check_in_opens_minutes'), 90);
select is(private.setting_int(tests.a(), 'overtime_minutes'), 30, 'what nobody set has its default');
select is(private.module_is_on(tests.b(), 'boards'), true, 'the other community is untouched');
select is(pg_temp.save('secretary', '{"check_in_opens_minutes": 9}'), '422 setting_out_of_range');
select is(pg_temp.save('secretary', '{"check_in_opens_minutes": 90.5}'), '400 field_invalid');
select is(pg_temp.save('secretary', '{"boards": "off"}'), '400 field_invalid');
select is(pg_temp.save('secretary', '{"is_demo": true}'), '400 setting_unknown');
select is(pg_temp.save('secretary', '{"boards": true, "check_in_opens_minutes": null}'), 'ok');
select is(settings, '{"modules": {}}', 'what equals the default is not kept') from communities where id = tests.a();
select is((select detail -> 'settings' from audit_logs where command = 'save_settings' order by seq desc limit 1),
  '{"boards": true, "check_in_opens_minutes": null}', 'the audit row says what was set');

select * from finish();
