select plan(4);
\ir _cycle.sql
select is((select jsonb_object_agg(g ->> 'gate', g -> 'ok') from jsonb_array_elements(private.gate_results('{}', '{"consent": true, "vetoes": ["discipline"]}')) g), '{"consent": true, "no_veto": false}'::jsonb, 'no rules do without it');
select tests.published('pioneer');
insert into penalties (community_id, id, person_id, record_id, status, proposed_at, proposed_by, decided_at, decided_by, frozen_until, barred_year)
  values (tests.a(), tests.id('bar'), tests.id('volunteer'), tests.id('volunteer hours 2026-09-05'), 'confirmed', private.now(), tests.id('worker'), private.now(), tests.id('street'), private.now() + interval '90 days', 2026);
select tests.at('2026-11-24 09:00');
select is(tests.step('confirm_cycle', 'pioneer'), 'ok');
select is(tests.stands('pioneer', 'volunteer') || ' ' || tests.stands('pioneer', 'volunteer2'), 'withheld granted');
-- A party member: discipline.
insert into party_remarks (community_id, id, person_id, kind, occurred_on, note, recorded_by, recorded_at)
  values (tests.a(), tests.id('veto'), tests.id('party'), 'veto', '2026-11-20', '处分', tests.id('secretary'), private.now());
select is((select private.vetoes_of(c, tests.id('party'))::text from (select (jsonb_populate_record(null::public.appraisal_cycles,
  jsonb_build_object('community_id', tests.a(), 'kind', k, 'first_day', '2026-01-01', 'last_day', '2026-12-31'))).*, k as x from unnest(array['excellent_member']) k) y
  cross join lateral (select y.community_id) z cross join lateral jsonb_populate_record(null::public.appraisal_cycles, to_jsonb(y) - 'x') c), '{discipline}');

select * from finish();
