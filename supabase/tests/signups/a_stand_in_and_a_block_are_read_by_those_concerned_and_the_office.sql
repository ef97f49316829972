select plan(8);

select tests.make_shift('tight', '2026-11-22 09:00', 120, 4);
select tests.claim('volunteer', 'tight');
select tests.run('volunteer', format('select offer_stand_in(tests.a(), %L, %L, %L, %L)', tests.id('call'), tests.id('volunteer on tight'),
  (select volunteer_no from volunteers where id = tests.id('volunteer3')), '钱三'));
select tests.run('leader', format('select reserve_block(tests.a(), %L, %L, %L, %L, 1, %L)', tests.id('block'), tests.id('tight'), 'helper', '示例公司', tests.shanghai('2026-11-21 09:00')));

select is(tests.value('volunteer', 'select count(*) from stand_ins'), '1');
select is(tests.value('volunteer3', 'select count(*) from stand_ins'), '1', 'whom was asked');
select is(tests.value('worker', 'select count(*) from stand_ins'), '1');
select is(tests.value('volunteer2', 'select count(*) from stand_ins'), '0');
select is(tests.value('b_worker', 'select count(*) from stand_ins'), '0');
select is(tests.value('leader', 'select count(*) from shift_blocks'), '1', 'its contact');
select is(tests.value('volunteer2', 'select count(*) from shift_blocks'), '0');
select is(tests.value('b_worker', 'select count(*) from shift_blocks'), '0');

select * from finish();
