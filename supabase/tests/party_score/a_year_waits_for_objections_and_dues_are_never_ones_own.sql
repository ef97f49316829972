select plan(4);

insert into party_memberships (community_id, id, person_id, kind, party_org_id, valid_from) values
  (tests.a(), tests.id('branch member'), tests.id('branch'), 'managed', tests.id('party org'), '2000-07-01');
select is(tests.run('branch', format('select record_dues(tests.a(), tests.new(), array[%L]::uuid[], ''2026-10-01'', ''2026-10-05'')', tests.id('branch'))), '403 own_party_record');

select tests.at('2027-01-03 10:00');
select tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, %s)', tests.id('party org'), q)) from generate_series(1, 4) q;
select tests.run('branch', format('select record_party_review(tests.a(), tests.new(), %L, 2026, ''qualified'')', tests.id('party')));
select is(tests.run('branch', format('select close_party_year(tests.a(), tests.new(), %L, 2026)', tests.id('party org'))), '409 objections_may_come', 'they may still object');
select tests.at('2027-01-18 23:00');
select is(tests.run('branch', format('select close_party_year(tests.a(), tests.new(), %L, 2026)', tests.id('party org'))), '409 objections_may_come', 'to the end of the last day');
select tests.at('2027-01-19 00:30');
select is(tests.run('branch', format('select close_party_year(tests.a(), tests.new(), %L, 2026)', tests.id('party org'))), 'ok');

select * from finish();
