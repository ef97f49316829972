select plan(6);

select is(tests.run('resident', $$ select end_post(tests.a(), tests.new(), tests.id('party post')) $$), '404 post_unknown');
select is(tests.run('secretary', $$ select end_post(tests.a(), tests.new(), tests.id('b_party post')) $$), '404 post_unknown', 'another community''s is not known here');
select is(tests.run('party', $$ select end_post(tests.a(), tests.new(), tests.id('party post'), '2026-12-31', '身体原因') $$), 'ok');
select results_eq($$ select valid_to, end_reason from public.party_posts where id = tests.id('party post') $$, $$ values (date '2026-12-31', '身体原因') $$);
select is(tests.run('branch', $$ select end_post(tests.a(), tests.new(), tests.id('party post'), '2027-06-30') $$), '409 post_already_ended', 'an end is not put off');
select is(tests.run('branch', $$ select end_post(tests.a(), tests.new(), tests.id('party post')) $$), 'ok', 'but it may come earlier');

select * from finish();
