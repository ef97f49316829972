select plan(8);

select is(tests.run('grid', 'select review_wish(tests.a(), tests.new(), tests.id(''reviewing wish''), ''{"title":"棉鞋"}'')'), '403 not_allowed');
select tests.run('worker', format('select submit_wish(tests.a(), tests.new(), tests.id(''own''), %L)',
  jsonb_build_object('kind', 'service', 'wish_for', 'disabled', 'title', '修灯', 'person_id', tests.id('resident'), 'consent_via', 'paper')));
select is(tests.run('worker', 'select review_wish(tests.a(), tests.new(), tests.id(''own''), ''{"title":"修灯"}'')'), '403 wish_collected_oneself');
select is(tests.run('worker', 'select return_wish(tests.a(), tests.new(), tests.id(''own''), ''再问问'')'), '403 wish_collected_oneself');
select is(tests.run('secretary', 'select return_wish(tests.a(), tests.new(), tests.id(''own''), '' '')'), '400 field_required');
select is(tests.run('secretary', 'select return_wish(tests.a(), tests.new(), tests.id(''own''), ''请写清楚哪一盏灯'')'), 'ok');
select is((select status || return_reason from wishes where id = tests.id('own')), 'returned请写清楚哪一盏灯');
select tests.run('worker', format('select submit_wish(tests.a(), tests.new(), tests.id(''own''), %L)',
  jsonb_build_object('kind', 'service', 'wish_for', 'disabled', 'title', '修厨房的灯', 'person_id', tests.id('resident'), 'consent_via', 'paper')));
select is(tests.run('secretary', 'select review_wish(tests.a(), tests.new(), tests.id(''own''), ''{"title":"修厨房的灯","corps_color":"blue_repair"}'')'), 'ok');
select is((select status || title || corps_color from wishes where id = tests.id('own')), 'open修厨房的灯blue_repair');

select * from finish();
