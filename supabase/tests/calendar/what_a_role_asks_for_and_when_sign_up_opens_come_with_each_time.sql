\ir _series.sql
select plan(11);

select is(pg_temp.series('{"opens_days": 61}'), '400 field_invalid');
select is(pg_temp.series('{"roles": [{"name": "helper", "capacity": 2, "min_age": 60, "max_age": 50}]}'), '400 field_invalid');
select is(pg_temp.series('{"opens_days": 7, "roles": [{"name": "helper", "capacity": 2, "qualification_kind": "electrician", "min_age": 20}]}'), 'ok');
select is((select string_agg(r.qualification_kind || r.min_age || coalesce(r.max_age::text, '-'), ' ') from shift_roles r where r.shift_id = pg_temp.shift('2026-12-16')), 'electrician20-');
select is((select bool_and(s.opens_at = s.starts_at - interval '7 days') from shifts s join series_occurrences o on o.shift_id = s.id), true);
select pg_temp.publish();
select is(pg_temp.edit('one', '{"day": "2026-12-01"}', '2026-12-09'), 'ok', 'moved to before its sign-up would have opened');
select is((select s.starts_at - s.opens_at from shifts s where s.id = pg_temp.shift('2026-12-09')), interval '7 days', 'sign-up opens as long before as it did');
select is(pg_temp.edit('all', '{"roles": [{"name": "helper", "capacity": 3}]}'), '403 series_safety_needs_office', 'what was reviewed is not dropped by the leader');
select is(pg_temp.edit('all', '{"roles": [{"name": "helper", "capacity": 3, "qualification_kind": "electrician", "min_age": 20}]}'), 'ok', 'more places are the leader''s');
select is(pg_temp.edit('all', '{"opens_days": null, "roles": [{"name": "helper", "capacity": 3, "max_age": 70}]}', null, false, 'worker'), 'ok');
select is((select string_agg(distinct r.capacity || coalesce(r.qualification_kind, '-') || coalesce(r.min_age::text, '-') || r.max_age || coalesce(s.opens_at::text, ' at once'), ' ')
  from shift_roles r join shifts s on s.id = r.shift_id join series_occurrences o on o.shift_id = s.id), '3--70 at once');

select * from finish();
