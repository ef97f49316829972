-- 党员联动: the party tree and its members, posts with hand-over, 双报到, pledges, and the identity card (T14, X08, X09, F01, F06, H01).

-- ---------------------------------------------------------------- guards

create function private.require_module(p_community_id uuid, p_module text)
returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.module_is_on(p_community_id, p_module) then perform private.fail(403, 'module_off', jsonb_build_object('module', p_module)); end if;
end $$;
comment on function private.require_module(uuid, text) is 'Refuses where a community has switched a module off. Error: module_off {module}.';

create function private.clean_relay_phone(p_value text)
returns text language plpgsql immutable set search_path = '' as $$
declare
  v_phone text := normalize(private.clean_text(p_value, 'relay_phone', 30, false), nfkc);
begin
  if v_phone is null then return null; end if;
  if v_phone !~ '^[0-9+() -]{3,20}(转[0-9]{1,6})?$' then perform private.fail(400, 'phone_invalid'); end if;
  if regexp_replace(v_phone, '\D', '', 'g') ~ '^(86)?1[3-9][0-9]{9}$' then perform private.fail(422, 'relay_phone_is_private'); end if;
  return v_phone;
end $$;
comment on function private.clean_relay_phone(text) is 'An office''s number that may be shown; a mobile number is a private one. Errors: phone_invalid, relay_phone_is_private, field_too_long.';

create function private.require_day(p_day date, p_field text)
returns date language plpgsql stable set search_path = '' as $$
begin
  if p_day is null then perform private.fail(400, 'field_required', jsonb_build_object('field', p_field)); end if;
  if p_day not between date '1949-10-01' and private.today() + 3660 then perform private.fail(400, 'field_invalid', jsonb_build_object('field', p_field)); end if;
  return p_day;
end $$;

-- ---------------------------------------------------------------- posts

create function private.branch_of_grid(p_community_id uuid, p_grid_id uuid)
returns uuid language sql stable security definer set search_path = '' as $$
  select o.id from public.party_orgs o where o.community_id = p_community_id and o.grid_id = p_grid_id and o.kind = 'branch'
    and (o.closed_on is null or o.closed_on > private.today()) order by o.founded_on nulls last, o.id limit 1
$$;
comment on function private.branch_of_grid(uuid, uuid) is 'The 网格党支部 on whose grid a post stands.';

create function private.post_place(p_community_id uuid, p_post text, p_person_id uuid, inout p_grid_id uuid, inout p_building_id uuid, inout p_liaison_group_id uuid, out party_org_id uuid)
language plpgsql stable security definer set search_path = '' as $$
declare
  v_kind text;
begin
  if (select r.place from private.post_rule(p_community_id, p_post) r) = 'liaison_group' then
    select o.kind, a.grid_id into v_kind, p_grid_id from public.party_orgs o join public.party_orgs a on a.community_id = o.community_id and a.id = o.parent_id
      where o.community_id = p_community_id and o.id = p_liaison_group_id and (o.closed_on is null or o.closed_on > private.today());
    if v_kind is distinct from 'liaison_group' then perform private.fail(404, 'liaison_group_unknown'); end if;
    p_building_id := null;
  else
    p_liaison_group_id := null;
    if p_building_id is not null then
      select gb.grid_id into p_grid_id from public.grid_buildings gb where gb.community_id = p_community_id and gb.building_id = p_building_id and gb.valid_to is null;
      if not found then perform private.fail(404, 'building_unknown'); end if;
    end if;
    if p_post = 'grid_delegate' then p_building_id := null; end if;
    if not exists (select 1 from public.grids g where g.community_id = p_community_id and g.id = p_grid_id) then perform private.fail(404, 'grid_unknown'); end if;
  end if;
  party_org_id := coalesce(private.branch_of_grid(p_community_id, p_grid_id), (select m.party_org_id from public.party_memberships m
    where m.community_id = p_community_id and m.person_id = p_person_id and m.valid_to is null));
end $$;
comment on function private.post_place(uuid, text, uuid, uuid, uuid, uuid) is
  'Where a post stands and which branch it belongs to: a building with its grid, a grid, or a 联络小组. Errors: liaison_group_unknown, building_unknown, grid_unknown.';

create function private.end_post_before(p_community_id uuid, p_post public.party_posts, p_day date, p_reason text)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if p_post.valid_from <= private.today() then
    -- A term that has begun is history and is kept, were it for its first day alone.
    update public.party_posts set valid_to = least(greatest(p_day - 1, valid_from), valid_to), end_reason = p_reason where community_id = p_community_id and id = p_post.id;
  elsif p_day > p_post.valid_from then
    update public.party_posts set valid_to = p_day - 1, end_reason = p_reason where community_id = p_community_id and id = p_post.id;
  else
    -- It never began: nothing was done in it that would have to be kept, and the audit trail has both acts.
    update public.party_posts set follows_id = p_post.follows_id where community_id = p_community_id and follows_id = p_post.id;
    delete from public.party_posts where community_id = p_community_id and id = p_post.id;
  end if;
end $$;

