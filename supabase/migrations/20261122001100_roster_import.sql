-- Roster import: residents, volunteers, party members and staff from a spreadsheet, row by row, each row once.
-- The client reads the file and maps its columns; what a row means and whether it is good is decided here.

create table public.roster_imports (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  kind text not null check (kind in ('residents', 'volunteers', 'party_members', 'staff')),
  file_name text not null,
  file_hash text not null,
  total_rows int not null,
  imported int not null default 0,
  unchanged int not null default 0,
  updated int not null default 0,
  rejected int not null default 0,
  creates_grids boolean not null,
  has_paper_consent boolean not null,
  corps_names jsonb not null default '{}',
  started_by uuid not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  discarded_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, started_by) references public.persons (community_id, id),
  constraint file_hash_is_sha256 check (file_hash ~ '^[0-9a-f]{64}$'),
  constraint import_has_1_to_50000_rows check (total_rows between 1 and 50000),
  constraint outcomes_are_within_total check (imported + unchanged + updated + rejected <= total_rows)
);
create index roster_imports_by_file on public.roster_imports (community_id, file_hash, kind);
create index roster_imports_by_starter on public.roster_imports (community_id, started_by);
comment on table public.roster_imports is 'One sending of one sheet: what was in the file, and what became of its rows.';
comment on column public.roster_imports.file_name is 'personal data: none by rule; the name of the file sent';
comment on column public.roster_imports.corps_names is 'The name to give a corps of a colour that the community does not have yet; corps_color → name.';

