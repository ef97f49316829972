select plan(5);

select tests.make_shift('one', '2026-11-20 09:00', 120, 1);
select tests.claim('volunteer', 'one'), tests.claim('volunteer2', 'one');
select tests.make_role(tests.a(), 'volunteer', 'supervisor', 'community', null, '2026-11-26');
select is(tests.run('volunteer', 'select leave_community(tests.a(), tests.new())'), 'ok');
select is(tests.signup('volunteer', 'one') || ' ' || tests.signup('volunteer2', 'one'), 'cancelled offered');
select is(tests.minutes('volunteer'), 120, 'hours stay');
select is_empty($$ select 1 from role_grants where person_id = tests.id('volunteer') and (valid_to is null or valid_to >= '2026-11-16') $$, 'no role, not even one to come');
select is(tests.run('volunteer', 'select my_shifts(tests.a())'), '403 not_a_member');

select * from finish();