create function public.assign_post(p_community_id uuid, p_id uuid, p_person_id uuid, p_post text, p_grid_id uuid default null, p_building_id uuid default null,
  p_liaison_group_id uuid default null, p_from date default null, p_relay_phone text default null, p_follows_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'assign_post', jsonb_build_object('person', p_person_id, 'post', p_post,
    'grid', p_grid_id, 'building', p_building_id, 'liaison', p_liaison_group_id, 'from', p_from, 'relay', p_relay_phone, 'follows', p_follows_id));
  v_from date := private.require_day(coalesce(p_from, private.today()), 'from');
  v_member public.party_memberships;
  v_place record;
  v_old public.party_posts;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'party_posts');
  perform private.require_code('party_post', p_post);
  select * into v_member from public.party_memberships m where m.community_id = p_community_id and m.person_id = p_person_id
    and m.valid_from <= v_from and (m.valid_to is null or m.valid_to >= v_from) for share;
  -- Whether somebody is a member at all is told to nobody who does not lead them.
  if v_member.id is null or not private.leads_branch(p_community_id, v_ctx.person_id, v_member.party_org_id) then perform private.fail(403, 'not_allowed'); end if;
  if p_person_id = v_ctx.person_id then perform private.fail(403, 'own_post'); end if;
  if v_member.kind <> (select r.member_kind from private.post_rule(p_community_id, p_post) r) then
    perform private.fail(422, 'post_not_for_kind', jsonb_build_object('kind', v_member.kind));
  end if;
  if p_follows_id is not null then
    select * into v_old from public.party_posts o where o.community_id = p_community_id and o.id = p_follows_id and o.post = p_post for update;
    if not found then perform private.fail(404, 'post_unknown'); end if;
    if v_old.person_id = p_person_id then perform private.fail(409, 'post_already_held'); end if;
    if v_old.valid_to < v_from then perform private.fail(409, 'post_already_ended'); end if;
    if v_old.valid_from >= v_from then perform private.fail(422, 'hand_over_too_early', jsonb_build_object('from', v_old.valid_from)); end if;
    p_grid_id := v_old.grid_id;
    p_building_id := v_old.building_id;
    p_liaison_group_id := v_old.liaison_group_id;
  end if;
  select * into v_place from private.post_place(p_community_id, p_post, p_person_id, p_grid_id, p_building_id, p_liaison_group_id);
  if not private.leads_branch(p_community_id, v_ctx.person_id, v_place.party_org_id) then perform private.fail(403, 'not_allowed'); end if;
  if exists (select 1 from public.party_posts o where o.community_id = p_community_id and o.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  if p_follows_id is not null then
    perform private.end_post_before(p_community_id, v_old, v_from, null);
    perform private.notify(p_community_id, v_old.person_id, 'post_handed_over', jsonb_build_object('post', p_post, 'until', v_from - 1), '/party/posts');
  end if;
  insert into public.party_posts (community_id, id, person_id, post, grid_id, building_id, liaison_group_id, party_org_id, relay_phone, valid_from, assigned_by, follows_id)
    values (p_community_id, p_id, p_person_id, p_post, v_place.p_grid_id, v_place.p_building_id, v_place.p_liaison_group_id, v_place.party_org_id,
      private.clean_relay_phone(p_relay_phone), v_from, v_ctx.person_id, p_follows_id);
  perform private.notify(p_community_id, p_person_id, 'post_assigned', jsonb_build_object('post', p_post, 'from', v_from), '/party/posts');
  return private.end_command(v_ctx, 'party_posts', p_id, jsonb_build_object('id', p_id, 'from', v_from),
    jsonb_build_object('post', p_post, 'follows', p_follows_id), p_person_id);
end $$;
comment on function public.assign_post(uuid, uuid, uuid, text, uuid, uuid, uuid, date, text, uuid) is
  'Gives a party member a post at a grid, a building or (in service) a 联络小组 from a day; with p_follows_id it is a hand-over in one act: the former holder''s term ends the day before. Secretary or deputy of the branch, party office; never oneself. {id, from}. Errors: not_allowed, own_post, module_off, code_unknown, post_not_for_kind {kind}, post_unknown, post_already_held, post_already_ended, hand_over_too_early {from}, post_taken {at_most}, grid_unknown, building_unknown, liaison_group_unknown, phone_invalid, relay_phone_is_private, field_invalid.';

create function public.end_post(p_community_id uuid, p_id uuid, p_post_id uuid, p_last_day date default null, p_reason text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'end_post', jsonb_build_object('post', p_post_id, 'last_day', p_last_day, 'reason', p_reason));
  v_last date := private.require_day(coalesce(p_last_day, private.today()), 'last_day');
  v_post public.party_posts;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_post from public.party_posts o where o.community_id = p_community_id and o.id = p_post_id for update;
  if v_post.id is null or not (v_post.person_id = v_ctx.person_id or private.leads_branch(p_community_id, v_ctx.person_id, v_post.party_org_id)) then
    perform private.fail(404, 'post_unknown');
  end if;
  -- A term once over is history; an end that still lies ahead may be brought forward, never put off.
  if coalesce(v_post.valid_to, 'infinity') < private.today() or v_post.valid_to < v_last then perform private.fail(409, 'post_already_ended'); end if;
  -- What was owed in it stays owed: nobody ends the own term backwards, and nobody a term before it began.
  if v_last < least(case when v_post.person_id = v_ctx.person_id then private.today() else v_post.valid_from end, private.today()) then
    perform private.fail(400, 'field_invalid', '{"field":"last_day"}');
  end if;
  perform private.end_post_before(p_community_id, v_post, v_last + 1, private.clean_text(p_reason, 'reason', 200, false));
  if v_post.person_id <> v_ctx.person_id then
    perform private.notify(p_community_id, v_post.person_id, 'post_ended', jsonb_build_object('post', v_post.post, 'until', v_last), '/party/posts');
  else
    perform private.notify_branch(p_community_id, v_post.party_org_id, 'post_given_back', jsonb_build_object('post', v_post.post, 'until', v_last), '/office/posts');
  end if;
  return private.end_command(v_ctx, 'party_posts', p_post_id, jsonb_build_object('id', p_post_id, 'last_day', v_last), jsonb_build_object('post', v_post.post), v_post.person_id);
end $$;
comment on function public.end_post(uuid, uuid, uuid, date, text) is
  'Ends a post with a last day (today by default); one that has not begun is taken back. The holder, from today on, whose branch is told; or who leads its branch, from its first day on. {id, last_day}. Errors: post_unknown, post_already_ended, field_invalid, field_too_long.';

create function public.set_post_rule(p_community_id uuid, p_id uuid, p_post text, p_wanted int, p_at_most int default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'set_post_rule', jsonb_build_object('post', p_post, 'wanted', p_wanted, 'at_most', p_at_most));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.minds_party(p_community_id, v_ctx.person_id) then perform private.fail(403, 'not_allowed'); end if;
  perform private.require_code('party_post', p_post);
  if p_wanted is null or p_wanted not between 0 and 20 then perform private.fail(400, 'field_invalid', '{"field":"wanted"}'); end if;
  if p_at_most < greatest(p_wanted, 1) or p_at_most > 100 then perform private.fail(400, 'field_invalid', '{"field":"at_most"}'); end if;
  insert into public.party_post_rules as r (community_id, post, wanted, at_most) values (p_community_id, p_post, p_wanted, p_at_most)
    on conflict (community_id, post) do update set wanted = excluded.wanted, at_most = excluded.at_most;
  return private.end_command(v_ctx, 'party_post_rules', null, jsonb_build_object('post', p_post, 'wanted', p_wanted, 'at_most', p_at_most));
end $$;
comment on function public.set_post_rule(uuid, uuid, text, int, int) is
  'How many holders of a post each place should have, and may have at once (null: any number). Counts for posts given from now on. Party office. Errors: not_allowed, code_unknown, field_invalid.';

create function private.agrees_to_party_status(p_community_id uuid, p_person_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.consents c where c.community_id = p_community_id and c.person_id = p_person_id and c.purpose = 'political_status' and c.withdrawn_at is null)
$$;
comment on function private.agrees_to_party_status(uuid, uuid) is 'Whether others may be told that a person is a party member.';

create function public.list_posts(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_all boolean := private.minds_party(p_community_id, v_me);
  v_mine uuid[] := array(select k.party_org_id from private.my_party_scope_keys(array['branch_secretary', 'deputy_branch_secretary']) k where k.community_id = p_community_id);
begin
  return coalesce((select jsonb_agg(jsonb_build_object('id', pp.id, 'post', pp.post, 'grid_id', pp.grid_id, 'grid', g.name, 'building_id', pp.building_id, 'building', b.name,
      'compound', c.name, 'liaison_group', l.name, 'person_id', case when s.leads then pp.person_id end,
      'name', case when s.leads then coalesce(pv.real_name, p.display_name) when pp.person_id = v_me or private.agrees_to_party_status(pp.community_id, pp.person_id) then p.display_name end, 'relay_phone', pp.relay_phone,
      'from', pp.valid_from, 'to', pp.valid_to, 'follows_id', case when s.leads then pp.follows_id end, 'leads', s.leads)
      order by g.sort, c.name, b.name, pp.post, pp.valid_from, pp.id)
    from public.party_posts pp
    join public.persons p on p.community_id = pp.community_id and p.id = pp.person_id
    left join public.person_private pv on pv.community_id = p.community_id and pv.person_id = p.id
    left join public.grids g on g.community_id = pp.community_id and g.id = pp.grid_id
    left join public.buildings b on b.community_id = pp.community_id and b.id = pp.building_id
    left join public.compounds c on c.community_id = b.community_id and c.id = b.compound_id
    left join public.party_orgs l on l.community_id = pp.community_id and l.id = pp.liaison_group_id
    cross join lateral (select v_all or coalesce(pp.party_org_id = any(v_mine), false) as leads) s
    where pp.community_id = p_community_id and private.module_is_on(p_community_id, 'party_posts')
      -- Neighbours meet who holds a post today; what was and what will be is for those who lead.
      and (s.leads or (pp.valid_from <= private.today() and (pp.valid_to is null or pp.valid_to >= private.today())))), '[]');
end $$;
comment on function public.list_posts(uuid) is
  'Posts with their holders: to everybody those of today by the name the holder shows (no name where the consent political_status is not given or withdrawn); to who leads a branch (or minds party matters) theirs with dates, names and persons. Errors: not_signed_in, not_a_member.';

-- ---------------------------------------------------------------- the tree

create table public.party_org_places (
  community_id uuid not null,
  party_org_id uuid not null,
  address text not null,
  primary key (community_id, party_org_id),
  foreign key (community_id, party_org_id) references public.party_orgs (community_id, id)
);
comment on table public.party_org_places is 'Where an organisation meets. An activity point is a family''s home: its address is for party members of the community only.';
comment on column public.party_org_places.address is 'personal data: address';

create function private.my_party_communities()
returns setof uuid language sql stable security definer rows 2 set search_path = '' as $$
  select k.community_id from private.my_person_keys() k
  where private.is_party_member(k.community_id, k.person_id, private.today()) or private.minds_party(k.community_id, k.person_id)
$$;
comment on function private.my_party_communities() is 'Communities where the caller is a party member today or minds party matters.';

alter table public.party_org_places enable row level security;
grant select on public.party_org_places to authenticated;
create policy select_as_party_member on public.party_org_places for select to authenticated using (community_id = any(array(select private.my_party_communities())));

create function private.party_org_below(p_community_id uuid, p_org_id uuid, p_above_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  with recursive up as (
    select o.id, o.parent_id from public.party_orgs o where o.community_id = p_community_id and o.id = p_org_id
    union
    select o.id, o.parent_id from up join public.party_orgs o on o.community_id = p_community_id and o.id = up.parent_id)
  select exists (select 1 from up where up.id = p_above_id)
$$;
comment on function private.party_org_below(uuid, uuid, uuid) is 'Whether an organisation is another one or stands beneath it.';

create function private.require_party_org(p_community_id uuid, p_org_id uuid, p_group_id uuid)
returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select 1 from public.party_orgs o where o.community_id = p_community_id and o.id = p_org_id
      and o.kind in ('committee', 'area_committee', 'general_branch', 'branch') and (o.closed_on is null or o.closed_on > private.today())) then
    perform private.fail(404, 'party_org_unknown');
  end if;
  if p_group_id is not null and not exists (select 1 from public.party_orgs o where o.community_id = p_community_id and o.id = p_group_id
      and o.kind in ('group', 'liaison_group') and (o.closed_on is null or o.closed_on > private.today())
      and private.party_org_below(p_community_id, p_group_id, p_org_id)) then
    perform private.fail(422, 'party_group_elsewhere');
  end if;
end $$;
comment on function private.require_party_org(uuid, uuid, uuid) is 'A branch that stands, and a group beneath it. Errors: party_org_unknown, party_group_elsewhere.';

create function public.save_party_org(p_community_id uuid, p_id uuid, p_org_id uuid, p_kind text, p_name text, p_parent_id uuid default null, p_grid_id uuid default null,
  p_founded_on date default null, p_address text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'save_party_org', jsonb_build_object('org', p_org_id, 'kind', p_kind, 'name', p_name,
    'parent', p_parent_id, 'grid', p_grid_id, 'founded', p_founded_on, 'address', p_address));
  v_name text;
  v_address text;
  v_old public.party_orgs;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_org_id is null then perform private.fail(400, 'field_required', '{"field":"org"}'); end if;
  select * into v_old from public.party_orgs o where o.community_id = p_community_id and o.id = p_org_id for update;
  -- The branch keeps what is beneath it; the branches themselves are the party office's.
  if not private.minds_party(p_community_id, v_ctx.person_id) and not (p_kind in ('group', 'activity_point', 'liaison_area', 'liaison_group') and p_parent_id is not null
      and private.leads_branch(p_community_id, v_ctx.person_id, p_parent_id) and (v_old.id is null or private.leads_branch(p_community_id, v_ctx.person_id, v_old.parent_id))) then
    perform private.fail(403, 'not_allowed');
  end if;
  if p_kind is null or private.party_parent_kinds(p_kind) is null or v_old.kind <> p_kind then perform private.fail(400, 'field_invalid', '{"field":"kind"}'); end if;
  if p_parent_id is null and p_kind in ('group', 'activity_point', 'liaison_area', 'liaison_group') then perform private.fail(400, 'field_required', '{"field":"parent"}'); end if;
  if p_parent_id is not null and not exists (select 1 from public.party_orgs o where o.community_id = p_community_id and o.id = p_parent_id and o.closed_on is null) then
    perform private.fail(404, 'party_org_unknown');
  end if;
  if p_grid_id is not null and not exists (select 1 from public.grids g where g.community_id = p_community_id and g.id = p_grid_id) then perform private.fail(404, 'grid_unknown'); end if;
  if p_founded_on is not null then perform private.require_day(p_founded_on, 'founded_on'); end if;
  v_name := private.clean_text(p_name, 'name', 60);
  v_address := private.clean_text(p_address, 'address', 100, false);
  perform pg_advisory_xact_lock(hashtextextended(p_community_id::text || v_name, 8));
  if exists (select 1 from public.party_orgs o where o.community_id = p_community_id and o.name = v_name and o.id <> p_org_id) then
    perform private.fail(409, 'name_taken', jsonb_build_object('name', v_name));
  end if;
  insert into public.party_orgs (community_id, id, parent_id, kind, name, grid_id, founded_on)
    values (p_community_id, p_org_id, p_parent_id, p_kind, v_name, p_grid_id, p_founded_on)
    on conflict (community_id, id) do update set parent_id = excluded.parent_id, name = excluded.name, grid_id = excluded.grid_id, founded_on = excluded.founded_on;
  if v_address is null then delete from public.party_org_places where community_id = p_community_id and party_org_id = p_org_id;
  else
    insert into public.party_org_places (community_id, party_org_id, address) values (p_community_id, p_org_id, v_address)
      on conflict (community_id, party_org_id) do update set address = excluded.address;
  end if;
  return private.end_command(v_ctx, 'party_orgs', p_org_id, jsonb_build_object('id', p_org_id), jsonb_build_object('kind', p_kind));
end $$;
comment on function public.save_party_org(uuid, uuid, uuid, text, text, uuid, uuid, date, text) is
  'Founds an organisation of the party tree or edits it (never its kind); p_address is where it meets, empty for none. Party office; groups, activity points and 联络 groups the branch too. Errors: not_allowed, field_invalid, field_required, field_too_long, party_org_unknown, party_level_wrong {kind, parent}, grid_unknown, name_taken {name}.';

create function public.close_party_org(p_community_id uuid, p_id uuid, p_org_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'close_party_org', jsonb_build_object('org', p_org_id));
  v_org public.party_orgs;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_org from public.party_orgs o where o.community_id = p_community_id and o.id = p_org_id for update;
  if v_org.id is null then perform private.fail(404, 'party_org_unknown'); end if;
  if not private.minds_party(p_community_id, v_ctx.person_id)
      and not (v_org.kind not in ('committee', 'area_committee', 'general_branch', 'branch') and private.leads_branch(p_community_id, v_ctx.person_id, v_org.parent_id)) then
    perform private.fail(403, 'not_allowed');
  end if;
  if exists (select 1 from public.party_orgs o where o.community_id = p_community_id and o.parent_id = p_org_id and o.closed_on is null)
      or exists (select 1 from public.party_memberships m where m.community_id = p_community_id and (m.party_org_id = p_org_id or m.group_id = p_org_id) and (m.valid_to is null or m.valid_to >= private.today()))
      or exists (select 1 from public.party_posts pp where pp.community_id = p_community_id and pp.liaison_group_id = p_org_id and (pp.valid_to is null or pp.valid_to >= private.today())) then
    perform private.fail(409, 'party_org_in_use');
  end if;
  update public.party_orgs set closed_on = greatest(private.today(), founded_on) where community_id = p_community_id and id = p_org_id and closed_on is null;
  delete from public.party_org_places where community_id = p_community_id and party_org_id = p_org_id;
  return private.end_command(v_ctx, 'party_orgs', p_org_id, jsonb_build_object('id', p_org_id));
end $$;
comment on function public.close_party_org(uuid, uuid, uuid) is
  'Closes an organisation that has no members, posts or organisations beneath it any more; it stays in the history. Errors: party_org_unknown, not_allowed, party_org_in_use.';

-- ---------------------------------------------------------------- members

create function private.end_posts_of(p_community_id uuid, p_person_id uuid, p_day date)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_post public.party_posts;
  -- A move entered late takes nothing back that was done in a post meanwhile.
  v_served date := (select private.day_of(max(l.happened_at)) from public.duty_logs l where l.community_id = p_community_id and l.person_id = p_person_id);
begin
  for v_post in select * from public.party_posts o where o.community_id = p_community_id and o.person_id = p_person_id
      and (o.valid_to is null or o.valid_to >= p_day) order by o.valid_from desc, o.id for update loop
    perform private.end_post_before(p_community_id, v_post, greatest(p_day, v_served + 1), null);
  end loop;
end $$;
comment on function private.end_posts_of(uuid, uuid, date) is
  'Ends the posts of somebody who from p_day on belongs elsewhere: the day before it, or on the last day of which a duty was noted.';

create function public.admit_party_member(p_community_id uuid, p_id uuid, p_person_id uuid, p_kind text, p_party_org_id uuid, p_group_id uuid default null,
  p_home_unit text default null, p_from date default null, p_has_paper_consent boolean default false)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'admit_party_member', jsonb_build_object('person', p_person_id, 'kind', p_kind,
    'org', p_party_org_id, 'group', p_group_id, 'unit', p_home_unit, 'from', p_from, 'consent', p_has_paper_consent));
  v_from date := private.require_day(coalesce(p_from, private.today()), 'from');
  v_person record;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.minds_party(p_community_id, v_ctx.person_id) then perform private.fail(403, 'not_allowed'); end if;
  if p_person_id = v_ctx.person_id then perform private.fail(403, 'own_request'); end if;
  perform private.require_code('party_member_kind', p_kind);
  if v_from > private.today() then perform private.fail(400, 'field_invalid', '{"field":"from"}'); end if;
  select p.birth_year, pp.birth_month into v_person from public.persons p join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
    where p.community_id = p_community_id and p.id = p_person_id and p.status = 'active' for no key update of p;
  if not found then perform private.fail(404, 'person_unknown'); end if;
  if private.age_on(v_person.birth_year, v_person.birth_month, v_from) < 18 then perform private.fail(422, 'too_young', '{"min_age":18}'); end if;
  perform private.require_party_org(p_community_id, p_party_org_id, p_group_id);
  if exists (select 1 from public.party_memberships m where m.community_id = p_community_id and m.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  if coalesce(p_has_paper_consent, false) then perform private.record_consent(p_community_id, p_person_id, 'political_status', 'party', 'paper', v_ctx.person_id);
  elsif not exists (select 1 from public.consents c where c.community_id = p_community_id and c.person_id = p_person_id and c.purpose = 'political_status' and c.withdrawn_at is null) then
    perform private.fail(422, 'paper_consent_required');
  end if;
  insert into public.party_memberships (community_id, id, person_id, kind, party_org_id, group_id, home_unit, valid_from)
    values (p_community_id, p_id, p_person_id, p_kind, p_party_org_id, p_group_id, private.clean_text(p_home_unit, 'home_unit', 60, false), v_from);
  return private.end_command(v_ctx, 'party_memberships', p_id, jsonb_build_object('id', p_id), jsonb_build_object('kind', p_kind), p_person_id);
end $$;
comment on function public.admit_party_member(uuid, uuid, uuid, text, uuid, uuid, text, date, boolean) is
  'Enters a person as a party member of a branch (and group) from a day; needs the person''s separate consent, on paper or given before. Party office, never oneself. Errors: not_allowed, own_request, code_unknown, field_invalid, person_unknown, too_young {min_age}, party_org_unknown, party_group_elsewhere, paper_consent_required, party_membership_overlaps.';

create function public.move_party_member(p_community_id uuid, p_id uuid, p_person_id uuid, p_kind text, p_party_org_id uuid, p_group_id uuid default null,
  p_home_unit text default null, p_from date default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'move_party_member', jsonb_build_object('person', p_person_id, 'kind', p_kind,
    'org', p_party_org_id, 'group', p_group_id, 'unit', p_home_unit, 'from', p_from));
  v_from date := private.require_day(coalesce(p_from, private.today()), 'from');
  v_old public.party_memberships;
  v_unit text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_old from public.party_memberships m where m.community_id = p_community_id and m.person_id = p_person_id and m.valid_to is null for update;
  if v_old.id is null or not private.leads_branch(p_community_id, v_ctx.person_id, v_old.party_org_id) then perform private.fail(404, 'party_member_unknown'); end if;
  if p_person_id = v_ctx.person_id then perform private.fail(403, 'own_request'); end if;
  perform private.require_code('party_member_kind', p_kind);
  if v_from > private.today() then perform private.fail(400, 'field_invalid', '{"field":"from"}'); end if;
  perform private.require_party_org(p_community_id, p_party_org_id, p_group_id);
  -- A branch arranges its own groups; into another branch the party office moves.
  if not private.leads_branch(p_community_id, v_ctx.person_id, p_party_org_id) then perform private.fail(403, 'not_allowed'); end if;
  v_unit := coalesce(private.clean_text(p_home_unit, 'home_unit', 60, false), v_old.home_unit);
  if (p_kind, p_party_org_id, p_group_id, v_unit) is not distinct from (v_old.kind, v_old.party_org_id, v_old.group_id, v_old.home_unit) then
    perform private.fail(409, 'party_member_unchanged');
  end if;
  if v_from <= v_old.valid_from then perform private.fail(422, 'move_too_early', jsonb_build_object('from', v_old.valid_from)); end if;
  if exists (select 1 from public.party_memberships m where m.community_id = p_community_id and m.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  update public.party_memberships set valid_to = v_from - 1, end_reason = 'moved' where community_id = p_community_id and id = v_old.id;
  insert into public.party_memberships (community_id, id, person_id, kind, party_org_id, group_id, home_unit, valid_from)
    values (p_community_id, p_id, p_person_id, p_kind, p_party_org_id, p_group_id, v_unit, v_from);
  -- A post belongs to its branch: whoever moves out of it, or is a member of another kind now, hands it back.
  if v_old.party_org_id is distinct from p_party_org_id or v_old.kind <> p_kind then perform private.end_posts_of(p_community_id, p_person_id, v_from); end if;
  perform private.notify(p_community_id, p_person_id, 'party_member_moved', jsonb_build_object('org', (select o.name from public.party_orgs o
    where o.community_id = p_community_id and o.id = p_party_org_id), 'from', v_from), '/party/posts');
  return private.end_command(v_ctx, 'party_memberships', p_id, jsonb_build_object('id', p_id, 'from', v_from), jsonb_build_object('former', v_old.id), p_person_id);
end $$;
comment on function public.move_party_member(uuid, uuid, uuid, text, uuid, uuid, text, date) is
  'Another branch, group, kind or home unit from a day (today or earlier): the former membership ends the day before, nothing overlaps and nothing is missing; in another branch or kind the posts end too. Who leads both branches; never oneself. Errors: party_member_unknown, not_allowed, own_request, code_unknown, party_org_unknown, party_group_elsewhere, party_member_unchanged, move_too_early {from}, field_invalid, field_too_long.';

create function public.end_party_membership(p_community_id uuid, p_id uuid, p_person_id uuid, p_reason text, p_last_day date default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'end_party_membership', jsonb_build_object('person', p_person_id, 'reason', p_reason, 'last_day', p_last_day));
  v_last date := private.require_day(coalesce(p_last_day, private.today()), 'last_day');
  v_old public.party_memberships;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_old from public.party_memberships m where m.community_id = p_community_id and m.person_id = p_person_id and m.valid_to is null for update;
  if v_old.id is null or not private.leads_branch(p_community_id, v_ctx.person_id, v_old.party_org_id) then perform private.fail(404, 'party_member_unknown'); end if;
  if p_person_id = v_ctx.person_id then perform private.fail(403, 'own_request'); end if;
  if p_reason is null or p_reason not in ('transferred', 'left', 'deceased', 'corrected') then perform private.fail(400, 'field_invalid', '{"field":"reason"}'); end if;
  if v_last > private.today() or v_last < v_old.valid_from then perform private.fail(400, 'field_invalid', '{"field":"last_day"}'); end if;
  update public.party_memberships set valid_to = v_last, end_reason = p_reason where community_id = p_community_id and id = v_old.id;
  perform private.end_posts_of(p_community_id, p_person_id, v_last + 1);
  update public.party_exemptions set valid_to = greatest(v_last, valid_from) where community_id = p_community_id and person_id = p_person_id and valid_to is null;
  update public.community_checkins set ended_on = v_last where community_id = p_community_id and person_id = p_person_id and status in ('reported', 'confirmed') and ended_on is null;
  update public.pledges set status = 'dropped' where community_id = p_community_id and person_id = p_person_id and status = 'made';
  return private.end_command(v_ctx, 'party_memberships', v_old.id, jsonb_build_object('id', v_old.id, 'last_day', v_last), jsonb_build_object('reason', p_reason), p_person_id);
end $$;
comment on function public.end_party_membership(uuid, uuid, uuid, text, date) is
  'A member leaves (transferred, left, deceased, corrected) with a last day, today or earlier; posts, exemption, report-in and open pledges end with it, the history stays. Who leads the branch; never oneself. Errors: party_member_unknown, own_request, field_invalid.';

create function public.exempt_party_member(p_community_id uuid, p_id uuid, p_person_id uuid, p_reason text, p_from date default null, p_to date default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'exempt_party_member', jsonb_build_object('person', p_person_id, 'reason', p_reason, 'from', p_from, 'to', p_to));
  v_from date := private.require_day(coalesce(p_from, private.today()), 'from');
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_person_id = v_ctx.person_id then perform private.fail(403, 'own_request'); end if;
  if not private.leads_party_member(p_community_id, v_ctx.person_id, p_person_id, false) then perform private.fail(404, 'party_member_unknown'); end if;
  if p_to < v_from then perform private.fail(400, 'dates_out_of_order'); end if;
  perform pg_advisory_xact_lock(hashtextextended(p_community_id::text || p_person_id, 9));
  if exists (select 1 from public.party_exemptions e where e.community_id = p_community_id and e.person_id = p_person_id
      and e.valid_from <= coalesce(p_to, 'infinity') and coalesce(e.valid_to, 'infinity') >= v_from) then
    perform private.fail(409, 'already_exempt');
  end if;
  if exists (select 1 from public.party_exemptions e where e.community_id = p_community_id and e.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.party_exemptions (community_id, id, person_id, reason, valid_from, valid_to, decided_by)
    values (p_community_id, p_id, p_person_id, private.clean_text(p_reason, 'reason', 60), v_from, p_to, v_ctx.person_id);
  return private.end_command(v_ctx, 'party_exemptions', p_id, jsonb_build_object('id', p_id), '{}', p_person_id);
end $$;
comment on function public.exempt_party_member(uuid, uuid, uuid, text, date, date) is
  '免考 from a day, for ever or to a day, with the reason. Who leads the branch; never oneself. Errors: own_request, party_member_unknown, dates_out_of_order, already_exempt, field_required, field_too_long, field_invalid.';

create function public.end_party_exemption(p_community_id uuid, p_id uuid, p_person_id uuid, p_last_day date default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'end_party_exemption', jsonb_build_object('person', p_person_id, 'last_day', p_last_day));
  v_last date := private.require_day(coalesce(p_last_day, private.today()), 'last_day');
  v_id uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.leads_party_member(p_community_id, v_ctx.person_id, p_person_id, false) then perform private.fail(404, 'party_member_unknown'); end if;
  update public.party_exemptions set valid_to = greatest(v_last, valid_from) where community_id = p_community_id and person_id = p_person_id
    and (valid_to is null or valid_to > v_last) and valid_from <= greatest(v_last, private.today()) returning id into v_id;
  if v_id is null then perform private.fail(404, 'party_exemption_unknown'); end if;
  return private.end_command(v_ctx, 'party_exemptions', v_id, jsonb_build_object('id', v_id), '{}', p_person_id);
end $$;
comment on function public.end_party_exemption(uuid, uuid, uuid, date) is 'Ends 免考 with a last day. Who leads the branch. Errors: party_member_unknown, party_exemption_unknown, field_invalid.';

-- ---------------------------------------------------------------- 双报到 (X09)

create table public.community_checkins (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  home_unit text not null,
  unit_phone text,
  strengths text,
  party_org_id uuid,
  liaison_group_id uuid,
  status text not null default 'reported' check (status in ('reported', 'confirmed', 'returned')),
  reported_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  reason text,
  ended_on date,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, party_org_id) references public.party_orgs (community_id, id),
  foreign key (community_id, liaison_group_id) references public.party_orgs (community_id, id),
  foreign key (community_id, decided_by) references public.persons (community_id, id),
  constraint nobody_confirms_the_own_report check (decided_by <> person_id),
  constraint a_decided_report_says_when check ((status = 'reported') = (decided_at is null))
);
create unique index person_reports_in_once on public.community_checkins (community_id, person_id) where status <> 'returned' and ended_on is null;
create index community_checkins_by_person on public.community_checkins (community_id, person_id);
create index community_checkins_by_org on public.community_checkins (community_id, party_org_id);
create index community_checkins_by_liaison_group on public.community_checkins (community_id, liaison_group_id);
create index community_checkins_by_decider on public.community_checkins (community_id, decided_by);
comment on table public.community_checkins is '双报到: a member in service reports in with the home unit; reported → confirmed | returned (reason), never by oneself; ends with the membership.';
comment on column public.community_checkins.home_unit is 'personal data: employer';
comment on column public.community_checkins.unit_phone is 'personal data: the unit''s own number (never a mobile one)';
comment on column public.community_checkins.strengths is 'personal data: free text';
comment on column public.community_checkins.reason is 'personal data: free text';

-- ---------------------------------------------------------------- 践诺

create table public.pledges (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  text text not null,
  target text,
  due_on date not null,
  is_shared boolean not null default false,
  status text not null default 'made' check (status in ('made', 'kept', 'not_kept', 'dropped')),
  made_at timestamptz not null,
  done_at timestamptz,
  settled_at timestamptz,
  settled_by uuid,
  reason text,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, settled_by) references public.persons (community_id, id),
  constraint nobody_settles_the_own_pledge check (settled_by <> person_id),
  constraint a_settled_pledge_says_by_whom check ((status in ('kept', 'not_kept')) = (settled_at is not null)),
  constraint a_pledge_not_kept_says_why check (status <> 'not_kept' or reason is not null)
);
create index pledges_by_person on public.pledges (community_id, person_id, due_on);
create index pledges_by_settler on public.pledges (community_id, settled_by);
comment on table public.pledges is '承诺践诺: made → kept | not_kept (with a reason), settled by the group or the branch, never by oneself; dropped when the membership ends. is_shared: the member lets the branch see it.';
comment on column public.pledges.text is 'personal data: free text';
comment on column public.pledges.target is 'personal data: free text';
comment on column public.pledges.reason is 'personal data: free text';

create table public.pledge_notes (
  community_id uuid not null,
  id uuid not null,
  pledge_id uuid not null,
  at timestamptz not null,
  text text not null,
  primary key (community_id, id),
  foreign key (community_id, pledge_id) references public.pledges (community_id, id)
);
create index pledge_notes_by_pledge on public.pledge_notes (community_id, pledge_id, at);
comment on table public.pledge_notes is 'How a pledge goes on, in the member''s own words.';
comment on column public.pledge_notes.text is 'personal data: free text';

-- ---------------------------------------------------------------- 亮身份 (F06)

create table public.identity_cards (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  post_id uuid not null,
  token text not null,
  promise text not null,
  issued_at timestamptz not null,
  revoked_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, post_id) references public.party_posts (community_id, id) on delete cascade,
  constraint identity_card_token_is_unique unique (community_id, token)
);
create unique index post_has_one_card on public.identity_cards (community_id, post_id) where revoked_at is null;
create index identity_cards_by_person on public.identity_cards (community_id, person_id);
create index identity_cards_by_post on public.identity_cards (community_id, post_id);
comment on table public.identity_cards is
  '亮身份: a card with a QR whose page shows the name, the post, the promise and a relay number, and nothing else; only while the post is held, the card stands and the consent publish_name does.';
comment on column public.identity_cards.token is 'what the QR carries; whoever has it may open the page';
comment on column public.identity_cards.promise is 'public while the card is: free text';

alter table public.community_checkins enable row level security;
alter table public.pledges enable row level security;
alter table public.pledge_notes enable row level security;
alter table public.identity_cards enable row level security;
grant select on public.community_checkins, public.pledges, public.pledge_notes, public.identity_cards to authenticated;

create policy select_own_or_as_secretary on public.community_checkins for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.party_office_communities()))
  or (community_id = any(array(select private.my_communities())) and party_org_id = any(array(select private.my_party_scopes(array['branch_secretary', 'deputy_branch_secretary'])))
    and (community_id, party_org_id) in (select k.community_id, k.party_org_id from private.my_party_scope_keys(array['branch_secretary', 'deputy_branch_secretary']) k)));
