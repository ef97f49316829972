select plan(9);

select tests.make_person(tests.a(), 'second', '沈副书记', 1970, 5, 'second');
insert into party_memberships (community_id, id, person_id, kind, party_org_id, valid_from) values
  (tests.a(), tests.id('branch member'), tests.id('branch'), 'managed', tests.id('party org'), '2000-07-01'),
  (tests.a(), tests.id('second member'), tests.id('second'), 'managed', tests.id('party org'), '2000-07-01');
select tests.make_role(tests.a(), 'second', 'deputy_branch_secretary', 'party_org', 'party org');

select is(tests.run('branch', format('select log_duty(tests.a(), %L, %L, %L, 30)', tests.id('own'), 'visit', tests.shanghai('2026-11-15 10:00'))), 'ok');
select is(tests.run('branch', format('select verify_duty(tests.a(), tests.new(), %L)', tests.id('own'))), '403 own_duty');
select is(tests.run('branch', format('select return_duty(tests.a(), tests.new(), %L, %L)', tests.id('own'), '再写写')), '403 own_duty');
select is(tests.run('second', format('select verify_duty(tests.a(), tests.new(), %L)', tests.id('own'))), 'ok');

select is(tests.run('party', format('select log_duty(tests.a(), %L, %L, %L, 30, p_helped_person_ids => array[%L]::uuid[])', tests.id('helped'), 'neighbour_help',
  tests.shanghai('2026-11-15 10:00'), tests.id('branch'))), 'ok');
select is(tests.run('branch', format('select verify_duty(tests.a(), tests.new(), %L)', tests.id('helped'))), '403 verifier_is_beneficiary');
select throws_ok(format('update duty_logs set status = %L, verified_by = %L, verified_at = private.now() where id = %L', 'verified', tests.id('branch'), tests.id('helped')), 'PT403', 'verifier_is_beneficiary');
select throws_ok(format('update duty_logs set status = %L, verified_by = person_id, verified_at = private.now() where id = %L', 'verified', tests.id('helped')), '23514');
select is(tests.run('second', format('select verify_duty(tests.a(), tests.new(), %L)', tests.id('helped'))), 'ok');

select * from finish();
