select plan(10);
\ir _cycle.sql
select tests.make_helper(tests.a(), 'party', 'neighbour');
select tests.run('secretary', format('select plan_cycle(tests.a(), tests.new(), %L, %L)', tests.id('member'), jsonb_build_object('kind', 'excellent_member', 'period', '2026', 'collect_until', '2026-11-16', 'decide_until', '2026-11-30', 'quorum', 2)));
select tests.run('secretary', format('select name_panel(tests.a(), tests.new(), %L, array[tests.id(''clerk''), tests.id(''leader'')])', tests.id('member'))), tests.step('open_cycle', 'member');
create function pg_temp.rows_of(p_who text) returns jsonb language sql as $$
  select tests.value(p_who, 'select (select count(*) from nomination_consents) + (select count(*) from nomination_statements) + (select count(*) from awards)')
$$;
select is(tests.nominate('member', 'party', 'neighbour'), '403 not_allowed');
select is(tests.value('neighbour', format('select my_nominations(tests.a(), %L)', tests.id('party'))) -> 'open_cycles', '[]'::jsonb);
select is(tests.nominate('member', 'party'), 'ok');
select is(tests.value('neighbour', format('select my_nominations(tests.a(), %L)', tests.id('party'))) -> 'nominations', '[]'::jsonb);
select is(tests.run('neighbour', format('select accept_nomination(tests.a(), tests.new(), %L, false, ''2026-11'', ''helper'')', tests.id('member party'))), '404 nomination_unknown');
select is(tests.run('neighbour', format('select decline_nomination(tests.a(), tests.new(), %L)', tests.id('member party'))), '404 nomination_unknown');
select is(tests.accept('member', 'party') || tests.run('party', format('select save_statement(tests.a(), tests.new(), %L, ''我尽了本分'')', tests.id('member party'))), 'okok');
select is(tests.run('neighbour', format('select candidate_dossier(tests.a(), %L)', tests.id('member party'))), '404 nomination_unknown');
select is(pg_temp.rows_of('party') || pg_temp.rows_of('neighbour'), '[2, 0]'::jsonb);
select is(jsonb_array_length(tests.value('party', 'select my_nominations(tests.a())') -> 'nominations'), 1);

select * from finish();
