-- The points engine: multipliers and bonuses of service, declared emergencies, corrections by two people, disputes,
-- versions of the rules with a simulation before they are approved, statements, reports and the yearly close.

create table public.emergency_declarations (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  activity_id uuid not null,
  declared_by uuid not null,
  declared_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, activity_id) references public.activities (community_id, id),
  foreign key (community_id, declared_by) references public.persons (community_id, id),
  constraint an_activity_is_declared_once unique (community_id, activity_id)
);
create index emergency_declarations_by_declarer on public.emergency_declarations (community_id, declared_by);
create trigger tg_emergency_declarations__append_only before update or delete on public.emergency_declarations for each row execute function private.tg_append_only();
comment on table public.emergency_declarations is 'Activities declared an emergency response: service confirmed from then on counts × V03.';

-- ---------------------------------------------------------------- service

create function private.is_live_service(p_community_id uuid, p_record_id uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((select r.provenance in ('scanned', 'leader_confirmed') from public.service_records r where r.community_id = p_community_id and r.id = p_record_id), false);
end $$;
comment on function private.is_live_service(uuid, uuid) is 'Hours written when they were served. Back-filled and imported ones count as hours and bring 0 points.';

create function private.live_service(p_community_id uuid, p_person_id uuid, p_from date, p_to date)
returns setof public.service_records language plpgsql stable security definer set search_path = '' as $$
begin
  return query select * from public.service_records r
  where r.community_id = p_community_id and r.person_id = p_person_id and r.service_date >= p_from and r.service_date < p_to
    and r.reverses_id is null and r.provenance in ('scanned', 'leader_confirmed')
    and not exists (select 1 from public.service_records x where x.community_id = r.community_id and x.reverses_id = r.id);
end $$;
comment on function private.live_service(uuid, uuid, date, date) is 'A person''s records of some days that bring points and were not taken back.';

create function private.service_multiplier(p_community_id uuid, p_record_id uuid, p_person_id uuid, p_day date, out rule_code text, out multiplier numeric)
language plpgsql stable security definer set search_path = '' as $$
begin
  select r.code, r.multiplier into rule_code, multiplier
  from public.service_records s
  join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
  join public.point_rules r on r.community_id = s.community_id and r.ruleset_id = (private.ruleset_on(p_community_id, p_day)).id and r.kind = 'multiplier'
  where s.community_id = p_community_id and s.id = p_record_id and case r.code
    when 'V02' then a.qualification_kind is not null and private.holds_qualification(p_community_id, p_person_id, a.qualification_kind, p_day)
    when 'V03' then exists (select 1 from public.emergency_declarations e where e.community_id = a.community_id and e.activity_id = a.id and e.declared_at <= s.confirmed_at)
    else false end
  order by r.multiplier desc, r.code limit 1;
end $$;
comment on function private.service_multiplier(uuid, uuid, uuid, date) is 'The one highest multiplier of a record: V02 professional with the qualification checked, V03 a declared emergency. Nothing where none holds.';

create function private.service_bonus_inputs(p_community_id uuid, p_person_id uuid, p_rule public.point_rules, p_day date)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_year date := date_trunc('year', p_day)::date;
  v_times int;
  v_minutes int;
begin
  case p_rule.code
    when 'V04' then
      if exists (select 1 from private.live_service(p_community_id, p_person_id, date_trunc('month', p_day)::date, (date_trunc('month', p_day) + interval '1 month')::date) s
          where extract(day from s.service_date) = (p_rule.data ->> 'day')::int) then
        return jsonb_build_object('day', (p_rule.data ->> 'day')::int);
      end if;
    when 'V05' then
      select count(*), coalesce(sum(s.minutes), 0) into v_times, v_minutes
        from private.live_service(p_community_id, p_person_id, v_year, (v_year + interval '1 year')::date) s
        where extract(month from s.service_date) = (p_rule.data ->> 'month')::int;
      if v_times >= (p_rule.data ->> 'min_times')::int or v_minutes >= (p_rule.data ->> 'min_minutes')::int then
        return jsonb_build_object('month', (p_rule.data ->> 'month')::int, 'times', v_times, 'minutes', v_minutes);
      end if;
    when 'V13' then
      select count(distinct extract(month from s.service_date)) into v_times from private.live_service(p_community_id, p_person_id, v_year, (v_year + interval '1 year')::date) s;
      if v_times = 12 then return jsonb_build_object('months', 12, 'year', extract(year from p_day)::int); end if;
    else null;
  end case;
  return null;
end $$;
comment on function private.service_bonus_inputs(uuid, uuid, public.point_rules, date) is 'What a bonus saw where it is due (V04 the day, V05 the month, V13 every month of the year); null where it is not.';

create function private.settle_service_bonuses(p_community_id uuid, p_person_id uuid, p_day date, p_record_id uuid, p_by uuid, p_is_new boolean default true)
returns int language plpgsql volatile security definer set search_path = '' as $$
declare
  v_code text;
  v_rule public.point_rules;
  v_entry public.point_entries;
  v_inputs jsonb;
  v_amount int;
  v_total int := 0;
begin
  foreach v_code in array array['V04', 'V05', 'V13'] loop
    v_rule := private.rule_on(p_community_id, p_day, v_code);
    continue when v_rule.code is null or not private.module_is_on(p_community_id, 'points');
    -- Twelve months are not served before December.
    continue when v_code = 'V13' and p_is_new and private.today() < (date_trunc('year', p_day) + interval '11 months')::date;
    continue when v_code = 'V04' and extract(day from p_day) <> (v_rule.data ->> 'day')::int or v_code = 'V05' and extract(month from p_day) <> (v_rule.data ->> 'month')::int;
    select e.* into v_entry from public.point_entries e where e.community_id = p_community_id and e.person_id = p_person_id and e.rule_code = v_code and e.reverses_id is null
      and date_trunc(v_rule.cap_period, e.occurred_on) = date_trunc(v_rule.cap_period, p_day)
      and e.occurred_on >= date_trunc('year', p_day)::date and e.occurred_on < (date_trunc('year', p_day) + interval '1 year')::date
      and not exists (select 1 from public.point_entries x where x.community_id = e.community_id and x.reverses_id = e.id) limit 1;
    continue when p_is_new = (v_entry.id is not null);
    -- What somebody took back by hand does not come back with the next record.
    continue when p_is_new and exists (select 1 from public.point_entries e join public.point_entries x on x.community_id = e.community_id and x.reverses_id = e.id
      where e.community_id = p_community_id and e.person_id = p_person_id and e.rule_code = v_code and x.source_kind = 'correction'
        and date_trunc(v_rule.cap_period, e.occurred_on) = date_trunc(v_rule.cap_period, p_day));
    v_inputs := private.service_bonus_inputs(p_community_id, p_person_id, v_rule, p_day);
    if p_is_new and v_inputs is not null then
      v_amount := private.award_points(p_community_id, p_person_id, v_code, case v_rule.cap_period when 'month' then 'month_bonus' else 'year_bonus' end, p_record_id, p_day, v_inputs, p_by);
      if v_amount > 0 then
        perform private.notify(p_community_id, p_person_id, 'points_bonus', jsonb_build_object('rule', v_code, 'points', v_amount), '/me/points');
      end if;
      v_total := v_total + v_amount;
    elsif not p_is_new and v_inputs is null then
      v_total := v_total + private.reverse_one(v_entry, v_entry.source_kind, p_record_id, p_by);
    end if;
  end loop;
  return v_total;
end $$;
comment on function private.settle_service_bonuses(uuid, uuid, date, uuid, uuid, boolean) is
  'After a record: the bonuses it completes are given; after a reversal: those that no longer hold are taken back. One a month or year, however the records come and go. Returns the sum.';

create function private.is_in_counted_service(p_community_id uuid, p_person_id uuid, p_rule_code text, p_inputs jsonb)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return p_rule_code = 'V08' and p_inputs ? 'at' and exists (
    select 1 from private.live_service(p_community_id, p_person_id, private.day_of((p_inputs ->> 'at')::timestamptz) - 1, private.day_of((p_inputs ->> 'at')::timestamptz) + 1) s
    where (p_inputs ->> 'at')::timestamptz between s.starts_at and s.ends_at);
end $$;
comment on function private.is_in_counted_service(uuid, uuid, text, jsonb) is 'A visit made during counted service brings no V08 beside its V01.';

create function private.yield_visits_to_service(p_community_id uuid, p_person_id uuid, p_record_id uuid, p_by uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_entry public.point_entries;
begin
  for v_entry in select e.* from public.service_records s join public.point_entries e on e.community_id = s.community_id and e.person_id = s.person_id
        and e.rule_code = 'V08' and e.reverses_id is null and e.amount > 0 and e.occurred_on between s.service_date - 1 and s.service_date + 1
      where s.community_id = p_community_id and s.id = p_record_id and s.person_id = p_person_id and s.provenance in ('scanned', 'leader_confirmed')
        and (e.inputs ->> 'at')::timestamptz between s.starts_at and s.ends_at
        and not exists (select 1 from public.point_entries x where x.community_id = e.community_id and x.reverses_id = e.id) loop
    perform private.reverse_one(v_entry, 'visit', p_record_id, p_by);
  end loop;
end $$;
comment on function private.yield_visits_to_service(uuid, uuid, uuid, uuid) is 'V01 and V08 never both for one visit: where the hours count, the visit gives its points back.';

-- ---------------------------------------------------------------- the whole ledger reckoned again

create function private.accounts_off(p_community_id uuid)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select a.id from public.point_accounts a
  left join (select e.person_id, sum(e.points) as points, sum(e.debt_change) as debt, sum(e.amount) filter (where e.rule_code like 'V%') as earned
    from public.point_entries e where e.community_id = p_community_id group by e.person_id) e on e.person_id = a.id
  left join (select l.person_id, sum(l.remaining) as remaining, sum(l.held) as held from public.point_lots l where l.community_id = p_community_id group by l.person_id) l on l.person_id = a.id
  left join (select h.person_id, sum(h.points) as held from private.point_holds h where h.community_id = p_community_id and h.status = 'held' group by h.person_id) h on h.person_id = a.id
  where a.community_id = p_community_id and (a.balance, a.balance, a.debt, a.earned, a.held, a.held)
    is distinct from (coalesce(e.points, 0), coalesce(l.remaining, 0), coalesce(e.debt, 0), coalesce(e.earned, 0), coalesce(l.held, 0), coalesce(h.held, 0))
$$;
comment on function private.accounts_off(uuid) is 'A full recompute: the accounts whose balance, debt or holds are not what entries, lots and holds come to. Empty is right.';

-- ---------------------------------------------------------------- emergencies

create function public.declare_emergency(p_community_id uuid, p_id uuid, p_activity_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'declare_emergency', jsonb_build_object('activity', p_activity_id));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_secretary(p_community_id, v_ctx.person_id);
  perform 1 from public.activities a where a.community_id = p_community_id and a.id = p_activity_id and a.status = 'published' for key share;
  if not found then perform private.fail(404, 'activity_unknown'); end if;
  if not exists (select 1 from public.shifts s where s.community_id = p_community_id and s.activity_id = p_activity_id and s.ends_at > private.now()) then
    perform private.fail(422, 'shift_ended');
  end if;
  insert into public.emergency_declarations (community_id, id, activity_id, declared_by, declared_at)
    values (p_community_id, p_id, p_activity_id, v_ctx.person_id, private.now()) on conflict do nothing;
  if not found then perform private.fail(409, 'emergency_declared_already'); end if;
  return private.end_command(v_ctx, 'activities', p_activity_id, jsonb_build_object('activity_id', p_activity_id, 'declaration_id', p_id));
end $$;
comment on function public.declare_emergency(uuid, uuid, uuid) is
  'Declares a published activity an emergency response before it ends: what is confirmed from now on counts × V03. Secretary, street. Errors: not_allowed, activity_unknown, shift_ended, emergency_declared_already.';

create function private.has_false_record(p_community_id uuid, p_person_id uuid, p_year int)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.point_entries e where e.community_id = p_community_id and e.person_id = p_person_id and e.rule_code = 'D04' and e.reverses_id is null
    and e.occurred_on >= make_date(p_year, 1, 1) and e.occurred_on < make_date(p_year + 1, 1, 1)
    and not exists (select 1 from public.point_entries x where x.community_id = e.community_id and x.reverses_id = e.id))
$$;
comment on function private.has_false_record(uuid, uuid, int) is 'Whether a false record was proved that year: no award then (D04).';

-- ---------------------------------------------------------------- corrections by two people, reversals, disputes

create table public.point_corrections (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('adjustment', 'reversal')),
  points int not null check (points between -5000 and 5000),
  entry_id uuid,
  reason text,
  status text not null default 'proposed' check (status in ('proposed', 'posted', 'declined')),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, entry_id) references public.point_entries (community_id, id),
  foreign key (community_id, proposed_by) references public.persons (community_id, id),
  foreign key (community_id, decided_by) references public.persons (community_id, id),
  constraint nobody_corrects_the_own_points check (proposed_by <> person_id and decided_by is distinct from person_id),
  constraint an_adjustment_takes_two_people check (kind = 'reversal' or decided_by is distinct from proposed_by)
);
create index point_corrections_by_person on public.point_corrections (community_id, person_id);
create index point_corrections_by_entry on public.point_corrections (community_id, entry_id);
create index point_corrections_by_proposer on public.point_corrections (community_id, proposed_by);
create index point_corrections_by_decider on public.point_corrections (community_id, decided_by);
comment on table public.point_corrections is 'Points given or taken by hand: proposed by one of the office, posted or declined by another; and entries taken back. Each with its reason.';
comment on column public.point_corrections.reason is 'personal data: free text';

