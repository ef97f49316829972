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
  kind text not null check (kind in ('service', 'multiplier', 'bonus', 'award', 'deduction')),
  points int,
  points_per_half_hour int,
  multiplier numeric(4, 2),
  max_minutes_per_day int,
  cap_period text check (cap_period in ('month', 'quarter', 'year')),
  cap_times int,
  cap_points int,
  data jsonb not null default '{}',
  primary key (community_id, ruleset_id, code),
  foreign key (community_id, ruleset_id) references public.point_rulesets (community_id, id),
  constraint a_rule_says_what_it_gives check (case kind
    when 'service' then points_per_half_hour between 0 and 100 and max_minutes_per_day between 30 and 1440
    when 'multiplier' then multiplier between 1 and 5
    when 'deduction' then points between -1000 and 0
    else points between 0 and 1000 end),
  constraint a_cap_has_a_period check ((cap_period is null) = (cap_times is null and cap_points is null)),
  constraint caps_are_not_negative check (cap_times >= 0 and cap_points >= 0)
);
create trigger tg_point_rules__append_only before update or delete on public.point_rules for each row execute function private.tg_append_only();
comment on table public.point_rules is
  'The items of a rule set (rules.md, VOL-2026.1), as data: what one brings, and how often or how much in a month, quarter or year. data: what only this rule knows (the day, the month, the least times or minutes, points by kind, days of freeze).';

create table public.point_accounts (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  balance int not null default 0,
  held int not null default 0,
  debt int not null default 0,
  earned int not null default 0,
  frozen_until timestamptz,
  primary key (community_id, id),
  foreign key (community_id, id) references public.persons (community_id, id),
  constraint balance_is_never_below_zero check (balance >= 0),
  constraint held_is_within_balance check (held between 0 and balance),
  constraint debt_is_never_below_zero check (debt >= 0)
);
comment on table public.point_accounts is
  'One spendable account per person, id = the person''s; balance = posted entries = open lots (invariant 2). held belongs to orders; debt is what deductions found nobody to pay, later points pay it first.';

create table public.point_entries (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  ruleset_code text not null,
  rule_code text not null,
  source_kind text not null,
  source_id uuid not null,
  points int not null,
  debt_change int not null default 0,
  amount int not null generated always as (points - debt_change) stored,
  occurred_on date not null,
  inputs jsonb not null,
  posted_at timestamptz not null,
  posted_by uuid,
  reverses_id uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.point_accounts (community_id, id),
  foreign key (community_id, ruleset_code) references public.point_rulesets (community_id, code),
  foreign key (community_id, posted_by) references public.persons (community_id, id),
  foreign key (community_id, reverses_id) references public.point_entries (community_id, id),
  constraint source_is_known check (source_kind in ('service_record', 'month_bonus', 'year_bonus', 'activity', 'wish', 'visit', 'topic', 'training',
    'feedback', 'referral', 'no_show', 'late_cancel', 'false_record', 'reward_order', 'manual', 'correction', 'expiry', 'debt'))
);
create unique index one_entry_per_source_rule_person on public.point_entries (community_id, source_kind, source_id, rule_code, person_id) where reverses_id is null;
create unique index an_entry_is_reversed_once on public.point_entries (community_id, reverses_id) where reverses_id is not null;
create index point_entries_by_person on public.point_entries (community_id, person_id, occurred_on) include (points, debt_change);
create index point_entries_by_ruleset on public.point_entries (community_id, ruleset_code);
create index point_entries_by_poster on public.point_entries (community_id, posted_by);
create index point_entries_by_day on public.point_entries (community_id, posted_at);
create trigger tg_point_entries__append_only before update or delete on public.point_entries for each row execute function private.tg_append_only();
comment on table public.point_entries is
  'The ledger, append-only. amount is what the rule says; points is what moved on the balance, the rest became or paid a debt. inputs holds what the rule saw, so that every number can be explained in words (为什么是这些分): ids, codes and numbers only.';

