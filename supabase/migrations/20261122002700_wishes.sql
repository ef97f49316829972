-- 微心愿 (F21): collected → reviewed → shown masked → claimed → delivered → confirmed → thanked. What is public and what is
-- private are two tables; withdrawing the consent empties the first and deletes the second, with every file and every message.

insert into private.setting_keys (key, kind, area, sort, unit, min_value, max_value, default_value) values
  ('wish_claim_days', 'number', 'care', 20, 'days', 3, 60, 15),
  ('wish_goods_max_yuan', 'number', 'care', 30, 'yuan', 10, 5000, 300),
  ('wish_claims_per_donor', 'number', 'care', 40, 'wishes', 1, 20, 3),
  ('wish_claims_per_firm', 'number', 'care', 50, 'wishes', 1, 100, 10),
  ('wish_open_days', 'number', 'care', 60, 'days', 14, 365, 180);

create table public.wishes (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  no int not null,
  kind text not null check (kind in ('goods', 'service', 'companionship')),
  wish_for text not null check (wish_for in ('hardship', 'disabled', 'left_behind_child', 'empty_nest')),
  status text not null check (status in ('draft', 'reviewing', 'returned', 'open', 'claimed', 'delivering', 'realized', 'thanked', 'expired', 'withdrawn')),
  title text not null,
  body text not null,
  size text,
  masked_name text,
  age_band text check (age_band in ('child', 'teen', 'adult', 'senior', 'elder')),
  grid_id uuid,
  corps_color text check (corps_color in ('red_relief', 'orange_youth', 'yellow_patrol', 'green_eco', 'cyan_law', 'blue_repair', 'purple_health')),
  price_yuan int,
  parts int not null default 1,
  parts_taken int not null default 0,
  meeting text not null default 'community' check (meeting in ('community', 'direct')),
  needed_by date,
  expires_on date,
  collected_by uuid not null,
  collected_via text not null check (collected_via in ('self', 'helper', 'visit', 'drive')),
  drive text,
  collected_at timestamptz not null,
  reviewed_by uuid,
  reviewed_at timestamptz,
  return_reason text,
  opened_at timestamptz,
  realized_at timestamptz,
  withdrawn_at timestamptz,
  given_back int not null default 0,
  primary key (community_id, id),
  foreign key (community_id, grid_id) references public.grids (community_id, id),
  foreign key (community_id, collected_by) references public.persons (community_id, id),
  foreign key (community_id, reviewed_by) references public.persons (community_id, id),
  constraint wish_number_is_unique unique (community_id, no),
  constraint parts_taken_is_within_parts check (parts between 1 and 20 and parts_taken between 0 and parts),
  constraint a_wish_is_reviewed_by_somebody_else check (reviewed_by is null or reviewed_by <> collected_by),
  constraint an_open_wish_was_reviewed check (status not in ('open', 'claimed', 'delivering', 'realized', 'thanked') or (reviewed_at is not null and opened_at is not null)),
  constraint goods_have_a_price check (kind <> 'goods' or price_yuan is not null or status in ('draft', 'withdrawn')),
  constraint a_realized_wish_says_when check (status not in ('realized', 'thanked') or realized_at is not null)
);
create index wishes_by_status on public.wishes (community_id, status, opened_at desc);
create index wishes_by_link on public.wishes (id);
create index wishes_by_realization on public.wishes (community_id, realized_at) where realized_at is not null;
create index wishes_by_collector on public.wishes (community_id, collected_by);
create index wishes_by_reviewer on public.wishes (community_id, reviewed_by);
create index wishes_by_grid on public.wishes (community_id, grid_id);
comment on table public.wishes is
  'draft → reviewing → open → claimed → delivering → realized → thanked; reviewing → returned; claimed → open again when given back or past its time; open → expired; withdrawn. Holds what everybody may read after the review; the private facts are in wish_private.';
comment on column public.wishes.title is 'public: reviewed; names nobody';
comment on column public.wishes.body is 'public: reviewed; names nobody';
comment on column public.wishes.masked_name is 'public: 王*明 by the server; null for minors';
comment on column public.wishes.age_band is 'public: a band, never a birth date';
comment on column public.wishes.return_reason is 'personal data: why the review gave it back, for the collector';
comment on column public.wishes.realized_at is 'The moment it counts from, for ever; also when the consent is withdrawn later.';

create table public.wish_private (
  community_id uuid not null,
  id uuid not null,
  person_id uuid,
  name text not null,
  name_key text not null,
  birth_year int,
  phone text,
  address text,
  facts text,
  consented_at timestamptz,
  consent_via text check (consent_via in ('self', 'helper', 'guardian', 'paper')),
  consent_by uuid,
  primary key (community_id, id),
  foreign key (community_id, id) references public.wishes (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, consent_by) references public.persons (community_id, id),
  constraint wish_phone_is_mainland_mobile check (phone ~ '^1[3-9][0-9]{9}$')
);
create index wish_private_by_person on public.wish_private (community_id, person_id);
create index wish_private_by_name on public.wish_private (community_id, name_key);
create index wish_private_by_consenter on public.wish_private (community_id, consent_by);
comment on table public.wish_private is
  'For whom a wish is, id = the wish''s. Read by the person and a linked helper; the staff look by reveal_wish, which is logged. Deleted when the consent is withdrawn.';
comment on column public.wish_private.name is 'personal data: name';
comment on column public.wish_private.name_key is 'personal data: name, normalised for search';
comment on column public.wish_private.birth_year is 'personal data: birth year';
comment on column public.wish_private.phone is 'personal data: phone';
comment on column public.wish_private.address is 'personal data: address';
comment on column public.wish_private.facts is 'personal data: sensitive, why the wish is there';

create table public.wish_claims (
  community_id uuid not null,
  id uuid not null,
  wish_id uuid not null,
  donor_person_id uuid not null,
  firm text,
  parts int not null default 1,
  is_shared boolean not null,
  status text not null check (status in ('asked', 'approved', 'delivering', 'realized', 'declined', 'released', 'lapsed')),
  note text,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  approved_at timestamptz,
  approved_by uuid,
  shares_address boolean not null default false,
  reminded int not null default 0,
  ended_at timestamptz,
  ended_by uuid,
  why text check (why in ('given_back', 'refused', 'unsuitable', 'declined', 'lapsed', 'withdrawn', 'left')),
  reason text,
  realized_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, wish_id) references public.wishes (community_id, id),
  foreign key (community_id, donor_person_id) references public.persons (community_id, id),
  foreign key (community_id, approved_by) references public.persons (community_id, id),
  foreign key (community_id, ended_by) references public.persons (community_id, id),
  constraint a_claim_takes_at_least_one_part check (parts >= 1),
  constraint nobody_approves_the_own_claim check (approved_by is null or approved_by <> donor_person_id),
  constraint a_delivered_claim_was_approved check (status not in ('approved', 'delivering', 'realized') or approved_at is not null)
);
create unique index one_active_claim_per_wish on public.wish_claims (community_id, wish_id)
  where not is_shared and status in ('asked', 'approved', 'delivering', 'realized');
create unique index one_active_claim_per_wish_and_donor on public.wish_claims (community_id, wish_id, donor_person_id)
  where status in ('asked', 'approved', 'delivering', 'realized');
create index wish_claims_by_wish on public.wish_claims (community_id, wish_id);
create index wish_claims_by_donor on public.wish_claims (community_id, donor_person_id, status);
create index wish_claims_by_due on public.wish_claims (community_id, due_at) where status in ('asked', 'approved');
create index wish_claims_by_approver on public.wish_claims (community_id, approved_by);
create index wish_claims_by_ender on public.wish_claims (community_id, ended_by);
comment on table public.wish_claims is
  'asked → approved → delivering → realized; declined, released (given back, refused, unsuitable), lapsed after 15 days, judged by time. Parts held are in wishes.parts_taken, never more than there are.';
comment on column public.wish_claims.firm is 'public: the firm the donor acts for';
comment on column public.wish_claims.note is 'personal data: free text of the donor to the staff';
comment on column public.wish_claims.shares_address is 'personal data: whether the donor is told the family''s address; the address itself is in wish_private';
comment on column public.wish_claims.reason is 'personal data: free text';

create table private.wish_meetings (
  community_id uuid not null,
  claim_id uuid not null,
  arrangement text,
  code text not null,
  tries int not null default 0,
  primary key (community_id, claim_id),
  foreign key (community_id, claim_id) references public.wish_claims (community_id, id)
);
alter table private.wish_meetings enable row level security;
comment on table private.wish_meetings is
  'How an approved claim is handed over: where and when, and the six digits the receiver gives to whoever hands over (five tries). Read through donor_claim and the desk, which judge by time; deleted when the claim ends.';
comment on column private.wish_meetings.arrangement is 'personal data: where and when to hand over';

create table public.wish_deliveries (
  community_id uuid not null,
  id uuid not null,
  claim_id uuid not null,
  via text not null check (via in ('direct', 'community', 'store')),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  note text,
  status text not null default 'handed_over' check (status in ('handed_over', 'confirmed', 'refused')),
  confirmed_by uuid,
  confirmed_at timestamptz,
  confirmed_via text check (confirmed_via in ('receiver', 'code', 'staff')),
  primary key (community_id, id),
  foreign key (community_id, claim_id) references public.wish_claims (community_id, id),
  foreign key (community_id, recorded_by) references public.persons (community_id, id),
  foreign key (community_id, confirmed_by) references public.persons (community_id, id),
  constraint a_confirmed_delivery_says_by_whom check ((status = 'confirmed') = (confirmed_at is not null))
);
create unique index one_delivery_at_a_time on public.wish_deliveries (community_id, claim_id) where status <> 'refused';
create index wish_deliveries_by_claim on public.wish_deliveries (community_id, claim_id);
create index wish_deliveries_by_recorder on public.wish_deliveries (community_id, recorded_by);
create index wish_deliveries_by_confirmer on public.wish_deliveries (community_id, confirmed_by);
comment on table public.wish_deliveries is 'How a claim was delivered and who confirmed it: the receiver, somebody with the receiver''s code, or the staff after a call.';
comment on column public.wish_deliveries.note is 'personal data: free text';

create table public.wish_goods_moves (
  community_id uuid not null,
  id uuid not null,
  claim_id uuid not null,
  direction text not null check (direction in ('in', 'out', 'back')),
  at timestamptz not null,
  booked_by uuid not null,
  primary key (community_id, id),
  foreign key (community_id, claim_id) references public.wish_claims (community_id, id),
  foreign key (community_id, booked_by) references public.persons (community_id, id)
);
create unique index goods_come_once on public.wish_goods_moves (community_id, claim_id) where direction = 'in';
create unique index goods_go_once on public.wish_goods_moves (community_id, claim_id) where direction <> 'in';
create index wish_goods_moves_by_claim on public.wish_goods_moves (community_id, claim_id);
create index wish_goods_moves_by_booker on public.wish_goods_moves (community_id, booked_by);
create trigger tg_wish_goods_moves__append_only before update or delete on public.wish_goods_moves for each row execute function private.tg_append_only();
comment on table public.wish_goods_moves is 'Goods that pass through the community''s store: in from the donor, out to the family, or back to the donor. On hand = in without out or back; never below zero by its two indexes and the command.';

create table public.wish_thanks (
  community_id uuid not null,
  id uuid not null,
  claim_id uuid not null,
  body text,
  is_public boolean not null default false,
  written_by uuid not null,
  written_at timestamptz not null,
  status text not null default 'waiting' check (status in ('waiting', 'passed', 'returned')),
  judged_by uuid,
  judged_at timestamptz,
  reason text,
  primary key (community_id, id),
  foreign key (community_id, claim_id) references public.wish_claims (community_id, id),
  foreign key (community_id, written_by) references public.persons (community_id, id),
  foreign key (community_id, judged_by) references public.persons (community_id, id),
  constraint thanks_are_judged_by_somebody_else check (judged_by is null or judged_by <> written_by)
);
create unique index thanks_are_given_once on public.wish_thanks (community_id, claim_id) where status <> 'returned';
create index wish_thanks_by_claim on public.wish_thanks (community_id, claim_id);
create index wish_thanks_by_writer on public.wish_thanks (community_id, written_by);
create index wish_thanks_by_judge on public.wish_thanks (community_id, judged_by);
comment on table public.wish_thanks is 'A word (or a voice note, by attachments) back to the donor: waiting → passed | returned. The donor sees what passed.';
comment on column public.wish_thanks.body is 'personal data: free text';
comment on column public.wish_thanks.reason is 'personal data: free text';

alter table public.wishes enable row level security;
alter table public.wish_private enable row level security;
alter table public.wish_claims enable row level security;
alter table public.wish_deliveries enable row level security;
alter table public.wish_goods_moves enable row level security;
alter table public.wish_thanks enable row level security;
grant select on public.wishes, public.wish_private, public.wish_claims, public.wish_deliveries, public.wish_goods_moves, public.wish_thanks to authenticated;
create policy select_own_or_as_office on public.wishes for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and collected_by = any(array(select private.my_persons()))
    and (community_id, collected_by) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.office_communities())));
