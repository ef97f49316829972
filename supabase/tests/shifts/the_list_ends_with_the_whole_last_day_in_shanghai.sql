select plan(1);

select tests.make_shift('late', '2026-11-18 23:30', 60), tests.make_shift('early', '2026-11-19 00:00', 60);
select is((select jsonb_agg(x ->> 'day') from jsonb_array_elements(tests.value('volunteer', $$select list_shifts(tests.a(), '2026-11-18', '2026-11-18')$$) -> 'shifts') x), '["2026-11-18"]'::jsonb);

select * from finish();
