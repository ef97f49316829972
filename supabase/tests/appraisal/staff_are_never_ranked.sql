select plan(8);
\ir _cycle.sql
insert into staff_posts (community_id, id, person_id, title, public_name, valid_from) values (tests.a(), tests.id('post of worker'), tests.id('worker'), 'social_worker', '陈社工', '2026-01-01');
select is(tests.cycle('staff', 'excellent_worker'), 'ok ok ok');
select is(tests.nominate('staff', 'grid', 'street') || tests.nominate('staff', 'worker') || tests.nominate('staff', 'volunteer'), 'okok422 nominee_unfit');
select tests.accept('staff', 'grid'), tests.accept('staff', 'worker');
-- 德能勤绩廉: each from 1 to 5.
select is(tests.run('secretary', format('select give_opinion(tests.a(), tests.new(), %L, %L)', tests.id('staff grid'), '{"overall": 5}')), '400 field_invalid');
select is(tests.run('secretary', format('select give_opinion(tests.a(), tests.new(), %L, %L)', tests.id('staff grid'), '{"morality": 5, "ability": 4, "diligence": 5, "performance": 4, "integrity": 5}')), 'ok');
select is((select mark from private.nomination_opinions), 4.45, '20·5 + 20·4 + 15·5 + 35·4 + 10·5 percent');
select tests.step('lock_cycle', 'staff'), tests.step('score_cycle', 'staff');
create temp table board as select tests.value('secretary', format('select cycle_board(tests.a(), %L)', tests.id('staff'))) as b;
select is((select jsonb_agg(distinct c -> 'score') from board, jsonb_array_elements(b -> 'candidates') c), '[null]'::jsonb, 'no score on the screen');
select is((select jsonb_agg(c ->> 'name') from board, jsonb_array_elements(b -> 'candidates') c), '["冯网格", "陈社工"]'::jsonb, 'by name');
select is((select count(*)::int from private.nominations where is_proposed is not null), 0, 'and the machine proposes nobody');

select * from finish();
