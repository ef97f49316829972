select plan(9);

select tests.make_shift('later', '2026-11-25 09:00', 60, 5);
update shifts set opens_at = tests.shanghai('2026-11-17 08:00') where id = tests.id('later');
select is(tests.claim('volunteer2', 'later'), '422 signup_not_open_yet');
select is(tests.params('volunteer2', format('select claim_shift(tests.a(), tests.new(), %L)', tests.id('later'))) ->> 'opens_at' is not null, true);
select tests.at('2026-11-17 08:00');
update communities set settings = '{"newcomer_first_hours": 24}' where id = tests.a();
select is(tests.claim('volunteer', 'later'), '422 newcomers_first', 'has served before');
select is(tests.claim('volunteer2', 'later'), 'ok', 'a newcomer');
select tests.at('2026-11-18 08:00');
select is(tests.claim('volunteer', 'later'), 'ok', 'a day later everybody');

update communities set settings = '{"max_shifts_in_a_row": 1}' where id = tests.a();
select tests.make_shift('next', '2026-11-26 09:00', 60, 5);
select is(tests.claim('volunteer', 'next'), '422 too_many_in_a_row');
select is(tests.claim('volunteer3', 'next'), 'ok', 'others may');
select tests.at('2026-11-25 09:30');
select is(tests.claim('volunteer', 'next'), 'ok', 'in the last day a free place is free');
select is(tests.run('volunteer2', format('select claim_shift(tests.a(), tests.new(), %L, null, %L)', tests.id('next'), tests.id('volunteer'))), '403 not_allowed');

select * from finish();