create table public.point_disputes (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  entry_id uuid not null,
  person_id uuid not null,
  text text,
  status text not null default 'open' check (status in ('open', 'accepted', 'declined')),
  raised_by uuid not null,
  raised_at timestamptz not null,
  answered_by uuid,
  answered_at timestamptz,
  answer text,
  primary key (community_id, id),
  foreign key (community_id, entry_id) references public.point_entries (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, raised_by) references public.persons (community_id, id),
  foreign key (community_id, answered_by) references public.persons (community_id, id),
  constraint a_dispute_is_answered_by_somebody_else check (answered_by is null or (answered_by <> person_id and answered_by <> raised_by))
);
create unique index an_entry_has_one_open_dispute on public.point_disputes (community_id, entry_id) where status = 'open';
create index point_disputes_by_entry on public.point_disputes (community_id, entry_id);
create index point_disputes_by_person on public.point_disputes (community_id, person_id);
create index point_disputes_by_raiser on public.point_disputes (community_id, raised_by);
create index point_disputes_by_answerer on public.point_disputes (community_id, answered_by);
comment on table public.point_disputes is 'Somebody says an entry is wrong; the office answers: open → accepted | declined.';
comment on column public.point_disputes.text is 'personal data: free text';
comment on column public.point_disputes.answer is 'personal data: free text';

create function private.tg_persons__erase_point_texts()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.point_corrections set reason = null where community_id = new.community_id and person_id = new.id;
  update public.point_disputes set text = null, answer = null where community_id = new.community_id and person_id = new.id;
  return null;
end $$;
comment on function private.tg_persons__erase_point_texts() is 'What was written about an erased person''s points goes with the name; the numbers stay.';
create trigger tg_persons__erase_point_texts after update of status on public.persons
  for each row when (new.status = 'erased' and old.status <> 'erased') execute function private.tg_persons__erase_point_texts();

