select plan(19);
\ir _crowd.sql
-- 10 workdays after 30 November are 14 December; the period closes at its end.
select tests.at('2026-12-14 23:59');
select tests.earn('p8', 75, '2026-11-30');
select is(split_part(tests.listed('anonymous'), ' ', 1), '1:125:第*号', 'until then what was served in November counts in November');
select tests.at('2026-12-15 00:00');
select tests.earn('p8', 500, '2026-11-30'), tests.earn('p2', -40, '2026-11-05'), tests.earn('p1', 30, '2026-11-05');
select is(tests.listed('anonymous'), '1:125:第*号 2:120:第*号 3:110:第*号 4:100:第*号 5:90:第*号 6:80:第*号 7:70:第*号 8:60:第*号');
select is((select string_agg(coalesce(e ->> 'correction', '0'), ' ' order by n) from jsonb_array_elements(tests.value('anonymous',
  $$select board(tests.a(), 'people_points', '2026-11')$$) -> 'entries') with ordinality x (e, n)), '500 30 -40 0 0 0 0 0', 'beside it, not in it');
select is(tests.value('p8', $$select my_place(tests.a(), 'people_points', '2026-11')$$) ->> 'correction', '500');
select is(tests.placed('p8', '2026-Q4'), '1:625 above - below 150', 'the quarter and the year are open');
-- Whoever withdraws stays in the closed list without a name, and is gone from the open ones.
select is(tests.run('p1', $$select set_board_consent(tests.a(), tests.new(), 'hidden')$$), 'ok');
select is(tests.listed('anonymous'), '1:125:第*号 2:120:- 3:110:第*号 4:100:第*号 5:90:第*号 6:80:第*号 7:70:第*号 8:60:第*号', 'masked in the closed one');
select ok(tests.listed('anonymous', '2026-Q4') not like '%:150:%', 'gone from the open one');
select is((select string_agg(coalesce(e ->> 'correction', '0'), ' ' order by n) from jsonb_array_elements(tests.value('anonymous',
  $$select board(tests.a(), 'people_points', '2026-11')$$) -> 'entries') with ordinality x (e, n)), '500 0 -40 0 0 0 0 0', 'nothing new is told of somebody masked');
select tests.at('2026-12-16 09:00');
select is(tests.run('p1', $$select set_board_consent(tests.a(), tests.new(), 'alias', '回来的人')$$), 'ok');
select ok(tests.listed('anonymous') not like '%回来的人%' and tests.listed('anonymous') like '%2:120:-%', 'agreeing anew brings no closed name back');
-- Whoever agrees now is in no closed list.
select is(tests.run('p10', $$select set_board_consent(tests.a(), tests.new(), 'masked')$$), 'ok');
select is((select is_shown from board_totals where person_id = tests.id('p10') and period = '2026-11'), false);
select is((select is_shown from board_totals where person_id = tests.id('p10') and period = '2026'), true);
select is((select count(*)::int from board_snapshots where period = '2026-11'), 1, 'sealed when first looked at');
select is((select count(*)::int from private.broken_board_seals(tests.a()) where period = '2026-11'), 0, 'and the seal holds');
insert into public.work_calendar (day, is_workday) select d::date, false from generate_series(date '2026-12-01', date '2026-12-10', interval '1 day') d on conflict (day) do update set is_workday = false;
select is(private.is_open_period(tests.a(), '2026-11'), false, 'a later word about workdays opens nothing');
select is(tests.run('secretary', 'update public.board_snapshots set entries = ''[]'''), '42501 permission denied for table board_snapshots');
select throws_ok('update public.board_snapshots set entries = ''[]''', 'PT409', 'append_only');
select * from finish();
