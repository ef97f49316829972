select plan(6);
\ir _cycle.sql
select tests.cycle('pioneer'), tests.nominate('pioneer', 'minor'), tests.nominate('pioneer', 'volunteer'), tests.make_helper(tests.a(), 'minor', 'neighbour', 'helper');
create function pg_temp.accept(p_by text, p_who text, p_via text) returns text language sql as $$
  select tests.run(p_by, format('select accept_nomination(tests.a(), tests.new(), %L, true, ''2026-11'', %L)', tests.id('pioneer ' || p_who), p_via))
$$;
select is(pg_temp.accept('neighbour', 'minor', 'helper'), '422 guardian_consent_needed', 'a helper is no guardian');
update guardian_links set consented_at = null where community_id = tests.a();
select is(pg_temp.accept('worker', 'minor', 'paper'), '422 guardian_consent_needed', 'no paper without the guardian''s consent on file');
update guardian_links set consented_at = private.now() where community_id = tests.a();
select is(pg_temp.accept('worker', 'minor', 'paper'), 'ok');
update persons set birth_year = null where community_id = tests.a() and id = tests.id('volunteer');
select is(pg_temp.accept('volunteer', 'volunteer', 'self'), '422 guardian_consent_needed', 'nobody knows the age');
update persons set birth_year = 1985 where community_id = tests.a() and id = tests.id('volunteer');
select is(pg_temp.accept('volunteer', 'volunteer', 'self'), 'ok');
select is((select string_agg(shows_full_name::text, ',' order by person_id = tests.id('minor')) from nomination_consents), 'true,false');

select * from finish();
