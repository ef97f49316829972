select plan(6);

create function pg_temp.holds(p_day date) returns boolean language sql as $$
  select private.holds_qualification(tests.a(), tests.id('volunteer'), 'electrician', p_day)
$$;
select ok(pg_temp.holds('2026-12-31') and not pg_temp.holds('2027-01-01') and not pg_temp.holds('2025-12-31'), 'the last day counts, the next does not');
update activities set qualification_kind = 'electrician' where id = tests.id('repair');
update qualifications set status = 'submitted' where id = tests.id('qualification');
select ok(not pg_temp.holds('2026-11-20'), 'what nobody checked does not count');
select is(tests.claim('volunteer', 'repair shift'), '422 qualification_missing');
update qualifications set status = 'checked' where id = tests.id('qualification');
select is(tests.claim('volunteer', 'repair shift'), 'ok');
select throws_ok($$update qualifications set verified_by = person_id where id = tests.id('qualification')$$, '23514', null, 'nobody checks the own one');
select ok(not private.holds_qualification(tests.b(), tests.id('volunteer'), 'electrician', '2026-11-20'), 'nor does one of another community');

select * from finish();
