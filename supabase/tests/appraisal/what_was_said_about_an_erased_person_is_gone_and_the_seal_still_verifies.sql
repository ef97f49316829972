select plan(7);
\ir _cycle.sql
select tests.published('pioneer', true);
select tests.object('pioneer', 'o1', 'volunteer', 'neighbour'), tests.answer('o1', 'worker'), tests.at('2026-11-24 09:00'), tests.step('confirm_cycle', 'pioneer'), tests.step('archive_cycle', 'pioneer');
select is(tests.run('volunteer', 'select erase_me(tests.a(), tests.new())'), 'ok');
select is((select reason from private.nominations where id = tests.id('pioneer volunteer')), '*');
select is((select body || answer from private.objections), '**');
select doesnt_match(tests.value('anonymous', format('select public_notice(%L)', tests.id('publish_notice of pioneer'))) ->> 'people', '小明');
select is(tests.value('secretary', format('select verify_seal(tests.a(), %L)', tests.id('pioneer'))) - 'seal' - 'sealed_at', '{"is_whole": true, "broken": [], "erased_texts": 3}'::jsonb);
select is((select status from certificates where id = tests.id('pioneer volunteer')), 'revoked');
select throws_ok($$ update private.nominations set reason = '又有了' where id = tests.id('pioneer volunteer') $$, 'PT409', 'cycle_archived');

select * from finish();
