select plan(7);

create function tests.told(p_who text, p_kind text) returns int language sql security definer as $$
  select count(*)::int from notifications where kind = p_kind and person_id = tests.id(p_who) $$;
select tests.give_points('volunteer', 100);
select is(tests.order('volunteer', 'haircut', 'o1', 3), 'ok');

-- The claim ends on 1 December, the order lapses the same night; nobody opens a screen of either.
select tests.at('2026-11-28 10:00');
select tests.value('resident', 'select my_session()'), tests.value('resident', 'select my_unread(tests.a())'), tests.value('resident', 'select my_inbox(tests.a())');
select is(tests.told('resident', 'wish_claim_due'), 1, 'a session, an inbox, a number: one reminder');
select tests.at('2026-12-20 10:00');
select is(jsonb_path_exists(tests.value('volunteer', 'select my_inbox(tests.a())'), '$.notices[*] ? (@.kind == "reward_lapsed")'), true, 'who opens the inbox is told that the order lapsed');
select is((select status from reward_orders where id = tests.id('o1')), 'lapsed');
select tests.value('resident', 'select my_unread(tests.a())');
select is(tests.told('resident', 'wish_claim_lapsed'), 2, 'one that was asked for, one that was approved');

-- The same by a job, for everybody, and not again.
select tests.at('2027-03-26 10:00');
select private.tidy_community(tests.a()), private.tidy_community(tests.a()), tests.value('volunteer', 'select my_session()');
select is((select count(*)::int from notifications where kind = 'points_expiring' and person_id = tests.id('volunteer') and not params ? 'name'), 1);
select is(tests.told('resident', 'wish_claim_lapsed') + tests.told('volunteer', 'reward_lapsed'), 3, 'nothing is told twice');

select * from finish();
