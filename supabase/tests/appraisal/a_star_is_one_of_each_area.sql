select plan(5);
\ir _cycle.sql

update persons set grid_id = tests.id('grid1') where id in (tests.id('volunteer2')) and community_id = tests.a();
select tests.hours(w, m, d) from (values ('volunteer', 480, date '2026-08-05'), ('volunteer2', 300, '2026-08-06')) v (w, m, d);
select is(tests.cycle('star', 'area_star', '2026-Q3'), 'ok ok ok');
select is(tests.nominate('star', 'volunteer3'), '422 nominee_without_place');
select tests.nominate('star', w), tests.accept('star', w) from unnest(array['volunteer', 'volunteer2']) w;
select tests.step('lock_cycle', 'star'), tests.step('score_cycle', 'star');
select is((select string_agg(n.is_proposed::text, ',' order by n.score desc) from private.nominations n), 'true,false');
select is(tests.decide('star', 'volunteer'), 'ok');
select is(tests.decide('star', 'volunteer2', 'shortlist', '也很好'), '422 quota_full', 'one star an area');

select * from finish();
