select plan(5);

select is(tests.run('resident', 'select advance_demo_clock(60)'), '403 not_a_demo');
insert into private.demo_clock values (true, interval '0');
update communities set is_demo = true where id = tests.a();
select is(tests.run('resident', 'select advance_demo_clock(60)'), '403 not_a_demo', 'one of the two is real');
update communities set is_demo = true;
select is(tests.run('resident', 'select advance_demo_clock(60)'), 'ok');
select is(tests.run('resident', 'select advance_demo_clock(1441)'), '400 field_invalid');
select is(tests.run('anonymous', 'select advance_demo_clock(60)'), '42501 permission denied for function advance_demo_clock');

select * from finish();