create function public.propose_manual_adjustment(p_community_id uuid, p_id uuid, p_person_id uuid, p_points int, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'propose_manual_adjustment',
    jsonb_build_object('person', p_person_id, 'points', p_points, 'reason', p_reason));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  if private.is_party_to(p_community_id, v_ctx.person_id, p_person_id) then perform private.fail(403, 'own_points'); end if;
  if p_points is null or p_points = 0 or p_points not between -1000 and 1000 then perform private.fail(400, 'field_invalid', '{"field":"points"}'); end if;
  perform 1 from public.persons p where p.community_id = p_community_id and p.id = p_person_id and p.status = 'active' for key share;
  if not found then perform private.fail(404, 'person_unknown'); end if;
  if exists (select 1 from public.point_corrections k where k.community_id = p_community_id and k.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.point_corrections (community_id, id, person_id, kind, points, reason, proposed_by, proposed_at)
    values (p_community_id, p_id, p_person_id, 'adjustment', p_points, private.clean_text(p_reason, 'reason', 200), v_ctx.person_id, private.now());
  return private.end_command(v_ctx, 'point_corrections', p_id, jsonb_build_object('adjustment_id', p_id, 'status', 'proposed'), jsonb_build_object('points', p_points), p_person_id);
end $$;
comment on function public.propose_manual_adjustment(uuid, uuid, uuid, int, text) is
  'The first of two people: points to give or take by hand (± 1000) and why. Office, never one''s own. Errors: not_allowed, own_points, person_unknown, field_invalid {field}, field_required.';

create function public.post_manual_adjustment(p_community_id uuid, p_id uuid, p_adjustment_id uuid, p_approve boolean default true)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'post_manual_adjustment', jsonb_build_object('adjustment', p_adjustment_id, 'approve', p_approve));
  k public.point_corrections;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  select * into k from public.point_corrections c where c.community_id = p_community_id and c.id = p_adjustment_id and c.kind = 'adjustment' for update;
  if not found then perform private.fail(404, 'adjustment_unknown'); end if;
  if k.proposed_by = v_ctx.person_id and p_approve then perform private.fail(403, 'own_proposal'); end if;
  if private.is_party_to(p_community_id, v_ctx.person_id, k.person_id) then perform private.fail(403, 'own_points'); end if;
  if k.status <> 'proposed' then perform private.fail(409, 'already_decided', jsonb_build_object('status', k.status)); end if;
  update public.point_corrections set status = case when p_approve then 'posted' else 'declined' end,
      decided_by = nullif(v_ctx.person_id, k.proposed_by), decided_at = private.now()
    where community_id = p_community_id and id = p_adjustment_id;
  if p_approve then
    perform private.post_entry(p_community_id, private.new_id(), k.person_id, private.ruleset_code_on(p_community_id, private.today()), 'ADJUST', 'manual', k.id,
      k.points, private.today(), jsonb_build_object('correction_id', k.id, 'proposed_by', k.proposed_by), v_ctx.person_id);
    perform private.notify(p_community_id, k.person_id, 'points_adjusted', jsonb_build_object('points', k.points, 'reason', k.reason), '/me/points');
  end if;
  return private.end_command(v_ctx, 'point_corrections', k.id,
    jsonb_build_object('adjustment_id', k.id, 'status', case when p_approve then 'posted' else 'declined' end, 'points', k.points), '{}', k.person_id);
end $$;
comment on function public.post_manual_adjustment(uuid, uuid, uuid, boolean) is
  'The second of two people posts what another proposed, or declines it (the first may only withdraw). Office, never for oneself. Errors: not_allowed, adjustment_unknown, own_proposal, own_points, already_decided {status}.';

create function private.reverse_by_hand(p_ctx private.command_context, p_entry_id uuid, p_reason text)
returns int language plpgsql volatile security definer set search_path = '' as $$
declare
  e public.point_entries;
  v_amount int;
begin
  select * into e from public.point_entries x where x.community_id = p_ctx.community_id and x.id = p_entry_id;
  if not found then perform private.fail(404, 'entry_unknown'); end if;
  if private.is_party_to(p_ctx.community_id, p_ctx.person_id, e.person_id) then perform private.fail(403, 'own_points'); end if;
  perform private.lock_account(p_ctx.community_id, e.person_id);
  if e.reverses_id is not null or e.source_kind in ('reward_order', 'expiry', 'debt') then perform private.fail(422, 'entry_not_reversible'); end if;
  if exists (select 1 from public.point_entries x where x.community_id = p_ctx.community_id and x.reverses_id = e.id) then perform private.fail(409, 'entry_already_reversed'); end if;
  v_amount := private.reverse_one(e, 'correction', p_ctx.command_id, p_ctx.person_id);
  insert into public.point_corrections (community_id, id, person_id, kind, points, entry_id, reason, status, proposed_by, proposed_at, decided_by, decided_at)
    values (p_ctx.community_id, p_ctx.command_id, e.person_id, 'reversal', v_amount, e.id, p_reason, 'posted', p_ctx.person_id, private.now(), p_ctx.person_id, private.now());
  perform private.notify(p_ctx.community_id, e.person_id, 'points_adjusted', jsonb_build_object('points', v_amount, 'reason', p_reason), '/me/points');
  return v_amount;
end $$;

create function public.reverse_entry(p_community_id uuid, p_id uuid, p_entry_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'reverse_entry', jsonb_build_object('entry', p_entry_id, 'reason', p_reason));
  v_amount int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  if exists (select 1 from public.point_corrections k where k.community_id = p_community_id and k.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  v_amount := private.reverse_by_hand(v_ctx, p_entry_id, private.clean_text(p_reason, 'reason', 200));
  return private.end_command(v_ctx, 'point_entries', p_entry_id, jsonb_build_object('entry_id', p_entry_id, 'points', v_amount));
end $$;
comment on function public.reverse_entry(uuid, uuid, uuid, text) is
  'Takes one entry back by an opposite one, with a reason; hours are not touched. Office, never one''s own; what was spent or expired is not reversed here. Errors: not_allowed, entry_unknown, own_points, entry_not_reversible, entry_already_reversed, field_required.';

create function public.dispute_entry(p_community_id uuid, p_id uuid, p_entry_id uuid, p_text text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'dispute_entry', jsonb_build_object('entry', p_entry_id, 'text', p_text));
  e public.point_entries;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into e from public.point_entries x where x.community_id = p_community_id and x.id = p_entry_id;
  if not found or (e.person_id <> v_ctx.person_id and not private.helps(p_community_id, v_ctx.person_id, e.person_id)) then perform private.fail(404, 'entry_unknown'); end if;
  insert into public.point_disputes (community_id, id, entry_id, person_id, text, raised_by, raised_at)
    values (p_community_id, p_id, p_entry_id, e.person_id, private.clean_text(p_text, 'text', 500), v_ctx.person_id, private.now()) on conflict do nothing;
  if not found then perform private.fail(409, 'entry_disputed_already'); end if;
  return private.end_command(v_ctx, 'point_disputes', p_id, jsonb_build_object('dispute_id', p_id, 'entry_id', p_entry_id, 'status', 'open'), '{}', e.person_id);
end $$;
comment on function public.dispute_entry(uuid, uuid, uuid, text) is
  'The person (or a linked helper) says that an entry is wrong; the office answers. One open dispute an entry. Errors: entry_unknown, entry_disputed_already, field_required.';

create function public.answer_dispute(p_community_id uuid, p_id uuid, p_dispute_id uuid, p_accept boolean, p_answer text, p_reverse boolean default false)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'answer_dispute',
    jsonb_build_object('dispute', p_dispute_id, 'accept', p_accept, 'answer', p_answer, 'reverse', p_reverse));
  d public.point_disputes;
  v_answer text;
  v_amount int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  if p_accept is null then perform private.fail(400, 'field_required', '{"field":"accept"}'); end if;
  v_answer := private.clean_text(p_answer, 'answer', 500);
  select * into d from public.point_disputes x where x.community_id = p_community_id and x.id = p_dispute_id for update;
  if not found then perform private.fail(404, 'dispute_unknown'); end if;
  if private.is_party_to(p_community_id, v_ctx.person_id, d.person_id) or v_ctx.person_id = d.raised_by then perform private.fail(403, 'own_request'); end if;
  if d.status <> 'open' then perform private.fail(409, 'already_decided', jsonb_build_object('status', d.status)); end if;
  update public.point_disputes set status = case when p_accept then 'accepted' else 'declined' end, answer = v_answer, answered_by = v_ctx.person_id, answered_at = private.now()
    where community_id = p_community_id and id = p_dispute_id;
  if p_accept and p_reverse then v_amount := private.reverse_by_hand(v_ctx, d.entry_id, v_answer); end if;
  perform private.notify(p_community_id, d.person_id, 'dispute_answered', jsonb_build_object('answer', v_answer), '/me/points?entry=' || d.entry_id);
  return private.end_command(v_ctx, 'point_disputes', d.id,
    jsonb_build_object('dispute_id', d.id, 'status', case when p_accept then 'accepted' else 'declined' end, 'points', v_amount), '{}', d.person_id);
