select plan(4);

select is(tests.run('worker', 'select join_desk(tests.a())'), 'ok');
select is((tests.value('worker', 'select join_desk(tests.a())') #>> '{0,phone_masked}'), '144****0018');
select is(tests.value('worker', 'select count(*) from join_requests where community_id = tests.a()'), '0'::jsonb);
select is(tests.value('worker', 'select count(*) from guardian_links'), '0'::jsonb);

select * from finish();
