select plan(2);

select is(tests.claim('volunteer', 'b_shift'), '404 shift_unknown');
select is(tests.run('volunteer', format('select claim_shift(tests.b(), tests.new(), %L)', tests.id('b_shift'))), '403 not_a_member');

select * from finish();