end $$;
comment on function public.answer_dispute(uuid, uuid, uuid, boolean, text, boolean) is
  'The office answers a dispute; accepted, it may take the entry back at once (p_reverse) or propose an adjustment after. Never one''s own. Errors: not_allowed, dispute_unknown, own_request, already_decided {status}, entry_not_reversible, entry_already_reversed, field_required.';

-- ---------------------------------------------------------------- versions

create table public.point_ruleset_drafts (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  code text not null,
  effective_from date not null,
  changes jsonb not null,
  status text not null default 'proposed' check (status in ('proposed', 'published', 'withdrawn')),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, proposed_by) references public.persons (community_id, id),
  foreign key (community_id, decided_by) references public.persons (community_id, id),
  constraint a_version_is_approved_by_a_second_person check (status <> 'published' or decided_by <> proposed_by)
);
create index point_ruleset_drafts_by_proposer on public.point_ruleset_drafts (community_id, proposed_by);
create index point_ruleset_drafts_by_decider on public.point_ruleset_drafts (community_id, decided_by);
comment on table public.point_ruleset_drafts is 'Versions of the rules before they are approved: what changes against the latest version, and from when.';

create function private.latest_ruleset(p_community_id uuid)
returns public.point_rulesets language sql stable security definer set search_path = '' as $$
  select r from public.point_rulesets r where r.community_id = p_community_id order by r.effective_from desc, r.published_at desc limit 1
$$;

create function private.next_ruleset_code(p_community_id uuid, p_day date)
returns text language sql stable security definer set search_path = '' as $$
  select 'VOL-' || extract(year from p_day)::int || '.' || (select count(*) + 1 from public.point_rulesets r
    where r.community_id = p_community_id and r.code like 'VOL-' || extract(year from p_day)::int || '.%')
$$;

create function private.rule_number(p_changes jsonb, p_rule text, p_field text, p_is int, p_min int, p_max int)
returns int language plpgsql immutable set search_path = '' as $$
declare
  v jsonb := p_changes -> p_rule -> p_field;
begin
  -- What a rule does not have it cannot be given.
  if v is null or p_is is null then return p_is; end if;
  if jsonb_typeof(v) <> 'number' or v::numeric <> trunc(v::numeric) or v::numeric not between p_min and p_max then
    perform private.fail(422, 'rule_value_invalid', jsonb_build_object('rule', p_rule, 'min', p_min, 'max', p_max));
  end if;
  return v::int;
end $$;

create function private.changed_rules(p_community_id uuid, p_changes jsonb)
returns setof public.point_rules language plpgsql stable security definer set search_path = '' as $$
declare
  v_base uuid := (private.latest_ruleset(p_community_id)).id;
  r public.point_rules;
  v_unknown text;
  v_times jsonb;
  v_key text;
begin
  if jsonb_typeof(coalesce(p_changes, '{}')) <> 'object' then perform private.fail(400, 'field_invalid', '{"field":"changes"}'); end if;
  select k into v_unknown from jsonb_object_keys(coalesce(p_changes, '{}')) k
    where jsonb_typeof(p_changes -> k) <> 'object' or not exists (select 1 from public.point_rules x where x.community_id = p_community_id and x.ruleset_id = v_base and x.code = k) limit 1;
  if v_unknown is not null then perform private.fail(400, 'rule_unknown', jsonb_build_object('rule', left(v_unknown, 20))); end if;
  for r in select * from public.point_rules x where x.community_id = p_community_id and x.ruleset_id = v_base order by x.code loop
    r.points := private.rule_number(p_changes, r.code, 'points', r.points, case r.kind when 'deduction' then -1000 else 0 end, case r.kind when 'deduction' then 0 else 1000 end);
    r.points_per_half_hour := private.rule_number(p_changes, r.code, 'points_per_half_hour', r.points_per_half_hour, 0, 100);
    r.max_minutes_per_day := private.rule_number(p_changes, r.code, 'max_minutes_per_day', r.max_minutes_per_day, 30, 480);
    r.cap_times := private.rule_number(p_changes, r.code, 'cap_times', r.cap_times, 0, 1000);
    r.cap_points := private.rule_number(p_changes, r.code, 'cap_points', r.cap_points, 0, 10000);
    v_times := p_changes -> r.code -> 'multiplier';
    if v_times is not null and r.multiplier is not null then
      if jsonb_typeof(v_times) <> 'number' or v_times::numeric not between 1 and 5 then perform private.fail(422, 'rule_value_invalid', jsonb_build_object('rule', r.code, 'min', 1, 'max', 5)); end if;
      r.multiplier := round(v_times::numeric, 2);
    end if;
    foreach v_key in array array['day', 'min_times', 'min_minutes', 'within_days', 'freeze_days'] loop
      if r.data ? v_key then
        r.data := jsonb_set(r.data, array[v_key], to_jsonb(private.rule_number(p_changes, r.code, v_key, (r.data ->> v_key)::int, 1, case v_key when 'day' then 28 when 'min_minutes' then 6000 else 365 end)));
      end if;
    end loop;
    foreach v_key in array array['goods', 'service', 'companionship'] loop
      if r.data -> 'points_by_kind' ? v_key then
        r.data := jsonb_set(r.data, array['points_by_kind', v_key], to_jsonb(private.rule_number(p_changes, r.code, v_key, (r.data -> 'points_by_kind' ->> v_key)::int, 0, 1000)));
      end if;
    end loop;
    return next r;
  end loop;
end $$;
comment on function private.changed_rules(uuid, jsonb) is
  'The rules of the latest version with some numbers changed: {"V01": {"points_per_half_hour": 6}, …}. Rules and numbers are the known ones; what they mean is code. Errors: field_invalid, rule_unknown {rule}, rule_value_invalid {rule, min, max}.';

create function private.require_notice(p_community_id uuid, p_effective_from date)
returns void language plpgsql stable security definer set search_path = '' as $$
declare
  v_from date := greatest(private.today() + 7, (private.latest_ruleset(p_community_id)).effective_from + 1);
begin
  if p_effective_from is null or p_effective_from < v_from then perform private.fail(422, 'ruleset_too_soon', jsonb_build_object('day', v_from)); end if;
  if p_effective_from > private.today() + 400 then perform private.fail(422, 'ruleset_too_late'); end if;
end $$;
comment on function private.require_notice(uuid, date) is 'A version counts from seven days ahead at the earliest, after the latest one, and never backwards. Errors: ruleset_too_soon {day}, ruleset_too_late.';

