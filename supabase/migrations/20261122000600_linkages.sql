-- 三联: staff posts and grid assignments (社工联勤), party tree and posts (党员联动), volunteers and corps (志愿联盟).

-- ---------------------------------------------------------------- 社工联勤 · 管线包片联户 (X11, T13)

create table public.staff_posts (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  title text not null check (title in ('community_secretary', 'deputy_secretary', 'director', 'deputy_director', 'grid_worker', 'line_worker', 'social_worker')),
  business_line text,
  public_name text not null,
  relay_phone text,
  valid_from date not null,
  valid_to date,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  constraint line_worker_has_a_line check (title <> 'line_worker' or business_line is not null),
  constraint staff_post_dates_are_in_order check (valid_to is null or valid_to >= valid_from)
);
create index staff_posts_by_person on public.staff_posts (community_id, person_id);
comment on table public.staff_posts is '定岗: the posts of the community office with dates; an office holder''s name and relay number are public within the community.';
comment on column public.staff_posts.public_name is 'public within the community: the name of an office holder';
comment on column public.staff_posts.relay_phone is 'public: the office''s relay number, never a private one';

create table public.grid_assignments (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  grid_id uuid not null,
  person_id uuid not null,
  staff_post_id uuid not null,
  valid_from date not null,
  valid_to date,
  primary key (community_id, id),
  foreign key (community_id, grid_id) references public.grids (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, staff_post_id) references public.staff_posts (community_id, id),
  constraint grid_assignment_dates_are_in_order check (valid_to is null or valid_to >= valid_from)
);
create unique index grid_has_one_worker_at_a_time on public.grid_assignments (community_id, grid_id) where valid_to is null;
create index grid_assignments_by_grid on public.grid_assignments (community_id, grid_id);
create index grid_assignments_by_person on public.grid_assignments (community_id, person_id);
create index grid_assignments_by_post on public.grid_assignments (community_id, staff_post_id);
comment on table public.grid_assignments is '包片: who is responsible for a grid from when to when; never two for one household at a time.';

