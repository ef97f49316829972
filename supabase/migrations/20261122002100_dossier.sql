-- Dossier 志愿者服务档案 (X17): hours brought over from before, star grades, corrections on request, certificates 志愿服务记录证明
-- (民政部令第67号) with a public check, and the export for the national system.

-- ---------------------------------------------------------------- hours from before

create table public.earlier_hours (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  year int not null,
  minutes int not null,
  times int not null default 0,
  source text not null,
  noted_at timestamptz not null,
  noted_by uuid not null,
  reverses_id uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, noted_by) references public.persons (community_id, id),
  foreign key (community_id, reverses_id) references public.earlier_hours (community_id, id),
  constraint nobody_notes_own_hours check (noted_by <> person_id),
  constraint earlier_minutes_fit_a_year check (abs(minutes) between 1 and 175680 and (minutes > 0) = (reverses_id is null)),
  constraint earlier_year_is_plausible check (year between 1963 and 2100)
);
create index earlier_hours_by_person on public.earlier_hours (community_id, person_id, year);
create index earlier_hours_by_noter on public.earlier_hours (community_id, noted_by);
create unique index earlier_hours_are_reversed_once on public.earlier_hours (community_id, reverses_id);
create trigger tg_earlier_hours__append_only before update or delete on public.earlier_hours for each row execute function private.tg_append_only();
comment on table public.earlier_hours is
  'Hours a person served before this community kept them here, as sums of a year with their source: they count for the star grade, bring no points, and stand on no certificate. Append-only.';
comment on column public.earlier_hours.source is 'personal data: none by rule; where the sum comes from, such as the name of another system or a paper register';

-- ---------------------------------------------------------------- star grades

create table public.star_grades (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  star int not null check (star between 1 and 5),
  needed_hours int not null,
  reached_at timestamptz not null,
  lost_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id)
);
create index star_grades_by_person on public.star_grades (community_id, person_id);
create unique index a_star_is_held_once on public.star_grades (community_id, person_id, star) where lost_at is null;
comment on table public.star_grades is 'Stars by lifetime hours (thresholds star_hours of the method profile): when reached, and when lost because a record was taken back.';

create function private.star_hours(p_community_id uuid)
returns int[] language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce(
    (select array_agg(h::int order by n) from public.communities c
      join public.method_profiles m on m.code = c.method_code and m.version = c.method_version
      cross join jsonb_array_elements_text(m.data -> 'thresholds' -> 'star_hours') with ordinality as s (h, n) where c.id = p_community_id),
    array[100, 300, 600, 1000, 1500]);
end $$;
comment on function private.star_hours(uuid) is 'Hours for one to five stars, from the method profile (norms.md: 100 / 300 / 600 / 1000 / 1500).';

create function private.lifetime_minutes(p_community_id uuid, p_person_id uuid)
returns int language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((select sum(r.minutes) from public.service_records r where r.community_id = p_community_id and r.person_id = p_person_id), 0)::int
    + coalesce((select sum(e.minutes) from public.earlier_hours e where e.community_id = p_community_id and e.person_id = p_person_id), 0)::int;
end $$;

create function private.tg_service__settle_stars()
returns trigger language plpgsql security definer set search_path = '' as $$
declare
  v_hours int := private.lifetime_minutes(new.community_id, new.person_id) / 60;
  v_needed int;
  v_star bigint;
begin
  if new.minutes < 0 then
    update public.star_grades set lost_at = private.now()
      where community_id = new.community_id and person_id = new.person_id and lost_at is null and needed_hours > v_hours;
    return null;
  end if;
  if v_hours < (private.star_hours(new.community_id))[1] then return null; end if;
  for v_needed, v_star in select h, n from unnest(private.star_hours(new.community_id)) with ordinality as s (h, n) where h <= v_hours order by n loop
    insert into public.star_grades (community_id, id, person_id, star, needed_hours, reached_at)
      values (new.community_id, private.new_id(), new.person_id, v_star, v_needed, private.now()) on conflict do nothing;
    if found then
      perform private.notify(new.community_id, new.person_id, 'star_reached', jsonb_build_object('star', v_star, 'needed_hours', v_needed), '/me/dossier');
    end if;
  end loop;
  return null;
end $$;
comment on function private.tg_service__settle_stars() is 'Stars follow the hours in the same transaction: reached with a new record, lost with a reversal.';
create trigger tg_service_records__settle_stars after insert on public.service_records for each row execute function private.tg_service__settle_stars();
create trigger tg_earlier_hours__settle_stars after insert on public.earlier_hours for each row execute function private.tg_service__settle_stars();

-- ---------------------------------------------------------------- certificates

create table public.certificates (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  number text not null,
  code text not null,
  kind text not null default 'service' check (kind in ('service', 'award')),
  award jsonb,
  person_id uuid not null,
  holder_name text not null,
  volunteer_no text,
  unit_name text not null,
  period_from date not null,
  period_to date not null,
  minutes int not null,
  times int not null,
  content jsonb not null,
  issued_at timestamptz not null,
  issued_by uuid not null,
  status text not null default 'valid' check (status in ('valid', 'revoked', 'superseded')),
  ended_at timestamptz,
  ended_why text check (ended_why in ('record_reversed', 'withdrawn', 'replaced', 'erased', 'award_revoked')),
  replaces_id uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, issued_by) references public.persons (community_id, id),
  foreign key (community_id, replaces_id) references public.certificates (community_id, id),
  constraint certificate_number_is_unique unique (community_id, number),
  constraint check_code_is_unique unique (code),
  constraint check_code_has_100_bits check (code ~ '^[0-9A-HJKMNP-TV-Z]{20}$'),
  constraint a_certificate_certifies_something check (period_from <= period_to and case kind when 'service' then minutes > 0 and times > 0 and award is null else coalesce(award ?& array['award', 'period', 'holder'], false) end),
  constraint an_ended_certificate_says_when_and_why check ((status = 'valid') = (ended_at is null) and (ended_at is null) = (ended_why is null))
);
create index certificates_by_person on public.certificates (community_id, person_id);
create index certificates_by_issuer on public.certificates (community_id, issued_by);
create index certificates_by_replaced on public.certificates (community_id, replaces_id);
comment on table public.certificates is
  '志愿服务记录证明 (民政部令第67号): a snapshot of time, content and recording unit, free, checkable by its code, not for commercial use, revoked when a record in it is taken back. Or (kind award) the certificate of an award, {award, period, holder}.';