create function public.propose_ruleset(p_community_id uuid, p_id uuid, p_effective_from date, p_changes jsonb)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'propose_ruleset', jsonb_build_object('from', p_effective_from, 'changes', p_changes));
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_secretary(p_community_id, v_ctx.person_id);
  if p_changes is null or p_changes = '{}' then perform private.fail(400, 'field_required', '{"field":"changes"}'); end if;
  perform private.require_notice(p_community_id, p_effective_from);
  perform private.require_short(p_changes, 'changes');
  perform private.changed_rules(p_community_id, p_changes);
  if exists (select 1 from public.point_ruleset_drafts d where d.community_id = p_community_id and d.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.point_ruleset_drafts (community_id, id, code, effective_from, changes, proposed_by, proposed_at)
    values (p_community_id, p_id, private.next_ruleset_code(p_community_id, p_effective_from), p_effective_from, p_changes, v_ctx.person_id, private.now());
  return private.end_command(v_ctx, 'point_ruleset_drafts', p_id, jsonb_build_object('draft_id', p_id, 'status', 'proposed'));
end $$;
comment on function public.propose_ruleset(uuid, uuid, date, jsonb) is
  'A new version of the points rules, as changes against the latest. It counts only once a second person publishes it. Secretary, street. Errors: not_allowed, field_required, ruleset_too_soon {day}, ruleset_too_late, rule_unknown {rule}, rule_value_invalid {rule, min, max}.';

create function public.publish_ruleset(p_community_id uuid, p_id uuid, p_draft_id uuid, p_approve boolean default true)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'publish_ruleset', jsonb_build_object('draft', p_draft_id, 'approve', p_approve));
  d public.point_ruleset_drafts;
  v_code text;
  v_rules public.point_rules[];
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_office(v_ctx);
  perform pg_advisory_xact_lock(hashtextextended('rulesets ' || p_community_id, 0));
  select * into d from public.point_ruleset_drafts x where x.community_id = p_community_id and x.id = p_draft_id for update;
  if not found then perform private.fail(404, 'draft_unknown'); end if;
  if d.status <> 'proposed' then perform private.fail(409, 'already_decided', jsonb_build_object('status', d.status)); end if;
  v_code := private.next_ruleset_code(p_community_id, d.effective_from);
  if p_approve then
    if d.proposed_by = v_ctx.person_id then perform private.fail(403, 'own_proposal'); end if;
    perform private.require_notice(p_community_id, d.effective_from);
    -- The rules are changed against the latest version, so they are read before this one is it.
    v_rules := array(select r from private.changed_rules(p_community_id, d.changes) r);
    insert into public.point_rulesets (community_id, id, code, effective_from, published_at, published_by)
      values (p_community_id, d.id, v_code, d.effective_from, private.now(), v_ctx.person_id);
    insert into public.point_rules select r.community_id, d.id, r.code, r.kind, r.points, r.points_per_half_hour, r.multiplier, r.max_minutes_per_day,
      r.cap_period, r.cap_times, r.cap_points, r.data from unnest(v_rules) r;
  end if;
  update public.point_ruleset_drafts set status = case when p_approve then 'published' else 'withdrawn' end, code = v_code, decided_by = v_ctx.person_id, decided_at = private.now()
    where community_id = p_community_id and id = d.id;
  return private.end_command(v_ctx, 'point_rulesets', d.id, jsonb_build_object('draft_id', d.id, 'code', v_code, 'status', case when p_approve then 'published' else 'withdrawn' end));
end $$;
comment on function public.publish_ruleset(uuid, uuid, uuid, boolean) is
  'A second person publishes a proposed version (or turns it down; the first may withdraw it): it counts from its day, seven days ahead at least, never backwards. Office. Errors: not_allowed, draft_unknown, already_decided {status}, own_proposal, ruleset_too_soon {day}, ruleset_too_late.';

create function private.rate_service(p_community_id uuid, p_rules public.point_rules[], p_from date, p_to date)
returns table (person_id uuid, rule_code text, points int) language sql stable security definer set search_path = '' as $$
  with rule as (select * from unnest(p_rules)),
  v01 as (select * from rule where code = 'V01'),
  served as (
    select r.person_id, r.service_date, r.minutes, r.confirmed_at, r.activity_id,
      sum(r.minutes) over (partition by r.person_id, r.service_date order by r.starts_at, r.id) - r.minutes as minutes_before
    from public.service_records r
    where r.community_id = p_community_id and r.service_date >= p_from and r.service_date <= p_to and r.reverses_id is null and r.provenance in ('scanned', 'leader_confirmed')
      and not exists (select 1 from public.service_records x where x.community_id = r.community_id and x.reverses_id = r.id)),
  base as (
    select s.*, floor(least(s.minutes, greatest(v01.max_minutes_per_day - s.minutes_before, 0))::int / 30 * v01.points_per_half_hour * coalesce((
        select max(m.multiplier) from rule m join public.activities a on a.community_id = p_community_id and a.id = s.activity_id where m.kind = 'multiplier' and case m.code
          when 'V02' then a.qualification_kind is not null and private.holds_qualification(p_community_id, s.person_id, a.qualification_kind, s.service_date)
          when 'V03' then exists (select 1 from public.emergency_declarations e where e.community_id = p_community_id and e.activity_id = a.id and e.declared_at <= s.confirmed_at)
          else false end), 1))::int as base
    from served s cross join v01),
  by_month as (
    select b.person_id, date_trunc('month', b.service_date)::date as month, count(*) as times, sum(b.minutes) as minutes,
      case when v01.cap_points is null then sum(b.base) else least(sum(b.base), v01.cap_points) end as points
    from base b cross join v01 group by 1, 2, v01.cap_points),
  bonus as (
    select b.person_id, 'V04' as code, count(distinct date_trunc('month', b.service_date))::int * (select points from rule where code = 'V04') as points
      from base b where extract(day from b.service_date) = (select (data ->> 'day')::int from rule where code = 'V04') group by 1
    union all
    select m.person_id, 'V05', (select points from rule where code = 'V05') from by_month m, rule r
      where r.code = 'V05' and extract(month from m.month) = (r.data ->> 'month')::int and (m.times >= (r.data ->> 'min_times')::int or m.minutes >= (r.data ->> 'min_minutes')::int)
    union all
    select m.person_id, 'V13', (select points from rule where code = 'V13') from by_month m group by m.person_id having count(distinct extract(month from m.month)) = 12),
  other as (
    select e.person_id, e.rule_code, r.cap_period, r.cap_times, r.cap_points, coalesce((r.data -> 'points_by_kind' ->> (e.inputs ->> 'kind'))::int, r.points) as nominal,
      date_trunc(coalesce(r.cap_period, 'year'), e.occurred_on) as bucket,
      row_number() over (partition by e.person_id, e.rule_code, date_trunc(coalesce(r.cap_period, 'year'), e.occurred_on) order by e.posted_at, e.id) as nth
    from public.point_entries e join rule r on r.code = e.rule_code and r.kind in ('award', 'deduction')
    where e.community_id = p_community_id and e.reverses_id is null and e.occurred_on >= p_from and e.occurred_on <= p_to
      and coalesce(e.inputs ->> 'cap', '') <> 'served_then'
      and not exists (select 1 from public.point_entries x where x.community_id = e.community_id and x.reverses_id = e.id)),
  capped as (
    select o.person_id, o.rule_code, case when o.cap_points is null then sum(o.nominal) else least(sum(o.nominal), o.cap_points) end as points
    from other o where o.cap_times is null or o.nth <= o.cap_times group by o.person_id, o.rule_code, o.bucket, o.cap_points)
  select x.person_id, x.code, sum(x.points)::int from (
    select m.person_id, 'V01' as code, m.points from by_month m
    union all select b.person_id, b.code, b.points from bonus b
    union all select c.person_id, c.rule_code, c.points from capped c) x
  group by 1, 2
$$;
comment on function private.rate_service(uuid, public.point_rules[], date, date) is
  'What a set of rules would have given for the service and deeds of some days, all at once. The window counts as one year for V13.';

create function public.simulate_ruleset(p_community_id uuid, p_changes jsonb default '{}')
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_to date := private.today();
  v_from date := (private.today() - interval '1 year')::date + 1;
  v_now public.point_rules[];
  v_then public.point_rules[];