create function private.assign_grid_worker(p_community_id uuid, p_id uuid, p_grid_id uuid, p_person_id uuid, p_staff_post_id uuid, p_from date, p_by uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform 1 from public.grids g where g.community_id = p_community_id and g.id = p_grid_id for update;
  if not found then perform private.fail(404, 'grid_unknown'); end if;
  if exists (select 1 from public.grid_assignments a where a.community_id = p_community_id and a.grid_id = p_grid_id
      and a.valid_to is null and a.person_id = p_person_id) then
    return;
  end if;
  if exists (select 1 from public.grid_assignments a where a.community_id = p_community_id and a.grid_id = p_grid_id
      and (a.valid_from >= p_from or a.valid_to >= p_from)) then
    perform private.fail(409, 'grid_assignment_overlaps');
  end if;
  update public.grid_assignments a set valid_to = p_from - 1
    where a.community_id = p_community_id and a.grid_id = p_grid_id and a.valid_to is null;
  update public.role_grants g set valid_to = greatest(p_from - 1, g.valid_from)
    where g.community_id = p_community_id and g.role = 'grid_worker' and g.scope_id = p_grid_id and g.valid_to is null;
  insert into public.grid_assignments (community_id, id, grid_id, person_id, staff_post_id, valid_from)
    values (p_community_id, p_id, p_grid_id, p_person_id, p_staff_post_id, p_from);
  insert into public.role_grants (community_id, id, person_id, role, scope_kind, scope_id, valid_from, granted_by)
    values (p_community_id, p_id, p_person_id, 'grid_worker', 'grid', p_grid_id, p_from, p_by);
end $$;
comment on function private.assign_grid_worker(uuid, uuid, uuid, uuid, uuid, date, uuid) is
  'Hands a grid over on a day: the former assignment and its role end the day before. Errors: grid_unknown, grid_assignment_overlaps.';

-- ---------------------------------------------------------------- 党员联动 (F01, H01, X08, X09)

create table public.party_orgs (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  parent_id uuid,
  kind text not null check (kind in ('committee', 'area_committee', 'general_branch', 'branch', 'group', 'activity_point', 'liaison_area', 'liaison_group')),
  name text not null,
  grid_id uuid,
  founded_on date,
  closed_on date,
  primary key (community_id, id),
  foreign key (community_id, parent_id) references public.party_orgs (community_id, id),
  foreign key (community_id, grid_id) references public.grids (community_id, id),
  constraint party_org_name_is_unique unique (community_id, name),
  constraint party_org_dates_are_in_order check (closed_on is null or founded_on is null or closed_on >= founded_on)
);
create index party_orgs_by_parent on public.party_orgs (community_id, parent_id);
create index party_orgs_by_grid on public.party_orgs (community_id, grid_id);
comment on table public.party_orgs is
  '党委/总支 → 网格支部 → 楼栋/院落小组 → 党员家庭活动点; 双党委 (H): an area_committee 区域党委 beside the committee; for members in service 联络片组 → 联络小组. A null parent is a root, or a branch that a list named and nobody has placed yet.';

create function private.party_parent_kinds(p_kind text)
returns text[] language sql immutable parallel safe set search_path = '' as $$
  select case p_kind
    when 'committee' then '{}' when 'area_committee' then '{}'
    when 'general_branch' then '{committee}'
    when 'branch' then '{committee,area_committee,general_branch}'
    when 'group' then '{branch}'
    when 'activity_point' then '{branch,group}'
    when 'liaison_area' then '{committee,area_committee,general_branch,branch}'
    when 'liaison_group' then '{liaison_area}'
  end::text[]
$$;
comment on function private.party_parent_kinds(text) is 'Under what a party organisation of a kind may stand. The levels go down only, so a tree cannot close into a ring.';

create function private.tg_party_orgs__levels_fit()
returns trigger language plpgsql security definer set search_path = '' as $$
declare
  v_parent text;
begin
  select o.kind into v_parent from public.party_orgs o where o.community_id = new.community_id and o.id = new.parent_id for key share;
  if v_parent is not null and v_parent <> all (private.party_parent_kinds(new.kind)) then
    perform private.fail(422, 'party_level_wrong', jsonb_build_object('kind', new.kind, 'parent', v_parent));
  end if;
  return new;
end $$;
comment on function private.tg_party_orgs__levels_fit() is 'A tree of levels: a group stands under a branch, never under a committee. Error: party_level_wrong {kind, parent}.';
create trigger tg_party_orgs__levels_fit before insert or update of parent_id, kind on public.party_orgs
  for each row when (new.parent_id is not null) execute function private.tg_party_orgs__levels_fit();

create table public.party_memberships (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('managed', 'in_service', 'floating')),
  party_org_id uuid,
  group_id uuid,
  home_unit text,
  valid_from date not null,
  valid_to date,
  end_reason text check (end_reason in ('moved', 'transferred', 'left', 'deceased', 'corrected')),
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, party_org_id) references public.party_orgs (community_id, id),
  foreign key (community_id, group_id) references public.party_orgs (community_id, id),
  constraint party_membership_dates_are_in_order check (valid_to is null or valid_to >= valid_from)
);
create unique index person_has_one_party_membership on public.party_memberships (community_id, person_id) where valid_to is null;
create index party_memberships_by_person on public.party_memberships (community_id, person_id);
create index party_memberships_by_org on public.party_memberships (community_id, party_org_id);
create index party_memberships_by_group on public.party_memberships (community_id, group_id);
comment on table public.party_memberships is
  '直管 / 在职 / 流动 party members with their branch (party_org_id), group and dates; a move closes one row and opens the next. Political status is sensitive: the member, those who lead the branch or the group, and the party office only.';
comment on column public.party_memberships.kind is 'personal data: political status';
comment on column public.party_memberships.home_unit is 'personal data: employer';
comment on column public.party_memberships.end_reason is 'personal data: why a membership ended';

create function private.tg_party_memberships__never_two_at_once()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(new.community_id::text || new.person_id, 6));
  if exists (select 1 from public.party_memberships m where m.community_id = new.community_id and m.person_id = new.person_id and m.id <> new.id
      and m.valid_from <= coalesce(new.valid_to, 'infinity') and coalesce(m.valid_to, 'infinity') >= new.valid_from) then
    perform private.fail(409, 'party_membership_overlaps');
  end if;
  return new;
end $$;
comment on function private.tg_party_memberships__never_two_at_once() is 'One membership a day for a person, whoever writes. Error: party_membership_overlaps.';
create trigger tg_party_memberships__never_two_at_once before insert or update of person_id, valid_from, valid_to on public.party_memberships
  for each row execute function private.tg_party_memberships__never_two_at_once();

create table public.party_exemptions (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  reason text not null,
  valid_from date not null,
  valid_to date,
  decided_by uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, decided_by) references public.persons (community_id, id),
  constraint party_exemption_dates_are_in_order check (valid_to is null or valid_to >= valid_from),
  constraint nobody_exempts_oneself check (decided_by <> person_id)
);
create unique index person_is_exempt_once on public.party_exemptions (community_id, person_id) where valid_to is null;
create index party_exemptions_by_person on public.party_exemptions (community_id, person_id);
create index party_exemptions_by_decider on public.party_exemptions (community_id, decided_by);
comment on table public.party_exemptions is '免考: from when to when the old, ill or disabled are not held to hard requirements (党员教育管理工作条例). Not tied to a branch: it moves with the member.';
comment on column public.party_exemptions.reason is 'personal data: sensitive (age, health)';

