select plan(7);
\ir _cycle.sql
select tests.cycle('unit', 'cobuild_model', '2026');
select is(tests.nominate('unit', 'volunteer', 'secretary', '惠民店'), '422 nominee_unfit', 'somebody who speaks for no unit');
select tests.make_role(tests.a(), 'volunteer', 'partner_contact');
select is(tests.nominate('unit', 'volunteer', 'secretary', '惠民店'), 'ok');
select tests.cycle('home', 'civilized_family', '2026');
update person_private set household_id = tests.id('household') where community_id = tests.a() and person_id in (tests.id('volunteer'), tests.id('resident'));
select is(tests.nominate('home', 'volunteer', 'secretary', '王家') || ' ' || tests.nominate('home', 'resident', 'secretary', '张家'), 'ok 409 nominated_already');
create function pg_temp.paper() returns text language sql as $$
  select tests.run('worker', format('select accept_nomination(tests.a(), tests.new(), %L, true, ''2026-12'', ''paper'')', tests.id('home volunteer')))
$$;
create function pg_temp.consent() returns text language sql as $$ select given_via || ' ' || version || ' ' || shows_full_name from nomination_consents where id = tests.id('home volunteer') $$;
select is(pg_temp.paper(), 'ok');
select is(pg_temp.consent(), 'paper 2026-12 true');
select tests.accept('home', 'volunteer');
select is(pg_temp.consent(), 'self 2026-11 false', 'all of it is of who agreed last');
select pg_temp.paper();
select is(pg_temp.consent(), 'self 2026-11 false', 'no paper talks over what one said oneself');

select * from finish();