create function private.tg_point_entries__keep_account()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.point_accounts a
    set balance = a.balance + s.points, debt = a.debt + s.debt_change, earned = a.earned + s.earned
    from (select n.community_id, n.person_id, sum(n.points)::int as points, sum(n.debt_change)::int as debt_change,
        coalesce(sum(n.amount) filter (where n.rule_code like 'V%'), 0)::int as earned
      from new_rows n group by n.community_id, n.person_id) s
    where a.community_id = s.community_id and a.id = s.person_id;
  return null;
end $$;
comment on function private.tg_point_entries__keep_account() is 'Whoever writes an entry moves the account with it, once a statement: there is no other way to change a balance.';
create trigger tg_point_entries__keep_account after insert on public.point_entries
  referencing new table as new_rows for each statement execute function private.tg_point_entries__keep_account();

create table public.point_lots (
  community_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  points int not null,
  remaining int not null,
  held int not null default 0,
  expired int not null default 0,
  expires_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, id) references public.point_entries (community_id, id),
  foreign key (community_id, person_id) references public.point_accounts (community_id, id),
  constraint lot_remaining_is_within_points check (remaining between 0 and points),
  constraint lot_held_is_within_remaining check (held between 0 and remaining),
  constraint lot_expired_is_within_points check (expired between 0 and points - remaining)
);
create index point_lots_by_person on public.point_lots (community_id, person_id, expires_at);
comment on table public.point_lots is
  'What each entry still has to spend, first in first out; expires on 31 March 24:00 of the following year, judged when read or touched. What an order holds does not expire. id = the entry''s.';

create table private.point_holds (
  community_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  points int not null,
  source_kind text not null,
  source_id uuid not null,
  status text not null default 'held' check (status in ('held', 'captured', 'released')),
  held_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.point_accounts (community_id, id),
  constraint a_source_holds_once unique (community_id, source_kind, source_id),
  constraint a_hold_is_of_some_points check (points > 0)
);
create index point_holds_by_person on private.point_holds (community_id, person_id);
create table private.point_hold_lots (
  community_id uuid not null,
  hold_id uuid not null,
  lot_id uuid not null,
  points int not null check (points > 0),
  primary key (community_id, hold_id, lot_id),
  foreign key (community_id, hold_id) references private.point_holds (community_id, id),
  foreign key (community_id, lot_id) references public.point_lots (community_id, id)
);
create index point_hold_lots_by_lot on private.point_hold_lots (community_id, lot_id);
alter table private.point_holds enable row level security;
alter table private.point_hold_lots enable row level security;
comment on table private.point_holds is 'Points set aside for an order: held → captured | released.';
comment on table private.point_hold_lots is 'Out of which lots a hold was taken, oldest first.';

create function private.tg_point_accounts__agree()
returns trigger language plpgsql security definer set search_path = '' as $$
declare
  v_community uuid := new.community_id;
  v_person uuid := (to_jsonb(new) ->> case tg_table_name when 'point_accounts' then 'id' else 'person_id' end)::uuid;
  a public.point_accounts;
  e record;
  l record;
begin
  select * into a from public.point_accounts x where x.community_id = v_community and x.id = v_person;
  select coalesce(sum(x.points), 0) as points, coalesce(sum(x.debt_change), 0) as debt into e
    from public.point_entries x where x.community_id = v_community and x.person_id = v_person;
  select coalesce(sum(x.remaining), 0) as remaining, coalesce(sum(x.held), 0) as held into l
    from public.point_lots x where x.community_id = v_community and x.person_id = v_person;
  if a.balance <> e.points or a.balance <> l.remaining or a.held <> l.held or a.debt <> e.debt then
    raise exception using errcode = '23514', message = 'the balance is not its entries and its open lots', constraint = 'balance_is_its_entries_and_lots',
      table = 'point_accounts', schema = 'public';
  end if;
  return null;
end $$;
comment on function private.tg_point_accounts__agree() is 'Invariant 2, before a transaction may end: balance = entries = open lots, held = what the lots hold, debt = what the entries left.';
create constraint trigger tg_point_accounts__agree after insert or update on public.point_accounts
  deferrable initially deferred for each row execute function private.tg_point_accounts__agree();
create constraint trigger tg_point_lots__agree after update on public.point_lots
  deferrable initially deferred for each row execute function private.tg_point_accounts__agree();

