-- Duties (T14 X08 X09): what a party post owes a month, as versioned data; logs that are verified by somebody else.

-- ---------------------------------------------------------------- who leads whom

create function private.party_org_and_below(p_community_id uuid, p_org_id uuid)
returns setof uuid language sql stable security definer rows 20 set search_path = '' as $$
  with recursive down as (
    select o.id from public.party_orgs o where o.community_id = p_community_id and o.id = p_org_id
    union
    select o.id from down d join public.party_orgs o on o.community_id = p_community_id and o.parent_id = d.id)
  select d.id from down d
$$;
comment on function private.party_org_and_below(uuid, uuid) is 'An organisation of the party tree and everything below it.';

create function private.party_members_under(p_community_id uuid, p_org_id uuid)
returns setof uuid language sql stable security definer rows 50 set search_path = '' as $$
  with below as materialized (select private.party_org_and_below(p_community_id, p_org_id) as id)
  select m.person_id from public.party_memberships m where m.community_id = p_community_id
    and (m.party_org_id in (select b.id from below b) or m.group_id in (select b.id from below b))
    and m.valid_from <= private.today() and (m.valid_to is null or m.valid_to >= private.today())
$$;
comment on function private.party_members_under(uuid, uuid) is 'Who belongs today to an organisation of the party tree or to one below it.';

create function private.party_membership_of(p_community_id uuid, p_person_id uuid)
returns public.party_memberships language sql stable security definer set search_path = '' as $$
  select m from public.party_memberships m where m.community_id = p_community_id and m.person_id = p_person_id
    and m.valid_from <= private.today() and (m.valid_to is null or m.valid_to >= private.today())
$$;