-- ---------------------------------------------------------------- who minds party matters

create function private.minds_party(p_community_id uuid, p_person_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select private.holds_office(p_community_id, p_person_id, array['community_secretary'])
    or (private.holds_office(p_community_id, p_person_id, array['community_worker']) and exists (
      select 1 from public.staff_posts sp where sp.community_id = p_community_id and sp.person_id = p_person_id
        and (sp.title = 'deputy_secretary' or (sp.title = 'line_worker' and sp.business_line = 'party_building'))
        and sp.valid_from <= private.today() and (sp.valid_to is null or sp.valid_to >= private.today())))
$$;
comment on function private.minds_party(uuid, uuid) is
  'The party office: the secretary, and of the staff the deputy secretary and the 党建 line. Nobody else in the office is told who is a party member.';

create function private.party_office_communities()
returns setof uuid language sql stable security definer rows 2 set search_path = '' as $$
  select k.community_id from private.my_person_keys() k where private.minds_party(k.community_id, k.person_id)
$$;
comment on function private.party_office_communities() is 'Communities whose party matters the caller minds, as a set for policies.';

create function private.my_party_scope_keys(p_roles text[])
returns table (community_id uuid, party_org_id uuid) language sql stable security definer rows 20 set search_path = '' as $$
  with recursive mine as (
    select k.community_id, k.scope_id as id from unnest(p_roles) r cross join lateral private.my_scope_keys(r) k
    union
    select o.community_id, o.id from mine m join public.party_orgs o on o.community_id = m.community_id and o.parent_id = m.id)
  select m.community_id, m.id from mine m
$$;
comment on function private.my_party_scope_keys(text[]) is
  'The party organisations in which the caller holds one of the roles (branch_secretary, deputy_branch_secretary, party_group_leader), with everything beneath them.';

create function private.my_party_scopes(p_roles text[])
returns setof uuid language sql stable security definer rows 20 set search_path = '' as $$
  select k.party_org_id from private.my_party_scope_keys(p_roles) k
$$;

create function private.my_party_member_keys(p_roles text[])
returns table (community_id uuid, person_id uuid) language sql stable security definer rows 50 set search_path = '' as $$
  select m.community_id, m.person_id from private.my_party_scope_keys(p_roles) k
    join public.party_memberships m on m.community_id = k.community_id and (m.party_org_id = k.party_org_id or m.group_id = k.party_org_id)
  where m.valid_from <= private.today() and (m.valid_to is null or m.valid_to >= private.today())
$$;
comment on function private.my_party_member_keys(text[]) is 'The members of today in the organisations where the caller holds one of the roles, as a set for policies over what belongs to a member.';

create function private.my_party_member_ids(p_roles text[])
returns setof uuid language sql stable security definer rows 50 set search_path = '' as $$
  select k.person_id from private.my_party_member_keys(p_roles) k
$$;

create function private.holds_in_party_org(p_community_id uuid, p_person_id uuid, p_org_id uuid, p_roles text[])
returns boolean language sql stable security definer set search_path = '' as $$
  with recursive up as (
    select o.id, o.parent_id from public.party_orgs o where o.community_id = p_community_id and o.id = p_org_id
    union
    select o.id, o.parent_id from up join public.party_orgs o on o.community_id = p_community_id and o.id = up.parent_id)
  select exists (select 1 from up join public.role_grants g on g.community_id = p_community_id and g.scope_id = up.id
    where g.person_id = p_person_id and g.role = any(p_roles)
      and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today()))
$$;
comment on function private.holds_in_party_org(uuid, uuid, uuid, text[]) is 'Whether a person holds one of the party roles today in an organisation or in one above it.';

create function private.leads_branch(p_community_id uuid, p_person_id uuid, p_org_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select private.minds_party(p_community_id, p_person_id)
    or private.holds_in_party_org(p_community_id, p_person_id, p_org_id, array['branch_secretary', 'deputy_branch_secretary'])
$$;
comment on function private.leads_branch(uuid, uuid, uuid) is 'Who decides in a branch (or what is beneath it): its secretary and deputy, the same of an organisation above, and the party office.';

create function private.leads_party_member(p_community_id uuid, p_leader uuid, p_person_id uuid, p_with_group boolean default true)
returns boolean language sql stable security definer set search_path = '' as $$
  select p_leader <> p_person_id and exists (select 1 from public.party_memberships m
    where m.community_id = p_community_id and m.person_id = p_person_id
      and m.valid_from <= private.today() and (m.valid_to is null or m.valid_to >= private.today())
      and (private.leads_branch(p_community_id, p_leader, m.party_org_id)
        or (p_with_group and private.holds_in_party_org(p_community_id, p_leader, m.group_id, array['party_group_leader']))))
$$;
comment on function private.leads_party_member(uuid, uuid, uuid, boolean) is
  'Whether somebody may verify or confirm what a party member did: the group leader (with p_with_group), the branch, the party office; never oneself.';

create function private.is_party_member(p_community_id uuid, p_person_id uuid, p_day date)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.party_memberships m where m.community_id = p_community_id and m.person_id = p_person_id
    and m.valid_from <= p_day and (m.valid_to is null or m.valid_to >= p_day))
