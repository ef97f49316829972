select plan(9);
\ir _cycle.sql
-- Put forward by the worker; the worker neither hands out codes about them, nor gives the committee's opinion, nor answers.
select tests.cycle('home', 'civilized_family', '2026'), tests.nominate('home', 'volunteer', 'worker', '王家'), tests.accept('home', 'volunteer');
create function pg_temp.mark(p_who text) returns text language sql as $$
  select tests.run(p_who, format('select give_opinion(tests.a(), tests.new(), %L, ''{"overall": 5}'')', tests.id('home volunteer')))
$$;
select is(tests.run('worker', format('select open_samples(tests.a(), tests.new(), %L, 3)', tests.id('home volunteer'))), '403 own_nomination');
select is(pg_temp.mark('worker') || ' ' || pg_temp.mark('street'), '404 nomination_unknown ok');
-- Whoever decides in the end gives no opinion of the committee before.
select tests.run('secretary', format('select name_panel(tests.a(), tests.new(), %L, array[tests.id(''branch''), tests.id(''clerk''), tests.id(''grid'')])', tests.id('home')));
select is(pg_temp.mark('grid'), '404 nomination_unknown');
-- A panellist who put somebody forward leaves the line to the others.
select tests.cycle('pioneer'), tests.nominate('pioneer', 'volunteer'), tests.accept('pioneer', 'volunteer'), tests.step('lock_cycle', 'pioneer'), tests.step('score_cycle', 'pioneer');
update private.nominations set nominated_by = tests.id('branch') where id = tests.id('pioneer volunteer');
select is(tests.decide('pioneer', 'volunteer'), '403 own_nomination');
select is(tests.decide('pioneer', 'volunteer', 'shortlist', null, 'clerk'), 'ok');
select tests.step('sign_decisions', 'pioneer', 'branch'), tests.run('clerk', format('select sign_decisions(tests.a(), tests.new(), %L)', tests.id('pioneer'))), tests.step('publish_notice', 'pioneer');
update private.nominations set nominated_by = tests.id('worker') where id = tests.id('pioneer volunteer');
select tests.object('pioneer', 'o1', 'volunteer');
select is(tests.answer('o1', 'worker') || ' ' || tests.answer('o1', 'street'), '403 own_nomination ok');
-- Nobody close to the one who named the panel is nominated; named anew by a colleague it is another panel.
select tests.cycle('star', 'area_star', '2026-Q3'), tests.make_helper(tests.a(), 'volunteer', 'secretary');
select is(tests.nominate('star', 'volunteer', 'street'), '422 nominee_is_on_panel');
select is(tests.run('street', format('select name_panel(tests.a(), tests.new(), %L, array[tests.id(''branch''), tests.id(''clerk''), tests.id(''party'')])', tests.id('star'))), 'ok');
select is(tests.nominate('star', 'volunteer', 'street'), 'ok');

select * from finish();
