select plan(9);

select is(tests.run('volunteer', 'select request_correction(tests.a(), tests.id(''q''), ''wrong_time'', ''少记了半小时'', tests.id(''record volunteer on past''))'), 'ok');
select is((select due_on from public.correction_requests where id = tests.id('q')), private.add_workdays('2026-11-16', 15));
select is(tests.run('volunteer', 'select request_correction(tests.a(), tests.new(), ''other'', ''再说一次'', tests.id(''record volunteer on past''))'), '409 correction_already_asked');
select is(tests.run('volunteer2', 'select request_correction(tests.a(), tests.new(), ''not_mine'', ''x'', tests.id(''record volunteer on past''))'), '404 record_unknown');
select is(tests.run('volunteer', 'select request_correction(tests.a(), tests.new(), ''missing'', ''那天我来了'', null, ''2026-11-13'', tests.id(''elder''))'), 'ok', 'for an elder one helps');
select is(tests.run('worker', 'select request_correction(tests.a(), tests.new(), ''missing'', ''x'', null, ''2026-11-13'', tests.id(''volunteer''))'), '403 not_allowed');
select is(tests.run('volunteer', 'select request_correction(tests.a(), tests.new(), ''missing'', ''x'', null, ''2026-12-13'')'), '400 field_invalid', 'not for a day to come');
select is(tests.run('volunteer', 'select request_correction(tests.a(), tests.new(), ''wrong_time'', ''x'')'), '404 record_unknown');
select is(jsonb_array_length(tests.value('leader', 'select correction_desk(tests.a())')), 1, 'the leader sees what concerns the corps');

select * from finish();
