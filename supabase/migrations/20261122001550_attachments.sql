-- Attachments: photos and voice notes of any module. The bytes live in a private table of the database, so that the same
-- schema works on PGlite, on Postgres and on hosted Supabase, and so that deleting a row really deletes the picture.

create table private.attachment_owners (
  kind text primary key,
  can_see text not null
);
alter table private.attachment_owners enable row level security;
comment on table private.attachment_owners is
  'What may own attachments, and the function private.<can_see>(community, me, owner id) that says who sees them. Each module adds its row.';

create table public.attachments (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  kind text not null check (kind in ('photo', 'voice')),
  mime text not null,
  size_bytes int not null,
  seconds int,
  words text,
  uploaded_by uuid not null,
  uploaded_at timestamptz not null,
  owner_kind text references private.attachment_owners (kind),
  owner_id uuid,
  primary key (community_id, id),
  foreign key (community_id, uploaded_by) references public.persons (community_id, id),
  constraint mime_fits_the_kind check (case kind when 'photo' then mime in ('image/webp', 'image/jpeg') else mime in ('audio/webm', 'audio/mp4', 'audio/ogg') end),
  constraint an_attachment_is_at_most_400_kb check (size_bytes between 1 and 409600),
  constraint a_voice_note_is_at_most_a_minute check ((kind = 'voice') = (seconds is not null) and coalesce(seconds between 1 and 60, true)),
  constraint an_owner_has_kind_and_id check ((owner_kind is null) = (owner_id is null))
);
create index attachments_by_owner on public.attachments (community_id, owner_kind, owner_id);
create index attachments_by_owner_kind on public.attachments (owner_kind);
create index attachments_by_uploader on public.attachments (community_id, uploaded_by);
comment on table public.attachments is
  'A photo (≤ 1600 px, re-encoded on the phone, no EXIF) or a voice note (≤ 60 s). Unclaimed until a command takes it (private.claim_attachments); unclaimed ones go after a day. The bytes are read by read_attachment only.';
comment on column public.attachments.words is 'personal data: what is to be seen or heard, in words';

create table private.attachment_data (
  community_id uuid not null,
  attachment_id uuid not null,
  bytes bytea not null,
  primary key (community_id, attachment_id),
  foreign key (community_id, attachment_id) references public.attachments (community_id, id) on delete cascade
);
-- Pictures are compressed already.
alter table private.attachment_data alter column bytes set storage external;
alter table private.attachment_data enable row level security;
comment on table private.attachment_data is 'The bytes of the attachments; out of reach of the API but for read_attachment.';

alter table public.attachments enable row level security;
grant select on public.attachments to authenticated;
create policy select_own on public.attachments for select to authenticated using (
  community_id = any(array(select private.my_communities())) and uploaded_by = any(array(select private.my_persons()))
    and (community_id, uploaded_by) in (select k.community_id, k.person_id from private.my_person_keys() k));

-- ---------------------------------------------------------------- what a file may be

create function private.why_not_photo(p_mime text, p_bytes bytea)
returns text language plpgsql immutable set search_path = '' as $$
declare
  v_length int := octet_length(p_bytes);
  v_at int;
  v_marker int;
  v_size bigint;
begin
  if position('\x457869660000'::bytea in p_bytes) > 0 or position('http://ns.adobe.com/xap/'::bytea in p_bytes) > 0 then
    return 'attachment_has_metadata';
  end if;
  if p_mime = 'image/jpeg' then
    if v_length < 4 or substr(p_bytes, 1, 3) <> '\xffd8ff'::bytea then return 'attachment_not_what_it_says'; end if;
    v_at := 2;
    -- The segments before the picture itself: APP1 (EXIF, XMP), APP2 beyond colour profiles and APP13 (IPTC) are about the photographer.
    while v_at + 4 <= v_length loop
      if get_byte(p_bytes, v_at) <> 255 then return 'attachment_not_what_it_says'; end if;
      v_marker := get_byte(p_bytes, v_at + 1);
      if v_marker = 218 then return null; end if;
      if v_marker in (225, 237) then return 'attachment_has_metadata'; end if;
      v_at := v_at + 2 + get_byte(p_bytes, v_at + 2) * 256 + get_byte(p_bytes, v_at + 3);
    end loop;
    return 'attachment_not_what_it_says';
  end if;
  if v_length < 20 or substr(p_bytes, 1, 4) <> 'RIFF'::bytea or substr(p_bytes, 9, 4) <> 'WEBP'::bytea then return 'attachment_not_what_it_says'; end if;
  v_at := 12;
  while v_at + 8 <= v_length loop
    if substr(p_bytes, v_at + 1, 4) in ('EXIF'::bytea, 'XMP '::bytea) then return 'attachment_has_metadata'; end if;
    v_size := get_byte(p_bytes, v_at + 4) + get_byte(p_bytes, v_at + 5) * 256 + get_byte(p_bytes, v_at + 6) * 65536 + get_byte(p_bytes, v_at + 7)::bigint * 16777216;
    if v_at + 8 + v_size > v_length then return 'attachment_not_what_it_says'; end if;
    v_at := (v_at + 8 + v_size + v_size % 2)::int;
  end loop;
  return null;
