-- People: persons and their private part, accounts, role grants with scope and dates, helpers and guardians, consents, privacy.

create table public.persons (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  display_name text not null,
  birth_year int,
  grid_id uuid,
  status text not null default 'active' check (status in ('active', 'left', 'erased')),
  has_phone boolean not null default true,
  registered_by uuid,
  created_at timestamptz not null default now(),
  primary key (community_id, id),
  foreign key (community_id, grid_id) references public.grids (community_id, id),
  foreign key (community_id, registered_by) references public.persons (community_id, id),
  constraint display_name_is_1_to_50 check (char_length(display_name) between 1 and 50),
  constraint birth_year_is_plausible check (birth_year between 1900 and 2100)
);
create index persons_by_grid on public.persons (community_id, grid_id);
create index persons_by_registrar on public.persons (community_id, registered_by);
comment on table public.persons is 'A person is not an account (domain.md, principle 7). display_name is what others see: masked unless the person chose otherwise.';
comment on column public.persons.display_name is 'personal data: masked name or chosen alias';
comment on column public.persons.has_phone is 'personal data: whether reachable by phone';
comment on column public.persons.birth_year is 'personal data: birth year';

create table public.person_private (
  community_id uuid not null,
  person_id uuid not null,
  real_name text not null,
  name_key text not null,
  phone text,
  birth_month int,
  household_id uuid,
  primary key (community_id, person_id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, household_id) references public.households (community_id, id),
  constraint birth_month_is_1_to_12 check (birth_month between 1 and 12),
  constraint phone_is_mainland_mobile check (phone ~ '^1[3-9][0-9]{9}$')
);
create index person_private_by_phone on public.person_private (community_id, phone);
create index person_private_by_name on public.person_private (community_id, name_key text_pattern_ops);
create index person_private_by_household on public.person_private (community_id, household_id);
comment on table public.person_private is 'What only the person and the duty to know may see. Others read it through reveal_person, which is logged.';
comment on column public.person_private.real_name is 'personal data: name';
comment on column public.person_private.name_key is 'personal data: name, normalised for search';
comment on column public.person_private.phone is 'personal data: phone';
comment on column public.person_private.birth_month is 'personal data: birth month';
comment on column public.person_private.household_id is 'personal data: address';

create table public.accounts (
  user_id uuid primary key references auth.users (id) on delete cascade,
  birth_year int not null,
  birth_month int not null check (birth_month between 1 and 12),
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  terms_version text not null,
  created_at timestamptz not null default now()
);
comment on table public.accounts is 'One row per signed-up user, above communities. Under 14 no account (norms.md).';
comment on column public.accounts.birth_year is 'personal data: birth year';
comment on column public.accounts.birth_month is 'personal data: birth month';

create table public.account_persons (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  user_id uuid not null references public.accounts (user_id) on delete cascade,
  person_id uuid not null,
  status text not null default 'active' check (status in ('active', 'left')),
  joined_at timestamptz not null,
  left_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id)
);
create unique index account_is_one_person_per_community on public.account_persons (community_id, user_id) where status = 'active';
create unique index person_has_one_account on public.account_persons (community_id, person_id) where status = 'active';
create index account_persons_by_user on public.account_persons (user_id) where status = 'active';
create index account_persons_by_user_all on public.account_persons (user_id);
create index account_persons_by_person on public.account_persons (community_id, person_id);
comment on table public.account_persons is 'Which person an account is, in each community it belongs to.';

create table public.role_grants (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  role text not null,
  scope_kind text not null default 'community' check (scope_kind in ('community', 'grid', 'building', 'corps', 'party_org', 'merchant')),
  scope_id uuid,
  valid_from date not null,
  valid_to date,
  granted_by uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, granted_by) references public.persons (community_id, id),
  constraint role_is_grantable check (role in ('corps_leader', 'branch_secretary', 'deputy_branch_secretary', 'party_group_leader', 'grid_worker', 'community_worker', 'community_secretary',
    'building_head', 'resident_rep', 'partner_contact', 'reward_clerk', 'supervisor', 'street_admin')),
  constraint scope_has_an_id_unless_community check ((scope_kind = 'community') = (scope_id is null)),
  constraint role_dates_are_in_order check (valid_to is null or valid_to >= valid_from)
);
create index role_grants_by_person on public.role_grants (community_id, person_id);
create index role_grants_by_granter on public.role_grants (community_id, granted_by);
create index role_grants_by_scope on public.role_grants (community_id, scope_id);
comment on table public.role_grants is 'Roles with scope and dates; never in user-editable metadata (design.md). Membership, volunteering and party membership are rows of their own tables.';

