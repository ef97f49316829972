-- Base: schemas, default privileges, the error contract, the clock, text guards, masks, the audit chain.
-- Everything in `private` is out of reach of the API; `public` is read by RLS and written by commands only.

create schema if not exists private;
create schema if not exists extensions;
create extension if not exists pgcrypto with schema extensions;

revoke all on schema private from public;
grant usage on schema private to anon, authenticated;
revoke create on schema public from public;
grant usage on schema public to anon, authenticated;

alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke execute on functions from anon, authenticated;

-- ---------------------------------------------------------------- errors

create function private.fail(p_status int, p_slug text, p_params jsonb default '{}'::jsonb)
returns void language plpgsql volatile set search_path = '' as $$
begin
  raise exception using
    errcode = 'PT' || p_status,
    message = p_slug,
    detail = coalesce(p_params, '{}'::jsonb)::text,
    hint = p_slug;
end $$;
comment on function private.fail(int, text, jsonb) is
  'Raises the stable error of the API: errcode PT<status>, message = slug, detail = parameters as JSON (design.md, Errors).';

-- ---------------------------------------------------------------- clock

create table private.demo_clock (
  singleton boolean primary key default true check (singleton),
  ahead_by interval not null
);
alter table private.demo_clock enable row level security;
comment on table private.demo_clock is
  'A demo installation lives in its own time: how far its clock is ahead of the real one. Empty in production.';

create function private.now()
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
begin
  -- plpgsql keeps its plan for the session; every command asks the clock many times.
  if session_user <> 'authenticator' and nullif(current_setting('sanlian.now', true), '') is not null then
    return current_setting('sanlian.now', true)::timestamptz;
  end if;
  return now() + coalesce((select ahead_by from private.demo_clock), interval '0');
end $$;
comment on function private.now() is
  'The product''s clock. Seeds and tests set the GUC sanlian.now; a demo installation has its own time; else now().';

create function private.day_of(p_at timestamptz)
returns date language plpgsql immutable parallel safe set search_path = '' as $$
begin
  return (p_at at time zone 'Asia/Shanghai')::date;
end $$;
comment on function private.day_of(timestamptz) is 'The community''s calendar day (Asia/Shanghai) of a moment; never cut days in UTC (norms.md, Time).';

create function private.today()
returns date language plpgsql stable set search_path = '' as $$
begin
  return private.day_of(private.now());
end $$;

-- ---------------------------------------------------------------- ids

create function private.new_id()
returns uuid language plpgsql volatile set search_path = '' as $$
declare
  v_seed text := nullif(current_setting('sanlian.seed', true), '');
  v_nth int;
  v_hex text;
begin
  if v_seed is null or session_user = 'authenticator' then return gen_random_uuid(); end if;
  v_nth := coalesce(nullif(current_setting('sanlian.seed_nth', true), '')::int, 0) + 1;
  perform set_config('sanlian.seed_nth', v_nth::text, true);
  v_hex := encode(sha256(convert_to(v_seed || '#' || v_nth, 'UTF8')), 'hex');
  return (substr(v_hex, 1, 12) || '8' || substr(v_hex, 14, 3) || '8' || substr(v_hex, 18, 15))::uuid;
end $$;
comment on function private.new_id() is
  'An id the server makes. Random; only under the GUC sanlian.seed (demo data, ignored for the API''s login role) it is the nth hash of that seed, so that the same events make the same rows.';

-- ---------------------------------------------------------------- text guards and masks

create function private.clean_text(p_value text, p_field text, p_max int, p_required boolean default true)
returns text language plpgsql immutable set search_path = '' as $$
declare
  v_text text := nullif(btrim(normalize(coalesce(p_value, ''), nfc), E' \t\r\n\u3000\u00A0\u200B\u2060\uFEFF'), '');
begin
  if v_text is null then
    if p_required then
      perform private.fail(400, 'field_required', jsonb_build_object('field', p_field));
    end if;
    return null;
  end if;
  if char_length(v_text) > p_max then
    perform private.fail(400, 'field_too_long', jsonb_build_object('field', p_field, 'max', p_max));
  end if;
  -- Controls, and the marks that turn the direction of writing: they make a text read as what it is not.
  if v_text ~ '[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]' then
    perform private.fail(400, 'field_has_control_characters', jsonb_build_object('field', p_field));
  end if;
  return v_text;
end $$;
comment on function private.clean_text(text, text, int, boolean) is
  'Trims and normalises (NFC); length in code points. Errors: field_required, field_too_long {field,max}, field_has_control_characters.';

create function private.clean_name(p_value text)
returns text language plpgsql immutable set search_path = '' as $$
declare
  v_name text := private.clean_text(p_value, 'name', 50);
