select plan(2);

select throws_ok($$ insert into helper_links (community_id, id, person_id, helper_person_id, relation, valid_from) values (tests.a(), tests.new(), tests.id('elder'), tests.id('b_volunteer'), 'helper', '2026-01-01') $$, '23503');
select throws_ok($$ insert into corps_members (community_id, id, corps_id, person_id, joined_on) values (tests.a(), tests.new(), tests.id('b_green'), tests.id('volunteer'), '2026-01-01') $$, '23503');

select * from finish();
