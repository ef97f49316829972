select plan(1);

insert into join_requests (community_id, id, user_id, real_name, phone, birth_year, birth_month, consent_version, created_at)
  values (tests.a(), tests.id('own'), tests.id('user worker'), '陈社工', '14400000012', 1985, 5, '2026-11', now());
select is(tests.run('worker', format('select review_join(tests.a(), tests.new(), %L, %L)', tests.id('own'), 'confirm')), '403 own_request');

select * from finish();
