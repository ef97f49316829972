-- The world of the SQL tests: two communities, everybody of the policy matrix in the first, a twin of each in the second.
-- `tests.id('shift')` names every row; `tests.run('volunteer', sql)` acts as somebody and says 'ok' or '409 slug';
-- `tests.at('2026-11-20 09:00')` sets the clock, in Shanghai. Loaded inside the transaction that is rolled back.
create schema tests;
grant usage on schema tests to anon, authenticated;

create function tests.id(p_name text) returns uuid language sql immutable as $$ select md5(p_name)::uuid $$;
create function tests.a() returns uuid language sql immutable as $$ select md5('A')::uuid $$;
create function tests.b() returns uuid language sql immutable as $$ select md5('B')::uuid $$;
create function tests.new() returns uuid language sql volatile as $$ select gen_random_uuid() $$;
create function tests.shanghai(p_local text) returns timestamptz language sql stable as $$ select p_local::timestamp at time zone 'Asia/Shanghai' $$;
create function tests.at(p_local text) returns void language sql volatile as $$
  select set_config('sanlian.now', tests.shanghai(p_local)::text, true)
$$;

-- ---------------------------------------------------------------- acting as somebody

create function tests.become(p_who text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claim.sub', case when p_who = 'anonymous' then '' else tests.id('user ' || p_who)::text end, true),
    set_config('request.jwt.claims', case when p_who = 'anonymous' then '{"role":"anon"}'
      else json_build_object('sub', tests.id('user ' || p_who), 'role', 'authenticated')::text end, true),
    set_config('role', case when p_who = 'anonymous' then 'anon' else 'authenticated' end, true);
end $$;

create function tests.owner() returns void language plpgsql as $$
begin
  perform set_config('role', 'none', true), set_config('request.jwt.claim.sub', '', true), set_config('request.jwt.claims', '', true);
end $$;

/* What a statement answers to somebody: 'ok', '409 slug', or the raw state of an error that no command should let through. */
create function tests.run(p_who text, p_sql text) returns text language plpgsql as $$
declare
  v_state text;
  v_message text;
begin
  begin
    perform tests.become(p_who);
    execute p_sql;
    perform tests.owner();
    return 'ok';
  exception when others then
    get stacked diagnostics v_state = returned_sqlstate, v_message = message_text;
  end;
  perform tests.owner();
  return case when v_state like 'PT%' then substr(v_state, 3) || ' ' || v_message else v_state || ' ' || v_message end;
end $$;

/* The one value a statement gives somebody; a refusal is raised on. */
create function tests.value(p_who text, p_sql text) returns jsonb language plpgsql as $$
declare
  v_json jsonb;
begin
  perform tests.become(p_who);
  execute 'select to_jsonb(x.v) from (' || p_sql || ') as x (v)' into v_json;
  perform tests.owner();
  return v_json;
end $$;

/* The parameters of a refusal. */
create function tests.params(p_who text, p_sql text) returns jsonb language plpgsql as $$
declare
  v_detail text;
begin
  begin
    perform tests.become(p_who);
    execute p_sql;
  exception when others then
    get stacked diagnostics v_detail = pg_exception_detail;
  end;
  perform tests.owner();
  return nullif(v_detail, '')::jsonb;
end $$;

-- ---------------------------------------------------------------- making rows (as the owner)

create function tests.make_user(p_name text, p_year int default 1985, p_month int default 5) returns void language sql security definer as $$
  insert into auth.users (id, email) values (tests.id('user ' || p_name), p_name || '@example.test') on conflict do nothing;
  insert into public.accounts (user_id, birth_year, birth_month, terms_version) values (tests.id('user ' || p_name), p_year, p_month, '2026-11')
    on conflict do nothing;
$$;

create function tests.make_person(p_community uuid, p_name text, p_real text, p_year int default 1985, p_month int default 5,
  p_user text default null, p_grid text default null, p_phone text default null) returns void language plpgsql security definer as $$
begin
  perform private.insert_person(p_community, tests.id(p_name), p_real, p_phone, p_year, p_month, tests.id(p_grid), null, null, true);
  if p_user is not null then
    perform tests.make_user(p_user, p_year, p_month);
    insert into public.account_persons (community_id, id, user_id, person_id, joined_at)
      values (p_community, tests.id('account of ' || p_name), tests.id('user ' || p_user), tests.id(p_name), private.now() - interval '1 year');
  end if;
end $$;

create function tests.make_volunteer(p_community uuid, p_name text) returns void language sql security definer as $$
  select private.ensure_volunteer(p_community, tests.id(p_name), array['急救'], array['anytime'])
$$;

create function tests.make_role(p_community uuid, p_name text, p_role text, p_kind text default 'community', p_scope text default null,
  p_from date default '2026-01-01', p_to date default null) returns void language sql security definer as $$
  insert into public.role_grants (community_id, id, person_id, role, scope_kind, scope_id, valid_from, valid_to)
  values (p_community, tests.id(p_role || ' ' || p_name), tests.id(p_name), p_role, p_kind, tests.id(p_scope), p_from, p_to)
$$;

create function tests.make_activity(p_community uuid, p_name text, p_corps text, p_status text default 'published') returns void language sql security definer as $$
  insert into public.activities (community_id, id, corps_id, title, risk_note, category, place_id, status, created_at)
  values (p_community, tests.id(p_name), tests.id(p_corps), p_name, '注意车辆', 'environment',
    (select p.id from public.places p where p.community_id = p_community limit 1), p_status, private.now())
$$;

create function tests.make_shift(p_name text, p_starts text, p_minutes int default 120, p_capacity int default 2, p_activity text default 'cleanup',
  p_community uuid default tests.a(), p_role text default 'helper') returns void language sql security definer as $$
  insert into public.shifts (community_id, id, activity_id, starts_at, ends_at)
    values (p_community, tests.id(p_name), tests.id(p_activity), tests.shanghai(p_starts), tests.shanghai(p_starts) + make_interval(mins => p_minutes));
  insert into public.shift_roles (community_id, id, shift_id, name, capacity)
    values (p_community, tests.id('role of ' || p_name), tests.id(p_name), p_role, p_capacity);
$$;

create function tests.make_helper(p_community uuid, p_person text, p_helper text, p_relation text default 'helper') returns void language sql security definer as $$
  insert into public.helper_links (community_id, id, person_id, helper_person_id, relation, valid_from)
  values (p_community, tests.id(p_helper || ' helps ' || p_person), tests.id(p_person), tests.id(p_helper), p_relation, '2026-01-01')
$$;

/* A shift that was served: signup, attendance, record, points. */
create function tests.make_served(p_community uuid, p_person text, p_shift text, p_activity text, p_confirmer text, p_minutes int default 120) returns void language plpgsql security definer as $$
declare
  v_shift public.shifts;
  v_id uuid := tests.id(p_person || ' on ' || p_shift);
begin
  select * into v_shift from public.shifts where community_id = p_community and id = tests.id(p_shift);
  update public.shift_roles set taken = taken + 1, next_queue_no = next_queue_no + 1 where community_id = p_community and shift_id = v_shift.id;
  insert into public.signups (community_id, id, shift_id, shift_role_id, person_id, status, queue_no, signed_up_at, signed_up_by)
    select p_community, v_id, v_shift.id, r.id, tests.id(p_person), 'attended', r.next_queue_no - 1, v_shift.starts_at - interval '2 days', tests.id(p_person)
    from public.shift_roles r where r.community_id = p_community and r.shift_id = v_shift.id;
  insert into public.attendances (community_id, id, shift_id, person_id, status, checked_in_at, checked_in_via, checked_in_by, checked_out_at, checked_out_via,
      checked_out_by, minutes, confirmed_at, confirmed_by)
    values (p_community, v_id, v_shift.id, tests.id(p_person), 'credited', v_shift.starts_at, 'code', tests.id(p_confirmer),
      v_shift.starts_at + make_interval(mins => p_minutes), 'code', tests.id(p_confirmer), p_minutes, v_shift.ends_at, tests.id(p_confirmer));
  insert into public.service_records (community_id, id, person_id, activity_id, shift_id, signup_id, service_date, starts_at, ends_at, minutes, provenance,
      confirmed_by, confirmed_at)
    values (p_community, tests.id('record ' || p_person || ' on ' || p_shift), tests.id(p_person), tests.id(p_activity), v_shift.id, v_id,
      private.day_of(v_shift.starts_at), v_shift.starts_at, v_shift.starts_at + make_interval(mins => p_minutes), p_minutes, 'scanned',
      tests.id(p_confirmer), v_shift.ends_at);
  perform private.post_service_points(p_community, tests.id('points ' || p_person || ' on ' || p_shift), tests.id(p_person),
    tests.id('record ' || p_person || ' on ' || p_shift), private.day_of(v_shift.starts_at), p_minutes, 0, tests.id(p_confirmer));
end $$;

create function tests.claim(p_who text, p_shift text, p_id text default null) returns text language sql as $$
  select tests.run(p_who, format('select claim_shift(tests.a(), %L, %L)', coalesce(tests.id(p_id), tests.id(p_who || ' on ' || p_shift)), tests.id(p_shift)))
$$;

create function tests.signup(p_who text, p_shift text) returns text language sql security definer as $$
  select g.status from public.signups g where g.id = tests.id(p_who || ' on ' || p_shift)
$$;

create function tests.taken(p_shift text) returns int language sql security definer as $$
  select sum(r.taken)::int from public.shift_roles r where r.shift_id = tests.id(p_shift)
$$;

/* A wish for somebody (the elder unless told otherwise), collected by the grid worker and, but for a draft or one in review, reviewed by the worker. */
create function tests.make_wish(p_community uuid, p_pre text, p_name text, p_status text default 'open', p_kind text default 'service', p_parts int default 1, p_for text default 'elder',
  p_meeting text default 'community') returns void language plpgsql security definer as $$
begin
  insert into public.wishes (community_id, id, no, kind, wish_for, status, title, body, masked_name, age_band, grid_id, price_yuan, parts, meeting, expires_on, collected_by, collected_via,
      collected_at, reviewed_by, reviewed_at, opened_at)
    values (p_community, tests.id(p_pre || p_name), private.next_number(p_community, 'wish'), p_kind, 'empty_nest', p_status, p_name, '厨房的灯坏了', '候*奶', 'elder', tests.id(p_pre || 'grid1'),
      case p_kind when 'goods' then 80 end, p_parts, p_meeting, '2027-03-01', tests.id(p_pre || 'grid'), 'visit', private.now(),
      case when p_status <> 'reviewing' then tests.id(p_pre || 'worker') end, case when p_status <> 'reviewing' then private.now() end, case when p_status <> 'reviewing' then private.now() end);
  insert into public.wish_private (community_id, id, person_id, name, name_key, birth_year, phone, address, facts, consented_at, consent_via, consent_by)
    values (p_community, tests.id(p_pre || p_name), tests.id(p_pre || p_for), '候奶奶', '候奶奶', 1940, '14400000001', '东院1号楼101室', '独居，老伴去年走了', private.now(), 'paper', tests.id(p_pre || 'grid'));
end $$;

/* A claim on it, already at a status. */
create function tests.make_claim(p_community uuid, p_pre text, p_name text, p_wish text, p_donor text, p_status text default 'asked') returns void language plpgsql security definer as $$
begin
  insert into public.wish_claims (community_id, id, wish_id, donor_person_id, parts, is_shared, status, asked_at, due_at, approved_at, approved_by, realized_at)
    select p_community, tests.id(p_pre || p_name), w.id, tests.id(p_pre || p_donor), 1, w.parts > 1, p_status, private.now(), private.now() + interval '15 days',
      case when p_status <> 'asked' then private.now() end, case when p_status <> 'asked' then tests.id(p_pre || 'worker') end, case when p_status = 'realized' then private.now() end
    from public.wishes w where w.community_id = p_community and w.id = tests.id(p_pre || p_wish);
  update public.wishes set parts_taken = parts_taken + 1 where community_id = p_community and id = tests.id(p_pre || p_wish);
  if p_status in ('approved', 'delivering') then
    insert into private.wish_meetings (community_id, claim_id, arrangement, code) values (p_community, tests.id(p_pre || p_name), '周六上午送到社区', '123456');
  end if;
  if p_status in ('delivering', 'realized') then
    insert into public.wish_deliveries (community_id, id, claim_id, via, recorded_by, recorded_at, status, confirmed_by, confirmed_at, confirmed_via)
      values (p_community, tests.id('delivery of ' || p_pre || p_name), tests.id(p_pre || p_name), 'community', tests.id(p_pre || p_donor), private.now(),
        case p_status when 'realized' then 'confirmed' else 'handed_over' end, case p_status when 'realized' then tests.id(p_pre || 'worker') end,
        case p_status when 'realized' then private.now() end, case p_status when 'realized' then 'staff' end);
  end if;
  perform private.refresh_wish(p_community, tests.id(p_pre || p_wish));
end $$;

/* The six digits somebody's phone shows now. */
create function tests.digits(p_who text, p_steps int default 0, p_community uuid default tests.a()) returns text language plpgsql security definer as $$
begin
  insert into private.member_code_secrets (community_id, person_id, secret) values (p_community, tests.id(p_who), sha256(p_who::bytea)) on conflict do nothing;
  return (select private.code_digits(s.secret, floor(extract(epoch from private.now()) / 30)::bigint + p_steps)
    from private.member_code_secrets s where s.community_id = p_community and s.person_id = tests.id(p_who));
end $$;

create function tests.qr(p_who text, p_steps int default 0, p_community uuid default tests.a()) returns text language sql security definer as $$
  select 'SLM1:' || tests.id(p_who) || ':' || floor(extract(epoch from private.now()) / 30)::bigint + p_steps || ':' || tests.digits(p_who, p_steps, p_community)
$$;

create function tests.scan(p_verb text, p_who text, p_shift text, p_local text, p_by text default 'leader') returns text language plpgsql as $$
begin
  perform tests.at(p_local);
  return tests.run(p_by, format('select %I(tests.a(), tests.new(), %L, %L)', p_verb, tests.id(p_shift), tests.qr(p_who)));
end $$;

/* In at, out at, confirmed a minute later: the whole of a served shift through the commands. */
create function tests.serve(p_who text, p_shift text, p_in text, p_out text) returns jsonb language plpgsql as $$
begin
  perform tests.scan('check_in', p_who, p_shift, p_in), tests.scan('check_out', p_who, p_shift, p_out);
  return tests.value('leader', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id(p_shift)));
