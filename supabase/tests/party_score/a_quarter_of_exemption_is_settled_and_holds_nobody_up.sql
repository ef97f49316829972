select plan(9);

-- 吴 is ill from 15 May to the end of August; 邓 is not.
select tests.make_person(tests.a(), 'other', '邓同志', 1990, 5, 'other');
insert into party_memberships (community_id, id, person_id, kind, party_org_id, valid_from) values
  (tests.a(), tests.id('other member'), tests.id('other'), 'managed', tests.id('party org'), '2010-08-10');
insert into party_exemptions (community_id, id, person_id, reason, valid_from, valid_to, decided_by)
  values (tests.a(), tests.id('ill'), tests.id('party'), '住院', '2026-05-20', '2026-08-31', tests.id('secretary'));
create function pg_temp.confirm(p_quarter int) returns text language sql as $$
  select tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, %s)', tests.id('party org'), p_quarter))
$$;

select tests.at('2027-01-03 10:00');
select is(pg_temp.confirm(1), 'ok');
select is(pg_temp.confirm(2), 'ok');
select is(pg_temp.confirm(3), 'ok', 'exempt on more than half of it');
select is(pg_temp.confirm(4), 'ok', 'and the quarter after holds nobody up');
select results_eq($$ select quarter from party_quarter_scores where person_id = tests.id('party') order by 1 $$, array[1, 4], 'neither the quarter that ended in the exemption nor the one mostly exempt');
select is(tests.value('party', 'select party_score(tests.a(), 2026)') -> 'exempt_quarters', '[2, 3]');
select is(tests.value('branch', format('select branch_scores(tests.a(), %L, 2026)', tests.id('party org'))) #> '{members,0,due}', '[1, 4]');
select tests.run('branch', format('select record_party_review(tests.a(), tests.new(), %L, 2026, ''qualified'')', tests.id(who))) from unnest(array['party', 'other']) who;
select tests.at('2027-01-20 10:00');
select is(tests.run('branch', format('select close_party_year(tests.a(), tests.new(), %L, 2026)', tests.id('party org'))), 'ok');
select results_eq($$ select months from party_year_scores where person_id = tests.id('party') $$, array[8], 'judged by the months that were not exempt');

select * from finish();
