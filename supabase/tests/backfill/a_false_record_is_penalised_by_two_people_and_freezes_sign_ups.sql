select plan(16);

create function pg_temp.decide(p_who text, p_confirm boolean default true) returns text language sql as $$
  select tests.run(p_who, format('select decide_penalty(tests.a(), tests.new(), %L, %L, ''核对了签到时间'')', tests.id('p'), p_confirm))
$$;
select is(tests.run('worker', format('select penalise_false_record(tests.a(), tests.new(), %L, ''代签'')', tests.id('record volunteer on past'))), '403 not_allowed');
select is(tests.run('secretary', format('select penalise_false_record(tests.a(), %L, %L, ''代签'')', tests.id('p'), tests.id('record volunteer on past'))), 'ok');
select is(tests.run('secretary', format('select penalise_false_record(tests.a(), tests.new(), %L, ''代签'')', tests.id('record volunteer on past'))), '409 penalty_exists');
select is(tests.value('volunteer', 'select count(*) from penalties')::text, '0', 'a proposal is not shown to the one concerned');
select is(pg_temp.decide('secretary'), '403 own_request', 'nobody decides alone');
select is(pg_temp.decide('leader'), '403 not_allowed');
select is(tests.minutes('volunteer'), 120, 'nothing happens before');
select is(pg_temp.decide('worker'), 'ok');
select is(tests.minutes('volunteer'), 0);
select is((select array[balance, debt] from point_accounts where id = tests.id('volunteer')), array[0, 50], 'fifty to be earned back, never below zero');
select is(tests.claim('volunteer', 'shift'), '422 frozen_by_false_record');
select is(private.is_barred_from_awards(tests.a(), tests.id('volunteer'), 2026), true);
select tests.at('2027-02-15 08:00');
select tests.make_shift('later', '2027-02-20 09:00');
select is(tests.claim('volunteer', 'later'), 'ok', 'after ninety days the way back is open');
select tests.at('2026-11-17 08:00');
select is(tests.run('secretary', format('select lift_penalty(tests.a(), tests.new(), %L, ''查明是误会'')', tests.id('p'))), 'ok');
select is(tests.claim('volunteer', 'shift'), 'ok');
select is((select debt from point_accounts where id = tests.id('volunteer')), 0);

select * from finish();