comment on column public.certificates.holder_name is 'personal data: name, as printed for the holder; the public check shows it masked';
comment on column public.certificates.content is 'personal data: what the holder did, by day';
comment on column public.certificates.unit_name is 'public: the recording unit';
comment on column public.certificates.code is 'The check code (20 letters and digits without I, L, O, U: 100 bits): whoever holds the paper may check it.';

create table public.certificate_records (
  community_id uuid not null,
  certificate_id uuid not null,
  record_id uuid not null,
  primary key (community_id, certificate_id, record_id),
  foreign key (community_id, certificate_id) references public.certificates (community_id, id),
  foreign key (community_id, record_id) references public.service_records (community_id, id)
);
create index certificate_records_by_record on public.certificate_records (community_id, record_id);
create trigger tg_certificate_records__append_only before update or delete on public.certificate_records for each row execute function private.tg_append_only();
comment on table public.certificate_records is 'Which records a certificate stands on.';

create function private.tg_certificates__kept()
returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'DELETE' or (to_jsonb(new) - array['status', 'ended_at', 'ended_why']) <> (to_jsonb(old) - array['status', 'ended_at', 'ended_why'])
      and new.ended_why is distinct from 'erased' then
    raise exception using errcode = 'PT409', message = 'append_only', hint = 'append_only', detail = '{"table":"certificates"}';
  end if;
  return new;
end $$;
comment on function private.tg_certificates__kept() is 'What was certified never changes; a certificate only ends. Erasing takes the name and what was done.';
create trigger tg_certificates__kept before update or delete on public.certificates for each row execute function private.tg_certificates__kept();

create function private.check_code()
returns text language sql volatile security definer set search_path = '' as $$
  select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', get_byte(h.bytes, n) % 32 + 1, 1), '' order by n)
  from (select sha256(convert_to(private.new_id()::text, 'UTF8')) as bytes) h, generate_series(0, 19) n
$$;
comment on function private.check_code() is 'A code that cannot be guessed: 20 of 32 letters and digits, 100 bits out of a random id of 122.';

