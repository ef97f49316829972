-- Accounts: opening, joining a community, helpers (代办), roles, leaving and erasing.

create function private.platform() returns uuid language sql immutable set search_path = '' as $$
  select '00000000-0000-0000-0000-000000000000'::uuid
$$;

create function private.require_birth(p_birth_year int, p_birth_month int)
returns int language plpgsql stable security definer set search_path = '' as $$
declare
  v_age int;
begin
  if p_birth_year is null or p_birth_month is null or p_birth_month not between 1 and 12
     or p_birth_year not between 1900 and 2100 or make_date(p_birth_year, p_birth_month, 1) > private.today() then
    perform private.fail(400, 'birth_invalid');
  end if;
  v_age := private.age_on(p_birth_year, p_birth_month, private.today());
  return v_age;
end $$;
comment on function private.require_birth(int, int) is 'Whole years of age. Error: birth_invalid.';

create function public.open_account(p_id uuid, p_birth_year int, p_birth_month int, p_terms_version text, p_locale text default 'zh-CN')
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_platform_command(private.platform(), p_id, 'open_account',
    jsonb_build_object('y', p_birth_year, 'm', p_birth_month, 't', p_terms_version, 'l', p_locale));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  -- A token outlives the sign-in it was given for: whoever closed the account is nobody any more.
  if not exists (select 1 from auth.users u where u.id = v_ctx.user_id) then perform private.fail(401, 'not_signed_in'); end if;
  if private.require_birth(p_birth_year, p_birth_month) < 14 then perform private.fail(422, 'under_fourteen'); end if;
  insert into public.accounts (user_id, birth_year, birth_month, locale, terms_version)
    values (v_ctx.user_id, p_birth_year, p_birth_month, case when p_locale = 'en' then 'en' else 'zh-CN' end,
      private.clean_text(p_terms_version, 'terms', 40))
    on conflict (user_id) do nothing;
  return private.end_command(v_ctx, 'accounts', v_ctx.user_id, jsonb_build_object('user_id', v_ctx.user_id));
end $$;
comment on function public.open_account(uuid, int, int, text, text) is
  'Opens the account of a signed-up user. Errors: birth_invalid, under_fourteen (norms.md: under 14 no account).';