create function private.reviews_duties_of(p_community_id uuid, p_leader uuid, p_person_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select p_leader <> p_person_id and exists (select 1 from public.party_memberships m where m.community_id = p_community_id and m.person_id = p_person_id
    and m.valid_from <= private.today() and (m.valid_to is null or m.valid_to >= private.today())
    and (private.holds_in_party_org(p_community_id, p_leader, m.party_org_id, array['branch_secretary', 'deputy_branch_secretary'])
      or private.holds_in_party_org(p_community_id, p_leader, m.group_id, array['party_group_leader'])))
$$;
comment on function private.reviews_duties_of(uuid, uuid, uuid) is
  'The leader of the member''s group, secretary and deputy of the branch or above; never oneself. The office has no say: duties are a matter of the branch.';

create function private.module_communities(p_module text)
returns setof uuid language sql stable security definer rows 3 set search_path = '' as $$
  select ap.community_id from public.account_persons ap where ap.user_id = (select auth.uid()) and ap.status = 'active' and private.module_is_on(ap.community_id, p_module)
$$;
comment on function private.module_communities(text) is 'The caller''s communities where a module is switched on, as a set for policies.';

-- ---------------------------------------------------------------- the rules

create table public.duty_rulesets (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  code text not null,
  effective_from date not null,
  late_days int not null default 93,
  published_at timestamptz not null,
  published_by uuid,
  primary key (community_id, id),
  foreign key (community_id, published_by) references public.persons (community_id, id),
  constraint duty_ruleset_code_is_unique unique (community_id, code),
  constraint late_days_are_sane check (late_days between 1 and 366)
);
create index duty_rulesets_by_publisher on public.duty_rulesets (community_id, published_by);
create trigger tg_duty_rulesets__append_only before update or delete on public.duty_rulesets for each row execute function private.tg_append_only();
comment on table public.duty_rulesets is 'Versions of what party posts owe; a version never changes. late_days: how long after the day a log is still taken.';

create table public.duty_rules (
  community_id uuid not null,
  id uuid not null,
  ruleset_id uuid not null,
  post text not null check (post in ('grid_delegate', 'publicist', 'hygienist', 'safety_officer', 'mediator', 'professional_post', 'service_post')),
  kind text not null,
  times_per_month int not null,
  minutes int not null,
  primary key (community_id, id),
  foreign key (community_id, ruleset_id) references public.duty_rulesets (community_id, id),
  constraint a_post_owes_a_duty_once_a_version unique (community_id, ruleset_id, post, kind),
  constraint duty_times_are_sane check (times_per_month between 0 and 31),
  constraint duty_minutes_are_sane check (minutes between 5 and 480)
);
create trigger tg_duty_rules__append_only before update or delete on public.duty_rules for each row execute function private.tg_append_only();
comment on table public.duty_rules is 'What a post owes a month: a kind of duty, how often, and the minutes usually needed (the default of the form).';

insert into public.dictionaries (kind, code, sort)
select 'duty_kind', c.code, c.sort::int from unnest(array['opinion_round', 'publicity_round', 'hygiene_check', 'safety_check', 'mediation',
  'visit', 'deliberation', 'neighbour_help', 'emergency', 'other']) with ordinality as c (code, sort);

create function private.install_duty_rules_2026_1(p_community_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := md5(p_community_id::text || 'DUTY-2026.1')::uuid;
begin
  insert into public.duty_rulesets (community_id, id, code, effective_from, published_at) values (p_community_id, v_id, 'DUTY-2026.1', date '2025-01-01', private.now());
  insert into public.duty_rules (community_id, id, ruleset_id, post, kind, times_per_month, minutes)
    select p_community_id, md5(v_id::text || r.post || r.kind)::uuid, v_id, r.post, r.kind, r.times, r.minutes
    from (values ('grid_delegate', 'opinion_round', 1, 40), ('publicist', 'publicity_round', 2, 30), ('hygienist', 'hygiene_check', 2, 30),
      ('safety_officer', 'safety_check', 2, 30), ('mediator', 'mediation', 1, 60), ('service_post', 'neighbour_help', 1, 60)) as r (post, kind, times, minutes);
end $$;
comment on function private.install_duty_rules_2026_1(uuid) is 'The default duties of a new community; a later version replaces them.';

create function private.tg_communities__install_duty_rules()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform private.install_duty_rules_2026_1(new.id);
  return null;
end $$;
create trigger tg_communities__install_duty_rules after insert on public.communities for each row execute function private.tg_communities__install_duty_rules();

create function private.duty_ruleset_on(p_community_id uuid, p_day date)
returns uuid language sql stable security definer set search_path = '' as $$
  select r.id from public.duty_rulesets r where r.community_id = p_community_id and r.effective_from <= p_day
  order by r.effective_from desc, r.published_at desc limit 1
$$;

create function private.duties_owed(p_community_id uuid, p_from date, p_to date, p_persons uuid[] default null, p_exempt_too boolean default false)
returns table (person_id uuid, month date, kind text, times int) language sql stable security definer rows 100 set search_path = '' as $$
  with months as (
    select d::date as month, (d + interval '1 month')::date - 1 as last_day, private.duty_ruleset_on(p_community_id, d::date) as ruleset_id
    from generate_series(date_trunc('month', p_from), date_trunc('month', p_to), interval '1 month') d)
  select p.person_id, m.month, r.kind, max(r.times_per_month)
  from months m
  join public.party_posts p on p.community_id = p_community_id and p.valid_from <= m.month and date_trunc('month', p.recorded_on) <= m.month and (p.valid_to is null or p.valid_to >= m.last_day)
  join public.duty_rules r on r.community_id = p_community_id and r.ruleset_id = m.ruleset_id and r.post = p.post and r.times_per_month > 0
  where (p_persons is null or p.person_id = any(p_persons))
    and (p_exempt_too or not exists (select 1 from public.party_exemptions x where x.community_id = p_community_id and x.person_id = p.person_id
    and x.valid_from <= m.last_day and (x.valid_to is null or x.valid_to >= m.month)))
  group by p.person_id, m.month, r.kind
$$;
comment on function private.duties_owed(uuid, date, date, uuid[], boolean) is
  'What is owed in each month by whoever held a post through the whole of it, from the month on in which it was written down (nothing is owed backwards); two posts of one kind owe once. The exempt owe nothing; p_exempt_too adds what would be owed in their months, for what they did all the same.';

create function public.publish_duty_rules(p_community_id uuid, p_id uuid, p_code text, p_effective_from date, p_rules jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'publish_duty_rules',
    jsonb_build_object('code', p_code, 'from', p_effective_from, 'rules', p_rules));
  v_code text;
  v_rule jsonb;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  if not private.holds_office(p_community_id, v_ctx.person_id, array['community_secretary']) then perform private.fail(403, 'not_allowed'); end if;
  v_code := private.clean_text(p_code, 'code', 30);
  if p_effective_from is null or p_effective_from < private.today() + 7 or p_effective_from > private.today() + 730 or extract(day from p_effective_from) <> 1 then
    perform private.fail(422, 'rules_too_soon', jsonb_build_object('earliest', (date_trunc('month', private.today() + 7 + interval '1 month' - interval '1 day'))::date));
  end if;
  if p_rules is null or jsonb_typeof(p_rules) <> 'array' or jsonb_array_length(p_rules) not between 1 and 60 then
    perform private.fail(400, 'field_invalid', '{"field":"rules"}');
  end if;
  if exists (select 1 from public.duty_rulesets r where r.community_id = p_community_id and (r.code = v_code or r.id = p_id)) then
    perform private.fail(409, 'name_taken', jsonb_build_object('name', v_code));
  end if;
  insert into public.duty_rulesets (community_id, id, code, effective_from, published_at, published_by)
    values (p_community_id, p_id, v_code, p_effective_from, private.now(), v_ctx.person_id);
  for v_rule in select x from jsonb_array_elements(p_rules) x loop
    perform private.require_code('party_post', v_rule ->> 'post'), private.require_code('duty_kind', v_rule ->> 'kind');
    if coalesce(v_rule ->> 'times_per_month', '') !~ '^[0-9]{1,2}$' or (v_rule ->> 'times_per_month')::int > 31
       or coalesce(v_rule ->> 'minutes', '30') !~ '^[0-9]{1,3}$' or coalesce((v_rule ->> 'minutes')::int, 30) not between 5 and 480 then
      perform private.fail(400, 'field_invalid', '{"field":"rules"}');
    end if;
    insert into public.duty_rules (community_id, id, ruleset_id, post, kind, times_per_month, minutes)
      values (p_community_id, private.new_id(), p_id, v_rule ->> 'post', v_rule ->> 'kind', (v_rule ->> 'times_per_month')::int, coalesce((v_rule ->> 'minutes')::int, 30))
      on conflict on constraint a_post_owes_a_duty_once_a_version do nothing;
    if not found then perform private.fail(400, 'field_invalid', '{"field":"rules"}'); end if;
  end loop;
  return private.end_command(v_ctx, 'duty_rulesets', p_id, jsonb_build_object('id', p_id));
end $$;
comment on function public.publish_duty_rules(uuid, uuid, text, date, jsonb) is
  'A later version of what posts owe: [{post, kind, times_per_month, minutes}]; from the first of a month, at least 7 days ahead, never backwards. Community secretary. Errors: not_allowed, field_required, field_too_long, rules_too_soon {earliest}, field_invalid, code_unknown, name_taken.';

-- ---------------------------------------------------------------- the log

create table public.duty_logs (
  community_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  grid_id uuid,
  building_id uuid,
  happened_at timestamptz not null,
  month date not null,
  minutes int not null,
  note text,
  helped_count int not null default 0,
  status text not null default 'submitted' check (status in ('submitted', 'verified', 'returned', 'counted')),
  submitted_at timestamptz not null,
  verified_at timestamptz,
  verified_by uuid,
  returned_at timestamptz,
  returned_by uuid,
  return_reason text,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, grid_id) references public.grids (community_id, id),
  foreign key (community_id, building_id) references public.buildings (community_id, id),
  foreign key (community_id, verified_by) references public.persons (community_id, id),
  foreign key (community_id, returned_by) references public.persons (community_id, id),
  constraint nobody_verifies_the_own_duty check (verified_by <> person_id and returned_by <> person_id),
  constraint a_verified_duty_names_its_verifier check (status not in ('verified', 'counted') or (verified_by is not null and verified_at is not null)),
  constraint a_returned_duty_has_a_reason check (status <> 'returned' or returned_by is not null),
  constraint duty_log_minutes_are_sane check (minutes between 5 and 720),
  constraint helped_count_is_sane check (helped_count between 0 and 500),
  constraint month_is_of_the_day check (month = date_trunc('month', happened_at at time zone 'Asia/Shanghai')::date)
);
create index duty_logs_by_person on public.duty_logs (community_id, person_id, month);
create index duty_logs_by_grid on public.duty_logs (community_id, grid_id);
create index duty_logs_by_building on public.duty_logs (community_id, building_id);
create index duty_logs_by_verifier on public.duty_logs (community_id, verified_by);
create index duty_logs_by_returner on public.duty_logs (community_id, returned_by);
create index duty_logs_waiting on public.duty_logs (community_id, submitted_at) where status = 'submitted';
comment on table public.duty_logs is 'submitted → verified | returned (reason) → counted when its quarter is confirmed. What a party member did for the neighbours; visible to the member and those who lead the group or branch.';
comment on column public.duty_logs.note is 'personal data: free text';
comment on column public.duty_logs.return_reason is 'personal data: free text';

create table public.duty_log_people (
  community_id uuid not null,
  id uuid not null,
  duty_log_id uuid not null,
  person_id uuid not null,
  primary key (community_id, id),
  foreign key (community_id, duty_log_id) references public.duty_logs (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  constraint a_person_is_named_once_in_a_log unique (community_id, duty_log_id, person_id)
);
create index duty_log_people_by_person on public.duty_log_people (community_id, person_id);
comment on table public.duty_log_people is 'Whom a duty helped, by name: none of them may verify it.';

create table public.duty_drafts (
  community_id uuid not null,
  id uuid not null,
  duty_log_id uuid not null,
  kind text not null check (kind in ('ticket', 'wish')),
  text text not null,
  grid_id uuid,
  building_id uuid,
  status text not null default 'kept' check (status in ('kept', 'taken', 'dropped')),
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, duty_log_id) references public.duty_logs (community_id, id),
  foreign key (community_id, grid_id) references public.grids (community_id, id),
  foreign key (community_id, building_id) references public.buildings (community_id, id),
  foreign key (community_id, created_by) references public.persons (community_id, id),
  constraint a_log_raises_one_draft_of_a_kind unique (community_id, duty_log_id, kind)
);
create index duty_drafts_by_grid on public.duty_drafts (community_id, grid_id);
create index duty_drafts_by_building on public.duty_drafts (community_id, building_id);
create index duty_drafts_by_author on public.duty_drafts (community_id, created_by);
comment on table public.duty_drafts is 'What was seen on a duty and should become a ticket or a wish: a kept text that the party office picks up (it says who is a member).';
comment on column public.duty_drafts.text is 'personal data: free text';

create function private.tg_duty_logs__verifier_is_no_beneficiary()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.verified_by is not null and exists (select 1 from public.duty_log_people p where p.community_id = new.community_id
      and p.duty_log_id = new.id and p.person_id = new.verified_by) then
    perform private.fail(403, 'verifier_is_beneficiary');
  end if;
  return new;
end $$;
comment on function private.tg_duty_logs__verifier_is_no_beneficiary() is 'Verifier ≠ beneficiary (invariant 7), whatever command writes.';
create trigger tg_duty_logs__verifier_is_no_beneficiary before insert or update of verified_by on public.duty_logs
  for each row execute function private.tg_duty_logs__verifier_is_no_beneficiary();

create function private.tg_persons__erase_duty_texts()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.duty_logs set note = null, return_reason = null where community_id = new.community_id and person_id = new.id;
  update public.duty_drafts set text = '*' where community_id = new.community_id and created_by = new.id;
  delete from public.duty_log_people where community_id = new.community_id and person_id = new.id;
  delete from public.attachments a using public.duty_logs l where a.community_id = new.community_id and a.owner_kind = 'duty_log'
    and l.community_id = new.community_id and l.id = a.owner_id and l.person_id = new.id;
  return null;
end $$;
comment on function private.tg_persons__erase_duty_texts() is 'What an erased person wrote, and that they were helped, goes with the name; that a duty was done, stays.';
create trigger tg_persons__erase_duty_texts after update of status on public.persons
  for each row when (new.status = 'erased' and old.status <> 'erased') execute function private.tg_persons__erase_duty_texts();

create function private.people_to_name(p_community_id uuid, p_me uuid)
returns setof uuid language sql stable security definer rows 10 set search_path = '' as $$
  select p.id from public.persons p where p.community_id = p_community_id and p.status = 'active' and p.id <> p_me
    and (private.helps(p_community_id, p_me, p.id)
      or (p.id in (select g.person_id from public.role_grants g where g.community_id = p_community_id and g.scope_kind = 'party_org')
        and private.reviews_duties_of(p_community_id, p.id, p_me)))
$$;
comment on function private.people_to_name(uuid, uuid) is
  'Whom a member may name as helped: those one helps, and the leaders of the own group and branch (so that they leave the verifying to another). Everybody else is a number.';

create function private.can_see_duty_log(p_community_id uuid, p_me uuid, p_log_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select private.module_is_on(p_community_id, 'party_posts') and exists (select 1 from public.duty_logs l where l.community_id = p_community_id and l.id = p_log_id
    and (l.person_id = p_me or private.reviews_duties_of(p_community_id, p_me, l.person_id)))
$$;
insert into private.attachment_owners (kind, can_see) values ('duty_log', 'can_see_duty_log');

create function private.tell_who_verifies(p_community_id uuid, p_person_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_member public.party_memberships := private.party_membership_of(p_community_id, p_person_id);
  v_leaders uuid[] := array(select distinct g.person_id from public.role_grants g where g.community_id = p_community_id and g.person_id <> p_person_id
    and g.role = 'party_group_leader' and g.scope_id = v_member.group_id and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today()));
begin
  -- The leader of the group is the first to look; without one, the secretaries of the branch.
  if cardinality(v_leaders) = 0 then
    v_leaders := array(select distinct g.person_id from public.role_grants g where g.community_id = p_community_id and g.person_id <> p_person_id
      and g.role in ('branch_secretary', 'deputy_branch_secretary') and g.scope_id = v_member.party_org_id and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today()));
  end if;
  perform private.notify_of_waiting(p_community_id, x, 'duty_waits', '/lead/duties') from unnest(v_leaders) x;
end $$;
comment on function private.tell_who_verifies(uuid, uuid) is 'A duty of a member waits: the leader of the group hears of it, or the branch where there is none.';

create function private.read_duty_notices(p_community_id uuid, p_leader uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.notifications n set read_at = greatest(n.created_at, private.now())
    where n.community_id = p_community_id and n.person_id = p_leader and n.kind = 'duty_waits' and n.read_at is null
      and not exists (select 1 from public.duty_logs l where l.community_id = p_community_id and l.status = 'submitted' and private.reviews_duties_of(p_community_id, p_leader, l.person_id));
end $$;
comment on function private.read_duty_notices(uuid, uuid) is 'When nothing waits any more, the notice that something does is read.';

create function public.log_duty(p_community_id uuid, p_id uuid, p_kind text, p_happened_at timestamptz, p_minutes int,
  p_grid_id uuid default null, p_building_id uuid default null, p_note text default null, p_helped_count int default 0,
  p_helped_person_ids uuid[] default null, p_draft_kind text default null, p_draft_text text default null, p_log_id uuid default null, p_photo_ids uuid[] default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'log_duty', jsonb_build_object('kind', p_kind, 'at', p_happened_at,
    'minutes', p_minutes, 'grid', p_grid_id, 'building', p_building_id, 'note', p_note, 'helped', p_helped_count, 'people', p_helped_person_ids,
    'draft', p_draft_kind, 'draft_text', p_draft_text, 'log', p_log_id, 'photos', p_photo_ids));
  v_log_id uuid := coalesce(p_log_id, p_id);
  v_late_days int;
  v_status text;
  v_people uuid[] := array(select distinct x from unnest(coalesce(p_helped_person_ids, '{}')) x where x is not null);
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_module(p_community_id, 'party_posts');
  if not private.is_party_member(p_community_id, v_ctx.person_id, private.today()) then perform private.fail(403, 'not_a_party_member'); end if;
  perform private.require_code('duty_kind', p_kind);
  if p_happened_at is null then perform private.fail(400, 'field_required', '{"field":"happened_at"}'); end if;
  if p_minutes is null or p_minutes not between 5 and 720 then perform private.fail(400, 'field_invalid', '{"field":"minutes"}'); end if;
  if coalesce(p_helped_count, 0) not between 0 and 500 then perform private.fail(400, 'field_invalid', '{"field":"helped_count"}'); end if;
  if p_happened_at > private.now() + interval '10 minutes' then perform private.fail(422, 'duty_in_future'); end if;
  select r.late_days into v_late_days from public.duty_rulesets r where r.community_id = p_community_id and r.id = private.duty_ruleset_on(p_community_id, private.today());
  if p_happened_at < private.now() - make_interval(days => coalesce(v_late_days, 93)) then
    perform private.fail(422, 'duty_too_late', jsonb_build_object('days', coalesce(v_late_days, 93)));
  end if;
  if p_grid_id is not null and not private.scope_exists(p_community_id, 'grid', p_grid_id) then perform private.fail(404, 'grid_unknown'); end if;
  if p_building_id is not null and not private.scope_exists(p_community_id, 'building', p_building_id) then perform private.fail(404, 'building_unknown'); end if;
  if cardinality(v_people) > 10 then perform private.fail(400, 'field_invalid', '{"field":"helped_people"}'); end if;
  if exists (select 1 from unnest(v_people) x where x not in (select private.people_to_name(p_community_id, v_ctx.person_id))) then
    perform private.fail(404, 'person_unknown');
  end if;
  if (p_draft_kind is null) <> (private.clean_text(p_draft_text, 'draft', 500, false) is null) or p_draft_kind not in ('ticket', 'wish') then
    perform private.fail(400, 'field_invalid', '{"field":"draft"}');
  end if;
  if p_log_id is not null then
    select l.status into v_status from public.duty_logs l
      where l.community_id = p_community_id and l.id = p_log_id and l.person_id = v_ctx.person_id for update;
    if not found then perform private.fail(404, 'duty_unknown'); end if;
    if v_status <> 'returned' then perform private.fail(409, 'duty_not_correctable', jsonb_build_object('status', v_status)); end if;
    delete from public.duty_log_people where community_id = p_community_id and duty_log_id = p_log_id;
    update public.duty_logs set kind = p_kind, grid_id = p_grid_id, building_id = p_building_id, happened_at = p_happened_at,
        month = date_trunc('month', private.day_of(p_happened_at))::date, minutes = p_minutes, note = private.clean_text(p_note, 'note', 500, false),
        helped_count = greatest(coalesce(p_helped_count, 0), cardinality(v_people)), status = 'submitted', submitted_at = private.now()
      where community_id = p_community_id and id = p_log_id;
  else
    if exists (select 1 from public.duty_logs l where l.community_id = p_community_id and l.id = p_id) then perform private.fail(409, 'id_reused'); end if;
    insert into public.duty_logs (community_id, id, person_id, kind, grid_id, building_id, happened_at, month, minutes, note, helped_count, submitted_at)
      values (p_community_id, p_id, v_ctx.person_id, p_kind, p_grid_id, p_building_id, p_happened_at, date_trunc('month', private.day_of(p_happened_at))::date,
        p_minutes, private.clean_text(p_note, 'note', 500, false), greatest(coalesce(p_helped_count, 0), cardinality(v_people)), private.now());
  end if;
  delete from public.attachments a where a.community_id = p_community_id and a.owner_kind = 'duty_log' and a.owner_id = v_log_id and a.id <> all (coalesce(p_photo_ids, '{}'));
  perform private.claim_attachments(p_community_id, array(select x from unnest(p_photo_ids) x where not exists (select 1 from public.attachments a
    where a.community_id = p_community_id and a.id = x and a.owner_kind = 'duty_log' and a.owner_id = v_log_id)), 'duty_log', v_log_id, v_ctx.person_id);
  insert into public.duty_log_people (community_id, id, duty_log_id, person_id) select p_community_id, private.new_id(), v_log_id, x from unnest(v_people) x;
  if p_draft_kind is not null then
    insert into public.duty_drafts (community_id, id, duty_log_id, kind, text, grid_id, building_id, created_by, created_at)
      values (p_community_id, private.new_id(), v_log_id, p_draft_kind, private.clean_text(p_draft_text, 'draft', 500), p_grid_id, p_building_id, v_ctx.person_id, private.now())
      on conflict on constraint a_log_raises_one_draft_of_a_kind do update set text = excluded.text where duty_drafts.status = 'kept';
  end if;
  perform private.tell_who_verifies(p_community_id, v_ctx.person_id);
  return private.end_command(v_ctx, 'duty_logs', v_log_id, jsonb_build_object('log_id', v_log_id, 'status', 'submitted'), jsonb_build_object('kind', p_kind));
end $$;
comment on function public.log_duty(uuid, uuid, text, timestamptz, int, uuid, uuid, text, int, uuid[], text, text, uuid, uuid[]) is
  'A party member notes a duty done; p_log_id corrects one that was returned. Minutes 5–720; up to late_days back. p_draft_kind ticket | wish keeps a text for later. {log_id, status}. Errors: module_off, not_a_party_member, code_unknown, field_required, field_invalid, field_too_long, duty_in_future, duty_too_late {days}, grid_unknown, building_unknown, person_unknown, attachment_unknown, too_many_attachments, duty_unknown, duty_not_correctable {status}.';

create function private.begin_duty_review(p_ctx private.command_context, p_log_id uuid)
returns public.duty_logs language plpgsql volatile security definer set search_path = '' as $$
declare
  v_log public.duty_logs;
begin
  perform private.require_module(p_ctx.community_id, 'party_posts');
  select * into v_log from public.duty_logs l where l.community_id = p_ctx.community_id and l.id = p_log_id for update;
  if not found then perform private.fail(404, 'duty_unknown'); end if;
  if v_log.person_id = p_ctx.person_id then perform private.fail(403, 'own_duty'); end if;
  if not private.reviews_duties_of(p_ctx.community_id, p_ctx.person_id, v_log.person_id) then
    perform private.fail(404, 'duty_unknown');
  end if;
  if exists (select 1 from public.duty_log_people p where p.community_id = p_ctx.community_id and p.duty_log_id = p_log_id and p.person_id = p_ctx.person_id) then
    perform private.fail(403, 'verifier_is_beneficiary');
  end if;
  if v_log.status <> 'submitted' then perform private.fail(409, 'duty_not_waiting', jsonb_build_object('status', v_log.status)); end if;
  return v_log;
end $$;
comment on function private.begin_duty_review(private.command_context, uuid) is
  'The log, locked, for somebody who leads the member''s group or branch, is not the member and was not helped. Errors: module_off, duty_unknown, own_duty, verifier_is_beneficiary, duty_not_waiting {status}.';

create function public.verify_duty(p_community_id uuid, p_id uuid, p_log_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'verify_duty', jsonb_build_object('log', p_log_id));
  v_log public.duty_logs;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_log := private.begin_duty_review(v_ctx, p_log_id);
  update public.duty_logs set status = 'verified', verified_at = private.now(), verified_by = v_ctx.person_id where community_id = p_community_id and id = p_log_id;
  perform private.read_duty_notices(p_community_id, v_ctx.person_id);
  return private.end_command(v_ctx, 'duty_logs', p_log_id, jsonb_build_object('log_id', p_log_id, 'status', 'verified'), '{}', v_log.person_id);
end $$;
comment on function public.verify_duty(uuid, uuid, uuid) is
  'The leader of the member''s group, or a secretary of the branch or above, confirms a duty; never one''s own, never one that helped oneself. Errors: module_off, duty_unknown, own_duty, verifier_is_beneficiary, duty_not_waiting {status}.';

create function public.return_duty(p_community_id uuid, p_id uuid, p_log_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'return_duty', jsonb_build_object('log', p_log_id, 'reason', p_reason));
  v_log public.duty_logs;
  v_reason text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_log := private.begin_duty_review(v_ctx, p_log_id);
  v_reason := private.clean_text(p_reason, 'reason', 200);
  update public.duty_logs set status = 'returned', returned_at = private.now(), returned_by = v_ctx.person_id, return_reason = v_reason
    where community_id = p_community_id and id = p_log_id;
  perform private.notify(p_community_id, v_log.person_id, 'duty_returned', jsonb_build_object('reason', v_reason), '/me/duties');
  perform private.read_duty_notices(p_community_id, v_ctx.person_id);
  return private.end_command(v_ctx, 'duty_logs', p_log_id, jsonb_build_object('log_id', p_log_id, 'status', 'returned'), '{}', v_log.person_id);
end $$;
comment on function public.return_duty(uuid, uuid, uuid, text) is
  'Gives a duty back with a reason, to be corrected and sent again; by whoever may verify it. Errors: module_off, duty_unknown, own_duty, verifier_is_beneficiary, duty_not_waiting {status}, field_required, field_too_long.';

-- ---------------------------------------------------------------- reads

create function private.duty_log_row(p_log public.duty_logs)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('id', p_log.id, 'kind', p_log.kind, 'happened_at', p_log.happened_at, 'month', p_log.month, 'minutes', p_log.minutes,
    'note', p_log.note, 'helped_count', p_log.helped_count, 'status', p_log.status, 'submitted_at', p_log.submitted_at,
    'return_reason', case when p_log.status = 'returned' then p_log.return_reason end,
    'grid_id', p_log.grid_id, 'building_id', p_log.building_id,
    'place', (select concat_ws(' ', c.name, b.name) from public.buildings b join public.compounds c on c.community_id = b.community_id and c.id = b.compound_id
      where b.community_id = p_log.community_id and b.id = p_log.building_id),
    'grid', (select g.name from public.grids g where g.community_id = p_log.community_id and g.id = p_log.grid_id),
    'helped', coalesce((select jsonb_agg(jsonb_build_object('person_id', d.person_id, 'name', p.display_name) order by p.display_name)
      from public.duty_log_people d join public.persons p on p.community_id = d.community_id and p.id = d.person_id
      where d.community_id = p_log.community_id and d.duty_log_id = p_log.id), '[]'),
    'photos', private.attachments_of(p_log.community_id, 'duty_log', p_log.id),
    'drafts', coalesce((select jsonb_agg(jsonb_build_object('kind', d.kind, 'text', d.text) order by d.kind) from public.duty_drafts d
      where d.community_id = p_log.community_id and d.duty_log_id = p_log.id), '[]'))
$$;

create function public.my_duties(p_community_id uuid, p_month date default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_month date := date_trunc('month', least(greatest(coalesce(p_month, private.today()), date '2020-01-01'), private.today()))::date;
  v_membership public.party_memberships := private.party_membership_of(p_community_id, v_me);
begin
  perform private.require_module(p_community_id, 'party_posts');
  if v_membership.id is null then perform private.fail(403, 'not_a_party_member'); end if;
  return jsonb_build_object(
    'month', v_month, 'server_time', private.now(), 'member_kind', v_membership.kind, 'is_exempt', private.is_exempt(p_community_id, v_me, private.today()),
    'branch', (select o.name from public.party_orgs o where o.community_id = p_community_id and o.id = v_membership.party_org_id),
    'posts', coalesce((select jsonb_agg(jsonb_build_object('post', p.post, 'grid', g.name, 'place', concat_ws(' ', c.name, b.name), 'grid_id', p.grid_id, 'building_id', p.building_id) order by p.valid_from)
      from public.party_posts p left join public.grids g on g.community_id = p.community_id and g.id = p.grid_id
      left join public.buildings b on b.community_id = p.community_id and b.id = p.building_id
      left join public.compounds c on c.community_id = b.community_id and c.id = b.compound_id
      where p.community_id = p_community_id and p.person_id = v_me and p.valid_from <= private.today() and (p.valid_to is null or p.valid_to >= private.today())), '[]'),
    'owed', coalesce((select jsonb_agg(jsonb_build_object('kind', o.kind, 'times', o.times,
        'minutes', (select max(r.minutes) from public.duty_rules r where r.community_id = p_community_id and r.kind = o.kind and r.ruleset_id = private.duty_ruleset_on(p_community_id, v_month)),
        'verified', (select count(*) from public.duty_logs l where l.community_id = p_community_id and l.person_id = v_me and l.month = v_month and l.kind = o.kind and l.status in ('verified', 'counted')),
        'waiting', (select count(*) from public.duty_logs l where l.community_id = p_community_id and l.person_id = v_me and l.month = v_month and l.kind = o.kind and l.status = 'submitted')) order by o.kind)
      from private.duties_owed(p_community_id, v_month, v_month, array[v_me]) o), '[]'),
    'logs', coalesce((select jsonb_agg(private.duty_log_row(l) order by l.happened_at desc) from public.duty_logs l
      where l.community_id = p_community_id and l.person_id = v_me and (l.month = v_month or l.status = 'returned')), '[]'),
    'last', (select jsonb_build_object('kind', l.kind, 'minutes', l.minutes, 'grid_id', l.grid_id, 'building_id', l.building_id) from public.duty_logs l
      where l.community_id = p_community_id and l.person_id = v_me order by l.submitted_at desc limit 1),
    'places', coalesce((select jsonb_agg(jsonb_build_object('grid_id', g.id, 'grid', g.name, 'buildings', coalesce((
        select jsonb_agg(jsonb_build_object('id', b.id, 'name', concat_ws(' ', c.name, b.name)) order by c.name, b.name)
        from public.grid_buildings gb join public.buildings b on b.community_id = gb.community_id and b.id = gb.building_id
        join public.compounds c on c.community_id = b.community_id and c.id = b.compound_id
        where gb.community_id = p_community_id and gb.grid_id = g.id and gb.valid_to is null), '[]')) order by g.sort, g.code)
      from public.grids g where g.community_id = p_community_id), '[]'),
    'people', coalesce((select jsonb_agg(jsonb_build_object('person_id', p.id, 'name', p.display_name) order by p.display_name) from public.persons p
      where p.community_id = p_community_id and p.id in (select private.people_to_name(p_community_id, v_me))), '[]'));
end $$;
comment on function public.my_duties(uuid, date) is
  'The member''s month: posts, what is owed and done, the logs (and every returned one), and what the form needs (places, last values, whom one may name). Errors: not_signed_in, not_a_member, module_off, not_a_party_member.';

create function public.duties_to_verify(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  perform private.require_module(p_community_id, 'party_posts');
  if not private.person_has_role(p_community_id, v_me, array['branch_secretary', 'deputy_branch_secretary', 'party_group_leader']) then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object('server_time', private.now(), 'logs', coalesce((
    select jsonb_agg(x.row order by x.is_waiting desc, x.happened_at desc) from (
      select l.status = 'submitted' as is_waiting, l.happened_at, private.duty_log_row(l) || jsonb_build_object('person_id', l.person_id, 'name', pp.real_name,
          'why_not', case when l.person_id = v_me then 'own_duty'
            when exists (select 1 from public.duty_log_people d where d.community_id = l.community_id and d.duty_log_id = l.id and d.person_id = v_me) then 'verifier_is_beneficiary' end) as row
      from public.duty_logs l join public.person_private pp on pp.community_id = l.community_id and pp.person_id = l.person_id
      where l.community_id = p_community_id and (p_community_id, l.person_id) in (select k.community_id, k.person_id from private.my_party_member_keys(array['branch_secretary', 'deputy_branch_secretary', 'party_group_leader']) k)
        and (l.status = 'submitted' or l.submitted_at > private.now() - interval '14 days')
      order by l.status = 'submitted' desc, l.happened_at desc limit 300) x), '[]'));
end $$;
comment on function public.duties_to_verify(uuid) is
  'Logs of the members of the caller''s groups and branches: what waits first, then the last 14 days; why_not own_duty | verifier_is_beneficiary. Errors: not_signed_in, not_a_member, module_off, not_allowed.';

-- ---------------------------------------------------------------- policies and grants

alter table public.duty_rulesets enable row level security;
alter table public.duty_rules enable row level security;
alter table public.duty_logs enable row level security;
alter table public.duty_log_people enable row level security;
alter table public.duty_drafts enable row level security;
grant select on public.duty_rulesets, public.duty_rules, public.duty_logs, public.duty_log_people, public.duty_drafts to authenticated;
create policy select_as_member on public.duty_rulesets for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.duty_rules for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_own_or_as_leader on public.duty_logs for select to authenticated using (
  community_id = any(array(select private.module_communities('party_posts'))) and (
    (person_id = any(array(select private.my_persons())) and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
    or (community_id, person_id) in (select k.community_id, k.person_id from private.my_party_member_keys(array['branch_secretary', 'deputy_branch_secretary', 'party_group_leader']) k)));
create policy select_with_the_log on public.duty_log_people for select to authenticated using (
  community_id = any(array(select private.module_communities('party_posts')))
  and (community_id, duty_log_id) in (select l.community_id, l.id from public.duty_logs l));
create policy select_with_the_log_or_as_party_office on public.duty_drafts for select to authenticated using (
  community_id = any(array(select private.module_communities('party_posts')))
  and ((community_id, duty_log_id) in (select l.community_id, l.id from public.duty_logs l) or community_id = any(array(select private.party_office_communities()))));

do $$
declare
  f regprocedure;
begin
  foreach f in array array(select p.oid::regprocedure from pg_proc p where p.pronamespace = 'private'::regnamespace and p.proname in ('party_org_and_below', 'party_members_under', 'party_membership_of',
      'reviews_duties_of', 'module_communities', 'people_to_name', 'can_see_duty_log', 'install_duty_rules_2026_1', 'tg_communities__install_duty_rules', 'duty_ruleset_on', 'duties_owed', 'tg_duty_logs__verifier_is_no_beneficiary',
      'tg_persons__erase_duty_texts', 'begin_duty_review', 'duty_log_row', 'tell_who_verifies', 'read_duty_notices')
    union all select p.oid::regprocedure from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname in ('publish_duty_rules', 'log_duty',
      'verify_duty', 'return_duty', 'my_duties', 'duties_to_verify')) loop
    execute format('revoke all on function %s from public, anon, authenticated', f);
  end loop;
end $$;
grant execute on function private.module_communities(text) to authenticated;
grant execute on function public.publish_duty_rules(uuid, uuid, text, date, jsonb),
  public.log_duty(uuid, uuid, text, timestamptz, int, uuid, uuid, text, int, uuid[], text, text, uuid, uuid[]), public.verify_duty(uuid, uuid, uuid),
  public.return_duty(uuid, uuid, uuid, text), public.my_duties(uuid, date), public.duties_to_verify(uuid) to authenticated;