create table public.helper_links (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  helper_person_id uuid not null,
  relation text not null check (relation in ('helper', 'guardian')),
  valid_from date not null,
  valid_to date,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, helper_person_id) references public.persons (community_id, id),
  constraint nobody_helps_oneself check (person_id <> helper_person_id)
);
create unique index helper_link_is_single on public.helper_links (community_id, person_id, helper_person_id, relation) where valid_to is null;
create index helper_links_by_person on public.helper_links (community_id, person_id);
create index helper_links_by_helper on public.helper_links (community_id, helper_person_id);
comment on table public.helper_links is '代办: who may act for whom. Every such act is written down with both persons.';

create table public.guardian_links (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  minor_person_id uuid not null,
  guardian_name text not null,
  guardian_phone text not null,
  consented_at timestamptz,
  recorded_by uuid,
  primary key (community_id, id),
  foreign key (community_id, minor_person_id) references public.persons (community_id, id),
  foreign key (community_id, recorded_by) references public.persons (community_id, id)
);
create index guardian_links_by_minor on public.guardian_links (community_id, minor_person_id);
create index guardian_links_by_recorder on public.guardian_links (community_id, recorded_by);
comment on table public.guardian_links is 'The guardian of a person aged 14–17 and the consent a staff member confirmed with them (norms.md).';
comment on column public.guardian_links.guardian_name is 'personal data: name';
comment on column public.guardian_links.guardian_phone is 'personal data: phone';

create table public.care_tags (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  tag text not null check (tag in ('hardship', 'disabled', 'left_behind_child', 'empty_nest', 'lives_alone', 'key_care')),
  valid_from date not null,
  valid_to date,
  noted_by uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, noted_by) references public.persons (community_id, id)
);
create index care_tags_by_person on public.care_tags (community_id, person_id);
create index care_tags_by_noter on public.care_tags (community_id, noted_by);
comment on table public.care_tags is 'Restricted: care facts about a person; the staff with the duty only.';
comment on column public.care_tags.tag is 'personal data: sensitive';

create table public.consents (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  purpose text not null,
  version text not null,
  granted_at timestamptz not null,
  withdrawn_at timestamptz,
  given_via text not null check (given_via in ('self', 'helper', 'guardian', 'paper')),
  recorded_by uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, recorded_by) references public.persons (community_id, id),
  constraint consent_purpose_is_known check (purpose in ('community_service', 'volunteer_record', 'publish_name', 'political_status', 'guardian', 'helper'))
);
create unique index consent_is_given_once on public.consents (community_id, person_id, purpose) where withdrawn_at is null;
create index consents_by_person on public.consents (community_id, person_id);
create index consents_by_recorder on public.consents (community_id, recorded_by);
comment on table public.consents is 'What a person agreed to, in which version, through whom, and when it was withdrawn.';

create table public.privacy_requests (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('access', 'correction', 'copy', 'deletion', 'complaint')),
  note text,
  status text not null default 'open' check (status in ('open', 'answered', 'done')),
  answer text,
  created_at timestamptz not null,
  due_on date not null,
  closed_at timestamptz,
  closed_by uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, closed_by) references public.persons (community_id, id)
);
create index privacy_requests_by_person on public.privacy_requests (community_id, person_id);
create index privacy_requests_by_closer on public.privacy_requests (community_id, closed_by);
comment on table public.privacy_requests is 'Access, correction, copy, deletion, complaints: answered within 15 workdays (norms.md).';
comment on column public.privacy_requests.note is 'personal data: free text';
comment on column public.privacy_requests.answer is 'personal data: free text';

create table public.access_logs (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  at timestamptz not null,
  viewer_person_id uuid not null,
  person_id uuid,
  what text not null,
  reason text not null,
  primary key (community_id, id),
  foreign key (community_id, viewer_person_id) references public.persons (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id)
);
create index access_logs_by_person on public.access_logs (community_id, person_id, at);
create index access_logs_by_viewer on public.access_logs (community_id, viewer_person_id);
create trigger tg_access_logs__append_only before update or delete on public.access_logs
  for each row execute function private.tg_append_only();
comment on column public.access_logs.reason is 'personal data: none by rule; why the staff member looked';
comment on table public.access_logs is 'Who looked at whose private data, and why. A person sees the rows about oneself.';

