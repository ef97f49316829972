select plan(13);

select is(tests.run('party', $$ select make_pledge(tests.a(), tests.id('p'), '每周巡楼一次', '2026-11-20', '4 次') $$), 'ok');
select is(tests.run('resident', $$ select make_pledge(tests.a(), tests.new(), '每周巡楼一次', '2026-12-31') $$), '403 not_allowed', 'pledges are the party members''');
select is(tests.run('party', $$ select make_pledge(tests.a(), tests.new(), '从前', '2026-11-01') $$), '422 pledge_due_out_of_range');
select is(tests.run('party', $$ select settle_pledge(tests.a(), tests.new(), tests.id('p'), true) $$), '403 own_pledge');
select is(tests.run('neighbour', $$ select settle_pledge(tests.a(), tests.new(), tests.id('p'), true) $$), '404 pledge_unknown');
select is(tests.run('branch', $$ select settle_pledge(tests.a(), tests.new(), tests.id('p'), false, '没有去') $$), '422 pledge_not_due', 'nobody has broken a word whose day has not come');
select is(tests.run('party', $$ select note_pledge(tests.a(), tests.new(), tests.id('p'), '巡了四次', true) $$), 'ok');
select is((select kind from public.notifications where person_id = tests.id('branch') order by created_at desc limit 1), 'pledge_waits');
select is(tests.run('branch', $$ select settle_pledge(tests.a(), tests.new(), tests.id('p'), false) $$), '400 field_required', 'not kept needs a reason');
select is(tests.run('branch', $$ select settle_pledge(tests.a(), tests.new(), tests.id('p'), true, '楼里都看到了') $$), 'ok');
select is(tests.run('branch', $$ select settle_pledge(tests.a(), tests.new(), tests.id('p'), false, '改一下') $$), '409 pledge_already_settled');
select is(tests.run('party', $$ select note_pledge(tests.a(), tests.new(), tests.id('p'), '又去了') $$), '409 pledge_already_settled');
select tests.at('2027-01-01 09:00');
select is(tests.run('secretary', $$ select settle_pledge(tests.a(), tests.new(), tests.id('pledge'), false, '搬走了') $$), 'ok', 'past its day it may be not kept');

select * from finish();