create policy select_own_or_as_leader on public.pledges for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.party_office_communities()))
  or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_party_member_ids(array['branch_secretary', 'deputy_branch_secretary', 'party_group_leader'])))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_party_member_keys(array['branch_secretary', 'deputy_branch_secretary', 'party_group_leader']) k)));
-- The notes of the pledges one may see.
create policy select_with_pledge on public.pledge_notes for select to authenticated using (
  community_id = any(array(select private.my_communities())) and (community_id, pledge_id) in (select p.community_id, p.id from public.pledges p));
create policy select_own on public.identity_cards for select to authenticated using (
  community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k));

create function private.tg_persons__erase_party()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from public.pledge_notes n using public.pledges p where n.community_id = new.community_id and p.community_id = n.community_id and p.id = n.pledge_id and p.person_id = new.id;
  delete from public.pledges where community_id = new.community_id and person_id = new.id;
  delete from public.community_checkins where community_id = new.community_id and person_id = new.id;
  delete from public.identity_cards where community_id = new.community_id and person_id = new.id;
  return null;
end $$;
comment on function private.tg_persons__erase_party() is 'Political status goes with the person: pledges, report-ins and cards of the erased are deleted.';
create trigger tg_persons__erase_party after update of status on public.persons
  for each row when (new.status = 'erased' and old.status <> 'erased') execute function private.tg_persons__erase_party();