end $$;
comment on function private.why_not_photo(text, bytea) is
  'Why a file is no clean photo: not the WebP or JPEG it claims to be, or with EXIF, XMP or IPTC (place, time and camera) in it. Null when it is.';

create function private.why_not_voice(p_mime text, p_bytes bytea)
returns text language plpgsql immutable set search_path = '' as $$
begin
  if not (case p_mime when 'audio/webm' then substr(p_bytes, 1, 4) = '\x1a45dfa3'::bytea when 'audio/ogg' then substr(p_bytes, 1, 4) = 'OggS'::bytea
      when 'audio/mp4' then substr(p_bytes, 5, 4) = 'ftyp'::bytea else false end) then
    return 'attachment_not_what_it_says';
  end if;
  -- The atom in which phones write where a recording was made.
  if position('\xa978797a'::bytea in p_bytes) > 0 then return 'attachment_has_metadata'; end if;
  return null;
end $$;

create function private.decode_attachment(p_data text)
returns bytea language plpgsql immutable set search_path = '' as $$
begin
  return decode(p_data, 'base64');
exception when others then
  return null;
end $$;

-- ---------------------------------------------------------------- commands

create function public.upload_attachment(p_community_id uuid, p_id uuid, p_kind text, p_mime text, p_data text, p_words text default null, p_seconds int default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'upload_attachment',
    jsonb_build_object('kind', p_kind, 'mime', p_mime, 'data', md5(p_data), 'words', p_words, 'seconds', p_seconds));
  v_mime text := lower(split_part(coalesce(p_mime, ''), ';', 1));
  v_bytes bytea;
  v_refusal text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_kind is null or p_kind not in ('photo', 'voice') then perform private.fail(400, 'field_invalid', '{"field":"kind"}'); end if;
  if v_mime not in ('image/webp', 'image/jpeg', 'audio/webm', 'audio/mp4', 'audio/ogg') or (p_kind = 'photo') <> (v_mime like 'image/%') then
    perform private.fail(422, 'attachment_kind_unknown');
  end if;
  if p_kind = 'voice' and (p_seconds is null or p_seconds not between 1 and 60) then perform private.fail(422, 'voice_too_long'); end if;
  if length(coalesce(p_data, '')) > 560000 then perform private.fail(422, 'attachment_too_big'); end if;
  v_bytes := private.decode_attachment(p_data);
  if v_bytes is null or octet_length(v_bytes) < 12 then perform private.fail(400, 'field_invalid', '{"field":"data"}'); end if;
  if octet_length(v_bytes) > 409600 then perform private.fail(422, 'attachment_too_big'); end if;
  v_refusal := case p_kind when 'photo' then private.why_not_photo(v_mime, v_bytes) else private.why_not_voice(v_mime, v_bytes) end;
  if v_refusal is not null then perform private.fail(422, v_refusal); end if;
  -- Whoever uploads sweeps: what no command took within a day is deleted, bytes and all.
  delete from public.attachments a where a.community_id = p_community_id and a.owner_kind is null and a.uploaded_at < private.now() - interval '1 day';
  if (select count(*) from public.attachments a where a.community_id = p_community_id and a.uploaded_by = v_ctx.person_id
      and (a.owner_kind is null or a.uploaded_at > private.now() - interval '1 hour')) >= 40 then
    perform private.fail(422, 'too_many_attachments');
  end if;
  if exists (select 1 from public.attachments a where a.community_id = p_community_id and a.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.attachments (community_id, id, kind, mime, size_bytes, seconds, words, uploaded_by, uploaded_at)
    values (p_community_id, p_id, p_kind, v_mime, octet_length(v_bytes), case when p_kind = 'voice' then p_seconds end,
      private.clean_text(p_words, 'words', 200, false), v_ctx.person_id, private.now());
  insert into private.attachment_data (community_id, attachment_id, bytes) values (p_community_id, p_id, v_bytes);
  return private.end_command(v_ctx, 'attachments', p_id, jsonb_build_object('attachment_id', p_id), jsonb_build_object('kind', p_kind));
end $$;
comment on function public.upload_attachment(uuid, uuid, text, text, text, text, int) is
  'Takes a photo (WebP, JPEG) or a voice note (WebM, MP4, Ogg; p_seconds ≤ 60) as base64, ≤ 400 kB, with a text alternative; the id of the command is the attachment''s. It belongs to nobody else until a command claims it. Errors: attachment_kind_unknown, attachment_too_big, attachment_not_what_it_says, attachment_has_metadata, voice_too_long, too_many_attachments, field_invalid.';

create function public.discard_attachment(p_community_id uuid, p_id uuid, p_attachment_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'discard_attachment', jsonb_build_object('attachment', p_attachment_id));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  delete from public.attachments a where a.community_id = p_community_id and a.id = p_attachment_id and a.uploaded_by = v_ctx.person_id and a.owner_kind is null;
  if not found then perform private.fail(404, 'attachment_unknown'); end if;
  return private.end_command(v_ctx, 'attachments', p_attachment_id, '{}');
end $$;
comment on function public.discard_attachment(uuid, uuid, uuid) is 'Deletes an upload of one''s own that no command has taken yet. Errors: attachment_unknown.';

-- ---------------------------------------------------------------- for the commands of the modules

create function private.claim_attachments(p_community_id uuid, p_ids uuid[], p_owner_kind text, p_owner_id uuid, p_by uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if coalesce(cardinality(p_ids), 0) = 0 then return; end if;
  if cardinality(p_ids) > 9 then perform private.fail(422, 'too_many_attachments'); end if;
  update public.attachments a set owner_kind = p_owner_kind, owner_id = p_owner_id
    where a.community_id = p_community_id and a.id = any(p_ids) and a.uploaded_by = p_by and a.owner_kind is null;
  if exists (select 1 from unnest(p_ids) i where not exists (select 1 from public.attachments a where a.community_id = p_community_id and a.id = i
      and a.owner_kind = p_owner_kind and a.owner_id = p_owner_id)) then
    perform private.fail(404, 'attachment_unknown');
  end if;
end $$;
comment on function private.claim_attachments(uuid, uuid[], text, uuid, uuid) is
  'Gives uploads of p_by, at most nine, to what a command makes. Errors: too_many_attachments, attachment_unknown (not one''s own, or taken already).';

create function private.delete_attachments(p_community_id uuid, p_owner_kind text, p_owner_id uuid)
returns void language sql volatile security definer set search_path = '' as $$
  delete from public.attachments a where a.community_id = p_community_id and a.owner_kind = p_owner_kind and a.owner_id = p_owner_id
$$;
comment on function private.delete_attachments(uuid, text, uuid) is 'Consent withdrawn, or not needed any more: the files of an owner go, bytes and all.';

create function private.attachments_of(p_community_id uuid, p_owner_kind text, p_owner_id uuid)
returns jsonb language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'words', a.words, 'seconds', a.seconds) order by a.uploaded_at, a.id), '[]')
  from public.attachments a where a.community_id = p_community_id and a.owner_kind = p_owner_kind and a.owner_id = p_owner_id