create table public.notifications (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  params jsonb not null default '{}',
  link text,
  created_at timestamptz not null,
  arrives_at timestamptz not null,
  read_at timestamptz,
  once_key text,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  constraint nothing_arrives_before_it_was_sent check (arrives_at >= created_at)
);
create index notifications_by_person on public.notifications (community_id, person_id, arrives_at desc);
create unique index a_notice_with_a_key_comes_once on public.notifications (community_id, person_id, once_key) where once_key is not null;
comment on table public.notifications is 'The in-app inbox: a kind and its parameters; the words come from the locale files. Held in the quiet hours: it counts and is shown from arrives_at on.';
comment on column public.notifications.once_key is 'Makes a notice that is judged again and again, such as a reminder, come once.';

create table private.notice_kinds (
  kind text primary key,
  "group" text not null,
  breaks_quiet text,
  constraint notice_group_is_known check ("group" in ('must', 'shifts', 'offers', 'hours', 'points', 'party', 'wishes', 'office', 'community')),
  constraint what_breaks_the_quiet_is_known check (breaks_quiet in ('ends_soon', 'starts_soon'))
);
alter table private.notice_kinds enable row level security;
comment on table private.notice_kinds is
  'To which switch of /me/notices a kind of notice belongs: must cannot be switched off (what touches one''s rights). breaks_quiet: told in the quiet hours, too, when its expires_at or starts_at is near. A kind that is not listed belongs to community.';

insert into private.notice_kinds (kind, "group", breaks_quiet) values
  ('join_confirmed', 'must', null), ('privacy_answered', 'must', null), ('no_show_marked', 'must', null), ('strike_cancelled', 'must', null),
  ('strike_upheld', 'must', null), ('service_reversed', 'must', null), ('certificate_revoked', 'must', null), ('correction_made', 'must', null),
  ('correction_declined', 'must', null), ('attendance_undone', 'must', null), ('exemption_granted', 'must', null), ('exemption_refused', 'must', null),
  ('backfill_passed', 'must', null), ('backfill_refused', 'must', null), ('penalty_confirmed', 'must', null), ('penalty_lifted', 'must', null),
  ('party_quarter_talk', 'must', null), ('party_year_talk', 'must', null), ('score_objection_unheld', 'must', null), ('score_objection_answered', 'must', null),
  ('place_lost', 'must', null), ('pledge_not_kept', 'must', null), ('dispute_answered', 'must', null), ('points_adjusted', 'must', null),
  ('qualification_declined', 'must', null), ('training_failed', 'must', null), ('wish_returned', 'must', null), ('report_in_returned', 'must', null),
  ('activity_cancelled', 'shifts', 'starts_soon'), ('signed_up_by_helper', 'shifts', null), ('absence_excused', 'shifts', null), ('shift_tomorrow', 'shifts', null),
  ('shift_soon', 'shifts', null), ('check_out_asked', 'shifts', null), ('check_out_settled', 'shifts', null), ('shift_changed', 'shifts', 'starts_soon'),
  ('added_on_the_spot', 'shifts', null), ('named_in_block', 'shifts', null), ('series_fixed', 'shifts', null), ('stand_in_accepted', 'shifts', null),
  ('stand_in_asked', 'shifts', null), ('stand_in_declined', 'shifts', null), ('stand_in_done', 'shifts', null), ('training_cancelled', 'shifts', null),
  ('training_changed', 'shifts', null),
  ('offer_made', 'offers', 'ends_soon'), ('offer_lapsed', 'offers', null), ('stand_in_call', 'offers', null),
  ('service_credited', 'hours', null), ('star_reached', 'hours', null), ('training_passed', 'hours', null),
  ('points_bonus', 'points', null), ('points_expiring', 'points', null), ('board_alias_hidden', 'points', null),
  ('post_assigned', 'party', null), ('post_handed_over', 'party', null), ('post_ended', 'party', null), ('post_given_back', 'party', null), ('duty_returned', 'party', null),
  ('party_remark_made', 'party', null), ('party_review_made', 'party', null), ('party_quarter_confirmed', 'party', null), ('party_year_closed', 'party', null), ('score_objection_made', 'party', null),
  ('party_member_moved', 'party', null), ('pledge_kept', 'party', null), ('pledge_waits', 'party', null), ('report_in_confirmed', 'party', null),
  ('report_in_waits', 'party', null), ('party_consent_withdrawn', 'party', null), ('attendance_waits', 'party', null), ('duty_waits', 'party', null),
  ('wish_claim_approved', 'wishes', null), ('wish_claim_declined', 'wishes', null), ('wish_claim_due', 'wishes', null), ('wish_claim_lapsed', 'wishes', null),
  ('wish_claimed', 'wishes', null), ('wish_on_its_way', 'wishes', null), ('wish_opened', 'wishes', null), ('wish_realized', 'wishes', null),
  ('wish_released', 'wishes', null), ('wish_thanks', 'wishes', null), ('wish_thanks_returned', 'wishes', null), ('wish_withdrawn', 'wishes', null),
  ('activity_published', 'office', null), ('activity_rejected', 'office', null), ('correction_asked', 'office', null), ('activity_settled', 'office', null),
  ('activities_published', 'office', null), ('block_cut', 'office', null), ('block_released', 'office', null), ('block_reserved', 'office', null),
  ('calendar_drafts', 'office', null), ('corps_applied', 'office', null),
  ('corps_accepted', 'community', null), ('corps_declined', 'community', null), ('qualification_checked', 'community', null),
  ('qualification_expiring', 'community', null);