create function private.can_certify(p_community_id uuid, p_actor uuid, p_person_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select p_actor = p_person_id or private.helps(p_community_id, p_actor, p_person_id) or private.is_office(p_community_id, p_actor)
$$;
comment on function private.can_certify(uuid, uuid, uuid) is 'The person oneself, a linked helper, the office: who asks for and reads a person''s dossier and certificates.';

create function private.log_look(p_community_id uuid, p_viewer uuid, p_person_id uuid, p_what text, p_reason text)
returns void language sql volatile security definer set search_path = '' as $$
  insert into public.access_logs (community_id, id, at, viewer_person_id, person_id, what, reason)
  select p_community_id, private.new_id(), private.now(), p_viewer, p_person_id, p_what, p_reason
  where p_viewer <> p_person_id and not private.helps(p_community_id, p_viewer, p_person_id)
    and not exists (select 1 from public.access_logs l where l.community_id = p_community_id and l.person_id = p_person_id
      and l.viewer_person_id = p_viewer and l.what = p_what and l.at > private.now() - interval '10 minutes')
$$;
comment on function private.log_look(uuid, uuid, uuid, text, text) is 'A look of the office into a person''s dossier is written down (once in ten minutes); the person sees it.';

create function public.issue_certificate(p_community_id uuid, p_id uuid, p_from date, p_to date, p_record_ids uuid[] default null,
  p_for_person_id uuid default null, p_replaces_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'issue_certificate', jsonb_build_object('from', p_from, 'to', p_to,
    'records', p_record_ids, 'for', p_for_person_id, 'replaces', p_replaces_id));
  v_person uuid := coalesce(p_for_person_id, v_ctx.person_id);
  v_ids uuid[];
  v_number text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_few(p_record_ids);
  if not private.can_certify(p_community_id, v_ctx.person_id, v_person) then perform private.fail(403, 'not_allowed'); end if;
  if p_from is null or p_to is null then perform private.fail(400, 'field_required', '{"field":"period"}'); end if;
  if p_from > p_to or p_from < date '2000-01-01' or p_to > private.today() then perform private.fail(400, 'field_invalid', '{"field":"period"}'); end if;
  -- A reversal waits for the same row: a certificate never stands on a record that was just taken back.
  perform 1 from public.persons p where p.community_id = p_community_id and p.id = v_person and p.status <> 'erased' for no key update;
  if not found then perform private.fail(404, 'person_unknown'); end if;
  select array_agg(r.id) into v_ids from public.service_records r
    where r.community_id = p_community_id and r.person_id = v_person and r.service_date between p_from and p_to and r.reverses_id is null
      and (p_record_ids is null or r.id = any(p_record_ids))
      and not exists (select 1 from public.service_records x where x.community_id = r.community_id and x.reverses_id = r.id);
  if p_record_ids is not null and coalesce(cardinality(v_ids), 0) <> (select count(distinct i) from unnest(p_record_ids) i) then
    perform private.fail(404, 'record_unknown');
  end if;
  if v_ids is null then perform private.fail(422, 'no_records_in_period'); end if;
  if cardinality(v_ids) > 500 then perform private.fail(422, 'too_many_records', jsonb_build_object('max', 500)); end if;
  if (select count(*) from public.certificates c where c.community_id = p_community_id and c.person_id = v_person
      and c.kind = 'service' and private.day_of(c.issued_at) = private.today()) >= 10 then
    perform private.fail(422, 'too_many_certificates', jsonb_build_object('max', 10));
  end if;
  if exists (select 1 from public.certificates c where c.community_id = p_community_id and c.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  if p_replaces_id is not null then
    update public.certificates set status = case when status = 'valid' then 'superseded' else status end, ended_at = coalesce(ended_at, private.now()),
        ended_why = coalesce(ended_why, 'replaced')
      where community_id = p_community_id and id = p_replaces_id and person_id = v_person and kind = 'service';
    if not found then perform private.fail(404, 'certificate_unknown'); end if;
  end if;
  v_number := extract(year from private.today()) || '-' || lpad(private.next_number(p_community_id, 'certificate/' || extract(year from private.today()))::text, 6, '0');
  insert into public.certificates (community_id, id, number, code, person_id, holder_name, volunteer_no, unit_name, period_from, period_to, minutes, times,
      content, issued_at, issued_by, replaces_id)
    select p_community_id, p_id, v_number, private.check_code(), v_person, pp.real_name,
      (select v.volunteer_no from public.volunteers v where v.community_id = p_community_id and v.id = v_person), c.name, p_from, p_to, x.minutes, x.times, x.content,
      private.now(), v_ctx.person_id, p_replaces_id
    from public.communities c
    join public.person_private pp on pp.community_id = c.id and pp.person_id = v_person
    cross join (
      select sum(r.minutes) as minutes, count(*) as times, jsonb_agg(jsonb_build_object('date', r.service_date, 'starts_at', r.starts_at, 'ends_at', r.ends_at,
          'minutes', r.minutes, 'title', a.title, 'category', a.category, 'place', pl.name, 'corps', k.name) order by r.starts_at, r.id) as content
      from public.service_records r
      join public.activities a on a.community_id = r.community_id and a.id = r.activity_id
      join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
      left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
      where r.community_id = p_community_id and r.id = any(v_ids)) x
    where c.id = p_community_id;
  insert into public.certificate_records (community_id, certificate_id, record_id) select p_community_id, p_id, i from unnest(v_ids) i;
  return private.end_command(v_ctx, 'certificates', p_id, jsonb_build_object('certificate_id', p_id, 'number', v_number), '{}', v_person);
end $$;
comment on function public.issue_certificate(uuid, uuid, date, date, uuid[], uuid, uuid) is
  'A certificate (p_id) of the service in a period, or of chosen records in it: for oneself, as a helper, or by the office. Free, at most ten a day. p_replaces_id = the one it takes the place of. {certificate_id, number}. Errors: too_many_rows {max}, not_allowed, field_required, field_invalid {field}, person_unknown, record_unknown, no_records_in_period, too_many_records {max}, too_many_certificates {max}, certificate_unknown.';

create function public.revoke_certificate(p_community_id uuid, p_id uuid, p_certificate_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'revoke_certificate', jsonb_build_object('certificate', p_certificate_id));
  v_certificate public.certificates;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_certificate from public.certificates c where c.community_id = p_community_id and c.id = p_certificate_id for update;
  if not found or not private.can_certify(p_community_id, v_ctx.person_id, v_certificate.person_id) then perform private.fail(404, 'certificate_unknown'); end if;
  -- The certificate of an award ends with the award.
  if v_certificate.kind <> 'service' then perform private.fail(404, 'certificate_unknown'); end if;
  if v_certificate.status <> 'valid' then perform private.fail(409, 'certificate_not_valid', jsonb_build_object('status', v_certificate.status)); end if;
  update public.certificates set status = 'revoked', ended_at = private.now(), ended_why = 'withdrawn' where community_id = p_community_id and id = p_certificate_id;
  return private.end_command(v_ctx, 'certificates', p_certificate_id, jsonb_build_object('certificate_id', p_certificate_id, 'status', 'revoked'), '{}', v_certificate.person_id);
end $$;
comment on function public.revoke_certificate(uuid, uuid, uuid) is
  'Withdraws a certificate, so that the public check says so: its holder, a helper, the office. Errors: certificate_unknown, certificate_not_valid {status}.';

create function private.tg_service_records__revoke_certificates()
returns trigger language plpgsql security definer set search_path = '' as $$
declare
  v_certificate record;
begin
  for v_certificate in
    update public.certificates c set status = 'revoked', ended_at = private.now(), ended_why = 'record_reversed'
      from public.certificate_records r
      where r.community_id = new.community_id and r.record_id = new.reverses_id
        and c.community_id = r.community_id and c.id = r.certificate_id and c.status = 'valid'
      returning c.person_id, c.number
  loop
    perform private.notify(new.community_id, v_certificate.person_id, 'certificate_revoked', jsonb_build_object('number', v_certificate.number), '/me/certificates');
  end loop;
  return null;
end $$;
comment on function private.tg_service_records__revoke_certificates() is 'A certificate stands on its records: when one is taken back, it ends in the same transaction.';
create trigger tg_service_records__revoke_certificates after insert on public.service_records
  for each row when (new.reverses_id is not null) execute function private.tg_service_records__revoke_certificates();

create function public.read_certificate(p_community_id uuid, p_certificate_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_certificate public.certificates;
begin
  select * into v_certificate from public.certificates c where c.community_id = p_community_id and c.id = p_certificate_id;
  if not found or not private.can_certify(p_community_id, v_me, v_certificate.person_id) then perform private.fail(404, 'certificate_unknown'); end if;
  perform private.log_look(p_community_id, v_me, v_certificate.person_id, 'certificate', v_certificate.number);
  return (to_jsonb(v_certificate) - array['community_id', 'person_id', 'issued_by'])
    || jsonb_build_object('is_own', v_certificate.person_id = v_me);
end $$;
comment on function public.read_certificate(uuid, uuid) is
  'A certificate as it is printed, with the full name: for its holder and a helper; the office prints it for those without a phone, and the look is logged. Errors: not_signed_in, not_a_member, certificate_unknown.';

create function public.verify_certificate(p_code text)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  -- As people type it: small letters, spaces and dashes, O for 0, I and L for 1.
  v_code text := translate(regexp_replace(upper(normalize(left(coalesce(p_code, ''), 80), nfkc)), '[^0-9A-Z]', '', 'g'), 'OIL', '011');
  v_certificate public.certificates;
begin
  select * into v_certificate from public.certificates c where c.code = v_code;
  if not found then perform private.fail(404, 'certificate_unknown'); end if;
  return jsonb_build_object('kind', v_certificate.kind, 'number', v_certificate.number, 'unit_name', v_certificate.unit_name, 'issued_on', private.day_of(v_certificate.issued_at),
      'status', v_certificate.status, 'ended_on', private.day_of(v_certificate.ended_at), 'ended_why', v_certificate.ended_why)
    || case when v_certificate.status = 'valid' then jsonb_build_object('award', v_certificate.award,
      -- A unit is no person: its name is what the certificate is about.
      'holder_masked', case when v_certificate.award ->> 'holder' = 'unit' then v_certificate.holder_name else private.mask_name(v_certificate.holder_name) end,
      'period_from', v_certificate.period_from, 'period_to', v_certificate.period_to, 'minutes', v_certificate.minutes, 'times', v_certificate.times,
      'content', (select jsonb_agg(jsonb_build_object('category', x.category, 'times', x.times, 'minutes', x.minutes) order by x.minutes desc, x.category) from (
        select e ->> 'category' as category, count(*) as times, sum((e ->> 'minutes')::int) as minutes from jsonb_array_elements(v_certificate.content) e group by 1) x))
      else '{}' end;
end $$;
comment on function public.verify_certificate(text) is
  'The public check of a certificate by its code (100 bits, so no list can be walked): masked name, period, hours, what kind of service, recording unit, day of issue, valid or not; of one that ended, only that. For everybody. Error: certificate_unknown.';

-- ---------------------------------------------------------------- corrections on request

create table public.correction_requests (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  record_id uuid,
  service_date date not null,
  kind text not null check (kind in ('wrong_time', 'not_mine', 'missing', 'other')),
  note text,
  status text not null default 'open' check (status in ('open', 'corrected', 'declined')),
  asked_at timestamptz not null,
  asked_by uuid not null,
  due_on date not null,
  answered_at timestamptz,
  answered_by uuid,
  answer text,
  reversal_id uuid,
  new_record_id uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, record_id) references public.service_records (community_id, id),
  foreign key (community_id, asked_by) references public.persons (community_id, id),
  foreign key (community_id, answered_by) references public.persons (community_id, id),
  foreign key (community_id, reversal_id) references public.service_records (community_id, id),
  foreign key (community_id, new_record_id) references public.service_records (community_id, id),
  constraint only_a_missing_record_is_not_named check ((kind = 'missing') = (record_id is null)),
  constraint a_correction_is_answered_by_somebody_else check (answered_by is null or (answered_by <> person_id and answered_by <> asked_by)),
  constraint corrected_means_that_something_was_corrected check (status <> 'corrected' or reversal_id is not null or new_record_id is not null)
);
create index correction_requests_by_person on public.correction_requests (community_id, person_id);
create unique index a_record_has_one_open_correction on public.correction_requests (community_id, record_id) where status = 'open' and record_id is not null;
create index correction_requests_by_record on public.correction_requests (community_id, record_id);
create index correction_requests_by_asker on public.correction_requests (community_id, asked_by);
create index correction_requests_by_answerer on public.correction_requests (community_id, answered_by);
create index correction_requests_by_reversal on public.correction_requests (community_id, reversal_id);
create index correction_requests_by_new_record on public.correction_requests (community_id, new_record_id);
create index correction_requests_open on public.correction_requests (community_id, due_on) where status = 'open';
comment on table public.correction_requests is
  'A person asks to correct a record (民政部令第67号): answered within 15 workdays by the corps leader or the office; corrected only by a reversal or a new record, never by editing.';
comment on column public.correction_requests.note is 'personal data: free text';
comment on column public.correction_requests.answer is 'personal data: free text';

create function private.tg_persons__erase_dossier()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.correction_requests set note = null, answer = null where community_id = new.community_id and person_id = new.id;
  update public.certificates set holder_name = '*', volunteer_no = null, content = '[]', status = case when status = 'valid' then 'revoked' else status end,
      ended_at = coalesce(ended_at, private.now()), ended_why = 'erased'
    where community_id = new.community_id and person_id = new.id;
  return null;
end $$;
comment on function private.tg_persons__erase_dossier() is 'With the name go what was asked and answered, and what certificates say; that there were some, stays.';
create trigger tg_persons__erase_dossier after update of status on public.persons
  for each row when (new.status = 'erased' and old.status <> 'erased') execute function private.tg_persons__erase_dossier();

create function public.request_correction(p_community_id uuid, p_id uuid, p_kind text, p_note text, p_record_id uuid default null, p_service_date date default null,
  p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'request_correction', jsonb_build_object('kind', p_kind, 'note', p_note,
    'record', p_record_id, 'date', p_service_date, 'for', p_for_person_id));
  v_person uuid := coalesce(p_for_person_id, v_ctx.person_id);
  v_record public.service_records;
  v_leader uuid;
  v_title text;
  v_corps uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if v_person <> v_ctx.person_id and not private.helps(p_community_id, v_ctx.person_id, v_person) then perform private.fail(403, 'not_allowed'); end if;
  if p_kind is null or p_kind not in ('wrong_time', 'not_mine', 'missing', 'other') then perform private.fail(400, 'field_invalid', '{"field":"kind"}'); end if;
  if p_kind = 'missing' then
    if p_service_date is null or p_record_id is not null then perform private.fail(400, 'field_required', '{"field":"date"}'); end if;
    if p_service_date > private.today() or p_service_date < private.today() - 3660 then perform private.fail(400, 'field_invalid', '{"field":"date"}'); end if;
  else
    select * into v_record from public.service_records r where r.community_id = p_community_id and r.id = p_record_id and r.person_id = v_person;
    if not found then perform private.fail(404, 'record_unknown'); end if;
    if v_record.reverses_id is not null or exists (select 1 from public.service_records x where x.community_id = p_community_id and x.reverses_id = p_record_id) then
      perform private.fail(409, 'record_already_reversed');
    end if;
  end if;
  perform 1 from public.persons p where p.community_id = p_community_id and p.id = v_person for no key update;
  if exists (select 1 from public.correction_requests q where q.community_id = p_community_id and q.status = 'open'
      and (q.record_id = p_record_id or (p_kind = 'missing' and q.kind = 'missing' and q.person_id = v_person and q.service_date = p_service_date))) then
    perform private.fail(409, 'correction_already_asked');
  end if;
  if exists (select 1 from public.correction_requests q where q.community_id = p_community_id and q.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.correction_requests (community_id, id, person_id, record_id, service_date, kind, note, asked_at, asked_by, due_on)
    values (p_community_id, p_id, v_person, p_record_id, coalesce(v_record.service_date, p_service_date), p_kind, private.clean_text(p_note, 'note', 500),
      private.now(), v_ctx.person_id, private.add_workdays(private.today(), 15));
  if v_record.id is not null then
    select a.title, a.corps_id into v_title, v_corps from public.activities a where a.community_id = p_community_id and a.id = v_record.activity_id;
    for v_leader in select distinct g.person_id from public.role_grants g where g.community_id = p_community_id and g.role = 'corps_leader' and g.scope_id = v_corps
        and g.person_id not in (v_person, v_ctx.person_id) and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today()) loop
      perform private.notify(p_community_id, v_leader, 'correction_asked', jsonb_build_object('title', v_title), '/lead/corrections');
    end loop;
  end if;
  return private.end_command(v_ctx, 'correction_requests', p_id, jsonb_build_object('request_id', p_id, 'status', 'open'), '{}', v_person);
end $$;
comment on function public.request_correction(uuid, uuid, text, text, uuid, date, uuid) is
  'A person (or a linked helper) asks to correct a record, or says that one is missing on a day; due in 15 workdays. kind: wrong_time, not_mine, other (with p_record_id), missing (with p_service_date). Errors: not_allowed, field_invalid {field}, field_required, record_unknown, record_already_reversed, correction_already_asked.';

create function public.answer_correction(p_community_id uuid, p_id uuid, p_request_id uuid, p_corrected boolean, p_answer text, p_reverse boolean default false)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'answer_correction', jsonb_build_object('request', p_request_id,
    'corrected', p_corrected, 'answer', p_answer, 'reverse', p_reverse));
  v_request public.correction_requests;
  v_record public.service_records;
  v_answer text;
  v_corps uuid;
  v_reversal uuid;
  v_new uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_request from public.correction_requests q where q.community_id = p_community_id and q.id = p_request_id for update;
  if not found then perform private.fail(404, 'correction_unknown'); end if;
  select * into v_record from public.service_records r where r.community_id = p_community_id and r.id = v_request.record_id;
  select a.corps_id into v_corps from public.activities a where a.community_id = p_community_id and a.id = v_record.activity_id;
  if not private.is_office(p_community_id, v_ctx.person_id) and (v_corps is null or not private.leads_corps(p_community_id, v_ctx.person_id, v_corps)) then
    perform private.fail(404, 'correction_unknown');
  end if;
  if private.is_party_to(p_community_id, v_ctx.person_id, v_request.person_id) or v_ctx.person_id = v_request.asked_by then perform private.fail(403, 'own_request'); end if;
  if p_corrected is null then perform private.fail(400, 'field_required', '{"field":"corrected"}'); end if;
  v_answer := private.clean_text(p_answer, 'answer', 500);
  if v_request.status <> 'open' then perform private.fail(409, 'correction_answered', jsonb_build_object('status', v_request.status)); end if;
  -- Whoever confirmed a record may put it right, but not decide that it was right.
  if not p_corrected and v_record.confirmed_by = v_ctx.person_id then perform private.fail(403, 'confirmed_it_oneself'); end if;
  if p_corrected then
    if p_reverse and v_record.id is not null then
      perform private.reverse_record(v_ctx, private.new_id(), v_record.id, left(v_answer, 200));
    end if;
    select x.id into v_reversal from public.service_records x where x.community_id = p_community_id and x.reverses_id = v_record.id;
    select x.id into v_new from public.service_records x where x.community_id = p_community_id and x.person_id = v_request.person_id and x.reverses_id is null
      and x.service_date = v_request.service_date and x.confirmed_at >= v_request.asked_at
      and not exists (select 1 from public.service_records y where y.community_id = p_community_id and y.reverses_id = x.id)
      order by x.confirmed_at desc, x.id limit 1;
    if v_reversal is null and v_new is null then perform private.fail(422, 'correction_not_made'); end if;
  end if;
  update public.correction_requests set status = case when p_corrected then 'corrected' else 'declined' end, answered_at = private.now(), answered_by = v_ctx.person_id,
      answer = v_answer, reversal_id = v_reversal, new_record_id = v_new
    where community_id = p_community_id and id = p_request_id;
  perform private.notify(p_community_id, v_request.person_id, case when p_corrected then 'correction_made' else 'correction_declined' end,
    jsonb_build_object('answer', v_answer), '/me/dossier');
  return private.end_command(v_ctx, 'correction_requests', p_request_id, jsonb_build_object('request_id', p_request_id,
    'status', case when p_corrected then 'corrected' else 'declined' end, 'reversal_id', v_reversal, 'new_record_id', v_new), '{}', v_request.person_id);
end $$;
comment on function public.answer_correction(uuid, uuid, uuid, boolean, text, boolean) is
  'Answers a correction: the corps leader or the office, never the one who asked. Corrected needs a reversal of the record (made here with p_reverse) or a new record of that day; whoever confirmed a record cannot decline. Errors: correction_unknown, own_request, correction_answered {status}, confirmed_it_oneself, correction_not_made, field_required, those of reverse_service_record.';

create function public.correction_desk(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_corps uuid[] := array(select private.scopes_of(p_community_id, v_me, 'corps_leader'));
  v_office boolean := private.is_office(p_community_id, v_me);
begin
  if not v_office and cardinality(v_corps) = 0 then perform private.fail(403, 'not_allowed'); end if;
  return coalesce((select jsonb_agg(to_jsonb(x) order by x.status <> 'open', x.due_on, x.asked_at, x.id) from (
    select q.id, q.kind, q.note, q.status, q.asked_at, q.due_on, q.status = 'open' and q.due_on < private.today() as is_overdue, q.service_date,
      q.answered_at, q.answer, coalesce(pp.real_name, p.display_name) as name, v_me in (q.person_id, q.asked_by) as is_own,
      q.record_id, a.title, r.minutes, r.starts_at, r.ends_at, r.provenance, r.shift_id, k.color as corps_color, k.name as corps_name,
      r.confirmed_by = v_me as confirmed_by_me, private.staff_name(p_community_id, r.confirmed_by) as confirmed_by_name,
      exists (select 1 from public.service_records z where z.community_id = q.community_id and z.reverses_id = q.record_id) as is_reversed
    from public.correction_requests q
    join public.persons p on p.community_id = q.community_id and p.id = q.person_id and p.status <> 'erased'
    left join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
    left join public.service_records r on r.community_id = q.community_id and r.id = q.record_id
    left join public.activities a on a.community_id = r.community_id and a.id = r.activity_id
    left join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
    where q.community_id = p_community_id and (v_office or a.corps_id = any(v_corps))
      and (q.status = 'open' or q.answered_at > private.now() - interval '90 days')
    order by q.status <> 'open', q.due_on limit 300) x), '[]');
end $$;
comment on function public.correction_desk(uuid) is
  'Corrections that were asked for: the open ones by due day, then those answered in the last 90 days. The office; a corps leader for the own corps. Errors: not_signed_in, not_a_member, not_allowed.';

-- ---------------------------------------------------------------- the dossier

create function public.my_dossier(p_community_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_person uuid := coalesce(p_for_person_id, v_me);
begin
  if not private.can_certify(p_community_id, v_me, v_person) then perform private.fail(403, 'not_allowed'); end if;
  if not exists (select 1 from public.persons p where p.community_id = p_community_id and p.id = v_person and p.status <> 'erased') then
    perform private.fail(404, 'person_unknown');
  end if;
  perform private.log_look(p_community_id, v_me, v_person, 'dossier', 'dossier');
  return (
    with live as (
      select r.*, a.title, a.category, k.color as corps_color, k.name as corps_name, pl.name as place_name, r.reverses_id is null and not exists (
          select 1 from public.service_records x where x.community_id = r.community_id and x.reverses_id = r.id) as counts
      from public.service_records r
      join public.activities a on a.community_id = r.community_id and a.id = r.activity_id
      join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
      left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
      where r.community_id = p_community_id and r.person_id = v_person),
    earlier as (
      select e.* from public.earlier_hours e where e.community_id = p_community_id and e.person_id = v_person and e.reverses_id is null
        and not exists (select 1 from public.earlier_hours x where x.community_id = e.community_id and x.reverses_id = e.id)),
    years as (
      select u.year, sum(u.minutes)::int as minutes, sum(u.times)::int as times from (
        select extract(year from l.service_date)::int as year, l.minutes, 1 as times from live l where l.counts
        union all select e.year, e.minutes, e.times from earlier e) u group by 1)
    select jsonb_build_object(
      'server_time', private.now(),
      'name', (select coalesce(pp.real_name, p.display_name) from public.persons p
        left join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id where p.community_id = p_community_id and p.id = v_person),
      'volunteer_no', (select v.volunteer_no from public.volunteers v where v.community_id = p_community_id and v.id = v_person),
      'star_hours', to_jsonb(private.star_hours(p_community_id)),
      'minutes_total', private.lifetime_minutes(p_community_id, v_person),
      'minutes_here', coalesce((select sum(l.minutes) from live l where l.counts), 0),
      'times_here', (select count(*) from live l where l.counts),
      'stars', coalesce((select jsonb_agg(jsonb_build_object('star', s.star, 'hours', s.needed_hours, 'reached_at', s.reached_at) order by s.star)
        from public.star_grades s where s.community_id = p_community_id and s.person_id = v_person and s.lost_at is null), '[]'),
      'corps', coalesce((select jsonb_agg(jsonb_build_object('name', k.name, 'color', k.color, 'joined_on', m.joined_on) order by m.joined_on)
        from public.corps_members m join public.corps k on k.community_id = m.community_id and k.id = m.corps_id
        where m.community_id = p_community_id and m.person_id = v_person and m.left_on is null), '[]'),
      'years', coalesce((select jsonb_agg(to_jsonb(y) order by y.year desc) from years y), '[]'),
      'colors', coalesce((select jsonb_agg(to_jsonb(x) order by x.minutes desc) from (
        select l.corps_color as code, sum(l.minutes)::int as minutes, count(*)::int as times from live l where l.counts group by 1) x), '[]'),
      'categories', coalesce((select jsonb_agg(to_jsonb(x) order by x.minutes desc) from (
        select l.category as code, sum(l.minutes)::int as minutes, count(*)::int as times from live l where l.counts group by 1) x), '[]'),
      'provenances', coalesce((select jsonb_agg(to_jsonb(x) order by x.minutes desc) from (
        select u.code, sum(u.minutes)::int as minutes, sum(u.times)::int as times from (
          select l.provenance as code, l.minutes, 1 as times from live l where l.counts
          union all select 'imported', e.minutes, e.times from earlier e) u group by 1) x), '[]'),
      'earlier', coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'year', e.year, 'minutes', e.minutes, 'times', e.times, 'source', e.source) order by e.year desc, e.id)
        from earlier e), '[]'),
      'records', coalesce((select jsonb_agg(to_jsonb(x) order by x.starts_at desc, x.id) from (
        select l.id, l.service_date, l.starts_at, l.ends_at, l.minutes, l.provenance, l.title, l.category, l.corps_color, l.corps_name, l.place_name, not l.counts as is_reversed
        from live l where l.reverses_id is null order by l.starts_at desc limit 500) x), '[]'),
      'trainings', coalesce((select jsonb_agg(jsonb_build_object('title', t.title, 'passed_on', private.day_of(n.decided_at)) order by n.decided_at desc, n.id)
        from public.training_enrolments n join public.trainings t on t.community_id = n.community_id and t.id = n.training_id
        where n.community_id = p_community_id and n.person_id = v_person and n.status = 'passed'), '[]'),
      'awards', private.awards_of(p_community_id, v_person),
      'certificates', coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'period_from', c.period_from, 'period_to', c.period_to,
          'kind', c.kind, 'award', c.award, 'minutes', c.minutes, 'times', c.times, 'issued_at', c.issued_at, 'status', c.status, 'ended_at', c.ended_at, 'ended_why', c.ended_why) order by c.issued_at desc, c.id)
        from public.certificates c where c.community_id = p_community_id and c.person_id = v_person), '[]'),
      'corrections', coalesce((select jsonb_agg(jsonb_build_object('id', q.id, 'record_id', q.record_id, 'service_date', q.service_date, 'kind', q.kind, 'note', q.note,
          'status', q.status, 'asked_at', q.asked_at, 'due_on', q.due_on, 'answered_at', q.answered_at, 'answer', q.answer) order by q.asked_at desc, q.id)
        from public.correction_requests q where q.community_id = p_community_id and q.person_id = v_person), '[]')));