$$;

create function private.is_exempt(p_community_id uuid, p_person_id uuid, p_day date)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.party_exemptions e where e.community_id = p_community_id and e.person_id = p_person_id
    and e.valid_from <= p_day and (e.valid_to is null or e.valid_to >= p_day))
$$;
comment on function private.is_exempt(uuid, uuid, date) is 'Whether hard requirements do not apply to a member on a day (免考).';

-- ---------------------------------------------------------------- posts (T14, X08, X09)

update public.dictionaries set meta = jsonb_build_object('place', case code when 'grid_delegate' then 'grid' when 'professional_post' then 'liaison_group'
      when 'service_post' then 'liaison_group' else 'building' end,
    'kind', case when code in ('professional_post', 'service_post') then 'in_service' else 'managed' end, 'wanted', case when code in ('professional_post', 'service_post') then 0 else 1 end,
    'at_most', case code when 'grid_delegate' then 2 when 'professional_post' then null when 'service_post' then null else 1 end)
  where kind = 'party_post';

create table public.party_post_rules (
  community_id uuid not null references public.communities (id),
  post text not null,
  wanted int not null,
  at_most int,
  primary key (community_id, post),
  constraint wanted_is_plausible check (wanted between 0 and 20),
  constraint at_most_is_no_less_than_wanted check (at_most >= greatest(wanted, 1) and at_most <= 100)
);
comment on table public.party_post_rules is
  'How many holders of a kind of post each place should have and may have at once (null: any number), where a community differs from the default in the dictionary party_post.';

create function private.post_rule(p_community_id uuid, p_post text, out place text, out member_kind text, out wanted int, out at_most int)
language sql stable security definer set search_path = '' as $$
  select d.meta ->> 'place', d.meta ->> 'kind', coalesce(r.wanted, (d.meta ->> 'wanted')::int),
    case when r.post is null then (d.meta ->> 'at_most')::int else r.at_most end
  from public.dictionaries d left join public.party_post_rules r on r.community_id = p_community_id and r.post = d.code
  where d.kind = 'party_post' and d.code = p_post
$$;
comment on function private.post_rule(uuid, text) is 'The rule of a post here: where it stands, who may hold it, how many are wanted and how many allowed at once.';

create table public.party_posts (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  post text not null check (post in ('grid_delegate', 'publicist', 'hygienist', 'safety_officer', 'mediator', 'professional_post', 'service_post')),
  grid_id uuid,
  building_id uuid,
  liaison_group_id uuid,
  party_org_id uuid,
  place_id uuid generated always as (coalesce(building_id, liaison_group_id, grid_id, party_org_id)) stored,
  relay_phone text,
  valid_from date not null,
  valid_to date,
  end_reason text,
  assigned_by uuid,
  follows_id uuid,
  recorded_on date not null default private.today(),
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, grid_id) references public.grids (community_id, id),
  foreign key (community_id, building_id) references public.buildings (community_id, id),
  foreign key (community_id, liaison_group_id) references public.party_orgs (community_id, id),
  foreign key (community_id, party_org_id) references public.party_orgs (community_id, id),
  foreign key (community_id, assigned_by) references public.persons (community_id, id),
  foreign key (community_id, follows_id) references public.party_posts (community_id, id),
  constraint party_post_has_a_place check (building_id is not null or liaison_group_id is not null or grid_id is not null or party_org_id is not null),
  constraint party_post_dates_are_in_order check (valid_to is null or valid_to >= valid_from)
);
create index party_posts_by_person on public.party_posts (community_id, person_id);
create index party_posts_by_grid on public.party_posts (community_id, grid_id);
create index party_posts_by_building on public.party_posts (community_id, building_id);
create index party_posts_by_liaison_group on public.party_posts (community_id, liaison_group_id);
create index party_posts_by_org on public.party_posts (community_id, party_org_id);
create index party_posts_by_place on public.party_posts (community_id, place_id, post);
create index party_posts_by_assigner on public.party_posts (community_id, assigned_by);
create index party_posts_by_predecessor on public.party_posts (community_id, follows_id);
comment on table public.party_posts is
  '一代四员 and 一员双岗: who holds which post where, with dates; party_org_id is the branch it belongs to, follows_id whom it was handed over from. Neighbours meet a holder through my_grid by the name the holder shows, never through this table.';
