select plan(5);

select tests.run('volunteer2', format('select backfill_service(tests.a(), %L, %L, ''2026-11-10 09:00+08'', ''2026-11-10 10:00+08'', ''合影'')', tests.id('b'), tests.id('past')));
select tests.run('leader', format('select review_backfill(tests.a(), tests.new(), %L, true)', tests.id('b'))), tests.run('worker', format('select review_backfill(tests.a(), tests.new(), %L, true)', tests.id('b')));
select is(tests.value('leader', 'select hours_by_provenance(tests.a())') #> '{corps,0}' ->> 'scanned', '120');
select is(tests.value('leader', 'select hours_by_provenance(tests.a())') #> '{corps,0}' ->> 'backfilled', '60');
select is(tests.run('volunteer', 'select hours_by_provenance(tests.a())'), '403 not_allowed');
select is(jsonb_array_length(tests.value('other_leader', 'select hours_by_provenance(tests.a())') -> 'corps'), 0, 'another corps'' hours are not told');
select is(tests.value('volunteer2', 'select my_service(tests.a())') #>> '{provenance,backfilled}', '60');

select * from finish();
