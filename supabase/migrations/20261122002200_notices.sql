-- Notices: the inbox as it is read, with the reminders due, and how a person wants to be told. How a notice is put, its quiet hours and
-- switches stand with the people (put_notice); what is due is judged when somebody looks (send_due_reminders).

create function public.my_inbox(p_community_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  perform private.send_due_reminders(p_community_id, v_me);
  return jsonb_build_object('server_time', private.now(),
    'unread', (select count(*) from public.notifications n where n.community_id = p_community_id and n.person_id = v_me and n.read_at is null and n.arrives_at <= private.now()),
    'notices', coalesce((select jsonb_agg(to_jsonb(x) order by x.arrives_at desc, x.created_at desc, x.id) from (
      select n.id, n.kind, n.params, n.link, n.created_at, n.arrives_at, n.read_at from public.notifications n
      where n.community_id = p_community_id and n.person_id = v_me and n.arrives_at <= private.now() order by n.arrives_at desc, n.created_at desc limit 100) x), '[]'));
end $$;
comment on function public.my_inbox(uuid) is
  'The caller''s latest 100 notices that have arrived, and how many are unread; reminders that are due are made now. Errors: not_signed_in, not_a_member.';

create function public.my_unread(p_community_id uuid)
returns int language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  perform private.send_due_reminders(p_community_id, v_me);
  return (select count(*) from public.notifications n where n.community_id = p_community_id and n.person_id = v_me and n.read_at is null and n.arrives_at <= private.now());
end $$;
comment on function public.my_unread(uuid) is 'How many notices of the caller are unread, reminders that are due now among them. Errors: not_signed_in, not_a_member.';

create function private.tidy_community(p_community_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.settle_lapsed_offers(p_community_id);
  perform private.tidy_wishes(p_community_id);
  perform private.send_due_reminders(a.community_id, a.person_id) from public.account_persons a where a.community_id = p_community_id and a.status = 'active';
end $$;
comment on function private.tidy_community(uuid) is
  'For a scheduled job where there is one: what time has decided is written down and everybody is told what is due. Nothing depends on it.';

create function public.my_notice_settings(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_settings public.notice_settings;
begin
  select * into v_settings from public.notice_settings s where s.community_id = p_community_id and s.id = v_me;
  if not found then v_settings := row(p_community_id, v_me, '{}', '21:30', '07:30'); end if;
  return jsonb_build_object('quiet_from', to_char(v_settings.quiet_from, 'HH24:MI'), 'quiet_to', to_char(v_settings.quiet_to, 'HH24:MI'),
    'muted', to_jsonb(v_settings.muted));
end $$;
comment on function public.my_notice_settings(uuid) is 'How the caller wants to be told: quiet hours (null for none) and the groups switched off. Errors: not_signed_in, not_a_member.';

create function public.save_notice_settings(p_community_id uuid, p_muted text[], p_quiet_from text, p_quiet_to text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if p_muted is null or not p_muted <@ array['shifts', 'offers', 'hours', 'points', 'party', 'wishes', 'office', 'community'] then
    perform private.fail(400, 'field_invalid', '{"field":"muted"}');
  end if;
  if (p_quiet_from is null) <> (p_quiet_to is null) or p_quiet_from = p_quiet_to
      or concat(p_quiet_from, p_quiet_to) !~ '^(([01][0-9]|2[0-3]):[0-5][0-9]){0,2}$' or '' in (p_quiet_from, p_quiet_to) then
    perform private.fail(400, 'field_invalid', '{"field":"quiet"}');
  end if;
  insert into public.notice_settings (community_id, id, muted, quiet_from, quiet_to)
    values (p_community_id, v_me, (select coalesce(array_agg(distinct m order by m), '{}') from unnest(p_muted) m), p_quiet_from::time, p_quiet_to::time)
    on conflict (community_id, id) do update set muted = excluded.muted, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to;
  -- What is held until the end of the old quiet hours does not wait longer than the new ones.
  update public.notifications n set arrives_at = greatest(n.created_at, least(n.arrives_at, coalesce(private.quiet_end(private.now(), p_quiet_from::time, p_quiet_to::time), private.now())))
    where n.community_id = p_community_id and n.person_id = v_me and n.arrives_at > private.now();
  return '{}'::jsonb;
end $$;
comment on function public.save_notice_settings(uuid, text[], text, text) is
  'Sets the groups switched off (shifts, offers, hours, points, party, wishes, office, community; what touches one''s rights has no switch) and the quiet hours as HH:MM, both null for none. A preference, so it leaves no audit row. Errors: not_signed_in, not_a_member, field_invalid {field}.';

revoke all on function private.tidy_community(uuid), public.my_inbox(uuid), public.my_unread(uuid), public.my_notice_settings(uuid),
  public.save_notice_settings(uuid, text[], text, text) from public, anon, authenticated;
grant execute on function public.my_inbox(uuid), public.my_unread(uuid), public.my_notice_settings(uuid),
  public.save_notice_settings(uuid, text[], text, text) to authenticated;