end $$;
comment on function public.my_dossier(uuid, uuid) is
  'The dossier of the caller, of a person one helps, or of anybody for the office (logged): hours by year, colour, category and provenance, stars, trainings passed, records, certificates, corrections. Errors: not_signed_in, not_a_member, not_allowed, person_unknown.';

-- ---------------------------------------------------------------- hours brought over

create function public.import_earlier_hours(p_community_id uuid, p_id uuid, p_rows jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'import_earlier_hours', jsonb_build_object('rows', p_rows));
  v_row record;
  v_person uuid;
  v_why text;
  v_source text;
  v_done int := 0;
  v_refused jsonb := '[]';
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  if jsonb_typeof(p_rows) is distinct from 'array' or jsonb_array_length(p_rows) not between 1 and 500 then
    perform private.fail(400, 'field_invalid', '{"field":"rows"}');
  end if;
  for v_row in select n as row_no, upper(btrim(e ->> 'volunteer_no')) as volunteer_no, e ->> 'year' as year, e ->> 'hours' as hours, e ->> 'times' as times,
      e ->> 'source' as source from jsonb_array_elements(p_rows) with ordinality as t (e, n) order by n
  loop
    v_why := null;
    select v.id into v_person from public.volunteers v where v.community_id = p_community_id and v.volunteer_no = v_row.volunteer_no and v.status <> 'left';
    if v_person is null then v_why := 'volunteer_unknown';
    elsif private.is_party_to(p_community_id, v_ctx.person_id, v_person) then v_why := 'own_attendance';
    elsif v_row.year is null or v_row.year !~ '^[0-9]{4}$' or v_row.year::int not between 1963 and extract(year from private.today())::int then v_why := 'year_invalid';
    elsif v_row.hours is null or v_row.hours !~ '^[0-9]{1,4}(\.[0-9]{1,2})?$' or round(v_row.hours::numeric * 60) not between 1 and 175680 then v_why := 'hours_invalid';
    elsif v_row.times !~ '^[0-9]{1,4}$' then v_why := 'times_invalid';
    elsif coalesce(btrim(v_row.source), '') = '' or char_length(v_row.source) > 50 or v_row.source ~ '[\u0001-\u001f]' then v_why := 'source_invalid';
    else
      v_source := private.clean_text(v_row.source, 'source', 50);
      perform 1 from public.persons p where p.community_id = p_community_id and p.id = v_person for no key update;
      if exists (select 1 from public.earlier_hours e where e.community_id = p_community_id and e.person_id = v_person and e.year = v_row.year::int and e.source = v_source
          and e.reverses_id is null and not exists (select 1 from public.earlier_hours x where x.community_id = e.community_id and x.reverses_id = e.id)) then
        v_why := 'already_there';
      end if;
    end if;
    if v_why is not null then
      v_refused := v_refused || jsonb_build_object('row_no', v_row.row_no, 'why', v_why);
      continue;
    end if;
    insert into public.earlier_hours (community_id, id, person_id, year, minutes, times, source, noted_at, noted_by)
      values (p_community_id, private.new_id(), v_person, v_row.year::int, round(v_row.hours::numeric * 60), coalesce(v_row.times::int, 0), v_source,
        private.now(), v_ctx.person_id);
    v_done := v_done + 1;
  end loop;
  return private.end_command(v_ctx, 'earlier_hours', null, jsonb_build_object('imported', v_done, 'refused', v_refused));