$$;
comment on function private.attachments_of(uuid, text, uuid) is 'The files of an owner as read functions list them: [{id, kind, words, seconds}].';

create function private.can_see_attachment(p_community_id uuid, p_me uuid, p_owner_kind text, p_owner_id uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
declare
  v_can boolean;
begin
  execute format('select private.%I($1, $2, $3)', (select o.can_see from private.attachment_owners o where o.kind = p_owner_kind))
    into v_can using p_community_id, p_me, p_owner_id;
  return coalesce(v_can, false);
end $$;
comment on function private.can_see_attachment(uuid, uuid, text, uuid) is 'Asks the module that owns a file whether p_me may see it (private.attachment_owners).';

create function public.read_attachment(p_community_id uuid, p_attachment_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_file public.attachments;
begin
  select * into v_file from public.attachments a where a.community_id = p_community_id and a.id = p_attachment_id;
  if not found or not (case when v_file.owner_kind is null then v_file.uploaded_by = v_me
      else private.can_see_attachment(p_community_id, v_me, v_file.owner_kind, v_file.owner_id) end) then
    perform private.fail(404, 'attachment_unknown');
  end if;
  return jsonb_build_object('id', v_file.id, 'kind', v_file.kind, 'mime', v_file.mime, 'words', v_file.words, 'seconds', v_file.seconds,
    'data', (select translate(encode(d.bytes, 'base64'), E'\n', '') from private.attachment_data d where d.community_id = p_community_id and d.attachment_id = p_attachment_id));
end $$;
comment on function public.read_attachment(uuid, uuid) is
  'The bytes of a file (base64) for whoever the module that owns it lets see it; one''s own upload until it is taken. Errors: not_a_member, attachment_unknown.';

create function private.tg_persons__drop_uploads()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from public.attachments a where a.community_id = new.community_id and a.uploaded_by = new.id and a.owner_kind is null;
  return null;
end $$;
create trigger tg_persons__drop_uploads after update of status on public.persons
  for each row when (new.status = 'erased' and old.status <> 'erased') execute function private.tg_persons__drop_uploads();

revoke all on function private.why_not_photo(text, bytea), private.why_not_voice(text, bytea), private.decode_attachment(text),
  private.claim_attachments(uuid, uuid[], text, uuid, uuid), private.delete_attachments(uuid, text, uuid), private.attachments_of(uuid, text, uuid),
  private.can_see_attachment(uuid, uuid, text, uuid), private.tg_persons__drop_uploads() from public, anon, authenticated;
revoke all on function public.upload_attachment(uuid, uuid, text, text, text, text, int), public.discard_attachment(uuid, uuid, uuid),
  public.read_attachment(uuid, uuid) from public, anon, authenticated;
grant execute on function public.upload_attachment(uuid, uuid, text, text, text, text, int), public.discard_attachment(uuid, uuid, uuid),
  public.read_attachment(uuid, uuid) to authenticated;
