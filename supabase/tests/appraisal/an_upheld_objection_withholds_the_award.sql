select plan(6);
\ir _cycle.sql

select tests.published('pioneer');
select tests.object('pioneer', 'o1', 'volunteer', 'neighbour');
select is(tests.answer('o1', 'worker', true), 'ok');
select is(tests.stands('pioneer', 'volunteer') || ' ' || tests.stands('pioneer', 'volunteer2'), 'withheld publicity');
select is((select params ->> 'reason' from notifications where person_id = tests.id('volunteer') and kind = 'award_withheld'), '查过记录', 'the nominee is told why');
select is(jsonb_array_length(tests.value('anonymous', format('select public_notice(%L)', tests.id('publish_notice of pioneer'))) -> 'people'), 1, 'gone from the notice at once');
select tests.at('2026-11-24 09:00');
select is(tests.step('confirm_cycle', 'pioneer'), 'ok');
select is((select string_agg(a.person_id::text, ',') from awards a), tests.id('volunteer2')::text, 'the other one is granted');

select * from finish();
