select plan(8);
\ir _cycle.sql
select tests.cycle('pioneer'), tests.nominate('pioneer', 'volunteer'), tests.accept('pioneer', 'volunteer'), tests.step('lock_cycle', 'pioneer'), tests.step('score_cycle', 'pioneer');
create function pg_temp.mine() returns jsonb language sql as $$ select tests.value('volunteer', 'select my_nominations(tests.a())') #> '{nominations,0}' $$;
create function pg_temp.file(p_by text) returns jsonb language sql as $$ select tests.value(p_by, format('select candidate_dossier(tests.a(), %L)', tests.id('pioneer volunteer'))) $$;
select is(jsonb_build_array(pg_temp.mine() -> 'score', pg_temp.mine() -> 'lines'), '[null, []]'::jsonb, 'scored, and the panel still decides');
select isnt(pg_temp.mine() -> 'gates', '[]'::jsonb, 'whether the gates are met is a fact');
select is(jsonb_build_array(pg_temp.file('volunteer') -> 'score', pg_temp.file('volunteer') -> 'lines'), '[null, []]'::jsonb, 'nor through the file');
select isnt(pg_temp.file('volunteer') -> 'records', '[]'::jsonb, 'the rows behind it are open at any time');
select tests.decide('pioneer', 'volunteer');
select is(pg_temp.mine() -> 'score', 'null'::jsonb, 'nor while the panel signs');
select isnt(pg_temp.file('branch') -> 'score', 'null'::jsonb, 'the panel reads it');
select tests.step('sign_decisions', 'pioneer', 'branch'), tests.run('clerk', format('select sign_decisions(tests.a(), tests.new(), %L)', tests.id('pioneer'))), tests.step('publish_notice', 'pioneer');
select is(pg_temp.mine() -> 'score', pg_temp.file('branch') -> 'score');
select is(jsonb_array_length(pg_temp.mine() -> 'lines') + jsonb_array_length(pg_temp.file('volunteer') -> 'lines'), 10);

select * from finish();
