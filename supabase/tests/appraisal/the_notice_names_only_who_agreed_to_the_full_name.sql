select plan(10);
\ir _cycle.sql
create function pg_temp.notice() returns text language sql as $$ select tests.value('anonymous', format('select public_notice(%L)', tests.id('publish_notice of pioneer'))) ->> 'people' $$;

select tests.cycle('pioneer');
select tests.run('secretary', format('select nominate(tests.a(), %L, %L, %L, ''王小明一年来常为邻里修灯'')', tests.id('pioneer volunteer'), tests.id('pioneer'), tests.id('volunteer')));
select tests.nominate('pioneer', 'volunteer2'), tests.accept('pioneer', 'volunteer'), tests.accept('pioneer', 'volunteer2', true);
select tests.step('lock_cycle', 'pioneer'), tests.step('score_cycle', 'pioneer'), tests.decide('pioneer', 'volunteer'), tests.decide('pioneer', 'volunteer2');
select is(tests.run('anonymous', format('select public_notice(%L)', tests.id('publish_notice of pioneer'))), '404 notice_unknown', 'nothing before it is published');
select tests.step('sign_decisions', 'pioneer', 'branch'), tests.run('clerk', format('select sign_decisions(tests.a(), tests.new(), %L)', tests.id('pioneer'))), tests.step('publish_notice', 'pioneer');
select matches(pg_temp.notice(), '王\*明');
select doesnt_match(pg_temp.notice(), '王小明', 'not in what was written about him either');
select matches(pg_temp.notice(), '赵二');
select doesnt_match(pg_temp.notice(), 'score|"value"', 'and no score');
-- Changed at any time, also of a sealed cycle.
select tests.at('2026-11-24 09:00'), tests.step('confirm_cycle', 'pioneer'), tests.step('archive_cycle', 'pioneer');
select is(tests.run('volunteer3', format('select set_award_name(tests.a(), tests.new(), %L, true)', tests.id('pioneer volunteer'))), '404 nomination_unknown');
select is(tests.run('volunteer2', format('select set_award_name(tests.a(), tests.new(), %L, false)', tests.id('pioneer volunteer2'))), 'ok');
select doesnt_match(pg_temp.notice(), '赵二');
select is((tests.value('secretary', format('select verify_seal(tests.a(), %L)', tests.id('pioneer'))) ->> 'is_whole'), 'true', 'the seal does not depend on it');
select is(jsonb_array_length(tests.value('anonymous', 'select public_notices(tests.a())') -> 'notices'), 1);

select * from finish();
