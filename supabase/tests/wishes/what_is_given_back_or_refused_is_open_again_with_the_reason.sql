select plan(10);

create function tests.release(p_who text, p_claim text, p_why text, p_reason text default '来不及了') returns text language sql as $$
  select tests.run(p_who, format('select release_wish(tests.a(), tests.new(), %L, %L, %L)', tests.id(p_claim), p_reason, p_why))
$$;
select is(tests.release('resident', 'approved claim', 'given_back', ' '), '400 field_required');
select is(tests.release('resident', 'approved claim', 'refused'), '403 not_allowed', 'the donor does not refuse for the family');
select is(tests.release('neighbour', 'approved claim', 'given_back'), '404 claim_unknown');
select is(tests.release('resident', 'approved claim', 'given_back'), 'ok');
select is((select status || given_back || parts_taken from wishes where id = tests.id('approved wish')), 'open10');
select is(tests.release('volunteer', 'delivering claim', 'refused', '颜色不喜欢'), 'ok', 'the receiver''s side');
select is((select status || why || reason from wish_claims where id = tests.id('delivering claim')), 'releasedrefused颜色不喜欢');
select is((select status from wish_deliveries where claim_id = tests.id('delivering claim')), 'refused');
select is((select count(*)::int from notifications where kind = 'wish_released' and person_id = tests.id('resident')), 1);
select is(tests.release('resident', 'realized claim', 'given_back'), '409 claim_not_in_state', 'what came true stays');

select * from finish();
