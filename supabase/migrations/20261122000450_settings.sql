-- What a community sets for itself: one switch for each module (norms.md, Less burden), and numbers, over the registry private.setting_keys.

create function private.setting_default(p_community_id uuid, p_key private.setting_keys)
returns jsonb language sql stable security definer set search_path = '' as $$
  select case p_key.kind when 'number' then to_jsonb(p_key.default_value) else to_jsonb(coalesce((m.data -> 'modules' ->> p_key.key)::boolean, false)) end
  from public.communities c join public.method_profiles m on m.code = c.method_code and m.version = c.method_version
  where c.id = p_community_id
$$;
comment on function private.setting_default(uuid, private.setting_keys) is 'What holds while the community set nothing: of a switch its method profile, of a number the registry.';

create function private.require_secretary(p_community_id uuid, p_person_id uuid)
returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.person_has_role(p_community_id, p_person_id, array['community_secretary', 'street_admin']) then perform private.fail(403, 'not_allowed'); end if;
end $$;

create function public.community_settings(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.me(p_community_id);
begin
  if (select auth.uid()) is null then perform private.fail(401, 'not_signed_in'); end if;
  if v_me is null then perform private.fail(403, 'not_a_member'); end if;
  perform private.require_secretary(p_community_id, v_me);
  return (select jsonb_build_object('settings', jsonb_agg(jsonb_build_object('key', k.key, 'kind', k.kind, 'area', k.area, 'unit', k.unit,
      'min', k.min_value, 'max', k.max_value, 'default', private.setting_default(p_community_id, k),
      'value', coalesce(case k.kind when 'number' then c.settings -> k.key else c.settings -> 'modules' -> k.key end, private.setting_default(p_community_id, k)))
      order by k.area, k.sort, k.key))
    from public.communities c cross join private.setting_keys k where c.id = p_community_id);
end $$;
comment on function public.community_settings(uuid) is
  'Everything a community may set: key, kind (module | number), area, unit, bounds, default and the value in force. Secretary, street. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.save_settings(p_community_id uuid, p_id uuid, p_settings jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'save_settings', jsonb_build_object('settings', p_settings));
  v_settings jsonb;
  v_change record;
  v_key private.setting_keys;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_secretary(p_community_id, v_ctx.person_id);
  if jsonb_typeof(p_settings) is distinct from 'object' or p_settings = '{}' then perform private.fail(400, 'field_required', '{"field":"settings"}'); end if;
  select c.settings into v_settings from public.communities c where c.id = p_community_id for no key update;
  v_settings := jsonb_build_object('modules', '{}'::jsonb) || v_settings;
  for v_change in select c.key, c.value from jsonb_each(p_settings) c order by c.key loop
    select * into v_key from private.setting_keys k where k.key = v_change.key;
    if not found then perform private.fail(400, 'setting_unknown', jsonb_build_object('key', left(v_change.key, 60))); end if;
    -- What equals the default is not kept: a later method profile then counts again.
    if v_change.value in ('null', private.setting_default(p_community_id, v_key)) then
      v_settings := case v_key.kind when 'number' then v_settings - v_key.key else v_settings #- array['modules', v_key.key] end;
    elsif v_key.kind = 'module' then
      if jsonb_typeof(v_change.value) <> 'boolean' then perform private.fail(400, 'field_invalid', jsonb_build_object('field', v_key.key)); end if;
      v_settings := jsonb_set(v_settings, array['modules', v_key.key], v_change.value);
    else
      if jsonb_typeof(v_change.value) <> 'number' or v_change.value::numeric <> trunc(v_change.value::numeric) then
        perform private.fail(400, 'field_invalid', jsonb_build_object('field', v_key.key));
      end if;
      if v_change.value::numeric not between v_key.min_value and v_key.max_value then
        perform private.fail(422, 'setting_out_of_range', jsonb_build_object('key', v_key.key, 'min', v_key.min_value, 'max', v_key.max_value));
      end if;
      v_settings := jsonb_set(v_settings, array[v_key.key], to_jsonb(v_change.value::int));
    end if;
  end loop;
  update public.communities set settings = v_settings where id = p_community_id;
  return private.end_command(v_ctx, 'communities', p_community_id, jsonb_build_object('community_id', p_community_id), jsonb_build_object('settings', p_settings));
end $$;
comment on function public.save_settings(uuid, uuid, jsonb) is
  'Sets switches and numbers of a community: {key: value}, null or the default takes the community''s own value away. From the next read on, never backwards. Secretary, street. Errors: not_allowed, field_required, setting_unknown {key}, field_invalid {field}, setting_out_of_range {key, min, max}.';

revoke all on function private.setting_default(uuid, private.setting_keys), private.require_secretary(uuid, uuid) from public, anon, authenticated;
revoke all on function public.community_settings(uuid), public.save_settings(uuid, uuid, jsonb) from public, anon, authenticated;
grant execute on function public.community_settings(uuid), public.save_settings(uuid, uuid, jsonb) to authenticated;