end $$;

create function tests.minutes(p_who text) returns int language sql security definer as $$
  select coalesce(sum(r.minutes), 0)::int from public.service_records r where r.person_id = tests.id(p_who)
$$;
create function tests.balance(p_who text) returns int language sql security definer as $$
  select coalesce(max(a.balance), 0) from public.point_accounts a where a.id = tests.id(p_who)
$$;

create function tests.give_points(p_name text, p_points int, p_community uuid default tests.a()) returns void language sql security definer as $$
  select private.post_entry(p_community, private.new_id(), tests.id(p_name), 'VOL-2026.1', 'ADJUST', 'manual', private.new_id(), p_points, private.today(), '{}', null)
$$;

create function tests.order(p_who text, p_item text, p_name text, p_quantity int default 1) returns text language sql as $$
  select tests.run(p_who, format('select place_order(tests.a(), %L, %L, %s)', tests.id(p_name), tests.id(p_item), p_quantity))
$$;

/* Asks for the code of an order, as its person. */
create function tests.pickup_code(p_who text, p_order text) returns text language sql as $$
  select tests.value(p_who, format('select my_pickup_code(tests.a(), %L)', tests.id(p_order))) ->> 'code'
$$;

/* Looks a code up and hands over. */
create function tests.hand_over(p_clerk text, p_code text) returns text language plpgsql as $$
begin
  perform tests.run(p_clerk, format('select look_up_pickup(tests.a(), %L)', p_code));
  return tests.run(p_clerk, format('select fulfil_order(tests.a(), tests.new(), %L)', p_code));
