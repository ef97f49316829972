select plan(7);

-- Whoever runs community B makes a person there under the id of a resident of A, a corps under the id of a corps of A.
select private.insert_person(tests.b(), tests.id('resident'), '冒名', null, 1985, 5, null, null, null, true);
insert into helper_links (community_id, id, person_id, helper_person_id, relation, valid_from)
  values (tests.b(), tests.new(), tests.id('resident'), tests.id('b_both'), 'helper', '2026-01-01');
insert into corps (community_id, id, color, name, founded_on) values (tests.b(), tests.id('green'), 'green_eco', '冒名队', '2026-01-01');
select tests.make_role(tests.b(), 'b_both', 'corps_leader', 'corps', 'green');
select is(tests.value('both', format('select count(*) from person_private where community_id = tests.a() and person_id = %L', tests.id('resident'))), '0'::jsonb);
select is(tests.value('both', format('select count(*) from persons where community_id = tests.a() and id = %L', tests.id('resident'))), '0'::jsonb);
select is(tests.value('both', 'select count(*) from corps_members where community_id = tests.a()'), '0'::jsonb);
select is(tests.value('both', 'select count(*) from service_records where community_id = tests.a()'), '0'::jsonb);
select is(tests.value('both', $$ select count(*) from activities where community_id = tests.a() and status = 'draft' $$), '0'::jsonb);
select is(tests.run('both', format('select my_service(tests.a(), %L)', tests.id('resident'))), '403 not_allowed');
select is(tests.run('both', 'select leader_shifts(tests.a())'), '403 not_allowed');

select * from finish();