begin
  v_name := regexp_replace(translate(v_name, E'\u2022\u30FB\uFF0E', E'\u00B7\u00B7\u00B7'), '\s+', ' ', 'g');
  if normalize(v_name, nfkc) ~ '[0-9<>@#$%^&*=+{}\[\]|\\/~`"!?;:_]'
     or v_name ~ '[\U0001F000-\U0001FAFF\u2300-\u23FF\u2600-\u27BF\u2B00-\u2BFF\uFE0F\u200B-\u200F\u2060-\u2064\uFEFF]' then
    perform private.fail(400, 'name_invalid', jsonb_build_object('name', left(v_name, 20)));
  end if;
  return v_name;
end $$;
comment on function private.clean_name(text) is
  'A person''s name: 1–50 code points, may hold 「·」 and rare characters (𠮷, 䶮), no digits, marks or emoji (norms.md). Error: name_invalid.';

create function private.clean_phone(p_value text, p_required boolean default true)
returns text language plpgsql immutable set search_path = '' as $$
declare
  v_phone text := regexp_replace(normalize(coalesce(p_value, ''), nfkc), '[\s\-()+]', '', 'g');
begin
  if v_phone = '' then
    if p_required then perform private.fail(400, 'field_required', jsonb_build_object('field', 'phone')); end if;
    return null;
  end if;
  if v_phone ~ '^86(1[3-9][0-9]{9})$' then v_phone := substr(v_phone, 3); end if;
  if v_phone !~ '^1[3-9][0-9]{9}$' then
    perform private.fail(400, 'phone_invalid');
  end if;
  return v_phone;
end $$;
comment on function private.clean_phone(text, boolean) is 'A mainland mobile number as 11 digits; accepts full-width digits, spaces, +86. Error: phone_invalid.';

create function private.mask_name(p_name text)
returns text language plpgsql immutable parallel safe set search_path = '' as $$
begin
  return case
    when p_name is null then null
    when char_length(p_name) <= 1 then '*'
    when char_length(p_name) = 2 then left(p_name, 1) || '*'
    else left(p_name, 1) || '*' || right(p_name, 1)
  end;
end $$;
comment on function private.mask_name(text) is '王*明 (norms.md, Personal data).';

create function private.mask_phone(p_phone text)
returns text language sql immutable parallel safe set search_path = '' as $$
  select left(p_phone, 3) || '****' || right(p_phone, 4)
$$;
comment on function private.mask_phone(text) is '138****5678 (norms.md, Personal data).';

create function private.name_key(p_name text)
returns text language sql immutable parallel safe set search_path = '' as $$
  select lower(regexp_replace(normalize(p_name, nfkc), '[\s·]', '', 'g'))
$$;

create function private.age_on(p_birth_year int, p_birth_month int, p_day date)
returns int language plpgsql immutable parallel safe set search_path = '' as $$
begin
  return extract(year from p_day)::int - p_birth_year
    - case when coalesce(p_birth_month, 12) >= extract(month from p_day)::int then 1 else 0 end;
end $$;
comment on function private.age_on(int, int, date) is
  'Whole years surely completed: only year and month are kept, so a birthday counts from the month after it.';

-- ---------------------------------------------------------------- append-only

create function private.tg_append_only()
returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = 'PT409', message = 'append_only', hint = 'append_only',
    detail = jsonb_build_object('table', tg_table_name)::text;
end $$;
comment on function private.tg_append_only() is 'Nothing that was earned is deleted: a correction is a reversal entry (domain.md, principle 6).';

-- ---------------------------------------------------------------- audit chain

create table public.audit_logs (
  community_id uuid not null,
  id uuid not null,
  seq bigint not null,
  at timestamptz not null,
  actor_user_id uuid,
  actor_person_id uuid,
  for_person_id uuid,
  command text not null,
  subject text,
  subject_id uuid,
  detail jsonb not null default '{}',
  payload_hash text not null,
  result jsonb,
  prev_hash text not null,
  hash text not null,
  primary key (community_id, id),
  constraint audit_seq_is_unique_per_community unique (community_id, seq)
);
alter table public.audit_logs enable row level security;
create trigger tg_audit_logs__append_only before update or delete on public.audit_logs
  for each row execute function private.tg_append_only();
create index audit_logs_by_subject on public.audit_logs (community_id, subject_id);
comment on table public.audit_logs is
  'One row per command, hash-chained per community (invariant 12). The id is the client-made command id, so a command sent twice finds its own row. The zero community holds platform commands.';
comment on column public.audit_logs.detail is 'personal data: none by rule; ids and codes only';
comment on column public.audit_logs.result is 'personal data: none by rule; what the command answered, returned again on a replay';

create table private.audit_heads (
  community_id uuid primary key,
  seq bigint not null,
  hash text not null
);
alter table private.audit_heads enable row level security;
comment on table private.audit_heads is 'The last link of each community''s audit chain.';

