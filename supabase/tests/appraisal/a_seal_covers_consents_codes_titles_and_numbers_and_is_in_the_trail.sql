select plan(7);
\ir _cycle.sql
select tests.published('pioneer'), tests.at('2026-11-24 09:00'), tests.step('confirm_cycle', 'pioneer'), tests.step('archive_cycle', 'pioneer');
create function pg_temp.broken() returns jsonb language sql as $$ select tests.value('secretary', format('select verify_seal(tests.a(), %L)', tests.id('pioneer'))) -> 'broken' $$;
select is(pg_temp.broken(), '[]'::jsonb);
-- A star in the place of words counts only where somebody was erased.
alter table private.nominations disable trigger all;
update private.nominations set reason = '*' where id = tests.id('pioneer volunteer');
select is(pg_temp.broken(), '["texts"]'::jsonb);
update private.nominations set reason = '一年来常为邻里修灯' where id = tests.id('pioneer volunteer');
update nomination_consents set given_via = 'paper' where id = tests.id('pioneer volunteer');
select is(pg_temp.broken(), '["consents"]'::jsonb);
update nomination_consents set given_via = 'self', shows_full_name = true where id = tests.id('pioneer volunteer');
select is(pg_temp.broken(), '[]'::jsonb, 'how the name is shown is the nominee''s at any time');
alter table certificates disable trigger all;
update certificates set number = '2026-999999' where id = tests.id('pioneer volunteer');
select is(pg_temp.broken(), '["awards"]'::jsonb);
update awards set title = '别的' where id = tests.id('pioneer volunteer2');
select is(pg_temp.broken(), '["awards", "texts"]'::jsonb);
-- Whoever makes another seal that fits does not find it in the chained trail.
alter table private.appraisal_seals disable trigger all;
alter table appraisal_cycles disable trigger all;
update private.appraisal_seals s set parts = private.cycle_parts(tests.a(), s.id), texts = (select jsonb_object_agg(t.key, private.part_hash(t.body)) from private.cycle_texts(tests.a(), s.id) t);
update appraisal_cycles c set seal = private.part_hash(s.parts::text || s.texts::text) from private.appraisal_seals s where s.id = c.id;
select is(pg_temp.broken(), '["trail"]'::jsonb);

select * from finish();
