select plan(7);

create function pg_temp.no(p_who text) returns text language sql security definer as $$ select volunteer_no from volunteers where id = tests.id(p_who) $$;
select tests.make_role(tests.a(), 'neighbour', 'partner_contact');
-- One who is frozen for a false record, and one who is elsewhere at that time.
insert into penalties (community_id, id, person_id, record_id, status, proposed_at, proposed_by, decided_at, decided_by, frozen_until, barred_year)
  values (tests.a(), tests.id('penalty'), tests.id('volunteer'), tests.id('record volunteer on past'), 'confirmed', private.now(), tests.id('secretary'), private.now(), tests.id('worker'),
    private.now() + interval '90 days', 2026);
select tests.claim('volunteer2', 'shift'), tests.claim('volunteer3', 'repair shift');
select is(tests.run('volunteer2', format('select offer_stand_in(tests.a(), tests.new(), %L, %L, ''王小明'')', tests.id('volunteer2 on shift'), pg_temp.no('volunteer'))),
  '422 stand_in_not_possible');
select is(tests.params('volunteer2', format('select offer_stand_in(tests.a(), tests.new(), %L, %L, ''王小明'')', tests.id('volunteer2 on shift'), pg_temp.no('volunteer'))),
  '{}'::jsonb, 'and nothing beside it');
select is(tests.run('worker', format('select offer_stand_in(tests.a(), tests.new(), %L, %L, ''王小明'')', tests.id('volunteer2 on shift'), pg_temp.no('volunteer'))),
  '422 frozen_by_false_record', 'the office may know');
select is(tests.run('neighbour', format('select reserve_block(tests.a(), %L, %L, ''helper'', ''示例厂'', 1, %L)', tests.id('block'), tests.id('shift'), tests.shanghai('2026-11-19 09:00'))), 'ok');
select is(tests.run('neighbour', format('select fill_block(tests.a(), tests.new(), %L, %L, ''王小明'')', tests.id('block'), pg_temp.no('volunteer'))), '422 stand_in_not_possible');
select is(tests.run('neighbour', format('select fill_block(tests.a(), tests.new(), %L, %L, ''钱三'')', tests.id('block'), pg_temp.no('volunteer3'))), '422 stand_in_not_possible');
select is(tests.run('leader', format('select fill_block(tests.a(), tests.new(), %L, %L, ''钱三'')', tests.id('block'), pg_temp.no('volunteer3'))), '409 shift_overlaps');

select * from finish();
