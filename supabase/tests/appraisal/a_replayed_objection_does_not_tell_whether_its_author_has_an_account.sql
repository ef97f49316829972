select plan(5);
\ir _cycle.sql
select tests.published('pioneer');
select is(tests.object('pioneer', 'without', 'volunteer') || tests.object('pioneer', 'with', 'volunteer', 'neighbour'), 'okok');
-- Whoever answers knows id and words: sent again, both answer the same.
create function pg_temp.again(p_by text, p_name text) returns jsonb language sql as $$
  select tests.value(p_by, format('select file_objection(tests.a(), %L, %L, ''他没有来过这么多次'', %L)', tests.id(p_name), tests.id('publish_notice of pioneer'), tests.id('pioneer volunteer'))) - array['code', 'objection_id']
$$;
select is(pg_temp.again('anonymous', 'without'), pg_temp.again('anonymous', 'with'));
select is(pg_temp.again('worker', 'without'), pg_temp.again('worker', 'with'));
select is((select count(*)::int from private.objections), 2, 'and nothing is filed twice');
select is(tests.run('worker', format('select file_objection(tests.a(), %L, %L, ''别的话'')', tests.id('with'), tests.id('publish_notice of pioneer'))), '409 id_reused');

select * from finish();
