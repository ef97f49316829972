select plan(2);

select tests.make_shift('twin', '2026-11-20 09:30', 120, 5);
select tests.claim('volunteer', 'shift');
insert into signups (community_id, id, shift_id, shift_role_id, person_id, status, queue_no, signed_up_at, signed_up_by)
  values (tests.a(), tests.id('volunteer on twin'), tests.id('twin'), tests.id('role of twin'), tests.id('volunteer'), 'confirmed', 1, now(), tests.id('volunteer'));
select tests.serve('volunteer', 'shift', '2026-11-20 09:00', '2026-11-20 11:00');
select tests.at('2026-11-20 11:05');
insert into attendances (community_id, id, shift_id, person_id, status, checked_in_at, checked_in_via, checked_in_by, checked_out_at, checked_out_via, checked_out_by, minutes)
  values (tests.a(), tests.id('volunteer on twin'), tests.id('twin'), tests.id('volunteer'), 'checked_out', tests.shanghai('2026-11-20 09:30'), 'leader', tests.id('leader'),
    tests.shanghai('2026-11-20 11:00'), 'leader', tests.id('leader'), 90);
select is(tests.value('leader', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id('twin'))) #>> '{skipped,0,reason}', 'records_overlap');
select is(tests.minutes('volunteer'), 240);

select * from finish();
