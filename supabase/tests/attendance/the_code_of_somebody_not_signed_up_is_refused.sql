select plan(2);

select tests.at('2026-11-20 09:00');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, %L)', tests.id('shift'), tests.qr('volunteer'))), '404 not_signed_up');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, %L)', tests.id('shift'), tests.digits('volunteer'))), '422 code_invalid', 'typed: as if it were nobody''s');

select * from finish();
