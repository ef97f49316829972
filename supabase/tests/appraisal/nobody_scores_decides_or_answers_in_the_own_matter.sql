select plan(12);
\ir _cycle.sql

-- The secretary serves as a volunteer, too, and is nominated.
select tests.make_volunteer(tests.a(), 'secretary'), tests.hours('secretary', 480, '2026-10-07');
select tests.cycle('pioneer', p_by => 'street'), tests.nominate('pioneer', 'volunteer'), tests.accept('pioneer', 'volunteer');
select is(tests.nominate('pioneer', 'secretary', 'worker'), 'ok');
select is(tests.step('lock_cycle', 'pioneer'), '403 own_award', 'a nominee does not lock');
select is(tests.step('lock_cycle', 'pioneer', 'street') || tests.step('score_cycle', 'pioneer', 'street'), 'okok', 'somebody else does');
select is(tests.value('secretary', format('select cycle_board(tests.a(), %L)', tests.id('pioneer'))) -> 'candidates', '[]'::jsonb, 'nor reads about the others');
select is(tests.run('secretary', format('select candidate_dossier(tests.a(), %L)', tests.id('pioneer volunteer'))), '404 nomination_unknown');
select is(tests.run('secretary', format('select name_panel(tests.a(), tests.new(), %L, array[tests.id(''branch''), tests.id(''worker'')])', tests.id('pioneer'))), '403 own_award');
select is(tests.run('street', format('select name_panel(tests.a(), tests.new(), %L, array[tests.id(''branch''), tests.id(''volunteer'')])', tests.id('pioneer'))), '422 panel_member_is_close', 'no nominee on the panel');
-- Named before, a helper of the nominee since.
select tests.make_helper(tests.a(), 'volunteer', 'branch');
select is(tests.decide('pioneer', 'volunteer'), '403 own_award', 'nor somebody close');
select is(tests.decide('pioneer', 'volunteer', 'shortlist', null, 'worker'), '404 nomination_unknown', 'and nobody outside of it');
select is(tests.decide('pioneer', 'volunteer', 'shortlist', null, 'clerk'), 'ok');
select is(tests.step('sign_decisions', 'pioneer', 'branch'), '403 own_award');
select throws_ok($$ insert into public.awards (community_id, id, cycle_id, person_id, kind, period, granted_at, granted_by)
  values (tests.a(), tests.id('pioneer volunteer'), tests.id('pioneer'), tests.id('volunteer'), 'volunteer_pioneer', '2026', private.now(), tests.id('volunteer')) $$, '23514', null, 'the constraint, whoever writes');

select * from finish();