end $$;
comment on function public.import_earlier_hours(uuid, uuid, jsonb) is
  'Brings over hours from before: [{volunteer_no, year, hours, times, source}], at most 500; a bad row harms no other. Office, never one''s own. {imported, refused: [{row_no, why}]}; why: volunteer_unknown, own_attendance, year_invalid, hours_invalid, times_invalid, source_invalid, already_there. Errors: not_allowed, field_invalid.';

create function public.reverse_earlier_hours(p_community_id uuid, p_id uuid, p_entry_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'reverse_earlier_hours', jsonb_build_object('entry', p_entry_id));
  v_entry public.earlier_hours;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  select * into v_entry from public.earlier_hours e where e.community_id = p_community_id and e.id = p_entry_id;
  if not found then perform private.fail(404, 'record_unknown'); end if;
  if v_entry.person_id = v_ctx.person_id then perform private.fail(403, 'own_attendance'); end if;
  perform 1 from public.persons p where p.community_id = p_community_id and p.id = v_entry.person_id for no key update;
  if v_entry.reverses_id is not null or exists (select 1 from public.earlier_hours e where e.community_id = p_community_id and e.reverses_id = p_entry_id) then
    perform private.fail(409, 'record_already_reversed');
  end if;
  insert into public.earlier_hours (community_id, id, person_id, year, minutes, times, source, noted_at, noted_by, reverses_id)
    values (p_community_id, private.new_id(), v_entry.person_id, v_entry.year, -v_entry.minutes, -v_entry.times, v_entry.source, private.now(), v_ctx.person_id, p_entry_id);
  return private.end_command(v_ctx, 'earlier_hours', p_entry_id, jsonb_build_object('entry_id', p_entry_id), '{}', v_entry.person_id);
