select plan(10);

select tests.run('party', format('select log_duty(tests.a(), %L, %L, %L, 30)', tests.id('log'), 'publicity_round', tests.shanghai('2026-11-15 10:00')));
select tests.run('branch', format('select record_party_remark(tests.a(), %L, %L, %L, %L, %L)', tests.id('remark'), tests.id('party'), 'emergency', '2026-03-01', '抗洪'));
select tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, 1)', tests.id('party org')));
insert into point_accounts (community_id, id) values (tests.a(), tests.id('party')) on conflict do nothing;

create function pg_temp.earn(p_source uuid, p_kind text default 'service_record', p_set text default 'VOL-2026.1', p_rule text default 'V01') returns void language sql as $$
  insert into point_entries (community_id, id, person_id, ruleset_code, rule_code, source_kind, source_id, points, occurred_on, inputs, posted_at)
  values (tests.a(), tests.new(), tests.id('party'), p_set, p_rule, p_kind, p_source, 10, '2026-11-01', '{}', private.now())
$$;
select throws_ok($$select pg_temp.earn((select id from party_score_entries where rule_code = 'emergencies'))$$, 'PT409', 'party_points_are_not_spendable');
select throws_ok($$select pg_temp.earn((select id from party_quarter_scores limit 1))$$, 'PT409', 'party_points_are_not_spendable');
select throws_ok($$select pg_temp.earn(tests.id('log'))$$, 'PT409', 'party_points_are_not_spendable');
select throws_ok($$select pg_temp.earn(tests.id('remark'))$$, 'PT409', 'party_points_are_not_spendable');
select throws_ok($$select pg_temp.earn(tests.new(), 'party_score')$$, '23514');
select throws_ok($$select pg_temp.earn(tests.new(), 'service_record', 'PTY-2026.1')$$, '23503');
select throws_ok($$insert into point_rulesets (community_id, id, code, effective_from, published_at) values (tests.a(), tests.new(), 'PTY-2026.2', '2026-01-01', private.now())$$, '23514');
select is((select count(*)::int from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
  where k.contype = 'f' and ((c.relname like 'party\_%' and f.relname like 'point\_%') or (c.relname like 'point\_%' and (f.relname like 'party\_%' or f.relname like 'duty\_%')))), 0, 'no key leads from one ledger to the other');

select throws_ok($$select pg_temp.earn(tests.new(), 'pledge_kept')$$, '23514');
select is_empty($$ select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'person_id' join pg_attribute i on i.attrelid = c.oid and i.attname = 'id'
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and (c.relname ~ '^(party|duty)_' or c.relname in ('pledges', 'community_checkins')) and c.relname <> 'duty_log_people'
    and (select p.prosrc from pg_proc p where p.proname = 'tg_point_entries__nothing_of_the_party') not like '%public.' || c.relname || ' x%' $$, 'whatever of the party bears a person''s name is no source of a point');

select * from finish();
