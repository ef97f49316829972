select plan(8);

select tests.make_shift('skilled', '2026-11-22 09:00', 120, 2);
update shift_roles set qualification_kind = 'nurse', min_age = 18, max_age = 30 where id = tests.id('role of skilled');
create function pg_temp.slugs(p_who text) returns text language sql as $$
  select string_agg(r ->> 'slug', ' ' order by n) from jsonb_array_elements(
    tests.value(p_who, format('select shift_detail(tests.a(), %L)', tests.id('skilled'))) #> '{eligibility,0,reasons}') with ordinality x (r, n)
$$;

select is(pg_temp.slugs('minor'), 'too_young qualification_missing', 'every reason');
select is(pg_temp.slugs('volunteer'), 'too_old qualification_missing');
select is(pg_temp.slugs('resident'), 'too_old qualification_missing not_a_volunteer', 'what one tap mends comes last');
select is(tests.claim('volunteer', 'skilled'), '422 too_old');
select is(tests.params('volunteer', format('select claim_shift(tests.a(), tests.new(), %L)', tests.id('skilled'))) #>> '{reasons,1,qualification}', 'nurse', 'the refusal carries them all');
insert into shift_roles (community_id, id, shift_id, name, capacity) values (tests.a(), tests.id('logistics'), tests.id('skilled'), 'logistics', 1);
select is(pg_temp.slugs('volunteer'), null, 'another role is possible');
select is(tests.claim('volunteer', 'skilled'), 'ok');
select is((select shift_role_id from signups where id = tests.id('volunteer on skilled')), tests.id('logistics'), 'and is the one taken');

select * from finish();