-- ---------------------------------------------------------------- the consent withdrawn

create function private.notify_branch(p_community_id uuid, p_org_id uuid, p_kind text, p_params jsonb, p_link text, p_with_group_id uuid default null)
returns void language sql volatile security definer set search_path = '' as $$
  select private.notify(p_community_id, x.person_id, p_kind, p_params, p_link) from (
    select distinct g.person_id from public.role_grants g where g.community_id = p_community_id
      and ((g.role in ('branch_secretary', 'deputy_branch_secretary') and g.scope_id = p_org_id) or (g.role = 'party_group_leader' and g.scope_id = p_with_group_id)
        or (g.role = 'community_secretary' and g.scope_kind = 'community' and p_org_id is null))
      and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today())) x
$$;
comment on function private.notify_branch(uuid, uuid, text, jsonb, text, uuid) is 'Tells those who lead a branch (and a group); where no branch is known, the secretary of the community.';

create function private.tg_consents__hide_party()
returns trigger language plpgsql security definer set search_path = '' as $$
declare
  v_member public.party_memberships;
begin
  select * into v_member from public.party_memberships m where m.community_id = new.community_id and m.person_id = new.person_id and m.valid_to is null;
  delete from public.community_checkins where community_id = new.community_id and person_id = new.person_id;
  update public.identity_cards set revoked_at = private.now() where community_id = new.community_id and person_id = new.person_id and revoked_at is null;
  update public.party_memberships set home_unit = null where community_id = new.community_id and person_id = new.person_id and home_unit is not null;
  -- Whether the posts stay is for the branch and the member to talk about.
  if v_member.id is not null and exists (select 1 from public.persons p where p.community_id = new.community_id and p.id = new.person_id and p.status = 'active') then
    perform private.notify_branch(new.community_id, v_member.party_org_id, 'party_consent_withdrawn', '{}', '/party/posts');
  end if;
  return null;