comment on column public.party_posts.post is 'personal data: political status';
comment on column public.party_posts.relay_phone is 'public: a relay number, never a private one';
comment on column public.party_posts.end_reason is 'personal data: free text';

create function private.tg_party_posts__no_more_than_the_rule()
returns trigger language plpgsql security definer set search_path = '' as $$
declare
  v_until date := coalesce(new.valid_to, 'infinity');
  v_place uuid := coalesce(new.building_id, new.liaison_group_id, new.grid_id, new.party_org_id);
  v_at_most int;
begin
  -- A term that only becomes shorter takes no place from anybody, whatever the rule has become meanwhile.
  if tg_op = 'UPDATE' and (new.person_id, new.post, new.grid_id, new.building_id, new.liaison_group_id, new.party_org_id, new.valid_from)
      is not distinct from (old.person_id, old.post, old.grid_id, old.building_id, old.liaison_group_id, old.party_org_id, old.valid_from)
     and v_until <= coalesce(old.valid_to, 'infinity') then
    return new;
  end if;
  -- Whoever fills this post waits here for whoever is filling it.
  perform pg_advisory_xact_lock(hashtextextended(new.community_id::text || v_place || new.post, 7));
  if exists (select 1 from public.party_posts o where o.community_id = new.community_id and o.place_id = v_place and o.post = new.post and o.id <> new.id
      and o.person_id = new.person_id and o.valid_from <= v_until and coalesce(o.valid_to, 'infinity') >= new.valid_from) then
    perform private.fail(409, 'post_already_held');
  end if;
  select r.at_most into v_at_most from private.post_rule(new.community_id, new.post) r;
  -- The fullest day of the new term is its first one, or the first one of somebody who comes in during it.
  if v_at_most <= (select max((select count(*) from public.party_posts o where o.community_id = new.community_id and o.place_id = v_place and o.post = new.post
        and o.id <> new.id and o.valid_from <= d.day and coalesce(o.valid_to, 'infinity') >= d.day))
      from (select new.valid_from as day union select s.valid_from from public.party_posts s where s.community_id = new.community_id and s.place_id = v_place
        and s.post = new.post and s.id <> new.id and s.valid_from between new.valid_from and v_until) d) then
    perform private.fail(409, 'post_taken', jsonb_build_object('at_most', v_at_most));
  end if;
  return new;
end $$;
comment on function private.tg_party_posts__no_more_than_the_rule() is
  'At no day more holders of a post at a place than its rule allows, and nobody twice; whoever writes. Errors: post_already_held, post_taken {at_most}.';
create trigger tg_party_posts__no_more_than_the_rule before insert or update of person_id, post, grid_id, building_id, liaison_group_id, party_org_id, valid_from, valid_to
  on public.party_posts for each row execute function private.tg_party_posts__no_more_than_the_rule();

-- ---------------------------------------------------------------- 志愿联盟 (X14, X17)

create table public.volunteers (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  volunteer_no text not null,
  skills text[] not null default '{}',
  availability text[] not null default '{}',
  status text not null default 'active' check (status in ('active', 'paused', 'left')),
  registered_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, id) references public.persons (community_id, id),
  constraint volunteer_no_is_unique unique (community_id, volunteer_no),
  constraint availability_is_known check (availability <@ array['weekday_day', 'weekday_evening', 'weekend_day', 'weekend_evening', 'anytime'])
);
comment on table public.volunteers is 'A person who serves; id = the person''s. volunteer_no is unique and never the ID-card number (MZ/T 061).';

create table public.qualifications (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('lawyer', 'electrician', 'doctor', 'nurse', 'first_aid', 'counsellor', 'teacher', 'mediator')),
  valid_from date not null,
  valid_to date,
  verified_by uuid,
  status text not null default 'checked' check (status in ('submitted', 'checked', 'declined', 'ended', 'withdrawn')),
  evidence_note text,
  reason text,
  submitted_at timestamptz,
  reminded_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, verified_by) references public.persons (community_id, id),
  constraint qualification_dates_are_in_order check (valid_to is null or valid_to >= valid_from),
  constraint nobody_checks_ones_own_qualification check (verified_by is null or verified_by <> person_id)
);
create index qualifications_by_person on public.qualifications (community_id, person_id);
create index qualifications_by_verifier on public.qualifications (community_id, verified_by);
create index qualifications_waiting on public.qualifications (community_id, submitted_at) where status = 'submitted';
comment on table public.qualifications is
  'Qualifications with expiry; professional service needs one (志愿服务条例). submitted → checked | declined | withdrawn; checked → ended. Only a checked one within its dates counts.';
