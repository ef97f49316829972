select plan(7);

create function pg_temp.draft(p_starts text, p_ends text) returns text language sql as $$
  select tests.run('leader', format('select save_activity(tests.a(), tests.new(), tests.new(), %L)', jsonb_build_object('corps_id', tests.id('green'), 'title', '清洁',
    'category', 'environment', 'shifts', jsonb_build_array(jsonb_build_object('id', tests.new(), 'starts_at', p_starts, 'ends_at', p_ends,
      'roles', jsonb_build_array(jsonb_build_object('id', tests.new(), 'name', 'helper', 'capacity', 5)))))))
$$;
select is(pg_temp.draft('2026-11-16T07:59:00+08:00', '2026-11-16T09:00:00+08:00'), '422 shift_in_the_past');
select is(pg_temp.draft('2026-11-17T08:00:00+08:00', '2026-11-17T20:01:00+08:00'), '422 shift_length_invalid');
select is(pg_temp.draft('2026-11-17T08:00:00+08:00', '2026-11-17T08:14:00+08:00'), '422 shift_length_invalid');
select is(pg_temp.draft('2028-11-17T08:00:00+08:00', '2028-11-17T09:00:00+08:00'), '422 shift_too_far_ahead');
select is(pg_temp.draft('infinity', 'infinity'), '422 shift_too_far_ahead');
select is(pg_temp.draft('tomorrow morning', '…'), '400 field_invalid');
select is(pg_temp.draft('2026-11-17T08:00:00+08:00', '2026-11-17T10:00:00+08:00'), 'ok');

select * from finish();