create table public.roster_import_rows (
  community_id uuid not null,
  import_id uuid not null,
  row_no int not null,
  outcome text not null check (outcome in ('imported', 'unchanged', 'updated', 'rejected')),
  reasons jsonb not null default '[]',
  hints jsonb not null default '[]',
  row_key text,
  person_id uuid,
  subject_id uuid,
  raw jsonb,
  primary key (community_id, import_id, row_no),
  foreign key (community_id, import_id) references public.roster_imports (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  constraint only_rejected_rows_keep_their_text check (raw is null or outcome = 'rejected'),
  constraint rejected_rows_have_a_reason check ((outcome = 'rejected') = (reasons <> '[]'))
);
create unique index roster_row_counts_once_in_a_file on public.roster_import_rows (community_id, row_key) where row_key is not null;
create index roster_import_rows_by_person on public.roster_import_rows (community_id, person_id);
comment on table public.roster_import_rows is
  'What became of each row. reasons and hints are [{field, reason, params}] without personal data. The text is kept for rejected rows only, until discard_import_rows or 30 days later.';
comment on column public.roster_import_rows.raw is 'personal data: the text of a rejected row, as sent; an ID-card number is blanked before it is kept';
comment on column public.roster_import_rows.row_key is 'What makes two rows of one file the same: the import, the person and the post or corps (ids and codes only).';

alter table public.roster_imports enable row level security;
alter table public.roster_import_rows enable row level security;
grant select on public.roster_imports, public.roster_import_rows to authenticated;
create policy select_as_office on public.roster_imports for select to authenticated using (
  community_id = any(array(select private.office_communities()))
  and (kind <> 'party_members' or community_id = any(array(select private.party_office_communities()))));
-- The rows of the imports one may see.
create policy select_as_office on public.roster_import_rows for select to authenticated using (
  community_id = any(array(select private.office_communities()))
  and (community_id, import_id) in (select i.community_id, i.id from public.roster_imports i));

-- ---------------------------------------------------------------- reading a cell

create function private.try_clean(p_how text, p_value text, p_field text, p_max int, out value text, out reason jsonb)
language plpgsql stable set search_path = '' as $$
begin
  value := case p_how
    when 'name' then private.clean_name(p_value)
    when 'phone' then private.clean_phone(p_value, false)
    else private.clean_text(p_value, p_field, p_max, false) end;
exception when others then
  if sqlstate not like 'PT%' then raise; end if;
  -- Only what carries no personal data goes along.
  reason := jsonb_build_object('field', p_field, 'reason', sqlerrm,
    'params', case sqlerrm when 'field_too_long' then jsonb_build_object('max', p_max) else '{}'::jsonb end);
end $$;
comment on function private.try_clean(text, text, text, int) is 'clean_name, clean_phone or clean_text with the refusal as a value, so that one bad cell does not stop the others.';

create function private.looks_like_id_card(p_value text)
returns boolean language sql immutable parallel safe set search_path = '' as $$
  select replace(normalize(p_value, nfkc), ' ', '')
    ~ '(^|\D)[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])\d{3}[\dXx]($|[^\dXx])'
$$;
comment on function private.looks_like_id_card(text) is 'An 18-digit ID-card number by its form (GB 11643); no roster may bring one in (norms.md).';

create function private.parse_day(p_value text, out y int, out m int, out d int)
language plpgsql immutable parallel safe set search_path = '' as $$
declare
  v_text text := btrim(normalize(p_value, nfkc));
  v_parts text[];
begin
  v_parts := coalesce(
    regexp_match(v_text, '^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*(?:[-/.月]\s*(?:(\d{1,2})\s*日?)?)?(?:\s+0?0:00(?::00)?)?$'),
    regexp_match(v_text, '^(\d{4})(\d{2})(\d{2})?$'));
  if v_parts is null or v_parts[2]::int not between 1 and 12 or v_parts[1]::int < 1 then return; end if;
  if v_parts[3] is not null and v_parts[3]::int not between 1
       and extract(day from make_date(v_parts[1]::int, v_parts[2]::int, 1) + interval '1 month - 1 day')::int then
    return;
  end if;
  y := v_parts[1]::int;
  m := v_parts[2]::int;
  d := v_parts[3]::int;
end $$;
comment on function private.parse_day(text) is '1965-03, 1965/3/8, 1965.3, 1965年3月(8日), 196503, 19650308, full-width too; all null when it is none of these.';

create function private.place_key(p_name text)
returns text language sql immutable parallel safe set search_path = '' as $$
  select lower(regexp_replace(regexp_replace(normalize(p_name, nfkc), '\s', '', 'g'),
    '^0*(.+?)(号楼|栋|幢|座|号院|单元|楼门|号门|门|室|号|#)$', '\1'))
$$;
comment on function private.place_key(text) is 'What two spellings of one building, entrance or door share: 3栋, 3号楼, ３幢 and 3 are one.';

create function private.place_name(p_name text, p_suffix text)
returns text language sql immutable parallel safe set search_path = '' as $$
  select case when normalize(p_name, nfkc) ~ '^\s*\d+\s*$' then btrim(normalize(p_name, nfkc)) || p_suffix else p_name end
$$;
comment on function private.place_name(text, text) is 'A bare number gets its word: 3 → 3号楼.';

create index buildings_by_key on public.buildings (community_id, compound_id, private.place_key(name));

create function private.find_grid(p_community_id uuid, p_grid text)
returns uuid language sql stable security definer set search_path = '' as $$
  select g.id from public.grids g
  where g.community_id = p_community_id
    and lower(replace(normalize(p_grid, nfkc), ' ', '')) in (lower(replace(normalize(g.code, nfkc), ' ', '')), lower(replace(normalize(g.name, nfkc), ' ', '')))
  order by g.sort, g.code limit 1
$$;

create function private.ensure_grid(p_community_id uuid, p_grid text)
returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := private.find_grid(p_community_id, p_grid);
begin
  if v_id is null then
    insert into public.grids (community_id, id, code, name, sort)
      values (p_community_id, gen_random_uuid(), p_grid, private.place_name(p_grid, '片'),
        (select coalesce(max(g.sort), 0) + 1 from public.grids g where g.community_id = p_community_id))
      on conflict (community_id, code) do nothing returning id into v_id;
    v_id := coalesce(v_id, private.find_grid(p_community_id, p_grid));
  end if;
  return v_id;
end $$;

create type private.roster_place as (compound_id uuid, building_id uuid, household_id uuid);

create function private.roster_place(p_community_id uuid, p_compound text, p_building text, p_entrance text, p_door text, p_create boolean)
returns private.roster_place language plpgsql volatile security definer set search_path = '' as $$
declare
  v private.roster_place;
  v_entrance uuid;
begin
  if p_building is null and p_compound is null then return v; end if;
  if p_compound is not null then
    select c.id into v.compound_id from public.compounds c where c.community_id = p_community_id and c.name = p_compound;
  else
    -- A building without its compound: the only compound there is, or the only one that has such a building.
    select case when count(*) = 1 then (array_agg(c.id))[1] end into v.compound_id from public.compounds c where c.community_id = p_community_id;
    if v.compound_id is null then
      select case when count(*) = 1 then (array_agg(b.compound_id))[1] end into v.compound_id from public.buildings b
        where b.community_id = p_community_id and private.place_key(b.name) = private.place_key(p_building);
    end if;
  end if;
  if v.compound_id is null then
    if not p_create then return v; end if;
    insert into public.compounds (community_id, id, name)
      values (p_community_id, gen_random_uuid(), coalesce(p_compound, (select c.name from public.communities c where c.id = p_community_id)))
      on conflict (community_id, name) do update set name = excluded.name returning id into v.compound_id;
  end if;
  if p_building is null then return v; end if;
  select b.id into v.building_id from public.buildings b
    where b.community_id = p_community_id and b.compound_id = v.compound_id and private.place_key(b.name) = private.place_key(p_building)
    order by b.name limit 1;
  if v.building_id is null then
    if not p_create then return v; end if;
    insert into public.buildings (community_id, id, compound_id, name)
      values (p_community_id, gen_random_uuid(), v.compound_id, private.place_name(p_building, '号楼'))
      on conflict (community_id, compound_id, name) do update set name = excluded.name returning id into v.building_id;
  end if;
  if p_entrance is null and p_door is null then return v; end if;
  select e.id into v_entrance from public.entrances e
    where e.community_id = p_community_id and e.building_id = v.building_id
      and private.place_key(e.name) = private.place_key(coalesce(p_entrance, '—')) order by e.name limit 1;
  if v_entrance is null then
    if not p_create then return v; end if;
    insert into public.entrances (community_id, id, building_id, name)
      values (p_community_id, gen_random_uuid(), v.building_id, private.place_name(coalesce(p_entrance, '—'), '单元'))
      on conflict (community_id, building_id, name) do update set name = excluded.name returning id into v_entrance;
  end if;
  if p_door is null then return v; end if;
  select h.id into v.household_id from public.households h
    where h.community_id = p_community_id and h.entrance_id = v_entrance and h.door_no = private.place_key(p_door);
  if v.household_id is null and p_create then
    insert into public.households (community_id, id, entrance_id, door_no)
      values (p_community_id, gen_random_uuid(), v_entrance, private.place_key(p_door))
      on conflict (community_id, entrance_id, door_no) do update set door_no = excluded.door_no returning id into v.household_id;
  end if;
  return v;
end $$;
comment on function private.roster_place(uuid, text, text, text, text, boolean) is
  'The compound, building and household of an address; made when missing and p_create. The unique constraints of places keep two imports from making one twice.';

-- ---------------------------------------------------------------- one row: judged, then written

create type private.roster_row as (
  row_no int, name text, phone text, birth_year int, birth_month int,
  compound text, building text, entrance text, door text, grids text[],
  skills text[], availability text[], corps text[], guardian_name text, guardian_phone text,
  party_kind text, party_org text, party_group text, home_unit text, post text, exempt_reason text,
  title text, business_line text, relay_phone text, from_day date,
  reasons jsonb, hints jsonb);

create function private.roster_reason(p_field text, p_reason text, p_params jsonb default '{}')
returns jsonb language sql immutable parallel safe set search_path = '' as $$
  select jsonb_build_object('field', p_field, 'reason', p_reason, 'params', p_params)
$$;

create function private.roster_fields(p_kind text)
returns jsonb language sql immutable parallel safe set search_path = '' as $$
  select '{"name":50,"phone":30,"birth":20,"compound":40,"building":30,"entrance":20,"door":20,"grid":40}'::jsonb || case p_kind
    when 'volunteers' then '{"skills":200,"availability":120,"corps":120,"guardian_name":50,"guardian_phone":30}'::jsonb
    when 'party_members' then '{"party_kind":40,"party_org":60,"party_group":60,"home_unit":60,"post":40,"exempt_reason":60,"relay_phone":30,"from":20}'::jsonb
    when 'staff' then '{"title":40,"business_line":40,"relay_phone":30,"from":20,"grid":120}'::jsonb
    else '{}'::jsonb end
$$;
comment on function private.roster_fields(text) is 'The fields of a kind of roster and the longest text each takes, in code points.';

create function private.split_list(p_value text)
returns text[] language sql immutable parallel safe set search_path = '' as $$
  select array_agg(distinct btrim(x)) filter (where btrim(x) <> '') from regexp_split_to_table(p_value, '[、,，;；/|\n]') x
$$;

create function private.check_roster_row(p_import public.roster_imports, p_row jsonb)
returns private.roster_row language plpgsql stable security definer set search_path = '' as $$
declare
  r private.roster_row;
  v_cell record;
  v_clean record;
  v_text jsonb := '{}';
  v_day record;
  v_age int;
  v_name text;
begin
  r.reasons := '[]';
  r.hints := '[]';
  for v_cell in select f.key as field, f.value::int as max, p_row ->> f.key as value
      from jsonb_each_text(private.roster_fields(p_import.kind)) f where nullif(btrim(p_row ->> f.key), '') is not null loop
    if private.looks_like_id_card(v_cell.value) then
      r.reasons := r.reasons || private.roster_reason(v_cell.field, 'id_card_refused');
    else
      select * into v_clean from private.try_clean(case v_cell.field when 'name' then 'name' when 'guardian_name' then 'name'
        when 'phone' then 'phone' when 'guardian_phone' then 'phone' else 'text' end, v_cell.value, v_cell.field, v_cell.max);
      if v_clean.reason is not null then r.reasons := r.reasons || v_clean.reason;
      elsif v_clean.value is not null then v_text := v_text || jsonb_build_object(v_cell.field, v_clean.value);
      end if;
    end if;
  end loop;

  r.name := v_text ->> 'name';
  if r.name is null and not r.reasons @> '[{"field":"name"}]' then r.reasons := r.reasons || private.roster_reason('name', 'field_required'); end if;
  r.phone := v_text ->> 'phone';

  if v_text ? 'birth' then
    v_day := private.parse_day(v_text ->> 'birth');
    if v_day.y is null then r.reasons := r.reasons || private.roster_reason('birth', 'birth_invalid');
    elsif v_day.y < 1900 then r.reasons := r.reasons || private.roster_reason('birth', 'birth_before_1900');
    elsif make_date(v_day.y, v_day.m, coalesce(v_day.d, 1)) > private.today() then r.reasons := r.reasons || private.roster_reason('birth', 'birth_in_future');
    else
      r.birth_year := v_day.y;
      r.birth_month := v_day.m;
    end if;
  elsif not r.reasons @> '[{"field":"birth"}]' then
    if p_import.kind <> 'staff' then r.reasons := r.reasons || private.roster_reason('birth', 'birth_missing');
    elsif r.phone is null and not r.reasons @> '[{"field":"phone"}]' then r.reasons := r.reasons || private.roster_reason('phone', 'identity_missing');
    end if;
  end if;
  v_age := private.age_on(r.birth_year, r.birth_month, private.today());

  r.compound := v_text ->> 'compound';
  r.building := v_text ->> 'building';
  r.entrance := v_text ->> 'entrance';
  r.door := v_text ->> 'door';
  if r.building is null and not r.reasons @> '[{"field":"building"}]' and (r.door is not null or r.entrance is not null) then
    r.reasons := r.reasons || private.roster_reason('building', 'building_missing');
  elsif r.building is not null and r.compound is null and not r.reasons @> '[{"field":"compound"}]'
      and (select count(*) from public.compounds c where c.community_id = p_import.community_id) > 1
      and (select count(*) from public.buildings b where b.community_id = p_import.community_id and private.place_key(b.name) = private.place_key(r.building)) <> 1 then
    r.reasons := r.reasons || private.roster_reason('compound', 'compound_missing');
  end if;

  if v_text ? 'grid' then
    r.grids := case when p_import.kind = 'staff' then private.split_list(v_text ->> 'grid') else array[v_text ->> 'grid'] end;
    foreach v_name in array coalesce(r.grids, '{}') loop
      if not p_import.creates_grids and private.find_grid(p_import.community_id, v_name) is null then
        r.reasons := r.reasons || private.roster_reason('grid', 'grid_unknown');
        exit;
      end if;
    end loop;
  end if;

  if v_text ? 'from' then
    v_day := private.parse_day(v_text ->> 'from');
    if v_day.y is null or v_day.d is null or v_day.y not between 1949 and extract(year from private.today())::int + 5 then
      r.reasons := r.reasons || private.roster_reason('from', 'date_invalid');
    else r.from_day := make_date(v_day.y, v_day.m, v_day.d);
    end if;
  end if;

  r.relay_phone := normalize(v_text ->> 'relay_phone', nfkc);
  if r.relay_phone is not null then
    if r.relay_phone !~ '^[0-9+() -]{3,20}(转\d{1,6})?$' then r.reasons := r.reasons || private.roster_reason('relay_phone', 'relay_phone_invalid');
    elsif regexp_replace(r.relay_phone, '\D', '', 'g') = r.phone then r.reasons := r.reasons || private.roster_reason('relay_phone', 'relay_phone_is_private');
    end if;
  end if;

  -- Codes: the client turns labels into codes; what it did not know comes as it was written and is refused here.
  for v_cell in select c.field, c.kind, x as code from (values ('corps', 'corps_color'), ('party_kind', 'party_member_kind'), ('post', 'party_post'),
        ('title', 'staff_title'), ('business_line', 'business_line')) c (field, kind)
      cross join lateral unnest(case when c.field = 'corps' then private.split_list(v_text ->> c.field) else array[v_text ->> c.field] end) x
      where v_text ? c.field and not exists (select 1 from public.dictionaries d where d.kind = c.kind and d.code = x) loop
    r.reasons := r.reasons || private.roster_reason(v_cell.field, 'code_unknown', jsonb_build_object('kind', v_cell.kind));
    exit when v_cell.field = 'corps';
  end loop;

  if p_import.kind = 'volunteers' then
    r.skills := private.split_list(v_text ->> 'skills');
    r.availability := private.split_list(v_text ->> 'availability');
    r.corps := private.split_list(v_text ->> 'corps');
    r.guardian_name := v_text ->> 'guardian_name';
    r.guardian_phone := v_text ->> 'guardian_phone';
    if v_age < 14 then r.reasons := r.reasons || private.roster_reason('birth', 'under_fourteen');
    elsif v_age < 18 and (r.guardian_name is null or r.guardian_phone is null) and not r.reasons @> '[{"field":"guardian_name"}]' and not r.reasons @> '[{"field":"guardian_phone"}]' then
      r.reasons := r.reasons || private.roster_reason(case when r.guardian_name is null then 'guardian_name' else 'guardian_phone' end, 'guardian_required');
    end if;
    if cardinality(r.skills) > 20 or exists (select 1 from unnest(r.skills) s where char_length(s) > 20) then
      r.reasons := r.reasons || private.roster_reason('skills', 'skills_too_many', '{"count":20,"max":20}');
    end if;
    if r.availability is not null and not r.availability <@ array['weekday_day', 'weekday_evening', 'weekend_day', 'weekend_evening', 'anytime'] then
      r.reasons := r.reasons || private.roster_reason('availability', 'code_unknown', '{"kind":"availability"}');
    end if;
    foreach v_name in array coalesce(r.corps, '{}') loop
      if not r.reasons @> '[{"field":"corps"}]' and not p_import.corps_names ? v_name
          and not exists (select 1 from public.corps c where c.community_id = p_import.community_id and c.color = v_name and c.closed_on is null) then
        r.reasons := r.reasons || private.roster_reason('corps', 'corps_unknown', jsonb_build_object('color', v_name));
      end if;
    end loop;
  elsif p_import.kind = 'party_members' then
    r.party_kind := v_text ->> 'party_kind';
    if r.party_kind is null and not r.reasons @> '[{"field":"party_kind"}]' then r.reasons := r.reasons || private.roster_reason('party_kind', 'field_required'); end if;
    r.party_org := v_text ->> 'party_org';
    r.party_group := v_text ->> 'party_group';
    if r.party_group is not null and r.party_org is null and not r.reasons @> '[{"field":"party_org"}]' then
      r.reasons := r.reasons || private.roster_reason('party_org', 'field_required');
    end if;
    r.home_unit := v_text ->> 'home_unit';
    r.exempt_reason := v_text ->> 'exempt_reason';
    r.post := v_text ->> 'post';
    if v_age < 18 then r.reasons := r.reasons || private.roster_reason('birth', 'party_member_under_18'); end if;
  elsif p_import.kind = 'staff' then
    r.title := v_text ->> 'title';
    r.business_line := v_text ->> 'business_line';
    if r.title is null and not r.reasons @> '[{"field":"title"}]' then r.reasons := r.reasons || private.roster_reason('title', 'field_required'); end if;
    if r.title = 'line_worker' and r.business_line is null and not r.reasons @> '[{"field":"business_line"}]' then
      r.reasons := r.reasons || private.roster_reason('business_line', 'line_required');
    end if;
    if r.relay_phone is null and not r.reasons @> '[{"field":"relay_phone"}]' then r.reasons := r.reasons || private.roster_reason('relay_phone', 'relay_phone_required'); end if;
    if v_age < 16 then r.reasons := r.reasons || private.roster_reason('birth', 'staff_under_16'); end if;
  end if;
  return r;
end $$;
comment on function private.check_roster_row(public.roster_imports, jsonb) is
  'One row against the rules that need no other row; every reason at once. Reasons: field_required, name_invalid, field_too_long, field_has_control_characters, id_card_refused, phone_invalid, birth_missing, birth_invalid, birth_before_1900, birth_in_future, identity_missing, building_missing, compound_missing, grid_unknown, date_invalid, relay_phone_invalid, relay_phone_is_private, relay_phone_required, line_required, code_unknown, under_fourteen, guardian_required, skills_too_many, corps_unknown, party_member_under_18, staff_under_16.';

create function private.match_roster_person(p_community_id uuid, r private.roster_row, p_household_id uuid, out person_id uuid, out reason text)
language plpgsql stable security definer set search_path = '' as $$
declare
  v_key text := private.name_key(r.name);
  v_found uuid[];
begin
  if r.phone is not null then
    select pp.person_id into person_id from public.person_private pp
      join public.persons p on p.community_id = pp.community_id and p.id = pp.person_id and p.status = 'active'
      where pp.community_id = p_community_id and pp.phone = r.phone and pp.name_key = v_key
      order by (p.birth_year is not distinct from r.birth_year and pp.birth_month is not distinct from r.birth_month) desc, p.created_at, p.id limit 1;
    if found then return; end if;
  end if;
  if r.birth_year is null then return; end if;
  -- Name and birth: in the same household; else where one side knows no household (and no other phone speaks against it).
  select array_agg(pp.person_id) into v_found from public.person_private pp
    join public.persons p on p.community_id = pp.community_id and p.id = pp.person_id and p.status = 'active'
    where pp.community_id = p_community_id and pp.name_key = v_key and p.birth_year = r.birth_year and pp.birth_month = r.birth_month
      and p_household_id is not null and pp.household_id = p_household_id;
  if v_found is null then
    select array_agg(pp.person_id) into v_found from public.person_private pp
      join public.persons p on p.community_id = pp.community_id and p.id = pp.person_id and p.status = 'active'
      where pp.community_id = p_community_id and pp.name_key = v_key and p.birth_year = r.birth_year and pp.birth_month = r.birth_month
        and (r.door is null or pp.household_id is null) and (r.phone is null or pp.phone is null);
  end if;
  if cardinality(v_found) = 1 then person_id := v_found[1];
  elsif cardinality(v_found) > 1 then reason := 'person_ambiguous';
  end if;
end $$;
comment on function private.match_roster_person(uuid, private.roster_row, uuid) is
  'Whom a row means, by its natural key: phone and name; else name, birth year and month, and household. reason person_ambiguous when several fit; all null for somebody new.';

create function private.write_roster_person(p_import public.roster_imports, r private.roster_row, p_person_id uuid, p_by uuid,
  out person_id uuid, out change text, out hints jsonb)
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
  v_place private.roster_place := private.roster_place(p_import.community_id, r.compound, r.building, r.entrance, r.door, true);
  v_grid uuid;
  v_building_grid uuid;
  v_old record;
  v_has_account boolean;
begin
  hints := '[]';
  -- A staff row's grids are what the person works on, not where the person lives.
  if p_import.kind <> 'staff' and cardinality(r.grids) > 0 then v_grid := private.ensure_grid(p_import.community_id, r.grids[1]); end if;
  if v_place.building_id is not null then
    select gb.grid_id into v_building_grid from public.grid_buildings gb
      where gb.community_id = p_import.community_id and gb.building_id = v_place.building_id and gb.valid_to is null;
    if v_building_grid is null and v_grid is not null then
      insert into public.grid_buildings (community_id, id, grid_id, building_id, valid_from)
        values (p_import.community_id, gen_random_uuid(), v_grid, v_place.building_id, private.today())
        on conflict (community_id, building_id) where valid_to is null do nothing;
    elsif v_grid <> v_building_grid then hints := hints || private.roster_reason('grid', 'building_in_other_grid');
    end if;
    v_grid := coalesce(v_grid, v_building_grid);
  end if;

  if p_person_id is null then
    if r.phone is not null and exists (select 1 from public.person_private pp
        join public.persons p on p.community_id = pp.community_id and p.id = pp.person_id and p.status = 'active'
        where pp.community_id = p_import.community_id and pp.phone = r.phone) then
      hints := hints || private.roster_reason('phone', 'phone_of_other_name');
    end if;
    person_id := gen_random_uuid();
    change := 'imported';
    perform private.insert_person(p_import.community_id, person_id, r.name, r.phone, r.birth_year, r.birth_month, v_grid, v_place.household_id, p_by, r.phone is not null);
  else
    person_id := p_person_id;
    change := 'unchanged';
    select p.birth_year, p.grid_id, pp.phone, pp.birth_month, pp.household_id into v_old from public.persons p
      join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
      where p.community_id = p_import.community_id and p.id = person_id for update of p;
    v_has_account := exists (select 1 from public.account_persons ap where ap.community_id = p_import.community_id and ap.person_id = write_roster_person.person_id and ap.status = 'active');
    -- What a person with an account said about oneself stands; a roster fills in what was not said.
    if v_has_account and v_old.phone <> r.phone then
      hints := hints || private.roster_reason('phone', 'own_data_kept');
      r.phone := null;
    end if;
    if v_has_account and (v_old.birth_year, v_old.birth_month) <> (r.birth_year, r.birth_month) then
      hints := hints || private.roster_reason('birth', 'own_data_kept');
      r.birth_year := null;
    end if;
    if (r.birth_year is not null and (v_old.birth_year, v_old.birth_month) is distinct from (r.birth_year, r.birth_month))
        or (v_grid is not null and v_old.grid_id is distinct from v_grid) or (r.phone is not null and v_old.phone is null) then
      update public.persons p set birth_year = coalesce(r.birth_year, p.birth_year), grid_id = coalesce(v_grid, p.grid_id), has_phone = p.has_phone or r.phone is not null
        where p.community_id = p_import.community_id and p.id = person_id;
      change := 'updated';
    end if;
    if (r.phone is not null and v_old.phone is distinct from r.phone) or (r.birth_year is not null and v_old.birth_month is distinct from r.birth_month)
        or (v_place.household_id is not null and v_old.household_id is distinct from v_place.household_id) then
      update public.person_private pp set phone = coalesce(r.phone, pp.phone), household_id = coalesce(v_place.household_id, pp.household_id),
          birth_month = case when r.birth_year is null then pp.birth_month else r.birth_month end
        where pp.community_id = p_import.community_id and pp.person_id = write_roster_person.person_id;
      change := 'updated';
    end if;
  end if;
  if p_import.has_paper_consent then
    perform private.record_consent(p_import.community_id, person_id, 'community_service', 'roster', 'paper', p_by);
  end if;
end $$;
comment on function private.write_roster_person(public.roster_imports, private.roster_row, uuid, uuid) is
  'The person of a row, new or brought up to date; an empty cell never erases anything. Hints: phone_of_other_name, building_in_other_grid, own_data_kept.';

create function private.write_roster_volunteer(p_import public.roster_imports, r private.roster_row, p_person_id uuid, p_by uuid, out change text, out hints jsonb)
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_old public.volunteers;
  v_color text;
  v_corps uuid;
begin
  hints := '[]';
  change := 'unchanged';
  select * into v_old from public.volunteers v where v.community_id = p_import.community_id and v.id = p_person_id;
  if v_old.status <> 'active' then
    -- Leaving is the volunteer's own word: an old list does not take it back.
    hints := hints || private.roster_reason('name', 'volunteer_has_left');
    return;
  end if;
  if private.age_on(r.birth_year, r.birth_month, private.today()) < 18 and not exists (select 1 from public.guardian_links g
      where g.community_id = p_import.community_id and g.minor_person_id = p_person_id and g.consented_at is not null) then
    insert into public.guardian_links (community_id, id, minor_person_id, guardian_name, guardian_phone, consented_at, recorded_by)
      values (p_import.community_id, gen_random_uuid(), p_person_id, r.guardian_name, r.guardian_phone, private.now(), p_by);
    perform private.record_consent(p_import.community_id, p_person_id, 'guardian', 'roster', 'paper', p_by);
  end if;
  if v_old.id is null then
    perform private.ensure_volunteer(p_import.community_id, p_person_id, r.skills, r.availability);
    perform private.record_consent(p_import.community_id, p_person_id, 'volunteer_record', 'roster', 'paper', p_by);
    change := 'imported';
  elsif not coalesce(r.skills, '{}') <@ v_old.skills or not coalesce(r.availability, '{}') <@ v_old.availability then
    update public.volunteers v set
        skills = (select array_agg(distinct s) from unnest(v.skills || coalesce(r.skills, '{}')) s),
        availability = coalesce((select array_agg(distinct a) from unnest(v.availability || coalesce(r.availability, '{}')) a), '{}')
      where v.community_id = p_import.community_id and v.id = p_person_id;
    change := 'updated';
  end if;
  foreach v_color in array coalesce(r.corps, '{}') loop
    select c.id into v_corps from public.corps c
      where c.community_id = p_import.community_id and c.color = v_color and c.closed_on is null order by c.founded_on, c.id limit 1;
    if v_corps is null then
      insert into public.corps (community_id, id, color, name, founded_on)
        values (p_import.community_id, gen_random_uuid(), v_color, p_import.corps_names ->> v_color, private.today())
        on conflict (community_id, name) do update set name = excluded.name returning id into v_corps;
    end if;
    insert into public.corps_members (community_id, id, corps_id, person_id, joined_on)
      select p_import.community_id, gen_random_uuid(), v_corps, p_person_id, private.today()
      where not exists (select 1 from public.corps_members m where m.community_id = p_import.community_id and m.corps_id = v_corps and m.person_id = p_person_id)
      on conflict (community_id, corps_id, person_id) where left_on is null do nothing;
    if found and change = 'unchanged' then change := 'updated'; end if;
  end loop;
end $$;
comment on function private.write_roster_volunteer(public.roster_imports, private.roster_row, uuid, uuid) is
  'Makes the person of a row a volunteer of its corps; skills are added to, never taken away. Hint: volunteer_has_left.';

create function private.ensure_party_org(p_community_id uuid, p_name text, p_parent_id uuid, p_kind text)
returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid;
  v_name text := p_name;
begin
  select o.id into v_id from public.party_orgs o where o.community_id = p_community_id and o.name = p_name and (p_parent_id is null or o.parent_id = p_parent_id);
  if found then return v_id; end if;
  -- 「第一党小组」 is in every branch: beside a namesake the branch's name goes before it.
  if p_parent_id is not null and exists (select 1 from public.party_orgs o where o.community_id = p_community_id and o.name = p_name) then
    select o.name || p_name into v_name from public.party_orgs o where o.community_id = p_community_id and o.id = p_parent_id;
  end if;
  insert into public.party_orgs (community_id, id, kind, name, parent_id)
    values (p_community_id, gen_random_uuid(), p_kind, v_name, case when p_kind = 'branch' then coalesce(p_parent_id, (select case when count(*) = 1 then (array_agg(o.id))[1] end
      from public.party_orgs o where o.community_id = p_community_id and o.kind in ('committee', 'general_branch') and o.parent_id is null)) else p_parent_id end)
    on conflict (community_id, name) do nothing;
  select o.id into v_id from public.party_orgs o where o.community_id = p_community_id and o.name = v_name;
  return v_id;
end $$;
comment on function private.ensure_party_org(uuid, text, uuid, text) is 'The party organisation that a list names, made when there is none; a new branch goes under the only committee there is.';

create function private.write_roster_post(p_import public.roster_imports, r private.roster_row, p_person_id uuid, p_org uuid, out written boolean, out hints jsonb)
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_place record;
begin
  written := false;
  hints := '[]';
  if r.post is null or exists (select 1 from public.party_posts pp where pp.community_id = p_import.community_id
      and pp.person_id = p_person_id and pp.post = r.post and (pp.valid_to is null or pp.valid_to >= private.today())) then
    return;
  end if;
  select p.grid_id, e.building_id into v_place from public.persons p
    join public.person_private pv on pv.community_id = p.community_id and pv.person_id = p.id
    left join public.households h on h.community_id = pv.community_id and h.id = pv.household_id
    left join public.entrances e on e.community_id = h.community_id and e.id = h.entrance_id
    where p.community_id = p_import.community_id and p.id = p_person_id;
  if coalesce(v_place.building_id, v_place.grid_id, p_org) is null then
    hints := hints || private.roster_reason('post', 'post_place_missing');
    return;
  end if;
  insert into public.party_posts (community_id, id, person_id, post, grid_id, building_id, party_org_id, relay_phone, valid_from)
    values (p_import.community_id, gen_random_uuid(), p_person_id, r.post, v_place.grid_id,
      case when (select d.place from private.post_rule(p_import.community_id, r.post) d) = 'building' then v_place.building_id end, p_org, r.relay_phone,
      coalesce(r.from_day, private.today()));
  written := true;
exception when sqlstate 'PT409' then
  written := false;
  hints := hints || private.roster_reason('post', 'post_taken');
end $$;
comment on function private.write_roster_post(public.roster_imports, private.roster_row, uuid, uuid) is
  'The post a row names, where the member lives. Hints instead of a post: post_taken (somebody holds it), post_place_missing.';

create function private.write_roster_party_member(p_import public.roster_imports, r private.roster_row, p_person_id uuid, p_by uuid, out change text, out subject_id uuid, out hints jsonb)
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_old public.party_memberships;
  v_org uuid;
  v_group uuid;
  v_from date := coalesce(r.from_day, private.today());
  v_post record;
begin
  change := 'unchanged';
  if r.party_org is not null then
    v_org := private.ensure_party_org(p_import.community_id, r.party_org, null, case when r.party_org ~ '(总支|总支部)$' then 'general_branch' when r.party_org ~ '委(员会)?$' then 'committee'
      when r.party_org ~ '小组$' then 'group' when r.party_org ~ '活动点$' then 'activity_point' else 'branch' end);
    if r.party_group is not null then v_group := private.ensure_party_org(p_import.community_id, r.party_group, v_org, 'group'); end if;
  end if;
  select * into v_old from public.party_memberships m where m.community_id = p_import.community_id and m.person_id = p_person_id and m.valid_to is null;
  subject_id := v_old.id;
  -- A list changes nothing of whoever brings it in: neither branch nor post is one's own to give.
  if v_old.id is not null and p_person_id = p_by then
    hints := case when (v_old.kind, v_old.party_org_id, v_old.group_id) is distinct from (r.party_kind, coalesce(v_org, v_old.party_org_id), coalesce(v_group, v_old.group_id)) or r.post is not null
      then jsonb_build_array(private.roster_reason('party_kind', 'own_row_kept')) else '[]' end;
    return;
  end if;
  if v_old.id is not null and (v_old.kind <> r.party_kind or v_old.party_org_id <> v_org or v_old.group_id <> v_group) and v_old.valid_from < private.today() then
    -- Another kind, branch or group is another membership: the former keeps its dates.
    v_from := greatest(v_from, v_old.valid_from + 1);
    update public.party_memberships m set valid_to = v_from - 1, end_reason = 'moved' where m.community_id = p_import.community_id and m.id = v_old.id;
    subject_id := gen_random_uuid();
    insert into public.party_memberships (community_id, id, person_id, kind, party_org_id, group_id, home_unit, valid_from)
      values (p_import.community_id, subject_id, p_person_id, r.party_kind, coalesce(v_org, v_old.party_org_id),
        coalesce(v_group, case when v_org is null or v_org = v_old.party_org_id then v_old.group_id end), coalesce(r.home_unit, v_old.home_unit), v_from);
    change := 'updated';
    if v_old.kind <> r.party_kind or v_old.party_org_id <> v_org then perform private.end_posts_of(p_import.community_id, p_person_id, v_from); end if;
    if v_old.party_org_id <> v_org then
      perform private.notify(p_import.community_id, p_person_id, 'party_member_moved', jsonb_build_object('org', (select o.name from public.party_orgs o
        where o.community_id = p_import.community_id and o.id = v_org), 'from', v_from), '/party/posts');
    end if;
  elsif v_old.id is not null then
    update public.party_memberships m set kind = r.party_kind, party_org_id = coalesce(v_org, m.party_org_id), group_id = coalesce(v_group, m.group_id),
        home_unit = coalesce(r.home_unit, m.home_unit)
      where m.community_id = p_import.community_id and m.id = v_old.id
        and (m.kind, m.party_org_id, m.group_id, m.home_unit) is distinct from
          (r.party_kind, coalesce(v_org, m.party_org_id), coalesce(v_group, m.group_id), coalesce(r.home_unit, m.home_unit));
    if found then change := 'updated'; end if;
  else
    subject_id := gen_random_uuid();
    -- A list that dates back before a membership that ended begins after it.
    v_from := greatest(v_from, (select max(m.valid_to) + 1 from public.party_memberships m where m.community_id = p_import.community_id and m.person_id = p_person_id));
    insert into public.party_memberships (community_id, id, person_id, kind, party_org_id, group_id, home_unit, valid_from)
      values (p_import.community_id, subject_id, p_person_id, r.party_kind, v_org, v_group, r.home_unit, v_from);
    perform private.record_consent(p_import.community_id, p_person_id, 'political_status', 'roster', 'paper', p_by);
    change := 'imported';
  end if;
  if r.exempt_reason is not null and p_person_id <> p_by and not private.is_exempt(p_import.community_id, p_person_id, private.today()) then
    insert into public.party_exemptions (community_id, id, person_id, reason, valid_from, decided_by)
      values (p_import.community_id, gen_random_uuid(), p_person_id, r.exempt_reason, private.today(), p_by);
    if change = 'unchanged' then change := 'updated'; end if;
  end if;
  if p_person_id = p_by then
    hints := case when r.post is null then '[]' else jsonb_build_array(private.roster_reason('post', 'own_row_kept')) end;
    return;
  end if;
  select * into v_post from private.write_roster_post(p_import, r, p_person_id, coalesce(v_org, v_old.party_org_id));
  hints := v_post.hints;
  if v_post.written and change = 'unchanged' then change := 'updated'; end if;
end $$;
comment on function private.write_roster_party_member(public.roster_imports, private.roster_row, uuid, uuid) is
  'The membership of a row with its branch and group, an exemption from today, and the post it names; whoever moves to another branch or kind hands posts back and is told, as by move_party_member. Hints: post_taken, post_place_missing, own_row_kept.';

create function private.grid_assignment_conflict(p_community_id uuid, p_grid text, p_person_id uuid, p_from date)
returns boolean language sql stable security definer set search_path = '' as $$
  select not exists (select 1 from public.grid_assignments a where a.community_id = p_community_id and a.grid_id = g.id and a.valid_to is null and a.person_id = p_person_id)
    and exists (select 1 from public.grid_assignments a where a.community_id = p_community_id and a.grid_id = g.id and (a.valid_from >= p_from or a.valid_to >= p_from))
  from (select private.find_grid(p_community_id, p_grid) as id) g
$$;
comment on function private.grid_assignment_conflict(uuid, text, uuid, date) is 'Whether assign_grid_worker would refuse: somebody else has the grid on that day or from a later one.';

create function private.write_roster_staff(p_import public.roster_imports, r private.roster_row, p_person_id uuid, p_by uuid, out change text, out subject_id uuid, out hints jsonb)
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_from date := coalesce(r.from_day, private.today());
  v_grid uuid;
  v_name text;
  v_assignment uuid;
begin
  change := 'unchanged';
  hints := '[]';
  select sp.id into subject_id from public.staff_posts sp
    where sp.community_id = p_import.community_id and sp.person_id = p_person_id and sp.title = r.title
      and sp.business_line is not distinct from r.business_line and sp.valid_to is null order by sp.valid_from desc limit 1;
  if subject_id is not null then
    update public.staff_posts sp set relay_phone = r.relay_phone, public_name = r.name
      where sp.community_id = p_import.community_id and sp.id = subject_id and (sp.relay_phone, sp.public_name) is distinct from (r.relay_phone, r.name);
    if found then change := 'updated'; end if;
  else
    subject_id := gen_random_uuid();
    insert into public.staff_posts (community_id, id, person_id, title, business_line, public_name, relay_phone, valid_from)
      values (p_import.community_id, subject_id, p_person_id, r.title, r.business_line, r.name, r.relay_phone, v_from);
    change := 'imported';
    -- A post that this file does not name any more ends the day before; its grids stay with the person, under the new post.
    with ended as (
      update public.staff_posts sp set valid_to = v_from - 1
        where sp.community_id = p_import.community_id and sp.person_id = p_person_id and sp.valid_to is null and sp.valid_from < v_from
          and sp.id not in (select ir.subject_id from public.roster_import_rows ir
            where ir.community_id = p_import.community_id and ir.import_id = p_import.id and ir.subject_id is not null)
        returning sp.id)
    update public.grid_assignments a set staff_post_id = write_roster_staff.subject_id from ended
      where a.community_id = p_import.community_id and a.staff_post_id = ended.id and a.valid_to is null;
  end if;
  foreach v_name in array coalesce(r.grids, '{}') loop
    v_grid := private.ensure_grid(p_import.community_id, v_name);
    v_assignment := gen_random_uuid();
    perform private.assign_grid_worker(p_import.community_id, v_assignment, v_grid, p_person_id, subject_id, v_from, p_by);
    if change = 'unchanged' and exists (select 1 from public.grid_assignments a where a.community_id = p_import.community_id and a.id = v_assignment) then
      change := 'updated';
    end if;
  end loop;
  if r.title in ('community_secretary', 'deputy_secretary') then
    -- The keys of the community are handed over by name, never by a spreadsheet.
    if not private.person_has_role(p_import.community_id, p_person_id, array['community_secretary']) and r.title = 'community_secretary' then
      hints := hints || private.roster_reason('title', 'secretary_role_by_hand');
    end if;
  end if;
  if r.title not in ('community_secretary', 'grid_worker') and not exists (select 1 from public.role_grants g where g.community_id = p_import.community_id
      and g.person_id = p_person_id and g.role = 'community_worker' and g.scope_id is null and (g.valid_to is null or g.valid_to >= v_from)) then
    insert into public.role_grants (community_id, id, person_id, role, valid_from, granted_by)
      values (p_import.community_id, gen_random_uuid(), p_person_id, 'community_worker', v_from, p_by);
    if change = 'unchanged' then change := 'updated'; end if;
  end if;
end $$;
comment on function private.write_roster_staff(public.roster_imports, private.roster_row, uuid, uuid) is
  'The post (管线) of a row, its grids (包片) with dates, and the role that goes with it: community_worker, or grid_worker of the grid. Hint: secretary_role_by_hand.';

create function private.import_roster_row(p_import public.roster_imports, p_row jsonb, p_by uuid)
returns public.roster_import_rows language plpgsql volatile security definer set search_path = '' as $$
declare
  v public.roster_import_rows;
  r private.roster_row := private.check_roster_row(p_import, p_row);
  v_match record;
  v_person record;
  v_more record;
  v_grid text;
  v_twin int;
begin
  v.community_id := p_import.community_id;
  v.import_id := p_import.id;
  v.row_no := (p_row ->> 'row_no')::int;
  v.reasons := r.reasons;
  v.hints := '[]';
  if v.reasons = '[]' then
    select * into v_match from private.match_roster_person(p_import.community_id, r,
      case when r.door is not null then (private.roster_place(p_import.community_id, r.compound, r.building, r.entrance, r.door, false)).household_id end);
    if v_match.reason is not null then v.reasons := v.reasons || private.roster_reason('name', v_match.reason); end if;
    if v_match.person_id is not null then
      v.row_key := concat_ws('|', p_import.id, v_match.person_id, array_to_string(r.corps, ','), r.post, r.title, r.business_line,
        case when p_import.kind = 'staff' then array_to_string(r.grids, ',') end);
      select ir.row_no into v_twin from public.roster_import_rows ir where ir.community_id = p_import.community_id and ir.row_key = v.row_key;
      if v_twin is not null then v.reasons := v.reasons || private.roster_reason('row', 'duplicate_in_file', jsonb_build_object('row', v_twin)); end if;
    end if;
    if p_import.kind = 'staff' then
      foreach v_grid in array coalesce(r.grids, '{}') loop
        if private.grid_assignment_conflict(p_import.community_id, v_grid, v_match.person_id, coalesce(r.from_day, private.today())) then
          v.reasons := v.reasons || private.roster_reason('grid', 'grid_assignment_overlaps');
          exit;
        end if;
      end loop;
    end if;
  end if;
  if v.reasons <> '[]' then
    v.outcome := 'rejected';
    v.row_key := null;
    v.raw := (select coalesce(jsonb_object_agg(c.key, case when private.looks_like_id_card(c.value) then '******' else left(c.value, 200) end), '{}')
      from jsonb_each_text(p_row) c where c.value is not null and private.roster_fields(p_import.kind) ? c.key);
    return v;
  end if;

  select * into v_person from private.write_roster_person(p_import, r, v_match.person_id, p_by);
  v.person_id := v_person.person_id;
  v.outcome := v_person.change;
  v.hints := v_person.hints;
  if p_import.kind = 'volunteers' then
    select *, null::uuid as subject_id into v_more from private.write_roster_volunteer(p_import, r, v.person_id, p_by);
  elsif p_import.kind = 'party_members' then
    select * into v_more from private.write_roster_party_member(p_import, r, v.person_id, p_by);
  elsif p_import.kind = 'staff' then
    select * into v_more from private.write_roster_staff(p_import, r, v.person_id, p_by);
  end if;
  if p_import.kind <> 'residents' then
    v.outcome := case when v_more.change = 'imported' then 'imported' when v.outcome = 'unchanged' then v_more.change else 'updated' end;
    v.subject_id := v_more.subject_id;
    v.hints := v.hints || v_more.hints;
  end if;
  v.row_key := concat_ws('|', p_import.id, v.person_id, array_to_string(r.corps, ','), r.post, r.title, r.business_line,
    case when p_import.kind = 'staff' then array_to_string(r.grids, ',') end);
  return v;
end $$;
comment on function private.import_roster_row(public.roster_imports, jsonb, uuid) is
  'One row from judgement to writing. Further reasons: person_ambiguous, duplicate_in_file {row}, grid_assignment_overlaps.';

-- ---------------------------------------------------------------- commands

create function private.require_roster_right(p_ctx private.command_context, p_kind text)
returns void language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_office(p_ctx);
  if (p_kind = 'staff' and not private.person_has_role(p_ctx.community_id, p_ctx.person_id, array['community_secretary', 'street_admin']))
      or (p_kind = 'party_members' and not private.minds_party(p_ctx.community_id, p_ctx.person_id)) then
    perform private.fail(403, 'not_allowed');
  end if;
end $$;
comment on function private.require_roster_right(private.command_context, text) is 'The office imports; staff (it gives roles) only the secretary, as grant_role has it; party members (it tells who is one) only the party office. Error: not_allowed.';

create function public.begin_roster_import(p_community_id uuid, p_id uuid, p_kind text, p_file_name text, p_file_hash text, p_total_rows int, p_options jsonb default '{}')
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'begin_roster_import',
    jsonb_build_object('kind', p_kind, 'file', p_file_name, 'hash', p_file_hash, 'rows', p_total_rows, 'options', p_options));
  v_options jsonb := coalesce(p_options, '{}');
  v_consent boolean;
  v_before timestamptz;
  v_color text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_kind is null or p_kind not in ('residents', 'volunteers', 'party_members', 'staff') then perform private.fail(400, 'field_invalid', '{"field":"kind"}'); end if;
  perform private.require_roster_right(v_ctx, p_kind);
  if p_file_hash is null or p_file_hash !~ '^[0-9a-f]{64}$' then perform private.fail(400, 'field_invalid', '{"field":"file_hash"}'); end if;
  if p_total_rows is null or p_total_rows not between 1 and 50000 then perform private.fail(400, 'field_invalid', '{"field":"total_rows"}'); end if;
  if jsonb_typeof(v_options) <> 'object' or jsonb_typeof(coalesce(v_options -> 'corps_names', '{}')) <> 'object'
     or jsonb_typeof(coalesce(v_options -> 'paper_consent', 'false')) <> 'boolean' or jsonb_typeof(coalesce(v_options -> 'creates_grids', 'false')) <> 'boolean' then
    perform private.fail(400, 'field_invalid', '{"field":"options"}');
  end if;
  for v_color in select jsonb_object_keys(coalesce(v_options -> 'corps_names', '{}')) loop
    perform private.require_code('corps_color', v_color);
    perform private.clean_text(v_options -> 'corps_names' ->> v_color, 'name', 40);
  end loop;
  v_consent := coalesce((v_options ->> 'paper_consent')::boolean, false);
  if p_kind in ('volunteers', 'party_members') and not v_consent then perform private.fail(422, 'paper_consent_required'); end if;
  select max(i.started_at) into v_before from public.roster_imports i
    where i.community_id = p_community_id and i.file_hash = p_file_hash and i.kind = p_kind and i.finished_at is not null;
  -- Texts of bad rows that nobody came back for.
  update public.roster_import_rows ir set raw = null from public.roster_imports i
    where i.community_id = p_community_id and i.started_at < private.now() - interval '30 days' and i.discarded_at is null
      and ir.community_id = i.community_id and ir.import_id = i.id and ir.raw is not null;
  if exists (select 1 from public.roster_imports i where i.community_id = p_community_id and i.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.roster_imports (community_id, id, kind, file_name, file_hash, total_rows, creates_grids, has_paper_consent, corps_names, started_by, started_at)
    values (p_community_id, p_id, p_kind, private.clean_text(p_file_name, 'file_name', 200), p_file_hash, p_total_rows,
      coalesce((v_options ->> 'creates_grids')::boolean, not exists (select 1 from public.grids g where g.community_id = p_community_id)),
      v_consent, coalesce(v_options -> 'corps_names', '{}'), v_ctx.person_id, private.now());
  return private.end_command(v_ctx, 'roster_imports', p_id, jsonb_build_object('id', p_id, 'sent_before_at', v_before), jsonb_build_object('kind', p_kind, 'rows', p_total_rows));
end $$;
comment on function public.begin_roster_import(uuid, uuid, text, text, text, int, jsonb) is
  'Opens an import; its id is p_id. p_file_hash: sha-256 of the file, hex. p_total_rows 1–50,000. p_options: creates_grids (default: only while there are none), paper_consent (needed for volunteers and party members; recorded for every row), corps_names {corps_color: name}. Answers id, sent_before_at. Office staff; staff rosters the secretary only, party members the party office only. Errors: not_allowed, field_invalid, code_unknown, field_required, field_too_long, paper_consent_required.';

create function public.import_roster_rows(p_community_id uuid, p_id uuid, p_import_id uuid, p_rows jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'import_roster_rows', jsonb_build_object('import', p_import_id, 'rows', p_rows));
  v_import public.roster_imports;
  v_row jsonb;
  v_result public.roster_import_rows;
  v_counts record;
  v_numbers int[];
begin
  if jsonb_typeof(p_rows) is distinct from 'array' then perform private.fail(400, 'field_invalid', '{"field":"rows"}'); end if;
  if jsonb_array_length(p_rows) not between 1 and 500 then perform private.fail(400, 'too_many_rows', '{"max":500}'); end if;
  if exists (select 1 from jsonb_array_elements(p_rows) e where jsonb_typeof(e) <> 'object' or jsonb_typeof(e -> 'row_no') is distinct from 'number'
      or (e ->> 'row_no') !~ '^[1-9][0-9]{0,6}$') then
    perform private.fail(400, 'field_invalid', '{"field":"rows"}');
  end if;
  select array_agg((e ->> 'row_no')::int) into v_numbers from jsonb_array_elements(p_rows) e;
  if v_ctx.replayed is null then
    -- One import of a community writes at a time: natural keys are looked up and used under this lock.
    perform private.lock_roster(p_community_id);
    select * into v_import from public.roster_imports i where i.community_id = p_community_id and i.id = p_import_id for update;
    if not found then perform private.require_office(v_ctx); perform private.fail(404, 'import_unknown'); end if;
    perform private.require_roster_right(v_ctx, v_import.kind);
    if v_import.finished_at is not null then perform private.fail(409, 'import_finished'); end if;
    for v_row in select e from jsonb_array_elements(p_rows) with ordinality as t (e, n) order by n loop
      if not exists (select 1 from public.roster_import_rows ir where ir.community_id = p_community_id and ir.import_id = p_import_id and ir.row_no = (v_row ->> 'row_no')::int) then
        v_result := private.import_roster_row(v_import, v_row, v_ctx.person_id);
        insert into public.roster_import_rows select (v_result).*;
      end if;
    end loop;
    select count(*) filter (where outcome = 'imported') as imported, count(*) filter (where outcome = 'unchanged') as unchanged,
        count(*) filter (where outcome = 'updated') as updated, count(*) filter (where outcome = 'rejected') as rejected, count(*) as done into v_counts
      from public.roster_import_rows ir where ir.community_id = p_community_id and ir.import_id = p_import_id;
    if v_counts.done > v_import.total_rows then perform private.fail(400, 'too_many_rows', jsonb_build_object('max', v_import.total_rows)); end if;
    update public.roster_imports i set imported = v_counts.imported, unchanged = v_counts.unchanged, updated = v_counts.updated, rejected = v_counts.rejected
      where i.community_id = p_community_id and i.id = p_import_id;
    perform private.end_command(v_ctx, 'roster_imports', p_import_id, jsonb_build_object('rows', cardinality(v_numbers)));
  end if;
  return (select jsonb_build_object(
      'import', (select jsonb_build_object('imported', i.imported, 'unchanged', i.unchanged, 'updated', i.updated, 'rejected', i.rejected)
        from public.roster_imports i where i.community_id = p_community_id and i.id = p_import_id),
      'rows', coalesce(jsonb_agg(jsonb_build_object('row_no', ir.row_no, 'outcome', ir.outcome, 'reasons', ir.reasons, 'hints', ir.hints) order by ir.row_no), '[]'))
    from public.roster_import_rows ir where ir.community_id = p_community_id and ir.import_id = p_import_id and ir.row_no = any(v_numbers));
end $$;
comment on function public.import_roster_rows(uuid, uuid, uuid, jsonb) is
  'Up to 500 rows [{row_no, name, phone, birth, compound, building, entrance, door, grid, …}], each on its own: a bad row harms no other, a row number sent again is answered, not repeated. Answers the counts so far and for each row outcome (imported, unchanged, updated, rejected), reasons and hints. Office staff. Errors: not_allowed, import_unknown, import_finished, field_invalid, too_many_rows.';

create function public.finish_roster_import(p_community_id uuid, p_id uuid, p_import_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'finish_roster_import', jsonb_build_object('import', p_import_id));
  v_import public.roster_imports;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  update public.roster_imports i set finished_at = coalesce(i.finished_at, private.now())
    where i.community_id = p_community_id and i.id = p_import_id returning * into v_import;
  if not found then perform private.fail(404, 'import_unknown'); end if;
  return private.end_command(v_ctx, 'roster_imports', p_import_id, jsonb_build_object('id', p_import_id, 'imported', v_import.imported,
    'unchanged', v_import.unchanged, 'updated', v_import.updated, 'rejected', v_import.rejected));
end $$;
comment on function public.finish_roster_import(uuid, uuid, uuid) is 'Closes an import, also one that was broken off. Office staff. Errors: not_allowed, import_unknown.';

create function public.discard_import_rows(p_community_id uuid, p_id uuid, p_import_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'discard_import_rows', jsonb_build_object('import', p_import_id));
  v_count int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  update public.roster_imports i set discarded_at = coalesce(i.discarded_at, private.now()) where i.community_id = p_community_id and i.id = p_import_id;
  if not found then perform private.fail(404, 'import_unknown'); end if;
  update public.roster_import_rows ir set raw = null where ir.community_id = p_community_id and ir.import_id = p_import_id and ir.raw is not null;
  get diagnostics v_count = row_count;
  return private.end_command(v_ctx, 'roster_imports', p_import_id, jsonb_build_object('id', p_import_id, 'discarded', v_count));
end $$;
comment on function public.discard_import_rows(uuid, uuid, uuid) is 'Deletes the kept text of an import''s bad rows; the reasons stay. Office staff. Errors: not_allowed, import_unknown.';

do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as signature from pg_proc p where p.pronamespace = 'private'::regnamespace
      and p.proname in ('try_clean', 'looks_like_id_card', 'parse_day', 'place_key', 'place_name', 'find_grid', 'ensure_grid', 'roster_place', 'roster_reason',
        'roster_fields', 'split_list', 'check_roster_row', 'match_roster_person', 'write_roster_person', 'write_roster_volunteer', 'write_roster_party_member', 'write_roster_post', 'ensure_party_org',
        'grid_assignment_conflict', 'write_roster_staff', 'import_roster_row', 'require_roster_right') loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
  end loop;
end $$;
revoke all on function public.begin_roster_import(uuid, uuid, text, text, text, int, jsonb) from public, anon, authenticated;
revoke all on function public.import_roster_rows(uuid, uuid, uuid, jsonb) from public, anon, authenticated;
revoke all on function public.finish_roster_import(uuid, uuid, uuid) from public, anon, authenticated;
revoke all on function public.discard_import_rows(uuid, uuid, uuid) from public, anon, authenticated;
grant execute on function public.begin_roster_import(uuid, uuid, text, text, text, int, jsonb) to authenticated;
grant execute on function public.import_roster_rows(uuid, uuid, uuid, jsonb) to authenticated;
grant execute on function public.finish_roster_import(uuid, uuid, uuid) to authenticated;
grant execute on function public.discard_import_rows(uuid, uuid, uuid) to authenticated;
