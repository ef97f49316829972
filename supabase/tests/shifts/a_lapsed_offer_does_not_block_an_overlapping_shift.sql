select plan(2);

select tests.make_shift('one', '2026-11-20 09:00', 120, 1);
select tests.claim('volunteer', 'one'), tests.claim('volunteer2', 'one');
select tests.run('volunteer', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer on one')));
select is(tests.claim('volunteer2', 'repair shift', 'x'), '409 shift_overlaps', 'while the offer stands');
select tests.at('2026-11-17 08:00');
select is(tests.claim('volunteer2', 'repair shift', 'x'), 'ok');

select * from finish();
