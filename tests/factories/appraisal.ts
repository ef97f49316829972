import type { SqlClient } from '../../supabase/embedded/sql-client'

/**
 * A 志愿先锋 cycle of the first community with many nominees, locked and scored: hours over the year (some taken back),
 * places kept and missed, ratings, realised wishes, emergencies, a few who did not accept. Made in bulk, judged by the commands.
 */
export async function makeAppraisal(client: SqlClient, people: number): Promise<void> {
  await client.transaction((tx) =>
    tx.exec(`
      set local session_replication_role = replica;
      select tests.at('2026-12-01 09:00');
      create temp table who on commit drop as select n, md5('nominee ' || n)::uuid as id from generate_series(1, ${people}) n;
      insert into persons (community_id, id, display_name, birth_year, grid_id, created_at) select tests.a(), id, '群*', 1980, tests.id('grid1'), now() from who;
      insert into person_private (community_id, person_id, real_name, name_key) select tests.a(), id, '群众' || n, '群众' || n from who;
      insert into volunteers (community_id, id, volunteer_no, registered_at) select tests.a(), id, 'N' || n, now() from who;
      insert into corps_members (community_id, id, corps_id, person_id, joined_on)
        select tests.a(), md5('member ' || n)::uuid, tests.id(case n % 3 when 0 then 'green' else 'blue' end), id, '2026-02-01' from who where n % 4 > 0;
      -- From none to some hundred hours, over one to eleven months; every seventh record is taken back.
      create temp table served on commit drop as
        select w.n, w.id as person_id, k, md5('r ' || w.n || ' ' || k)::uuid as id, make_date(2026, 1 + (k * 7 + w.n) % (1 + w.n % 11), 1 + k % 28) as day,
          30 + (w.n * 37 + k * 61) % 450 as minutes
        from who w cross join lateral generate_series(1, w.n * w.n % 43) k;
      insert into service_records (community_id, id, person_id, activity_id, shift_id, service_date, starts_at, ends_at, minutes, provenance, confirmed_by, confirmed_at)
        select tests.a(), s.id, s.person_id, tests.id(case (s.n + s.k) % 19 when 0 then 'repair' else 'cleanup' end), tests.id('past'), s.day, s.day, s.day + 1, s.minutes, 'imported', tests.id('worker'), now() from served s;
      insert into service_records (community_id, id, person_id, activity_id, shift_id, service_date, starts_at, ends_at, minutes, provenance, confirmed_by, confirmed_at, reverses_id)
        select tests.a(), md5('back ' || s.n || ' ' || s.k)::uuid, s.person_id, tests.id(case (s.n + s.k) % 19 when 0 then 'repair' else 'cleanup' end), tests.id('past'), s.day, s.day, s.day + 1, -s.minutes, 'imported', tests.id('worker'), now(), s.id
        from served s where (s.n + s.k) % 7 = 0;
      insert into shifts (community_id, id, activity_id, starts_at, ends_at)
        select tests.a(), md5('kept ' || k)::uuid, tests.id('cleanup'), timestamptz '2026-03-01 01:00Z' + make_interval(days => k), timestamptz '2026-03-01 03:00Z' + make_interval(days => k) from generate_series(1, 12) k;
      insert into signups (community_id, id, shift_id, shift_role_id, person_id, status, queue_no, signed_up_at, signed_up_by)
        select tests.a(), md5('up ' || w.n || ' ' || k)::uuid, md5('kept ' || k)::uuid, tests.id('role of past'), w.id,
          case (w.n + k) % 9 when 0 then 'no_show' when 1 then 'excused' when 2 then 'cancelled' else 'attended' end, 1000 + w.n * 20 + k, now(), w.id
        from who w cross join generate_series(1, 12) k where (w.n * k) % 3 > 0;
      insert into attendances (community_id, id, shift_id, person_id, status, checked_in_at, checked_in_via, checked_in_by)
        select g.community_id, g.id, g.shift_id, g.person_id, 'credited', now(), 'code', tests.id('leader') from signups g join who w on w.id = g.person_id where g.status = 'attended';
      insert into private.service_feedbacks (community_id, id, shift_id, activity_id, person_id, kind, stars, at)
        select tests.a(), md5('star ' || k || ' ' || j)::uuid, md5('kept ' || k)::uuid, tests.id('cleanup'), null, 'served', 1 + (k * j) % 5, timestamptz '2026-04-01 01:00Z' from generate_series(1, 12) k cross join generate_series(1, k % 4) j;
      insert into private.service_feedbacks (community_id, id, shift_id, activity_id, person_id, kind, stars, at)
        select tests.a(), md5('own star ' || w.n || ' ' || j)::uuid, md5('kept 1')::uuid, tests.id('cleanup'), w.id, 'served', 1 + (w.n + j) % 5, timestamptz '2026-05-01 01:00Z' from who w cross join lateral generate_series(1, w.n % 5) j;
      insert into wish_claims (community_id, id, wish_id, donor_person_id, parts, is_shared, status, asked_at, due_at, approved_at, realized_at)
        select tests.a(), md5('wish ' || w.n || ' ' || j)::uuid, md5('made wish ' || w.n || ' ' || j)::uuid, w.id, 1, true, 'realized', now(), now(), now(), timestamptz '2026-06-01 01:00Z' from who w cross join lateral generate_series(1, w.n % 13) j where w.n % 3 = 0;
      set local session_replication_role = origin;
      update communities set settings = settings || '{"appraisal_quorum": 2}' where id = tests.a();
      select tests.run('secretary', format('select plan_cycle(tests.a(), tests.new(), %L, %L)', tests.id('cycle'),
        jsonb_build_object('kind', 'volunteer_pioneer', 'period', '2026', 'collect_until', '2026-12-01', 'decide_until', '2026-12-20', 'quorum', 2)));
      select tests.run('secretary', format('select name_panel(tests.a(), tests.new(), %L, array[tests.id(''branch''), tests.id(''clerk'')])', tests.id('cycle')));
      select tests.run('secretary', format('select open_cycle(tests.a(), tests.new(), %L)', tests.id('cycle')));
      insert into private.nominations (community_id, id, cycle_id, person_id, corps_id, nominated_by, nominated_at)
        select tests.a(), md5('nomination ' || w.n)::uuid, tests.id('cycle'), w.id, (select m.corps_id from corps_members m where m.community_id = tests.a() and m.person_id = w.id), tests.id('worker'), now() from who w;
      insert into nomination_consents (community_id, id, person_id, shows_full_name, version, given_at, given_via, recorded_by)
        select tests.a(), md5('nomination ' || w.n)::uuid, w.id, false, '2026-11', now(), 'self', w.id from who w where w.n % 10 > 0;
      select tests.at('2026-12-02 09:00');
      select tests.run('secretary', format('select lock_cycle(tests.a(), tests.new(), %L, true)', tests.id('cycle')));
      select tests.run('secretary', format('select score_cycle(tests.a(), tests.new(), %L)', tests.id('cycle')));
    `),
  )
}
