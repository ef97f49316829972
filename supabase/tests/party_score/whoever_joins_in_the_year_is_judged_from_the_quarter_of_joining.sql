select plan(11);

-- 邓 is admitted on 10 August; 吴 has been a member for long.
select tests.make_person(tests.a(), 'joiner', '邓新人', 1990, 5, 'joiner');
insert into party_memberships (community_id, id, person_id, kind, party_org_id, valid_from) values
  (tests.a(), tests.id('joiner member'), tests.id('joiner'), 'managed', tests.id('party org'), '2026-08-10');
create function pg_temp.confirm(p_quarter int) returns text language sql as $$
  select tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, %s)', tests.id('party org'), p_quarter))
$$;

select tests.at('2027-01-03 10:00');
select pg_temp.confirm(q) from generate_series(1, 2) q;
select is((select count(*)::int from party_quarter_scores where person_id = tests.id('joiner')), 0, 'no quarter before the own first one');
select is((select count(*)::int from notifications where person_id = tests.id('joiner')), 0, 'and nobody wants to talk about one');
select is(tests.value('branch', format('select branch_scores(tests.a(), %L, 2026)', tests.id('party org'))) #> '{members,1,due}', '[3, 4]');
insert into party_studies (community_id, id, person_id, studied_on, minutes, title, recorded_by, recorded_at)
  values (tests.a(), tests.id('studied'), tests.id('joiner'), '2026-09-10', 960, '自学', tests.id('branch'), private.now());
select is(pg_temp.confirm(3), 'ok', 'the first quarter is the one of joining, none before it is missing');
select is((select is_behind from party_quarter_scores where person_id = tests.id('joiner') and quarter = 3), false, '5 for study, 48 × 1 whole month / 12 = 4');
select is(pg_temp.confirm(4), 'ok');
select is((select is_behind from party_quarter_scores where person_id = tests.id('joiner') and quarter = 4), true, '5 < 48 × 4 / 12');
select tests.run('branch', format('select record_party_review(tests.a(), tests.new(), %L, 2026, ''excellent'')', tests.id(who))) from unnest(array['party', 'joiner']) who;
select tests.at('2027-01-20 10:00');
select is(tests.run('branch', format('select close_party_year(tests.a(), tests.new(), %L, 2026)', tests.id('party org'))), 'ok');
select results_eq($$ select score, band, months from party_year_scores where person_id = tests.id('joiner') $$, $$ values (20.00, 'qualified', 4) $$, '20 reaches 60 × 4 / 12');
select is((select count(*)::int from notifications where person_id = tests.id('joiner') and kind = 'party_year_closed'), 1);
select is((tests.value('joiner', 'select party_score(tests.a(), 2026)') ->> 'line')::numeric, 20.00::numeric);

select * from finish();
