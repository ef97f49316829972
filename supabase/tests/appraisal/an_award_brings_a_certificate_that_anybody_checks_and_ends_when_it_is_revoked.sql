select plan(12);
\ir _cycle.sql
select tests.published('pioneer'), tests.at('2026-11-24 09:00'), tests.step('confirm_cycle', 'pioneer'), tests.step('archive_cycle', 'pioneer');
create temp table paper as select tests.value('volunteer', format('select read_certificate(tests.a(), %L)', tests.id('pioneer volunteer'))) as c;
create function pg_temp.check() returns jsonb language sql as $$ select tests.value('anonymous', format('select verify_certificate(%L)', c ->> 'code')) from paper $$;
select is(c ->> 'kind' || ' ' || (c -> 'award')::text, 'award {"award": "volunteer_pioneer", "holder": "person", "period": "2026"}') from paper;
select is(c ->> 'holder_name', '王小明') from paper;
select is(pg_temp.check() ->> 'status' || ' ' || (pg_temp.check() ->> 'holder_masked') || ' ' || (pg_temp.check() #>> '{award,award}'), 'valid 王*明 volunteer_pioneer');
select is(tests.value('volunteer', 'select my_dossier(tests.a())') #>> '{awards,0,kind}', 'volunteer_pioneer', 'and stands in the dossier');
select is(tests.run('volunteer', format('select revoke_certificate(tests.a(), tests.new(), %L)', tests.id('pioneer volunteer'))), '404 certificate_unknown', 'it ends with the award only');
select is(tests.run('worker', format('select revoke_award(tests.a(), tests.new(), %L, ''查实不实'')', tests.id('pioneer volunteer'))), '404 award_unknown');
select is(tests.run('secretary', format('select revoke_award(tests.a(), tests.new(), %L, '''')', tests.id('pioneer volunteer'))), '400 field_required', 'a reason');
select is(tests.run('secretary', format('select revoke_award(tests.a(), tests.new(), %L, ''查实不实'')', tests.id('pioneer volunteer'))), 'ok', 'also of a sealed cycle');
select is(pg_temp.check() ->> 'status' || ' ' || (pg_temp.check() ->> 'ended_why') || ' ' || (pg_temp.check() ? 'holder_masked')::text, 'revoked award_revoked false');
select is(tests.run('secretary', format('select revoke_award(tests.a(), tests.new(), %L, ''再来'')', tests.id('pioneer volunteer'))), '409 award_revoked_already');
select is((select params ->> 'reason' from notifications where person_id = tests.id('volunteer') and kind = 'award_revoked'), '查实不实');
select is(tests.value('secretary', format('select verify_seal(tests.a(), %L)', tests.id('pioneer'))) ->> 'is_whole', 'true', 'what was sealed stays whole');

select * from finish();
