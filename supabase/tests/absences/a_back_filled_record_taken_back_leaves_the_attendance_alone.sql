select plan(3);

select tests.make_served(tests.a(), 'volunteer2', 'past', 'cleanup', 'leader');
alter table service_records disable trigger user;
update service_records set provenance = 'backfilled' where id = tests.id('record volunteer2 on past');
alter table service_records enable trigger user;
select is(tests.run('leader', format('select reverse_service_record(tests.a(), tests.new(), %L, ''记错了'')', tests.id('record volunteer2 on past'))), 'ok');
select is((select status from attendances where id = tests.id('volunteer2 on past')), 'credited');
-- Nor is anybody missing whose hours stand.
delete from attendances where id = tests.id('volunteer on past');
update signups set status = 'confirmed' where id = tests.id('volunteer on past');
select is(tests.run('leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('volunteer on past'))), '409 signup_not_markable');

select * from finish();