create function private.install_rules_vol_2026_1(p_community_id uuid, p_ruleset_id uuid, p_by uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into public.point_rulesets (community_id, id, code, effective_from, published_at, published_by)
    values (p_community_id, p_ruleset_id, 'VOL-2026.1', date '2025-01-01', private.now(), p_by);
  insert into public.point_rules (community_id, ruleset_id, code, kind, points, points_per_half_hour, multiplier, max_minutes_per_day, cap_period, cap_times, cap_points, data)
  select p_community_id, p_ruleset_id, r.* from (values
    ('V01', 'service', null::int, 5, null::numeric, 480, 'month', null::int, 400, '{}'::jsonb),
    ('V02', 'multiplier', null, null, 1.2, null, null, null, null, '{}'),
    ('V03', 'multiplier', null, null, 1.5, null, null, null, null, '{}'),
    ('V04', 'bonus', 5, null, null, null, 'month', 1, null, '{"day": 28}'),
    ('V05', 'bonus', 20, null, null, null, 'year', 1, null, '{"month": 3, "min_times": 3, "min_minutes": 360}'),
    ('V06', 'award', 10, null, null, null, 'month', 4, null, '{"within_days": 3}'),
    ('V07', 'award', 20, null, null, null, 'month', 3, null, '{"points_by_kind": {"service": 20, "companionship": 20, "goods": 10}}'),
    ('V08', 'award', 5, null, null, null, 'month', 25, null, '{}'),
    ('V09', 'award', 10, null, null, null, 'quarter', 2, null, '{}'),
    ('V10', 'award', 5, null, null, null, 'year', null, 20, '{}'),
    ('V11', 'award', 2, null, null, null, 'month', null, 10, '{}'),
    ('V12', 'award', 5, null, null, null, 'year', null, 20, '{}'),
    ('V13', 'bonus', 50, null, null, null, 'year', 1, null, '{}'),
    ('D01', 'deduction', -10, null, null, null, null, null, null, '{}'),
    ('D02', 'deduction', -3, null, null, null, null, null, null, '{}'),
    ('D04', 'deduction', -50, null, null, null, null, null, null, '{"freeze_days": 90}')) r;
end $$;
comment on function private.install_rules_vol_2026_1(uuid, uuid, uuid) is
  'The default rule set of a new community, the whole of VOL-2026.1 (rules.md). Caps: V04–V09 and V13 count times, V01 and V10–V12 count points.';

create function private.ruleset_on(p_community_id uuid, p_day date)
returns public.point_rulesets language plpgsql stable security definer set search_path = '' as $$
declare
  v_set public.point_rulesets;
begin
  select * into v_set from public.point_rulesets r where r.community_id = p_community_id and r.effective_from <= p_day
    order by r.effective_from desc, r.published_at desc limit 1;
  return v_set;
end $$;

create function private.ruleset_code_on(p_community_id uuid, p_day date)
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((private.ruleset_on(p_community_id, p_day)).code,
    (select r.code from public.point_rulesets r where r.community_id = p_community_id order by r.effective_from limit 1));
end $$;
comment on function private.ruleset_code_on(uuid, date) is 'The version an entry names that no rule made (spent, expired): the one in force that day, or the first there was.';

create function private.lot_expiry(p_day date)
returns timestamptz language plpgsql immutable set search_path = '' as $$
begin
  return make_date(extract(year from p_day)::int + 1, 4, 1)::timestamp at time zone 'Asia/Shanghai';
end $$;
comment on function private.lot_expiry(date) is '31 March 24:00 (Asia/Shanghai) of the year after the day (rules.md).';

-- ---------------------------------------------------------------- the ledger's own hand

create function private.points_available(p_community_id uuid, p_person_id uuid)
returns int language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce(sum(l.remaining - l.held), 0)::int from public.point_lots l
    where l.community_id = p_community_id and l.person_id = p_person_id and l.remaining > l.held and l.expires_at > private.now());
end $$;
comment on function private.points_available(uuid, uuid) is 'What a person can spend now: neither held nor past its last day, whether or not anybody wrote the expiry down yet.';