end $$;
comment on function private.tg_consents__hide_party() is
  'political_status withdrawn: report-ins are deleted, cards are void, the employer is blanked, the post list shows no name; the branch is told that it has somebody to talk to.';
create trigger tg_consents__hide_party after update of withdrawn_at on public.consents
  for each row when (new.purpose = 'political_status' and new.withdrawn_at is not null and old.withdrawn_at is null) execute function private.tg_consents__hide_party();

-- ---------------------------------------------------------------- 双报到: commands

create function public.report_in(p_community_id uuid, p_id uuid, p_home_unit text, p_unit_phone text default null, p_strengths text default null,
  p_liaison_group_id uuid default null, p_consent_version text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'report_in', jsonb_build_object('unit', p_home_unit, 'phone', p_unit_phone,
    'strengths', p_strengths, 'liaison', p_liaison_group_id, 'consent', p_consent_version));
  v_member public.party_memberships;
  v_person record;
  v_org uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'party_posts');
  select p.birth_year, p.grid_id, pp.birth_month into v_person from public.persons p join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
    where p.community_id = p_community_id and p.id = v_ctx.person_id for no key update of p;
  if coalesce(private.age_on(v_person.birth_year, v_person.birth_month, private.today()), 0) < 18 then perform private.fail(422, 'too_young', '{"min_age":18}'); end if;
  select * into v_member from public.party_memberships m where m.community_id = p_community_id and m.person_id = v_ctx.person_id and m.valid_to is null;
  if v_member.kind <> 'in_service' then perform private.fail(422, 'report_in_not_for_kind'); end if;
  if exists (select 1 from public.community_checkins k where k.community_id = p_community_id and k.person_id = v_ctx.person_id and k.status <> 'returned' and k.ended_on is null) then
    perform private.fail(409, 'already_reported_in');
  end if;
  if exists (select 1 from public.community_checkins k where k.community_id = p_community_id and k.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  v_org := coalesce(v_member.party_org_id, private.branch_of_grid(p_community_id, v_person.grid_id));
  if p_liaison_group_id is not null then
    if not exists (select 1 from public.party_orgs o where o.community_id = p_community_id and o.id = p_liaison_group_id and o.kind = 'liaison_group' and o.closed_on is null) then
      perform private.fail(404, 'liaison_group_unknown');
    end if;
    -- Who is not known yet reports to the branch in which the chosen group works.
    if v_member.id is null then
      v_org := coalesce((with recursive up as (
          select o.id, o.parent_id, o.kind from public.party_orgs o where o.community_id = p_community_id and o.id = p_liaison_group_id
          union select o.id, o.parent_id, o.kind from up join public.party_orgs o on o.community_id = p_community_id and o.id = up.parent_id)
        select up.id from up where up.kind = 'branch'), v_org);
    end if;
  end if;
  if not exists (select 1 from public.consents c where c.community_id = p_community_id and c.person_id = v_ctx.person_id and c.purpose = 'political_status' and c.withdrawn_at is null) then
    perform private.record_consent(p_community_id, v_ctx.person_id, 'political_status', private.clean_text(p_consent_version, 'consent', 40), 'self', null);
  end if;
  insert into public.community_checkins (community_id, id, person_id, home_unit, unit_phone, strengths, party_org_id, liaison_group_id, reported_at)
    values (p_community_id, p_id, v_ctx.person_id, private.clean_text(p_home_unit, 'home_unit', 60), private.clean_relay_phone(p_unit_phone),
      private.clean_text(p_strengths, 'strengths', 100, false), v_org, p_liaison_group_id, private.now());
  perform private.notify_branch(p_community_id, v_org, 'report_in_waits', '{}', '/party/confirm');
  return private.end_command(v_ctx, 'community_checkins', p_id, jsonb_build_object('id', p_id, 'status', 'reported'));
end $$;
comment on function public.report_in(uuid, uuid, text, text, text, uuid, text) is
  '双报到: a member in service reports in with the home unit, its own (not a mobile) number, what one is good at and a 联络小组; whoever is not on the list yet is entered when the community confirms. For oneself only, with the separate consent political_status. {id, status}. Errors: module_off, too_young {min_age}, report_in_not_for_kind, already_reported_in, liaison_group_unknown, field_required, field_too_long, phone_invalid, relay_phone_is_private.';

create function public.confirm_report_in(p_community_id uuid, p_id uuid, p_checkin_id uuid, p_confirm boolean, p_reason text default null,
  p_party_org_id uuid default null, p_group_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'confirm_report_in', jsonb_build_object('checkin', p_checkin_id, 'confirm', p_confirm,
    'reason', p_reason, 'org', p_party_org_id, 'group', p_group_id));
  v_row public.community_checkins;
  v_member public.party_memberships;
  v_org uuid;
  v_group uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_row from public.community_checkins k where k.community_id = p_community_id and k.id = p_checkin_id for update;
  if v_row.id is null or not private.leads_branch(p_community_id, v_ctx.person_id, v_row.party_org_id) then perform private.fail(404, 'report_in_unknown'); end if;
  if v_row.person_id = v_ctx.person_id then perform private.fail(403, 'own_request'); end if;
  if v_row.status <> 'reported' or v_row.ended_on is not null then perform private.fail(409, 'report_in_already_decided'); end if;
  if p_confirm is null then perform private.fail(400, 'field_required', '{"field":"confirm"}'); end if;
  if not p_confirm then
    update public.community_checkins set status = 'returned', reason = private.clean_text(p_reason, 'reason', 200), decided_at = private.now(), decided_by = v_ctx.person_id
      where community_id = p_community_id and id = p_checkin_id;
    perform private.notify(p_community_id, v_row.person_id, 'report_in_returned', jsonb_build_object('reason', private.clean_text(p_reason, 'reason', 200)), '/party/report-in');
    return private.end_command(v_ctx, 'community_checkins', p_checkin_id, jsonb_build_object('id', p_checkin_id, 'status', 'returned'), '{}', v_row.person_id);
  end if;
  select * into v_member from public.party_memberships m where m.community_id = p_community_id and m.person_id = v_row.person_id and m.valid_to is null for update;
  if v_member.kind <> 'in_service' then perform private.fail(422, 'report_in_not_for_kind'); end if;
  v_org := coalesce(p_party_org_id, v_row.party_org_id, v_member.party_org_id);
  v_group := coalesce(p_group_id, v_row.liaison_group_id);
  if v_member.id is null then
    perform private.require_party_org(p_community_id, v_org, v_group);
    if not private.leads_branch(p_community_id, v_ctx.person_id, v_org) then perform private.fail(403, 'not_allowed'); end if;
    insert into public.party_memberships (community_id, id, person_id, kind, party_org_id, group_id, home_unit, valid_from)
      values (p_community_id, p_id, v_row.person_id, 'in_service', v_org, v_group, v_row.home_unit, private.today());
  else
    update public.party_memberships m set home_unit = v_row.home_unit, group_id = coalesce(m.group_id, case when private.party_org_below(p_community_id, v_group, m.party_org_id) then v_group end)
      where m.community_id = p_community_id and m.id = v_member.id;
    v_org := v_member.party_org_id;
  end if;
  update public.community_checkins set status = 'confirmed', party_org_id = v_org, decided_at = private.now(), decided_by = v_ctx.person_id
    where community_id = p_community_id and id = p_checkin_id;
  perform private.notify(p_community_id, v_row.person_id, 'report_in_confirmed', '{}', '/party/posts');
  return private.end_command(v_ctx, 'community_checkins', p_checkin_id, jsonb_build_object('id', p_checkin_id, 'status', 'confirmed'), '{}', v_row.person_id);
end $$;
comment on function public.confirm_report_in(uuid, uuid, uuid, boolean, text, uuid, uuid) is
  'The community confirms a report-in (whoever was not a member here becomes one in service, in the branch reported to or p_party_org_id) or returns it with a reason. Who leads that branch, party office; never oneself. {id, status}. Errors: report_in_unknown, own_request, report_in_already_decided, report_in_not_for_kind, not_allowed, party_org_unknown, party_group_elsewhere, field_required.';

create function private.has_reported_in(p_community_id uuid, p_person_id uuid, p_day date)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.community_checkins k where k.community_id = p_community_id and k.person_id = p_person_id and k.status = 'confirmed'
    and private.day_of(k.decided_at) <= p_day and (k.ended_on is null or k.ended_on >= p_day))