create function public.set_locale(p_locale text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_user uuid := (select auth.uid());
begin
  if v_user is null then perform private.fail(401, 'not_signed_in'); end if;
  if p_locale is null or p_locale not in ('zh-CN', 'en') then perform private.fail(400, 'field_invalid', '{"field":"locale"}'); end if;
  update public.accounts set locale = p_locale where user_id = v_user;
  return jsonb_build_object('locale', p_locale);
end $$;
comment on function public.set_locale(text) is 'The account''s language. A preference, so it leaves no audit row. Errors: not_signed_in, field_invalid.';

-- ---------------------------------------------------------------- invites and joining

create function public.look_up_invite(p_code text)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_row record;
begin
  select i.*, c.name as community_name, c.is_demo into v_row
    from public.invites i join public.communities c on c.id = i.community_id
    where i.code = upper(btrim(coalesce(p_code, '')));
  if not found then perform private.fail(404, 'invite_unknown'); end if;
  if v_row.revoked_at is not null or v_row.expires_at <= private.now() then perform private.fail(422, 'invite_expired'); end if;
  if v_row.used >= v_row.max_uses then perform private.fail(422, 'invite_used_up'); end if;
  return jsonb_build_object('community_id', v_row.community_id, 'community_name', v_row.community_name, 'is_demo', v_row.is_demo);
end $$;
comment on function public.look_up_invite(text) is 'Which community an invite code leads to; for everybody. Errors: invite_unknown, invite_expired, invite_used_up.';

create function public.create_invite(p_community_id uuid, p_id uuid, p_days int default 30, p_max_uses int default 200)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'create_invite',
    jsonb_build_object('days', p_days, 'uses', p_max_uses));
  v_code text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  if p_days is null or p_days not between 1 and 365 then perform private.fail(400, 'field_invalid', '{"field":"days"}'); end if;
  if p_max_uses is null or p_max_uses not between 1 and 10000 then perform private.fail(400, 'field_invalid', '{"field":"max_uses"}'); end if;
  -- Ten letters and digits without look-alikes; 31^10 cannot be guessed through look_up_invite.
  select string_agg(substr('23456789ABCDEFGHJKMNPQRSTUVWXYZ', 1 + get_byte(r.b, n) % 31, 1), '' order by n) into v_code
    from (select extensions.gen_random_bytes(10) as b) r, generate_series(0, 9) n;
  if exists (select 1 from public.invites i where i.community_id = p_community_id and i.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.invites (community_id, id, code, created_by, created_at, expires_at, max_uses)
    values (p_community_id, p_id, v_code, v_ctx.person_id, private.now(), private.now() + make_interval(days => p_days), p_max_uses);
  return private.end_command(v_ctx, 'invites', p_id, jsonb_build_object('id', p_id, 'code', v_code));
end $$;
comment on function public.create_invite(uuid, uuid, int, int) is 'A new invite code; days 1–365, uses 1–10,000. Office staff. Errors: not_allowed, field_invalid.';

create function public.revoke_invite(p_community_id uuid, p_id uuid, p_invite_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'revoke_invite', jsonb_build_object('invite', p_invite_id));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  update public.invites set revoked_at = coalesce(revoked_at, private.now()) where community_id = p_community_id and id = p_invite_id;
  if not found then perform private.fail(404, 'invite_unknown'); end if;
  return private.end_command(v_ctx, 'invites', p_invite_id, jsonb_build_object('id', p_invite_id));
end $$;
comment on function public.revoke_invite(uuid, uuid, uuid) is 'Makes an invite useless from now on. Office staff. Errors: not_allowed, invite_unknown.';

create function public.request_join(p_id uuid, p_code text, p_name text, p_phone text, p_consent_version text,
  p_guardian_name text default null, p_guardian_phone text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_user uuid := (select auth.uid());
  v_ctx private.command_context;
  v_invite record;
  v_account record;
  v_name text;
  v_phone text;
  v_age int;
  v_matches uuid[];
  v_community uuid;
begin
  if v_user is null then perform private.fail(401, 'not_signed_in'); end if;
  select i.community_id into v_community from public.invites i where i.code = upper(btrim(coalesce(p_code, '')));
  if v_community is null then perform private.fail(404, 'invite_unknown'); end if;
  v_ctx := private.begin_platform_command(v_community, p_id, 'request_join',
    jsonb_build_object('code', upper(btrim(p_code)), 'name', p_name, 'phone', p_phone, 'gn', p_guardian_name, 'gp', p_guardian_phone,
      'consent', p_consent_version));
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_account from public.accounts a where a.user_id = v_user;
  if not found then perform private.fail(422, 'account_not_open'); end if;
  if exists (select 1 from public.join_requests j where j.community_id = v_community and j.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  v_name := private.clean_name(p_name);
  v_phone := private.clean_phone(p_phone);
  v_age := private.age_on(v_account.birth_year, v_account.birth_month, private.today());
  if v_age < 18 and (nullif(btrim(p_guardian_name), '') is null or nullif(btrim(p_guardian_phone), '') is null) then
    perform private.fail(422, 'guardian_required');
  end if;
  select * into v_invite from public.invites i where i.community_id = v_community and i.code = upper(btrim(p_code)) for update;
  -- Looked at again under the invite's lock: two requests of one account arrive one after the other.
  if private.me(v_community) is not null then perform private.fail(409, 'already_a_member'); end if;
  if exists (select 1 from public.join_requests j where j.community_id = v_community and j.user_id = v_user and j.status = 'pending') then
    perform private.fail(409, 'join_already_requested');
  end if;
  if v_invite.revoked_at is not null or v_invite.expires_at <= private.now() then perform private.fail(422, 'invite_expired'); end if;
  if v_invite.used >= v_invite.max_uses then perform private.fail(422, 'invite_used_up'); end if;
  update public.invites set used = used + 1 where community_id = v_community and id = v_invite.id;
  -- The roster match is by phone and name; it is a proposal for the staff, never told to the asker.
  select array_agg(pp.person_id) into v_matches
    from public.person_private pp
    join public.persons p on p.community_id = pp.community_id and p.id = pp.person_id and p.status = 'active'
    where pp.community_id = v_community and pp.phone = v_phone and pp.name_key = private.name_key(v_name)
      and not exists (select 1 from public.account_persons ap
        where ap.community_id = pp.community_id and ap.person_id = pp.person_id and ap.status = 'active');
  insert into public.join_requests (community_id, id, user_id, invite_id, real_name, phone, birth_year, birth_month,
      guardian_name, guardian_phone, matched_person_id, consent_version, created_at)
    values (v_community, p_id, v_user, v_invite.id, v_name, v_phone, v_account.birth_year, v_account.birth_month,
      case when v_age < 18 then private.clean_name(p_guardian_name) end,
      case when v_age < 18 then private.clean_phone(p_guardian_phone) end,
      case when cardinality(v_matches) = 1 then v_matches[1] end, private.clean_text(p_consent_version, 'consent', 40), private.now());
  return private.end_command(v_ctx, 'join_requests', p_id, jsonb_build_object('id', p_id, 'community_id', v_community, 'status', 'pending'));
end $$;
comment on function public.request_join(uuid, text, text, text, text, text, text) is
  'Asks to join the community of an invite code. 14–17 must name a guardian. Errors: invite_unknown, invite_expired, invite_used_up, account_not_open, already_a_member, join_already_requested, guardian_required, name_invalid, phone_invalid.';

create function public.withdraw_join(p_community_id uuid, p_id uuid, p_request_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_platform_command(p_community_id, p_id, 'withdraw_join', jsonb_build_object('request', p_request_id));
  v_invite uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  update public.join_requests set status = 'withdrawn', decided_at = private.now()
    where community_id = p_community_id and id = p_request_id and user_id = v_ctx.user_id and status = 'pending' returning invite_id into v_invite;
  if not found then perform private.fail(404, 'join_request_unknown'); end if;
  -- The use goes back, so that asking and withdrawing again and again does not use an invite up.
  update public.invites set used = greatest(used - 1, 0) where community_id = p_community_id and id = v_invite;
  return private.end_command(v_ctx, 'join_requests', p_request_id, jsonb_build_object('status', 'withdrawn'));
end $$;
comment on function public.withdraw_join(uuid, uuid, uuid) is 'Takes back one''s own pending request. Error: join_request_unknown.';

create function private.lock_roster(p_community_id uuid)
returns void language sql volatile set search_path = '' as $$
  select pg_advisory_xact_lock(hashtextextended('roster:' || p_community_id::text, 0))
$$;
comment on function private.lock_roster(uuid) is
  'Whoever looks a person up by a natural key and then adds one waits here: imports, registrations and joins of a community.';

create function private.insert_person(p_community_id uuid, p_person_id uuid, p_real_name text, p_phone text, p_birth_year int,
  p_birth_month int, p_grid_id uuid, p_household_id uuid, p_registered_by uuid, p_has_phone boolean)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if exists (select 1 from public.persons p where p.community_id = p_community_id and p.id = p_person_id) then
    perform private.fail(409, 'id_reused');
  end if;
  insert into public.persons (community_id, id, display_name, birth_year, grid_id, has_phone, registered_by, created_at)
    values (p_community_id, p_person_id, private.mask_name(p_real_name), p_birth_year, p_grid_id, p_has_phone, p_registered_by, private.now());
  insert into public.person_private (community_id, person_id, real_name, name_key, phone, birth_month, household_id)
    values (p_community_id, p_person_id, p_real_name, private.name_key(p_real_name), p_phone, p_birth_month, p_household_id);
end $$;

create function private.record_consent(p_community_id uuid, p_person_id uuid, p_purpose text, p_version text, p_via text, p_by uuid)
returns void language sql volatile security definer set search_path = '' as $$
  insert into public.consents (community_id, id, person_id, purpose, version, granted_at, given_via, recorded_by)
  values (p_community_id, private.new_id(), p_person_id, p_purpose, p_version, private.now(), p_via, p_by)
  on conflict (community_id, person_id, purpose) where withdrawn_at is null do nothing
$$;

create function public.review_join(p_community_id uuid, p_id uuid, p_request_id uuid, p_decision text,
  p_person_id uuid default null, p_guardian_consented boolean default false, p_reason text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'review_join',
    jsonb_build_object('request', p_request_id, 'decision', p_decision, 'person', p_person_id, 'g', p_guardian_consented, 'reason', p_reason));
  v_req public.join_requests;
  v_person uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  if p_decision is null or p_decision not in ('confirm', 'reject') then perform private.fail(400, 'field_invalid', '{"field":"decision"}'); end if;
  select * into v_req from public.join_requests j where j.community_id = p_community_id and j.id = p_request_id for update;
  if not found then perform private.fail(404, 'join_request_unknown'); end if;
  if v_req.status <> 'pending' then perform private.fail(409, 'join_already_decided'); end if;
  if v_req.user_id = v_ctx.user_id then perform private.fail(403, 'own_request'); end if;
  if p_decision = 'reject' then
    update public.join_requests set status = 'rejected', reason = private.clean_text(p_reason, 'reason', 200),
        decided_at = private.now(), decided_by = v_ctx.person_id
      where community_id = p_community_id and id = p_request_id;
    return private.end_command(v_ctx, 'join_requests', p_request_id, jsonb_build_object('status', 'rejected'));
  end if;
  if v_req.guardian_name is not null and not coalesce(p_guardian_consented, false) then
    perform private.fail(422, 'guardian_consent_missing');
  end if;
  if exists (select 1 from public.account_persons ap where ap.community_id = p_community_id and ap.user_id = v_req.user_id and ap.status = 'active') then
    perform private.fail(409, 'already_a_member');
  end if;
  v_person := coalesce(p_person_id, p_id);
  perform private.lock_roster(p_community_id);
  if p_person_id is null then
    perform private.insert_person(p_community_id, v_person, v_req.real_name, v_req.phone, v_req.birth_year, v_req.birth_month, null, null, v_ctx.person_id, true);
  else
    perform 1 from public.persons p where p.community_id = p_community_id and p.id = p_person_id and p.status = 'active' for update;
    if not found then perform private.fail(404, 'person_unknown'); end if;
    if exists (select 1 from public.account_persons ap where ap.community_id = p_community_id and ap.person_id = p_person_id and ap.status = 'active') then
      perform private.fail(409, 'person_has_an_account');
    end if;
    update public.person_private pp set birth_month = coalesce(pp.birth_month, v_req.birth_month), phone = coalesce(pp.phone, v_req.phone)
      where pp.community_id = p_community_id and pp.person_id = p_person_id;
    update public.persons p set birth_year = coalesce(p.birth_year, v_req.birth_year), has_phone = true
      where p.community_id = p_community_id and p.id = p_person_id;
  end if;
  insert into public.account_persons (community_id, id, user_id, person_id, joined_at)
    values (p_community_id, p_request_id, v_req.user_id, v_person, private.now());
  perform private.record_consent(p_community_id, v_person, 'community_service', v_req.consent_version, 'self', null);
  if v_req.guardian_name is not null then
    insert into public.guardian_links (community_id, id, minor_person_id, guardian_name, guardian_phone, consented_at, recorded_by)
      values (p_community_id, p_request_id, v_person, v_req.guardian_name, v_req.guardian_phone, private.now(), v_ctx.person_id);
    perform private.record_consent(p_community_id, v_person, 'guardian', v_req.consent_version, 'guardian', v_ctx.person_id);
  end if;
  update public.join_requests set status = 'confirmed', matched_person_id = v_person, decided_at = private.now(), decided_by = v_ctx.person_id
    where community_id = p_community_id and id = p_request_id;
  perform private.notify(p_community_id, v_person, 'join_confirmed', '{}', '/');
  return private.end_command(v_ctx, 'join_requests', p_request_id, jsonb_build_object('status', 'confirmed', 'person_id', v_person),
    '{}', v_person);
end $$;
comment on function public.review_join(uuid, uuid, uuid, text, uuid, boolean, text) is
  'Confirms a request (as a person of the roster, or as a new person) or rejects it with a reason. Office staff, never one''s own. Errors: not_allowed, join_request_unknown, join_already_decided, own_request, guardian_consent_missing, already_a_member, person_unknown, person_has_an_account.';

-- ---------------------------------------------------------------- 代办: persons without an account

create function public.register_person(p_community_id uuid, p_id uuid, p_name text, p_birth_year int, p_birth_month int,
  p_phone text default null, p_grid_id uuid default null, p_consent_via text default 'helper',
  p_guardian_name text default null, p_guardian_phone text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'register_person',
    jsonb_build_object('name', p_name, 'y', p_birth_year, 'm', p_birth_month, 'phone', p_phone, 'grid', p_grid_id, 'via', p_consent_via,
      'gn', p_guardian_name, 'gp', p_guardian_phone));
  v_name text;
  v_phone text;
  v_age int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.person_has_role(p_community_id, v_ctx.person_id,
       array['community_worker', 'community_secretary', 'street_admin', 'grid_worker', 'building_head', 'corps_leader']) then
    perform private.fail(403, 'not_allowed');
  end if;
  v_name := private.clean_name(p_name);
  v_phone := private.clean_phone(p_phone, false);
  v_age := private.require_birth(p_birth_year, p_birth_month);
  if v_age < 14 then perform private.fail(422, 'under_fourteen'); end if;
  if v_age < 18 and nullif(btrim(p_guardian_name), '') is null then perform private.fail(422, 'guardian_required'); end if;
  if p_consent_via is null or p_consent_via not in ('helper', 'paper', 'guardian') then perform private.fail(400, 'field_invalid', '{"field":"consent"}'); end if;
  if p_grid_id is not null and not exists (select 1 from public.grids g where g.community_id = p_community_id and g.id = p_grid_id) then
    perform private.fail(404, 'grid_unknown');
  end if;
  perform private.lock_roster(p_community_id);
  if exists (select 1 from public.person_private pp
      join public.persons p on p.community_id = pp.community_id and p.id = pp.person_id and p.status = 'active'
      where pp.community_id = p_community_id and pp.name_key = private.name_key(v_name)
        and (pp.phone = v_phone or (v_phone is null and p.birth_year = p_birth_year and pp.birth_month = p_birth_month))) then
    perform private.fail(409, 'person_exists');
  end if;
  perform private.insert_person(p_community_id, p_id, v_name, v_phone, p_birth_year, p_birth_month, p_grid_id, null, v_ctx.person_id, v_phone is not null);
  perform private.record_consent(p_community_id, p_id, 'community_service', 'register', p_consent_via, v_ctx.person_id);
  perform private.record_consent(p_community_id, p_id, 'helper', 'register', p_consent_via, v_ctx.person_id);
  insert into public.helper_links (community_id, id, person_id, helper_person_id, relation, valid_from)
    values (p_community_id, p_id, p_id, v_ctx.person_id, 'helper', private.today());
  if v_age < 18 then
    insert into public.guardian_links (community_id, id, minor_person_id, guardian_name, guardian_phone, consented_at, recorded_by)
      values (p_community_id, p_id, p_id, private.clean_name(p_guardian_name), private.clean_phone(p_guardian_phone), private.now(), v_ctx.person_id);
  end if;
  return private.end_command(v_ctx, 'persons', p_id, jsonb_build_object('person_id', p_id), '{}', p_id);
end $$;
comment on function public.register_person(uuid, uuid, text, int, int, text, uuid, text, text, text) is
  '代办: a helper registers a person without an account; the helper may act for them from now on, and every act says so. Errors: not_allowed, name_invalid, phone_invalid, birth_invalid, under_fourteen, guardian_required, grid_unknown, person_exists.';

create function public.link_helper(p_community_id uuid, p_id uuid, p_person_id uuid, p_helper_person_id uuid, p_relation text default 'helper')
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'link_helper',
    jsonb_build_object('person', p_person_id, 'helper', p_helper_person_id, 'relation', p_relation));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if v_ctx.person_id is distinct from p_person_id then
    perform private.require_office(v_ctx);
    -- A helper reads the person's private data without a logged look, so nobody gives oneself that right.
    if v_ctx.person_id = p_helper_person_id then perform private.fail(403, 'own_request'); end if;
  end if;
  if p_relation is null or p_relation not in ('helper', 'guardian') then perform private.fail(400, 'field_invalid', '{"field":"relation"}'); end if;
  if p_person_id = p_helper_person_id then perform private.fail(422, 'helper_is_oneself'); end if;
  perform 1 from public.persons p where p.community_id = p_community_id and p.id in (p_person_id, p_helper_person_id) order by p.id for no key update;
  if (select count(*) from public.persons p where p.community_id = p_community_id and p.id in (p_person_id, p_helper_person_id) and p.status = 'active') <> 2 then
    perform private.fail(404, 'person_unknown');
  end if;
  if exists (select 1 from public.helper_links h where h.community_id = p_community_id and h.person_id = p_person_id
      and h.helper_person_id = p_helper_person_id and h.relation = p_relation and h.valid_to is null) then
    perform private.fail(409, 'helper_already_linked');
  end if;
  if exists (select 1 from public.helper_links h where h.community_id = p_community_id and h.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.helper_links (community_id, id, person_id, helper_person_id, relation, valid_from)
    values (p_community_id, p_id, p_person_id, p_helper_person_id, p_relation, private.today());
  return private.end_command(v_ctx, 'helper_links', p_id, jsonb_build_object('id', p_id), '{}', p_person_id);
end $$;
comment on function public.link_helper(uuid, uuid, uuid, uuid, text) is
  'Lets a person act for another: granted by the person or by the office. The office never names itself. Errors: not_allowed, own_request, helper_is_oneself, person_unknown, helper_already_linked, field_invalid.';

create function public.unlink_helper(p_community_id uuid, p_id uuid, p_link_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'unlink_helper', jsonb_build_object('link', p_link_id));
  v_link public.helper_links;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_link from public.helper_links h where h.community_id = p_community_id and h.id = p_link_id and h.valid_to is null for update;
  if not found then perform private.fail(404, 'helper_link_unknown'); end if;
  if v_ctx.person_id not in (v_link.person_id, v_link.helper_person_id) then perform private.require_office(v_ctx); end if;
  update public.helper_links set valid_to = private.today() - 1 where community_id = p_community_id and id = p_link_id;
  -- The helper's phone holds the seed of the person's code: a new one is made when next asked for.
  delete from private.member_code_secrets where community_id = p_community_id and person_id = v_link.person_id;
  return private.end_command(v_ctx, 'helper_links', p_link_id, jsonb_build_object('id', p_link_id), '{}', v_link.person_id);
end $$;
comment on function public.unlink_helper(uuid, uuid, uuid) is 'Ends a helper link at once. Either side or the office. Errors: helper_link_unknown, not_allowed.';

-- ---------------------------------------------------------------- roles

create function public.grant_role(p_community_id uuid, p_id uuid, p_person_id uuid, p_role text,
  p_scope_kind text default 'community', p_scope_id uuid default null, p_valid_from date default null, p_valid_to date default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'grant_role',
    jsonb_build_object('person', p_person_id, 'role', p_role, 'kind', p_scope_kind, 'scope', p_scope_id, 'from', p_valid_from, 'to', p_valid_to));
  v_from date := coalesce(p_valid_from, private.today());
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.holds_office(p_community_id, v_ctx.person_id, array['community_secretary', 'street_admin']) then perform private.fail(403, 'not_allowed'); end if;
  if p_role is null or p_role not in ('corps_leader', 'branch_secretary', 'deputy_branch_secretary', 'party_group_leader', 'grid_worker', 'community_worker', 'community_secretary',
    'building_head', 'resident_rep', 'partner_contact', 'reward_clerk', 'supervisor', 'street_admin') then
    perform private.fail(400, 'code_unknown', jsonb_build_object('kind', 'role', 'code', left(coalesce(p_role, ''), 40)));
  end if;
  -- Who leads a branch reads the scores of its members: that, too, somebody else gives (一肩挑 included).
  if p_role in ('community_secretary', 'street_admin', 'branch_secretary', 'deputy_branch_secretary', 'party_group_leader') and p_person_id = v_ctx.person_id then perform private.fail(403, 'own_request'); end if;
  if p_role = 'street_admin' and not private.holds_office(p_community_id, v_ctx.person_id, array['street_admin']) then perform private.fail(403, 'not_allowed'); end if;
  if p_scope_kind is null or (p_scope_kind = 'community') <> (p_scope_id is null)
     or (p_role = 'corps_leader' and p_scope_kind <> 'corps') or (p_role in ('branch_secretary', 'deputy_branch_secretary', 'party_group_leader') and p_scope_kind <> 'party_org')
     or (p_role = 'grid_worker' and p_scope_kind <> 'grid')
     or (p_role in ('community_worker', 'community_secretary', 'street_admin') and p_scope_kind <> 'community')
     or p_scope_kind not in ('community', 'grid', 'building', 'corps', 'party_org', 'merchant') then
    perform private.fail(400, 'scope_invalid');
  end if;
  if p_valid_to is not null and p_valid_to < v_from then perform private.fail(400, 'dates_out_of_order'); end if;
  if v_from not between date '1949-10-01' and private.today() + 3660 or p_valid_to > private.today() + 36600 then
    perform private.fail(400, 'field_invalid', '{"field":"valid_from"}');
  end if;
  perform 1 from public.persons p where p.community_id = p_community_id and p.id = p_person_id and p.status = 'active' for no key update;
  if not found then perform private.fail(404, 'person_unknown'); end if;
  if not private.scope_exists(p_community_id, p_scope_kind, p_scope_id) then perform private.fail(404, 'scope_unknown'); end if;
  if exists (select 1 from public.role_grants g where g.community_id = p_community_id and g.person_id = p_person_id and g.role = p_role
      and g.scope_id is not distinct from p_scope_id and (g.valid_to is null or g.valid_to >= v_from)) then
    perform private.fail(409, 'role_already_granted');
  end if;
  if exists (select 1 from public.role_grants g where g.community_id = p_community_id and g.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.role_grants (community_id, id, person_id, role, scope_kind, scope_id, valid_from, valid_to, granted_by)
    values (p_community_id, p_id, p_person_id, p_role, p_scope_kind, p_scope_id, v_from, p_valid_to, v_ctx.person_id);
  return private.end_command(v_ctx, 'role_grants', p_id, jsonb_build_object('id', p_id), jsonb_build_object('role', p_role), p_person_id);
end $$;
comment on function public.grant_role(uuid, uuid, uuid, text, text, uuid, date, date) is
  'Gives a person a role with scope and dates. Secretary (street_admin only by the street). Errors: not_allowed, own_request, code_unknown, scope_invalid, scope_unknown, dates_out_of_order, person_unknown, role_already_granted.';

create function public.end_role(p_community_id uuid, p_id uuid, p_grant_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'end_role', jsonb_build_object('grant', p_grant_id));
  v_grant public.role_grants;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.holds_office(p_community_id, v_ctx.person_id, array['community_secretary', 'street_admin']) then perform private.fail(403, 'not_allowed'); end if;
  select * into v_grant from public.role_grants g where g.community_id = p_community_id and g.id = p_grant_id for update;
  if not found then perform private.fail(404, 'role_grant_unknown'); end if;
  if v_grant.role = 'street_admin' and not private.holds_office(p_community_id, v_ctx.person_id, array['street_admin']) then perform private.fail(403, 'not_allowed'); end if;
  if v_grant.role = 'community_secretary' and v_grant.person_id = v_ctx.person_id then perform private.fail(403, 'own_request'); end if;
  update public.role_grants set valid_to = least(coalesce(valid_to, private.today() - 1), private.today() - 1),
      valid_from = least(valid_from, coalesce(valid_to, private.today() - 1), private.today() - 1)
    where community_id = p_community_id and id = p_grant_id;
  return private.end_command(v_ctx, 'role_grants', p_grant_id, jsonb_build_object('id', p_grant_id), jsonb_build_object('role', v_grant.role), v_grant.person_id);
end $$;
comment on function public.end_role(uuid, uuid, uuid) is 'Ends a role at once. Secretary; a secretary cannot end the own post. Errors: not_allowed, own_request, role_grant_unknown.';

-- ---------------------------------------------------------------- privacy: consent, reveal, requests, leaving, erasing

create function public.give_consent(p_community_id uuid, p_id uuid, p_purpose text, p_version text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'give_consent', jsonb_build_object('purpose', p_purpose, 'v', p_version));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_code('consent_purpose', p_purpose);
  if p_purpose = 'guardian' then perform private.fail(403, 'not_allowed'); end if;
  -- Minors stay masked (invariant 9).
  if p_purpose in ('publish_name', 'boards') and coalesce((select private.age_on(p.birth_year, pp.birth_month, private.today()) from public.persons p
      join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
      where p.community_id = p_community_id and p.id = v_ctx.person_id), 0) < 18 then
    perform private.fail(422, 'too_young', '{"min_age":18}');
  end if;
  perform private.record_consent(p_community_id, v_ctx.person_id, p_purpose, private.clean_text(p_version, 'consent', 40), 'self', null);
  if p_purpose = 'publish_name' then
    update public.persons p set display_name = pp.real_name from public.person_private pp
      where p.community_id = p_community_id and p.id = v_ctx.person_id and pp.community_id = p.community_id and pp.person_id = p.id;
  end if;
  return private.end_command(v_ctx, 'consents', v_ctx.person_id, jsonb_build_object('purpose', p_purpose));
end $$;
comment on function public.give_consent(uuid, uuid, text, text) is 'Records the caller''s consent; publish_name shows the full name to others, boards puts the person on the lists; both are for adults. Errors: code_unknown, not_allowed, too_young {min_age}.';

create function public.withdraw_consent(p_community_id uuid, p_id uuid, p_purpose text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'withdraw_consent', jsonb_build_object('purpose', p_purpose));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_code('consent_purpose', p_purpose);
  update public.consents set withdrawn_at = private.now()
    where community_id = p_community_id and person_id = v_ctx.person_id and purpose = p_purpose and withdrawn_at is null;
  if p_purpose = 'helper' then
    update public.helper_links set valid_to = private.today() - 1, valid_from = least(valid_from, private.today() - 1)
      where community_id = p_community_id and person_id = v_ctx.person_id and relation = 'helper' and (valid_to is null or valid_to >= private.today());
    delete from private.member_code_secrets where community_id = p_community_id and person_id = v_ctx.person_id;
  end if;
  if p_purpose = 'publish_name' then
    update public.persons p set display_name = private.mask_name(pp.real_name) from public.person_private pp
      where p.community_id = p_community_id and p.id = v_ctx.person_id and pp.community_id = p.community_id and pp.person_id = p.id;
  end if;
  return private.end_command(v_ctx, 'consents', v_ctx.person_id, jsonb_build_object('purpose', p_purpose));
end $$;
comment on function public.withdraw_consent(uuid, uuid, text) is 'Withdraws a consent at once: the name is masked again, helpers help no more, party membership is told to no neighbour. Error: code_unknown.';

create function public.reveal_person(p_community_id uuid, p_id uuid, p_person_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'reveal_person', jsonb_build_object('person', p_person_id, 'reason', p_reason));
  v_person public.persons;
  v_reason text;
begin
  select * into v_person from public.persons p where p.community_id = p_community_id and p.id = p_person_id;
  if not (private.is_office(p_community_id, v_ctx.person_id) or private.works_on_grid(p_community_id, v_ctx.person_id, v_person.grid_id)) then
    perform private.fail(403, 'not_allowed');
  end if;
  if v_person.id is null or v_person.status = 'erased' then perform private.fail(404, 'person_unknown'); end if;
  v_reason := private.clean_text(p_reason, 'reason', 200);
  -- A look is a look, also with an id used before: fresh data come back, so it is written down again.
  insert into public.access_logs (community_id, id, at, viewer_person_id, person_id, what, reason)
    values (p_community_id, private.new_id(), private.now(), v_ctx.person_id, p_person_id, 'contact', v_reason);
  if v_ctx.replayed is null then perform private.end_command(v_ctx, 'persons', p_person_id, '{}', '{}', p_person_id); end if;
  return (select jsonb_build_object('real_name', pp.real_name, 'phone', pp.phone, 'birth_year', v_person.birth_year, 'birth_month', pp.birth_month,
      'guardians', coalesce((select jsonb_agg(jsonb_build_object('name', g.guardian_name, 'phone', g.guardian_phone))
        from public.guardian_links g where g.community_id = p_community_id and g.minor_person_id = p_person_id), '[]'))
    from public.person_private pp where pp.community_id = p_community_id and pp.person_id = p_person_id);
end $$;
comment on function public.reveal_person(uuid, uuid, uuid, text) is
  'Name and phone of a person (of a minor, the guardians'' too), for the staff with the duty, with a reason; the look is logged and the person can see it. Errors: not_allowed, person_unknown, field_required.';

create function public.ask_privacy(p_community_id uuid, p_id uuid, p_kind text, p_note text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'ask_privacy', jsonb_build_object('kind', p_kind, 'note', p_note));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_kind is null or p_kind not in ('access', 'correction', 'copy', 'deletion', 'complaint') then perform private.fail(400, 'field_invalid', '{"field":"kind"}'); end if;
  if exists (select 1 from public.privacy_requests r where r.community_id = p_community_id and r.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.privacy_requests (community_id, id, person_id, kind, note, created_at, due_on)
    values (p_community_id, p_id, v_ctx.person_id, p_kind, private.clean_text(p_note, 'note', 1000, p_kind in ('correction', 'complaint')),
      private.now(), private.add_workdays(private.today(), 15));
  return private.end_command(v_ctx, 'privacy_requests', p_id, jsonb_build_object('id', p_id));
end $$;
comment on function public.ask_privacy(uuid, uuid, text, text) is 'A privacy request or a complaint (投诉建议), due in 15 workdays. Errors: field_invalid, field_required, field_too_long.';

create function public.answer_privacy(p_community_id uuid, p_id uuid, p_request_id uuid, p_answer text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'answer_privacy', jsonb_build_object('request', p_request_id, 'answer', p_answer));
  v_person uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  update public.privacy_requests set status = 'done', answer = private.clean_text(p_answer, 'answer', 1000), closed_at = private.now(), closed_by = v_ctx.person_id
    where community_id = p_community_id and id = p_request_id and status = 'open' returning person_id into v_person;
  if v_person is null then perform private.fail(404, 'privacy_request_unknown'); end if;
  if v_person = v_ctx.person_id then perform private.fail(403, 'own_request'); end if;
  perform private.notify(p_community_id, v_person, 'privacy_answered', '{}', '/me/privacy');
  return private.end_command(v_ctx, 'privacy_requests', p_request_id, jsonb_build_object('status', 'done'), '{}', v_person);
end $$;
comment on function public.answer_privacy(uuid, uuid, uuid, text) is 'Answers a privacy request or complaint. Office staff, never one''s own. Errors: not_allowed, own_request, privacy_request_unknown, field_required.';

create function public.mark_notifications_read(p_community_id uuid, p_notification_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.me(p_community_id);
begin
  if (select auth.uid()) is null then perform private.fail(401, 'not_signed_in'); end if;
  if v_me is null then perform private.fail(403, 'not_a_member'); end if;
  update public.notifications set read_at = private.now() where community_id = p_community_id and person_id = v_me and read_at is null
    and arrives_at <= private.now() and (p_notification_id is null or id = p_notification_id);
  return '{}'::jsonb;
end $$;
comment on function public.mark_notifications_read(uuid, uuid) is 'Marks the caller''s inbox (or one notice in it) as read, as far as it has arrived; a preference, so it leaves no audit row. Errors: not_signed_in, not_a_member.';