create function private.expire_lots(p_community_id uuid, p_person_id uuid, p_source_id uuid default null)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v record;
begin
  select sum(l.remaining - l.held)::int as points, min(l.id::text)::uuid as first_lot, max(l.expires_at) as ended into v
    from public.point_lots l where l.community_id = p_community_id and l.person_id = p_person_id and l.remaining > l.held and l.expires_at <= private.now();
  if v.points is null then return; end if;
  update public.point_lots l set expired = l.expired + l.remaining - l.held, remaining = l.held
    where l.community_id = p_community_id and l.person_id = p_person_id and l.remaining > l.held and l.expires_at <= private.now();
  insert into public.point_entries (community_id, id, person_id, ruleset_code, rule_code, source_kind, source_id, points, occurred_on, inputs, posted_at)
    values (p_community_id, private.new_id(), p_person_id, private.ruleset_code_on(p_community_id, private.day_of(v.ended - interval '1 second')), 'EXPIRY', 'expiry',
      coalesce(p_source_id, v.first_lot), -v.points, private.day_of(v.ended - interval '1 second'), '{}', private.now());
end $$;
comment on function private.expire_lots(uuid, uuid, uuid) is
  'Writes down what is past its last day, under the account''s lock; what an order holds stays. The source is the first lot that ended, or the hold that let go of ended points.';

create function private.lock_account(p_community_id uuid, p_person_id uuid)
returns public.point_accounts language plpgsql volatile security definer set search_path = '' as $$
declare
  v_account public.point_accounts;
begin
  perform 1 from public.point_accounts a where a.community_id = p_community_id and a.id = p_person_id for update;
  if not found then
    insert into public.point_accounts (community_id, id) values (p_community_id, p_person_id) on conflict do nothing;
    perform 1 from public.point_accounts a where a.community_id = p_community_id and a.id = p_person_id for update;
  end if;
  perform private.expire_lots(p_community_id, p_person_id);
  select * into v_account from public.point_accounts a where a.community_id = p_community_id and a.id = p_person_id;
  return v_account;
end $$;
comment on function private.lock_account(uuid, uuid) is 'The account under its lock, opened where there was none, with what has expired written down.';

create function private.take_from_lots(p_community_id uuid, p_person_id uuid, p_points int, p_first uuid default null)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.point_lots l set remaining = l.remaining - x.taken
  from (select o.id, least(o.free, p_points - o.before) as taken from (
      select f.id, f.remaining - f.held as free,
        sum(f.remaining - f.held) over (order by (f.id is distinct from p_first), f.expires_at, f.id) - (f.remaining - f.held) as before
      from public.point_lots f where f.community_id = p_community_id and f.person_id = p_person_id and f.remaining > f.held) o
    where o.before < p_points) x
  where l.community_id = p_community_id and l.id = x.id;
end $$;
comment on function private.take_from_lots(uuid, uuid, int, uuid) is 'First in first out from what no order holds; a reversal begins with the lot it takes back.';

create function private.post_entry(p_community_id uuid, p_id uuid, p_person_id uuid, p_ruleset_code text, p_rule_code text, p_source_kind text, p_source_id uuid,
  p_amount int, p_occurred_on date, p_inputs jsonb, p_by uuid, p_reverses_id uuid default null)
returns int language plpgsql volatile security definer set search_path = '' as $$
declare
  v_account public.point_accounts := private.lock_account(p_community_id, p_person_id);
  v_points int;
begin
  -- Points pay a debt first; what a deduction does not find becomes one.
  v_points := case when p_amount >= 0 then p_amount - least(p_amount, v_account.debt) else -least(-p_amount, v_account.balance - v_account.held) end;
  insert into public.point_entries (community_id, id, person_id, ruleset_code, rule_code, source_kind, source_id, points, debt_change, occurred_on, inputs, posted_at, posted_by, reverses_id)
    values (p_community_id, p_id, p_person_id, p_ruleset_code, p_rule_code, p_source_kind, p_source_id, v_points, v_points - p_amount, p_occurred_on,
      p_inputs, private.now(), p_by, p_reverses_id);
  if v_points > 0 then
    insert into public.point_lots (community_id, id, person_id, points, remaining, expires_at)
      values (p_community_id, p_id, p_person_id, v_points, v_points, private.lot_expiry(case when p_reverses_id is null then p_occurred_on else private.today() end));
  elsif v_points < 0 then
    perform private.take_from_lots(p_community_id, p_person_id, -v_points, p_reverses_id);
  end if;
  return p_amount;