create function private.audit_hash(
  p_prev text, p_community_id uuid, p_id uuid, p_seq bigint, p_at timestamptz, p_user uuid, p_person uuid,
  p_for uuid, p_command text, p_subject text, p_subject_id uuid, p_detail jsonb, p_payload_hash text, p_result jsonb)
returns text language plpgsql immutable set search_path = '' as $$
begin
  return encode(sha256(convert_to(jsonb_build_array(
    p_prev, p_community_id, p_id, p_seq, extract(epoch from p_at), p_user, p_person, p_for, p_command,
    p_subject, p_subject_id, p_detail, p_payload_hash, p_result)::text, 'UTF8')), 'hex');
end $$;

create function private.write_audit(
  p_community_id uuid, p_id uuid, p_user uuid, p_person uuid, p_for uuid, p_command text,
  p_subject text, p_subject_id uuid, p_detail jsonb, p_payload_hash text, p_result jsonb)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_seq bigint;
  v_prev text;
  v_at timestamptz := private.now();
  v_hash text;
begin
  -- The head row is the last lock any command takes: links are written in commit order and never deadlock.
  insert into private.audit_heads (community_id, seq, hash) values (p_community_id, 0, 'genesis')
    on conflict (community_id) do nothing;
  select seq + 1, hash into v_seq, v_prev from private.audit_heads where community_id = p_community_id for update;
  v_hash := private.audit_hash(v_prev, p_community_id, p_id, v_seq, v_at, p_user, p_person, p_for, p_command,
    p_subject, p_subject_id, coalesce(p_detail, '{}'), p_payload_hash, p_result);
  insert into public.audit_logs (community_id, id, seq, at, actor_user_id, actor_person_id, for_person_id, command,
      subject, subject_id, detail, payload_hash, result, prev_hash, hash)
    values (p_community_id, p_id, v_seq, v_at, p_user, p_person, p_for, p_command,
      p_subject, p_subject_id, coalesce(p_detail, '{}'), p_payload_hash, p_result, v_prev, v_hash);
  update private.audit_heads set seq = v_seq, hash = v_hash where community_id = p_community_id;
end $$;

create table private.audit_key (
  singleton boolean primary key default true check (singleton),
  secret bytea not null
);
alter table private.audit_key enable row level security;
insert into private.audit_key (secret) values (extensions.gen_random_bytes(32));
comment on table private.audit_key is
  'The secret of this database under which the payloads of commands are hashed: whoever reads the audit log cannot try phones or names against it.';

create function private.payload_hash(p_command text, p_payload jsonb)
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  return encode(extensions.hmac(convert_to(p_command || coalesce(p_payload, '{}')::text, 'UTF8'), (select k.secret from private.audit_key k), 'sha256'), 'hex');
end $$;
comment on function private.payload_hash(text, jsonb) is 'HMAC-SHA256 of what a command was given: a replay is known by it, and nobody can guess back.';

create trigger tg_audit_logs__never_emptied before truncate on public.audit_logs
  for each statement execute function private.tg_append_only();

create function private.first_broken_audit_link(p_community_id uuid)
returns bigint language sql stable security definer set search_path = '' as $$
  select min(l.seq) from (
    -- The head knows how long the chain is: links cut off at its end are missed by nobody else.
    select h.seq from private.audit_heads h where h.community_id = p_community_id and not exists (
      select 1 from public.audit_logs a where a.community_id = p_community_id and a.seq = h.seq and a.hash = h.hash)
    union all
    select l.seq from (
    select a.*, lag(a.hash, 1, 'genesis') over (order by a.seq) as expected_prev,
      row_number() over (order by a.seq) as expected_seq
    from public.audit_logs a where a.community_id = p_community_id
  ) l
  where l.prev_hash <> l.expected_prev or l.seq <> l.expected_seq
    or l.hash <> private.audit_hash(l.prev_hash, l.community_id, l.id, l.seq, l.at, l.actor_user_id, l.actor_person_id,
      l.for_person_id, l.command, l.subject, l.subject_id, l.detail, l.payload_hash, l.result)) l
$$;
comment on function private.first_broken_audit_link(uuid) is 'The sequence number of the first link that does not verify, or null when the chain is whole.';

create table private.counters (
  community_id uuid not null,
  kind text not null,
  value bigint not null,
  primary key (community_id, kind)
);
alter table private.counters enable row level security;
comment on table private.counters is 'Gap-free numbers handed to people, such as volunteer numbers.';

create function private.next_number(p_community_id uuid, p_kind text)
returns bigint language sql volatile security definer set search_path = '' as $$
  insert into private.counters as c (community_id, kind, value) values (p_community_id, p_kind, 1)
    on conflict (community_id, kind) do update set value = c.value + 1
    returning value
$$;
