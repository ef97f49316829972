-- Reads of the people screens that need names RLS does not give: who may act for me, who looked at my data,
-- and the desks of the office for roles and privacy requests. Each establishes the caller first.

create function private.staff_name(p_community_id uuid, p_person_id uuid)
returns text language sql stable security definer set search_path = '' as $$
  select coalesce(
    (select sp.public_name from public.staff_posts sp where sp.community_id = p_community_id and sp.person_id = p_person_id
      order by sp.valid_to desc nulls first, sp.valid_from desc limit 1),
    (select p.display_name from public.persons p where p.community_id = p_community_id and p.id = p_person_id))
$$;
comment on function private.staff_name(uuid, uuid) is 'How a member of staff is named to residents: the public name of the post, else the masked name.';

create function private.scope_name(p_community_id uuid, p_kind text, p_id uuid)
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  return case p_kind
    when 'grid' then (select g.name from public.grids g where g.community_id = p_community_id and g.id = p_id)
    when 'corps' then (select c.name from public.corps c where c.community_id = p_community_id and c.id = p_id)
    when 'building' then (select m.name || ' ' || b.name from public.buildings b
      join public.compounds m on m.community_id = b.community_id and m.id = b.compound_id where b.community_id = p_community_id and b.id = p_id)
    when 'party_org' then (select o.name from public.party_orgs o where o.community_id = p_community_id and o.id = p_id)
    when 'merchant' then (select m.name from public.merchants m where m.community_id = p_community_id and m.id = p_id)
  end;
end $$;
comment on function private.scope_name(uuid, text, uuid) is 'The name of what a role is limited to, or null for the whole community.';

create function public.my_people(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  return jsonb_build_object(
    'i_help', coalesce((select jsonb_agg(jsonb_build_object('link_id', h.id, 'person_id', p.id, 'relation', h.relation, 'since', h.valid_from,
        'real_name', pp.real_name, 'phone_masked', private.mask_phone(pp.phone), 'birth_year', p.birth_year,
        'grid', (select g.name from public.grids g where g.community_id = p.community_id and g.id = p.grid_id),
        'volunteer_no', (select v.volunteer_no from public.volunteers v where v.community_id = p.community_id and v.id = p.id and v.status <> 'left'),
        'has_account', exists (select 1 from public.account_persons ap where ap.community_id = p.community_id and ap.person_id = p.id and ap.status = 'active'))
        order by pp.name_key, p.id)
      from public.helper_links h
      join public.persons p on p.community_id = h.community_id and p.id = h.person_id and p.status = 'active'
      join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
      where h.community_id = p_community_id and h.helper_person_id = v_me and h.valid_from <= private.today() and (h.valid_to is null or h.valid_to >= private.today())), '[]'),
    'help_me', coalesce((select jsonb_agg(jsonb_build_object('link_id', h.id, 'person_id', p.id, 'relation', h.relation, 'since', h.valid_from,
        'display_name', p.display_name) order by h.valid_from, h.id)
      from public.helper_links h
      join public.persons p on p.community_id = h.community_id and p.id = h.helper_person_id
      where h.community_id = p_community_id and h.person_id = v_me and h.valid_from <= private.today() and (h.valid_to is null or h.valid_to >= private.today())), '[]'));
end $$;
comment on function public.my_people(uuid) is '代办: whom the caller may act for, and who may act for the caller. Errors: not_signed_in, not_a_member.';

create function public.my_privacy(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  return jsonb_build_object(
    'consents', coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'purpose', c.purpose, 'version', c.version, 'granted_at', c.granted_at,
        'withdrawn_at', c.withdrawn_at, 'given_via', c.given_via) order by c.granted_at desc, c.id)
      from public.consents c where c.community_id = p_community_id and c.person_id = v_me), '[]'),
    'looks', coalesce((select jsonb_agg(to_jsonb(x) order by x.at desc) from (
        select l.id, l.at, l.what, l.reason, private.staff_name(p_community_id, l.viewer_person_id) as viewer
        from public.access_logs l where l.community_id = p_community_id and l.person_id = v_me order by l.at desc limit 200) x), '[]'),
    'requests', coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'kind', r.kind, 'note', r.note, 'status', r.status, 'answer', r.answer,
        'created_at', r.created_at, 'due_on', r.due_on, 'closed_at', r.closed_at) order by r.created_at desc, r.id)
      from public.privacy_requests r where r.community_id = p_community_id and r.person_id = v_me), '[]'));
end $$;
comment on function public.my_privacy(uuid) is
  'What the caller agreed to, who looked at the caller''s data and why, and the caller''s requests with due day and answer. Errors: not_signed_in, not_a_member.';

create function public.role_desk(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if not private.is_office(p_community_id, v_me) then perform private.fail(403, 'not_allowed'); end if;
  return coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'person_id', g.person_id, 'real_name', coalesce(pp.real_name, p.display_name), 'role', g.role,
      'scope_kind', g.scope_kind, 'scope_id', g.scope_id, 'scope_name', private.scope_name(p_community_id, g.scope_kind, g.scope_id),
      'valid_from', g.valid_from, 'valid_to', g.valid_to, 'granted_by', private.staff_name(p_community_id, g.granted_by),
      'is_current', g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today()),
      'is_future', g.valid_from > private.today() and (g.valid_to is null or g.valid_to >= g.valid_from))
      order by g.valid_to desc nulls first, g.role, pp.name_key, g.id)
    from public.role_grants g
    join public.persons p on p.community_id = g.community_id and p.id = g.person_id
    left join public.person_private pp on pp.community_id = g.community_id and pp.person_id = g.person_id
    where g.community_id = p_community_id), '[]');
end $$;
comment on function public.role_desk(uuid) is 'Every role grant with names, scope and dates, the ended ones too. Office staff. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.privacy_desk(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if not private.is_office(p_community_id, v_me) then perform private.fail(403, 'not_allowed'); end if;
  return coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'kind', r.kind, 'note', r.note, 'status', r.status, 'answer', r.answer,
      'created_at', r.created_at, 'due_on', r.due_on, 'closed_at', r.closed_at, 'is_overdue', r.status = 'open' and r.due_on < private.today(),
      'person_id', r.person_id, 'real_name', coalesce(pp.real_name, p.display_name))
      order by (r.status = 'open') desc, case when r.status = 'open' then r.due_on end, r.closed_at desc, r.id)
    from public.privacy_requests r
    join public.persons p on p.community_id = r.community_id and p.id = r.person_id
    left join public.person_private pp on pp.community_id = r.community_id and pp.person_id = r.person_id
    where r.community_id = p_community_id and p.status <> 'erased' and (r.status = 'open' or r.closed_at > private.now() - interval '1 year')), '[]');
end $$;
comment on function public.privacy_desk(uuid) is
  'Privacy requests and complaints: the open ones by due day, then those answered in the last year. Office staff. Errors: not_signed_in, not_a_member, not_allowed.';

revoke all on function private.staff_name(uuid, uuid), private.scope_name(uuid, text, uuid) from public, anon, authenticated;
revoke all on function public.my_people(uuid), public.my_privacy(uuid), public.role_desk(uuid), public.privacy_desk(uuid) from public, anon, authenticated;
grant execute on function public.my_people(uuid), public.my_privacy(uuid), public.role_desk(uuid), public.privacy_desk(uuid) to authenticated;
