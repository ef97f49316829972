select plan(7);

select is(tests.run('party', $$ select exempt_party_member(tests.a(), tests.new(), tests.id('party'), '忙') $$), '403 own_request');
select is(tests.run('branch', $$ select exempt_party_member(tests.a(), tests.new(), tests.id('party'), '住院', '2026-11-01', '2026-12-31') $$), 'ok');
select is(tests.run('branch', $$ select exempt_party_member(tests.a(), tests.new(), tests.id('party'), '长期患病', '2026-12-31') $$), '409 already_exempt');
select is(tests.run('branch', $$ select exempt_party_member(tests.a(), tests.new(), tests.id('party'), '长期患病', '2027-01-01') $$), 'ok');
select ok(private.is_exempt(tests.a(), tests.id('party'), '2026-12-31') and private.is_exempt(tests.a(), tests.id('party'), '2030-01-01') and not private.is_exempt(tests.a(), tests.id('party'), '2026-10-31'));
select is(tests.run('branch', $$ select end_party_exemption(tests.a(), tests.new(), tests.id('party'), '2026-11-20') $$), 'ok');
select ok(not private.is_exempt(tests.a(), tests.id('party'), '2026-11-21'));

select * from finish();
