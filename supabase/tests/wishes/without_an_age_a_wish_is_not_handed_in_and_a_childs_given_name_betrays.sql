select plan(7);

create function tests.submit(p_id text, p_more jsonb) returns text language sql as $$
  select tests.run('leader', format('select submit_wish(tests.a(), tests.new(), tests.id(%L), %L)', p_id,
    '{"name":"赵雨桐","kind":"service","wish_for":"hardship","title":"辅导作业","consent_via":"paper"}'::jsonb || p_more))
$$;

select is(tests.submit('no age', '{}'), '400 field_required', 'a minor would be shown like a grown-up');
select is(tests.submit('no age', '{"draft":true}'), 'ok', 'a draft may wait for it');
select is(tests.submit('child', '{"birth_year":2016,"consent_via":"guardian"}'), 'ok');
select is((select masked_name from wishes where id = tests.id('child')), null);
select is(tests.run('worker', 'select review_wish(tests.a(), tests.new(), tests.id(''child''), ''{"title":"雨桐想有人辅导作业"}'')'), '422 wish_text_betrays', 'the given name alone');
select is(tests.submit('child', '{"name":"赵桐","birth_year":2016,"consent_via":"guardian"}')
  || ' ' || tests.run('worker', 'select review_wish(tests.a(), tests.new(), tests.id(''child''), ''{"title":"小桐想有人辅导作业"}'')'), 'ok 422 wish_text_betrays');
select is(tests.run('worker', 'select review_wish(tests.a(), tests.new(), tests.id(''child''), ''{"title":"想有人辅导作业"}'')'), 'ok');

select * from finish();