end $$;
comment on function public.reverse_earlier_hours(uuid, uuid, uuid) is
  'Takes hours from before back by an opposite entry. Office, never one''s own. Errors: not_allowed, record_unknown, own_attendance, record_already_reversed.';

-- ---------------------------------------------------------------- the national system

create function public.export_service(p_community_id uuid, p_id uuid, p_from date, p_to date, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'export_service', jsonb_build_object('from', p_from, 'to', p_to, 'reason', p_reason));
  v_reason text;
  v_rows jsonb;
begin
  perform private.require_office(v_ctx);
  if p_from is null or p_to is null or not p_from between date '2000-01-01' and date '2200-01-01' or p_to not between p_from and p_from + 366 then perform private.fail(400, 'field_invalid', '{"field":"period"}'); end if;
  v_reason := private.clean_text(p_reason, 'reason', 200);
  select coalesce(jsonb_agg(to_jsonb(x) order by x.service_date, x.volunteer_no, x.starts_at), '[]') into v_rows from (
    select v.volunteer_no, pp.real_name as name, a.title, r.service_date, r.starts_at, r.ends_at, r.minutes, a.category, k.name as corps_name, pl.name as place_name,
      r.provenance, c.name as unit_name, r.person_id
    from public.service_records r
    join public.communities c on c.id = r.community_id
    join public.volunteers v on v.community_id = r.community_id and v.id = r.person_id
    join public.person_private pp on pp.community_id = r.community_id and pp.person_id = r.person_id
    join public.activities a on a.community_id = r.community_id and a.id = r.activity_id
    join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
    left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
    where r.community_id = p_community_id and r.service_date between p_from and p_to and r.reverses_id is null
      and not exists (select 1 from public.service_records x where x.community_id = r.community_id and x.reverses_id = r.id)
    limit 20000) x;
  -- Also with an id used before: the file is made afresh, so everybody in it is told again.
  insert into public.access_logs (community_id, id, at, viewer_person_id, person_id, what, reason)
    select p_community_id, private.new_id(), private.now(), v_ctx.person_id, p.id, 'service_export', v_reason
    from (select distinct (e ->> 'person_id')::uuid as id from jsonb_array_elements(v_rows) e) p where p.id <> v_ctx.person_id;
  if v_ctx.replayed is null then
    perform private.end_command(v_ctx, 'service_records', null, jsonb_build_object('rows', jsonb_array_length(v_rows)));
  end if;
  return jsonb_build_object('rows', (select coalesce(jsonb_agg(e - 'person_id' order by n), '[]') from jsonb_array_elements(v_rows) with ordinality as t (e, n)));