$$;
comment on function private.has_reported_in(uuid, uuid, date) is 'Whether the community had confirmed a member''s report-in by a day.';

-- ---------------------------------------------------------------- 践诺: commands

create function public.make_pledge(p_community_id uuid, p_id uuid, p_text text, p_due_on date, p_target text default null, p_is_shared boolean default false)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'make_pledge', jsonb_build_object('text', p_text, 'due', p_due_on, 'target', p_target, 'shared', p_is_shared));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'party_posts');
  perform 1 from public.persons p where p.community_id = p_community_id and p.id = v_ctx.person_id for no key update;
  if not private.is_party_member(p_community_id, v_ctx.person_id, private.today()) then perform private.fail(403, 'not_allowed'); end if;
  if p_due_on is null then perform private.fail(400, 'field_required', '{"field":"due_on"}'); end if;
  if p_due_on not between private.today() and private.today() + 400 then perform private.fail(422, 'pledge_due_out_of_range'); end if;
  if (select count(*) from public.pledges g where g.community_id = p_community_id and g.person_id = v_ctx.person_id and g.status = 'made') >= 5 then
    perform private.fail(422, 'too_many_pledges', '{"max":5}');
  end if;
  if exists (select 1 from public.pledges g where g.community_id = p_community_id and g.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.pledges (community_id, id, person_id, text, target, due_on, is_shared, made_at)
    values (p_community_id, p_id, v_ctx.person_id, private.clean_text(p_text, 'text', 120), private.clean_text(p_target, 'target', 60, false), p_due_on,
      coalesce(p_is_shared, false), private.now());
  return private.end_command(v_ctx, 'pledges', p_id, jsonb_build_object('id', p_id, 'status', 'made'));
end $$;
comment on function public.make_pledge(uuid, uuid, text, date, text, boolean) is
  'A party member pledges something until a day within 400 days, with a target in words; shared with the branch only by choice. {id, status}. Errors: module_off, not_allowed, pledge_due_out_of_range, too_many_pledges {max}, field_required, field_too_long.';

create function public.note_pledge(p_community_id uuid, p_id uuid, p_pledge_id uuid, p_text text, p_is_done boolean default false)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'note_pledge', jsonb_build_object('pledge', p_pledge_id, 'text', p_text, 'done', p_is_done));
  v_pledge public.pledges;
  v_member public.party_memberships;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_pledge from public.pledges g where g.community_id = p_community_id and g.id = p_pledge_id and g.person_id = v_ctx.person_id for update;
  if v_pledge.id is null then perform private.fail(404, 'pledge_unknown'); end if;
  if v_pledge.status <> 'made' then perform private.fail(409, 'pledge_already_settled'); end if;
  if (select count(*) from public.pledge_notes n where n.community_id = p_community_id and n.pledge_id = p_pledge_id) >= 50 then perform private.fail(422, 'too_many_notes', '{"max":50}'); end if;
  if exists (select 1 from public.pledge_notes n where n.community_id = p_community_id and n.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.pledge_notes (community_id, id, pledge_id, at, text) values (p_community_id, p_id, p_pledge_id, private.now(), private.clean_text(p_text, 'text', 200));
  if coalesce(p_is_done, false) and v_pledge.done_at is null then
    update public.pledges set done_at = private.now() where community_id = p_community_id and id = p_pledge_id;
    select * into v_member from public.party_memberships m where m.community_id = p_community_id and m.person_id = v_ctx.person_id and m.valid_to is null;
    perform private.notify_branch(p_community_id, v_member.party_org_id, 'pledge_waits', '{}', '/party/confirm', v_member.group_id);
  end if;
  return private.end_command(v_ctx, 'pledges', p_pledge_id, jsonb_build_object('id', p_pledge_id, 'note_id', p_id));
end $$;
comment on function public.note_pledge(uuid, uuid, uuid, text, boolean) is
  'The member tells how a pledge goes on (note p_id); with p_is_done it waits for the branch. One''s own only. Errors: pledge_unknown, pledge_already_settled, too_many_notes {max}, field_required, field_too_long.';

create function public.share_pledge(p_community_id uuid, p_id uuid, p_pledge_id uuid, p_is_shared boolean)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'share_pledge', jsonb_build_object('pledge', p_pledge_id, 'shared', p_is_shared));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  update public.pledges set is_shared = coalesce(p_is_shared, false) where community_id = p_community_id and id = p_pledge_id and person_id = v_ctx.person_id;
  if not found then perform private.fail(404, 'pledge_unknown'); end if;
  return private.end_command(v_ctx, 'pledges', p_pledge_id, jsonb_build_object('id', p_pledge_id));
end $$;
comment on function public.share_pledge(uuid, uuid, uuid, boolean) is 'Lets the own branch see a pledge, or no more. Error: pledge_unknown.';

create function public.settle_pledge(p_community_id uuid, p_id uuid, p_pledge_id uuid, p_kept boolean, p_reason text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'settle_pledge', jsonb_build_object('pledge', p_pledge_id, 'kept', p_kept, 'reason', p_reason));
  v_pledge public.pledges;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_pledge from public.pledges g where g.community_id = p_community_id and g.id = p_pledge_id for update;
  if v_pledge.person_id = v_ctx.person_id then perform private.fail(403, 'own_pledge'); end if;
  if v_pledge.id is null or not private.leads_party_member(p_community_id, v_ctx.person_id, v_pledge.person_id) then perform private.fail(404, 'pledge_unknown'); end if;
  if v_pledge.status <> 'made' then perform private.fail(409, 'pledge_already_settled'); end if;
  if p_kept is null then perform private.fail(400, 'field_required', '{"field":"kept"}'); end if;
  -- Nobody has broken a word whose day has not come.
  if not p_kept and v_pledge.done_at is null and private.today() <= v_pledge.due_on then
    perform private.fail(422, 'pledge_not_due', jsonb_build_object('due_on', v_pledge.due_on));
  end if;
  update public.pledges set status = case when p_kept then 'kept' else 'not_kept' end, reason = private.clean_text(p_reason, 'reason', 200, not p_kept),
      settled_at = private.now(), settled_by = v_ctx.person_id
    where community_id = p_community_id and id = p_pledge_id;
  perform private.notify(p_community_id, v_pledge.person_id, case when p_kept then 'pledge_kept' else 'pledge_not_kept' end, '{}', '/party/posts');
  return private.end_command(v_ctx, 'pledges', p_pledge_id, jsonb_build_object('id', p_pledge_id, 'status', case when p_kept then 'kept' else 'not_kept' end), '{}', v_pledge.person_id);
end $$;
comment on function public.settle_pledge(uuid, uuid, uuid, boolean, text) is
  'Kept, or (once due, or reported as done) not kept with a reason, which only the member and those who lead them read. Group leader, branch, party office; never oneself. {id, status}. Errors: own_pledge, pledge_unknown, pledge_already_settled, pledge_not_due {due_on}, field_required, field_too_long.';

-- ---------------------------------------------------------------- 亮身份: commands and the public page

create function private.may_show_name(p_community_id uuid, p_person_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.consents c where c.community_id = p_community_id and c.person_id = p_person_id and c.purpose = 'publish_name' and c.withdrawn_at is null)
$$;

create function public.issue_identity_card(p_community_id uuid, p_id uuid, p_post_id uuid, p_promise text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'issue_identity_card', jsonb_build_object('post', p_post_id, 'promise', p_promise));
  v_promise text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'party_posts');
  perform 1 from public.party_posts o where o.community_id = p_community_id and o.id = p_post_id and o.person_id = v_ctx.person_id
    and o.valid_from <= private.today() and (o.valid_to is null or o.valid_to >= private.today()) for no key update;
  if not found then perform private.fail(404, 'post_unknown'); end if;
  if not private.may_show_name(p_community_id, v_ctx.person_id) then perform private.fail(422, 'name_consent_required'); end if;
  v_promise := private.clean_text(p_promise, 'promise', 60);
  if exists (select 1 from public.identity_cards k where k.community_id = p_community_id and k.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  update public.identity_cards set revoked_at = private.now() where community_id = p_community_id and post_id = p_post_id and revoked_at is null;
  insert into public.identity_cards (community_id, id, person_id, post_id, token, promise, issued_at)
    values (p_community_id, p_id, v_ctx.person_id, p_post_id, replace(private.new_id()::text, '-', ''), v_promise, private.now());
  return private.end_command(v_ctx, 'identity_cards', p_id, jsonb_build_object('id', p_id));
end $$;
comment on function public.issue_identity_card(uuid, uuid, uuid, text) is
  'Makes the card of a post one holds, with a promise; a former card of it is void. For oneself only, with the consent publish_name. {id}. Errors: module_off, post_unknown, name_consent_required, field_required, field_too_long.';

create function public.revoke_identity_card(p_community_id uuid, p_id uuid, p_card_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'revoke_identity_card', jsonb_build_object('card', p_card_id));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  update public.identity_cards set revoked_at = coalesce(revoked_at, private.now()) where community_id = p_community_id and id = p_card_id and person_id = v_ctx.person_id;
  if not found then perform private.fail(404, 'card_unknown'); end if;
  return private.end_command(v_ctx, 'identity_cards', p_card_id, jsonb_build_object('id', p_card_id));
end $$;
comment on function public.revoke_identity_card(uuid, uuid, uuid) is 'Makes a card of one''s own void; its page is gone at once. Error: card_unknown.';

create function public.identity_card(p_community_id uuid, p_token text)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v jsonb;
begin
  select jsonb_build_object('community', c.name, 'is_demo', c.is_demo, 'name', pv.real_name, 'post', o.post, 'grid', g.name, 'compound', d.name, 'building', b.name, 'liaison_group', l.name,
      'promise', k.promise, 'relay_phone', coalesce(o.relay_phone, c.relay_phone)) into v
    from public.identity_cards k
    join public.communities c on c.id = k.community_id
    join public.party_posts o on o.community_id = k.community_id and o.id = k.post_id and o.person_id = k.person_id
    join public.person_private pv on pv.community_id = k.community_id and pv.person_id = k.person_id
    left join public.grids g on g.community_id = o.community_id and g.id = o.grid_id
    left join public.buildings b on b.community_id = o.community_id and b.id = o.building_id
    left join public.compounds d on d.community_id = b.community_id and d.id = b.compound_id
    left join public.party_orgs l on l.community_id = o.community_id and l.id = o.liaison_group_id
    where k.community_id = p_community_id and k.token = p_token and k.revoked_at is null
      and o.valid_from <= private.today() and (o.valid_to is null or o.valid_to >= private.today())
      and private.module_is_on(k.community_id, 'party_posts')
      -- The consent withdrawn, the membership ended: the page is gone at once.
      and private.may_show_name(k.community_id, k.person_id) and private.is_party_member(k.community_id, k.person_id, private.today());
  if v is null then perform private.fail(404, 'card_unknown'); end if;
  return v;
end $$;
comment on function public.identity_card(uuid, text) is
  'What the QR of an identity card opens, for everybody who has it: name, post and place, promise, relay number; nothing else, and nothing once the post, the card or the consent has ended. Error: card_unknown.';

-- ---------------------------------------------------------------- reads

create function private.post_json(p_post public.party_posts)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('id', p_post.id, 'post', p_post.post, 'grid', g.name, 'compound', c.name, 'building', b.name, 'liaison_group', l.name,
      'relay_phone', p_post.relay_phone, 'from', p_post.valid_from, 'to', p_post.valid_to)
  from (select 1) x
    left join public.grids g on g.community_id = p_post.community_id and g.id = p_post.grid_id
    left join public.buildings b on b.community_id = p_post.community_id and b.id = p_post.building_id
    left join public.compounds c on c.community_id = b.community_id and c.id = b.compound_id
    left join public.party_orgs l on l.community_id = p_post.community_id and l.id = p_post.liaison_group_id
$$;

create function private.pledge_json(p_pledge public.pledges)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('id', p_pledge.id, 'text', p_pledge.text, 'target', p_pledge.target, 'due_on', p_pledge.due_on, 'is_shared', p_pledge.is_shared,
      'status', p_pledge.status, 'made_at', p_pledge.made_at, 'done_at', p_pledge.done_at, 'settled_at', p_pledge.settled_at, 'reason', p_pledge.reason,
      'notes', coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'at', n.at, 'text', n.text) order by n.at, n.id)
        from public.pledge_notes n where n.community_id = p_pledge.community_id and n.pledge_id = p_pledge.id), '[]'))
