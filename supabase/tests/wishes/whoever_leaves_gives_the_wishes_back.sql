select plan(3);

select is(tests.run('resident', 'select leave_community(tests.a(), tests.new())'), 'ok');
select is((select string_agg(status, ' ' order by title) from wishes where id in (tests.id('asked wish'), tests.id('approved wish'), tests.id('delivering wish'), tests.id('realized wish'))),
  'open open open realized');
select is((select count(*)::int from wish_claims where donor_person_id = tests.id('resident') and why = 'left'), 3);

select * from finish();
