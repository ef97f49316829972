select plan(6);

create function pg_temp.page() returns jsonb language sql as $$
  select tests.value('anonymous', format('select public_corps(tests.a(), %L)', tests.id('green')))
$$;
select is(pg_temp.page() -> 'leaders', '["孙*长"]');
select tests.run('leader', $$select give_consent(tests.a(), tests.new(), 'publish_name', '2026-11')$$);
select is(pg_temp.page() -> 'leaders', '["孙队长"]', 'who agreed is named');
select is(pg_temp.page() ->> 'minutes_year', '120');
select is(jsonb_array_length(pg_temp.page() -> 'open_shifts'), 1);
select ok(pg_temp.page()::text !~ '王小明|144[0-9]{8}', 'no member');
select is(tests.value('anonymous', format('select public_corps(tests.b(), %L)', tests.id('green'))), null, 'a corps belongs to its community');

select * from finish();
