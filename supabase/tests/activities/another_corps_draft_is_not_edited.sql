select plan(2);

select is(tests.run('other_leader', format('select save_activity(tests.a(), tests.new(), %L, %L)', tests.id('draft'), jsonb_build_object('corps_id', tests.id('blue'), 'title', 'x',
  'category', 'environment', 'shifts', '[]'::jsonb))), '403 not_allowed');
select is(tests.run('other_leader', format('select save_activity(tests.a(), tests.new(), %L, %L)', tests.id('cleanup'), jsonb_build_object('corps_id', tests.id('blue'), 'title', 'x',
  'category', 'environment', 'shifts', '[]'::jsonb))), '403 not_allowed', 'nor is one told that it is published');

select * from finish();
