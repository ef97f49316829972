select plan(8);
\ir _cycle.sql

-- Three of one corps and one of another among few active: the quota is one of each corps.
insert into corps_members (community_id, id, corps_id, person_id, joined_on) values (tests.a(), tests.id('v3 in green'), tests.id('green'), tests.id('volunteer3'), '2026-02-01');
select tests.hours('volunteer3', 480, '2026-10-08'), tests.hours('volunteer3', 480, '2026-11-08');
select is(tests.cycle('pioneer'), 'ok ok ok');
select tests.nominate('pioneer', w), tests.accept('pioneer', w) from unnest(array['volunteer', 'volunteer2', 'volunteer3']) w;
select is(tests.step('lock_cycle', 'pioneer') || tests.step('score_cycle', 'pioneer'), 'okok');
select is((select active || ' ' || quota from appraisal_cycles), '3 2');
select is((select string_agg(n.is_proposed::text, ',' order by n.person_id = tests.id('volunteer') desc, n.person_id = tests.id('volunteer2') desc) from private.nominations n), 'true,true,false', 'the best of each corps is proposed');
select is(tests.decide('pioneer', 'volunteer') || tests.decide('pioneer', 'volunteer2'), 'okok');
select is(tests.decide('pioneer', 'volunteer3', 'shortlist', '也很好'), '422 quota_full');
select is(tests.decide('pioneer', 'volunteer2', 'pass_over', '今年先让一让') || tests.decide('pioneer', 'volunteer3', 'shortlist', '也很好'), 'ok422 quota_full', 'beyond the three percent a place is of a corps, not of another');
select is(tests.decide('pioneer', 'volunteer', 'pass_over', '今年先让一让') || tests.decide('pioneer', 'volunteer3', 'shortlist', '也很好'), 'okok', 'one makes room for another');

select * from finish();
