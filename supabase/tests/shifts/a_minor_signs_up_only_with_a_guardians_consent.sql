select plan(2);

select is(tests.claim('minor', 'shift'), 'ok', '16, consent on record');
update guardian_links set consented_at = null where minor_person_id = tests.id('minor');
select tests.make_shift('next', '2026-11-21 09:00');
select is(tests.claim('minor', 'next'), '422 guardian_required');

select * from finish();