create table public.notice_settings (
  community_id uuid not null,
  id uuid not null,
  muted text[] not null default '{}',
  quiet_from time,
  quiet_to time,
  primary key (community_id, id),
  foreign key (community_id, id) references public.persons (community_id, id),
  constraint quiet_hours_have_two_ends check ((quiet_from is null) = (quiet_to is null) and quiet_from is distinct from quiet_to or quiet_from is null)
);
comment on table public.notice_settings is
  'How a person (id) wants to be told: groups without a sound, and quiet hours in Shanghai time (none when both are null). Without a row: everything, quiet from 21:30 to 07:30.';

create table public.invites (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  code text not null,
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  max_uses int not null,
  used int not null default 0,
  revoked_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, created_by) references public.persons (community_id, id),
  constraint invite_code_is_unique unique (code),
  constraint invite_use_is_within_limit check (used <= max_uses)
);
create index invites_by_creator on public.invites (community_id, created_by);
comment on table public.invites is 'Invite codes (shown as QR) that let an account ask to join a community.';

create table public.join_requests (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  user_id uuid not null references public.accounts (user_id) on delete cascade,
  invite_id uuid,
  real_name text not null,
  phone text not null,
  birth_year int not null,
  birth_month int not null,
  guardian_name text,
  guardian_phone text,
  matched_person_id uuid,
  status text not null default 'pending' check (status in ('pending', 'confirmed', 'rejected', 'withdrawn')),
  reason text,
  created_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  consent_version text not null,
  primary key (community_id, id),
  foreign key (community_id, invite_id) references public.invites (community_id, id),
  foreign key (community_id, matched_person_id) references public.persons (community_id, id),
  foreign key (community_id, decided_by) references public.persons (community_id, id)
);
create unique index one_pending_join_per_account on public.join_requests (community_id, user_id) where status = 'pending';
create index join_requests_by_user on public.join_requests (user_id);
create index join_requests_by_invite on public.join_requests (community_id, invite_id);
create index join_requests_by_match on public.join_requests (community_id, matched_person_id);
create index join_requests_by_decider on public.join_requests (community_id, decided_by);
comment on table public.join_requests is 'An account asks to be a person of a community; a staff member confirms.';
comment on column public.join_requests.real_name is 'personal data: name';
comment on column public.join_requests.phone is 'personal data: phone';
comment on column public.join_requests.birth_year is 'personal data: birth year';
comment on column public.join_requests.birth_month is 'personal data: birth month';
comment on column public.join_requests.reason is 'personal data: why the staff declined, read by the asker';
comment on column public.join_requests.guardian_name is 'personal data: name';
comment on column public.join_requests.guardian_phone is 'personal data: phone';

-- ---------------------------------------------------------------- who am I (sets for policies, guards for commands)

create function private.my_communities()
returns setof uuid language sql stable security definer rows 3 set search_path = '' as $$
  select ap.community_id from public.account_persons ap where ap.user_id = (select auth.uid()) and ap.status = 'active'
$$;
comment on function private.my_communities() is 'The communities the caller belongs to, as a set for policies.';

create function private.my_persons()
returns setof uuid language sql stable security definer rows 3 set search_path = '' as $$
  select ap.person_id from public.account_persons ap where ap.user_id = (select auth.uid()) and ap.status = 'active'
$$;
comment on function private.my_persons() is 'The caller''s own persons, one per community.';

-- Ids are made by clients, so a policy never trusts one without its community: whoever runs one community could make
-- a row there under an id of another. The sets of ids serve the indexes, the sets of keys decide.