comment on column public.qualifications.evidence_note is 'personal data: what was shown (kind and number of the certificate), never a picture of it';
comment on column public.qualifications.reason is 'personal data: free text';

create function private.holds_qualification(p_community_id uuid, p_person_id uuid, p_kind text, p_day date)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select 1 from public.qualifications q
    where q.community_id = p_community_id and q.person_id = p_person_id and q.kind = p_kind and q.status in ('checked', 'ended')
      and q.valid_from <= p_day and (q.valid_to is null or q.valid_to >= p_day));
end $$;
comment on function private.holds_qualification(uuid, uuid, text, date) is
  'Whether a person held a checked qualification on a day; one that was ended counts up to its last day.';

create table public.corps (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  color text not null check (color in ('red_relief', 'orange_youth', 'yellow_patrol', 'green_eco', 'cyan_law', 'blue_repair', 'purple_health')),
  name text not null,
  charter text,
  relay_phone text,
  founded_on date not null,
  closed_on date,
  primary key (community_id, id),
  constraint corps_name_is_unique unique (community_id, name)
);
comment on table public.corps is 'The seven-colour volunteer corps (七彩志愿服务队).';
comment on column public.corps.relay_phone is 'public: the corps'' relay number, never a private one';

create table public.corps_members (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  corps_id uuid not null,
  person_id uuid not null,
  joined_on date not null,
  left_on date,
  primary key (community_id, id),
  foreign key (community_id, corps_id) references public.corps (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id)
);
create unique index person_is_in_a_corps_once on public.corps_members (community_id, corps_id, person_id) where left_on is null;
create index corps_members_by_corps on public.corps_members (community_id, corps_id);
create index corps_members_by_person on public.corps_members (community_id, person_id);
comment on table public.corps_members is 'Membership in a corps with dates. Who leads a corps is a role grant (corps_leader, scope corps).';