end $$;
comment on function private.post_entry(uuid, uuid, uuid, text, text, text, uuid, int, date, jsonb, uuid, uuid) is
  'The one way into the ledger for points given and taken: entry, lot, account and debt together. Returns the amount.';

create function private.reverse_one(p_entry public.point_entries, p_source_kind text, p_source_id uuid, p_by uuid)
returns int language plpgsql volatile security definer set search_path = '' as $$
declare
  v_expired int;
begin
  perform private.lock_account(p_entry.community_id, p_entry.person_id);
  -- What ended unspent is gone already and is not taken twice.
  select coalesce(max(l.expired), 0) into v_expired from public.point_lots l where l.community_id = p_entry.community_id and l.id = p_entry.id;
  perform private.post_entry(p_entry.community_id, private.new_id(), p_entry.person_id, p_entry.ruleset_code, p_entry.rule_code, p_source_kind, p_source_id,
    v_expired - p_entry.amount, p_entry.occurred_on, jsonb_strip_nulls(jsonb_build_object('reversal', true, 'expired', nullif(v_expired, 0))), p_by, p_entry.id);
  if p_entry.source_kind = 'false_record' then perform private.settle_freeze(p_entry.community_id, p_entry.person_id); end if;
  return v_expired - p_entry.amount;
end $$;
comment on function private.reverse_one(public.point_entries, text, uuid, uuid) is
  'An opposite entry of the same day. Points already spent are taken from other lots, and what is not there becomes a debt. Returns the amount.';