begin
  if not private.is_office(p_community_id, v_me) then perform private.fail(403, 'not_allowed'); end if;
  v_now := array(select r from public.point_rules r where r.community_id = p_community_id and r.ruleset_id = (private.ruleset_on(p_community_id, v_to)).id);
  v_then := array(select r from private.changed_rules(p_community_id, p_changes) r);
  return (
    with pairs as (
      select coalesce(a.person_id, b.person_id) as person_id, coalesce(a.rule_code, b.rule_code) as code, coalesce(a.points, 0) as before, coalesce(b.points, 0) as after
      from private.rate_service(p_community_id, v_now, v_from, v_to) a
      full join private.rate_service(p_community_id, v_then, v_from, v_to) b on b.person_id = a.person_id and b.rule_code = a.rule_code),
    people as (select p.person_id, sum(p.before)::int as before, sum(p.after)::int as after from pairs p group by 1)
    select jsonb_build_object('from', v_from, 'to', v_to, 'people', count(*), 'gain', count(*) filter (where p.after > p.before), 'lose', count(*) filter (where p.after < p.before),
      'before', coalesce(sum(p.before), 0), 'after', coalesce(sum(p.after), 0), 'worth_fen', private.setting_int(p_community_id, 'point_worth_fen', 10),
      'rules', (select coalesce(jsonb_agg(to_jsonb(x) order by x.code like 'D%', x.code), '[]') from (select q.code, sum(q.before)::int as before, sum(q.after)::int as after from pairs q group by 1) x),
      'persons', (select coalesce(jsonb_agg(to_jsonb(x) order by abs(x.after - x.before) desc, x.person_id), '[]') from (
        select q.person_id, pp.real_name as name, q.before, q.after from people q
        join public.person_private pp on pp.community_id = p_community_id and pp.person_id = q.person_id
        where q.after <> q.before order by abs(q.after - q.before) desc, q.person_id limit 50) x))
    from people p);
end $$;
comment on function public.simulate_ruleset(uuid, jsonb) is
  'What a candidate (changes against the latest version) would have given for the last twelve months, beside the rules in force: sums, by rule, and the fifty persons it moves most. Writes nothing. Office. Errors: not_signed_in, not_a_member, not_allowed, rule_unknown {rule}, rule_value_invalid {rule, min, max}.';

-- ---------------------------------------------------------------- reminders, statements

create function private.remind_points(p_community_id uuid, p_person_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v record;
begin
  -- One's own points, and those of persons one helps who have no account to be told by; of a person's lots those that end first.
  for v in select distinct on (w.person_id) w.person_id, w.helped_name, l.expires_at, l.points,
      case when l.expires_at <= private.now() + interval '1 day' then 1 when l.expires_at <= private.now() + interval '7 days' then 7 else 30 end as days
    from private.told_for(p_community_id, p_person_id) w
    cross join lateral (select x.expires_at, sum(x.remaining - x.held)::int as points from public.point_lots x
      where x.community_id = p_community_id and x.person_id = w.person_id and x.remaining > x.held
        and x.expires_at > private.now() and x.expires_at <= private.now() + interval '30 days' group by x.expires_at) l
    order by w.person_id, l.expires_at loop
    perform private.put_notice(p_community_id, p_person_id, 'points_expiring', jsonb_build_object('points', v.points, 'ends_at', v.expires_at - interval '1 minute')
        || case when v.helped_name is null then '{}' else jsonb_build_object('name', v.helped_name) end,
      '/me/points', private.now(), 'points_expiring/' || v.person_id || '/' || extract(epoch from v.expires_at)::bigint || '/' || v.days);
  end loop;
end $$;
comment on function private.remind_points(uuid, uuid) is '30, 7 and 1 days before points end, a line in the inbox, each once. Part of send_due_reminders.';

create function public.my_points(p_community_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_person uuid := coalesce(p_for_person_id, v_me);
  v_account public.point_accounts;
begin
  if v_person <> v_me and not private.helps(p_community_id, v_me, v_person) then perform private.fail(403, 'not_allowed'); end if;
  select * into v_account from public.point_accounts a where a.community_id = p_community_id and a.id = v_person;
  return jsonb_build_object(
    'available', private.points_available(p_community_id, v_person), 'held', coalesce(v_account.held, 0), 'debt', coalesce(v_account.debt, 0),
    'frozen_until', case when v_account.frozen_until > private.now() then v_account.frozen_until end,
    'worth_fen', private.setting_int(p_community_id, 'point_worth_fen', 10),
    'ruleset', (private.ruleset_on(p_community_id, private.today())).code,
    'next_ruleset', (select jsonb_build_object('code', r.code, 'effective_from', r.effective_from) from public.point_rulesets r
      where r.community_id = p_community_id and r.effective_from > private.today() order by r.effective_from limit 1),
    'lots', (select coalesce(jsonb_agg(jsonb_build_object('expires_at', l.expires_at, 'remaining', l.remaining, 'held', l.held) order by l.expires_at), '[]') from (
      select x.expires_at, sum(x.remaining)::int as remaining, sum(x.held)::int as held from public.point_lots x
      where x.community_id = p_community_id and x.person_id = v_person and x.remaining > 0 and (x.expires_at > private.now() or x.held > 0) group by 1) l));
end $$;
comment on function public.my_points(uuid, uuid) is
  'The caller''s (or a helped person''s) points now: available, held, owed, frozen, what ends when, the rules in force and the next ones. Errors: not_signed_in, not_a_member, not_allowed.';

create function private.statement_of(p_community_id uuid, p_person_id uuid, p_kind text, p_from date, p_to date, p_limit int)
returns jsonb language sql stable security definer set search_path = '' as $$
  with line as (
    select e.*, sum(e.points) over (order by e.posted_at, (e.rule_code <> 'EXPIRY'), e.id) as balance_after,
      row_number() over (order by e.posted_at, (e.rule_code <> 'EXPIRY'), e.id) as seq
    from public.point_entries e where e.community_id = p_community_id and e.person_id = p_person_id),
  chosen as (
    select l.* from line l where (p_from is null or l.occurred_on >= p_from) and (p_to is null or l.occurred_on < p_to)
      and case p_kind when 'earned' then l.amount > 0 and l.reverses_id is null when 'spent' then l.rule_code = 'REDEEM'
        when 'taken' then l.rule_code in ('EXPIRY', 'DEBT') or (l.amount < 0 and l.rule_code <> 'REDEEM') else true end
    order by l.seq desc limit p_limit)
  select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'rule_code', c.rule_code, 'ruleset_code', c.ruleset_code, 'source_kind', c.source_kind, 'source_id', c.source_id,
      'amount', c.amount, 'points', c.points, 'debt_change', c.debt_change, 'occurred_on', c.occurred_on, 'posted_at', c.posted_at, 'balance_after', c.balance_after,
      'inputs', c.inputs, 'reverses_id', c.reverses_id,
      'is_reversed', exists (select 1 from public.point_entries x where x.community_id = c.community_id and x.reverses_id = c.id),
      'expires_at', l.expires_at, 'remaining', l.remaining, 'title', a.title, 'record_id', s.id, 'by', p.display_name,
      'reason', (select k.reason from public.point_corrections k where k.community_id = c.community_id and k.id = case c.source_kind when 'manual' then c.source_id when 'correction' then c.source_id end),
      'dispute', (select jsonb_build_object('status', d.status, 'text', d.text, 'answer', d.answer, 'raised_at', d.raised_at) from public.point_disputes d
        where d.community_id = c.community_id and d.entry_id = c.id order by d.raised_at desc limit 1)) order by c.seq desc), '[]')
  from chosen c
  left join public.point_lots l on l.community_id = c.community_id and l.id = c.id
  left join public.service_records s on s.community_id = c.community_id and s.id = c.source_id and c.source_kind in ('service_record', 'month_bonus', 'year_bonus')
  left join public.strikes t on t.community_id = c.community_id and t.id = c.source_id and c.source_kind = 'no_show'
  left join public.signups g on g.community_id = c.community_id and g.id = case c.source_kind when 'no_show' then t.signup_id when 'late_cancel' then c.source_id end
  left join public.shifts h on h.community_id = c.community_id and h.id = g.shift_id
  left join public.activities a on a.community_id = c.community_id and a.id = coalesce(s.activity_id, h.activity_id, case c.source_kind when 'activity' then c.source_id end)
  left join public.persons p on p.community_id = c.community_id and p.id = c.posted_by