create policy select_own on public.wish_private for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k)));
create policy select_own_or_as_office on public.wish_claims for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and donor_person_id = any(array(select private.my_persons()))
    and (community_id, donor_person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.office_communities())));
create policy select_own_or_as_office on public.wish_deliveries for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and recorded_by = any(array(select private.my_persons()))
    and (community_id, recorded_by) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.office_communities())));
create policy select_as_office on public.wish_goods_moves for select to authenticated using (community_id = any(array(select private.office_communities())));
create policy select_own_or_as_office on public.wish_thanks for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and written_by = any(array(select private.my_persons()))
    and (community_id, written_by) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.office_communities())));

-- ---------------------------------------------------------------- who, and how a wish stands now

create function private.is_wish_receiver(p_community_id uuid, p_me uuid, p_wish_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.wish_private w where w.community_id = p_community_id and w.id = p_wish_id
    and (w.person_id = p_me or private.helps(p_community_id, p_me, w.person_id)))
$$;
comment on function private.is_wish_receiver(uuid, uuid, uuid) is 'The person the wish is for, or a linked helper.';

create function private.may_collect_wishes(p_community_id uuid, p_me uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select private.person_has_role(p_community_id, p_me, array['community_worker', 'community_secretary', 'street_admin', 'grid_worker', 'building_head',
    'corps_leader', 'resident_rep', 'branch_secretary'])
$$;
comment on function private.may_collect_wishes(uuid, uuid) is 'Who takes wishes down for others on visits and in drives.';

create function private.live_parts(p_wish public.wishes)
returns int language sql stable security definer set search_path = '' as $$
  select p_wish.parts_taken - coalesce((select sum(c.parts)::int from public.wish_claims c where c.community_id = p_wish.community_id and c.wish_id = p_wish.id
    and c.status in ('asked', 'approved') and c.due_at <= private.now()), 0)
$$;
comment on function private.live_parts(public.wishes) is 'Parts taken as of now: a claim past its time holds nothing, even before somebody settles it.';

create function private.wish_state(p_wish public.wishes)
returns text language sql stable security definer set search_path = '' as $$
  select case
    when p_wish.status not in ('open', 'claimed') then p_wish.status
    when private.live_parts(p_wish) = p_wish.parts then 'claimed'
    when p_wish.expires_on < private.today() and private.live_parts(p_wish) = 0 then 'expired'
    else 'open' end
$$;
comment on function private.wish_state(public.wishes) is 'The status as of now: claims past their time free their parts, a wish past its day is expired; no job needed.';

create function private.lock_wish(p_wish_id uuid)
returns void language sql volatile set search_path = '' as $$
  select pg_advisory_xact_lock(hashtextextended(p_wish_id::text, 27))
$$;

create function private.refresh_wish(p_community_id uuid, p_wish_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_wish public.wishes;
  v_realized int;
  v_under_way boolean;
  v_status text;
begin
  select * into v_wish from public.wishes w where w.community_id = p_community_id and w.id = p_wish_id for update;
  if v_wish.status not in ('open', 'claimed', 'delivering', 'realized', 'expired') then return; end if;
  select coalesce(sum(c.parts) filter (where c.status = 'realized'), 0), coalesce(bool_or(c.status = 'delivering'), false) into v_realized, v_under_way
    from public.wish_claims c where c.community_id = p_community_id and c.wish_id = p_wish_id;
  v_status := case when v_realized = v_wish.parts then 'realized' when v_wish.parts_taken < v_wish.parts then 'open'
    when v_under_way then 'delivering' else 'claimed' end;
  update public.wishes set status = v_status, realized_at = case when v_status = 'realized' then coalesce(realized_at, private.now()) end
    where community_id = p_community_id and id = p_wish_id;
end $$;
comment on function private.refresh_wish(uuid, uuid) is 'Under the wish''s lock: the status that follows from its claims; realised when the last part is.';

create function private.end_claim(p_claim public.wish_claims, p_status text, p_why text, p_reason text, p_by uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.wish_claims set status = p_status, why = p_why, reason = p_reason, ended_at = private.now(), ended_by = p_by
    where community_id = p_claim.community_id and id = p_claim.id;
  update public.wish_deliveries set status = 'refused' where community_id = p_claim.community_id and claim_id = p_claim.id and status = 'handed_over';
  delete from private.wish_meetings where community_id = p_claim.community_id and claim_id = p_claim.id;
  update public.wishes set parts_taken = parts_taken - p_claim.parts,
      given_back = given_back + case when p_why in ('given_back', 'refused', 'unsuitable', 'lapsed', 'left') then 1 else 0 end
    where community_id = p_claim.community_id and id = p_claim.wish_id;
  perform private.refresh_wish(p_claim.community_id, p_claim.wish_id);
end $$;
comment on function private.end_claim(public.wish_claims, text, text, text, uuid) is 'Under the wish''s lock: an active claim ends unfulfilled and its parts are free again.';

create function private.settle_wish(p_community_id uuid, p_wish_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_claim public.wish_claims;
begin
  for v_claim in select * from public.wish_claims c where c.community_id = p_community_id and c.wish_id = p_wish_id
      and c.status in ('asked', 'approved') and c.due_at <= private.now() loop
    perform private.end_claim(v_claim, 'lapsed', 'lapsed', null, null);
    perform private.notify(p_community_id, v_claim.donor_person_id, 'wish_claim_lapsed',
      (select jsonb_build_object('title', w.title) from public.wishes w where w.community_id = p_community_id and w.id = p_wish_id), '/wishes/' || p_wish_id);
  end loop;
end $$;
comment on function private.settle_wish(uuid, uuid) is 'Under the wish''s lock: writes down what time has decided already.';

-- ---------------------------------------------------------------- reading what a form sends

create function private.json_text(p_json jsonb, p_key text, p_max int, p_required boolean default false)
returns text language sql immutable set search_path = '' as $$
  select private.clean_text(p_json ->> p_key, p_key, p_max, p_required)
$$;

create function private.json_int(p_json jsonb, p_key text, p_min int, p_max int)
returns int language plpgsql immutable set search_path = '' as $$
begin
  if coalesce(p_json ->> p_key, '') = '' then return null; end if;
  if (p_json ->> p_key) !~ '^[0-9]{1,7}$' or (p_json ->> p_key)::int not between p_min and p_max then
    perform private.fail(400, 'field_invalid', jsonb_build_object('field', p_key));
  end if;
  return (p_json ->> p_key)::int;
end $$;

create function private.json_uuid(p_json jsonb, p_key text)
returns uuid language plpgsql immutable set search_path = '' as $$
begin
  if coalesce(p_json ->> p_key, '') = '' then return null; end if;
  if (p_json ->> p_key) !~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then perform private.fail(400, 'field_invalid', jsonb_build_object('field', p_key)); end if;
  return (p_json ->> p_key)::uuid;
end $$;

create function private.json_day(p_json jsonb, p_key text)
returns date language plpgsql immutable set search_path = '' as $$
begin
  if coalesce(p_json ->> p_key, '') = '' then return null; end if;
  if (p_json ->> p_key) !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then perform private.fail(400, 'field_invalid', jsonb_build_object('field', p_key)); end if;
  begin
    return (p_json ->> p_key)::date;
  exception when others then
    perform private.fail(400, 'field_invalid', jsonb_build_object('field', p_key));
  end;
end $$;

create function private.json_code(p_json jsonb, p_key text, p_codes text[])
returns text language plpgsql immutable set search_path = '' as $$
begin
  if coalesce(p_json ->> p_key, '') = '' then return null; end if;
  if not (p_json ->> p_key) = any(p_codes) then perform private.fail(400, 'field_invalid', jsonb_build_object('field', p_key)); end if;
  return p_json ->> p_key;
end $$;

-- ---------------------------------------------------------------- taking down

create function private.require_wishes(p_community_id uuid)
returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.module_is_on(p_community_id, 'wishes') then perform private.fail(422, 'module_off'); end if;
end $$;

create function private.wish_limit(p_community_id uuid)
returns int language sql stable security definer set search_path = '' as $$
  select coalesce((c.settings ->> 'wish_goods_max_yuan')::int, (m.data -> 'thresholds' ->> 'goods_wish_max_yuan')::int, private.setting_int(p_community_id, 'wish_goods_max_yuan'))
  from public.communities c join public.method_profiles m on m.code = c.method_code and m.version = c.method_version where c.id = p_community_id
$$;
comment on function private.wish_limit(uuid) is 'What a goods wish may cost, in yuan: the community''s setting, else its method profile''s threshold.';

create function private.age_band(p_age int)
returns text language sql immutable set search_path = '' as $$
  select case when p_age < 14 then 'child' when p_age < 18 then 'teen' when p_age < 60 then 'adult' when p_age < 80 then 'senior' when p_age >= 80 then 'elder' end
$$;

create function private.similar_wishes(p_community_id uuid, p_wish_id uuid)
returns int language sql stable security definer set search_path = '' as $$
  select count(*)::int from public.wish_private me
  join public.wishes mine on mine.community_id = me.community_id and mine.id = me.id
  join public.wish_private o on o.community_id = me.community_id and o.id <> me.id
    and (o.person_id = me.person_id or (o.name_key = me.name_key and coalesce(o.phone = me.phone or o.birth_year = me.birth_year, false)))
  join public.wishes w on w.community_id = o.community_id and w.id = o.id and w.kind = mine.kind and w.status not in ('withdrawn', 'expired')
    and w.collected_at > mine.collected_at - interval '180 days'
  where me.community_id = p_community_id and me.id = p_wish_id
$$;
comment on function private.similar_wishes(uuid, uuid) is 'A hint at duplicates: wishes of the same kind for the same person within 180 days.';

create function private.write_wish(p_ctx private.command_context, p_wish_id uuid, p_wish jsonb, p_drive text default null)
returns text language plpgsql volatile security definer set search_path = '' as $$
declare
  v_c uuid := p_ctx.community_id;
  v_me uuid := p_ctx.person_id;
  v_old public.wishes;
  v_person uuid := private.json_uuid(p_wish, 'person_id');
  v_row record;
  v_name text;
  v_year int := private.json_int(p_wish, 'birth_year', 1900, extract(year from private.today())::int);
  v_month int;
  v_phone text := private.clean_phone(p_wish ->> 'phone', false);
  v_grid uuid := private.json_uuid(p_wish, 'grid_id');
  v_via text;
  v_consent text := private.json_code(p_wish, 'consent_via', array['self', 'helper', 'guardian', 'paper']);
  v_kind text := private.json_code(p_wish, 'kind', array['goods', 'service', 'companionship']);
  v_for text := private.json_code(p_wish, 'wish_for', array['hardship', 'disabled', 'left_behind_child', 'empty_nest']);
  v_price int := private.json_int(p_wish, 'price_yuan', 1, 1000000);
  v_limit int := private.wish_limit(v_c);
  v_band text;
  v_status text := case when (p_wish ->> 'draft') = 'true' then 'draft' else 'reviewing' end;
  v_collects boolean := private.may_collect_wishes(v_c, v_me);
begin
  if v_kind is null then perform private.fail(400, 'field_required', '{"field":"kind"}'); end if;
  if v_for is null then perform private.fail(400, 'field_required', '{"field":"wish_for"}'); end if;
  if v_person is not null then
    if not (private.can_act_for(v_c, v_me, v_person)) then perform private.fail(403, 'not_allowed'); end if;
    select p.birth_year, p.grid_id, pp.birth_month, pp.real_name, pp.phone into v_row from public.persons p
      join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id
      where p.community_id = v_c and p.id = v_person and p.status = 'active';
    if not found then perform private.fail(404, 'person_unknown'); end if;
    v_name := v_row.real_name; v_year := coalesce(v_row.birth_year, v_year); v_month := v_row.birth_month; v_phone := coalesce(v_phone, v_row.phone);
    v_grid := coalesce(v_grid, v_row.grid_id);
  else
    if not v_collects then perform private.fail(403, 'not_allowed'); end if;
    v_name := private.clean_name(p_wish ->> 'name');
  end if;
  if v_grid is not null and not exists (select 1 from public.grids g where g.community_id = v_c and g.id = v_grid) then perform private.fail(404, 'grid_unknown'); end if;
  v_via := case when p_drive is not null then 'drive' when v_person = v_me then 'self' when v_person is not null and private.helps(v_c, v_me, v_person) then 'helper' else 'visit' end;
  v_band := private.age_band(private.age_on(v_year, v_month, private.today()));
  if v_status = 'reviewing' then
    -- Without an age nobody can tell whether a guardian has to agree.
    if v_band is null then perform private.fail(400, 'field_required', '{"field":"birth_year"}'); end if;
    if v_consent is null then perform private.fail(422, 'wish_consent_missing'); end if;
    if v_band in ('child', 'teen') and (v_consent not in ('guardian', 'paper') or v_person = v_me) then
      perform private.fail(422, 'guardian_required');
    end if;
  end if;
  if v_kind = 'goods' then
    if v_price is null and v_status = 'reviewing' then perform private.fail(400, 'field_required', '{"field":"price_yuan"}'); end if;
    if v_price > v_limit then perform private.fail(422, 'wish_too_dear', jsonb_build_object('max', v_limit)); end if;
  end if;
  if private.json_day(p_wish, 'needed_by') < private.today() then perform private.fail(422, 'wish_day_is_past'); end if;

  perform private.lock_wish(p_wish_id);
  perform private.settle_wish(v_c, p_wish_id);
  select * into v_old from public.wishes w where w.community_id = v_c and w.id = p_wish_id for update;
  if found then
    if not (v_old.collected_by = v_me or private.is_office(v_c, v_me) or private.is_wish_receiver(v_c, v_me, p_wish_id)) then perform private.fail(404, 'wish_unknown'); end if;
    if private.wish_state(v_old) not in ('draft', 'reviewing', 'returned', 'expired') or v_old.realized_at is not null then
      perform private.fail(409, 'wish_not_editable', jsonb_build_object('status', private.wish_state(v_old)));
    end if;
  end if;
  insert into public.wishes as w (community_id, id, no, kind, wish_for, status, title, body, size, masked_name, age_band, grid_id, corps_color, price_yuan, parts, meeting,
      needed_by, collected_by, collected_via, drive, collected_at)
    values (v_c, p_wish_id, coalesce(v_old.no, private.next_number(v_c, 'wish')), v_kind, v_for, v_status, private.json_text(p_wish, 'title', 40, true),
      coalesce(private.json_text(p_wish, 'body', 400), ''), private.json_text(p_wish, 'size', 60),
      case when coalesce(v_band in ('child', 'teen'), v_for = 'left_behind_child') then null else private.mask_name(v_name) end, v_band, v_grid,
      private.json_code(p_wish, 'corps_color', array['red_relief', 'orange_youth', 'yellow_patrol', 'green_eco', 'cyan_law', 'blue_repair', 'purple_health']),
      case when v_kind = 'goods' then v_price end, coalesce(private.json_int(p_wish, 'parts', 1, 20), 1),
      coalesce(private.json_code(p_wish, 'meeting', array['community', 'direct']), 'community'), private.json_day(p_wish, 'needed_by'),
      v_me, v_via, p_drive, private.now())
    on conflict (community_id, id) do update set kind = excluded.kind, wish_for = excluded.wish_for, status = excluded.status, title = excluded.title, body = excluded.body,
      size = excluded.size, masked_name = excluded.masked_name, age_band = excluded.age_band, grid_id = excluded.grid_id, corps_color = excluded.corps_color,
      price_yuan = excluded.price_yuan, parts = excluded.parts, meeting = excluded.meeting, needed_by = excluded.needed_by, expires_on = null,
      reviewed_by = null, reviewed_at = null, collected_by = excluded.collected_by, return_reason = null;
  insert into public.wish_private as p (community_id, id, person_id, name, name_key, birth_year, phone, address, facts, consented_at, consent_via, consent_by)
    values (v_c, p_wish_id, v_person, v_name, private.name_key(v_name), v_year, v_phone, private.json_text(p_wish, 'address', 100), private.json_text(p_wish, 'facts', 500),
      case when v_consent is not null then private.now() end, v_consent, case when v_consent is not null then v_me end)
    on conflict (community_id, id) do update set person_id = excluded.person_id, name = excluded.name, name_key = excluded.name_key, birth_year = excluded.birth_year,
      phone = excluded.phone, address = excluded.address, facts = excluded.facts, consented_at = coalesce(p.consented_at, excluded.consented_at),
      consent_via = coalesce(excluded.consent_via, p.consent_via), consent_by = coalesce(excluded.consent_by, p.consent_by);
  return v_status;
end $$;
comment on function private.write_wish(private.command_context, uuid, jsonb, text) is
  'Checks and writes one wish with its private part: for oneself, a person one helps, a person of the roster within one''s duty, or (collectors) somebody named. Masks name and age. Errors: those of submit_wish.';

create function private.attachment_ids(p_json jsonb)
returns uuid[] language plpgsql immutable set search_path = '' as $$
begin
  if jsonb_typeof(coalesce(p_json, '[]')) = 'null' then return '{}'; end if;
  if jsonb_typeof(coalesce(p_json, '[]')) <> 'array' then perform private.fail(400, 'field_invalid', '{"field":"attachment_ids"}'); end if;
  return coalesce((select array_agg(private.json_uuid(jsonb_build_object('attachment_ids', i), 'attachment_ids')) from jsonb_array_elements_text(coalesce(p_json, '[]')) i), '{}');
end $$;

create function public.submit_wish(p_community_id uuid, p_id uuid, p_wish_id uuid, p_wish jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'submit_wish', jsonb_build_object('wish', p_wish_id, 'with', p_wish));
  v_status text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_wishes(p_community_id);
  if p_wish_id is null or jsonb_typeof(p_wish) is distinct from 'object' then perform private.fail(400, 'field_required', '{"field":"wish"}'); end if;
  v_status := private.write_wish(v_ctx, p_wish_id, p_wish);
  perform private.claim_attachments(p_community_id, private.attachment_ids(p_wish -> 'attachment_ids'), 'wish', p_wish_id, v_ctx.person_id);
  return private.end_command(v_ctx, 'wishes', p_wish_id,
    jsonb_build_object('wish_id', p_wish_id, 'status', v_status, 'similar', private.similar_wishes(p_community_id, p_wish_id)), '{}',
    (select w.person_id from public.wish_private w where w.community_id = p_community_id and w.id = p_wish_id));
end $$;
comment on function public.submit_wish(uuid, uuid, uuid, jsonb) is
  'Takes a wish down, or hands a returned one in again: person_id (oneself, a helped person, somebody of the roster within one''s duty) or name, birth_year, phone of somebody visited; kind, wish_for, title, body (both public after the review), facts, address (never public), size, price_yuan (goods), parts, needed_by, meeting, consent_via, attachment_ids; draft = true keeps it without consent. {wish_id, status, similar}. Errors: module_off, not_allowed, person_unknown, grid_unknown, wish_consent_missing, guardian_required, wish_too_dear {max}, wish_day_is_past, wish_unknown, wish_not_editable {status}, attachment_unknown, too_many_attachments, field_required, field_invalid, field_too_long, name_invalid, phone_invalid.';

create function public.submit_wishes(p_community_id uuid, p_id uuid, p_drive text, p_rows jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'submit_wishes', jsonb_build_object('drive', p_drive, 'rows', p_rows));
  v_drive text;
  v_row jsonb;
  v_no int := 0;
  v_id uuid;
  v_status text;
  v_state text;
  v_slug text;
  v_detail text;
  v_taken jsonb := '[]';
  v_refused jsonb := '[]';
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_wishes(p_community_id);
  if not private.may_collect_wishes(p_community_id, v_ctx.person_id) then perform private.fail(403, 'not_allowed'); end if;
  v_drive := private.clean_text(p_drive, 'drive', 40);
  if jsonb_typeof(p_rows) is distinct from 'array' or jsonb_array_length(p_rows) not between 1 and 200 then perform private.fail(400, 'field_invalid', '{"field":"rows"}'); end if;
  for v_row in select r from jsonb_array_elements(p_rows) r loop
    v_no := v_no + 1;
    begin
      if jsonb_typeof(v_row) <> 'object' then perform private.fail(400, 'field_invalid', '{"field":"row"}'); end if;
      -- A slip keeps its own id, made where it was typed in: sent again in another batch it is not a second wish.
      v_id := coalesce(private.json_uuid(v_row, 'id'), private.new_id());
      if exists (select 1 from public.wishes w where w.community_id = p_community_id and w.id = v_id) then perform private.fail(409, 'wish_already_taken_down'); end if;
      v_status := private.write_wish(v_ctx, v_id, v_row, v_drive);
      v_taken := v_taken || jsonb_build_object('row_no', v_no, 'wish_id', v_id, 'status', v_status, 'similar', private.similar_wishes(p_community_id, v_id));
    exception when others then
      get stacked diagnostics v_state = returned_sqlstate, v_slug = message_text, v_detail = pg_exception_detail;
      if v_state not like 'PT%' then raise; end if;
      -- The field and the limit, never what was written: the answer is kept in the audit trail.
      v_refused := v_refused || jsonb_build_object('row_no', v_no, 'reason', v_slug, 'field', v_detail::jsonb -> 'field', 'max', v_detail::jsonb -> 'max');
    end;
  end loop;
  return private.end_command(v_ctx, 'wishes', null, jsonb_build_object('taken', v_taken, 'refused', v_refused), jsonb_build_object('rows', v_no));
end $$;
comment on function public.submit_wishes(uuid, uuid, text, jsonb) is
  'Takes down the slips of a drive, at most 200, each by itself: a bad row harms no other. Rows as in submit_wish, with an id each. {taken: [{row_no, wish_id, status, similar}], refused: [{row_no, reason, field, max}]}. Errors: module_off, not_allowed, field_required, field_invalid; of a row also wish_already_taken_down.';

-- ---------------------------------------------------------------- review

create function private.require_wish_office(p_ctx private.command_context, p_wish_id uuid, p_statuses text[])
returns public.wishes language plpgsql volatile security definer set search_path = '' as $$
declare
  v_wish public.wishes;
begin
  if not private.is_office(p_ctx.community_id, p_ctx.person_id) then perform private.fail(403, 'not_allowed'); end if;
  perform private.lock_wish(p_wish_id);
  perform private.settle_wish(p_ctx.community_id, p_wish_id);
  select * into v_wish from public.wishes w where w.community_id = p_ctx.community_id and w.id = p_wish_id for update;
  if not found then perform private.fail(404, 'wish_unknown'); end if;
  if not v_wish.status = any(p_statuses) then perform private.fail(409, 'wish_not_in_state', jsonb_build_object('status', v_wish.status)); end if;
  return v_wish;
end $$;
comment on function private.require_wish_office(private.command_context, uuid, text[]) is 'The wish, locked, for office staff, in one of the states. Errors: not_allowed, wish_unknown, wish_not_in_state {status}.';

create function private.text_betrays(p_text text, p_private public.wish_private)
returns boolean language sql stable set search_path = '' as $$
  select private.name_key(p_text) like '%' || p_private.name_key || '%'
    -- A child is called by the given name alone; one of a single character comes doubled or with 小, 阿.
    or (coalesce(extract(year from private.today())::int - p_private.birth_year < 19, true) and case
      when char_length(p_private.name_key) > 2 then position(right(p_private.name_key, 2) in private.name_key(p_text)) > 0
      when char_length(p_private.name_key) = 2 then private.name_key(p_text) ~ ('[小阿' || right(p_private.name_key, 1) || ']' || right(p_private.name_key, 1))
      else false end)
    or normalize(p_text, nfkc) ~ '1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|[0-9]{15}'
    or (char_length(coalesce(p_private.address, '')) > 3 and position(private.name_key(p_private.address) in private.name_key(p_text)) > 0)
    or normalize(p_text, nfkc) ~ '[0-9]+ ?(号楼|单元|室|栋)'
$$;
comment on function private.text_betrays(text, public.wish_private) is 'Whether a text for everybody holds the name (of a minor, the given name alone), a phone or id number, or an address.';

create function public.review_wish(p_community_id uuid, p_id uuid, p_wish_id uuid, p_public jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'review_wish', jsonb_build_object('wish', p_wish_id, 'public', p_public));
  v_wish public.wishes;
  v_private public.wish_private;
  v_title text;
  v_body text;
  v_size text;
  v_price int;
  v_limit int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_wishes(p_community_id);
  v_wish := private.require_wish_office(v_ctx, p_wish_id, array['reviewing']);
  if jsonb_typeof(p_public) is distinct from 'object' then perform private.fail(400, 'field_required', '{"field":"public"}'); end if;
  select * into v_private from public.wish_private w where w.community_id = p_community_id and w.id = p_wish_id;
  if v_wish.collected_by = v_ctx.person_id then perform private.fail(403, 'wish_collected_oneself'); end if;
  if private.is_wish_receiver(p_community_id, v_ctx.person_id, p_wish_id) then perform private.fail(403, 'own_request'); end if;
  if v_private.consented_at is null then perform private.fail(422, 'wish_consent_missing'); end if;
  v_title := private.json_text(p_public, 'title', 40, true);
  v_body := coalesce(private.json_text(p_public, 'body', 400), '');
  v_size := private.json_text(p_public, 'size', 60);
  v_price := coalesce(private.json_int(p_public, 'price_yuan', 1, 1000000), v_wish.price_yuan);
  v_limit := private.wish_limit(p_community_id);
  if v_wish.kind = 'goods' and v_price > v_limit then perform private.fail(422, 'wish_too_dear', jsonb_build_object('max', v_limit)); end if;
  if private.text_betrays(concat_ws(' ', v_title, v_body, v_size), v_private) then perform private.fail(422, 'wish_text_betrays'); end if;
  update public.wishes set status = 'open', title = v_title, body = v_body, size = v_size, price_yuan = case when kind = 'goods' then v_price end,
      corps_color = coalesce(private.json_code(p_public, 'corps_color', array['red_relief', 'orange_youth', 'yellow_patrol', 'green_eco', 'cyan_law', 'blue_repair', 'purple_health']), corps_color),
      parts = coalesce(private.json_int(p_public, 'parts', 1, 20), parts), meeting = coalesce(private.json_code(p_public, 'meeting', array['community', 'direct']), meeting),
      needed_by = coalesce(private.json_day(p_public, 'needed_by'), needed_by),
      expires_on = coalesce(private.json_day(p_public, 'needed_by'), needed_by, private.today() + private.setting_int(p_community_id, 'wish_open_days')),
      reviewed_by = v_ctx.person_id, reviewed_at = private.now(), opened_at = private.now(), return_reason = null
    where community_id = p_community_id and id = p_wish_id;
  perform private.notify(p_community_id, v_private.person_id, 'wish_opened', jsonb_build_object('title', v_title), '/wishes/mine?wish=' || p_wish_id);
  if v_wish.collected_by is distinct from v_private.person_id then
    perform private.notify(p_community_id, v_wish.collected_by, 'wish_opened', jsonb_build_object('title', v_title), '/wishes/mine?wish=' || p_wish_id);
  end if;
  return private.end_command(v_ctx, 'wishes', p_wish_id, jsonb_build_object('wish_id', p_wish_id, 'status', 'open'), '{}', v_private.person_id);
end $$;
comment on function public.review_wish(uuid, uuid, uuid, jsonb) is
  'Opens a wish to everybody with the text written for it: title, body, size, price_yuan, corps_color, parts, meeting, needed_by. Office staff other than the collector; refuses a text with the name, a number or an address in it. Errors: module_off, not_allowed, wish_unknown, wish_not_in_state {status}, wish_collected_oneself, own_request, wish_consent_missing, wish_too_dear {max}, wish_text_betrays, field_required, field_invalid, field_too_long.';

create function public.return_wish(p_community_id uuid, p_id uuid, p_wish_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'return_wish', jsonb_build_object('wish', p_wish_id, 'reason', p_reason));
  v_wish public.wishes;
  v_reason text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_wish := private.require_wish_office(v_ctx, p_wish_id, array['reviewing']);
  if v_wish.collected_by = v_ctx.person_id then perform private.fail(403, 'wish_collected_oneself'); end if;
  v_reason := private.clean_text(p_reason, 'reason', 200);
  update public.wishes set status = 'returned', return_reason = v_reason, reviewed_by = v_ctx.person_id, reviewed_at = private.now()
    where community_id = p_community_id and id = p_wish_id;
  perform private.notify(p_community_id, v_wish.collected_by, 'wish_returned', jsonb_build_object('title', v_wish.title, 'reason', v_reason), '/wishes/mine?wish=' || p_wish_id);
  return private.end_command(v_ctx, 'wishes', p_wish_id, jsonb_build_object('wish_id', p_wish_id, 'status', 'returned'));
end $$;
comment on function public.return_wish(uuid, uuid, uuid, text) is
  'Gives a wish back to its collector with the reason; it can be handed in again. Office staff other than the collector. Errors: not_allowed, wish_unknown, wish_not_in_state {status}, wish_collected_oneself, field_required.';

create function public.reveal_wish(p_community_id uuid, p_id uuid, p_wish_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'reveal_wish', jsonb_build_object('wish', p_wish_id, 'reason', p_reason));
  v_wish public.wishes;
  v_private public.wish_private;
  v_reason text;
begin
  select * into v_wish from public.wishes w where w.community_id = p_community_id and w.id = p_wish_id;
  if not (private.is_office(p_community_id, v_ctx.person_id) or private.works_on_grid(p_community_id, v_ctx.person_id, v_wish.grid_id)) then
    perform private.fail(403, 'not_allowed');
  end if;
  select * into v_private from public.wish_private w where w.community_id = p_community_id and w.id = p_wish_id;
  if not found then perform private.fail(404, 'wish_unknown'); end if;
  v_reason := private.clean_text(p_reason, 'reason', 200);
  -- Also with an id used before: fresh data come back, so the look is written down again.
  insert into public.access_logs (community_id, id, at, viewer_person_id, person_id, what, reason)
    values (p_community_id, private.new_id(), private.now(), v_ctx.person_id, v_private.person_id, 'wish', v_reason);
  if v_ctx.replayed is null then perform private.end_command(v_ctx, 'wishes', p_wish_id, '{}', '{}', v_private.person_id); end if;
  return jsonb_build_object('name', v_private.name, 'phone', v_private.phone, 'address', v_private.address, 'facts', v_private.facts, 'birth_year', v_private.birth_year,
    'consented_at', v_private.consented_at, 'consent_via', v_private.consent_via, 'files', private.attachments_of(p_community_id, 'wish', p_wish_id),
    'codes', coalesce((select jsonb_agg(jsonb_build_object('claim_id', k.claim_id, 'arrangement', k.arrangement, 'code', k.code)) from private.wish_meetings k
      join public.wish_claims c on c.community_id = k.community_id and c.id = k.claim_id
      where k.community_id = p_community_id and c.wish_id = p_wish_id and c.donor_person_id <> v_ctx.person_id), '[]'));
end $$;
comment on function public.reveal_wish(uuid, uuid, uuid, text) is
  'For whom a wish is (name, phone, address, facts, files, where and when to hand over with the code), for the staff with the duty, with a reason; the look is logged and the person can see it. Errors: not_allowed, wish_unknown, field_required.';

-- ---------------------------------------------------------------- claims

create function private.claim_one_wish(p_ctx private.command_context, p_claim_id uuid, p_wish_id uuid, p_parts int, p_note text, p_firm text)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_c uuid := p_ctx.community_id;
  v_donor uuid := p_ctx.person_id;
  v_wish public.wishes;
begin
  -- Refuse cheaply before waiting for the lock (platform.md).
  select * into v_wish from public.wishes w where w.community_id = v_c and w.id = p_wish_id;
  if not found or v_wish.status not in ('open', 'claimed', 'delivering', 'realized', 'thanked', 'expired') then perform private.fail(404, 'wish_unknown'); end if;
  if private.wish_state(v_wish) = 'expired' then perform private.fail(409, 'wish_expired'); end if;
  if private.wish_state(v_wish) <> 'open' or private.live_parts(v_wish) + p_parts > v_wish.parts then
    perform private.fail(409, 'wish_taken', jsonb_build_object('left', v_wish.parts - private.live_parts(v_wish)));
  end if;
  perform private.lock_wish(p_wish_id);
  perform private.settle_wish(v_c, p_wish_id);
  select * into v_wish from public.wishes w where w.community_id = v_c and w.id = p_wish_id;
  if v_wish.status <> 'open' or v_wish.parts_taken + p_parts > v_wish.parts then
    perform private.fail(409, 'wish_taken', jsonb_build_object('left', case when v_wish.status = 'open' then v_wish.parts - v_wish.parts_taken else 0 end));
  end if;
  if private.is_wish_receiver(v_c, v_donor, p_wish_id) then perform private.fail(422, 'own_wish'); end if;
  if exists (select 1 from public.wish_claims k where k.community_id = v_c and k.wish_id = p_wish_id and k.donor_person_id = v_donor
      and k.status in ('asked', 'approved', 'delivering', 'realized')) then
    perform private.fail(409, 'wish_already_claimed');
  end if;
  if exists (select 1 from public.wish_claims k where k.community_id = v_c and k.id = p_claim_id) then perform private.fail(409, 'id_reused'); end if;
  update public.wishes set parts_taken = parts_taken + p_parts where community_id = v_c and id = p_wish_id and parts_taken + p_parts <= parts;
  if not found then perform private.fail(409, 'wish_taken', '{"left":0}'); end if;
  insert into public.wish_claims (community_id, id, wish_id, donor_person_id, firm, parts, is_shared, status, note, asked_at, due_at)
    values (v_c, p_claim_id, p_wish_id, v_donor, p_firm, p_parts, v_wish.parts > 1, 'asked', p_note, private.now(),
      private.now() + make_interval(days => private.setting_int(v_c, 'wish_claim_days')));
  perform private.refresh_wish(v_c, p_wish_id);
end $$;
comment on function private.claim_one_wish(private.command_context, uuid, uuid, int, text, text) is 'Takes parts of an open wish for the caller, under the wish''s lock. Errors: those of claim_wish.';

create function private.require_claims_left(p_ctx private.command_context, p_firm text, p_wanted int)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_max int := private.setting_int(p_ctx.community_id, case when p_firm is null then 'wish_claims_per_donor' else 'wish_claims_per_firm' end);
begin
  if p_firm is not null and not private.person_has_role(p_ctx.community_id, p_ctx.person_id, array['partner_contact']) then perform private.fail(403, 'not_a_partner'); end if;
  -- Two claims of one donor wait for each other, so that the limit holds.
  perform pg_advisory_xact_lock(hashtextextended(p_ctx.community_id::text || p_ctx.person_id, 28));
  if (select count(*) from public.wish_claims k where k.community_id = p_ctx.community_id and k.donor_person_id = p_ctx.person_id
      and (k.status = 'delivering' or (k.status in ('asked', 'approved') and k.due_at > private.now()))) + p_wanted > v_max then
    perform private.fail(422, 'too_many_claims', jsonb_build_object('max', v_max));
  end if;
end $$;

create function public.claim_wish(p_community_id uuid, p_id uuid, p_wish_id uuid, p_parts int default 1, p_note text default null, p_firm text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'claim_wish',
    jsonb_build_object('wish', p_wish_id, 'parts', p_parts, 'note', p_note, 'firm', p_firm));
  v_firm text := private.clean_text(p_firm, 'firm', 40, false);
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_wishes(p_community_id);
  if p_parts is null or p_parts not between 1 and 20 then perform private.fail(400, 'field_invalid', '{"field":"parts"}'); end if;
  perform private.require_claims_left(v_ctx, v_firm, 1);
  perform private.claim_one_wish(v_ctx, p_id, p_wish_id, p_parts, private.clean_text(p_note, 'note', 200, false), v_firm);
  return private.end_command(v_ctx, 'wish_claims', p_id, jsonb_build_object('claim_id', p_id, 'wish_id', p_wish_id, 'status', 'asked'), jsonb_build_object('wish_id', p_wish_id));
end $$;
comment on function public.claim_wish(uuid, uuid, uuid, int, text, text) is
  'Asks for an open wish (or parts of a shared one), held for 15 days; the staff approve. p_firm for a partner_contact. The claim''s id is the command''s. {claim_id, wish_id, status}. Errors: module_off, wish_unknown, wish_taken {left}, wish_expired, wish_already_claimed, own_wish, too_many_claims {max}, not_a_partner, field_invalid, field_too_long.';

create function public.claim_wishes(p_community_id uuid, p_id uuid, p_wish_ids uuid[], p_firm text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'claim_wishes', jsonb_build_object('wishes', p_wish_ids, 'firm', p_firm));
  v_firm text := private.clean_text(p_firm, 'firm', 40);
  v_wish uuid;
  v_claim uuid;
  v_state text;
  v_slug text;
  v_results jsonb := '[]';
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_wishes(p_community_id);
  if coalesce(cardinality(p_wish_ids), 0) not between 1 and 100 then perform private.fail(400, 'field_invalid', '{"field":"wishes"}'); end if;
  perform private.require_claims_left(v_ctx, v_firm, (select count(distinct i)::int from unnest(p_wish_ids) i));
  -- In the order of the ids, so that two firms never wait for each other.
  for v_wish in select distinct i from unnest(p_wish_ids) i where i is not null order by i loop
    v_claim := private.new_id();
    begin
      perform private.claim_one_wish(v_ctx, v_claim, v_wish, 1, null, v_firm);
      v_results := v_results || jsonb_build_object('wish_id', v_wish, 'claim_id', v_claim, 'status', 'asked');
    exception when others then
      get stacked diagnostics v_state = returned_sqlstate, v_slug = message_text;
      if v_state not like 'PT%' then raise; end if;
      v_results := v_results || jsonb_build_object('wish_id', v_wish, 'refused', v_slug);
    end;
  end loop;
  return private.end_command(v_ctx, 'wish_claims', null, jsonb_build_object('results', v_results));
end $$;
comment on function public.claim_wishes(uuid, uuid, uuid[], text) is
  'A firm takes several wishes at once (10 by default), each by itself. {results: [{wish_id, claim_id, status} | {wish_id, refused}]}. Errors: module_off, not_a_partner, too_many_claims {max}, field_required, field_invalid; of a wish those of claim_wish.';

create function private.active_claim(p_ctx private.command_context, p_claim_id uuid, p_statuses text[])
returns public.wish_claims language plpgsql volatile security definer set search_path = '' as $$
declare
  v_claim public.wish_claims;
begin
  select * into v_claim from public.wish_claims k where k.community_id = p_ctx.community_id and k.id = p_claim_id;
  if not found or not (v_claim.donor_person_id = p_ctx.person_id or private.is_office(p_ctx.community_id, p_ctx.person_id)
      or private.is_wish_receiver(p_ctx.community_id, p_ctx.person_id, v_claim.wish_id)) then
    perform private.fail(404, 'claim_unknown');
  end if;
  perform private.lock_wish(v_claim.wish_id);
  perform private.settle_wish(p_ctx.community_id, v_claim.wish_id);
  select * into v_claim from public.wish_claims k where k.community_id = p_ctx.community_id and k.id = p_claim_id for update;
  if not v_claim.status = any(p_statuses) then perform private.fail(409, 'claim_not_in_state', jsonb_build_object('status', v_claim.status)); end if;
  return v_claim;
end $$;
comment on function private.active_claim(private.command_context, uuid, text[]) is
  'The claim, its wish locked, for the donor, the receiver''s side or the office, in one of the states. Errors: claim_unknown, claim_not_in_state {status}.';

create function public.judge_claim(p_community_id uuid, p_id uuid, p_claim_id uuid, p_approve boolean, p_text text default null, p_share_address boolean default false)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'judge_claim',
    jsonb_build_object('claim', p_claim_id, 'approve', p_approve, 'text', p_text, 'address', p_share_address));
  v_claim public.wish_claims;
  v_wish public.wishes;
  v_private public.wish_private;
  v_text text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.is_office(p_community_id, v_ctx.person_id) then perform private.fail(403, 'not_allowed'); end if;
  if p_approve is null then perform private.fail(400, 'field_required', '{"field":"approve"}'); end if;
  v_claim := private.active_claim(v_ctx, p_claim_id, array['asked']);
  if v_claim.donor_person_id = v_ctx.person_id then perform private.fail(403, 'own_claim'); end if;
  select * into v_wish from public.wishes w where w.community_id = p_community_id and w.id = v_claim.wish_id;
  select * into v_private from public.wish_private w where w.community_id = p_community_id and w.id = v_claim.wish_id;
  v_text := private.clean_text(p_text, 'text', 300, not p_approve);
  if p_approve then
    if coalesce(p_share_address, false) then
      if v_wish.meeting <> 'direct' then perform private.fail(422, 'wish_meets_at_community'); end if;
      insert into public.access_logs (community_id, id, at, viewer_person_id, person_id, what, reason)
        values (p_community_id, private.new_id(), private.now(), v_claim.donor_person_id, v_private.person_id, 'wish', 'hand_over');
    end if;
    update public.wish_claims set status = 'approved', approved_at = private.now(), approved_by = v_ctx.person_id, shares_address = coalesce(p_share_address, false)
      where community_id = p_community_id and id = p_claim_id;
    insert into private.wish_meetings (community_id, claim_id, arrangement, code)
      values (p_community_id, p_claim_id, v_text, lpad(((('x' || substr(replace(private.new_id()::text, '-', ''), 1, 7))::bit(28)::int) % 1000000)::text, 6, '0'));
    perform private.notify(p_community_id, v_private.person_id, 'wish_claimed', jsonb_build_object('title', v_wish.title), '/wishes/mine?wish=' || v_wish.id);
  else
    perform private.end_claim(v_claim, 'declined', 'declined', v_text, v_ctx.person_id);
  end if;
  perform private.notify(p_community_id, v_claim.donor_person_id, case when p_approve then 'wish_claim_approved' else 'wish_claim_declined' end,
    -- Where and when is told by donor_claim, as long as the claim stands; a message would keep it.
    jsonb_build_object('title', v_wish.title, 'reason', case when not p_approve then v_text end, 'due_at', v_claim.due_at), '/wishes/' || v_wish.id);
  return private.end_command(v_ctx, 'wish_claims', p_claim_id, jsonb_build_object('claim_id', p_claim_id, 'status', case when p_approve then 'approved' else 'declined' end),
    jsonb_build_object('wish_id', v_wish.id));
end $$;
comment on function public.judge_claim(uuid, uuid, uuid, boolean, text, boolean) is
  'The staff let a donor in (p_text: where and when to hand over; the address only where the family agreed to be met) or decline with the reason. From then on the receiver has a code. Never one''s own claim. Errors: not_allowed, claim_unknown, claim_not_in_state {status}, own_claim, wish_meets_at_community, field_required.';

create function public.release_wish(p_community_id uuid, p_id uuid, p_claim_id uuid, p_reason text, p_why text default 'given_back')
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'release_wish', jsonb_build_object('claim', p_claim_id, 'reason', p_reason, 'why', p_why));
  v_claim public.wish_claims;
  v_reason text;
  v_title text;
  v_is_donor boolean;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_why is null or p_why not in ('given_back', 'refused', 'unsuitable') then perform private.fail(400, 'field_invalid', '{"field":"why"}'); end if;
  v_claim := private.active_claim(v_ctx, p_claim_id, array['asked', 'approved', 'delivering']);
  v_reason := private.clean_text(p_reason, 'reason', 200);
  v_is_donor := v_claim.donor_person_id = v_ctx.person_id;
  if v_is_donor <> (p_why = 'given_back') and not (p_why = 'given_back' and private.is_office(p_community_id, v_ctx.person_id)) then perform private.fail(403, 'not_allowed'); end if;
  -- What the family did not want leaves the store again.
  if exists (select 1 from public.wish_goods_moves m where m.community_id = p_community_id and m.claim_id = p_claim_id and m.direction = 'in')
      and not exists (select 1 from public.wish_goods_moves m where m.community_id = p_community_id and m.claim_id = p_claim_id and m.direction <> 'in') then
    insert into public.wish_goods_moves (community_id, id, claim_id, direction, at, booked_by) values (p_community_id, private.new_id(), p_claim_id, 'back', private.now(), v_ctx.person_id);
  end if;
  perform private.end_claim(v_claim, 'released', p_why, v_reason, v_ctx.person_id);
  select w.title into v_title from public.wishes w where w.community_id = p_community_id and w.id = v_claim.wish_id;
  if not v_is_donor then
    perform private.notify(p_community_id, v_claim.donor_person_id, 'wish_released', jsonb_build_object('title', v_title, 'reason', v_reason), '/wishes/' || v_claim.wish_id);
  end if;
  return private.end_command(v_ctx, 'wish_claims', p_claim_id, jsonb_build_object('claim_id', p_claim_id, 'status', 'released'),
    jsonb_build_object('wish_id', v_claim.wish_id, 'why', p_why));
end $$;
comment on function public.release_wish(uuid, uuid, uuid, text, text) is
  'Ends a claim with a reason; the wish is open again: given_back (the donor, or the office for one), refused or unsuitable (the receiver''s side, the office). Goods in the store go back. Errors: claim_unknown, claim_not_in_state {status}, not_allowed, field_required, field_invalid.';

-- ---------------------------------------------------------------- delivery

create function public.record_delivery(p_community_id uuid, p_id uuid, p_claim_id uuid, p_via text, p_note text default null, p_attachment_ids uuid[] default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'record_delivery',
    jsonb_build_object('claim', p_claim_id, 'via', p_via, 'note', p_note, 'files', p_attachment_ids));
  v_claim public.wish_claims;
  v_wish public.wishes;
  v_person uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if p_via is null or p_via not in ('direct', 'community', 'store') then perform private.fail(400, 'field_invalid', '{"field":"via"}'); end if;
  v_claim := private.active_claim(v_ctx, p_claim_id, array['approved']);
  if p_via = 'store' and (not private.is_office(p_community_id, v_ctx.person_id) or v_claim.donor_person_id = v_ctx.person_id) then perform private.fail(403, 'not_allowed'); end if;
  if v_claim.donor_person_id <> v_ctx.person_id and not private.is_office(p_community_id, v_ctx.person_id) then perform private.fail(403, 'not_allowed'); end if;
  select * into v_wish from public.wishes w where w.community_id = p_community_id and w.id = v_claim.wish_id;
  if p_via = 'direct' and v_wish.meeting <> 'direct' then perform private.fail(422, 'wish_meets_at_community'); end if;
  if p_via = 'store' and v_wish.kind <> 'goods' then perform private.fail(422, 'only_goods_are_stored'); end if;
  if exists (select 1 from public.wish_deliveries d where d.community_id = p_community_id and d.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.wish_deliveries (community_id, id, claim_id, via, recorded_by, recorded_at, note)
    values (p_community_id, p_id, p_claim_id, p_via, v_ctx.person_id, private.now(), private.clean_text(p_note, 'note', 200, false));
  if p_via = 'store' then
    insert into public.wish_goods_moves (community_id, id, claim_id, direction, at, booked_by) values (p_community_id, private.new_id(), p_claim_id, 'in', private.now(), v_ctx.person_id);
  end if;
  perform private.claim_attachments(p_community_id, p_attachment_ids, 'wish_delivery', p_id, v_ctx.person_id);
  update public.wish_claims set status = 'delivering' where community_id = p_community_id and id = p_claim_id;
  perform private.refresh_wish(p_community_id, v_wish.id);
  select w.person_id into v_person from public.wish_private w where w.community_id = p_community_id and w.id = v_wish.id;
  perform private.notify(p_community_id, v_person, 'wish_on_its_way', jsonb_build_object('title', v_wish.title), '/wishes/mine?wish=' || v_wish.id);
  return private.end_command(v_ctx, 'wish_claims', p_claim_id, jsonb_build_object('claim_id', p_claim_id, 'delivery_id', p_id, 'status', 'delivering'),
    jsonb_build_object('wish_id', v_wish.id, 'via', p_via));
end $$;
comment on function public.record_delivery(uuid, uuid, uuid, text, text, uuid[]) is
  'Notes that a claim was delivered: direct (where the family agreed), at the community, or into the community''s store (booked in by the staff). Photos optional. {claim_id, delivery_id, status}. Errors: claim_unknown, claim_not_in_state {status}, not_allowed, wish_meets_at_community, only_goods_are_stored, attachment_unknown, too_many_attachments, field_invalid.';

create function public.hand_out_goods(p_community_id uuid, p_id uuid, p_claim_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'hand_out_goods', jsonb_build_object('claim', p_claim_id));
  v_claim public.wish_claims;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.is_office(p_community_id, v_ctx.person_id) then perform private.fail(403, 'not_allowed'); end if;
  v_claim := private.active_claim(v_ctx, p_claim_id, array['delivering']);
  if v_claim.donor_person_id = v_ctx.person_id then perform private.fail(403, 'own_claim'); end if;
  if not exists (select 1 from public.wish_goods_moves m where m.community_id = p_community_id and m.claim_id = p_claim_id and m.direction = 'in')
      or exists (select 1 from public.wish_goods_moves m where m.community_id = p_community_id and m.claim_id = p_claim_id and m.direction <> 'in') then
    perform private.fail(409, 'goods_not_in_store');
  end if;
  insert into public.wish_goods_moves (community_id, id, claim_id, direction, at, booked_by) values (p_community_id, private.new_id(), p_claim_id, 'out', private.now(), v_ctx.person_id);
  return private.end_command(v_ctx, 'wish_claims', p_claim_id, jsonb_build_object('claim_id', p_claim_id, 'direction', 'out'), jsonb_build_object('wish_id', v_claim.wish_id));
end $$;
comment on function public.hand_out_goods(uuid, uuid, uuid) is
  'Books goods out of the community''s store, on their way to the family. Office staff, never of one''s own claim. Errors: not_allowed, claim_unknown, claim_not_in_state {status}, own_claim, goods_not_in_store.';

create function public.confirm_realized(p_community_id uuid, p_id uuid, p_claim_id uuid, p_code text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'confirm_realized', jsonb_build_object('claim', p_claim_id, 'code', p_code));
  v_claim public.wish_claims;
  v_wish public.wishes;
  v_code private.wish_meetings;
  v_via text;
  v_points int;
  v_person uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_claim from public.wish_claims k where k.community_id = p_community_id and k.id = p_claim_id;
  if not found then perform private.fail(404, 'claim_unknown'); end if;
  v_via := case when private.is_wish_receiver(p_community_id, v_ctx.person_id, v_claim.wish_id) then 'receiver'
    when private.is_office(p_community_id, v_ctx.person_id) then 'staff' when coalesce(p_code, '') <> '' then 'code' end;
  if v_via is null and v_claim.donor_person_id <> v_ctx.person_id then perform private.fail(404, 'claim_unknown'); end if;
  -- The donor is not the one who says that it arrived.
  if v_claim.donor_person_id = v_ctx.person_id then perform private.fail(403, 'own_claim'); end if;
  perform private.lock_wish(v_claim.wish_id);
  select * into v_claim from public.wish_claims k where k.community_id = p_community_id and k.id = p_claim_id for update;
  if v_claim.status <> 'delivering' then
    -- Who has nothing but a code learns nothing about the claim from it.
    if v_via = 'code' then perform private.fail(404, 'claim_unknown'); end if;
    perform private.fail(409, 'claim_not_in_state', jsonb_build_object('status', v_claim.status));
  end if;
  if v_via = 'code' then
    select * into v_code from private.wish_meetings k where k.community_id = p_community_id and k.claim_id = p_claim_id for update;
    if not found or v_code.tries >= 5 then perform private.fail(422, 'hand_over_code_locked'); end if;
    if v_code.code <> regexp_replace(normalize(p_code, nfkc), '\s', '', 'g') then
      -- Not an error: a refusal would take back the count of the tries.
      update private.wish_meetings set tries = tries + 1 where community_id = p_community_id and claim_id = p_claim_id;
      return private.end_command(v_ctx, 'wish_claims', p_claim_id, jsonb_build_object('claim_id', p_claim_id, 'status', 'wrong_code', 'left', 4 - v_code.tries));
    end if;
  end if;
  if exists (select 1 from public.wish_goods_moves m where m.community_id = p_community_id and m.claim_id = p_claim_id and m.direction = 'in')
      and not exists (select 1 from public.wish_goods_moves m where m.community_id = p_community_id and m.claim_id = p_claim_id and m.direction <> 'in') then
    perform private.fail(422, 'goods_still_in_store');
  end if;
  update public.wish_deliveries set status = 'confirmed', confirmed_by = v_ctx.person_id, confirmed_at = private.now(), confirmed_via = v_via
    where community_id = p_community_id and claim_id = p_claim_id and status = 'handed_over';
  update public.wish_claims set status = 'realized', realized_at = private.now(), ended_at = private.now() where community_id = p_community_id and id = p_claim_id;
  delete from private.wish_meetings where community_id = p_community_id and claim_id = p_claim_id;
  perform private.refresh_wish(p_community_id, v_claim.wish_id);
  select * into v_wish from public.wishes w where w.community_id = p_community_id and w.id = v_claim.wish_id;
  -- V07 (rules.md): by kind, never by price; a firm earns none.
  if v_claim.firm is null then
    v_points := private.award_points(p_community_id, v_claim.donor_person_id, 'V07', 'wish', p_claim_id, private.today(), jsonb_build_object('kind', v_wish.kind), v_ctx.person_id);
  end if;
  perform private.notify(p_community_id, v_claim.donor_person_id, case when v_points > 0 then 'wish_realized_points' else 'wish_realized' end,
    jsonb_build_object('title', v_wish.title, 'points', v_points), '/wishes/' || v_wish.id);
  select w.person_id into v_person from public.wish_private w where w.community_id = p_community_id and w.id = v_wish.id;
  return private.end_command(v_ctx, 'wish_claims', p_claim_id, jsonb_build_object('claim_id', p_claim_id, 'status', 'realized', 'points', v_points),
    jsonb_build_object('wish_id', v_wish.id, 'via', v_via), v_person);
end $$;
comment on function public.confirm_realized(uuid, uuid, uuid, text) is
  'The hand-over is confirmed: by the receiver or a linked helper, by whoever hands over with the receiver''s code, or by the staff after a call; never by the donor. The wish is realised at this moment (with its last part), the donor earns V07. {claim_id, status: realized | wrong_code, points, left}. Errors: claim_unknown, claim_not_in_state {status}, own_claim, hand_over_code_locked, goods_still_in_store.';

-- ---------------------------------------------------------------- thanks

create function public.send_thanks(p_community_id uuid, p_id uuid, p_claim_id uuid, p_text text, p_attachment_ids uuid[] default null, p_is_public boolean default false)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'send_thanks',
    jsonb_build_object('claim', p_claim_id, 'text', p_text, 'files', p_attachment_ids, 'public', p_is_public));
  v_claim public.wish_claims;
  v_text text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_claim := private.active_claim(v_ctx, p_claim_id, array['realized']);
  if v_claim.donor_person_id = v_ctx.person_id then perform private.fail(403, 'own_claim'); end if;
  if exists (select 1 from public.wishes w where w.community_id = p_community_id and w.id = v_claim.wish_id and w.status = 'withdrawn') then perform private.fail(404, 'claim_unknown'); end if;
  v_text := private.clean_text(p_text, 'text', 200, coalesce(cardinality(p_attachment_ids), 0) = 0);
  if exists (select 1 from public.wish_thanks t where t.community_id = p_community_id and t.claim_id = p_claim_id and t.status <> 'returned') then perform private.fail(409, 'thanked_already'); end if;
  if exists (select 1 from public.wish_thanks t where t.community_id = p_community_id and t.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.wish_thanks (community_id, id, claim_id, body, is_public, written_by, written_at)
    values (p_community_id, p_id, p_claim_id, v_text, coalesce(p_is_public, false), v_ctx.person_id, private.now());
  perform private.claim_attachments(p_community_id, p_attachment_ids, 'wish_thanks', p_id, v_ctx.person_id);
  return private.end_command(v_ctx, 'wish_thanks', p_id, jsonb_build_object('thanks_id', p_id, 'status', 'waiting'), jsonb_build_object('wish_id', v_claim.wish_id));
end $$;
comment on function public.send_thanks(uuid, uuid, uuid, text, uuid[], boolean) is
  'A word or a voice note to the donor of a realised claim, by the receiver''s side or written down by the staff; read by the staff first. p_is_public also lets the page of realised wishes show the words. {thanks_id, status}. Errors: claim_unknown, claim_not_in_state {status}, own_claim, thanked_already, attachment_unknown, too_many_attachments, field_required.';

create function public.judge_thanks(p_community_id uuid, p_id uuid, p_thanks_id uuid, p_pass boolean, p_reason text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'judge_thanks', jsonb_build_object('thanks', p_thanks_id, 'pass', p_pass, 'reason', p_reason));
  v_thanks public.wish_thanks;
  v_claim public.wish_claims;
  v_private public.wish_private;
  v_title text;
  v_reason text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.is_office(p_community_id, v_ctx.person_id) then perform private.fail(403, 'not_allowed'); end if;
  if p_pass is null then perform private.fail(400, 'field_required', '{"field":"pass"}'); end if;
  select k.* into v_claim from public.wish_thanks t join public.wish_claims k on k.community_id = t.community_id and k.id = t.claim_id
    where t.community_id = p_community_id and t.id = p_thanks_id;
  if not found then perform private.fail(404, 'thanks_unknown'); end if;
  -- The wish first, as everywhere; what was withdrawn meanwhile is passed on to nobody.
  perform private.lock_wish(v_claim.wish_id);
  select w.title into v_title from public.wishes w where w.community_id = p_community_id and w.id = v_claim.wish_id and w.status <> 'withdrawn';
  if not found then perform private.fail(404, 'thanks_unknown'); end if;
  select * into v_thanks from public.wish_thanks t where t.community_id = p_community_id and t.id = p_thanks_id for update;
  if v_thanks.status <> 'waiting' then perform private.fail(409, 'thanks_judged_already'); end if;
  if v_thanks.written_by = v_ctx.person_id then perform private.fail(403, 'own_request'); end if;
  if v_claim.donor_person_id = v_ctx.person_id then perform private.fail(403, 'own_claim'); end if;
  select * into v_private from public.wish_private w where w.community_id = p_community_id and w.id = v_claim.wish_id;
  if p_pass and v_private.id is not null and private.text_betrays(coalesce(v_thanks.body, ''), v_private) then perform private.fail(422, 'wish_text_betrays'); end if;
  v_reason := private.clean_text(p_reason, 'reason', 200, not p_pass);
  update public.wish_thanks set status = case when p_pass then 'passed' else 'returned' end, judged_by = v_ctx.person_id, judged_at = private.now(), reason = v_reason
    where community_id = p_community_id and id = p_thanks_id;
  if p_pass then
    update public.wishes set status = 'thanked' where community_id = p_community_id and id = v_claim.wish_id and status = 'realized';
    perform private.notify(p_community_id, v_claim.donor_person_id, 'wish_thanks', jsonb_build_object('title', v_title), '/wishes/' || v_claim.wish_id);
  else
    perform private.notify(p_community_id, v_thanks.written_by, 'wish_thanks_returned', jsonb_build_object('title', v_title, 'reason', v_reason), '/wishes/mine?wish=' || v_claim.wish_id);
  end if;
  return private.end_command(v_ctx, 'wish_thanks', p_thanks_id, jsonb_build_object('thanks_id', p_thanks_id, 'status', case when p_pass then 'passed' else 'returned' end),
    jsonb_build_object('wish_id', v_claim.wish_id));
end $$;
comment on function public.judge_thanks(uuid, uuid, uuid, boolean, text) is
  'The staff pass thanks on to the donor, or give them back with the reason (a name or number in them). Never one''s own. Errors: not_allowed, thanks_unknown, thanks_judged_already, own_request, own_claim, wish_text_betrays, field_required.';

-- ---------------------------------------------------------------- withdrawing

create function private.wipe_wish(p_community_id uuid, p_wish_id uuid, p_by uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_claim public.wish_claims;
begin
  perform private.lock_wish(p_wish_id);
  for v_claim in select * from public.wish_claims k where k.community_id = p_community_id and k.wish_id = p_wish_id and k.status in ('asked', 'approved', 'delivering') loop
    perform private.end_claim(v_claim, 'released', 'withdrawn', null, p_by);
    perform private.notify(p_community_id, v_claim.donor_person_id, 'wish_withdrawn', '{}', '/wishes/mine');
  end loop;
  update public.wishes set status = 'withdrawn', withdrawn_at = private.now(), title = '*', body = '', size = null, masked_name = null, age_band = null, grid_id = null,
      drive = null, return_reason = null
    where community_id = p_community_id and id = p_wish_id;
  update public.wish_claims set note = null, reason = null, shares_address = false where community_id = p_community_id and wish_id = p_wish_id;
  perform private.delete_attachments(p_community_id, 'wish', p_wish_id);
  perform private.delete_attachments(p_community_id, 'wish_delivery', d.id) from public.wish_deliveries d
    join public.wish_claims k on k.community_id = d.community_id and k.id = d.claim_id where k.community_id = p_community_id and k.wish_id = p_wish_id;
  perform private.delete_attachments(p_community_id, 'wish_thanks', t.id) from public.wish_thanks t
    join public.wish_claims k on k.community_id = t.community_id and k.id = t.claim_id where k.community_id = p_community_id and k.wish_id = p_wish_id;
  update public.wish_deliveries d set note = null from public.wish_claims k
    where k.community_id = p_community_id and k.wish_id = p_wish_id and d.community_id = k.community_id and d.claim_id = k.id;
  update public.wish_thanks t set body = null, reason = null, is_public = false from public.wish_claims k
    where k.community_id = p_community_id and k.wish_id = p_wish_id and t.community_id = k.community_id and t.claim_id = k.id;
  delete from public.wish_private w where w.community_id = p_community_id and w.id = p_wish_id;
  -- Messages about it go last, with whatever was written while this waited; those sent above name nothing and link elsewhere.
  delete from public.notifications n where n.community_id = p_community_id and position(p_wish_id::text in n.link) > 0;
end $$;
comment on function private.wipe_wish(uuid, uuid, uuid) is
  'The consent ends: everything that says for whom and what is deleted or emptied at once, with files and messages. That a wish was realised, and when, stays as a number.';

create function public.withdraw_wish(p_community_id uuid, p_id uuid, p_wish_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'withdraw_wish', jsonb_build_object('wish', p_wish_id));
  v_wish public.wishes;
  v_person uuid;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_wish from public.wishes w where w.community_id = p_community_id and w.id = p_wish_id;
  if not found or not (private.is_wish_receiver(p_community_id, v_ctx.person_id, p_wish_id) or private.is_office(p_community_id, v_ctx.person_id)
      or (v_wish.collected_by = v_ctx.person_id and v_wish.status in ('draft', 'reviewing', 'returned'))) then
    perform private.fail(404, 'wish_unknown');
  end if;
  if v_wish.status = 'withdrawn' then perform private.fail(409, 'wish_not_in_state', '{"status":"withdrawn"}'); end if;
  select w.person_id into v_person from public.wish_private w where w.community_id = p_community_id and w.id = p_wish_id;
  perform private.wipe_wish(p_community_id, p_wish_id, v_ctx.person_id);
  return private.end_command(v_ctx, 'wishes', p_wish_id, jsonb_build_object('wish_id', p_wish_id, 'status', 'withdrawn'), '{}', v_person);
end $$;
comment on function public.withdraw_wish(uuid, uuid, uuid) is
  'Withdraws a wish and the consent with it, at any time, also of a realised one: the receiver''s side, the office for them, the collector before the review. Errors: wish_unknown, wish_not_in_state {status}.';

create function private.tg_persons__wipe_wishes()
returns trigger language plpgsql security definer set search_path = '' as $$
declare
  v_wish uuid;
begin
  for v_wish in select w.id from public.wish_private w where w.community_id = new.community_id and w.person_id = new.id order by w.id loop
    perform private.wipe_wish(new.community_id, v_wish, null);
  end loop;
  perform private.release_claims_of(new.community_id, new.id);
  update public.wish_claims set note = null, reason = null where community_id = new.community_id and donor_person_id = new.id;
  return null;
end $$;
create trigger tg_persons__wipe_wishes after update of status on public.persons
  for each row when (new.status = 'erased' and old.status <> 'erased') execute function private.tg_persons__wipe_wishes();

create function private.release_claims_of(p_community_id uuid, p_person_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_claim public.wish_claims;
begin
  for v_claim in select * from public.wish_claims k where k.community_id = p_community_id and k.donor_person_id = p_person_id and k.status in ('asked', 'approved', 'delivering') order by k.wish_id loop
    perform private.lock_wish(v_claim.wish_id);
    select * into v_claim from public.wish_claims k where k.community_id = p_community_id and k.id = v_claim.id for update;
    if v_claim.status in ('asked', 'approved', 'delivering') then perform private.end_claim(v_claim, 'released', 'left', null, null); end if;
  end loop;
end $$;
comment on function private.release_claims_of(uuid, uuid) is 'Whoever leaves the community gives the wishes back.';

create function private.tg_account_persons__release_claims()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform private.release_claims_of(new.community_id, new.person_id);
  return null;
end $$;
create trigger tg_account_persons__release_claims after update of status on public.account_persons
  for each row when (new.status = 'left' and old.status <> 'left') execute function private.tg_account_persons__release_claims();

-- ---------------------------------------------------------------- files, reminders

insert into private.attachment_owners (kind, can_see) values ('wish', 'can_see_wish_file'), ('wish_delivery', 'can_see_wish_delivery_file'), ('wish_thanks', 'can_see_wish_thanks_file');

create function private.can_see_wish_file(p_community_id uuid, p_me uuid, p_wish_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select private.is_office(p_community_id, p_me) or private.is_wish_receiver(p_community_id, p_me, p_wish_id)
    or exists (select 1 from public.wishes w where w.community_id = p_community_id and w.id = p_wish_id and w.collected_by = p_me and w.status in ('draft', 'reviewing', 'returned'))
$$;
comment on function private.can_see_wish_file(uuid, uuid, uuid) is 'What was photographed for a wish: the receiver''s side, the staff, the collector until the review. Never the donor: it may be a certificate of need.';

create function private.can_see_wish_delivery_file(p_community_id uuid, p_me uuid, p_delivery_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.wish_deliveries d join public.wish_claims k on k.community_id = d.community_id and k.id = d.claim_id
    where d.community_id = p_community_id and d.id = p_delivery_id
      and (k.donor_person_id = p_me or private.is_office(p_community_id, p_me) or private.is_wish_receiver(p_community_id, p_me, k.wish_id)))
$$;

create function private.can_see_wish_thanks_file(p_community_id uuid, p_me uuid, p_thanks_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.wish_thanks t join public.wish_claims k on k.community_id = t.community_id and k.id = t.claim_id
    where t.community_id = p_community_id and t.id = p_thanks_id
      and ((k.donor_person_id = p_me and t.status = 'passed') or private.is_office(p_community_id, p_me) or private.is_wish_receiver(p_community_id, p_me, k.wish_id)))
$$;

create function private.remind_claims(p_community_id uuid, p_person_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  k public.wish_claims;
  v_step int;
begin
  for k in select c.* from public.wish_claims c where c.community_id = p_community_id and c.donor_person_id = p_person_id
      and c.status in ('asked', 'approved') and c.due_at < private.now() + interval '5 days' order by c.wish_id loop
    -- Whoever acts on the wish just now settles it as well: looking at an inbox waits for nobody.
    continue when not pg_try_advisory_xact_lock(hashtextextended(k.wish_id::text, 27));
    perform private.settle_wish(p_community_id, k.wish_id);
    v_step := case when k.due_at < private.now() + interval '1 day' then 2 else 1 end;
    update public.wish_claims c set reminded = v_step where c.community_id = p_community_id and c.id = k.id and c.status = 'approved' and c.reminded < v_step;
    continue when not found;
    perform private.notify(p_community_id, p_person_id, 'wish_claim_due', jsonb_build_object('due_at', k.due_at,
      'title', (select w.title from public.wishes w where w.community_id = p_community_id and w.id = k.wish_id)), '/wishes/' || k.wish_id);
  end loop;
end $$;
comment on function private.remind_claims(uuid, uuid) is
  'A donor''s claims when the donor looks: what is past its time is written down and told, what ends within five days, and on the last, is reminded of, each once.';

create function public.settle_wishes(p_community_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  return jsonb_build_object('settled', private.tidy_wishes(p_community_id));
end $$;
comment on function public.settle_wishes(uuid) is
  'Tidies up what time has decided (lapsed claims, expired wishes). Everything is right without it; the screens of wishes call it. Errors: not_signed_in, not_a_member.';

create function private.tidy_wishes(p_community_id uuid)
returns int language plpgsql volatile security definer set search_path = '' as $$
declare
  v_due record;
  v_settled int := 0;
begin
  for v_due in select distinct k.wish_id from public.wish_claims k where k.community_id = p_community_id and k.status in ('asked', 'approved') and k.due_at <= private.now() order by 1 loop
    perform private.lock_wish(v_due.wish_id);
    perform private.settle_wish(p_community_id, v_due.wish_id);
    v_settled := v_settled + 1;
  end loop;
  update public.wishes w set status = 'expired' where w.community_id = p_community_id and w.status = 'open' and w.expires_on < private.today() and w.parts_taken = 0;
  return v_settled;
end $$;
comment on function private.tidy_wishes(uuid) is 'Writes down lapsed claims and expired wishes of a community; how many wishes it touched.';

-- ---------------------------------------------------------------- what everybody sees

create function private.public_wish(p_wish public.wishes, p_my_grid uuid)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('id', p_wish.id, 'no', p_wish.no, 'kind', p_wish.kind, 'wish_for', p_wish.wish_for, 'status', private.wish_state(p_wish),
    'title', p_wish.title, 'body', p_wish.body, 'size', p_wish.size, 'masked_name', p_wish.masked_name, 'age_band', p_wish.age_band, 'corps_color', p_wish.corps_color,
    'price_yuan', p_wish.price_yuan, 'parts', p_wish.parts, 'parts_left', p_wish.parts - private.live_parts(p_wish), 'needed_by', p_wish.needed_by,
    'opened_on', private.day_of(p_wish.opened_at), 'is_near', coalesce(p_wish.grid_id = p_my_grid, false))
$$;
comment on function private.public_wish(public.wishes, uuid) is 'A wish as everybody may read it: reviewed words, masked name, age band; no grid, no address. is_near only tells a member that it is of the own 片.';

create function public.wish_wall(p_community_id uuid default null, p_kind text default null, p_colors text[] default null, p_near boolean default false,
  p_search text default null, p_limit int default 24, p_offset int default 0)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_community public.communities;
  v_grid uuid;
  v_search text := nullif(private.name_key(left(coalesce(p_search, ''), 40)), '');
  v_found uuid[];
begin
  select c.* into v_community from public.communities c where p_community_id is null or c.id = p_community_id order by c.created_at, c.name limit 1;
  if v_community.id is null or not private.module_is_on(v_community.id, 'wishes') then
    return jsonb_build_object('community', null, 'wishes', '[]'::jsonb, 'total', 0, 'realized', 0, 'can_be_near', false, 'server_time', private.now());
  end if;
  select p.grid_id into v_grid from public.persons p where p.community_id = v_community.id and p.id = private.me(v_community.id);
  select array_agg(w.id order by coalesce(w.grid_id = v_grid, false) desc, w.needed_by nulls last, w.opened_at desc, w.no) into v_found
    from public.wishes w where w.community_id = v_community.id and w.status in ('open', 'claimed') and private.wish_state(w) = 'open'
      and (p_kind is null or w.kind = p_kind) and (coalesce(cardinality(p_colors), 0) = 0 or w.corps_color = any(p_colors))
      and (not coalesce(p_near, false) or w.grid_id = v_grid)
      and (v_search is null or private.name_key(w.title || w.body) like '%' || replace(replace(v_search, '\', '\\'), '%', '\%') || '%' or w.no::text = v_search);
  return jsonb_build_object(
    'community', jsonb_build_object('id', v_community.id, 'name', v_community.name, 'is_demo', v_community.is_demo, 'relay_phone', v_community.relay_phone),
    'wishes', coalesce((select jsonb_agg(private.public_wish(w, v_grid) order by i.n) from unnest(v_found) with ordinality i (id, n)
      join public.wishes w on w.community_id = v_community.id and w.id = i.id
      where i.n > greatest(coalesce(p_offset, 0), 0) and i.n <= greatest(coalesce(p_offset, 0), 0) + least(greatest(coalesce(p_limit, 24), 1), 100)), '[]'),
    'total', coalesce(cardinality(v_found), 0),
    'realized', (select count(*) from public.wishes w where w.community_id = v_community.id and w.realized_at is not null),
    'can_be_near', v_grid is not null, 'server_time', private.now());
end $$;
comment on function public.wish_wall(uuid, text, text[], boolean, text, int, int) is
  'The wish wall, for everybody: open wishes, masked; by kind, by corps colour, of the member''s own 片, by words of the public text. Nearest, then most urgent first.';

create function private.claim_facts(p_claim public.wish_claims)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('claim_id', p_claim.id, 'wish_id', p_claim.wish_id, 'status', case when p_claim.status in ('asked', 'approved') and p_claim.due_at <= private.now() then 'lapsed' else p_claim.status end,
    'parts', p_claim.parts, 'firm', p_claim.firm, 'asked_at', p_claim.asked_at, 'due_at', p_claim.due_at, 'why', p_claim.why, 'reason', p_claim.reason, 'realized_at', p_claim.realized_at)
$$;

create function private.donor_claim(p_claim public.wish_claims)
returns jsonb language sql stable security definer set search_path = '' as $$
  select private.claim_facts(p_claim) || case when p_claim.status = 'delivering' or (p_claim.status = 'approved' and p_claim.due_at > private.now()) then jsonb_build_object(
      'arrangement', (select m.arrangement from private.wish_meetings m where m.community_id = p_claim.community_id and m.claim_id = p_claim.id), 'meeting', w.meeting, 'relay_phone', c.relay_phone,
      'place', case when p_claim.shares_address then pr.address else c.address end, 'is_family_place', p_claim.shares_address) else '{}' end
    || jsonb_build_object(
      'points', (select sum(e.points) from public.point_entries e where e.community_id = p_claim.community_id and e.source_id = p_claim.id and e.person_id = p_claim.donor_person_id),
      'deliveries', coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'via', d.via, 'status', d.status, 'at', d.recorded_at, 'note', d.note,
        'files', private.attachments_of(d.community_id, 'wish_delivery', d.id)) order by d.recorded_at) from public.wish_deliveries d
        where d.community_id = p_claim.community_id and d.claim_id = p_claim.id), '[]'),
      'thanks', (select jsonb_build_object('text', t.body, 'at', t.judged_at, 'files', private.attachments_of(t.community_id, 'wish_thanks', t.id))
        from public.wish_thanks t where t.community_id = p_claim.community_id and t.claim_id = p_claim.id and t.status = 'passed'))
  from public.wishes w join public.communities c on c.id = w.community_id
  left join public.wish_private pr on pr.community_id = w.community_id and pr.id = w.id
  where w.community_id = p_claim.community_id and w.id = p_claim.wish_id
$$;
comment on function private.donor_claim(public.wish_claims) is
  'What the donor is told: how the claim stands; once approved where to hand over and whom to call (the community; the family''s address only if it agreed); thanks that passed. Never a name or a private phone.';

create function public.wish_detail(p_wish_id uuid, p_community_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_wish public.wishes;
  v_me uuid;
begin
  select w.* into v_wish from public.wishes w where w.id = p_wish_id and (p_community_id is null or w.community_id = p_community_id)
    and w.status in ('open', 'claimed', 'delivering', 'realized', 'thanked') limit 1;
  if not found or not private.module_is_on(v_wish.community_id, 'wishes') then perform private.fail(404, 'wish_unknown'); end if;
  v_me := private.me(v_wish.community_id);
  return jsonb_build_object(
    'wish', private.public_wish(v_wish, (select p.grid_id from public.persons p where p.community_id = v_wish.community_id and p.id = v_me)),
    'community', (select jsonb_build_object('id', c.id, 'name', c.name, 'is_demo', c.is_demo, 'relay_phone', c.relay_phone) from public.communities c where c.id = v_wish.community_id),
    'is_member', v_me is not null, 'claim_days', private.setting_int(v_wish.community_id, 'wish_claim_days'),
    'is_mine', v_me is not null and private.is_wish_receiver(v_wish.community_id, v_me, v_wish.id),
    'claim', (select private.donor_claim(k) from public.wish_claims k where k.community_id = v_wish.community_id and k.wish_id = v_wish.id and k.donor_person_id = v_me
      order by k.asked_at desc limit 1),
    'server_time', private.now());
end $$;
comment on function public.wish_detail(uuid, uuid) is
  'One wish by its link, for everybody, once reviewed and not withdrawn; a donor also sees the own claim. Errors: wish_unknown.';

create function public.realized_wishes(p_community_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_c uuid;
begin
  select c.id into v_c from public.communities c where p_community_id is null or c.id = p_community_id order by c.created_at, c.name limit 1;
  if v_c is null or not private.module_is_on(v_c, 'wishes') then
    return jsonb_build_object('community', null, 'total', 0, 'this_year', 0, 'by_kind', '{}'::jsonb, 'by_for', '{}'::jsonb, 'months', '[]'::jsonb, 'recent', '[]'::jsonb, 'server_time', private.now());
  end if;
  return jsonb_build_object(
    'community', (select jsonb_build_object('id', c.id, 'name', c.name, 'is_demo', c.is_demo, 'relay_phone', c.relay_phone) from public.communities c where c.id = v_c),
    'total', (select count(*) from public.wishes w where w.community_id = v_c and w.realized_at is not null),
    'this_year', (select count(*) from public.wishes w where w.community_id = v_c and w.realized_at >= date_trunc('year', private.today())::timestamp at time zone 'Asia/Shanghai'),
    'by_kind', (select coalesce(jsonb_object_agg(x.kind, x.n), '{}') from (select w.kind, count(*) as n from public.wishes w where w.community_id = v_c and w.realized_at is not null group by 1) x),
    'by_for', (select coalesce(jsonb_object_agg(x.wish_for, x.n), '{}') from (select w.wish_for, count(*) as n from public.wishes w where w.community_id = v_c and w.realized_at is not null group by 1) x),
    'months', (select jsonb_agg(jsonb_build_object('month', to_char(m.month, 'YYYY-MM'), 'goods', coalesce(x.goods, 0), 'service', coalesce(x.service, 0), 'companionship', coalesce(x.companionship, 0)) order by m.month)
      from generate_series(date_trunc('month', private.today()) - interval '11 months', date_trunc('month', private.today()), interval '1 month') m (month)
      left join (select date_trunc('month', private.day_of(w.realized_at)) as month, count(*) filter (where w.kind = 'goods') as goods,
          count(*) filter (where w.kind = 'service') as service, count(*) filter (where w.kind = 'companionship') as companionship
        from public.wishes w where w.community_id = v_c and w.realized_at > private.now() - interval '13 months' group by 1) x on x.month = m.month),
    'recent', coalesce((select jsonb_agg(to_jsonb(x) order by x.at desc) from (
      select w.id, w.title, w.kind, w.wish_for, w.age_band, w.corps_color, private.day_of(w.realized_at) as realized_on, w.realized_at as at,
        (select t.body from public.wish_claims k join public.wish_thanks t on t.community_id = k.community_id and t.claim_id = k.id and t.status = 'passed' and t.is_public
          where k.community_id = v_c and k.wish_id = w.id order by t.judged_at limit 1) as thanks
      from public.wishes w where w.community_id = v_c and w.status in ('realized', 'thanked') order by w.realized_at desc limit 24) x), '[]'),
    'server_time', private.now());
end $$;
comment on function public.realized_wishes(uuid) is
  'The quiet page of what came true, for everybody: how many, by month, kind and for whom, counted at the moment of realisation; the latest in their public words, with thanks that may be shown. No person, neither who received nor who gave.';

-- ---------------------------------------------------------------- what those concerned see

create function public.my_wishes(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  return jsonb_build_object(
    'wishes', coalesce((select jsonb_agg(to_jsonb(x) order by x.collected_at desc) from (
      select w.id, w.no, w.kind, w.wish_for, private.wish_state(w) as status, w.title, w.body, w.size, w.masked_name, w.age_band, w.price_yuan, w.parts, w.meeting, w.needed_by,
        w.corps_color, w.grid_id, w.collected_via, w.collected_at, w.return_reason, r.is_receiver, w.collected_by = v_me as is_collector, pr.person_id = v_me as is_for_me,
        (r.is_receiver or (w.collected_by = v_me and w.status in ('draft', 'reviewing', 'returned'))) as may_withdraw,
        case when r.is_receiver or (w.collected_by = v_me and w.status in ('draft', 'reviewing', 'returned')) then jsonb_build_object('person_id', pr.person_id, 'name', pr.name,
          'birth_year', pr.birth_year, 'phone', pr.phone, 'address', pr.address, 'facts', pr.facts, 'consent_via', pr.consent_via) end as private,
        case when r.is_receiver then private.attachments_of(w.community_id, 'wish', w.id) else '[]' end as files,
        case when r.is_receiver then coalesce((select jsonb_agg(jsonb_build_object('claim_id', k.id, 'status', k.status, 'firm', k.firm, 'due_at', k.due_at,
            'donor', coalesce(k.firm, (select p.display_name from public.persons p where p.community_id = k.community_id and p.id = k.donor_person_id)),
            'code', (select q.code from private.wish_meetings q where q.community_id = k.community_id and q.claim_id = k.id),
            'thanks', (select jsonb_build_object('status', t.status, 'reason', t.reason) from public.wish_thanks t where t.community_id = k.community_id and t.claim_id = k.id
              order by t.written_at desc limit 1)) order by k.asked_at)
          from public.wish_claims k where k.community_id = w.community_id and k.wish_id = w.id
            and (k.status in ('delivering', 'realized') or (k.status = 'approved' and k.due_at > private.now()))), '[]') else '[]' end as claims
      from public.wishes w join public.wish_private pr on pr.community_id = w.community_id and pr.id = w.id
      cross join lateral (select coalesce(pr.person_id = v_me or private.helps(p_community_id, v_me, pr.person_id), false) as is_receiver) r
      where w.community_id = p_community_id and w.status <> 'withdrawn' and (w.collected_by = v_me or r.is_receiver)
      order by w.collected_at desc limit 200) x), '[]'),
    'may_collect', private.may_collect_wishes(p_community_id, v_me), 'limit_yuan', private.wish_limit(p_community_id), 'server_time', private.now());
end $$;
comment on function public.my_wishes(uuid) is
  'Wishes for oneself or somebody one helps (with the hand-over code and who grants it, masked), and those one took down. The private part until the review only, unless one is the receiver''s side. Errors: not_signed_in, not_a_member.';

create function public.my_wish_claims(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  return jsonb_build_object(
    'claims', coalesce((select jsonb_agg(private.donor_claim(k) || jsonb_build_object('title', case when w.status = 'withdrawn' then null else w.title end, 'kind', w.kind,
        'wish_for', w.wish_for, 'size', w.size, 'age_band', w.age_band) order by k.asked_at desc)
      from public.wish_claims k join public.wishes w on w.community_id = k.community_id and w.id = k.wish_id
      where k.community_id = p_community_id and k.donor_person_id = v_me), '[]'),
    'realized', (select count(*) from public.wish_claims k where k.community_id = p_community_id and k.donor_person_id = v_me and k.status = 'realized'),
    'points', (select coalesce(sum(e.points), 0) from public.point_entries e where e.community_id = p_community_id and e.person_id = v_me and e.rule_code = 'V07'),
    'firm_max', case when private.person_has_role(p_community_id, v_me, array['partner_contact']) then private.setting_int(p_community_id, 'wish_claims_per_firm') end,
    'server_time', private.now());
end $$;
comment on function public.my_wish_claims(uuid) is 'The donor''s record: every claim with how it stands, what to bring where once approved, and the thanks. Errors: not_signed_in, not_a_member.';

create function public.hand_over_card(p_community_id uuid, p_claim_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_claim public.wish_claims;
begin
  select * into v_claim from public.wish_claims k where k.community_id = p_community_id and k.id = p_claim_id;
  if not found or v_claim.status not in ('delivering', 'realized') then perform private.fail(404, 'claim_unknown'); end if;
  return (select jsonb_build_object('claim_id', v_claim.id, 'status', v_claim.status, 'title', w.title, 'kind', w.kind, 'is_mine', v_claim.donor_person_id = v_me,
      'needs_code', not (private.is_wish_receiver(p_community_id, v_me, w.id) or private.is_office(p_community_id, v_me)), 'server_time', private.now())
    from public.wishes w where w.community_id = p_community_id and w.id = v_claim.wish_id and w.status <> 'withdrawn');
end $$;
comment on function public.hand_over_card(uuid, uuid) is
  'What whoever hands over sees behind the donor''s link or code: the public title, and whether the receiver''s six digits are needed. Errors: not_a_member, claim_unknown.';

create function public.wish_desk(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if not private.is_office(p_community_id, v_me) then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object(
    'wishes', coalesce((select jsonb_agg(to_jsonb(x) order by x.no desc) from (
      select w.id, w.no, w.kind, w.wish_for, private.wish_state(w) as status, w.title, w.body, w.size, w.masked_name, w.age_band, w.price_yuan, w.parts, w.parts - private.live_parts(w) as parts_left,
        w.meeting, w.needed_by, w.corps_color, g.name as grid_name, w.collected_via, w.drive, w.collected_at, private.staff_name(w.community_id, w.collected_by) as collector,
        w.collected_by = v_me as is_mine, w.return_reason, w.opened_at, w.realized_at, w.given_back, w.expires_on,
        case when w.status in ('draft', 'reviewing') then private.similar_wishes(w.community_id, w.id) else 0 end as similar
      from public.wishes w left join public.grids g on g.community_id = w.community_id and g.id = w.grid_id
      where w.community_id = p_community_id and w.status <> 'draft' order by w.no desc limit 2000) x), '[]'),
    'claims', coalesce((select jsonb_agg(private.claim_facts(k) || jsonb_build_object('title', w.title, 'kind', w.kind, 'meeting', w.meeting, 'note', k.note,
        'donor', coalesce(k.firm, (select p.display_name from public.persons p where p.community_id = k.community_id and p.id = k.donor_person_id)),
        'is_mine', k.donor_person_id = v_me, 'via', d.via, 'delivered_at', d.recorded_at, 'delivery_note', d.note,
        'files', case when d.id is not null then private.attachments_of(k.community_id, 'wish_delivery', d.id) else '[]' end,
        'in_store', exists (select 1 from public.wish_goods_moves m where m.community_id = k.community_id and m.claim_id = k.id and m.direction = 'in')
          and not exists (select 1 from public.wish_goods_moves m where m.community_id = k.community_id and m.claim_id = k.id and m.direction <> 'in')) order by k.due_at)
      from public.wish_claims k join public.wishes w on w.community_id = k.community_id and w.id = k.wish_id
      left join public.wish_deliveries d on d.community_id = k.community_id and d.claim_id = k.id and d.status <> 'refused'
      where k.community_id = p_community_id and (k.status = 'delivering' or (k.status in ('asked', 'approved') and k.due_at > private.now()))), '[]'),
    'thanks', coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'text', t.body, 'is_public', t.is_public, 'at', t.written_at, 'title', w.title, 'is_mine', t.written_by = v_me,
        'files', private.attachments_of(t.community_id, 'wish_thanks', t.id)) order by t.written_at)
      from public.wish_thanks t join public.wish_claims k on k.community_id = t.community_id and k.id = t.claim_id
      join public.wishes w on w.community_id = k.community_id and w.id = k.wish_id
      where t.community_id = p_community_id and t.status = 'waiting' and w.status <> 'withdrawn'), '[]'),
    'days', (select jsonb_build_object('count', count(*), 'median', round(percentile_cont(0.5) within group (order by x.days)::numeric, 1), 'p90', round(percentile_cont(0.9) within group (order by x.days)::numeric, 1))
      from (select extract(epoch from w.realized_at - w.opened_at) / 86400 as days from public.wishes w
        where w.community_id = p_community_id and w.realized_at > private.now() - interval '365 days' and w.opened_at is not null) x),
    'limit_yuan', private.wish_limit(p_community_id), 'server_time', private.now());
end $$;
comment on function public.wish_desk(uuid) is
  'The desk of wishes: all of them (masked), the claims under way with who grants (masked, or the firm), thanks to read, the days from open to realised (median, 90th percentile of a year). Office staff. Errors: not_signed_in, not_a_member, not_allowed.';

-- ---------------------------------------------------------------- who may call what

do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as signature from pg_proc p where p.pronamespace = 'private'::regnamespace and (p.proname ~ 'wish|claim' or p.proname ~ '^json_'
      or p.proname in ('live_parts', 'age_band', 'text_betrays', 'attachment_ids', 'tg_account_persons__release_claims', 'require_claims_left')) loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
  end loop;
  for f in select p.oid::regprocedure as signature from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname = any(array['submit_wish', 'submit_wishes', 'review_wish',
      'return_wish', 'reveal_wish', 'claim_wish', 'claim_wishes', 'judge_claim', 'release_wish', 'record_delivery', 'hand_out_goods', 'confirm_realized', 'send_thanks', 'judge_thanks',
      'withdraw_wish', 'settle_wishes', 'wish_wall', 'wish_detail', 'realized_wishes', 'my_wishes', 'my_wish_claims', 'hand_over_card', 'wish_desk']) loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
    execute format('grant execute on function %s to authenticated', f.signature);
  end loop;
end $$;
grant execute on function public.wish_wall(uuid, text, text[], boolean, text, int, int), public.wish_detail(uuid, uuid), public.realized_wishes(uuid) to anon;
