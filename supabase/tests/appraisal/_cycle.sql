/* Hours, nominees and a cycle that is walked step by step; the panel is branch, clerk and party, the secretary runs it. */
create function tests.hours(p_who text, p_minutes int, p_day date) returns void language sql security definer as $$
  insert into public.service_records (community_id, id, person_id, activity_id, shift_id, service_date, starts_at, ends_at, minutes, provenance, confirmed_by, confirmed_at)
    values (tests.a(), tests.id(p_who || ' hours ' || p_day), tests.id(p_who), tests.id('cleanup'), tests.id('past'), p_day, tests.shanghai(p_day || ' 09:00'),
      tests.shanghai(p_day || ' 09:00') + make_interval(mins => p_minutes), p_minutes, 'imported', tests.id('worker'), tests.shanghai('2026-11-15 09:00'))
$$;
update communities set settings = settings || '{"appraisal_quorum": 2}';
/* Drafted, its panel named, opened; it collects until today. */
create function tests.cycle(p_name text, p_kind text default 'volunteer_pioneer', p_period text default '2026', p_by text default 'secretary') returns text language sql as $$
  select tests.run(p_by, format('select plan_cycle(tests.a(), tests.new(), %L, %L)', tests.id(p_name), jsonb_build_object('kind', p_kind, 'period', p_period,
      'collect_until', private.today(), 'decide_until', private.today() + 7, 'quorum', 2)))
    || ' ' || tests.run(p_by, format('select name_panel(tests.a(), tests.new(), %L, array[tests.id(''branch''), tests.id(''clerk''), tests.id(''party'')])', tests.id(p_name)))
    || ' ' || tests.run(p_by, format('select open_cycle(tests.a(), tests.new(), %L)', tests.id(p_name)))
$$;
create function tests.nominate(p_cycle text, p_who text, p_by text default 'secretary', p_title text default null) returns text language sql as $$
  select tests.run(p_by, format('select nominate(tests.a(), %L, %L, %L, ''一年来常为邻里修灯'', %L)', tests.id(p_cycle || ' ' || p_who), tests.id(p_cycle), tests.id(p_who), p_title))
$$;
create function tests.accept(p_cycle text, p_who text, p_full boolean default false) returns text language sql as $$
  select tests.run(p_who, format('select accept_nomination(tests.a(), tests.new(), %L, %L)', tests.id(p_cycle || ' ' || p_who), p_full))
$$;
/* To be locked, the last day of collecting was yesterday. */
create function tests.step(p_command text, p_cycle text, p_by text default 'secretary') returns text language sql as $$
  update public.appraisal_cycles set collect_until = private.today() - 1 where p_command = 'lock_cycle' and community_id = tests.a() and id = tests.id(p_cycle) and status = 'collecting';
  select tests.run(p_by, format('select %I(tests.a(), %L, %L' || case p_command when 'lock_cycle' then ', true' else '' end || ')', p_command, tests.id(p_command || ' of ' || p_cycle), tests.id(p_cycle)))
$$;
create function tests.decide(p_cycle text, p_who text, p_decision text default 'shortlist', p_reason text default null, p_by text default 'branch') returns text language sql as $$
  select tests.run(p_by, format('select decide_award(tests.a(), tests.new(), %L, %L, %L)', tests.id(p_cycle || ' ' || p_who), p_decision, p_reason))
$$;
create function tests.stands(p_cycle text, p_who text) returns text language sql security definer as $$
  select n.status from private.nominations n where n.community_id = tests.a() and n.id = tests.id(p_cycle || ' ' || p_who)
$$;
/* 30 hours in three months for volunteer (green) and volunteer2 (blue), 10 for volunteer3. */
select tests.hours(w, m, d) from (values ('volunteer', 480, date '2026-09-05'), ('volunteer', 480, '2026-10-05'), ('volunteer', 480, '2026-10-06'), ('volunteer', 360, '2026-11-05'),
  ('volunteer2', 480, '2026-09-05'), ('volunteer2', 480, '2026-10-05'), ('volunteer2', 480, '2026-11-05'), ('volunteer3', 480, '2026-09-05'), ('volunteer3', 120, '2026-10-05')) v (w, m, d);
/* From nothing to a notice that hangs: volunteer and volunteer2 on the list. */
create function tests.published(p_cycle text, p_full boolean default false) returns text language plpgsql as $$
begin
  perform tests.cycle(p_cycle);
  perform tests.nominate(p_cycle, w), tests.accept(p_cycle, w, p_full) from unnest(array['volunteer', 'volunteer2']) w;
  perform tests.step('lock_cycle', p_cycle);
  perform tests.step('score_cycle', p_cycle);
  perform tests.decide(p_cycle, 'volunteer'), tests.decide(p_cycle, 'volunteer2');
  perform tests.step('sign_decisions', p_cycle, 'branch');
  perform tests.run('clerk', format('select sign_decisions(tests.a(), tests.new(), %L)', tests.id(p_cycle)));
  return tests.step('publish_notice', p_cycle);
end $$;
create function tests.object(p_cycle text, p_name text, p_about text default null, p_by text default 'anonymous') returns text language sql as $$
  select tests.run(p_by, format('select file_objection(tests.a(), %L, %L, ''他没有来过这么多次'', %L)', tests.id(p_name), tests.id('publish_notice of ' || p_cycle), tests.id(p_cycle || ' ' || p_about)))
$$;
create function tests.answer(p_name text, p_by text, p_upheld boolean default false) returns text language sql as $$
  select tests.run(p_by, format('select answer_objection(tests.a(), tests.new(), %L, %L, ''查过记录'')', tests.id(p_name), p_upheld))
$$;
grant execute on all functions in schema tests to anon, authenticated;
