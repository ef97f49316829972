select plan(6);

create function tests.reminders() returns int language sql security definer as $$ select count(*)::int from notifications where kind = 'wish_claim_due' and person_id = tests.id('resident') $$;
select tests.at('2026-11-25 08:00'), tests.value('resident', 'select my_unread(tests.a())');
select is(tests.reminders(), 0);
select tests.at('2026-11-27 08:00'), tests.value('resident', 'select my_unread(tests.a())'), tests.value('resident', 'select my_session()');
select is(tests.reminders(), 1, 'five days before, once');
select tests.at('2026-11-30 09:00'), tests.value('resident', 'select my_unread(tests.a())'), tests.value('resident', 'select my_session()');
select is(tests.reminders(), 2, 'and on the last day');
select tests.at('2027-03-01 23:59');
select is(tests.value('anonymous', 'select wish_wall(tests.a(), p_search => ''open wish'')') ->> 'total', '1');
select tests.at('2027-03-02 00:00');
select is(tests.value('anonymous', 'select wish_wall(tests.a(), p_search => ''open wish'')') ->> 'total', '0');
select is(tests.run('neighbour', format('select claim_wish(tests.a(), tests.new(), %L)', tests.id('open wish'))), '409 wish_expired');

select * from finish();
