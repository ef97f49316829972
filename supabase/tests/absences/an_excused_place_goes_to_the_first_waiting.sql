select plan(7);

select tests.make_shift('one', '2026-11-20 09:00', 120, 1);
select tests.claim('volunteer2', 'one'), tests.claim('volunteer3', 'one');
select is(tests.run('volunteer2', format('select excuse_absence(tests.a(), tests.new(), %L, %L)', tests.id('volunteer2 on one'), '孩子发烧')), 'ok');
select is(tests.signup('volunteer2', 'one'), 'excused');
select is(tests.signup('volunteer3', 'one'), 'offered');
select is(tests.taken('one'), 1, 'the live offer and nothing else');
select is((select reason from signups where id = tests.id('volunteer2 on one')), '孩子发烧');
select is(tests.claim('volunteer2', 'one', 'again'), 'ok', 'whoever can come after all joins at the end');
select is((select string_agg(status, ',' order by queue_no) from signups where shift_id = tests.id('one')), 'cancelled,offered,waitlisted');

select * from finish();
