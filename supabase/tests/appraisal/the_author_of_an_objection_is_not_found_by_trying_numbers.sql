select plan(6);
\ir _cycle.sql
select tests.published('pioneer');
create function pg_temp.object(p_phone text) returns text language sql as $$
  select tests.run('anonymous', format('select file_objection(tests.a(), %L, %L, ''他没有来过这么多次'', %L, %L)', tests.id('o1'), tests.id('publish_notice of pioneer'), tests.id('pioneer volunteer'), p_phone))
$$;
select is(pg_temp.object('14400000003'), 'ok');
select is(pg_temp.object('14400000003') || pg_temp.object('14400000099'), 'okok', 'right or wrong, the answer is the same');
select isnt((select payload_hash from private.objections), encode(sha256(convert_to(jsonb_build_array(tests.id('publish_notice of pioneer'), '他没有来过这么多次', tests.id('pioneer volunteer'))::text, 'UTF8')), 'hex'), 'under a secret');
select is_empty(format('select 1 from audit_logs where id = %L', tests.id('o1')), 'the trail does not hold its id');
create function pg_temp.seen(p_by text) returns uuid language sql as $$ select (tests.value(p_by, format('select cycle_board(tests.a(), %L)', tests.id('pioneer'))) #>> '{objections,0,id}')::uuid $$;
select is((pg_temp.seen('worker') = tests.id('o1'))::text || (pg_temp.seen('branch') = tests.id('o1'))::text, 'truefalse', 'who answers has the id, who decided has not');
select tests.answer('o1', 'worker'), tests.at('2026-11-24 09:00'), tests.step('confirm_cycle', 'pioneer'), tests.step('archive_cycle', 'pioneer');
select is((select coalesce(contact_phone, '') || payload_hash from private.objections), '', 'gone with the phone');

select * from finish();
