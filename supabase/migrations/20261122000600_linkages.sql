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
  kind text not null check (kind in ('committee', 'general_branch', 'branch', 'group', 'activity_point')),
  name text not null,
  grid_id uuid,
  primary key (community_id, id),
  foreign key (community_id, parent_id) references public.party_orgs (community_id, id),
  foreign key (community_id, grid_id) references public.grids (community_id, id),
  constraint party_org_name_is_unique unique (community_id, name)
);
create index party_orgs_by_parent on public.party_orgs (community_id, parent_id);
create index party_orgs_by_grid on public.party_orgs (community_id, grid_id);
comment on table public.party_orgs is '党委/总支 → 网格支部 → 楼栋/院落小组 → 党员家庭活动点.';

create table public.party_memberships (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('managed', 'in_service', 'floating')),
  party_org_id uuid,
  home_unit text,
  exempt_reason text,
  valid_from date not null,
  valid_to date,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, party_org_id) references public.party_orgs (community_id, id),
  constraint party_membership_dates_are_in_order check (valid_to is null or valid_to >= valid_from)
);
create unique index person_has_one_party_membership on public.party_memberships (community_id, person_id) where valid_to is null;
create index party_memberships_by_person on public.party_memberships (community_id, person_id);
create index party_memberships_by_org on public.party_memberships (community_id, party_org_id);
comment on table public.party_memberships is '直管 / 在职 / 流动 party members with their branch and dates. Political status is personal data: the member and the duty only.';
comment on column public.party_memberships.kind is 'personal data: political status';
comment on column public.party_memberships.home_unit is 'personal data: employer';
comment on column public.party_memberships.exempt_reason is 'personal data: why hard requirements do not apply (shown as 免考)';

create table public.party_posts (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  post text not null check (post in ('grid_delegate', 'publicist', 'hygienist', 'safety_officer', 'mediator', 'professional_post', 'service_post')),
  grid_id uuid,
  building_id uuid,
  party_org_id uuid,
  public_name text not null,
  relay_phone text,
  valid_from date not null,
  valid_to date,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, grid_id) references public.grids (community_id, id),
  foreign key (community_id, building_id) references public.buildings (community_id, id),
  foreign key (community_id, party_org_id) references public.party_orgs (community_id, id),
  constraint party_post_dates_are_in_order check (valid_to is null or valid_to >= valid_from)
);
create index party_posts_by_person on public.party_posts (community_id, person_id);
create index party_posts_by_grid on public.party_posts (community_id, grid_id);
create index party_posts_by_building on public.party_posts (community_id, building_id);
create index party_posts_by_org on public.party_posts (community_id, party_org_id);
comment on table public.party_posts is '一代四员 and 一员双岗: who holds which post where, with dates. Taking a post is 亮身份: the name given for it is shown to neighbours.';
comment on column public.party_posts.public_name is 'public within the community: the name the holder shows (masked unless agreed)';
comment on column public.party_posts.relay_phone is 'public: a relay number, never a private one';

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
  status text not null default 'checked' check (status in ('submitted', 'checked', 'declined', 'ended')),
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
  'Qualifications with expiry; professional service needs one (志愿服务条例). submitted → checked | declined; checked → ended. Only a checked one within its dates counts.';
comment on column public.qualifications.evidence_note is 'personal data: what was shown (kind and number of the certificate), never a picture of it';
comment on column public.qualifications.reason is 'personal data: free text';

create function private.holds_qualification(p_community_id uuid, p_person_id uuid, p_kind text, p_day date)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.qualifications q
    where q.community_id = p_community_id and q.person_id = p_person_id and q.kind = p_kind and q.status in ('checked', 'ended')
      and q.valid_from <= p_day and (q.valid_to is null or q.valid_to >= p_day))
$$;
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
returns boolean language sql stable security definer set search_path = '' as $$
  select case p_kind
    when 'community' then true
    when 'grid' then exists (select 1 from public.grids t where t.community_id = p_community_id and t.id = p_id)
    when 'building' then exists (select 1 from public.buildings t where t.community_id = p_community_id and t.id = p_id)
    when 'corps' then exists (select 1 from public.corps t where t.community_id = p_community_id and t.id = p_id)
    when 'party_org' then exists (select 1 from public.party_orgs t where t.community_id = p_community_id and t.id = p_id)
    else false end
$$;

create function private.leads_corps(p_community_id uuid, p_person_id uuid, p_corps_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select private.is_office(p_community_id, p_person_id)
    or (p_corps_id is not null and private.person_has_role(p_community_id, p_person_id, array['corps_leader'], p_corps_id))
$$;
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
alter table public.volunteers enable row level security;
alter table public.qualifications enable row level security;
alter table public.corps enable row level security;
alter table public.corps_members enable row level security;
grant select on public.staff_posts, public.grid_assignments, public.party_orgs, public.party_memberships, public.party_posts,
  public.volunteers, public.qualifications, public.corps, public.corps_members to authenticated;

create policy select_as_member on public.staff_posts for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.grid_assignments for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.party_orgs for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.party_posts for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_own_or_as_office on public.party_memberships for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.communities_where_i_am(array['community_secretary', 'community_worker'])))
  or (community_id = any(array(select private.my_communities())) and party_org_id = any(array(select private.my_scopes('branch_secretary')))
    and (community_id, party_org_id) in (select k.community_id, k.scope_id from private.my_scope_keys('branch_secretary') k)));
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
