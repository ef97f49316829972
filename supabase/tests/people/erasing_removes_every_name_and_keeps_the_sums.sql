select plan(9);

select tests.claim('volunteer', 'shift');
select tests.run('volunteer', format('select cancel_signup(tests.a(), tests.new(), %L, %L)', tests.id('volunteer on shift'), '我王小明生病了'));
update privacy_requests set answer = '王小明同志,已修好' where id = tests.id('privacy request');
select is(tests.run('volunteer', 'select erase_me(tests.a(), tests.id(''erase''))'), 'ok');
select is((select display_name || coalesce(birth_year::text, '') || status from persons where id = tests.id('volunteer')), '*erased');
select is_empty($$ select 1 from person_private where community_id = tests.a() and person_id = tests.id('volunteer') $$);
select is_empty($$ select 1 from account_persons where person_id = tests.id('volunteer') $$);
create function pg_temp.tables_that_name(p_text text) returns setof text language plpgsql as $$
declare
  v_table text;
  v_found boolean;
begin
  for v_table in select table_name::text from information_schema.columns where table_schema = 'public' and column_name = 'community_id' loop
    execute format('select exists (select 1 from public.%I t where t.community_id = tests.a() and t::text like %L)', v_table, '%' || p_text || '%') into v_found;
    if v_found then return next v_table; end if;
  end loop;
end $$;
select is_empty($$ select pg_temp.tables_that_name('王小明') $$, 'no row of the community holds the name');
select is_empty($$ select pg_temp.tables_that_name('14400000004') $$, 'nor the phone');
select is(tests.minutes('volunteer'), 120);
select is(tests.balance('volunteer'), 20);
select is(tests.run('volunteer', 'select erase_me(tests.a(), tests.id(''erase''))'), 'ok', 'sent again');

select * from finish();