create function private.my_person_keys()
returns table (community_id uuid, person_id uuid) language sql stable security definer rows 3 set search_path = '' as $$
  select ap.community_id, ap.person_id from public.account_persons ap where ap.user_id = (select auth.uid()) and ap.status = 'active'
$$;
comment on function private.my_person_keys() is 'The caller''s own persons with their communities, as a set for policies.';

create function private.helped_person_keys()
returns table (community_id uuid, person_id uuid) language sql stable security definer rows 5 set search_path = '' as $$
  select h.community_id, h.person_id from public.helper_links h
  where (h.community_id, h.helper_person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)
    and h.valid_from <= private.today() and (h.valid_to is null or h.valid_to >= private.today())
$$;
comment on function private.helped_person_keys() is 'The persons the caller helps today (代办), with their communities.';

create function private.persons_i_help()
returns setof uuid language sql stable security definer rows 5 set search_path = '' as $$
  select k.person_id from private.helped_person_keys() k
$$;

create function private.helps(p_community_id uuid, p_helper uuid, p_person_id uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select 1 from public.helper_links h
    where h.community_id = p_community_id and h.person_id = p_person_id and h.helper_person_id = p_helper
      and h.valid_from <= private.today() and (h.valid_to is null or h.valid_to >= private.today()));
end $$;
comment on function private.helps(uuid, uuid, uuid) is 'Whether a helper or guardian link is in force today.';

create function private.is_party_to(p_community_id uuid, p_me uuid, p_person_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select p_me = p_person_id or private.helps(p_community_id, p_me, p_person_id)
$$;
comment on function private.is_party_to(uuid, uuid, uuid) is
  'Whether it is one''s own matter: oneself or somebody one helps. Whoever is a party neither checks in by hand, confirms, judges nor awards there.';

create function private.require_few(p_list anyarray)
returns void language plpgsql immutable set search_path = '' as $$
begin
  if cardinality(p_list) > 500 then perform private.fail(422, 'too_many_rows', '{"max":500}'); end if;
end $$;
comment on function private.require_few(anyarray) is 'A list from outside names 500 at most. Error: too_many_rows {max}.';

create function private.require_short(p_json jsonb, p_field text)
returns void language plpgsql immutable set search_path = '' as $$
begin
  if octet_length(p_json::text) > 20000 then perform private.fail(400, 'field_invalid', jsonb_build_object('field', p_field)); end if;
end $$;
comment on function private.require_short(jsonb, text) is 'An object from outside that is kept as it is stays small. Error: field_invalid {field}.';

create function private.me(p_community_id uuid)
returns uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return (select ap.person_id from public.account_persons ap
  where ap.community_id = p_community_id and ap.user_id = (select auth.uid()) and ap.status = 'active');
end $$;
comment on function private.me(uuid) is 'The caller''s person in a community, or null.';

create function private.person_has_role(p_community_id uuid, p_person_id uuid, p_roles text[], p_scope_id uuid default null)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (
    select 1 from public.role_grants g
    where g.community_id = p_community_id and g.person_id = p_person_id and g.role = any(p_roles)
      and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today())
      and (p_scope_id is null or g.scope_id is null or g.scope_id = p_scope_id));
end $$;
comment on function private.person_has_role(uuid, uuid, text[], uuid) is
  'Whether a person holds one of the roles today; with a scope, a grant for that scope or for the whole community; without one, any grant of the role.';

create function private.holds_office(p_community_id uuid, p_person_id uuid, p_roles text[])
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (
    select 1 from public.role_grants g
    where g.community_id = p_community_id and g.person_id = p_person_id and g.role = any(p_roles) and g.scope_kind = 'community'
      and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today()));
end $$;
comment on function private.holds_office(uuid, uuid, text[]) is 'Whether a person holds one of the roles for the whole community today; a grant for a part of it does not count.';

create function private.communities_where_i_am(p_roles text[])
returns setof uuid language sql stable security definer rows 3 set search_path = '' as $$
  select distinct g.community_id from public.role_grants g
  join public.account_persons ap on ap.community_id = g.community_id and ap.person_id = g.person_id and ap.status = 'active'
  where ap.user_id = (select auth.uid()) and g.role = any(p_roles) and g.scope_kind = 'community'
    and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today())
$$;
comment on function private.communities_where_i_am(text[]) is 'Communities where the caller holds one of the roles for the whole community today.';

create function private.office_communities()
returns setof uuid language sql stable security definer rows 2 set search_path = '' as $$
  select private.communities_where_i_am(array['community_worker', 'community_secretary', 'street_admin'])