create function private.scope_exists(p_community_id uuid, p_kind text, p_id uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return case p_kind
    when 'community' then true
    when 'grid' then exists (select 1 from public.grids t where t.community_id = p_community_id and t.id = p_id)
    when 'building' then exists (select 1 from public.buildings t where t.community_id = p_community_id and t.id = p_id)
    when 'corps' then exists (select 1 from public.corps t where t.community_id = p_community_id and t.id = p_id)
    when 'party_org' then exists (select 1 from public.party_orgs t where t.community_id = p_community_id and t.id = p_id)
    when 'merchant' then exists (select 1 from public.merchants t where t.community_id = p_community_id and t.id = p_id)
    else false end;
end $$;

create function private.leads_corps(p_community_id uuid, p_person_id uuid, p_corps_id uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return private.is_office(p_community_id, p_person_id)
    or (p_corps_id is not null and private.person_has_role(p_community_id, p_person_id, array['corps_leader'], p_corps_id));
end $$;
comment on function private.leads_corps(uuid, uuid, uuid) is 'The leaders of a corps, and the office staff who stand in for them.';

create function private.ensure_volunteer(p_community_id uuid, p_person_id uuid, p_skills text[], p_availability text[])
returns text language plpgsql volatile security definer set search_path = '' as $$
declare
  v_no text;
begin
  select volunteer_no into v_no from public.volunteers v where v.community_id = p_community_id and v.id = p_person_id;
  if v_no is null then
    v_no := 'V' || lpad(private.next_number(p_community_id, 'volunteer')::text, 6, '0');
    insert into public.volunteers (community_id, id, volunteer_no, skills, availability, registered_at)
      values (p_community_id, p_person_id, v_no, coalesce(p_skills, '{}'), coalesce(p_availability, '{}'), private.now());
  else
    -- Back from having left; a pause ends by its own rules, never by registering again.
    update public.volunteers v set status = case when v.status = 'left' then 'active' else v.status end,
        skills = coalesce(p_skills, v.skills), availability = coalesce(p_availability, v.availability)
      where v.community_id = p_community_id and v.id = p_person_id;
  end if;
  return v_no;
end $$;

create function public.register_volunteer(p_community_id uuid, p_id uuid, p_consent_version text, p_skills text[] default null,
  p_availability text[] default null, p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'register_volunteer',
    jsonb_build_object('skills', p_skills, 'availability', p_availability, 'for', p_for_person_id, 'consent', p_consent_version));
  v_skills text[];
  v_person uuid := coalesce(p_for_person_id, v_ctx.person_id);
  v_row record;
  v_age int;
  v_no text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.can_act_for(p_community_id, v_ctx.person_id, v_person) then perform private.fail(403, 'not_allowed'); end if;
  select p.birth_year, pp.birth_month into v_row from public.persons p
    join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
    where p.community_id = p_community_id and p.id = v_person and p.status = 'active' for update of p;
  if not found then perform private.fail(404, 'person_unknown'); end if;
  if v_row.birth_year is null then perform private.fail(422, 'birth_missing'); end if;
  v_age := private.age_on(v_row.birth_year, v_row.birth_month, private.today());
  if v_age < 14 then perform private.fail(422, 'under_fourteen'); end if;
  if v_age < 18 and not exists (select 1 from public.guardian_links g where g.community_id = p_community_id
      and g.minor_person_id = v_person and g.consented_at is not null) then
    perform private.fail(422, 'guardian_required');
  end if;
  if cardinality(p_skills) > 20 then perform private.fail(400, 'field_invalid', '{"field":"skills"}'); end if;
  if p_skills is not null then
    v_skills := coalesce((select array_agg(distinct private.clean_text(s, 'skills', 20)) from unnest(p_skills) s), '{}');
  end if;
  if p_availability is not null and not p_availability <@ array['weekday_day', 'weekday_evening', 'weekend_day', 'weekend_evening', 'anytime'] then
    perform private.fail(400, 'field_invalid', '{"field":"availability"}');
  end if;
  v_no := private.ensure_volunteer(p_community_id, v_person, v_skills, p_availability);
  perform private.record_consent(p_community_id, v_person, 'volunteer_record', private.clean_text(p_consent_version, 'consent', 40),
    case when v_person = v_ctx.person_id then 'self' else 'helper' end, case when v_person <> v_ctx.person_id then v_ctx.person_id end);
  return private.end_command(v_ctx, 'volunteers', v_person, jsonb_build_object('person_id', v_person, 'volunteer_no', v_no), '{}', v_person);
end $$;
comment on function public.register_volunteer(uuid, uuid, text, text[], text[], uuid) is
  'Makes a person a volunteer (or updates skills and availability); 14–17 need a guardian''s consent. Errors: not_allowed, person_unknown, birth_missing, under_fourteen, guardian_required, field_invalid.';

create function public.save_corps(p_community_id uuid, p_id uuid, p_corps_id uuid, p_color text, p_name text, p_charter text default null, p_relay_phone text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'save_corps',
    jsonb_build_object('corps', p_corps_id, 'color', p_color, 'name', p_name, 'charter', p_charter, 'relay', p_relay_phone));
  v_name text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.leads_corps(p_community_id, v_ctx.person_id, p_corps_id) then perform private.fail(403, 'not_allowed'); end if;
  if p_corps_id is null then perform private.fail(400, 'field_required', '{"field":"corps"}'); end if;
  perform private.require_code('corps_color', p_color);
  v_name := private.clean_text(p_name, 'name', 40);
  if normalize(coalesce(private.clean_text(p_relay_phone, 'relay_phone', 20, false), '0'), nfkc) !~ '^[0-9+() 转-]+$' then
    perform private.fail(400, 'phone_invalid');
  end if;
  perform pg_advisory_xact_lock(hashtextextended(p_community_id::text || v_name, 3));
  if exists (select 1 from public.corps c where c.community_id = p_community_id and c.name = v_name and c.id <> p_corps_id) then
    perform private.fail(409, 'name_taken', jsonb_build_object('name', v_name));
  end if;
  if not exists (select 1 from public.corps c where c.community_id = p_community_id and c.id = p_corps_id) then
    perform private.require_office(v_ctx);
  end if;
  insert into public.corps (community_id, id, color, name, charter, relay_phone, founded_on)
    values (p_community_id, p_corps_id, p_color, v_name, private.clean_text(p_charter, 'charter', 2000, false),
      private.clean_text(p_relay_phone, 'relay_phone', 20, false), private.today())
    on conflict (community_id, id) do update set color = excluded.color, name = excluded.name, charter = excluded.charter, relay_phone = excluded.relay_phone;
  return private.end_command(v_ctx, 'corps', p_corps_id, jsonb_build_object('id', p_corps_id));
end $$;
comment on function public.save_corps(uuid, uuid, uuid, text, text, text, text) is
  'Founds a corps (office) or edits it (its leaders too). Errors: not_allowed, code_unknown, name_taken, phone_invalid, field_required, field_too_long.';

create function public.add_corps_member(p_community_id uuid, p_id uuid, p_corps_id uuid, p_person_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'add_corps_member', jsonb_build_object('corps', p_corps_id, 'person', p_person_id));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.leads_corps(p_community_id, v_ctx.person_id, p_corps_id) then perform private.fail(403, 'not_allowed'); end if;
  if not exists (select 1 from public.corps c where c.community_id = p_community_id and c.id = p_corps_id and c.closed_on is null) then perform private.fail(404, 'corps_unknown'); end if;
  if not exists (select 1 from public.volunteers v where v.community_id = p_community_id and v.id = p_person_id and v.status = 'active') then perform private.fail(422, 'not_a_volunteer'); end if;
  if exists (select 1 from public.corps_members m where m.community_id = p_community_id and m.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.corps_members (community_id, id, corps_id, person_id, joined_on)
    values (p_community_id, p_id, p_corps_id, p_person_id, private.today())
    on conflict (community_id, corps_id, person_id) where left_on is null do nothing;
  if not found then perform private.fail(409, 'already_in_corps'); end if;
  return private.end_command(v_ctx, 'corps_members', p_id, jsonb_build_object('id', p_id), '{}', p_person_id);
end $$;
comment on function public.add_corps_member(uuid, uuid, uuid, uuid) is 'Takes a volunteer into a corps. Its leaders and the office. Errors: not_allowed, corps_unknown, not_a_volunteer, already_in_corps.';

create function public.remove_corps_member(p_community_id uuid, p_id uuid, p_corps_id uuid, p_person_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'remove_corps_member', jsonb_build_object('corps', p_corps_id, 'person', p_person_id));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_person_id <> v_ctx.person_id and not private.leads_corps(p_community_id, v_ctx.person_id, p_corps_id) then perform private.fail(403, 'not_allowed'); end if;
  update public.corps_members set left_on = private.today()
    where community_id = p_community_id and corps_id = p_corps_id and person_id = p_person_id and left_on is null;
  if not found then perform private.fail(404, 'corps_member_unknown'); end if;
  return private.end_command(v_ctx, 'corps_members', p_corps_id, jsonb_build_object('corps_id', p_corps_id), '{}', p_person_id);
end $$;
comment on function public.remove_corps_member(uuid, uuid, uuid, uuid) is 'Leaves a corps (oneself), or is taken out by its leaders. Errors: not_allowed, corps_member_unknown.';

-- ---------------------------------------------------------------- policies

alter table public.staff_posts enable row level security;
alter table public.grid_assignments enable row level security;
alter table public.party_orgs enable row level security;
alter table public.party_memberships enable row level security;
alter table public.party_posts enable row level security;
alter table public.party_exemptions enable row level security;
alter table public.party_post_rules enable row level security;
alter table public.volunteers enable row level security;
alter table public.qualifications enable row level security;
alter table public.corps enable row level security;
alter table public.corps_members enable row level security;
grant select on public.staff_posts, public.grid_assignments, public.party_orgs, public.party_memberships, public.party_posts,
  public.party_exemptions, public.party_post_rules,
  public.volunteers, public.qualifications, public.corps, public.corps_members to authenticated;

create policy select_as_member on public.staff_posts for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.grid_assignments for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.party_orgs for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_own_or_as_leader on public.party_posts for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.party_office_communities()))
  or (community_id = any(array(select private.my_communities())) and party_org_id = any(array(select private.my_party_scopes(array['branch_secretary', 'deputy_branch_secretary'])))
    and (community_id, party_org_id) in (select k.community_id, k.party_org_id from private.my_party_scope_keys(array['branch_secretary', 'deputy_branch_secretary']) k))
  or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_party_member_ids(array['party_group_leader'])))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_party_member_keys(array['party_group_leader']) k)));
