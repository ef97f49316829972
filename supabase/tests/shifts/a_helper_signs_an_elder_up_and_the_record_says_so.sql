select plan(5);

select is(tests.run('volunteer', format('select claim_shift(tests.a(), %L, %L, null, %L)', tests.id('elder on shift'), tests.id('shift'), tests.id('elder'))), 'ok');
select is((select signed_up_by from signups where id = tests.id('elder on shift')), tests.id('volunteer'));
select is((select for_person_id from audit_logs where id = tests.id('elder on shift')), tests.id('elder'));
select is((select actor_person_id from audit_logs where id = tests.id('elder on shift')), tests.id('volunteer'));
select is((select count(*)::int from notifications where kind = 'signed_up_by_helper' and person_id = tests.id('elder')), 1);

select * from finish();
