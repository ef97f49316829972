select plan(9);
\ir _cycle.sql

select is(tests.run('neighbour', format('select accept_nomination(tests.a(), tests.new(), %L, true)', tests.id('none'))), '404 nomination_unknown');
select tests.published('pioneer', true);
select is(tests.run('volunteer3', format('select accept_nomination(tests.a(), tests.new(), %L, true)', tests.id('pioneer volunteer'))), '409 cycle_step_wrong');
select is(tests.run('volunteer3', format('select decline_nomination(tests.a(), tests.new(), %L)', tests.id('pioneer volunteer'))), '404 nomination_unknown', 'nobody else says no');
select matches(tests.value('anonymous', format('select public_notice(%L)', tests.id('publish_notice of pioneer'))) ->> 'people', '王小明');
select is(tests.run('volunteer', format('select decline_nomination(tests.a(), tests.new(), %L)', tests.id('pioneer volunteer'))), 'ok');
select doesnt_match(tests.value('anonymous', format('select public_notice(%L)', tests.id('publish_notice of pioneer'))) ->> 'people', '王');
select is(tests.object('pioneer', 'o', 'volunteer'), '404 nomination_unknown');
select tests.at('2026-11-24 09:00'), tests.step('confirm_cycle', 'pioneer');
select is((select count(*)::int from awards), 1);
select is(tests.run('volunteer2', format('select decline_nomination(tests.a(), tests.new(), %L)', tests.id('pioneer volunteer2'))), '409 cycle_step_wrong', 'granted is granted');

select * from finish();
