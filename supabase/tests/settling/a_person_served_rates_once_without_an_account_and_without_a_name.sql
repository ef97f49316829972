select plan(13);

create function pg_temp.open(p_who text, p_kind text default 'served') returns text language sql as $$
  select tests.value(p_who, format('select open_feedback(tests.a(), tests.new(), %L, %L)', tests.id('past'), p_kind)) ->> 'code'
$$;
select is(tests.run('volunteer', format('select open_feedback(tests.a(), tests.new(), %L)', tests.id('past'))), '403 not_allowed', 'whoever serves does not make the code');
select is(tests.run('leader', format('select open_feedback(tests.a(), tests.new(), %L)', tests.id('shift'))), '422 shift_not_started');
select set_config('tests.code', pg_temp.open('leader'), true);
select is(tests.value('anonymous', format('select feedback_form(%L)', current_setting('tests.code'))) ->> 'title', 'cleanup');
select is(tests.run('volunteer', format('select rate_service(tests.new(), %L, 5)', current_setting('tests.code'))), '403 own_feedback', 'nor rates it, signed in');
select is(tests.run('leader', format('select rate_service(tests.new(), %L, 5)', current_setting('tests.code'))), '403 own_feedback');
select is(tests.run('anonymous', format('select rate_service(tests.new(), %L, 6)', current_setting('tests.code'))), '400 field_invalid');
select is(tests.run('anonymous', format('select rate_service(%L, %L, 5, ''很周到'')', tests.id('rating'), lower(current_setting('tests.code')))), 'ok');
select is(tests.run('anonymous', format('select rate_service(%L, %L, 5, ''很周到'')', tests.id('rating'), current_setting('tests.code'))), 'ok', 'sent twice it counts once');
select is(tests.run('anonymous', format('select rate_service(tests.new(), %L, 1)', current_setting('tests.code'))), '409 feedback_used');
select is((select count(*)::int from private.service_feedbacks), 1);
select is(tests.run('anonymous', 'select rate_service(tests.new(), ''NOPE'', 5)'), '404 feedback_unknown');
select set_config('tests.code', pg_temp.open('leader'), true), tests.at('2026-11-16 08:31');
select is(tests.run('anonymous', format('select rate_service(tests.new(), %L, 5)', current_setting('tests.code'))), '422 feedback_expired', 'half an hour');
select is((select count(*)::int from audit_logs where result::text ~ '[23456789A-Z]{20}' or detail::text ~ '[23456789A-Z]{20}'), 0, 'no code in the trail');

select * from finish();
