-- Founding a community and its first secretary (for the owner of the database), and the health of an installation.

create function private.found_community(p_name text, p_region_code text, p_method_code text, p_relay_phone text default null)
returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  v_unit uuid := gen_random_uuid();
  v_id uuid := gen_random_uuid();
begin
  insert into public.org_units (id, parent_id, level, name, region_code)
    values (v_unit, null, 'community', private.clean_text(p_name, 'name', 50), p_region_code);
  insert into public.communities (id, org_unit_id, name, relay_phone, method_code, method_version)
    select v_id, v_unit, private.clean_text(p_name, 'name', 50), private.clean_text(p_relay_phone, 'relay_phone', 20, false), m.code, m.version
    from public.method_profiles m where m.code = p_method_code order by m.version desc limit 1;
  if not found then perform private.fail(404, 'code_unknown', jsonb_build_object('kind', 'method', 'code', p_method_code)); end if;
  perform private.install_rules_vol_2026_1(v_id, gen_random_uuid(), null);
  return v_id;
end $$;
comment on function private.found_community(text, text, text, text) is
  'Founds a community with a method profile and the default points rules; returns its id. For the owner of the database. Error: code_unknown.';

create function private.appoint_first_secretary(p_community_id uuid, p_email text, p_real_name text)
returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  v_account record;
  v_person uuid := gen_random_uuid();
begin
  select a.user_id, a.birth_year, a.birth_month into v_account
    from auth.users u join public.accounts a on a.user_id = u.id where lower(u.email) = lower(btrim(p_email));
  if not found then perform private.fail(404, 'account_not_open'); end if;
  if exists (select 1 from public.role_grants g where g.community_id = p_community_id and g.role = 'community_secretary') then
    perform private.fail(409, 'role_already_granted');
  end if;
  perform private.insert_person(p_community_id, v_person, private.clean_name(p_real_name), null, v_account.birth_year, v_account.birth_month, null, null, null, true);
  insert into public.account_persons (community_id, id, user_id, person_id, joined_at) values (p_community_id, gen_random_uuid(), v_account.user_id, v_person, private.now());
  insert into public.role_grants (community_id, id, person_id, role, valid_from) values (p_community_id, gen_random_uuid(), v_person, 'community_secretary', private.today());
  return v_person;
end $$;
comment on function private.appoint_first_secretary(uuid, text, text) is
  'Makes a signed-up account the first secretary of a community; later ones are appointed in the app. For the owner of the database. Errors: account_not_open, role_already_granted.';

create function public.community_health(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if not private.person_has_role(p_community_id, v_me, array['community_secretary', 'street_admin']) then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object(
    'is_trial_storage', version() ~* 'emscripten|emcc|wasm',
    'audit_rows', (select count(*) from public.audit_logs l where l.community_id = p_community_id),
    'audit_broken_at', private.first_broken_audit_link(p_community_id),
    'balances_off', (select count(*) from private.accounts_off(p_community_id)),
    'server_time', private.now());
end $$;
comment on function public.community_health(uuid) is
  'For the secretary: whether the storage is for trial only (PGlite), whether the audit chain and the balances verify. Errors: not_signed_in, not_a_member, not_allowed.';

revoke all on function private.found_community(text, text, text, text) from public, anon, authenticated;
revoke all on function private.appoint_first_secretary(uuid, text, text) from public, anon, authenticated;
revoke all on function public.community_health(uuid) from public, anon, authenticated;
grant execute on function public.community_health(uuid) to authenticated;
