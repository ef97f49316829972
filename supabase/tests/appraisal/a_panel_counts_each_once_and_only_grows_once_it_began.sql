select plan(8);
\ir _cycle.sql
create function pg_temp.panel(variadic p_who text[]) returns text language sql as $$
  select tests.run('secretary', format('select name_panel(tests.a(), tests.new(), %L, %L)', tests.id('pioneer'), (select array_agg(tests.id(w)) from unnest(p_who) w)))
$$;
select tests.cycle('pioneer'), tests.nominate('pioneer', 'volunteer'), tests.accept('pioneer', 'volunteer');
select is(pg_temp.panel('branch', 'branch', 'branch'), '422 panel_too_small', 'one person named three times is one');
select is(pg_temp.panel('secretary', 'branch'), '422 panel_too_small', 'who names the panel makes no quorum of it');
select is(pg_temp.panel('branch', 'clerk'), 'ok');
select tests.step('lock_cycle', 'pioneer'), tests.step('score_cycle', 'pioneer'), tests.decide('pioneer', 'volunteer'), tests.step('sign_decisions', 'pioneer', 'branch');
select is(pg_temp.panel('branch', 'party'), '422 panel_only_grows');
-- One cannot sign any more: somebody is added, and what was signed stays signed.
select tests.make_helper(tests.a(), 'volunteer', 'clerk');
select is(pg_temp.panel('branch', 'clerk', 'volunteer'), '422 panel_member_is_close');
select is(pg_temp.panel('branch', 'clerk', 'party'), 'ok');
select is(private.signatures(tests.a(), tests.id('pioneer')), 1);
select is(tests.run('party', format('select sign_decisions(tests.a(), tests.new(), %L)', tests.id('pioneer'))) || tests.step('publish_notice', 'pioneer'), 'okok');

select * from finish();
