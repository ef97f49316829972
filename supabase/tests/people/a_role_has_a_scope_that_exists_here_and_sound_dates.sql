select plan(8);

create function pg_temp.give(p_role text, p_kind text, p_scope uuid, p_from date default null, p_to date default null) returns text language sql as $$
  select tests.run('secretary', format('select grant_role(tests.a(), tests.new(), %L, %L, %L, %L, %L, %L)', tests.id('neighbour'), p_role, p_kind, p_scope, p_from, p_to))
$$;
select is(pg_temp.give('corps_leader', 'community', null), '400 scope_invalid');
select is(pg_temp.give('corps_leader', 'corps', tests.id('b_green')), '404 scope_unknown');
select is(pg_temp.give('emperor', 'community', null), '400 code_unknown');
select is(pg_temp.give('supervisor', 'community', null, '2026-11-20', '2026-11-19'), '400 dates_out_of_order');
select is(pg_temp.give('supervisor', 'community', null, '-infinity'), '400 field_invalid');
select is(pg_temp.give('supervisor', 'community', null, null, 'infinity'), '400 field_invalid');
select is(pg_temp.give('corps_leader', 'corps', tests.id('green')), 'ok');
select is(pg_temp.give('corps_leader', 'corps', tests.id('green')), '409 role_already_granted');

select * from finish();
