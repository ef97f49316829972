select plan(8);

insert into party_exemptions (community_id, id, person_id, reason, valid_from, valid_to, decided_by)
  values (tests.a(), tests.id('ill'), tests.id('party'), '住院', '2026-03-10', '2026-06-30', tests.id('secretary'));
insert into party_meetings (community_id, id, party_org_id, kind, title, held_on, recorded_by, recorded_at)
  select tests.a(), tests.id('day ' || d), tests.id('party org'), 'theme_day', '主题党日', d::date, tests.id('branch'), private.now() from unnest(array['2026-02-10', '2026-04-10', '2026-06-30', '2026-07-01']) d;
insert into party_attendances (community_id, id, meeting_id, person_id, status, vouched_by)
  select tests.a(), tests.new(), tests.id('day ' || d), tests.id('party'), case when d = '2026-02-10' then 'present' else 'absent' end, tests.id('branch')
  from unnest(array['2026-02-10', '2026-04-10', '2026-06-30', '2026-07-01']) d;
insert into party_dues (community_id, id, person_id, month, paid_on, recorded_by, recorded_at)
  select tests.a(), tests.new(), tests.id('party'), d::date, d::date + 40, tests.id('branch'), private.now() from unnest(array['2026-02-01', '2026-03-01', '2026-06-01', '2026-07-01']) d;
create function pg_temp.facts(p_rule text) returns text language sql as $$
  select string_agg(f.month::text, ',' order by f.month) from private.party_facts(tests.a(), 2026, array[tests.id('party')]) f where f.rule_code = p_rule
$$;

select is(pg_temp.facts('absence'), '7', 'nobody is held to a meeting of a day on which one is exempt');
select is(pg_temp.facts('dues_late'), '2,7', 'nor to the dues of such a month');
select is(pg_temp.facts('duty_missed'), '1,2,7,8,9,10', 'nor to its duties');
select is(pg_temp.facts('theme_day'), '2');

-- A late exemption from 20 December takes nothing back, one for the whole of the year leaves nothing to count.
update party_exemptions set valid_from = '2026-12-20', valid_to = null where id = tests.id('ill');
select is(pg_temp.facts('theme_day'), '2', 'what was earned stays');
select is(tests.value('party', 'select party_score(tests.a(), 2026)') -> 'is_exempt', 'false');
update party_exemptions set valid_from = '2026-06-01' where id = tests.id('ill');
select is(tests.value('party', 'select party_score(tests.a(), 2026)') -> 'is_exempt', 'true', '免考: exempt on more than half of its days');
update party_exemptions set valid_from = '2025-12-31', valid_to = null where id = tests.id('ill');
select is((select count(*)::int from private.party_facts(tests.a(), 2026, array[tests.id('party')])), 0);

select * from finish();
