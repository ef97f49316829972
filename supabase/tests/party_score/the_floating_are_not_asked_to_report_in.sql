select plan(4);

-- Two hours of service each: one in service who reported in, one floating who cannot.
update party_memberships set kind = 'floating' where community_id = tests.a() and person_id = tests.id('party');
insert into community_checkins (community_id, id, person_id, home_unit, status, party_org_id, reported_at, decided_at, decided_by)
  values (tests.a(), tests.id('in'), tests.id('party'), '示例厂', 'confirmed', tests.id('party org'), '2026-01-05', '2026-01-06', tests.id('secretary'));
insert into duty_logs (community_id, id, person_id, kind, happened_at, month, minutes, submitted_at, status, verified_by, verified_at)
  select tests.a(), tests.new(), tests.id('party'), 'neighbour_help', '2026-02-10', '2026-02-01', 60, '2026-02-10', 'verified', tests.id('branch'), '2026-02-11' from generate_series(1, 8);
create function pg_temp.lines() returns text language sql as $$
  select string_agg(rule_code || ' ' || points, ', ' order by rule_code) from (
    select v.rule_code, sum(v.points) as points from private.party_score_values(tests.a(), 2026, array[tests.id('party')]) v where v.rule_code <> 'duty_missed' group by 1) l
$$;

select is(pg_temp.lines(), 'deeds 8.00, scale 26.78', '8 of the 23 they can reach, as of 100');
select is((select count(*)::int from jsonb_array_elements(tests.value('party', 'select party_score(tests.a(), 2026)') -> 'lines') l where l ->> 'code' = 'report_in'), 0);
update party_memberships set kind = 'in_service' where community_id = tests.a() and person_id = tests.id('party');
select is(pg_temp.lines(), 'deeds 8.00, report_in 2.00, scale 30.00', '10 of 25, as of 100');
select is((select count(*)::int from jsonb_array_elements(tests.value('party', 'select party_score(tests.a(), 2026)') -> 'lines') l where l ->> 'code' = 'report_in'), 1);

select * from finish();
