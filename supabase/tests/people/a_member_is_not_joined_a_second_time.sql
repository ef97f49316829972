select plan(1);

insert into join_requests (community_id, id, user_id, real_name, phone, birth_year, birth_month, consent_version, created_at)
  values (tests.a(), tests.id('second'), tests.id('user resident'), '张住户', '14400000002', 1985, 5, '2026-11', now());
select is(tests.run('worker', format('select review_join(tests.a(), tests.new(), %L, %L)', tests.id('second'), 'confirm')), '409 already_a_member');

select * from finish();
