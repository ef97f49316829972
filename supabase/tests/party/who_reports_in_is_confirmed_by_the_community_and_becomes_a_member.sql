select plan(13);

select is(tests.run('resident', $$ select report_in(tests.a(), tests.id('r'), '示例中学', '010-00000030', '会修电脑', tests.id('liaison group')) $$), '400 field_required', 'without consent nothing is kept');
select is(tests.run('resident', $$ select report_in(tests.a(), tests.id('r'), '示例中学', '13800138000', null, null, '2026-11') $$), '422 relay_phone_is_private');
select is(tests.run('resident', $$ select report_in(tests.a(), tests.id('r'), '示例中学', '010-00000030', '会修电脑', tests.id('liaison group'), '2026-11') $$), 'ok');
select is((select count(*)::int from public.party_memberships where person_id = tests.id('resident')), 0, 'a report makes no member');
select is(tests.run('resident', $$ select report_in(tests.a(), tests.new(), '示例中学', null, null, null, '2026-11') $$), '409 already_reported_in');
select is((select kind from public.notifications where person_id = tests.id('branch') order by created_at desc limit 1), 'report_in_waits', 'the branch is told');
select is(tests.run('worker', $$ select confirm_report_in(tests.a(), tests.new(), tests.id('r'), true) $$), '404 report_in_unknown');
select is(tests.run('resident', $$ select confirm_report_in(tests.a(), tests.new(), tests.id('r'), true) $$), '404 report_in_unknown', 'nobody confirms oneself');
select is(tests.run('branch', $$ select confirm_report_in(tests.a(), tests.new(), tests.id('r'), true) $$), 'ok');
select results_eq($$ select kind, party_org_id, group_id, home_unit, valid_from from public.party_memberships where person_id = tests.id('resident') $$,
  $$ values ('in_service', tests.id('party org'), tests.id('liaison group'), '示例中学', date '2026-11-16') $$);
select is(tests.run('secretary', $$ select confirm_report_in(tests.a(), tests.new(), tests.id('r'), false, '不对') $$), '409 report_in_already_decided');
select is(tests.run('party', $$ select report_in(tests.a(), tests.new(), '示例厂', null, null, null, '2026-11') $$), '422 report_in_not_for_kind', 'a 直管 member is here already');
select is(tests.run('branch', $$ select confirm_report_in(tests.a(), tests.new(), tests.id('report in'), false, '请补单位') $$), 'ok', 'or it is returned with a reason');

select * from finish();