$$;
comment on function private.statement_of(uuid, uuid, text, date, date, int) is 'A person''s entries, newest first, with the balance after each, the lot it made and the shift it came from.';

create function public.point_statement(p_community_id uuid, p_kind text default 'all', p_year int default null, p_limit int default 50, p_for_person_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_person uuid := coalesce(p_for_person_id, v_me);
  v_year int := case when p_year between 2000 and 2200 then p_year end;
begin
  if v_person <> v_me and not private.helps(p_community_id, v_me, v_person) then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object(
    'years', (select coalesce(jsonb_agg(x.y order by x.y desc), '[]') from (
      select distinct extract(year from e.occurred_on)::int as y from public.point_entries e where e.community_id = p_community_id and e.person_id = v_person) x),
    'entries', private.statement_of(p_community_id, v_person, p_kind, make_date(v_year, 1, 1), make_date(v_year + 1, 1, 1), least(greatest(coalesce(p_limit, 50), 1), 1000)));
end $$;
comment on function public.point_statement(uuid, text, int, int, uuid) is
  'The statement of the caller (or a helped person): every entry in order with the running balance, what its rule saw and the shift it came from. p_kind: all, earned, spent, taken. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.point_ledger_of(p_community_id uuid, p_id uuid, p_person_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'point_ledger_of', jsonb_build_object('person', p_person_id, 'reason', p_reason));
  a public.point_accounts;
begin
  perform private.require_office(v_ctx);
  if not exists (select 1 from public.persons p where p.community_id = p_community_id and p.id = p_person_id) then perform private.fail(404, 'person_unknown'); end if;
  -- Also with an id used before: fresh data come back, so the look is written down again.
  insert into public.access_logs (community_id, id, at, viewer_person_id, person_id, what, reason)
    values (p_community_id, private.new_id(), private.now(), v_ctx.person_id, p_person_id, 'points', private.clean_text(p_reason, 'reason', 100));
  if v_ctx.replayed is null then
    perform private.end_command(v_ctx, 'point_accounts', p_person_id, jsonb_build_object('person_id', p_person_id), '{}', p_person_id);
  end if;
  select * into a from public.point_accounts x where x.community_id = p_community_id and x.id = p_person_id;
  return jsonb_build_object('person_id', p_person_id, 'available', private.points_available(p_community_id, p_person_id), 'held', coalesce(a.held, 0), 'debt', coalesce(a.debt, 0),
    'name', coalesce((select pp.real_name from public.person_private pp where pp.community_id = p_community_id and pp.person_id = p_person_id), '*'),
    'entries', private.statement_of(p_community_id, p_person_id, 'all', null, null, 200));
end $$;
comment on function public.point_ledger_of(uuid, uuid, uuid, text) is
  'The office looks at a person''s points, with a reason the person can read afterwards. Errors: not_allowed, person_unknown, field_required.';

create function private.rules_json(p_community_id uuid, p_ruleset_id uuid)
returns jsonb language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(r) - 'community_id' - 'ruleset_id' order by r.kind = 'deduction', r.code), '[]') from public.point_rules r where r.community_id = p_community_id and r.ruleset_id = p_ruleset_id
$$;

create function public.points_desk(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if not private.is_office(p_community_id, v_me) then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object(
    'me', v_me, 'is_secretary', private.person_has_role(p_community_id, v_me, array['community_secretary', 'street_admin']),
    'rulesets', (select jsonb_agg(jsonb_build_object('id', r.id, 'code', r.code, 'effective_from', r.effective_from, 'published_at', r.published_at) order by r.effective_from desc)
      from public.point_rulesets r where r.community_id = p_community_id),
    'in_force', (private.ruleset_on(p_community_id, private.today())).code,
    'rules', private.rules_json(p_community_id, (private.latest_ruleset(p_community_id)).id),
    'earliest', greatest(private.today() + 7, (private.latest_ruleset(p_community_id)).effective_from + 1),
    'drafts', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'code', d.code, 'effective_from', d.effective_from, 'changes', d.changes, 'is_mine', d.proposed_by = v_me,
        'by', p.display_name, 'proposed_at', d.proposed_at) order by d.proposed_at desc), '[]')
      from public.point_ruleset_drafts d join public.persons p on p.community_id = d.community_id and p.id = d.proposed_by where d.community_id = p_community_id and d.status = 'proposed'),
    'adjustments', (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'points', k.points, 'reason', k.reason, 'name', pp.real_name, 'is_mine', k.proposed_by = v_me,
        'is_about_me', k.person_id = v_me, 'by', p.display_name, 'proposed_at', k.proposed_at) order by k.proposed_at), '[]')
      from public.point_corrections k join public.persons p on p.community_id = k.community_id and p.id = k.proposed_by
      join public.person_private pp on pp.community_id = k.community_id and pp.person_id = k.person_id where k.community_id = p_community_id and k.status = 'proposed'),
    'disputes', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'text', d.text, 'name', pp.real_name, 'is_about_me', v_me in (d.person_id, d.raised_by), 'raised_at', d.raised_at,
        'entry_id', e.id, 'rule_code', e.rule_code, 'ruleset_code', e.ruleset_code, 'amount', e.amount, 'occurred_on', e.occurred_on, 'inputs', e.inputs,
        'can_reverse', e.reverses_id is null and e.source_kind not in ('reward_order', 'expiry', 'debt') and not exists (
          select 1 from public.point_entries x where x.community_id = e.community_id and x.reverses_id = e.id)) order by d.raised_at), '[]')
      from public.point_disputes d join public.point_entries e on e.community_id = d.community_id and e.id = d.entry_id
      join public.person_private pp on pp.community_id = d.community_id and pp.person_id = d.person_id where d.community_id = p_community_id and d.status = 'open'),
    'activities', (select coalesce(jsonb_agg(to_jsonb(x) order by x.starts_at), '[]') from (
      select a.id, a.title, min(s.starts_at) as starts_at, exists (select 1 from public.emergency_declarations e where e.community_id = a.community_id and e.activity_id = a.id) as is_emergency
      from public.activities a join public.shifts s on s.community_id = a.community_id and s.activity_id = a.id
      where a.community_id = p_community_id and a.status = 'published' and s.ends_at > private.now() and s.starts_at < private.now() + interval '7 days' group by a.community_id, a.id, a.title limit 50) x));
end $$;
comment on function public.points_desk(uuid) is
  'What waits for the office about points: proposed versions and adjustments, disputes; the rules of the latest version, and the activities that could be declared emergencies. Errors: not_signed_in, not_a_member, not_allowed.';

-- ---------------------------------------------------------------- reports and the yearly close

insert into private.setting_keys (key, kind, area, sort, unit, min_value, max_value, default_value) values
  ('point_worth_fen', 'number', 'points', 40, 'fen', 1, 1000, 10), ('reward_fund_yuan', 'number', 'points', 50, 'yuan', 0, 10000000, 0);

create function private.point_months(p_community_id uuid, p_year int)
returns table (month date, issued int, redeemed int, expired int, deducted int, adjusted int, moved int) language sql stable security definer set search_path = '' as $$
  select m.month::date, coalesce(sum(e.amount) filter (where e.rule_code like 'V%'), 0)::int, coalesce(-sum(e.points) filter (where e.rule_code = 'REDEEM'), 0)::int,
    coalesce(-sum(e.points) filter (where e.rule_code = 'EXPIRY'), 0)::int, coalesce(-sum(e.amount) filter (where e.rule_code like 'D__'), 0)::int,
    coalesce(sum(e.amount) filter (where e.rule_code = 'ADJUST'), 0)::int, coalesce(sum(e.points), 0)::int
  from generate_series(make_date(p_year, 1, 1)::timestamp, make_date(p_year, 12, 1)::timestamp, interval '1 month') m (month)
  left join public.point_entries e on e.community_id = p_community_id
    and e.posted_at >= m.month at time zone 'Asia/Shanghai' and e.posted_at < (m.month + interval '1 month') at time zone 'Asia/Shanghai'
  group by m.month order by m.month
