select plan(4);

select is(tests.value('resident', $$ select register_volunteer(tests.a(), tests.new(), '2026-11', array['修电脑','𠮷他'], array['weekend_day']) $$) ->> 'volunteer_no', 'V000008');
select is(tests.value('neighbour', $$ select register_volunteer(tests.a(), tests.new(), '2026-11') $$) ->> 'volunteer_no', 'V000009');
select is(tests.run('neighbour', $$ select register_volunteer(tests.a(), tests.new(), '2026-11', array[null, 'x']) $$), '400 field_required');
select is(tests.run('neighbour', $$ select register_volunteer(tests.a(), tests.new(), '2026-11', null, array['midnight']) $$), '400 field_invalid');

select * from finish();