$$;

create function public.my_party(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_member public.party_memberships;
begin
  select * into v_member from public.party_memberships m where m.community_id = p_community_id and m.person_id = v_me
    and m.valid_from <= private.today() and (m.valid_to is null or m.valid_to >= private.today());
  return jsonb_build_object(
    'is_on', private.module_is_on(p_community_id, 'party_posts'),
    'membership', case when v_member.id is not null then jsonb_build_object('kind', v_member.kind, 'home_unit', v_member.home_unit, 'from', v_member.valid_from,
        'branch', (select o.name from public.party_orgs o where o.community_id = p_community_id and o.id = v_member.party_org_id),
        'group', (select o.name from public.party_orgs o where o.community_id = p_community_id and o.id = v_member.group_id),
        'points', coalesce((select jsonb_agg(jsonb_build_object('name', o.name, 'address', a.address) order by o.name) from public.party_orgs o
          left join public.party_org_places a on a.community_id = o.community_id and a.party_org_id = o.id
          where o.community_id = p_community_id and o.kind = 'activity_point' and o.closed_on is null and o.parent_id in (v_member.party_org_id, v_member.group_id)), '[]'),
        'leaders', coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'name', pv.real_name) order by g.role, pv.real_name) from public.role_grants g
          join public.person_private pv on pv.community_id = g.community_id and pv.person_id = g.person_id
          where g.community_id = p_community_id and g.role in ('branch_secretary', 'deputy_branch_secretary', 'party_group_leader')
            and g.scope_id in (v_member.party_org_id, v_member.group_id) and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today())), '[]')) end,
    'former', coalesce((select jsonb_agg(jsonb_build_object('kind', m.kind, 'branch', o.name, 'group', gr.name, 'from', m.valid_from, 'to', m.valid_to, 'end_reason', m.end_reason) order by m.valid_from desc)
      from public.party_memberships m left join public.party_orgs o on o.community_id = m.community_id and o.id = m.party_org_id
      left join public.party_orgs gr on gr.community_id = m.community_id and gr.id = m.group_id
      where m.community_id = p_community_id and m.person_id = v_me and m.id is distinct from v_member.id), '[]'),
    'exemption', (select jsonb_build_object('reason', e.reason, 'from', e.valid_from, 'to', e.valid_to) from public.party_exemptions e
      where e.community_id = p_community_id and e.person_id = v_me and e.valid_from <= private.today() and (e.valid_to is null or e.valid_to >= private.today())),
    'posts', coalesce((select jsonb_agg(private.post_json(o) || jsonb_build_object('card', (select jsonb_build_object('id', k.id, 'token', k.token, 'promise', k.promise)
          from public.identity_cards k where k.community_id = o.community_id and k.post_id = o.id and k.revoked_at is null)) order by o.valid_from desc, o.id)
      from public.party_posts o where o.community_id = p_community_id and o.person_id = v_me), '[]'),
    'report_in', (select jsonb_build_object('id', k.id, 'status', k.status, 'home_unit', k.home_unit, 'unit_phone', k.unit_phone, 'strengths', k.strengths,
        'liaison_group', (select o.name from public.party_orgs o where o.community_id = k.community_id and o.id = k.liaison_group_id), 'reported_at', k.reported_at, 'reason', k.reason)
      from public.community_checkins k where k.community_id = p_community_id and k.person_id = v_me and k.ended_on is null order by k.reported_at desc, k.id desc limit 1),
    'pledges', coalesce((select jsonb_agg(private.pledge_json(g) order by (g.status = 'made') desc, g.due_on desc, g.id) from public.pledges g
      where g.community_id = p_community_id and g.person_id = v_me), '[]'),
    'branch_pledges', coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'name', pv.real_name, 'text', g.text, 'target', g.target, 'due_on', g.due_on, 'is_kept', g.status = 'kept') order by g.due_on, g.id)
      from public.pledges g join public.person_private pv on pv.community_id = g.community_id and pv.person_id = g.person_id
      where g.community_id = p_community_id and g.person_id <> v_me and g.is_shared and g.status in ('made', 'kept') and g.due_on >= private.today() - 90
        and exists (select 1 from public.party_memberships m where m.community_id = g.community_id and m.person_id = g.person_id and m.party_org_id = v_member.party_org_id
          and m.valid_from <= private.today() and (m.valid_to is null or m.valid_to >= private.today()))), '[]'),
    'shows_name', private.may_show_name(p_community_id, v_me),
    'has_status_consent', exists (select 1 from public.consents c where c.community_id = p_community_id and c.person_id = v_me and c.purpose = 'political_status' and c.withdrawn_at is null),
    'liaison_groups', case when v_member.id is null or v_member.kind = 'in_service' then coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'area', a.name) order by a.name, o.name)
      from public.party_orgs o left join public.party_orgs a on a.community_id = o.community_id and a.id = o.parent_id
      where o.community_id = p_community_id and o.kind = 'liaison_group' and o.closed_on is null), '[]') else '[]' end);
end $$;
comment on function public.my_party(uuid) is
  'The member''s own page: membership with former ones, exemption, posts with their cards, report-in, pledges with notes, what the branch shares; for somebody in service the 联络小组 to choose from. Errors: not_signed_in, not_a_member.';

create function public.party_tree(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_all boolean := private.minds_party(p_community_id, v_me);
  v_member boolean := v_all or private.is_party_member(p_community_id, v_me, private.today());
  v_mine uuid[] := array(select k.party_org_id from private.my_party_scope_keys(array['branch_secretary', 'deputy_branch_secretary', 'party_group_leader']) k where k.community_id = p_community_id);
begin
  return (with recursive
    below (top, id) as (
      select o.id, o.id from public.party_orgs o where o.community_id = p_community_id
      union select b.top, o.id from below b join public.party_orgs o on o.community_id = p_community_id and o.parent_id = b.id),
    members as (
      select m.person_id, m.kind, m.party_org_id, m.group_id, private.is_exempt(p_community_id, m.person_id, private.today()) as exempt,
        private.has_reported_in(p_community_id, m.person_id, private.today()) as reported
      from public.party_memberships m where m.community_id = p_community_id and m.valid_from <= private.today() and (m.valid_to is null or m.valid_to >= private.today())),
    settled as (
      select g.person_id, count(*) filter (where g.status = 'kept') as kept, count(*) as settled from public.pledges g
      where g.community_id = p_community_id and g.status in ('kept', 'not_kept') group by 1),
    counts as (
      select b.top, count(*) as members, count(*) filter (where m.kind = 'managed') as managed, count(*) filter (where m.kind = 'in_service') as in_service,
        count(*) filter (where m.kind = 'floating') as floating, count(*) filter (where m.exempt) as exempt, count(*) filter (where m.kind = 'in_service' and m.reported) as reported_in,
        coalesce(sum(s.kept), 0) as kept, coalesce(sum(s.settled), 0) as settled
      from (select distinct b.top, m.person_id from below b join members m on m.party_org_id = b.id or m.group_id = b.id) b
      join members m on m.person_id = b.person_id left join settled s on s.person_id = b.person_id group by 1)
    select jsonb_build_object('minds_party', v_all, 'orgs', coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'parent_id', o.parent_id, 'kind', o.kind, 'name', o.name,
        'grid_id', o.grid_id, 'grid', g.name, 'founded_on', o.founded_on, 'closed_on', o.closed_on, 'leads', s.leads,
        -- Residents learn how many members a branch has and no more; a small group's figures would name its members.
        'members', case when s.leads or o.kind in ('committee', 'area_committee', 'general_branch', 'branch') then coalesce(c.members, 0) end,
        'figures', case when s.leads then jsonb_build_object('managed', coalesce(c.managed, 0), 'in_service', coalesce(c.in_service, 0), 'floating', coalesce(c.floating, 0),
          'exempt', coalesce(c.exempt, 0), 'reported_in', coalesce(c.reported_in, 0), 'kept', coalesce(c.kept, 0), 'settled', coalesce(c.settled, 0)) end,
        'address', case when v_member then a.address end,
        'leaders', coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'name', case when v_member then pv.real_name else p.display_name end, 'from', r.valid_from,
            'also', coalesce((select jsonb_agg(distinct sp.title) from public.staff_posts sp where sp.community_id = r.community_id and sp.person_id = r.person_id
              and sp.title in ('director', 'deputy_director') and sp.valid_from <= private.today() and (sp.valid_to is null or sp.valid_to >= private.today())), '[]'))
            order by case r.role when 'branch_secretary' then 0 when 'community_secretary' then 0 when 'deputy_branch_secretary' then 1 else 2 end, r.valid_from, pv.real_name)
          from public.role_grants r join public.persons p on p.community_id = r.community_id and p.id = r.person_id
          join public.person_private pv on pv.community_id = r.community_id and pv.person_id = r.person_id
          where r.community_id = p_community_id and r.valid_from <= private.today() and (r.valid_to is null or r.valid_to >= private.today())
            and ((r.scope_id = o.id and r.role in ('branch_secretary', 'deputy_branch_secretary', 'party_group_leader'))
              -- 社区党委/总支: its secretary is the community's.
              or (r.role = 'community_secretary' and r.scope_kind = 'community' and o.parent_id is null and o.kind in ('committee', 'general_branch')))), '[]'))
      order by o.kind, g.sort, o.name), '[]'))
    from public.party_orgs o
    left join public.grids g on g.community_id = o.community_id and g.id = o.grid_id
    left join counts c on c.top = o.id
    left join public.party_org_places a on a.community_id = o.community_id and a.party_org_id = o.id
    cross join lateral (select v_all or o.id = any(v_mine) as leads) s
    where o.community_id = p_community_id and (o.closed_on is null or s.leads));
