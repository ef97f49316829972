select plan(3);

select tests.run('volunteer2', format('select backfill_service(tests.a(), %L, %L, ''2026-11-10 09:00+08'', ''2026-11-10 10:00+08'', ''我女儿拍的'')', tests.id('b'), tests.id('past')));
select tests.run('volunteer2', format('select ask_exemption(tests.a(), %L, ''illness'', ''2026-11-18'', ''2026-11-25'', ''手术'')', tests.id('ill')));
select is(tests.run('volunteer2', 'select erase_me(tests.a(), tests.new())'), 'ok');
select is((select evidence from backfills where id = tests.id('b')), null);
select is((select note || kind from exemptions where id = tests.id('ill')), null);

select * from finish();
