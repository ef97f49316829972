select plan(9);
\ir _cycle.sql
insert into corps_members (community_id, id, corps_id, person_id, joined_on) values (tests.a(), tests.id('v3 in green'), tests.id('green'), tests.id('volunteer3'), '2026-02-01');
create function pg_temp.mark(p_who text, p_marks text default '{"overall": 4}') returns text language sql as $$
  select tests.run(p_who, format('select give_opinion(tests.a(), tests.new(), %L, %L, ''很热心'')', tests.id('star volunteer'), p_marks))
$$;
select tests.cycle('star', 'area_star', '2026-Q3'), tests.nominate('star', 'volunteer'), tests.accept('star', 'volunteer');
select is(pg_temp.mark('volunteer'), '403 own_award');
select is(pg_temp.mark('volunteer2'), '404 nomination_unknown', 'of another corps');
select is(jsonb_array_length(tests.value('volunteer3', 'select opinions_wanted(tests.a())') -> 'nominees'), 1);
select is(tests.value('volunteer3', 'select opinions_wanted(tests.a())') #>> '{nominees,0,name}', '王*明', 'peers see what the notice will show');
select is(pg_temp.mark('volunteer3', '{"overall": 4, "extra": 5}'), '400 field_invalid');
select is(pg_temp.mark('volunteer3') || pg_temp.mark('volunteer3', '{"overall": 5}'), 'okok', 'changed while it collects');
select is((select count(*) || ' ' || max(mark) from private.nomination_opinions), '1 5.00');
-- Of one or two opinions the nominee sees neither the line nor the total.
select tests.step('lock_cycle', 'star'), tests.step('score_cycle', 'star'), tests.decide('star', 'volunteer'), tests.step('sign_decisions', 'star', 'branch'),
  tests.run('clerk', format('select sign_decisions(tests.a(), tests.new(), %L)', tests.id('star'))), tests.step('publish_notice', 'star');
create temp table mine as select tests.value('volunteer', 'select my_nominations(tests.a())') #> '{nominations,0}' as n;
select is((select l -> 'value' from mine, jsonb_array_elements(n -> 'lines') l where l ->> 'indicator' = 'peers'), 'null'::jsonb);
select is((select n -> 'score' from mine), 'null'::jsonb);

select * from finish();
