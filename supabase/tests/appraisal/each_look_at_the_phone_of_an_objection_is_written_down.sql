select plan(2);
\ir _cycle.sql
select tests.published('pioneer');
select tests.run('anonymous', format('select file_objection(tests.a(), %L, %L, ''没来'', %L, ''14400000003'')', tests.id('o1'), tests.id('publish_notice of pioneer'), tests.id('pioneer volunteer')));
create function pg_temp.look() returns text language sql as $$ select tests.value('worker', format('select reveal_objection_contact(tests.a(), %L, %L)', tests.id('look'), tests.id('o1'))) ->> 'phone' $$;
select is(pg_temp.look() || pg_temp.look(), '1440000000314400000003');
select is((select count(*)::int from audit_logs where command = 'reveal_objection_contact' and actor_person_id = tests.id('worker')), 2);

select * from finish();