end $$;
comment on function public.export_service(uuid, uuid, date, date, text) is
  'The service of a period (at most 366 days) for the file that the national system takes: volunteer number, name, activity, day, minutes, category, unit; never an ID number; what was taken back is left out. Office, with a reason; every person in it can see that it was made. Errors: not_allowed, field_invalid {field}, field_required.';

-- ---------------------------------------------------------------- who sees what

alter table public.earlier_hours enable row level security;
alter table public.star_grades enable row level security;
alter table public.certificates enable row level security;
alter table public.certificate_records enable row level security;
alter table public.correction_requests enable row level security;
grant select on public.earlier_hours, public.star_grades, public.certificates, public.certificate_records, public.correction_requests to authenticated;

create policy select_own_or_as_office on public.earlier_hours for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities())));
create policy select_own_or_as_office on public.star_grades for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities())));
-- The office reads certificates by read_certificate, which is logged: they hold full names.
create policy select_own on public.certificates for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k)));
create policy select_own on public.certificate_records for select to authenticated using (
  (community_id, certificate_id) in (select c.community_id, c.id from public.certificates c));
create policy select_own_or_as_office on public.correction_requests for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities())));

revoke all on function private.star_hours(uuid), private.lifetime_minutes(uuid, uuid), private.tg_service__settle_stars(), private.tg_certificates__kept(), private.check_code(),
  private.can_certify(uuid, uuid, uuid), private.log_look(uuid, uuid, uuid, text, text), private.tg_service_records__revoke_certificates(),
  private.tg_persons__erase_dossier() from public, anon, authenticated;
