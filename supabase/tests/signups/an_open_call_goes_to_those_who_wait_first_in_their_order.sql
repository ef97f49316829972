select plan(7);

select tests.make_shift('tight', '2026-11-22 09:00', 120, 1);
select tests.claim('volunteer', 'tight'), tests.claim('volunteer2', 'tight');
select is(tests.run('volunteer', format('select offer_stand_in(tests.a(), %L, %L)', tests.id('call'), tests.id('volunteer on tight'))), 'ok');
create function pg_temp.take(p_who text) returns text language sql as $$
  select tests.run(p_who, format('select accept_stand_in(tests.a(), %L, %L)', tests.id(p_who || ' on tight'), tests.id('call')))
$$;
select is(tests.run('volunteer3', format('select accept_stand_in(tests.a(), %L, %L)', tests.id('x'), tests.id('call'))), '422 stand_in_not_your_turn');
select is(tests.value('volunteer3', 'select list_shifts(tests.a())') #>> '{shifts,0,has_open_call}', 'false', 'and the list does not offer it yet');
select is(tests.run('volunteer2', format('select accept_stand_in(tests.a(), %L, %L)', tests.id('y'), tests.id('call'))), 'ok', 'who waits may at once');
select is((select status from signups where id = tests.id('volunteer2 on tight')), 'cancelled', 'and waits no more');
select is(tests.taken('tight'), 1);
select is(pg_temp.take('volunteer3'), '409 stand_in_over');

select * from finish();
