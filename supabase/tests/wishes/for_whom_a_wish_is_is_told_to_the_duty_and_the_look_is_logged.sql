select plan(9);

create function tests.reveal(p_who text) returns text language sql as $$
  select tests.run(p_who, 'select reveal_wish(tests.a(), tests.new(), tests.id(''open wish''), ''安排上门'')')
$$;
select is((select count(*)::int from jsonb_path_query(tests.value('volunteer', 'select jsonb_agg(w.name) from wish_private w'), '$[*]')), 8, 'a helper reads the table of their own');
select is(tests.value('worker', 'select count(*) from wish_private'), '0', 'the office does not: it looks by name and reason');
select is(tests.reveal('resident'), '403 not_allowed');
select is(tests.reveal('leader'), '403 not_allowed');
select is(tests.run('worker', 'select reveal_wish(tests.a(), tests.new(), tests.id(''open wish''), '''')'), '400 field_required');
select is(tests.reveal('worker'), 'ok');
select is(tests.reveal('grid'), 'ok', 'of the own grid');
select is((select count(*)::int from access_logs where person_id = tests.id('elder') and what = 'wish' and reason = '安排上门'), 2);
select is((select count(*)::int from audit_logs where command = 'reveal_wish' and result::text ~ '候奶奶|144'), 0, 'the audit trail does not hold what was seen');

select * from finish();
