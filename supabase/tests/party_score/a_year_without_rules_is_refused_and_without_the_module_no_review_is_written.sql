select plan(4);

select is(tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2024, 1)', tests.id('party org'))), '422 year_without_rules');
select is(tests.run('branch', format('select post_party_month(tests.a(), tests.new(), %L, 2023)', tests.id('party org'))), '422 year_without_rules');
select is(tests.run('branch', format('select close_party_year(tests.a(), tests.new(), %L, 2022)', tests.id('party org'))), '422 year_without_rules');
update communities set settings = '{"modules": {"party_points": false}}' where id = tests.a();
select is(tests.run('branch', format('select record_party_review(tests.a(), tests.new(), %L, 2026, %L)', tests.id('party'), 'excellent')), '403 module_off');

select * from finish();
