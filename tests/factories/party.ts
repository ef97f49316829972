import type { SqlClient } from '../../supabase/embedded/sql-client'

/** `m1` … `m612`: the first 372 are managed, then 228 in service, then 12 floating; 58 of the managed are exempt all year, 12 for a part of it. */
export const PARTY_SIZE = 612

/**
 * A year of 612 party members in the first community of the world: posts, duties, meetings, study, dues, service, reviews,
 * remarks, from one seed. `above` is secretary of the committee over eight branches. Raw rows only: nothing is scored.
 */
export async function makePartyYear(client: SqlClient): Promise<void> {
  await client.exec(`
    select setseed(0.42), set_config('sanlian.now', '2026-01-02 00:00:00+00', false);
    select tests.make_person(tests.a(), 'above', '蒋委员', 1970, 5, 'above'), tests.make_person(tests.a(), 'further', '沈委员', 1970, 5, 'further');
    insert into public.party_orgs (community_id, id, kind, name) values (tests.a(), tests.id('committee'), 'committee', '甲社区党委');
    insert into public.party_orgs (community_id, id, kind, name, parent_id)
      select tests.a(), tests.id('branch' || n), 'branch', n || '支部', tests.id('committee') from generate_series(1, 8) n;
    select tests.make_role(tests.a(), 'above', 'branch_secretary', 'party_org', 'committee'), tests.make_role(tests.a(), 'further', 'branch_secretary', 'party_org', 'committee');

    insert into public.persons (community_id, id, display_name, birth_year, created_at) select tests.a(), tests.id('m' || n), '党*', 1970, now() from generate_series(1, ${PARTY_SIZE}) n;
    insert into public.person_private (community_id, person_id, real_name, name_key) select tests.a(), tests.id('m' || n), '党员' , '党员' from generate_series(1, ${PARTY_SIZE}) n;
    insert into public.party_memberships (community_id, id, person_id, kind, party_org_id, valid_from)
      select tests.a(), tests.id('membership m' || n), tests.id('m' || n), case when n <= 372 then 'managed' when n <= 600 then 'in_service' else 'floating' end,
        tests.id('branch' || n % 8 + 1), case when n % 50 = 7 then date '2026-05-10' else date '2010-01-01' end from generate_series(1, ${PARTY_SIZE}) n;
    insert into public.party_exemptions (community_id, id, person_id, reason, valid_from, decided_by)
      select tests.a(), tests.id('exemption m' || n), tests.id('m' || n), '年满75周岁', '2020-01-01', tests.id('secretary') from generate_series(1, 58) n;
    insert into public.party_exemptions (community_id, id, person_id, reason, valid_from, valid_to, decided_by)
      select tests.a(), tests.id('illness m' || n), tests.id('m' || n), '住院', d.from_day, d.to_day, tests.id('secretary') from generate_series(101, 112) n
      join (values (1, date '2026-02-10', date '2026-05-20'), (2, date '2026-06-01', null), (0, date '2026-12-20', null)) as d (k, from_day, to_day) on d.k = n % 3;
    insert into public.party_post_rules (community_id, post, wanted) select tests.a(), p, 1 from unnest(array['grid_delegate', 'publicist', 'hygienist', 'safety_officer', 'mediator']) p
      on conflict (community_id, post) do update set at_most = null;
    insert into public.party_posts (community_id, id, person_id, post, party_org_id, valid_from, valid_to, recorded_on)
      select tests.a(), tests.id('post m' || n), tests.id('m' || n), (array['grid_delegate', 'publicist', 'hygienist', 'safety_officer', 'mediator'])[n % 5 + 1], tests.id('branch' || n % 8 + 1),
        case when n % 11 = 3 then date '2026-03-15' else date '2025-11-01' end, case when n % 13 = 5 then date '2026-09-20' end, date '2025-11-01'
      from generate_series(1, 372) n;

    -- A post's duties, visits, and deeds of those in service; most verified, some waiting, some returned.
    insert into public.duty_logs (community_id, id, person_id, kind, happened_at, month, minutes, status, submitted_at, verified_by, verified_at, returned_by)
      select tests.a(), gen_random_uuid(), x.person, x.kind, x.at, date_trunc('month', x.at at time zone 'Asia/Shanghai')::date, 30, x.status, x.at,
        case when x.status = 'verified' then tests.id('above') end, case when x.status = 'verified' then x.at end, case when x.status = 'returned' then tests.id('above') end
      from (select tests.id('m' || n) as person, (timestamp '2026-01-01 09:00' + make_interval(months => m, days => (random() * 27)::int)) at time zone 'Asia/Shanghai' as at,
          case when n > 372 then 'neighbour_help' when random() < 0.2 then 'visit' when random() < 0.1 then 'deliberation'
            else (array['opinion_round', 'publicity_round', 'hygiene_check', 'safety_check', 'mediation'])[n % 5 + 1] end as kind,
          case when random() < 0.85 then 'verified' when random() < 0.5 then 'submitted' else 'returned' end as status
        from generate_series(1, ${PARTY_SIZE}) n, generate_series(0, 11) m, generate_series(1, 3) k where random() < case when n > 372 then 0.25 else 0.8 end) x;

    insert into public.party_meetings (community_id, id, party_org_id, kind, title, held_on, study_minutes, recorded_by, recorded_at)
      select tests.a(), gen_random_uuid(), tests.id('branch' || b), k.kind, '会', (make_date(2026, m, 1) + 3 + (random() * 20)::int), k.study, tests.id('above'), now()
      from generate_series(1, 8) b, generate_series(1, 12) m, (values ('theme_day', 1, 60), ('group_meeting', 1, 0), ('committee_meeting', 1, 0), ('member_assembly', 3, 0), ('party_lecture', 3, 90),
        ('organisation_life', 12, 0), ('democratic_review', 12, 0), ('party_lecture', 2, 45)) as k (kind, every, study) where m % k.every = 0;
    insert into public.party_attendances (community_id, id, meeting_id, person_id, status, reason, vouched_by)
      select tests.a(), gen_random_uuid(), x.id, x.person_id, x.status, case when x.status = 'excused' then '外出' end, case when row_number() over () % 29 <> 0 then tests.id('above') end
      from (select m.id, p.person_id, case when random() < 0.85 then 'present' when random() < 0.7 then 'excused' else 'absent' end as status
        from public.party_meetings m join public.party_memberships p on p.community_id = m.community_id and p.party_org_id = m.party_org_id and p.kind = 'managed') x;
    insert into public.party_studies (community_id, id, person_id, studied_on, minutes, title, recorded_by, recorded_at)
      select tests.a(), gen_random_uuid(), tests.id('m' || n), date '2026-01-01' + (random() * 364)::int, (random() * 40)::int * 10 + 5, '自学', tests.id('above'), now()
      from generate_series(1, 372) n, generate_series(1, 3) k;
    insert into public.party_dues (community_id, id, person_id, month, paid_on, recorded_by, recorded_at)
      select tests.a(), gen_random_uuid(), tests.id('m' || n), make_date(2026, m, 1), case when random() < 0.9 then make_date(2026, m, 1) + (random() * 33)::int when random() < 0.5 then make_date(2026, m, 1) - 2 end, tests.id('above'), now()
      from generate_series(1, 372) n, generate_series(1, 12) m where random() < 0.9;
    insert into public.pledges (community_id, id, person_id, text, due_on, status, made_at, settled_at, settled_by, reason)
      select tests.a(), gen_random_uuid(), x.person, '践诺', x.due, x.status, '2026-01-05', case when x.status <> 'made' then x.settled end, case when x.status <> 'made' then tests.id('above') end,
        case when x.status = 'not_kept' then '没做成' end
      from (select tests.id('m' || n) as person, date '2026-02-01' + (random() * 400)::int as due, timestamptz '2026-02-01 12:00+08' + make_interval(days => (random() * 330)::int) as settled,
          case when random() < 0.6 then 'kept' when random() < 0.5 then 'not_kept' else 'made' end as status
        from generate_series(1, 372) n, generate_series(1, 3) k) x;
    insert into public.community_checkins (community_id, id, person_id, home_unit, status, reported_at, decided_at, decided_by, ended_on)
      select tests.a(), gen_random_uuid(), tests.id('m' || n), '某单位', case when n % 5 = 0 then 'reported' else 'confirmed' end, '2025-12-01',
        case when n % 5 <> 0 then timestamptz '2025-12-10 12:00+08' + make_interval(days => n % 200) end, case when n % 5 <> 0 then tests.id('above') end,
        case when n % 17 = 1 then date '2025-12-31' end from generate_series(373, ${PARTY_SIZE}) n;
    insert into public.party_reviews (community_id, id, person_id, year, grade, decided_on, decided_by)
      select tests.a(), gen_random_uuid(), tests.id('m' || n), 2026, (array['excellent', 'qualified', 'qualified', 'basically_qualified', 'unqualified'])[(random() * 4)::int + 1],
        date '2026-12-20' + n % 20, tests.id('above') from generate_series(1, ${PARTY_SIZE}) n;
    insert into public.party_proofs (community_id, id, person_id, year, points, received_on, recorded_by)
      select tests.a(), gen_random_uuid(), tests.id('m' || n), 2026, round((30 + random() * 30)::numeric, 2), date '2026-11-01' + n % 90, tests.id('above') from generate_series(373, ${PARTY_SIZE}) n where n % 2 = 0;
    insert into public.party_remarks (community_id, id, person_id, kind, level, occurred_on, note, recorded_by, recorded_at, withdrawn_at, withdrawn_by)
      select tests.a(), gen_random_uuid(), x.person, x.kind, case when x.kind = 'honour' then (array['community', 'street', 'district', 'city'])[(random() * 3)::int + 1] end,
        date '2026-01-01' + (random() * 364)::int, '记', tests.id('above'), now(), case when x.gone then now() end, case when x.gone then tests.id('above') end
      from (select tests.id('m' || n) as person, (array['honour', 'emergency', 'praise', 'proposal', 'complaint', 'veto'])[(random() * 5)::int + 1] as kind, random() < 0.15 as gone
        from generate_series(1, ${PARTY_SIZE}) n, generate_series(1, 6) k where random() < 0.4) x;

    -- Volunteering, with the points it brings: the other ledger, beside.
    select tests.make_shift('duty shift ' || m, '2026-' || lpad(m::text, 2, '0') || '-14 09:00', 180, 200, 'cleanup') from generate_series(1, 12) m;
    select tests.make_served(tests.a(), 'm' || n, 'duty shift ' || m, 'cleanup', 'leader', 30 + (n * m) % 15 * 10)
      from generate_series(373, ${PARTY_SIZE}, 2) n, generate_series(1, 12) m where (n + m) % 3 = 0;
    -- Wishes made come true, by the managed (which brings nothing here) and by those in service; some only claimed, one of the year before.
    insert into public.wishes (community_id, id, no, kind, wish_for, status, title, body, price_yuan, collected_by, collected_via, collected_at, reviewed_at, opened_at, realized_at)
      select tests.a(), tests.id('party wish ' || n), 9000 + n, 'goods', 'hardship', 'realized', '一个电饭煲', '旧的坏了', 200, tests.id('above'), 'visit', '2025-12-01', '2025-12-01', '2025-12-01', '2026-01-01' from generate_series(1, 60) n;
    insert into public.wish_claims (community_id, id, wish_id, donor_person_id, is_shared, status, asked_at, due_at, approved_at, approved_by, realized_at)
      select tests.a(), gen_random_uuid(), tests.id('party wish ' || n), tests.id('m' || 330 + n * 4), false, case when n % 6 = 0 then 'delivering' else 'realized' end, '2025-12-02', '2026-12-31', '2025-12-03',
        tests.id('above'), case when n % 6 <> 0 then timestamptz '2025-12-20 23:30+08' + make_interval(days => n * 6) end from generate_series(1, 60) n;
    reset sanlian.now;
    analyze;
  `)
}