$$;
comment on function private.office_communities() is 'Communities where the caller is office staff (社区工作者, 社区书记, 街道管理员).';

create function private.my_scopes(p_role text)
returns setof uuid language sql stable security definer rows 5 set search_path = '' as $$
  select g.scope_id from public.role_grants g
  join public.account_persons ap on ap.community_id = g.community_id and ap.person_id = g.person_id and ap.status = 'active'
  where ap.user_id = (select auth.uid()) and g.role = p_role and g.scope_id is not null
    and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today())
$$;
comment on function private.my_scopes(text) is 'The scope ids (grids, corps …) in which the caller holds a role today.';

create function private.my_scope_keys(p_role text)
returns table (community_id uuid, scope_id uuid) language sql stable security definer rows 5 set search_path = '' as $$
  select g.community_id, g.scope_id from public.role_grants g
  where (g.community_id, g.person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)
    and g.role = p_role and g.scope_id is not null
    and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today())
$$;
comment on function private.my_scope_keys(text) is 'The scopes (grids, corps …) in which the caller holds a role today, with their communities.';

create function private.scopes_of(p_community_id uuid, p_person_id uuid, p_role text)
returns setof uuid language sql stable security definer rows 5 set search_path = '' as $$
  select g.scope_id from public.role_grants g
  where g.community_id = p_community_id and g.person_id = p_person_id and g.role = p_role and g.scope_id is not null
    and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today())
$$;
comment on function private.scopes_of(uuid, uuid, text) is 'The scopes of one community in which a person holds a role today.';

