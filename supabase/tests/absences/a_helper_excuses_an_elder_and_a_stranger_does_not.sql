select plan(3);

select tests.run('volunteer', format('select claim_shift(tests.a(), %L, %L, null, %L)', tests.id('elder on shift'), tests.id('shift'), tests.id('elder')));
select is(tests.run('volunteer2', format('select excuse_absence(tests.a(), tests.new(), %L, %L)', tests.id('elder on shift'), '腿疼')), '404 signup_unknown');
select is(tests.run('other_leader', format('select excuse_absence(tests.a(), tests.new(), %L, %L)', tests.id('elder on shift'), '腿疼')), '404 signup_unknown');
select is(tests.run('volunteer', format('select excuse_absence(tests.a(), tests.new(), %L, %L)', tests.id('elder on shift'), '腿疼')), 'ok');

select * from finish();
