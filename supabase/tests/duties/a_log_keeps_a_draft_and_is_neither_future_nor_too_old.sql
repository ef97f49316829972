select plan(9);

select is(tests.run('party', format('select log_duty(tests.a(), tests.new(), %L, %L, 30)', 'visit', tests.shanghai('2026-11-16 09:00'))), '422 duty_in_future');
select is(tests.run('party', format('select log_duty(tests.a(), tests.new(), %L, %L, 30)', 'visit', tests.shanghai('2026-08-10 09:00'))), '422 duty_too_late');
select is(tests.run('party', format('select log_duty(tests.a(), tests.new(), %L, %L, 30)', 'dance', tests.shanghai('2026-11-15 09:00'))), '400 code_unknown');
select is(tests.run('party', format('select log_duty(tests.a(), tests.new(), %L, %L, 30, %L)', 'visit', tests.shanghai('2026-11-15 09:00'), tests.id('b_grid1'))), '404 grid_unknown');
select is(tests.run('party', format('select log_duty(tests.a(), tests.new(), %L, %L, 30, p_helped_person_ids => array[%L]::uuid[])', 'visit', tests.shanghai('2026-11-15 09:00'), tests.id('resident'))), '404 person_unknown');
select is(tests.run('party', format('select log_duty(tests.a(), tests.new(), %L, %L, 30, p_draft_kind => %L)', 'visit', tests.shanghai('2026-11-15 09:00'), 'ticket')), '400 field_invalid');
select is(tests.run('party', format('select log_duty(tests.a(), %L, %L, %L, 30, p_draft_kind => %L, p_draft_text => %L)', tests.id('log'), 'visit', tests.shanghai('2026-11-15 09:00'), 'ticket', '3号楼路灯不亮')), 'ok');
select results_eq($$select kind, text, status from duty_drafts where duty_log_id = tests.id('log')$$, $$values ('ticket', '3号楼路灯不亮', 'kept')$$);
select is((select count(*)::int from audit_logs where detail::text || coalesce(result::text, '') like '%路灯%'), 0, 'free text stays out of the audit trail');

select * from finish();
