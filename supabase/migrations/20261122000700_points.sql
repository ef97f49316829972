-- Points: versioned rule sets, accounts, an append-only ledger with lots. Party points get a ledger of their own later.

create table public.point_rulesets (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  code text not null,
  effective_from date not null,
  published_at timestamptz not null,
  published_by uuid,
  primary key (community_id, id),
  foreign key (community_id, published_by) references public.persons (community_id, id),
  constraint ruleset_code_is_unique unique (community_id, code)
);
create index point_rulesets_by_publisher on public.point_rulesets (community_id, published_by);
create trigger tg_point_rulesets__append_only before update or delete on public.point_rulesets for each row execute function private.tg_append_only();
comment on table public.point_rulesets is 'Versions of the points rules; a version in use never changes (invariant 11).';

create table public.point_rules (
  community_id uuid not null,
  ruleset_id uuid not null,
  code text not null,
  points_per_half_hour int,
  max_minutes_per_day int,
  max_points_per_month int,
  data jsonb not null default '{}',
  primary key (community_id, ruleset_id, code),
  foreign key (community_id, ruleset_id) references public.point_rulesets (community_id, id)
);
create trigger tg_point_rules__append_only before update or delete on public.point_rules for each row execute function private.tg_append_only();
comment on table public.point_rules is 'The items of a rule set (rules.md, VOL-2026.1), as data.';

create table public.point_accounts (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  balance int not null default 0,
  earned int not null default 0,
  primary key (community_id, id),
  foreign key (community_id, id) references public.persons (community_id, id),
  constraint balance_is_never_below_zero check (balance >= 0)
);
comment on table public.point_accounts is 'One spendable account per person, id = the person''s; balance = posted entries = open lots (invariant 2).';

create table public.point_entries (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  ruleset_code text not null,
  rule_code text not null,
  source_kind text not null check (source_kind in ('service_record')),
  source_id uuid not null,
  points int not null,
  occurred_on date not null,
  inputs jsonb not null,
  posted_at timestamptz not null,
  posted_by uuid,
  reverses_id uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.point_accounts (community_id, id),
  foreign key (community_id, ruleset_code) references public.point_rulesets (community_id, code),
  foreign key (community_id, posted_by) references public.persons (community_id, id),
  foreign key (community_id, reverses_id) references public.point_entries (community_id, id)
);
create unique index one_entry_per_source_rule_person on public.point_entries (community_id, source_kind, source_id, rule_code, person_id) where reverses_id is null;
create unique index an_entry_is_reversed_once on public.point_entries (community_id, reverses_id) where reverses_id is not null;
create index point_entries_by_person on public.point_entries (community_id, person_id, occurred_on);
create index point_entries_by_ruleset on public.point_entries (community_id, ruleset_code);
create index point_entries_by_poster on public.point_entries (community_id, posted_by);
create trigger tg_point_entries__append_only before update or delete on public.point_entries for each row execute function private.tg_append_only();
comment on table public.point_entries is 'The ledger, append-only. inputs holds what the rule saw, so that every number can be explained in words (为什么是这些分).';

create table public.point_lots (
  community_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  points int not null,
  remaining int not null,
  expires_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, id) references public.point_entries (community_id, id),
  foreign key (community_id, person_id) references public.point_accounts (community_id, id),
  constraint lot_remaining_is_within_points check (remaining between 0 and points)
);
create index point_lots_by_person on public.point_lots (community_id, person_id, expires_at);
comment on table public.point_lots is 'What each entry still has to spend, first in first out; expires on 31 March 24:00 of the following year. id = the entry''s.';