create policy select_own_or_as_leader on public.party_memberships for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.party_office_communities()))
  or (community_id = any(array(select private.my_communities())) and party_org_id = any(array(select private.my_party_scopes(array['branch_secretary', 'deputy_branch_secretary'])))
    and (community_id, party_org_id) in (select k.community_id, k.party_org_id from private.my_party_scope_keys(array['branch_secretary', 'deputy_branch_secretary']) k))
  or (community_id = any(array(select private.my_communities())) and group_id = any(array(select private.my_party_scopes(array['party_group_leader'])))
    and (community_id, group_id) in (select k.community_id, k.party_org_id from private.my_party_scope_keys(array['party_group_leader']) k)));
create policy select_own_or_as_secretary on public.party_exemptions for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.party_office_communities()))
  or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_party_member_ids(array['branch_secretary', 'deputy_branch_secretary'])))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_party_member_keys(array['branch_secretary', 'deputy_branch_secretary']) k)));
create policy select_as_member on public.party_post_rules for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_own_or_as_staff on public.volunteers for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and id = any(array(select private.my_persons()))
    and (community_id, id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and id = any(array(select private.persons_i_help()))
    and (community_id, id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities())));
create policy select_own_or_as_office on public.qualifications for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or community_id = any(array(select private.office_communities())));
create policy select_as_member on public.corps for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_own_or_as_leader on public.corps_members for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or (community_id = any(array(select private.my_communities())) and corps_id = any(array(select private.my_scopes('corps_leader')))
    and (community_id, corps_id) in (select k.community_id, k.scope_id from private.my_scope_keys('corps_leader') k))
  or community_id = any(array(select private.office_communities())));