end $$;

-- ---------------------------------------------------------------- the two communities

select tests.at('2026-11-16 08:00');

insert into public.org_units (id, parent_id, level, name, region_code) values
  (tests.id('street'), null, 'street', '同心街道', '990101001000'),
  (tests.id('unit A'), tests.id('street'), 'community', '甲社区', '990101001001'),
  (tests.id('unit B'), tests.id('street'), 'community', '乙社区', '990101001002');
insert into public.communities (id, org_unit_id, name, address, relay_phone, method_code, method_version, created_at) values
  (tests.a(), tests.id('unit A'), '甲社区', '同心街 1 号', '010-00000001', 'tuxin', 1, '2026-01-01'),
  (tests.b(), tests.id('unit B'), '乙社区', '同心街 2 号', '010-00000002', 'tuxin', 1, '2026-01-02');

do $world$
declare
  c record;
  x text;
  y text;
begin
  for c in select * from (values (tests.a(), ''), (tests.b(), 'b_')) as v (id, pre) loop
    x := c.pre;
    perform private.install_rules_vol_2026_1(c.id, tests.id(x || 'rules'), null);
    insert into public.compounds (community_id, id, name) values (c.id, tests.id(x || 'compound'), '东院');
    insert into public.buildings (community_id, id, compound_id, name) values (c.id, tests.id(x || 'building'), tests.id(x || 'compound'), '1号楼');
    insert into public.entrances (community_id, id, building_id, name) values (c.id, tests.id(x || 'entrance'), tests.id(x || 'building'), '1单元');
    insert into public.households (community_id, id, entrance_id, door_no) values (c.id, tests.id(x || 'household'), tests.id(x || 'entrance'), '101');
    insert into public.grids (community_id, id, code, name) values (c.id, tests.id(x || 'grid1'), '01', '一片'), (c.id, tests.id(x || 'grid2'), '02', '二片');
    insert into public.grid_buildings (community_id, id, grid_id, building_id, valid_from)
      values (c.id, tests.id(x || 'grid building'), tests.id(x || 'grid1'), tests.id(x || 'building'), '2026-01-01');
    insert into public.places (community_id, id, name, grid_id) values (c.id, tests.id(x || 'place'), '文化广场', tests.id(x || 'grid1'));

    perform tests.make_person(c.id, x || 'elder', '候奶奶', 1940, 3, null, x || 'grid1', '14400000001');
    perform tests.make_person(c.id, x || 'resident', '张住户', 1985, 5, x || 'resident', x || 'grid1', '14400000002');
    perform tests.make_person(c.id, x || 'neighbour', '李邻居', 1985, 5, x || 'neighbour', x || 'grid2', '14400000003');
    perform tests.make_person(c.id, x || 'volunteer', '王小明', 1985, 5, x || 'volunteer', x || 'grid1', '14400000004');
    perform tests.make_person(c.id, x || 'volunteer2', '赵二', 1985, 5, x || 'volunteer2', null, '14400000005');
    perform tests.make_person(c.id, x || 'volunteer3', '钱三', 1985, 5, x || 'volunteer3', null, '14400000006');
    perform tests.make_person(c.id, x || 'leader', '孙队长', 1985, 5, x || 'leader', null, '14400000007');
    perform tests.make_person(c.id, x || 'other_leader', '周队长', 1985, 5, x || 'other_leader', null, '14400000008');
    perform tests.make_person(c.id, x || 'party', '吴党员', 1960, 5, x || 'party', x || 'grid1', '14400000009');
    perform tests.make_person(c.id, x || 'branch', '郑书记', 1965, 5, x || 'branch', null, '14400000010');
    perform tests.make_person(c.id, x || 'grid', '冯网格', 1985, 5, x || 'grid', x || 'grid1', '14400000011');
    perform tests.make_person(c.id, x || 'worker', '陈社工', 1985, 5, x || 'worker', null, '14400000012');
    perform tests.make_person(c.id, x || 'secretary', '褚书记', 1975, 5, x || 'secretary', null, '14400000013');
    perform tests.make_person(c.id, x || 'clerk', '卫兑换', 1985, 5, x || 'clerk', null, '14400000014');
    perform tests.make_person(c.id, x || 'street', '蒋街道', 1975, 5, x || 'street', null, '14400000015');
    perform tests.make_person(c.id, x || 'minor', '沈小朋', 2010, 3, x || 'minor', null, '14400000016');
    foreach y in array array['elder', 'volunteer', 'volunteer2', 'volunteer3', 'leader', 'other_leader', 'minor'] loop
      perform tests.make_volunteer(c.id, x || y);
    end loop;
    insert into public.guardian_links (community_id, id, minor_person_id, guardian_name, guardian_phone, consented_at)
      values (c.id, tests.id(x || 'guardian'), tests.id(x || 'minor'), '沈大朋', '14400000017', private.now());
    perform tests.make_helper(c.id, x || 'elder', x || 'volunteer');

    insert into public.corps (community_id, id, color, name, founded_on) values
      (c.id, tests.id(x || 'green'), 'green_eco', '绿队', '2026-01-01'), (c.id, tests.id(x || 'blue'), 'blue_repair', '蓝队', '2026-01-01');
    insert into public.corps_members (community_id, id, corps_id, person_id, joined_on) values
      (c.id, tests.id(x || 'volunteer in green'), tests.id(x || 'green'), tests.id(x || 'volunteer'), '2026-02-01'),
      (c.id, tests.id(x || 'volunteer2 in blue'), tests.id(x || 'blue'), tests.id(x || 'volunteer2'), '2026-02-01');
    insert into public.party_orgs (community_id, id, kind, name, grid_id) values (c.id, tests.id(x || 'party org'), 'branch', '一片支部', tests.id(x || 'grid1'));
    insert into public.party_memberships (community_id, id, person_id, kind, party_org_id, valid_from) values
      (c.id, tests.id(x || 'party membership'), tests.id(x || 'party'), 'managed', tests.id(x || 'party org'), '2000-07-01');
    insert into public.party_posts (community_id, id, person_id, post, grid_id, party_org_id, valid_from, recorded_on) values
      (c.id, tests.id(x || 'party post'), tests.id(x || 'party'), 'publicist', tests.id(x || 'grid1'), tests.id(x || 'party org'), '2026-01-01', '2026-01-01');
    insert into public.party_exemptions (community_id, id, person_id, reason, valid_from, valid_to, decided_by)
      values (c.id, tests.id(x || 'party exemption'), tests.id(x || 'party'), '长期患病', '2025-01-01', '2025-12-31', tests.id(x || 'secretary'));
    insert into public.party_post_rules (community_id, post, wanted, at_most) values (c.id, 'hygienist', 1, 2);
    insert into public.party_orgs (community_id, id, parent_id, kind, name, grid_id) values
      (c.id, tests.id(x || 'party group'), tests.id(x || 'party org'), 'group', '一组', null), (c.id, tests.id(x || 'party point'), tests.id(x || 'party org'), 'activity_point', '活动点', null),
      (c.id, tests.id(x || 'liaison area'), tests.id(x || 'party org'), 'liaison_area', '一片组', tests.id(x || 'grid1'));
    insert into public.party_orgs (community_id, id, parent_id, kind, name) values (c.id, tests.id(x || 'liaison group'), tests.id(x || 'liaison area'), 'liaison_group', '联络一组');
    insert into public.party_org_places (community_id, party_org_id, address) values (c.id, tests.id(x || 'party point'), '1号楼101');
    insert into public.community_checkins (community_id, id, person_id, home_unit, unit_phone, party_org_id, reported_at)
      values (c.id, tests.id(x || 'report in'), tests.id(x || 'neighbour'), '示例厂', '010-00000021', tests.id(x || 'party org'), private.now());
    insert into public.pledges (community_id, id, person_id, text, target, due_on, made_at)
      values (c.id, tests.id(x || 'pledge'), tests.id(x || 'party'), '每月帮三户老人买菜', '3 户', '2026-12-31', private.now());
    insert into public.pledge_notes (community_id, id, pledge_id, at, text) values (c.id, tests.id(x || 'pledge note'), tests.id(x || 'pledge'), private.now(), '买了一回');
    insert into public.consents (community_id, id, person_id, purpose, version, granted_at, given_via) values
      (c.id, tests.id(x || 'party name'), tests.id(x || 'party'), 'publish_name', '2026-11', private.now(), 'self');
    insert into public.identity_cards (community_id, id, person_id, post_id, token, promise, issued_at)
      values (c.id, tests.id(x || 'identity card'), tests.id(x || 'party'), tests.id(x || 'party post'), x || 'card', '有事您找我', private.now());
    perform tests.make_role(c.id, x || 'leader', 'corps_leader', 'corps', x || 'green'),
      tests.make_role(c.id, x || 'other_leader', 'corps_leader', 'corps', x || 'blue'),
      tests.make_role(c.id, x || 'branch', 'branch_secretary', 'party_org', x || 'party org'),
      tests.make_role(c.id, x || 'grid', 'grid_worker', 'grid', x || 'grid1'),
      tests.make_role(c.id, x || 'worker', 'community_worker'), tests.make_role(c.id, x || 'secretary', 'community_secretary'),
      tests.make_role(c.id, x || 'clerk', 'reward_clerk'), tests.make_role(c.id, x || 'street', 'street_admin');
    insert into public.staff_posts (community_id, id, person_id, title, public_name, relay_phone, valid_from) values
      (c.id, tests.id(x || 'staff post'), tests.id(x || 'grid'), 'grid_worker', '冯网格', '010-00000003', '2026-01-01');
    insert into public.grid_assignments (community_id, id, grid_id, person_id, staff_post_id, valid_from) values
      (c.id, tests.id(x || 'assignment'), tests.id(x || 'grid1'), tests.id(x || 'grid'), tests.id(x || 'staff post'), '2026-01-01');

    insert into public.care_tags (community_id, id, person_id, tag, valid_from) values (c.id, tests.id(x || 'care tag'), tests.id(x || 'elder'), 'empty_nest', '2026-01-01');
    insert into public.qualifications (community_id, id, person_id, kind, valid_from, valid_to)
      values (c.id, tests.id(x || 'qualification'), tests.id(x || 'volunteer'), 'electrician', '2026-01-01', '2026-12-31');
    insert into public.consents (community_id, id, person_id, purpose, version, granted_at, given_via)
      values (c.id, tests.id(x || 'consent'), tests.id(x || 'volunteer'), 'volunteer_record', '2026-11', private.now(), 'self');
    insert into public.consents (community_id, id, person_id, purpose, version, granted_at, given_via)
      values (c.id, tests.id(x || 'boards'), tests.id(x || 'volunteer2'), 'boards', '2026-11', private.now(), 'self');
    insert into public.board_displays (community_id, person_id, display, alias) values (c.id, tests.id(x || 'volunteer2'), 'alias', '向日葵');
    insert into public.board_corrections (community_id, person_id, period, measure, scope, value) values (c.id, tests.id(x || 'volunteer'), '2025', 'minutes', 'all', 30);
    insert into public.board_snapshots (community_id, kind, period, scope, closed_at, entries, hash)
      values (c.id, 'people_hours', '2025', 'all', private.now(), '[]', 'h');
    insert into public.privacy_requests (community_id, id, person_id, kind, note, created_at, due_on)
      values (c.id, tests.id(x || 'privacy request'), tests.id(x || 'volunteer'), 'complaint', '路灯不亮', private.now(), '2026-12-07');
    insert into public.access_logs (community_id, id, at, viewer_person_id, person_id, what, reason)
      values (c.id, tests.id(x || 'look'), private.now(), tests.id(x || 'worker'), tests.id(x || 'volunteer'), 'contact', '联系活动');
    perform private.notify(c.id, tests.id(x || 'volunteer'), 'join_confirmed', '{}', '/');
    insert into public.invites (community_id, id, code, created_at, expires_at, max_uses) values
      (c.id, tests.id(x || 'invite'), case when x = '' then 'AAAAA22222' else 'BBBBB22222' end, private.now(), private.now() + interval '30 days', 100);
    perform tests.make_user(x || 'asker');
    insert into public.join_requests (community_id, id, user_id, invite_id, real_name, phone, birth_year, birth_month, consent_version, created_at)
      values (c.id, tests.id(x || 'join request'), tests.id('user ' || x || 'asker'), tests.id(x || 'invite'), '韩新来', '14400000018', 1985, 5, '2026-11', private.now());

    perform tests.make_activity(c.id, x || 'cleanup', x || 'green'), tests.make_activity(c.id, x || 'draft', x || 'green', 'draft'),
      tests.make_activity(c.id, x || 'repair', x || 'blue');
    perform tests.make_shift(x || 'past', '2026-11-10 09:00', 120, 5, x || 'cleanup', c.id),
      tests.make_shift(x || 'shift', '2026-11-20 09:00', 120, 2, x || 'cleanup', c.id),
      tests.make_shift(x || 'draft shift', '2026-11-21 09:00', 120, 2, x || 'draft', c.id),
      tests.make_shift(x || 'repair shift', '2026-11-20 10:00', 120, 5, x || 'repair', c.id);
    perform tests.make_served(c.id, x || 'volunteer', x || 'past', x || 'cleanup', x || 'leader');
    insert into public.emergency_declarations (community_id, id, activity_id, declared_by, declared_at)
      values (c.id, tests.id(x || 'emergency'), tests.id(x || 'repair'), tests.id(x || 'secretary'), '2026-11-18');
    insert into public.point_corrections (community_id, id, person_id, kind, points, reason, proposed_by, proposed_at)
      values (c.id, tests.id(x || 'adjustment'), tests.id(x || 'volunteer'), 'adjustment', 10, '补记', tests.id(x || 'worker'), private.now());
    insert into public.point_disputes (community_id, id, entry_id, person_id, text, raised_by, raised_at)
      values (c.id, tests.id(x || 'dispute'), tests.id('points ' || x || 'volunteer on ' || x || 'past'), tests.id(x || 'volunteer'), '少了半小时', tests.id(x || 'volunteer'), private.now());
    insert into public.point_ruleset_drafts (community_id, id, code, effective_from, changes, proposed_by, proposed_at)
      values (c.id, tests.id(x || 'rules draft'), 'VOL-2027.1', '2027-01-01', '{"V04": {"points": 8}}', tests.id(x || 'secretary'), private.now());
    insert into public.point_year_closes (community_id, id, year, figures, hash, closed_by, closed_at)
      values (c.id, tests.id(x || 'close'), 2024, '{}', repeat('0', 64), tests.id(x || 'secretary'), private.now());
    insert into public.roster_imports (community_id, id, kind, file_name, file_hash, total_rows, creates_grids, has_paper_consent, started_by, started_at)
      values (c.id, tests.id(x || 'import'), 'residents', '名册.csv', repeat('a', 64), 10, false, true, tests.id(x || 'worker'), private.now());
    insert into public.roster_import_rows (community_id, import_id, row_no, outcome, reasons, raw)
      values (c.id, tests.id(x || 'import'), 1, 'rejected', '[{"field": "phone", "reason": "phone_invalid"}]', '{"name": "错行"}');
    perform tests.make_wish(c.id, x, 'reviewing wish', 'reviewing', 'goods'), tests.make_wish(c.id, x, 'open wish'), tests.make_wish(c.id, x, 'asked wish'),
      tests.make_wish(c.id, x, 'approved wish'), tests.make_wish(c.id, x, 'delivering wish'), tests.make_wish(c.id, x, 'stored wish', 'open', 'goods'), tests.make_wish(c.id, x, 'realized wish');
    perform tests.make_claim(c.id, x, 'asked claim', 'asked wish', 'resident'), tests.make_claim(c.id, x, 'approved claim', 'approved wish', 'resident', 'approved'),
      tests.make_claim(c.id, x, 'delivering claim', 'delivering wish', 'resident', 'delivering'), tests.make_claim(c.id, x, 'stored claim', 'stored wish', 'volunteer3', 'delivering'),
      tests.make_claim(c.id, x, 'realized claim', 'realized wish', 'resident', 'realized');
    insert into public.wish_goods_moves (community_id, id, claim_id, direction, at, booked_by) values (c.id, tests.id(x || 'goods in'), tests.id(x || 'stored claim'), 'in', private.now(), tests.id(x || 'worker'));
    perform tests.make_wish(c.id, x, 'thanked wish');
    perform tests.make_claim(c.id, x, 'thanked claim', 'thanked wish', 'volunteer2', 'realized');
    insert into public.wish_thanks (community_id, id, claim_id, body, written_by, written_at) values (c.id, tests.id(x || 'thanks'), tests.id(x || 'thanked claim'), '谢谢您，灯亮了', tests.id(x || 'volunteer'), private.now());
    insert into public.attachments (community_id, id, kind, mime, size_bytes, words, uploaded_by, uploaded_at)
      values (c.id, tests.id(x || 'photo'), 'photo', 'image/jpeg', 15, '一张照片', tests.id(x || 'volunteer'), private.now());
    insert into private.attachment_data (community_id, attachment_id, bytes) values (c.id, tests.id(x || 'photo'), decode('/9j/2gAIAQEAAD8A0v/Z', 'base64'));
    insert into public.merchants (community_id, id, name, created_at) values (c.id, tests.id(x || 'merchant'), '同心理发店', private.now());
    insert into public.reward_items (community_id, id, merchant_id, kind, name, points, counts_stock, for_minors, created_at) values
      (c.id, tests.id(x || 'soap'), null, 'goods', '香皂', 10, true, false, private.now()), (c.id, tests.id(x || 'haircut'), tests.id(x || 'merchant'), 'service', '理发', 20, false, true, private.now());
    insert into public.reward_stocks (community_id, item_id) values (c.id, tests.id(x || 'soap')), (c.id, tests.id(x || 'haircut'));
    insert into public.stock_moves (community_id, id, item_id, kind, quantity, at, moved_by) values (c.id, tests.id(x || 'soap in'), tests.id(x || 'soap'), 'in', 5, private.now(), tests.id(x || 'clerk'));
    update public.reward_stocks set on_hand = 5 where community_id = c.id and item_id = tests.id(x || 'soap');
    insert into public.reward_orders (community_id, id, person_id, item_id, quantity, points, placed_at, placed_by, lapses_at)
      values (c.id, tests.id(x || 'order'), tests.id(x || 'resident'), tests.id(x || 'haircut'), 1, 0, private.now(), tests.id(x || 'resident'), private.now() + interval '15 days');
    perform private.write_audit(c.id, tests.id(x || 'first command'), tests.id('user ' || x || 'secretary'), tests.id(x || 'secretary'), null, 'found', null, null, '{}', 'h', '{}');
  end loop;

  perform tests.make_user('stranger');
  insert into auth.users (id, email) values (tests.id('user unopened'), 'unopened@example.test');
  -- One account that belongs to both communities.
  perform tests.make_person(tests.a(), 'both', '杨两家', 1985, 5, 'both'), tests.make_person(tests.b(), 'b_both', '杨两家', 1985, 5, 'both');
end $world$;

grant execute on all functions in schema tests to anon, authenticated;
