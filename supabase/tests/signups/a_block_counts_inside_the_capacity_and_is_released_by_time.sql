select plan(15);

select tests.make_role(tests.a(), 'resident', 'partner_contact');
select tests.make_shift('firm', '2026-11-22 09:00', 120, 4);
create function pg_temp.reserve(p_who text, p_n int, p_until text, p_id text default 'block') returns text language sql as $$
  select tests.run(p_who, format('select reserve_block(tests.a(), %L, %L, %L, %L, %s, %L)', tests.id(p_id), tests.id('firm'), 'helper', '示例公司', p_n, tests.shanghai(p_until)))
$$;
create function pg_temp.fill(p_who text, p_no text, p_name text) returns text language sql as $$
  select tests.run('resident', format('select fill_block(tests.a(), %L, %L, %L, %L)', tests.id(p_who || ' on firm'), tests.id('block'), p_no, p_name))
$$;
create function pg_temp.no(p_who text) returns text language sql security definer as $$ select volunteer_no from volunteers where id = tests.id(p_who) $$;

select is(pg_temp.reserve('volunteer', 2, '2026-11-21 09:00'), '403 not_allowed', 'a partner contact or the leader');
select is(pg_temp.reserve('resident', 3, '2026-11-21 09:00'), '422 block_too_large', 'half of the places by default');
select is(pg_temp.reserve('resident', 2, '2026-11-23 09:00'), '422 block_until_invalid');
select is(pg_temp.reserve('resident', 2, '2026-11-21 09:00'), 'ok');
select is(tests.claim('volunteer', 'firm'), 'ok');
select is(tests.claim('leader', 'firm'), 'ok');
select is(tests.claim('other_leader', 'firm'), 'ok');
select is(tests.signup('other_leader', 'firm'), 'waitlisted', 'what is kept is taken');
select is(pg_temp.fill('volunteer2', pg_temp.no('volunteer2'), '赵三'), '404 volunteer_unknown');
select is(pg_temp.fill('volunteer2', pg_temp.no('volunteer2'), '赵二'), 'ok');
select is(tests.value('volunteer3', format('select shift_detail(tests.a(), %L)', tests.id('firm'))) #> '{places,roles,0}' ->> 'reserved', '1');
select tests.at('2026-11-21 09:00');
select is(tests.value('volunteer3', format('select shift_detail(tests.a(), %L)', tests.id('firm'))) #> '{places,roles,0}' ->> 'reserved', '0', 'free by time, with no job');
select is(pg_temp.fill('volunteer3', pg_temp.no('volunteer3'), '钱三'), '409 block_over');
select tests.run('other_leader', 'select my_shifts(tests.a())');
select is(tests.signup('other_leader', 'firm'), 'offered', 'and goes to who waits');
select is(tests.signup('volunteer2', 'firm'), 'confirmed', 'names stay');

select * from finish();
