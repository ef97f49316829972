select plan(5);

select tests.claim('volunteer', 'shift'), tests.claim('volunteer2', 'shift'), tests.claim('volunteer3', 'shift');
select is(private.first_broken_audit_link(tests.a()), null);
alter table audit_logs disable trigger user;
update audit_logs set detail = '{"x":1}' where community_id = tests.a() and seq = 2;
select is(private.first_broken_audit_link(tests.a()), 2::bigint, 'a row changed');
update audit_logs set detail = jsonb_build_object('shift_id', tests.id('shift')) where community_id = tests.a() and seq = 2;
select is(private.first_broken_audit_link(tests.a()), null);
delete from audit_logs where community_id = tests.a() and seq = 4;
select is(private.first_broken_audit_link(tests.a()), 4::bigint, 'the last row cut off');
delete from audit_logs where community_id = tests.a() and seq = 2;
select isnt(private.first_broken_audit_link(tests.a()), null, 'a row taken out');

select * from finish();
