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
  if p_day > p_post.valid_from then
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
  perform private.end_post_before(p_community_id, v_post, v_last + 1, private.clean_text(p_reason, 'reason', 200, false));
  if v_post.person_id <> v_ctx.person_id then
    perform private.notify(p_community_id, v_post.person_id, 'post_ended', jsonb_build_object('post', v_post.post, 'until', v_last), '/party/posts');
  end if;
  return private.end_command(v_ctx, 'party_posts', p_post_id, jsonb_build_object('id', p_post_id, 'last_day', v_last), jsonb_build_object('post', v_post.post), v_post.person_id);
end $$;
comment on function public.end_post(uuid, uuid, uuid, date, text) is
  'Ends a post with a last day (today by default); one that never began is taken back. The holder, or who leads its branch. {id, last_day}. Errors: post_unknown, post_already_ended, field_invalid, field_too_long.';

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

create function public.list_posts(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_all boolean := private.minds_party(p_community_id, v_me);
  v_mine uuid[] := array(select k.party_org_id from private.my_party_scope_keys(array['branch_secretary', 'deputy_branch_secretary']) k where k.community_id = p_community_id);
begin
  return coalesce((select jsonb_agg(jsonb_build_object('id', pp.id, 'post', pp.post, 'grid_id', pp.grid_id, 'grid', g.name, 'building_id', pp.building_id, 'building', b.name,
      'compound', c.name, 'liaison_group', l.name, 'person_id', case when s.leads then pp.person_id end,
      'name', case when s.leads then coalesce(pv.real_name, p.display_name) else p.display_name end, 'relay_phone', pp.relay_phone,
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
  'Posts with their holders: to everybody those of today by the name the holder shows; to who leads a branch (or minds party matters) theirs with dates, names and persons. Errors: not_signed_in, not_a_member.';

-- ---------------------------------------------------------------- who may call what

do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as signature from pg_proc p where p.pronamespace = 'private'::regnamespace
      and p.proname in ('require_module', 'clean_relay_phone', 'require_day', 'branch_of_grid', 'post_place', 'end_post_before') loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
  end loop;
  for f in select p.oid::regprocedure as signature from pg_proc p where p.pronamespace = 'public'::regnamespace
      and p.proname in ('assign_post', 'end_post', 'set_post_rule', 'list_posts') loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
    execute format('grant execute on function %s to authenticated', f.signature);
  end loop;
end $$;
