select plan(6);

create function pg_temp.given() returns jsonb language sql as $$ select jsonb_build_object('kind', 'copy', 'note', null) $$;
create function pg_temp.kept() returns text language sql as $$ select payload_hash from audit_logs where id = tests.id('asked') $$;

select is(tests.run('volunteer', format('select ask_privacy(tests.a(), %L, ''copy'')', tests.id('asked'))), 'ok');
select isnt(pg_temp.kept(), encode(sha256(convert_to('ask_privacy' || pg_temp.given()::text, 'UTF8')), 'hex'), 'no plain hash of what everybody may guess');
select is(pg_temp.kept(), private.payload_hash('ask_privacy', pg_temp.given()), 'but one under the secret of this database');
select is(tests.run('volunteer', format('select ask_privacy(tests.a(), %L, ''copy'')', tests.id('asked'))), 'ok', 'sent again it is known');
select is(tests.run('volunteer', format('select ask_privacy(tests.a(), %L, ''access'')', tests.id('asked'))), '409 id_reused', 'and something else under its id, too');
select is(tests.run('secretary', 'select secret from private.audit_key'), '42501 permission denied for table audit_key');

select * from finish();
