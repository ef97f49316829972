select plan(11);
\ir _crowd.sql
select is(tests.run('anonymous', $$select board(tests.new(), 'people_points', '2026')$$), '404 community_unknown');
select is(tests.run('anonymous', $$select board(tests.a(), 'people_by_phone', '2026')$$), '400 field_invalid');
select is(tests.run('anonymous', $$select board(tests.a(), 'people_points', '2026-13')$$), '400 field_invalid');
select is(tests.run('anonymous', $$select board(tests.a(), 'people_points', null)$$), '400 field_invalid');
select is(tests.run('anonymous', $$select board(tests.a(), 'people_hours', '2026', 50, 'no_color')$$), '400 code_unknown');
select is(tests.run('anonymous', format($$select board(tests.a(), 'people_points', '2026', 50, %L)$$, tests.id('b_grid1'))), '400 field_invalid', 'a grid of another community');
select is(tests.run('anonymous', $$select my_place(tests.a(), 'people_points', '2026')$$), '42501 permission denied for function my_place');
select is(tests.run('stranger', $$select my_place(tests.a(), 'people_points', '2026')$$), '403 not_a_member');
select is(tests.run('p1', $$select my_place(tests.a(), 'corps_hours', '2026')$$), '400 field_invalid', 'a person has no place among teams');
update public.communities set settings = '{"modules": {"boards": false}}' where id = tests.a();
select is(tests.run('anonymous', $$select board(tests.a(), 'people_points', '2026')$$), '422 boards_switched_off');
select is(tests.run('p1', $$select my_place(tests.a(), 'people_points', '2026')$$), '422 boards_switched_off', 'one switch for all of it');
select * from finish();
