select plan(3);

select is(tests.run('volunteer', format('select my_member_code(tests.a(), %L)', tests.id('elder'))), 'ok');
select is(tests.run('neighbour', format('select my_member_code(tests.a(), %L)', tests.id('elder'))), '403 not_allowed');
select tests.make_helper(tests.b(), 'b_elder', 'b_both');
select is(tests.run('both', format('select my_member_code(tests.a(), %L)', tests.id('b_elder'))), '403 not_allowed', 'helped in the other community');

select * from finish();
