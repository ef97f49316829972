select plan(1);

select tests.claim('volunteer', 'shift');
select tests.run('volunteer', $$ select ask_privacy(tests.a(), tests.new(), 'copy') $$);
select tests.run('secretary', $$ select create_invite(tests.a(), tests.new()) $$);
select tests.run('neighbour', $$ select create_invite(tests.a(), tests.new()) $$);
select is((select count(*)::int from audit_logs where community_id = tests.a()), 4, 'the founding and three that were done; the refused one left none');

select * from finish();
