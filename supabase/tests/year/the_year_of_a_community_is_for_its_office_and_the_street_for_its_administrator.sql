select plan(16);
select is(tests.run(who, 'select year_dashboard(tests.a())'), answer, who || ' and the dashboard')
  from (values ('secretary', 'ok'), ('worker', 'ok'), ('street', 'ok'), ('volunteer', '403 not_allowed'), ('grid', '403 not_allowed'), ('b_secretary', '403 not_a_member'),
    ('stranger', '403 not_a_member')) v (who, answer);
select is(tests.run(who, 'select street_overview()'), answer, who || ' and the street')
  from (values ('street', 'ok'), ('secretary', '403 not_allowed'), ('volunteer', '403 not_allowed'), ('stranger', '403 not_allowed')) v (who, answer);
select is(tests.run('anonymous', 'select street_overview()'), '42501 permission denied for function street_overview');
select is(tests.run('volunteer', 'select my_year(tests.b())'), '403 not_a_member');
select is(tests.run('secretary', 'select year_dashboard(tests.a(), 2031)'), '400 field_invalid');
update public.role_grants set valid_to = '2026-11-15' where community_id = tests.a() and role = 'street_admin';
select is(tests.run('street', 'select street_overview()'), '403 not_allowed', 'an office that ended');
insert into public.role_grants (community_id, id, person_id, role, scope_kind, scope_id, valid_from) values (tests.a(), tests.new(), tests.id('street'), 'street_admin', 'grid', tests.id('grid1'), '2026-01-01');
select is(tests.run('street', 'select street_overview()'), '403 not_allowed', 'an office for a part is none for the whole');
select * from finish();
