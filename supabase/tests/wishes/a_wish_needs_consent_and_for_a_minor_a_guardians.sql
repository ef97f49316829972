select plan(9);

create function tests.submit(p_who text, p_more jsonb) returns text language sql as $$
  select tests.run(p_who, format('select submit_wish(tests.a(), tests.new(), tests.id(''w''), %L)', '{"kind":"service","wish_for":"disabled","title":"修灯"}'::jsonb || p_more))
$$;

select is(tests.submit('resident', jsonb_build_object('person_id', tests.id('resident'))), '422 wish_consent_missing');
select is(tests.submit('resident', jsonb_build_object('person_id', tests.id('resident'), 'draft', true)), 'ok', 'a draft may wait for it');
select is(tests.run('worker', 'select review_wish(tests.a(), tests.new(), tests.id(''w''), ''{"title":"修灯"}'')'), '409 wish_not_in_state', 'and is not shown before');
select is(tests.submit('resident', jsonb_build_object('person_id', tests.id('resident'), 'consent_via', 'self')), 'ok');
select is(tests.run('minor', format('select submit_wish(tests.a(), tests.new(), tests.new(), %L)',
  jsonb_build_object('kind', 'service', 'wish_for', 'left_behind_child', 'title', '辅导作业', 'person_id', tests.id('minor'), 'consent_via', 'self'))), '422 guardian_required');
select is(tests.run('worker', format('select submit_wish(tests.a(), tests.new(), tests.new(), %L)',
  jsonb_build_object('kind', 'service', 'wish_for', 'left_behind_child', 'title', '辅导作业', 'person_id', tests.id('minor'), 'consent_via', 'helper'))), '422 guardian_required');
select is(tests.run('worker', format('select submit_wish(tests.a(), tests.new(), tests.id(''minors''), %L)',
  jsonb_build_object('kind', 'service', 'wish_for', 'left_behind_child', 'title', '辅导作业', 'person_id', tests.id('minor'), 'consent_via', 'guardian'))), 'ok');
select is((select coalesce(masked_name, 'none') || ' ' || age_band from wishes where id = tests.id('minors')), 'none teen', 'a minor''s name is not shown, not even masked');

update wish_private set consented_at = null where id = tests.id('minors');
select is(tests.run('secretary', 'select review_wish(tests.a(), tests.new(), tests.id(''minors''), ''{"title":"辅导作业"}'')'), '422 wish_consent_missing', 'and the review asks once more');

select * from finish();