revoke all on function public.issue_certificate(uuid, uuid, date, date, uuid[], uuid, uuid), public.revoke_certificate(uuid, uuid, uuid), public.read_certificate(uuid, uuid),
  public.verify_certificate(text), public.request_correction(uuid, uuid, text, text, uuid, date, uuid), public.answer_correction(uuid, uuid, uuid, boolean, text, boolean),
  public.correction_desk(uuid), public.my_dossier(uuid, uuid), public.import_earlier_hours(uuid, uuid, jsonb), public.reverse_earlier_hours(uuid, uuid, uuid),
  public.export_service(uuid, uuid, date, date, text) from public, anon, authenticated;
grant execute on function public.issue_certificate(uuid, uuid, date, date, uuid[], uuid, uuid), public.revoke_certificate(uuid, uuid, uuid), public.read_certificate(uuid, uuid),
  public.verify_certificate(text), public.request_correction(uuid, uuid, text, text, uuid, date, uuid), public.answer_correction(uuid, uuid, uuid, boolean, text, boolean),
  public.correction_desk(uuid), public.my_dossier(uuid, uuid), public.import_earlier_hours(uuid, uuid, jsonb), public.reverse_earlier_hours(uuid, uuid, uuid),
  public.export_service(uuid, uuid, date, date, text) to authenticated;
grant execute on function public.verify_certificate(text) to anon;