create function private.settle_freeze(p_community_id uuid, p_person_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.point_accounts a set frozen_until = f.until
  from (select max(e.posted_at + make_interval(days => (r.data ->> 'freeze_days')::int)) as until
    from public.point_entries e
    join public.point_rulesets s on s.community_id = e.community_id and s.code = e.ruleset_code
    join public.point_rules r on r.community_id = s.community_id and r.ruleset_id = s.id and r.code = e.rule_code and r.data ? 'freeze_days'
    where e.community_id = p_community_id and e.person_id = p_person_id and e.source_kind = 'false_record' and e.reverses_id is null
      and not exists (select 1 from public.point_entries x where x.community_id = e.community_id and x.reverses_id = e.id)) f
  where a.community_id = p_community_id and a.id = p_person_id and a.frozen_until is distinct from f.until;
end $$;
comment on function private.settle_freeze(uuid, uuid) is 'Until when an account may not be spent from: what its false records say (D04).';

-- ---------------------------------------------------------------- awards: what other modules call

create function private.rule_on(p_community_id uuid, p_day date, p_code text)
returns public.point_rules language plpgsql stable security definer set search_path = '' as $$
declare
  v_set uuid := (private.ruleset_on(p_community_id, p_day)).id;
  v_rule public.point_rules;
begin
  select * into v_rule from public.point_rules r where r.community_id = p_community_id and r.ruleset_id = v_set and r.code = p_code;
  return v_rule;
end $$;
comment on function private.rule_on(uuid, date, text) is 'One rule as the set in force on a day has it; null where it has none.';

create function private.rule_use(p_rule public.point_rules, p_person_id uuid, p_day date, out times int, out points int)
language plpgsql stable security definer set search_path = '' as $$
begin
  select count(*) filter (where e.amount <> 0)::int, coalesce(sum(e.amount), 0)::int into times, points
  from public.point_entries e
  where e.community_id = p_rule.community_id and e.person_id = p_person_id and e.rule_code = p_rule.code and e.reverses_id is null
    and e.occurred_on >= date_trunc(p_rule.cap_period, p_day)::date
    and e.occurred_on < (date_trunc(p_rule.cap_period, p_day) + case p_rule.cap_period when 'quarter' then interval '3 months' else ('1 ' || p_rule.cap_period)::interval end)::date
    and not exists (select 1 from public.point_entries x where x.community_id = e.community_id and x.reverses_id = e.id);
end $$;
comment on function private.rule_use(public.point_rules, uuid, date) is 'How often and how much a rule has brought a person in the month, quarter or year its cap speaks of; what was taken back does not count.';

create function private.award_points(p_community_id uuid, p_person_id uuid, p_rule_code text, p_source_kind text, p_source_id uuid, p_occurred_on date, p_inputs jsonb, p_by uuid)
returns int language plpgsql volatile security definer set search_path = '' as $$
declare
  v_set public.point_rulesets := private.ruleset_on(p_community_id, p_occurred_on);
  v_rule public.point_rules := private.rule_on(p_community_id, p_occurred_on, p_rule_code);
  v_was public.point_entries;
  v_times_before int;
  v_points_before int;
  v_nominal int;
  v_amount int;
  v_cap text;
begin
  if v_rule.code is null or not private.module_is_on(p_community_id, 'points') then return null; end if;
  perform private.lock_account(p_community_id, p_person_id);
  select * into v_was from public.point_entries e where e.community_id = p_community_id and e.source_kind = p_source_kind and e.source_id = p_source_id
    and e.rule_code = p_rule_code and e.person_id = p_person_id and e.reverses_id is null;
  if found then return v_was.amount; end if;
  v_nominal := coalesce((v_rule.data -> 'points_by_kind' ->> (p_inputs ->> 'kind'))::int, v_rule.points);
  v_amount := v_nominal;
  if v_rule.cap_period is not null then
    select u.times, u.points into v_times_before, v_points_before from private.rule_use(v_rule, p_person_id, p_occurred_on) u;
    if v_times_before >= v_rule.cap_times then v_amount := 0; end if;
    if v_rule.cap_points is not null then v_amount := least(v_amount, greatest(v_rule.cap_points - v_points_before, 0)); end if;
    if v_amount < v_nominal then v_cap := v_rule.cap_period; end if;
  end if;
  if v_amount > 0 and private.is_in_counted_service(p_community_id, p_person_id, p_rule_code, p_inputs) then
    v_amount := 0;
    v_cap := 'served_then';
  end if;
  perform private.post_entry(p_community_id, private.new_id(), p_person_id, v_set.code, p_rule_code, p_source_kind, p_source_id, v_amount, p_occurred_on,
    coalesce(p_inputs, '{}') || jsonb_strip_nulls(jsonb_build_object('points', v_nominal, 'cap', v_cap, 'cap_period', v_rule.cap_period, 'cap_times', v_rule.cap_times,
      'cap_points', v_rule.cap_points, 'times_before', v_times_before, 'points_before', v_points_before)), p_by);
  if v_rule.data ? 'freeze_days' then perform private.settle_freeze(p_community_id, p_person_id); end if;
  return v_amount;
end $$;
comment on function private.award_points(uuid, uuid, text, text, uuid, date, jsonb, uuid) is
  'Gives (or takes, D…) what a rule of the set in force on the day says, within its cap; once per source, rule and person. p_inputs: what the rule saw, ids, codes and numbers only (V07: kind; V08: at, the moment of the visit). Returns the amount, 0 where a cap left nothing (the entry says so), null where points or the rule are off.';

create function private.reverse_award(p_community_id uuid, p_source_kind text, p_source_id uuid, p_reversal_id uuid, p_by uuid)
returns int language plpgsql volatile security definer set search_path = '' as $$
declare
  v_entry public.point_entries;
  v_total int;
begin
  for v_entry in select * from public.point_entries e where e.community_id = p_community_id and e.source_kind = p_source_kind and e.source_id = p_source_id
      and e.reverses_id is null and not exists (select 1 from public.point_entries x where x.community_id = e.community_id and x.reverses_id = e.id)
      order by e.person_id, e.rule_code loop
    v_total := coalesce(v_total, 0) + private.reverse_one(v_entry, p_source_kind, p_reversal_id, p_by);
  end loop;
  return v_total;
end $$;
comment on function private.reverse_award(uuid, text, uuid, uuid, uuid) is
  'Takes back everything a source brought to anybody, by opposite entries whose source is the reversal. Returns their sum, null where there was nothing to take back.';

-- ---------------------------------------------------------------- holds: what orders call

create function private.hold_points(p_community_id uuid, p_hold_id uuid, p_person_id uuid, p_points int, p_source_kind text, p_source_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_account public.point_accounts := private.lock_account(p_community_id, p_person_id);
begin
  if v_account.frozen_until > private.now() then perform private.fail(422, 'points_frozen', jsonb_build_object('until_at', v_account.frozen_until)); end if;
  if v_account.balance - v_account.held < p_points then
    perform private.fail(422, 'points_not_enough', jsonb_build_object('available', v_account.balance - v_account.held, 'needed', p_points));
  end if;
  insert into private.point_holds (community_id, id, person_id, points, source_kind, source_id, held_at)
    values (p_community_id, p_hold_id, p_person_id, p_points, p_source_kind, p_source_id, private.now());
  insert into private.point_hold_lots (community_id, hold_id, lot_id, points)
  select p_community_id, p_hold_id, o.id, least(o.free, p_points - o.before) from (
    select l.id, l.remaining - l.held as free, sum(l.remaining - l.held) over (order by l.expires_at, l.id) - (l.remaining - l.held) as before
    from public.point_lots l where l.community_id = p_community_id and l.person_id = p_person_id and l.remaining > l.held) o
  where o.before < p_points;
  update public.point_lots l set held = l.held + h.points from private.point_hold_lots h
    where h.community_id = p_community_id and h.hold_id = p_hold_id and l.community_id = h.community_id and l.id = h.lot_id;
  update public.point_accounts set held = held + p_points where community_id = p_community_id and id = p_person_id;
end $$;
comment on function private.hold_points(uuid, uuid, uuid, int, text, uuid) is
  'Sets points aside for an order, out of the lots that end first; they neither expire nor pay anything else until captured or released. Errors: points_frozen {until_at}, points_not_enough {available, needed}.';

create function private.end_hold(p_community_id uuid, p_hold_id uuid, p_status text, out hold private.point_holds, out is_done boolean)
language plpgsql volatile security definer set search_path = '' as $$
begin
  select * into hold from private.point_holds h where h.community_id = p_community_id and h.id = p_hold_id;
  if hold.id is null then perform private.fail(404, 'hold_unknown'); end if;
  perform private.lock_account(p_community_id, hold.person_id);
  select * into hold from private.point_holds h where h.community_id = p_community_id and h.id = p_hold_id for update;
  is_done := hold.status = p_status;
  if is_done then return; end if;
  if hold.status <> 'held' then perform private.fail(409, 'hold_ended', jsonb_build_object('status', hold.status)); end if;
  update private.point_holds set status = p_status where community_id = p_community_id and id = p_hold_id;
  update public.point_accounts set held = held - hold.points where community_id = p_community_id and id = hold.person_id;
  update public.point_lots l set held = l.held - h.points, remaining = l.remaining - case p_status when 'captured' then h.points else 0 end
    from private.point_hold_lots h where h.community_id = p_community_id and h.hold_id = p_hold_id and l.community_id = h.community_id and l.id = h.lot_id;
end $$;
comment on function private.end_hold(uuid, uuid, text) is 'What capture and release share, under the account''s lock; done twice it is done once. Errors: hold_unknown, hold_ended {status}.';

create function private.capture_hold(p_community_id uuid, p_hold_id uuid, p_by uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v record := private.end_hold(p_community_id, p_hold_id, 'captured');
begin
  if v.is_done then return; end if;
  insert into public.point_entries (community_id, id, person_id, ruleset_code, rule_code, source_kind, source_id, points, occurred_on, inputs, posted_at, posted_by)
    values (p_community_id, private.new_id(), (v.hold).person_id, private.ruleset_code_on(p_community_id, private.today()), 'REDEEM', (v.hold).source_kind, (v.hold).source_id,
      -(v.hold).points, private.today(), jsonb_build_object('hold_id', p_hold_id), private.now(), p_by);
end $$;
comment on function private.capture_hold(uuid, uuid, uuid) is 'The order was handed over: what it held is spent. Hours are not touched (invariant 3). Errors: hold_unknown, hold_ended {status}.';

create function private.release_hold(p_community_id uuid, p_hold_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v record := private.end_hold(p_community_id, p_hold_id, 'released');
  v_account public.point_accounts;
  v_pays int;
begin
  if v.is_done then return; end if;
  perform private.expire_lots(p_community_id, (v.hold).person_id, p_hold_id);
  select * into v_account from public.point_accounts a where a.community_id = p_community_id and a.id = (v.hold).person_id;
  v_pays := least(v_account.debt, v_account.balance - v_account.held);
  if v_pays > 0 then
    insert into public.point_entries (community_id, id, person_id, ruleset_code, rule_code, source_kind, source_id, points, debt_change, occurred_on, inputs, posted_at)
      values (p_community_id, private.new_id(), v_account.id, private.ruleset_code_on(p_community_id, private.today()), 'DEBT', 'debt', p_hold_id,
        -v_pays, -v_pays, private.today(), '{}', private.now());
    perform private.take_from_lots(p_community_id, v_account.id, v_pays);
  end if;
end $$;
comment on function private.release_hold(uuid, uuid) is
  'The order came to nothing: what it held is free again, first for a debt; what passed its last day meanwhile expires. Errors: hold_unknown, hold_ended {status}.';

-- ---------------------------------------------------------------- service

create function private.post_service_points(p_community_id uuid, p_entry_id uuid, p_person_id uuid, p_service_record_id uuid,
  p_service_date date, p_minutes int, p_minutes_before_today int, p_by uuid)
returns int language plpgsql volatile security definer set search_path = '' as $$
declare
  v_set public.point_rulesets := private.ruleset_on(p_community_id, p_service_date);
  v_rule public.point_rules := private.rule_on(p_community_id, p_service_date, 'V01');
  v_times record;
  v_is_live boolean := private.is_live_service(p_community_id, p_service_record_id);
  v_countable int;
  v_half_hours int;
  v_base int;
  v_before int;
  v_points int;
begin
  if v_rule.code is null or not private.module_is_on(p_community_id, 'points') then return null; end if;
  perform private.lock_account(p_community_id, p_person_id);
  perform private.yield_visits_to_service(p_community_id, p_person_id, p_service_record_id, p_by);
  -- minutes → down to half hours → base → the one highest multiplier → bonuses → caps → post (rules.md)
  v_countable := least(p_minutes, greatest(v_rule.max_minutes_per_day - p_minutes_before_today, 0));
  v_half_hours := v_countable / 30;
  select * into v_times from private.service_multiplier(p_community_id, p_service_record_id, p_person_id, p_service_date);
  v_base := floor(v_half_hours * v_rule.points_per_half_hour * coalesce(v_times.multiplier, 1));
  v_before := case when v_rule.cap_period is null then 0 else (private.rule_use(v_rule, p_person_id, p_service_date)).points end;
  v_points := case when not v_is_live then 0 when v_rule.cap_points is null then v_base
    else least(v_base, greatest(v_rule.cap_points - v_before, 0)) end;
  perform private.post_entry(p_community_id, p_entry_id, p_person_id, v_set.code, 'V01', 'service_record', p_service_record_id, v_points, p_service_date,
    jsonb_strip_nulls(jsonb_build_object('minutes', p_minutes, 'countable_minutes', v_countable, 'half_hours', v_half_hours,
      'points_per_half_hour', v_rule.points_per_half_hour, 'multiplier', v_times.multiplier, 'multiplier_rule', v_times.rule_code, 'base', v_base,
      'month_before', v_before, 'max_points_per_month', v_rule.cap_points, 'max_minutes_per_day', v_rule.max_minutes_per_day,
      'cap', case when not v_is_live then 'backfilled' when v_points < v_base then 'month' when v_countable < p_minutes then 'day' end)), p_by);
  if v_is_live then perform private.settle_service_bonuses(p_community_id, p_person_id, p_service_date, p_service_record_id, p_by); end if;
  return v_points;
end $$;
comment on function private.post_service_points(uuid, uuid, uuid, uuid, date, int, int, uuid) is
  'V01 of the rule set in force on the service day with the one highest multiplier (V02, V03), and the bonuses it completes (V04, V05, V13); back-filled hours bring 0. Returns the points of the record, or null when points are switched off.';

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
