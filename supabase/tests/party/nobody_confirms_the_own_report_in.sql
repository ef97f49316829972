select plan(2);

insert into public.community_checkins (community_id, id, person_id, home_unit, party_org_id, reported_at)
  values (tests.a(), tests.id('own'), tests.id('branch'), '示例厂', tests.id('party org'), private.now());
select is(tests.run('branch', $$ select confirm_report_in(tests.a(), tests.new(), tests.id('own'), true) $$), '403 own_request');
select throws_ok($$ update public.community_checkins set status = 'confirmed', decided_at = private.now(), decided_by = person_id where id = tests.id('own') $$, '23514');

select * from finish();