end $$;
comment on function public.party_tree(uuid) is
  'The party tree with its leaders (一肩挑: also director): to residents with the number of members of each branch, to party members with meeting places, to those who lead with figures by kind, 双报到 and pledges. Errors: not_signed_in, not_a_member.';

create function public.branch_members(p_community_id uuid, p_org_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_leads boolean := private.leads_branch(p_community_id, v_me, p_org_id);
begin
  if not v_leads and not private.holds_in_party_org(p_community_id, v_me, p_org_id, array['party_group_leader']) then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object('leads', v_leads, 'members', coalesce((
    with recursive below (id) as (
      select p_org_id union select o.id from below b join public.party_orgs o on o.community_id = p_community_id and o.parent_id = b.id)
    select jsonb_agg(jsonb_build_object('person_id', m.person_id, 'name', pv.real_name, 'is_me', m.person_id = v_me, 'kind', m.kind, 'org_id', m.party_org_id, 'branch', o.name,
        'group_id', m.group_id, 'group', gr.name, 'home_unit', m.home_unit, 'from', m.valid_from,
        'exempt', (select jsonb_build_object('reason', case when v_leads then e.reason end, 'from', e.valid_from, 'to', e.valid_to) from public.party_exemptions e
          where e.community_id = m.community_id and e.person_id = m.person_id and e.valid_from <= private.today() and (e.valid_to is null or e.valid_to >= private.today())),
        'report_in', (select k.status from public.community_checkins k where k.community_id = m.community_id and k.person_id = m.person_id and k.ended_on is null order by k.reported_at desc limit 1),
        'posts', coalesce((select jsonb_agg(private.post_json(po) order by po.post) from public.party_posts po where po.community_id = m.community_id and po.person_id = m.person_id
          and (po.valid_to is null or po.valid_to >= private.today())), '[]'),
        'pledges', (select jsonb_build_object('made', count(*) filter (where g.status = 'made'), 'kept', count(*) filter (where g.status = 'kept'), 'not_kept', count(*) filter (where g.status = 'not_kept'))
          from public.pledges g where g.community_id = m.community_id and g.person_id = m.person_id),
        'former', case when v_leads then coalesce((select jsonb_agg(jsonb_build_object('kind', f.kind, 'branch', fo.name, 'group', fg.name, 'from', f.valid_from, 'to', f.valid_to, 'end_reason', f.end_reason) order by f.valid_from desc)
          from public.party_memberships f left join public.party_orgs fo on fo.community_id = f.community_id and fo.id = f.party_org_id
          left join public.party_orgs fg on fg.community_id = f.community_id and fg.id = f.group_id
          where f.community_id = m.community_id and f.person_id = m.person_id and f.id <> m.id), '[]') end)
      order by o.name, gr.name nulls last, m.kind, pv.name_key, m.person_id)
    from public.party_memberships m
    join public.person_private pv on pv.community_id = m.community_id and pv.person_id = m.person_id
    left join public.party_orgs o on o.community_id = m.community_id and o.id = m.party_org_id
    left join public.party_orgs gr on gr.community_id = m.community_id and gr.id = m.group_id
    where m.community_id = p_community_id and m.valid_from <= private.today() and (m.valid_to is null or m.valid_to >= private.today())
      and (m.party_org_id in (select b.id from below b) or m.group_id in (select b.id from below b))), '[]'));
end $$;
comment on function public.branch_members(uuid, uuid) is
  'The members of an organisation and of what is beneath it, with posts, report-in and pledge figures; the exemption''s reason and former memberships for those who lead the branch. The branch, its group leaders (their group), the party office. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.post_map(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  return jsonb_build_object('is_on', private.module_is_on(p_community_id, 'party_posts'), 'minds_party', private.minds_party(p_community_id, v_me),
    'rules', (select jsonb_agg(jsonb_build_object('post', d.code, 'place', r.place, 'kind', r.member_kind, 'wanted', r.wanted, 'at_most', r.at_most) order by d.sort)
      from public.dictionaries d cross join lateral private.post_rule(p_community_id, d.code) r where d.kind = 'party_post'),
    'grids', coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'branch_id', br.id, 'branch', br.name, 'leads', private.leads_branch(p_community_id, v_me, br.id),
        'buildings', coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'compound', c.name) order by c.name, length(b.name), b.name)
          from public.grid_buildings gb join public.buildings b on b.community_id = gb.community_id and b.id = gb.building_id
          join public.compounds c on c.community_id = b.community_id and c.id = b.compound_id
          where gb.community_id = g.community_id and gb.grid_id = g.id and gb.valid_to is null), '[]'),
        'liaison_groups', coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name) order by l.name) from public.party_orgs l
          join public.party_orgs a on a.community_id = l.community_id and a.id = l.parent_id
          where l.community_id = g.community_id and l.kind = 'liaison_group' and l.closed_on is null and a.grid_id = g.id), '[]')) order by g.sort, g.code)
      from public.grids g left join public.party_orgs br on br.community_id = g.community_id and br.id = private.branch_of_grid(p_community_id, g.id)
      where g.community_id = p_community_id), '[]'),
    'posts', public.list_posts(p_community_id));
end $$;
comment on function public.post_map(uuid) is 'The grids with their buildings and 联络小组, the rule of each post, and who holds which (list_posts). Errors: not_signed_in, not_a_member.';

create function public.party_desk(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  return jsonb_build_object(
    'report_ins', coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'name', pv.real_name, 'home_unit', k.home_unit, 'unit_phone', k.unit_phone, 'strengths', k.strengths,
        'branch_id', k.party_org_id, 'branch', o.name, 'liaison_group', l.name, 'is_member', private.is_party_member(p_community_id, k.person_id, private.today()), 'reported_at', k.reported_at)
        order by k.reported_at, k.id)
      from public.community_checkins k join public.person_private pv on pv.community_id = k.community_id and pv.person_id = k.person_id
      left join public.party_orgs o on o.community_id = k.community_id and o.id = k.party_org_id
      left join public.party_orgs l on l.community_id = k.community_id and l.id = k.liaison_group_id
      where k.community_id = p_community_id and k.status = 'reported' and k.ended_on is null and k.person_id <> v_me and private.leads_branch(p_community_id, v_me, k.party_org_id)), '[]'),
    'pledges', coalesce((select jsonb_agg(private.pledge_json(g) || jsonb_build_object('name', pv.real_name, 'is_due', g.due_on < private.today()) order by g.due_on, g.id)
      from public.pledges g join public.person_private pv on pv.community_id = g.community_id and pv.person_id = g.person_id
      where g.community_id = p_community_id and g.status = 'made' and (g.done_at is not null or g.due_on < private.today())
        and private.leads_party_member(p_community_id, v_me, g.person_id)), '[]'),
    'branches', coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name) order by o.name) from public.party_orgs o
      where o.community_id = p_community_id and o.kind = 'branch' and o.closed_on is null and private.leads_branch(p_community_id, v_me, o.id)), '[]'));
end $$;
comment on function public.party_desk(uuid) is
  'What waits for those who lead: report-ins to confirm, pledges reported as done or past their day, never one''s own; empty for everybody else. Errors: not_signed_in, not_a_member.';

-- ---------------------------------------------------------------- who may call what

do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as signature, p.proname from pg_proc p where p.pronamespace = 'private'::regnamespace
      and p.proname in ('require_module', 'clean_relay_phone', 'require_day', 'branch_of_grid', 'post_place', 'end_post_before', 'my_party_communities', 'party_org_below',
        'require_party_org', 'end_posts_of', 'tg_persons__erase_party', 'notify_branch', 'has_reported_in', 'may_show_name', 'post_json', 'pledge_json') loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
    if f.proname = 'my_party_communities' then execute format('grant execute on function %s to authenticated', f.signature); end if;
  end loop;
  for f in select p.oid::regprocedure as signature, p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace
      and p.proname in ('assign_post', 'end_post', 'set_post_rule', 'list_posts', 'save_party_org', 'close_party_org', 'admit_party_member', 'move_party_member',
        'end_party_membership', 'exempt_party_member', 'end_party_exemption', 'report_in', 'confirm_report_in', 'make_pledge', 'note_pledge', 'share_pledge',
        'settle_pledge', 'issue_identity_card', 'revoke_identity_card', 'identity_card', 'my_party', 'party_tree', 'branch_members', 'post_map', 'party_desk') loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
    execute format('grant execute on function %s to authenticated', f.signature);
    if f.proname = 'identity_card' then execute format('grant execute on function %s to anon', f.signature); end if;
  end loop;
end $$;
