select plan(12);

select tests.value('volunteer', 'select request_correction(tests.a(), tests.id(''q''), ''not_mine'', ''那天我没来'', tests.id(''record volunteer on past''))');
select is(tests.run('volunteer', 'select answer_correction(tests.a(), tests.new(), tests.id(''q''), true, ''好'', true)'), '404 correction_unknown');
select is(tests.run('other_leader', 'select answer_correction(tests.a(), tests.new(), tests.id(''q''), true, ''好'', true)'), '404 correction_unknown');
select is(tests.run('leader', 'select answer_correction(tests.a(), tests.new(), tests.id(''q''), false, ''没错'')'), '403 confirmed_it_oneself');
select is(tests.run('leader', 'select answer_correction(tests.a(), tests.new(), tests.id(''q''), true, ''改好了'')'), '422 correction_not_made', 'said is not done');
select is(tests.run('leader', 'select answer_correction(tests.a(), tests.id(''a''), tests.id(''q''), true, ''核对过，确实记错了人'', true)'), 'ok');
select is(tests.run('leader', 'select answer_correction(tests.a(), tests.id(''a''), tests.id(''q''), true, ''核对过，确实记错了人'', true)'), 'ok', 'sent twice it answers the same');
select is(tests.minutes('volunteer'), 0);
select results_eq($$ select q.status, r.reverses_id from public.correction_requests q join public.service_records r on r.id = q.reversal_id where q.id = tests.id('q') $$,
  $$ values ('corrected', tests.id('record volunteer on past')) $$);
select is(tests.run('worker', 'select answer_correction(tests.a(), tests.new(), tests.id(''q''), false, ''x'')'), '409 correction_answered');
select isnt_empty($$ select 1 from public.notifications where person_id = tests.id('volunteer') and kind = 'correction_made' $$);
select tests.value('volunteer2', 'select request_correction(tests.a(), tests.id(''m''), ''missing'', ''少一次'', null, ''2026-11-13'')');
select is(tests.run('leader', 'select answer_correction(tests.a(), tests.new(), tests.id(''m''), false, ''x'')'), '404 correction_unknown', 'what names no corps is for the office');
select is(tests.run('worker', 'select answer_correction(tests.a(), tests.new(), tests.id(''m''), false, ''那天没有活动'')'), 'ok');

select * from finish();
