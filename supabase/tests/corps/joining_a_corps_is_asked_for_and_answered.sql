select plan(14);

create function pg_temp.application(p_who text) returns uuid language sql security definer as $$
  select a.id from public.corps_applications a where a.person_id = tests.id(p_who) order by a.created_at desc, a.status = 'submitted' desc limit 1
$$;
create function pg_temp.ask(p_who text, p_corps text, p_for text default null) returns text language sql as $$
  select tests.run(p_who, format('select apply_to_corps(tests.a(), tests.new(), %L, %L, %L)', tests.id(p_corps), '周末有空', tests.id(p_for)))
$$;
create function pg_temp.answer(p_who text, p_accept boolean, p_reason text default null) returns text language sql as $$
  select tests.run(p_who, format('select review_corps_application(tests.a(), tests.new(), %L, %L, %L)', pg_temp.application('volunteer3'), p_accept, p_reason))
$$;
select is(pg_temp.ask('resident', 'green'), '422 not_a_volunteer');
select is(pg_temp.ask('volunteer', 'green'), '409 already_in_corps');
select is(pg_temp.ask('volunteer3', 'b_green'), '404 corps_unknown', 'a corps of another community');
select is(pg_temp.ask('volunteer3', 'green'), 'ok');
select is(pg_temp.ask('volunteer3', 'green'), '409 application_waiting');
select is((select count(*)::int from notifications where kind = 'corps_applied' and person_id = tests.id('leader')), 1, 'the leader is told');
select is(pg_temp.answer('other_leader', true), '404 application_unknown', 'another corps does not see it');
select is(pg_temp.answer('leader', false), '400 field_required', 'a no says why');
select is(pg_temp.answer('leader', false, '名额满了，春天再来'), 'ok');
select is(pg_temp.answer('leader', true), '409 application_decided');
select is(pg_temp.ask('volunteer3', 'green'), 'ok', 'one may ask again');
select is(pg_temp.answer('leader', true), 'ok');
select ok(exists (select 1 from corps_members where corps_id = tests.id('green') and person_id = tests.id('volunteer3') and left_on is null));
select is(pg_temp.ask('volunteer', 'blue', 'elder'), 'ok', 'a helper asks for an elder');

select * from finish();