$$;
comment on function private.point_months(uuid, int) is 'The months of a year by the day of posting: issued (net of reversals), redeemed, expired, deducted, adjusted, and what the balances moved by.';

create function private.year_figures(p_community_id uuid, p_year int)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('year', p_year, 'months', (select jsonb_agg(to_jsonb(m) order by m.month) from private.point_months(p_community_id, p_year) m),
    'entries', (select count(*) from public.point_entries e where e.community_id = p_community_id and e.posted_at < make_date(p_year + 1, 1, 1)::timestamp at time zone 'Asia/Shanghai'),
    'outstanding', coalesce(sum(b.balance), 0), 'accounts', count(*),
    'balances_hash', encode(sha256(convert_to(coalesce(string_agg(b.person_id || ':' || b.balance || ':' || b.debt, ',' order by b.person_id), ''), 'UTF8')), 'hex'))
  from (select e.person_id, sum(e.points) as balance, sum(e.debt_change) as debt from public.point_entries e
    where e.community_id = p_community_id and e.posted_at < make_date(p_year + 1, 1, 1)::timestamp at time zone 'Asia/Shanghai' group by 1) b
$$;
comment on function private.year_figures(uuid, int) is 'What a year comes to from the entries alone: months, the sum of balances, and a hash over every person''s balance and debt at its end.';

create table public.point_year_closes (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  year int not null,
  figures jsonb not null,
  hash text not null,
  closed_by uuid not null,
  closed_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, closed_by) references public.persons (community_id, id),
  constraint a_year_of_points_is_closed_once unique (community_id, year)
);
create index point_year_closes_by_closer on public.point_year_closes (community_id, closed_by);
create trigger tg_point_year_closes__append_only before update or delete on public.point_year_closes for each row execute function private.tg_append_only();
comment on table public.point_year_closes is 'The points of a year, frozen: figures and their hash. Whether the entries still come to it is reckoned anew at each look; a later correction is an entry of a later year.';

create function public.close_points_year(p_community_id uuid, p_id uuid, p_year int)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'close_points_year', jsonb_build_object('year', p_year));
  v_figures jsonb;
  v_hash text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_secretary(p_community_id, v_ctx.person_id);
  if p_year is null or p_year not between 2020 and 2200 then perform private.fail(400, 'field_invalid', '{"field":"year"}'); end if;
  if p_year >= extract(year from private.today()) then perform private.fail(422, 'points_year_not_over'); end if;
  if exists (select 1 from private.accounts_off(p_community_id)) then perform private.fail(409, 'balances_do_not_agree'); end if;
  v_figures := private.year_figures(p_community_id, p_year);
  v_hash := encode(sha256(convert_to(v_figures::text, 'UTF8')), 'hex');
  insert into public.point_year_closes (community_id, id, year, figures, hash, closed_by, closed_at)
    values (p_community_id, p_id, p_year, v_figures, v_hash, v_ctx.person_id, private.now()) on conflict do nothing;
  if not found then perform private.fail(409, 'year_closed_already'); end if;
  return private.end_command(v_ctx, 'point_year_closes', p_id, jsonb_build_object('year', p_year, 'hash', v_hash, 'outstanding', v_figures -> 'outstanding'));
end $$;
comment on function public.close_points_year(uuid, uuid, int) is
  'Freezes the points of a year that is over, after a full recompute; the hash is in the audit chain, too. Secretary, street. Errors: not_allowed, field_invalid {field}, points_year_not_over, balances_do_not_agree, year_closed_already.';

create function public.point_report(p_community_id uuid, p_year int default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_year int := least(greatest(coalesce(p_year, extract(year from private.today())::int), 2020), 2200);
  v_opening int;
begin
  if not private.is_office(p_community_id, v_me) then perform private.fail(403, 'not_allowed'); end if;
  select coalesce(sum(e.points), 0) into v_opening from public.point_entries e
    where e.community_id = p_community_id and e.posted_at < make_date(v_year, 1, 1)::timestamp at time zone 'Asia/Shanghai';
  return jsonb_build_object('year', v_year, 'opening', v_opening,
    'months', (select jsonb_agg(to_jsonb(m) || jsonb_build_object('outstanding', m.outstanding) order by m.month) from (
      select x.*, v_opening + sum(x.moved) over (order by x.month) as outstanding from private.point_months(p_community_id, v_year) x where x.month <= private.today()) m),
    'outstanding', (select coalesce(sum(l.remaining), 0) from public.point_lots l where l.community_id = p_community_id and l.remaining > 0 and (l.expires_at > private.now() or l.held > 0)),
    'held', (select coalesce(sum(a.held), 0) from public.point_accounts a where a.community_id = p_community_id),
    'debt', (select coalesce(sum(a.debt), 0) from public.point_accounts a where a.community_id = p_community_id),
    'expiring', (select coalesce(jsonb_agg(to_jsonb(x) order by x.expires_at), '[]') from (select l.expires_at, sum(l.remaining - l.held)::int as points from public.point_lots l
      where l.community_id = p_community_id and l.remaining > l.held and l.expires_at > private.now() group by 1) x),
    'worth_fen', private.setting_int(p_community_id, 'point_worth_fen', 10), 'fund', private.fund_json(p_community_id),
    'can_close', private.person_has_role(p_community_id, v_me, array['community_secretary', 'street_admin']) and v_year < extract(year from private.today()),
    'close', (select jsonb_build_object('closed_at', c.closed_at, 'hash', c.hash, 'by', p.display_name, 'is_true', c.figures = private.year_figures(p_community_id, v_year)
        and c.hash = encode(sha256(convert_to(c.figures::text, 'UTF8')), 'hex'))
      from public.point_year_closes c join public.persons p on p.community_id = c.community_id and p.id = c.closed_by where c.community_id = p_community_id and c.year = v_year));
end $$;
comment on function public.point_report(uuid, int) is
  'The points of a year by month, what is outstanding and worth, the fund it is measured against, and the close with whether the entries still come to it. Office. Errors: not_signed_in, not_a_member, not_allowed.';

-- ---------------------------------------------------------------- who may read and call

alter table public.emergency_declarations enable row level security;
alter table public.point_corrections enable row level security;
alter table public.point_disputes enable row level security;
alter table public.point_ruleset_drafts enable row level security;
alter table public.point_year_closes enable row level security;
grant select on public.emergency_declarations, public.point_corrections, public.point_disputes, public.point_ruleset_drafts, public.point_year_closes to authenticated;
create policy select_as_member on public.emergency_declarations for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_own_or_as_office on public.point_corrections for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities())));
create policy select_own_or_as_office on public.point_disputes for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities())));
create policy select_as_office on public.point_ruleset_drafts for select to authenticated using (community_id = any(array(select private.office_communities())));
create policy select_as_office on public.point_year_closes for select to authenticated using (community_id = any(array(select private.office_communities())));

do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as signature, p.pronamespace = 'public'::regnamespace as is_public from pg_proc p
      where p.pronamespace = 'private'::regnamespace and p.proname in ('is_live_service', 'live_service', 'service_multiplier', 'service_bonus_inputs', 'settle_service_bonuses',
          'is_in_counted_service', 'yield_visits_to_service', 'accounts_off', 'has_false_record', 'tg_persons__erase_point_texts', 'reverse_by_hand', 'latest_ruleset',
          'next_ruleset_code', 'rule_number', 'changed_rules', 'require_notice', 'rate_service', 'remind_points', 'statement_of', 'rules_json', 'point_months', 'year_figures')
        or p.pronamespace = 'public'::regnamespace and p.proname in ('declare_emergency', 'propose_manual_adjustment', 'post_manual_adjustment', 'reverse_entry',
          'dispute_entry', 'answer_dispute', 'propose_ruleset', 'publish_ruleset', 'simulate_ruleset', 'my_points', 'point_statement', 'point_ledger_of', 'points_desk',
          'close_points_year', 'point_report') loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
    if f.is_public then execute format('grant execute on function %s to authenticated', f.signature); end if;
  end loop;
end $$;
