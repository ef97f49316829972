select plan(7);

select tests.make_person(tests.a(), 'gone', '邓同志', 1990, 5, 'gone');
select tests.make_person(tests.a(), 'wrong', '方同志', 1990, 5, 'wrong');
insert into party_memberships (community_id, id, person_id, kind, party_org_id, valid_from, valid_to, end_reason) values
  (tests.a(), tests.id('gone member'), tests.id('gone'), 'managed', tests.id('party org'), '2010-08-10', '2027-01-02', 'transferred'),
  (tests.a(), tests.id('wrong member'), tests.id('wrong'), 'managed', tests.id('party org'), '2010-08-10', '2027-01-02', 'corrected');

select tests.at('2027-01-05 10:00');
select tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, %s)', tests.id('party org'), q)) from generate_series(1, 4) q;
select is((select count(*)::int from party_quarter_scores where person_id = tests.id('gone')), 4);
select is((select count(*)::int from party_quarter_scores where person_id = tests.id('wrong')), 0, 'who never was a member is not');
select is(tests.run('branch', format('select record_party_review(tests.a(), tests.new(), %L, 2026, ''qualified'')', tests.id(who))), 'ok') from unnest(array['party', 'gone']) who;
select is(tests.run('branch', format('select record_party_review(tests.a(), tests.new(), %L, 2027, ''qualified'')', tests.id('gone'))), '404 person_unknown', 'the year after is not of this branch');
select tests.at('2027-01-21 10:00');
select tests.run('branch', format('select close_party_year(tests.a(), tests.new(), %L, 2026)', tests.id('party org')));
select is((select party_org_id from party_year_scores where person_id = tests.id('gone')), tests.id('party org'));
-- Who left within the year is not closed by it.
update party_memberships set valid_to = '2026-12-30' where id = tests.id('gone member');
select is((select count(*)::int from private.party_members_until(tests.a(), tests.id('party org'), '2026-12-31') p where p = tests.id('gone')), 0);

select * from finish();