create function private.install_rules_vol_2026_1(p_community_id uuid, p_ruleset_id uuid, p_by uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into public.point_rulesets (community_id, id, code, effective_from, published_at, published_by)
    values (p_community_id, p_ruleset_id, 'VOL-2026.1', date '2025-01-01', private.now(), p_by);
  insert into public.point_rules (community_id, ruleset_id, code, points_per_half_hour, max_minutes_per_day, max_points_per_month)
    values (p_community_id, p_ruleset_id, 'V01', 5, 480, 400);
end $$;
comment on function private.install_rules_vol_2026_1(uuid, uuid, uuid) is 'The default rule set of a new community (rules.md). Further items join with a later version.';

create function private.ruleset_on(p_community_id uuid, p_day date)
returns public.point_rulesets language sql stable security definer set search_path = '' as $$
  select r from public.point_rulesets r where r.community_id = p_community_id and r.effective_from <= p_day
  order by r.effective_from desc, r.published_at desc limit 1
$$;

create function private.lot_expiry(p_day date)
returns timestamptz language sql immutable set search_path = '' as $$
  select make_date(extract(year from p_day)::int + 1, 4, 1)::timestamp at time zone 'Asia/Shanghai'
$$;
comment on function private.lot_expiry(date) is '31 March 24:00 (Asia/Shanghai) of the year after the day (rules.md).';

create function private.post_service_points(p_community_id uuid, p_entry_id uuid, p_person_id uuid, p_service_record_id uuid,
  p_service_date date, p_minutes int, p_minutes_before_today int, p_by uuid)
returns int language plpgsql volatile security definer set search_path = '' as $$
declare
  v_set public.point_rulesets := private.ruleset_on(p_community_id, p_service_date);
  v_rule public.point_rules;
  v_countable int;
  v_half_hours int;
  v_base int;
  v_month_before int;
  v_points int;
begin
  if v_set.id is null or not private.module_is_on(p_community_id, 'points') then return null; end if;
  select * into v_rule from public.point_rules r where r.community_id = p_community_id and r.ruleset_id = v_set.id and r.code = 'V01';
  if not found then return null; end if;
  insert into public.point_accounts (community_id, id) values (p_community_id, p_person_id) on conflict do nothing;
  perform 1 from public.point_accounts a where a.community_id = p_community_id and a.id = p_person_id for update;
  -- minutes → down to half hours → base → caps → post (rules.md)
  v_countable := least(p_minutes, greatest(v_rule.max_minutes_per_day - p_minutes_before_today, 0));
  v_half_hours := v_countable / 30;
  v_base := v_half_hours * v_rule.points_per_half_hour;
  select coalesce(sum(e.points), 0) into v_month_before from public.point_entries e
    where e.community_id = p_community_id and e.person_id = p_person_id and e.rule_code = 'V01'
      and e.occurred_on >= date_trunc('month', p_service_date)::date
      and e.occurred_on < (date_trunc('month', p_service_date) + interval '1 month')::date;
  v_points := least(v_base, greatest(v_rule.max_points_per_month - v_month_before, 0));
  insert into public.point_entries (community_id, id, person_id, ruleset_code, rule_code, source_kind, source_id, points, occurred_on, inputs, posted_at, posted_by)
    values (p_community_id, p_entry_id, p_person_id, v_set.code, 'V01', 'service_record', p_service_record_id, v_points, p_service_date,
      jsonb_build_object('minutes', p_minutes, 'countable_minutes', v_countable, 'half_hours', v_half_hours,
        'points_per_half_hour', v_rule.points_per_half_hour, 'base', v_base, 'month_before', v_month_before,
        'max_points_per_month', v_rule.max_points_per_month, 'max_minutes_per_day', v_rule.max_minutes_per_day,
        'cap', case when v_points < v_base then 'month' when v_countable < p_minutes then 'day' end),
      private.now(), p_by);
  if v_points > 0 then
    insert into public.point_lots (community_id, id, person_id, points, remaining, expires_at)
      values (p_community_id, p_entry_id, p_person_id, v_points, v_points, private.lot_expiry(p_service_date));
    update public.point_accounts set balance = balance + v_points, earned = earned + v_points
      where community_id = p_community_id and id = p_person_id;
  end if;
  return v_points;
end $$;
comment on function private.post_service_points(uuid, uuid, uuid, uuid, date, int, int, uuid) is
  'V01 of the rule set in force on the service day: 5 points per full half hour, 8 h a day, 400 a month. Returns the points, or null when points are switched off.';

alter table public.point_rulesets enable row level security;
alter table public.point_rules enable row level security;
alter table public.point_accounts enable row level security;
alter table public.point_entries enable row level security;
alter table public.point_lots enable row level security;
grant select on public.point_rulesets, public.point_rules, public.point_accounts, public.point_entries, public.point_lots to authenticated;
create policy select_as_member on public.point_rulesets for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.point_rules for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_own on public.point_accounts for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and id = any(array(select private.my_persons()))
    and (community_id, id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and id = any(array(select private.persons_i_help()))
    and (community_id, id) in (select k.community_id, k.person_id from private.helped_person_keys() k)));
create policy select_own on public.point_entries for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k)));
create policy select_own on public.point_lots for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k)));