create function private.is_office(p_community_id uuid, p_person_id uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return private.holds_office(p_community_id, p_person_id, array['community_worker', 'community_secretary', 'street_admin']);
end $$;

create function private.works_on_grid(p_community_id uuid, p_person_id uuid, p_grid_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select p_grid_id is not null and exists (
    select 1 from public.role_grants g
    where g.community_id = p_community_id and g.person_id = p_person_id and g.role = 'grid_worker' and g.scope_id = p_grid_id
      and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today()))
$$;

create function private.can_act_for(p_community_id uuid, p_actor uuid, p_person_id uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return p_actor = p_person_id
    or private.is_office(p_community_id, p_actor)
    or private.helps(p_community_id, p_actor, p_person_id)
    or private.works_on_grid(p_community_id, p_actor,
         (select p.grid_id from public.persons p where p.community_id = p_community_id and p.id = p_person_id));
end $$;
comment on function private.can_act_for(uuid, uuid, uuid) is
  '代办: oneself, the office staff, a linked helper or guardian, or the worker of the person''s grid.';

-- ---------------------------------------------------------------- the frame of every command

create type private.command_context as (
  community_id uuid, command_id uuid, command text, user_id uuid, person_id uuid, payload_hash text, replayed jsonb);

create function private.begin_platform_command(p_community_id uuid, p_id uuid, p_command text, p_payload jsonb)
returns private.command_context language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context;
  v_log record;
begin
  v_ctx.user_id := (select auth.uid());
  if v_ctx.user_id is null then perform private.fail(401, 'not_signed_in'); end if;
  if p_id is null or p_community_id is null then
    perform private.fail(400, 'field_required', jsonb_build_object('field', case when p_id is null then 'id' else 'community' end));
  end if;
  v_ctx.community_id := p_community_id;
  v_ctx.command_id := p_id;
  v_ctx.command := p_command;
  v_ctx.payload_hash := private.payload_hash(p_command, p_payload);
  v_ctx.person_id := private.me(p_community_id);
  -- Twins of one command wait for each other here, so that the later finds the earlier one's row.
  perform pg_advisory_xact_lock(hashtextextended(p_id::text, 0));
  select l.actor_user_id, l.payload_hash, l.result into v_log
    from public.audit_logs l where l.community_id = p_community_id and l.id = p_id;
  if found then
    -- A row without an actor keeps the caller in its hashed payload.
    if v_log.payload_hash <> v_ctx.payload_hash or v_log.actor_user_id <> v_ctx.user_id then
      perform private.fail(409, 'id_reused');
    end if;
    v_ctx.replayed := coalesce(v_log.result, '{}');
  end if;
  return v_ctx;
end $$;
comment on function private.begin_platform_command(uuid, uuid, text, jsonb) is
  'First statement of a command that needs an account but no membership: establishes the caller and finds a replay. Errors: not_signed_in, field_required, id_reused.';

create function private.begin_command(p_community_id uuid, p_id uuid, p_command text, p_payload jsonb)
returns private.command_context language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_platform_command(p_community_id, p_id, p_command, p_payload);
begin
  if v_ctx.person_id is null then perform private.fail(403, 'not_a_member'); end if;
  return v_ctx;
end $$;
comment on function private.begin_command(uuid, uuid, text, jsonb) is
  'First statement of every command: who calls (a member of the community), and whether this id was answered before. Errors: not_signed_in, field_required, id_reused, not_a_member.';

create function private.end_command(p_ctx private.command_context, p_subject text, p_subject_id uuid, p_result jsonb,
  p_detail jsonb default '{}', p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.write_audit(p_ctx.community_id, p_ctx.command_id, p_ctx.user_id, p_ctx.person_id,
    nullif(p_for_person_id, p_ctx.person_id), p_ctx.command, p_subject, p_subject_id, p_detail, p_ctx.payload_hash, p_result);
  return p_result;
end $$;
comment on function private.end_command(private.command_context, text, uuid, jsonb, jsonb, uuid) is
  'Last statement of every command: one audit row, and the answer.';

create function private.require_office(p_ctx private.command_context)
returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.is_office(p_ctx.community_id, p_ctx.person_id) then perform private.fail(403, 'not_allowed'); end if;
end $$;

create function private.quiet_end(p_at timestamptz, p_from time, p_to time)
returns timestamptz language plpgsql immutable parallel safe set search_path = '' as $$
begin
  return (select case
    when p_from is null then null
    when p_from < p_to then case when t.clock >= p_from and t.clock < p_to then (t.day + p_to) at time zone 'Asia/Shanghai' end
    when t.clock >= p_from then (t.day + 1 + p_to) at time zone 'Asia/Shanghai'
    when t.clock < p_to then (t.day + p_to) at time zone 'Asia/Shanghai'
  end
  from (select (p_at at time zone 'Asia/Shanghai')::time as clock, (p_at at time zone 'Asia/Shanghai')::date as day) t);
end $$;
comment on function private.quiet_end(timestamptz, time, time) is 'When the quiet hours end in which a moment lies; null when it lies in none. They may go over midnight.';

create function private.quiet_start(p_at timestamptz, p_from time)
returns timestamptz language sql immutable parallel safe set search_path = '' as $$
  select (t.day - case when t.clock < p_from then 1 else 0 end + p_from) at time zone 'Asia/Shanghai' - interval '1 minute'
  from (select (p_at at time zone 'Asia/Shanghai')::time as clock, (p_at at time zone 'Asia/Shanghai')::date as day) t
$$;
comment on function private.quiet_start(timestamptz, time) is 'The last minute before the quiet hours in which a moment lies began.';

create function private.put_notice(p_community_id uuid, p_person_id uuid, p_kind text, p_params jsonb, p_link text, p_at timestamptz, p_once_key text)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_kind private.notice_kinds;
  v_muted text[];
  v_from time;
  v_to time;
  v_quiet_end timestamptz;
begin
  if not exists (select 1 from public.persons p where p.community_id = p_community_id and p.id = p_person_id and p.status <> 'erased') then return; end if;
  select * into v_kind from private.notice_kinds k where k.kind = p_kind;
  select s.muted, s.quiet_from, s.quiet_to into v_muted, v_from, v_to from public.notice_settings s where s.community_id = p_community_id and s.id = p_person_id;
  if not found then v_from := '21:30'; v_to := '07:30'; end if;
  v_quiet_end := private.quiet_end(p_at, v_from, v_to);
  -- What would be over, or nearly, when the quiet hours are: an offer, a shift called off that begins within 12 hours.
  if v_quiet_end is not null and (
      (v_kind.breaks_quiet = 'ends_soon' and (p_params ->> 'expires_at')::timestamptz < v_quiet_end + interval '2 hours')
      or (v_kind.breaks_quiet = 'starts_soon' and (p_params ->> 'starts_at')::timestamptz < p_at + interval '12 hours')) then
    v_quiet_end := null;
  end if;
  insert into public.notifications (community_id, id, person_id, kind, params, link, created_at, arrives_at, read_at, once_key)
    values (p_community_id, private.new_id(), p_person_id, p_kind, coalesce(p_params, '{}'), p_link, p_at, coalesce(v_quiet_end, p_at),
      case when coalesce(v_kind."group", 'community') = any(v_muted) and v_kind."group" is distinct from 'must' then p_at end, p_once_key)
    on conflict (community_id, person_id, once_key) where once_key is not null do nothing;
end $$;
comment on function private.put_notice(uuid, uuid, text, jsonb, text, timestamptz, text) is
  'A line in a person''s inbox: held until the quiet hours are over unless it cannot wait; of a group that is switched off it is there without counting as unread. With a key it comes once.';

create function private.notify(p_community_id uuid, p_person_id uuid, p_kind text, p_params jsonb, p_link text)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.put_notice(p_community_id, p_person_id, p_kind, p_params, p_link, private.now(), null);
end $$;
comment on function private.notify(uuid, uuid, text, jsonb, text) is
  'Puts a line into a person''s inbox; nothing for nobody, and nothing for the erased. Quiet hours and switches are honoured (put_notice).';

create function private.notify_of_waiting(p_community_id uuid, p_person_id uuid, p_kind text, p_link text)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if exists (select 1 from public.notifications n where n.community_id = p_community_id and n.person_id = p_person_id and n.kind = p_kind and n.read_at is null) then return; end if;
  perform private.notify(p_community_id, p_person_id, p_kind, '{}', p_link);
end $$;
comment on function private.notify_of_waiting(uuid, uuid, text, text) is
  'Something waits for a person: one notice of the kind, however much waits, until it is read.';

-- ---------------------------------------------------------------- policies

alter table public.persons enable row level security;
alter table public.person_private enable row level security;
alter table public.accounts enable row level security;
alter table public.account_persons enable row level security;
alter table public.role_grants enable row level security;
alter table public.helper_links enable row level security;
alter table public.guardian_links enable row level security;
alter table public.care_tags enable row level security;
alter table public.consents enable row level security;
alter table public.privacy_requests enable row level security;
alter table public.access_logs enable row level security;
alter table public.notifications enable row level security;
alter table public.notice_settings enable row level security;
alter table public.invites enable row level security;
alter table public.join_requests enable row level security;

grant select on public.compounds, public.buildings, public.entrances, public.grids, public.grid_buildings, public.households, public.places,
  public.persons, public.person_private, public.accounts, public.account_persons, public.role_grants, public.helper_links,
  public.guardian_links, public.care_tags, public.consents, public.privacy_requests, public.access_logs, public.notifications, public.notice_settings,
  public.invites, public.join_requests, public.audit_logs to authenticated;

create policy select_as_member on public.compounds for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.buildings for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.entrances for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.grids for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.grid_buildings for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.places for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_office on public.households for select to authenticated using (community_id = any(array(select private.office_communities())));

create policy select_own_or_as_staff on public.persons for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and id = any(array(select private.my_persons()))
    and (community_id, id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or (community_id = any(array(select private.my_communities())) and id = any(array(select private.persons_i_help()))
    and (community_id, id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities()))
  or (community_id = any(array(select private.my_communities())) and grid_id = any(array(select private.my_scopes('grid_worker')))
    and (community_id, grid_id) in (select k.community_id, k.scope_id from private.my_scope_keys('grid_worker') k)));
create policy select_own on public.person_private for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k)));
create policy select_own on public.accounts for select to authenticated using (user_id = (select auth.uid()));
create policy select_own on public.account_persons for select to authenticated using (user_id = (select auth.uid()));
create policy select_own_or_as_office on public.role_grants for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or community_id = any(array(select private.office_communities())));
create policy select_own_or_as_office on public.helper_links for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and helper_person_id = any(array(select private.my_persons()))
    and (community_id, helper_person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.office_communities())));
create policy select_own on public.guardian_links for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and minor_person_id = any(array(select private.my_persons()))
    and (community_id, minor_person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)));
create policy select_as_office on public.care_tags for select to authenticated using (community_id = any(array(select private.office_communities())));
create policy select_own_or_as_office on public.consents for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities())));
create policy select_own_or_as_office on public.privacy_requests for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or community_id = any(array(select private.office_communities())));
create policy select_own_or_as_secretary on public.access_logs for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or community_id = any(array(select private.communities_where_i_am(array['community_secretary', 'street_admin']))));
create policy select_own on public.notifications for select to authenticated using ((community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)));
create policy select_own on public.notice_settings for select to authenticated using ((community_id = any(array(select private.my_communities())) and id = any(array(select private.my_persons()))
    and (community_id, id) in (select k.community_id, k.person_id from private.my_person_keys() k)));
create policy select_as_office on public.invites for select to authenticated using (community_id = any(array(select private.office_communities())));
create policy select_own on public.join_requests for select to authenticated using (user_id = (select auth.uid()));
create policy select_as_secretary on public.audit_logs for select to authenticated using (
  community_id = any(array(select private.communities_where_i_am(array['community_secretary', 'street_admin']))));
