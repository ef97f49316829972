select plan(14);

create function tests.confirm(p_who text, p_claim text, p_code text default null) returns text language sql as $$
  select tests.run(p_who, format('select confirm_realized(tests.a(), tests.new(), %L, %L)', tests.id(p_claim), p_code))
$$;
select is(tests.confirm('resident', 'delivering claim', '123456'), '403 own_claim', 'the donor, even with the code');
select is(tests.confirm('neighbour', 'delivering claim'), '404 claim_unknown', 'nobody without anything');
select is(tests.confirm('worker', 'approved claim'), '409 claim_not_in_state', 'not before it was delivered');
select is(tests.value('neighbour', format('select confirm_realized(tests.a(), tests.new(), %L, ''000000'')', tests.id('delivering claim'))) ->> 'left', '4');
select is(tests.confirm('neighbour', 'delivering claim', '１２３４５６'), 'ok', 'whoever hands over, with the code, typed in full width');
select is((select status || confirmed_via from wish_deliveries where claim_id = tests.id('delivering claim')), 'confirmedcode');
select is((select status from wishes where id = tests.id('delivering wish')), 'realized');
select is(tests.run('resident', format('select record_delivery(tests.a(), tests.new(), %L, ''community'')', tests.id('approved claim'))), 'ok');
select tests.confirm('neighbour', 'approved claim', '00000' || n) from generate_series(1, 5) n;
select is(tests.confirm('neighbour', 'approved claim', '123456'), '422 hand_over_code_locked', 'five tries');
select is(tests.confirm('volunteer', 'approved claim'), 'ok', 'the receiver''s helper still can');
select is((select confirmed_via from wish_deliveries where claim_id = tests.id('approved claim')), 'receiver');
select is(tests.confirm('volunteer', 'approved claim'), '409 claim_not_in_state', 'once');
select is((select count(*)::int from private.wish_meetings where claim_id in (tests.id('approved claim'), tests.id('delivering claim'))), 0, 'the codes are gone');
select is(tests.value('resident', 'select my_wish_claims(tests.a())') ->> 'realized', '3');

select * from finish();
