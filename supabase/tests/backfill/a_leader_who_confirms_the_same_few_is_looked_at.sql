select plan(5);

select tests.make_shift('s' || n, ('2026-11-' || lpad((n + 1)::text, 2, '0') || ' 15:00'), 60, 9) from generate_series(1, 9) n;
select tests.make_served(tests.a(), case when n < 9 then 'volunteer2' else 'volunteer3' end, 's' || n, 'cleanup', 'leader', 60) from generate_series(1, 9) n;
select is((select facts ->> 'top' from private.spot_flags(tests.a(), private.now() - interval '60 days') where kind = 'few_people'), '10', 'with the one of the world');
select tests.make_shift('m' || n, ('2026-11-' || lpad((n + 1)::text, 2, '0') || ' 18:00'), 60, 9) from generate_series(1, 3) n;
select tests.make_served(tests.a(), 'leader', 'm' || n, 'repair', 'volunteer2', 60) from generate_series(1, 3) n;
select is((select count(*)::int from private.spot_flags(tests.a(), private.now() - interval '60 days') where kind = 'mutual'), 1);
-- The office takes one of the records back, with the reason, in the same step.
select is(tests.run('secretary', format('select review_spot_check(tests.a(), tests.new(), %L, ''核实后没有到'', array[%L]::uuid[])',
  (select id from private.spot_flags(tests.a(), private.now() - interval '60 days') where kind = 'mutual'), tests.id('record volunteer2 on s1'))), 'ok');
select is((select verdict from spot_checks), 'reversed');
select is((select count(*)::int from service_records where reverses_id = tests.id('record volunteer2 on s1')), 1);

select * from finish();
