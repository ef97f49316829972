select plan(2);

select is(tests.run('minor', $$ select give_consent(tests.a(), tests.new(), 'publish_name', '2026-11') $$), '422 too_young');
select is((select display_name from persons where id = tests.id('minor')), '沈*朋');

select * from finish();
