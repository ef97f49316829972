-- Awards (X19, H15, F26): the public notice 公示, objections, confirming with certificates, revoking, the seal of a cycle that is over, and
-- what the nominee, the public and the files see. Goes on where appraisal.sql ends.

insert into private.notice_kinds (kind, "group", breaks_quiet) values
  ('award_publicity', 'must', null), ('award_granted', 'must', null), ('award_withheld', 'must', null), ('award_revoked', 'must', null),
  ('objection_filed', 'office', null), ('objection_answered', 'must', null);

create table public.publicity_notices (
  community_id uuid not null,
  id uuid not null,
  cycle_id uuid not null,
  first_day date not null,
  last_day date not null,
  published_at timestamptz not null,
  published_by uuid not null,
  primary key (community_id, id),
  foreign key (community_id, cycle_id) references public.appraisal_cycles (community_id, id),
  foreign key (community_id, published_by) references public.persons (community_id, id),
  constraint a_cycle_is_published_once unique (community_id, cycle_id),
  constraint notice_days_are_in_order check (first_day < last_day)
);
create index publicity_notices_by_publisher on public.publicity_notices (community_id, published_by);
create trigger tg_publicity_notices__append_only before update or delete on public.publicity_notices for each row execute function private.tg_append_only();
comment on table public.publicity_notices is '公示: five workdays by the work calendar, the day of publishing not counted; who stands in it follows from the nominations and their consents.';

create table private.objections (
  community_id uuid not null,
  id uuid not null,
  cycle_id uuid not null,
  notice_id uuid not null,
  nomination_id uuid,
  body text not null,
  contact_phone text,
  code text not null,
  payload_hash text not null,
  filed_by uuid,
  filed_at timestamptz not null,
  due_on date not null,
  status text not null default 'open' check (status in ('open', 'upheld', 'dismissed')),
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  set_aside_by uuid,
  set_aside_at timestamptz,
  set_aside_why text,
  primary key (community_id, id),
  foreign key (community_id, cycle_id) references public.appraisal_cycles (community_id, id),
  foreign key (community_id, notice_id) references public.publicity_notices (community_id, id),
  foreign key (community_id, nomination_id) references private.nominations (community_id, id),
  foreign key (community_id, filed_by) references public.persons (community_id, id),
  foreign key (community_id, answered_by) references public.persons (community_id, id),
  foreign key (community_id, set_aside_by) references public.persons (community_id, id),
  constraint only_an_upheld_objection_is_set_aside check ((set_aside_at is null) = (set_aside_why is null) and (set_aside_at is null or status = 'upheld')),
  constraint objection_code_is_unique unique (code),
  constraint an_objection_is_not_answered_by_its_author check (answered_by is null or answered_by is distinct from filed_by),
  constraint an_answered_objection_has_an_answer check ((status = 'open') = (answered_at is null) and (answered_at is null) = (answer is null))
);
create index objections_by_cycle on private.objections (community_id, cycle_id);
create index objections_by_notice on private.objections (community_id, notice_id);
create index objections_by_nomination on private.objections (community_id, nomination_id);
create index objections_by_author on private.objections (community_id, filed_by);
create index objections_by_setter on private.objections (community_id, set_aside_by);
create index objections_by_answerer on private.objections (community_id, answered_by);
alter table private.objections enable row level security;
create trigger tg_objections__sealed before insert or update or delete on private.objections for each row execute function private.tg_appraisal__sealed('body', 'answer', 'set_aside_why', 'contact_phone');
comment on table private.objections is
  'What somebody holds against an award in its public notice: with or without an account, the author known to nobody who decides; the answer is read with the code. Answered within five workdays by somebody who did not decide.';
comment on column private.objections.body is 'personal data: free text';
comment on column private.objections.answer is 'personal data: free text';
comment on column private.objections.set_aside_why is 'personal data: free text';
comment on column private.objections.contact_phone is 'personal data: phone, only where the author gave one; gone when the cycle is archived';

create table public.awards (
  community_id uuid not null,
  id uuid not null,
  cycle_id uuid not null,
  person_id uuid not null,
  kind text not null,
  period text not null,
  title text,
  granted_at timestamptz not null,
  granted_by uuid not null,
  status text not null default 'granted' check (status in ('granted', 'revoked')),
  revoked_at timestamptz,
  revoked_by uuid,
  revoked_why text,
  primary key (community_id, id),
  foreign key (community_id, id) references private.nominations (community_id, id),
  foreign key (community_id, cycle_id) references public.appraisal_cycles (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, granted_by) references public.persons (community_id, id),
  foreign key (community_id, revoked_by) references public.persons (community_id, id),
  constraint nobody_grants_or_revokes_the_own_award check (granted_by <> person_id and revoked_by is distinct from person_id),
  constraint a_revoked_award_says_when_and_why check ((status = 'revoked') = (revoked_at is not null) and (revoked_at is null) = (revoked_why is null))
);
create index awards_by_cycle on public.awards (community_id, cycle_id);
create index awards_by_person on public.awards (community_id, person_id);
create index awards_by_granter on public.awards (community_id, granted_by);
create index awards_by_revoker on public.awards (community_id, revoked_by);
comment on table public.awards is 'What was granted (id = the nomination and its certificate); it outlives the sealed cycle, so that it can be revoked with a reason.';
comment on column public.awards.title is 'personal data: the name of a family or a unit';
comment on column public.awards.revoked_why is 'personal data: free text';

create table private.appraisal_seals (
  community_id uuid not null,
  id uuid not null,
  parts jsonb not null,
  texts jsonb not null,
  sealed_at timestamptz not null,
  sealed_by uuid not null,
  primary key (community_id, id),
  foreign key (community_id, id) references public.appraisal_cycles (community_id, id),
  foreign key (community_id, sealed_by) references public.persons (community_id, id)
);
create index appraisal_seals_by_sealer on private.appraisal_seals (community_id, sealed_by);
alter table private.appraisal_seals enable row level security;
create trigger tg_appraisal_seals__append_only before update or delete on private.appraisal_seals for each row execute function private.tg_append_only();
comment on table private.appraisal_seals is 'What a cycle (id) was sealed over: a hash a part, and one of each text, so that an erased person''s words may go and the seal still verifies.';

-- ---------------------------------------------------------------- publishing

create function public.publish_notice(p_community_id uuid, p_id uuid, p_cycle_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'publish_notice', jsonb_build_object('cycle', p_cycle_id));
  v_cycle public.appraisal_cycles;
  v_last date;
  n record;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_cycle := private.cycle_to_run(v_ctx, p_cycle_id, array['scored', 'panel']);
  if private.undecided(p_community_id, p_cycle_id) > 0 then
    if v_cycle.status = 'scored' then perform private.fail(409, 'cycle_step_wrong', jsonb_build_object('status', 'scored')); end if;
    perform private.fail(422, 'sheet_not_complete', jsonb_build_object('left', private.undecided(p_community_id, p_cycle_id)));
  end if;
  -- Where nobody met the gates there is no sheet to sign.
  if exists (select 1 from private.panel_decisions d where d.community_id = p_community_id and d.cycle_id = p_cycle_id) and private.signatures(p_community_id, p_cycle_id) < v_cycle.quorum then
    perform private.fail(422, 'quorum_missing', jsonb_build_object('signed', private.signatures(p_community_id, p_cycle_id), 'needed', v_cycle.quorum));
  end if;
  for n in select x.person_id from private.nominations x where x.community_id = p_community_id and x.cycle_id = p_cycle_id and x.status in ('passed_over', 'unqualified') order by 1 loop
    perform private.notify(p_community_id, n.person_id, 'award_not_this_time', jsonb_build_object('award', v_cycle.kind, 'period', v_cycle.period), '/me/awards');
  end loop;
  if not exists (select 1 from private.nominations x where x.community_id = p_community_id and x.cycle_id = p_cycle_id and x.status = 'shortlisted') then
    update public.appraisal_cycles set status = 'confirmed', confirmed_at = private.now(), confirmed_by = v_ctx.person_id where community_id = p_community_id and id = p_cycle_id;
    return private.end_command(v_ctx, 'appraisal_cycles', p_cycle_id, jsonb_build_object('notice_id', null, 'status', 'confirmed'));
  end if;
  v_last := private.add_workdays(private.today(), private.setting_int(p_community_id, 'publicity_workdays'));
  insert into public.publicity_notices (community_id, id, cycle_id, first_day, last_day, published_at, published_by)
    values (p_community_id, p_id, p_cycle_id, private.today(), v_last, private.now(), v_ctx.person_id);
  for n in update private.nominations set status = 'publicity' where community_id = p_community_id and cycle_id = p_cycle_id and status = 'shortlisted' returning person_id loop
    perform private.notify(p_community_id, n.person_id, 'award_publicity', jsonb_build_object('award', v_cycle.kind, 'period', v_cycle.period, 'until', v_last), '/notices/' || p_id);
  end loop;
  update public.appraisal_cycles set status = 'publicity' where community_id = p_community_id and id = p_cycle_id;
  return private.end_command(v_ctx, 'publicity_notices', p_id, jsonb_build_object('notice_id', p_id, 'last_day', v_last, 'status', 'publicity'), jsonb_build_object('cycle_id', p_cycle_id));
end $$;
comment on function public.publish_notice(uuid, uuid, uuid) is
  'panel → publicity (p_id = the notice): the shortlist is shown to everybody for five workdays or more, once the sheet is complete and as many of the panel as the quorum signed it. Everybody concerned is told. With nobody on the list there is nothing to show: scored | panel → confirmed, no awards, {notice_id: null, status}. Errors: module_off, cycle_unknown, cycle_archived, cycle_step_wrong {status}, not_allowed, own_award, sheet_not_complete {left}, quorum_missing {signed, needed}.';

-- ---------------------------------------------------------------- objections

create function private.may_answer_objections(p_community_id uuid, p_me uuid, p_cycle public.appraisal_cycles)
returns boolean language sql stable security definer set search_path = '' as $$
  select private.serves_appraisal(p_community_id, p_me, p_cycle.kind) and not private.on_panel(p_community_id, p_me, p_cycle.id)
    and not exists (select 1 from private.panel_decisions d where d.community_id = p_community_id and d.cycle_id = p_cycle.id and d.decided_by = p_me)
    and not private.has_stake(p_community_id, p_me, p_cycle.id)
$$;
comment on function private.may_answer_objections(uuid, uuid, public.appraisal_cycles) is 'The office (of party members the party office): whoever neither sat on the panel nor decided a line, and has no stake.';

create function public.file_objection(p_community_id uuid, p_id uuid, p_notice_id uuid, p_text text, p_nomination_id uuid default null, p_phone text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_notice public.publicity_notices;
  v_cycle public.appraisal_cycles;
  v_old private.objections;
  -- Under the secret of the database and without the phone: nobody finds an author by trying numbers.
  v_hash text := private.payload_hash('file_objection', jsonb_build_array(p_notice_id, p_text, p_nomination_id));
  v_code text := private.check_code();
  v_me uuid := private.me(p_community_id);
  v_who uuid;
begin
  if p_id is null then perform private.fail(400, 'field_required', '{"field":"id"}'); end if;
  select * into v_notice from public.publicity_notices n where n.community_id = p_community_id and n.id = p_notice_id;
  if not found then perform private.fail(404, 'notice_unknown'); end if;
  perform private.require_module(p_community_id, 'appraisal');
  perform pg_advisory_xact_lock(hashtextextended(p_id::text, 0));
  select * into v_old from private.objections o where o.community_id = p_community_id and o.id = p_id;
  if found then
    -- The same answer to whoever asks: an id known to who answers must not tell whether its author has an account.
    if v_old.payload_hash <> v_hash then perform private.fail(409, 'id_reused'); end if;
    return jsonb_build_object('objection_id', p_id, 'code', v_old.code, 'due_on', v_old.due_on);
  end if;
  select * into v_cycle from public.appraisal_cycles c where c.community_id = p_community_id and c.id = v_notice.cycle_id for update;
  if v_cycle.status not in ('publicity', 'objections') or private.today() > v_notice.last_day then
    perform private.fail(422, 'objection_too_late', jsonb_build_object('until', v_notice.last_day));
  end if;
  if p_nomination_id is not null and not exists (select 1 from private.nominations n where n.community_id = p_community_id and n.id = p_nomination_id and n.cycle_id = v_cycle.id and n.status = 'publicity') then
    perform private.fail(404, 'nomination_unknown');
  end if;
  -- A door for everybody, but not for a flood: three a person, twenty an hour of people without an account.
  if (select count(*) from private.objections o where o.community_id = p_community_id and o.notice_id = p_notice_id
      and case when v_me is null then o.filed_by is null and o.filed_at > private.now() - interval '1 hour' else o.filed_by = v_me end) >= (case when v_me is null then 20 else 3 end) then
    perform private.fail(422, 'too_many_objections');
  end if;
  insert into private.objections (community_id, id, cycle_id, notice_id, nomination_id, body, contact_phone, code, payload_hash, filed_by, filed_at, due_on)
    values (p_community_id, p_id, v_cycle.id, p_notice_id, p_nomination_id, private.clean_text(p_text, 'text', 1000), private.clean_phone(p_phone, false), v_code, v_hash, v_me, private.now(),
      private.add_workdays(private.today(), 5));
  update public.appraisal_cycles set status = 'objections' where community_id = p_community_id and id = v_cycle.id and status = 'publicity';
  for v_who in select distinct g.person_id from public.role_grants g where g.community_id = p_community_id and g.role in ('community_secretary', 'community_worker', 'street_admin')
      and g.scope_kind = 'community' and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today())
      and private.may_answer_objections(p_community_id, g.person_id, v_cycle) order by 1 loop
    perform private.notify(p_community_id, v_who, 'objection_filed', jsonb_build_object('award', v_cycle.kind, 'period', v_cycle.period, 'due_on', private.add_workdays(private.today(), 5)), '/office/appraisal/' || v_cycle.id);
  end loop;
  -- Not even the trail says who.
  perform private.write_audit(p_community_id, private.new_id(), null, null, null, 'file_objection', 'publicity_notices', p_notice_id, '{}', 'anonymous', '{}');
  return jsonb_build_object('objection_id', p_id, 'code', v_code, 'due_on', private.add_workdays(private.today(), 5));
end $$;
comment on function public.file_objection(uuid, uuid, uuid, text, uuid, text) is
  'Somebody, with or without an account, objects to a notice or to one award in it while it hangs: {objection_id, code, due_on}; the answer is read with the code (objection_answer), a phone is optional and seen by who answers only. Errors: notice_unknown, module_off, objection_too_late {until}, nomination_unknown, too_many_objections, field_required, field_too_long, phone_invalid, id_reused.';

create function public.objection_answer(p_code text)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  o private.objections;
begin
  select * into o from private.objections x where x.code = private.clean_code(p_code);
  if not found then perform private.fail(404, 'objection_unknown'); end if;
  return jsonb_build_object('status', o.status, 'text', o.body, 'filed_at', o.filed_at, 'due_on', o.due_on, 'answer', o.answer, 'answered_at', o.answered_at, 'notice_id', o.notice_id, 'set_aside_why', o.set_aside_why,
    'server_time', private.now());
end $$;
comment on function public.objection_answer(text) is 'How an objection stands, for whoever holds its code (100 bits). Error: objection_unknown.';

create function private.nominated_it(p_objection private.objections, p_me uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select 1 from private.nominations n where n.community_id = p_objection.community_id and n.id = p_objection.nomination_id and n.nominated_by = p_me);
end $$;
comment on function private.nominated_it(private.objections, uuid) is 'Whether an objection is about whom one put forward oneself.';

create function private.objection_to_answer(p_ctx private.command_context, p_objection_id uuid)
returns private.objections language plpgsql volatile security definer set search_path = '' as $$
declare
  o private.objections;
  v_cycle public.appraisal_cycles;
begin
  select * into o from private.objections x where x.community_id = p_ctx.community_id and x.id = p_objection_id;
  if not found then perform private.fail(404, 'objection_unknown'); end if;
  select * into v_cycle from public.appraisal_cycles c where c.community_id = p_ctx.community_id and c.id = o.cycle_id;
  if not private.serves_appraisal(p_ctx.community_id, p_ctx.person_id, v_cycle.kind) and not private.on_panel(p_ctx.community_id, p_ctx.person_id, v_cycle.id) then
    perform private.fail(404, 'objection_unknown');
  end if;
  if o.filed_by = p_ctx.person_id or private.has_stake(p_ctx.community_id, p_ctx.person_id, v_cycle.id) then perform private.fail(403, 'own_award'); end if;
  if not private.may_answer_objections(p_ctx.community_id, p_ctx.person_id, v_cycle) then perform private.fail(403, 'decided_it_oneself'); end if;
  if private.nominated_it(o, p_ctx.person_id) then perform private.fail(403, 'own_nomination'); end if;
  return o;
end $$;
comment on function private.objection_to_answer(private.command_context, uuid) is 'An objection the caller may answer. Errors: objection_unknown, own_award, decided_it_oneself, own_nomination.';

create function public.answer_objection(p_community_id uuid, p_id uuid, p_objection_id uuid, p_upheld boolean, p_answer text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'answer_objection', jsonb_build_object('objection', p_objection_id, 'upheld', p_upheld, 'answer', p_answer));
  o private.objections;
  v_answer text;
  v_cycle public.appraisal_cycles;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  o := private.objection_to_answer(v_ctx, p_objection_id);
  v_cycle := private.cycle_for(v_ctx, o.cycle_id, array['objections']);
  select * into o from private.objections x where x.community_id = p_community_id and x.id = p_objection_id for update;
  if o.status <> 'open' then perform private.fail(409, 'objection_answered_already'); end if;
  if p_upheld is null then perform private.fail(400, 'field_required', '{"field":"upheld"}'); end if;
  v_answer := private.clean_text(p_answer, 'answer', 500);
  update private.objections set status = case when p_upheld then 'upheld' else 'dismissed' end, answer = v_answer, answered_by = v_ctx.person_id, answered_at = private.now()
    where community_id = p_community_id and id = p_objection_id;
  if p_upheld and o.nomination_id is not null then perform private.withhold(v_cycle, o.nomination_id, v_answer); end if;
  if o.filed_by is not null then
    perform private.notify(p_community_id, o.filed_by, 'objection_answered', jsonb_build_object('award', v_cycle.kind, 'period', v_cycle.period), '/notices/' || o.notice_id);
  end if;
  return private.end_command(v_ctx, 'publicity_notices', o.notice_id, jsonb_build_object('status', case when p_upheld then 'upheld' else 'dismissed' end));
end $$;
comment on function public.answer_objection(uuid, uuid, uuid, boolean, text) is
  'Answers an objection, due in five workdays: the office, never its author, a nominee, whoever put them forward, or anybody who sat on the panel. Upheld about one award withholds it with the answer as the reason; upheld about the whole notice it holds the cycle until an award is withheld or it is set aside. Errors: objection_unknown, own_award, decided_it_oneself, own_nomination, objection_answered_already, field_required, field_too_long, cycle_step_wrong, module_off.';

create function public.reveal_objection_contact(p_community_id uuid, p_id uuid, p_objection_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'reveal_objection_contact', jsonb_build_object('objection', p_objection_id));
  o private.objections := private.objection_to_answer(v_ctx, p_objection_id);
begin
  -- Also with an id used before: a look is a look.
  if v_ctx.replayed is null then perform private.end_command(v_ctx, 'publicity_notices', o.notice_id, '{}');
  else perform private.write_audit(p_community_id, private.new_id(), v_ctx.user_id, v_ctx.person_id, null, 'reveal_objection_contact', 'publicity_notices', o.notice_id, '{}', v_ctx.payload_hash, '{}'); end if;
  return jsonb_build_object('phone', o.contact_phone);
end $$;
comment on function public.reveal_objection_contact(uuid, uuid, uuid) is 'The phone an author left, for who answers; each look is in the trail, the number is not. Errors: objection_unknown, own_award, decided_it_oneself.';

create function private.objection_holds(p_objection private.objections)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return p_objection.status = 'upheld' and p_objection.nomination_id is null and p_objection.set_aside_at is null
    and not exists (select 1 from private.nominations n where n.community_id = p_objection.community_id and n.cycle_id = p_objection.cycle_id and n.status = 'withheld' and n.ended_at >= p_objection.answered_at);
end $$;
comment on function private.objection_holds(private.objections) is 'An objection upheld about the whole notice: nothing is granted until an award is withheld for it, or it is set aside with a reason.';

create function public.set_aside_objection(p_community_id uuid, p_id uuid, p_objection_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'set_aside_objection', jsonb_build_object('objection', p_objection_id, 'reason', p_reason));
  o private.objections;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  o := private.objection_to_answer(v_ctx, p_objection_id);
  perform private.cycle_to_run(v_ctx, o.cycle_id, array['objections']);
  select * into o from private.objections x where x.community_id = p_community_id and x.id = p_objection_id for update;
  if not private.objection_holds(o) then perform private.fail(409, 'objection_answered_already'); end if;
  update private.objections set set_aside_by = v_ctx.person_id, set_aside_at = private.now(), set_aside_why = private.clean_text(p_reason, 'reason', 500) where community_id = p_community_id and id = p_objection_id;
  return private.end_command(v_ctx, 'publicity_notices', o.notice_id, '{"status": "set_aside"}');
end $$;
comment on function public.set_aside_objection(uuid, uuid, uuid, text) is
  'An objection that was upheld about the whole notice takes no award away, with a reason that its author reads: who runs the cycle and may answer it. Errors: those of answer_objection and of running a cycle, not_allowed, objection_answered_already, field_required, field_too_long.';

create function private.withhold(p_cycle public.appraisal_cycles, p_nomination_id uuid, p_why text)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_person uuid;
begin
  update private.nominations set status = 'withheld', ended_at = private.now(), ended_why = p_why
    where community_id = p_cycle.community_id and id = p_nomination_id and status = 'publicity' returning person_id into v_person;
  if v_person is null then return; end if;
  perform private.notify(p_cycle.community_id, v_person, 'award_withheld', jsonb_build_object('award', p_cycle.kind, 'period', p_cycle.period, 'reason', coalesce(p_why, '')), '/me/awards');
end $$;

create function public.withhold_award(p_community_id uuid, p_id uuid, p_nomination_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'withhold_award', jsonb_build_object('nomination', p_nomination_id, 'reason', p_reason));
  n private.nominations;
  v_cycle public.appraisal_cycles;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into n from private.nominations x where x.community_id = p_community_id and x.id = p_nomination_id;
  if not found then perform private.fail(404, 'nomination_unknown'); end if;
  v_cycle := private.cycle_to_run(v_ctx, n.cycle_id, array['publicity', 'objections']);
  select * into n from private.nominations x where x.community_id = p_community_id and x.id = p_nomination_id for update;
  if n.status <> 'publicity' then perform private.fail(409, 'nomination_over', jsonb_build_object('status', n.status)); end if;
  perform private.withhold(v_cycle, p_nomination_id, private.clean_text(p_reason, 'reason', 300));
  return private.end_command(v_ctx, 'appraisal_cycles', v_cycle.id, jsonb_build_object('status', 'withheld'));
end $$;
comment on function public.withhold_award(uuid, uuid, uuid, text) is
  'Takes an award out of the notice before it is granted, with a reason the nominee reads. Who runs the cycle. Errors: nomination_unknown, nomination_over {status}, field_required, field_too_long, those of publish_notice.';

-- ---------------------------------------------------------------- granting, revoking

create function private.grant_award(p_ctx private.command_context, p_cycle public.appraisal_cycles, p_nomination private.nominations)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_subject text := (select k.subject from private.appraisal_kinds k where k.kind = p_cycle.kind);
begin
  update private.nominations set status = 'granted', ended_at = private.now() where community_id = p_cycle.community_id and id = p_nomination.id;
  insert into public.awards (community_id, id, cycle_id, person_id, kind, period, title, granted_at, granted_by)
    values (p_cycle.community_id, p_nomination.id, p_cycle.id, p_nomination.person_id, p_cycle.kind, p_cycle.period, p_nomination.title, private.now(), p_ctx.person_id);
  insert into public.certificates (community_id, id, number, code, kind, award, person_id, holder_name, volunteer_no, unit_name, period_from, period_to, minutes, times, content, issued_at, issued_by)
    select p_cycle.community_id, p_nomination.id,
      extract(year from private.today()) || '-' || lpad(private.next_number(p_cycle.community_id, 'certificate/' || extract(year from private.today()))::text, 6, '0'),
      private.check_code(), 'award', jsonb_build_object('award', p_cycle.kind, 'period', p_cycle.period, 'holder', case v_subject when 'family' then 'family' when 'unit' then 'unit' else 'person' end),
      p_nomination.person_id, case when v_subject = 'unit' then p_nomination.title else pp.real_name end,
      case when v_subject = 'volunteer' then (select v.volunteer_no from public.volunteers v where v.community_id = p_cycle.community_id and v.id = p_nomination.person_id) end,
      c.name, p_cycle.first_day, p_cycle.last_day, 0, 0, '[]', private.now(), p_ctx.person_id
    from public.communities c join public.person_private pp on pp.community_id = c.id and pp.person_id = p_nomination.person_id where c.id = p_cycle.community_id;
  perform private.notify(p_cycle.community_id, p_nomination.person_id, 'award_granted', jsonb_build_object('award', p_cycle.kind, 'period', p_cycle.period), '/me/awards');
end $$;
comment on function private.grant_award(private.command_context, public.appraisal_cycles, private.nominations) is 'One award with its certificate, which anybody with its code may check (verify_certificate).';

create function public.confirm_cycle(p_community_id uuid, p_id uuid, p_cycle_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'confirm_cycle', jsonb_build_object('cycle', p_cycle_id));
  v_cycle public.appraisal_cycles;
  v_last date;
  v_open int;
  n private.nominations;
  v_granted int := 0;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_cycle := private.cycle_to_run(v_ctx, p_cycle_id, array['publicity', 'objections']);
  select p.last_day into v_last from public.publicity_notices p where p.community_id = p_community_id and p.cycle_id = p_cycle_id;
  if private.today() <= v_last then perform private.fail(422, 'publicity_not_over', jsonb_build_object('until', v_last)); end if;
  select count(*) into v_open from private.objections o where o.community_id = p_community_id and o.cycle_id = p_cycle_id and o.status = 'open';
  if v_open > 0 then perform private.fail(422, 'objections_open', jsonb_build_object('left', v_open)); end if;
  select count(*) into v_open from private.objections o where o.community_id = p_community_id and o.cycle_id = p_cycle_id and private.objection_holds(o);
  if v_open > 0 then perform private.fail(422, 'objections_upheld', jsonb_build_object('left', v_open)); end if;
  for n in select x.* from private.nominations x where x.community_id = p_community_id and x.cycle_id = p_cycle_id and x.status = 'publicity' order by x.person_id loop
    -- Conduct may have shown since the cycle was locked: whoever is barred meanwhile is not honoured.
    if cardinality(private.vetoes_of(v_cycle, n.person_id)) > 0 then
      perform private.withhold(v_cycle, n.id, null);
    else
      perform private.grant_award(v_ctx, v_cycle, n);
      v_granted := v_granted + 1;
    end if;
  end loop;
  update public.appraisal_cycles set status = 'confirmed', confirmed_at = private.now(), confirmed_by = v_ctx.person_id where community_id = p_community_id and id = p_cycle_id;
  return private.end_command(v_ctx, 'appraisal_cycles', p_cycle_id, jsonb_build_object('cycle_id', p_cycle_id, 'status', 'confirmed', 'granted', v_granted));
end $$;
comment on function public.confirm_cycle(uuid, uuid, uuid) is
  'publicity | objections → confirmed, after the notice''s last day and with every objection answered: what still stands is granted, each with a certificate; somebody with a veto meanwhile is withheld. Errors: those of publish_notice for running a cycle, publicity_not_over {until}, objections_open {left}, objections_upheld {left}.';

create function public.revoke_award(p_community_id uuid, p_id uuid, p_award_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'revoke_award', jsonb_build_object('award', p_award_id, 'reason', p_reason));
  a public.awards;
  v_reason text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into a from public.awards x where x.community_id = p_community_id and x.id = p_award_id for update;
  if not found or not private.runs_appraisal(p_community_id, v_ctx.person_id, a.kind) then perform private.fail(404, 'award_unknown'); end if;
  if a.person_id in (select private.close_persons(p_community_id, v_ctx.person_id)) then perform private.fail(403, 'own_award'); end if;
  if a.status <> 'granted' then perform private.fail(409, 'award_revoked_already'); end if;
  v_reason := private.clean_text(p_reason, 'reason', 300);
  update public.awards set status = 'revoked', revoked_at = private.now(), revoked_by = v_ctx.person_id, revoked_why = v_reason where community_id = p_community_id and id = p_award_id;
  update public.certificates set status = 'revoked', ended_at = private.now(), ended_why = 'award_revoked' where community_id = p_community_id and id = p_award_id and status = 'valid';
  perform private.notify(p_community_id, a.person_id, 'award_revoked', jsonb_build_object('award', a.kind, 'period', a.period, 'reason', v_reason), '/me/awards');
  return private.end_command(v_ctx, 'awards', p_award_id, jsonb_build_object('award_id', p_award_id, 'status', 'revoked'), '{}', a.person_id);
end $$;
comment on function public.revoke_award(uuid, uuid, uuid, text) is
  'Takes a granted award back with a reason the holder reads, also after the cycle was sealed; its certificate ends with it. Who runs the kind, never one''s own or of somebody close. Errors: award_unknown, own_award, award_revoked_already, field_required, field_too_long.';

-- ---------------------------------------------------------------- the seal

create function private.cycle_parts(p_community_id uuid, p_cycle_id uuid)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'cycle', (select private.part_hash((to_jsonb(c) - array['status', 'archived_at', 'seal'])::text) from public.appraisal_cycles c where c.community_id = p_community_id and c.id = p_cycle_id),
    'formula', (select private.part_hash((to_jsonb(f))::text) from public.appraisal_formulas f join public.appraisal_cycles c on c.community_id = f.community_id and c.formula_id = f.id
      where c.community_id = p_community_id and c.id = p_cycle_id),
    'indicators', (select private.part_hash(string_agg(to_jsonb(i)::text, E'\n' order by i.id)) from public.indicators i join public.appraisal_cycles c on c.community_id = i.community_id and c.formula_id = i.formula_id
      where c.community_id = p_community_id and c.id = p_cycle_id),
    'panel', (select private.part_hash(string_agg(to_jsonb(m)::text, E'\n' order by m.id)) from private.panel_members m where m.community_id = p_community_id and m.cycle_id = p_cycle_id),
    'nominations', (select private.part_hash(string_agg((to_jsonb(n) - array['title', 'reason', 'ended_why'])::text, E'\n' order by n.id)) from private.nominations n where n.community_id = p_community_id and n.cycle_id = p_cycle_id),
    'statements', (select private.part_hash(string_agg((to_jsonb(s) - 'body')::text, E'\n' order by s.id)) from public.nomination_statements s where s.community_id = p_community_id and s.cycle_id = p_cycle_id),
    'opinions', (select private.part_hash(string_agg((to_jsonb(o) - 'words')::text, E'\n' order by o.id)) from private.nomination_opinions o where o.community_id = p_community_id and o.cycle_id = p_cycle_id),
    'sample', (select private.part_hash(string_agg((to_jsonb(r) - 'words')::text, E'\n' order by r.id)) from private.sample_ratings r where r.community_id = p_community_id and r.cycle_id = p_cycle_id),
    'snapshots', (select private.part_hash(string_agg(to_jsonb(s)::text, E'\n' order by s.id)) from private.score_snapshots s where s.community_id = p_community_id and s.cycle_id = p_cycle_id),
    'decisions', (select private.part_hash(string_agg((to_jsonb(d) - 'reason')::text, E'\n' order by d.id)) from private.panel_decisions d where d.community_id = p_community_id and d.cycle_id = p_cycle_id),
    'notice', (select private.part_hash(string_agg(to_jsonb(n)::text, E'\n' order by n.id)) from public.publicity_notices n where n.community_id = p_community_id and n.cycle_id = p_cycle_id),
    'objections', (select private.part_hash(string_agg((to_jsonb(o) - array['body', 'answer', 'set_aside_why', 'contact_phone'])::text, E'\n' order by o.id)) from private.objections o where o.community_id = p_community_id and o.cycle_id = p_cycle_id),
    -- That somebody agreed, to what and how; whether they still do is theirs at any time.
    'consents', (select private.part_hash(string_agg((to_jsonb(k) - array['shows_full_name', 'withdrawn_at'])::text, E'\n' order by k.id)) from public.nomination_consents k
      join private.nominations n on n.community_id = k.community_id and n.id = k.id where n.community_id = p_community_id and n.cycle_id = p_cycle_id),
    'codes', (select private.part_hash(string_agg(to_jsonb(s)::text, E'\n' order by s.id)) from private.sample_codes s where s.community_id = p_community_id and s.cycle_id = p_cycle_id),
    'awards', (select private.part_hash(string_agg(jsonb_build_array(a.id, a.person_id, a.kind, a.period, a.granted_at, a.granted_by, c.number)::text, E'\n' order by a.id)) from public.awards a
      left join public.certificates c on c.community_id = a.community_id and c.id = a.id where a.community_id = p_community_id and a.cycle_id = p_cycle_id))
$$;
comment on function private.cycle_parts(uuid, uuid) is 'A hash over the rows of each part of a cycle, without the texts, which are hashed one by one (cycle_texts).';

create function private.cycle_texts(p_community_id uuid, p_cycle_id uuid)
returns table (key text, body text, may_be_erased boolean) language sql stable security definer rows 100 set search_path = '' as $$
  with cand as materialized (
    select n.*, p.status = 'erased' as is_erased from private.nominations n join public.persons p on p.community_id = n.community_id and p.id = n.person_id
    where n.community_id = p_community_id and n.cycle_id = p_cycle_id)
  select n.id || '/' || t.field, t.body, n.is_erased from cand n cross join lateral (values ('title', n.title), ('reason', n.reason), ('ended_why', n.ended_why)) t (field, body) where t.body is not null
  union all select s.id || '/statement', s.body, n.is_erased from public.nomination_statements s join cand n on n.id = s.id where s.community_id = p_community_id and s.cycle_id = p_cycle_id
  union all select o.id || '/words', o.words, n.is_erased or p.status = 'erased' from private.nomination_opinions o join cand n on n.id = o.nomination_id
    join public.persons p on p.community_id = o.community_id and p.id = o.given_by where o.community_id = p_community_id and o.cycle_id = p_cycle_id and o.words is not null
  union all select r.id || '/sample', r.words, n.is_erased from private.sample_ratings r join cand n on n.id = r.nomination_id where r.community_id = p_community_id and r.cycle_id = p_cycle_id and r.words is not null
  union all select d.id || '/decision', d.reason, n.is_erased from private.panel_decisions d join cand n on n.id = d.nomination_id where d.community_id = p_community_id and d.cycle_id = p_cycle_id and d.reason is not null
  union all select o.id || '/' || t.field, t.body, coalesce(n.is_erased, false) or coalesce(p.status = 'erased', false) from private.objections o
    left join cand n on n.id = o.nomination_id left join public.persons p on p.community_id = o.community_id and p.id = o.filed_by
    cross join lateral (values ('objection', o.body), ('answer', o.answer), ('set_aside', o.set_aside_why)) t (field, body)
    where o.community_id = p_community_id and o.cycle_id = p_cycle_id and t.body is not null
  union all select a.id || '/award', a.title, n.is_erased from public.awards a join cand n on n.id = a.id where a.community_id = p_community_id and a.title is not null
$$;
comment on function private.cycle_texts(uuid, uuid) is 'Each text of a cycle, and whether somebody behind it was erased: only then may it be *.';

create function public.archive_cycle(p_community_id uuid, p_id uuid, p_cycle_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'archive_cycle', jsonb_build_object('cycle', p_cycle_id));
  v_parts jsonb;
  v_texts jsonb;
  v_seal text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.cycle_to_run(v_ctx, p_cycle_id, array['confirmed']);
  update private.objections set contact_phone = null, payload_hash = '' where community_id = p_community_id and cycle_id = p_cycle_id;
  v_parts := private.cycle_parts(p_community_id, p_cycle_id);
  select coalesce(jsonb_object_agg(t.key, private.part_hash(t.body)), '{}') into v_texts from private.cycle_texts(p_community_id, p_cycle_id) t;
  v_seal := private.part_hash(v_parts::text || v_texts::text);
  insert into private.appraisal_seals (community_id, id, parts, texts, sealed_at, sealed_by) values (p_community_id, p_cycle_id, v_parts, v_texts, private.now(), v_ctx.person_id);
  update public.appraisal_cycles set status = 'archived', archived_at = private.now(), seal = v_seal where community_id = p_community_id and id = p_cycle_id;
  return private.end_command(v_ctx, 'appraisal_cycles', p_cycle_id, jsonb_build_object('cycle_id', p_cycle_id, 'status', 'archived', 'seal', v_seal));
end $$;
comment on function public.archive_cycle(uuid, uuid, uuid) is
  'confirmed → archived: phones of authors go, a seal is made over everything (rows, and a hash of each text), and nothing of the cycle changes any more. The seal is in the trail, too. Errors: those of publish_notice for running a cycle.';

create function public.verify_seal(p_community_id uuid, p_cycle_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_cycle public.appraisal_cycles;
  s private.appraisal_seals;
  v_now jsonb;
  v_broken jsonb;
begin
  select * into v_cycle from public.appraisal_cycles c where c.community_id = p_community_id and c.id = p_cycle_id;
  if not found or not (private.serves_appraisal(p_community_id, v_me, v_cycle.kind) or private.on_panel(p_community_id, v_me, p_cycle_id)) then perform private.fail(404, 'cycle_unknown'); end if;
  if v_cycle.status <> 'archived' then perform private.fail(409, 'cycle_step_wrong', jsonb_build_object('status', v_cycle.status)); end if;
  select * into s from private.appraisal_seals x where x.community_id = p_community_id and x.id = p_cycle_id;
  v_now := private.cycle_parts(p_community_id, p_cycle_id);
  select coalesce(jsonb_agg(x.part order by x.part), '[]') into v_broken from (
    select e.key as part from jsonb_each(s.parts) e where v_now -> e.key is distinct from e.value
    union select 'texts' where exists (select 1 from private.cycle_texts(p_community_id, p_cycle_id) t where not (t.body = '*' and t.may_be_erased) and s.texts ->> t.key is distinct from private.part_hash(t.body))
      or exists (select 1 from jsonb_object_keys(s.texts) k where not exists (select 1 from private.cycle_texts(p_community_id, p_cycle_id) t where t.key = k))
    union select 'seal' where v_cycle.seal is distinct from private.part_hash(s.parts::text || s.texts::text)
    -- The chained trail wrote the seal down, too.
    union select 'trail' where not exists (select 1 from public.audit_logs l where l.community_id = p_community_id and l.subject_id = p_cycle_id and l.command = 'archive_cycle' and l.result ->> 'seal' = v_cycle.seal)) x;
  return jsonb_build_object('seal', v_cycle.seal, 'is_whole', v_broken = '[]', 'broken', v_broken, 'sealed_at', s.sealed_at,
    'erased_texts', (select count(*) from private.cycle_texts(p_community_id, p_cycle_id) t where t.body = '*' and t.may_be_erased));
end $$;
comment on function public.verify_seal(uuid, uuid) is
  'Computes everything of an archived cycle anew and compares, also with the chained trail: {seal, is_whole, broken: [parts], erased_texts}. Who collects for the kind, the panel. Errors: not_signed_in, not_a_member, cycle_unknown, cycle_step_wrong {status}.';

-- ---------------------------------------------------------------- what the board needs of it

create function private.notice_facts(p_community_id uuid, p_cycle_id uuid)
returns table (id uuid, first_day date, last_day date, published_at timestamptz, is_open boolean, open_objections int, objections int)
language plpgsql stable security definer rows 1 set search_path = '' as $$
begin
  return query select n.id, n.first_day, n.last_day, n.published_at, private.today() <= n.last_day,
      (select count(*)::int from private.objections o where o.community_id = n.community_id and o.notice_id = n.id and o.status = 'open'),
      (select count(*)::int from private.objections o where o.community_id = n.community_id and o.notice_id = n.id)
    from public.publicity_notices n where n.community_id = p_community_id and n.cycle_id = p_cycle_id;
end $$;

create function private.objections_of(p_community_id uuid, p_cycle_id uuid, p_me uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_cycle public.appraisal_cycles;
  v_may boolean;
  v_runs boolean;
begin
  if private.has_stake(p_community_id, p_me, p_cycle_id) then return '[]'; end if;
  select * into v_cycle from public.appraisal_cycles c where c.community_id = p_community_id and c.id = p_cycle_id;
  v_may := private.may_answer_objections(p_community_id, p_me, v_cycle);
  v_runs := private.runs_appraisal(p_community_id, p_me, v_cycle.kind);
  return coalesce((select jsonb_agg(jsonb_build_object('id', case when v_may then o.id else left(private.payload_hash('objection', to_jsonb(o.id)), 32)::uuid end, 'nomination_id', o.nomination_id,
      'about', (select coalesce(n.title, private.name_of(p_community_id, n.person_id)) from private.nominations n where n.community_id = p_community_id and n.id = o.nomination_id),
      'text', o.body, 'filed_at', o.filed_at, 'due_on', o.due_on, 'is_overdue', o.status = 'open' and o.due_on < private.today(), 'status', o.status, 'answer', o.answer, 'answered_at', o.answered_at,
      'answered_by', private.name_of(p_community_id, o.answered_by), 'has_contact', o.contact_phone is not null,
      'may_answer', v_may and o.status = 'open' and o.filed_by is distinct from p_me and not private.nominated_it(o, p_me),
      'holds', private.objection_holds(o), 'set_aside_at', o.set_aside_at, 'set_aside_why', o.set_aside_why, 'may_set_aside', v_may and v_runs and o.filed_by is distinct from p_me and not private.nominated_it(o, p_me) and private.objection_holds(o)) order by o.status <> 'open', o.due_on, o.id)
    from private.objections o where o.community_id = p_community_id and o.cycle_id = p_cycle_id), '[]');
end $$;
comment on function private.objections_of(uuid, uuid, uuid) is 'The objections of a cycle, never with their authors; whoever may not answer gets an id that opens nothing.';

-- ---------------------------------------------------------------- for everybody

create function private.award_label(p_nomination private.nominations)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('is_full_name', x.full_name,
    'label', case when not x.agrees then null when k.subject = 'unit' then p_nomination.title when x.full_name then x.real_name else private.mask_name(x.real_name) end,
    -- A family''s name is a name, too.
    'title', case when x.agrees and (k.subject = 'unit' or x.full_name) then p_nomination.title end,
    -- What was written about the nominee names nobody who did not agree to be named.
    'reason', case when not x.agrees then null when x.full_name then p_nomination.reason else replace(p_nomination.reason, x.real_name, private.mask_name(x.real_name)) end)
  from private.appraisal_kinds k
  join public.appraisal_cycles c on c.kind = k.kind and c.community_id = p_nomination.community_id and c.id = p_nomination.cycle_id
  left join public.nomination_consents g on g.community_id = p_nomination.community_id and g.id = p_nomination.id and g.withdrawn_at is null
  cross join lateral (select private.name_of(p_nomination.community_id, p_nomination.person_id) as real_name, g.id is not null as agrees, coalesce(g.shows_full_name, false) as full_name) x
$$;
comment on function private.award_label(private.nominations) is 'How a nominee is shown in public: masked, or with the full name while the nominee agrees; a unit by its name; not at all for whoever took the agreement back.';

create function public.public_notices(p_community_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_community public.communities;
begin
  select c.* into v_community from public.communities c where p_community_id is null or c.id = p_community_id order by c.created_at, c.name limit 1;
  return jsonb_build_object('server_time', private.now(), 'today', private.today(),
    'community', case when v_community.id is not null then jsonb_build_object('id', v_community.id, 'name', v_community.name, 'is_demo', v_community.is_demo, 'relay_phone', v_community.relay_phone) end,
    'notices', case when v_community.id is null or not private.module_is_on(v_community.id, 'appraisal') then '[]' else coalesce((select jsonb_agg(to_jsonb(x) order by x.first_day desc, x.id) from (
      select n.id, c.kind, c.period, n.first_day, n.last_day, c.status in ('publicity', 'objections') and private.today() <= n.last_day as is_open, c.status,
        (select count(*) from private.nominations m where m.community_id = c.community_id and m.cycle_id = c.id and m.status in ('publicity', 'granted')) as people
      from public.publicity_notices n join public.appraisal_cycles c on c.community_id = n.community_id and c.id = n.cycle_id
      where n.community_id = v_community.id order by n.first_day desc limit 60) x), '[]') end);
end $$;
comment on function public.public_notices(uuid) is
  'The public notices of a community (of the first one without an argument), newest first, for everybody: {community, notices: [{id, kind, period, first_day, last_day, is_open, status publicity|objections|confirmed|archived, people}], today}. No names.';

create function public.public_notice(p_notice_id uuid, p_community_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_notice public.publicity_notices;
  v_cycle public.appraisal_cycles;
begin
  select n.* into v_notice from public.publicity_notices n where n.id = p_notice_id and (p_community_id is null or n.community_id = p_community_id) order by n.published_at limit 1;
  if not found or not private.module_is_on(v_notice.community_id, 'appraisal') then perform private.fail(404, 'notice_unknown'); end if;
  select * into v_cycle from public.appraisal_cycles c where c.community_id = v_notice.community_id and c.id = v_notice.cycle_id;
  return jsonb_build_object('server_time', private.now(), 'today', private.today(),
    'community', (select jsonb_build_object('id', c.id, 'name', c.name, 'is_demo', c.is_demo, 'relay_phone', c.relay_phone) from public.communities c where c.id = v_notice.community_id),
    'id', v_notice.id, 'kind', v_cycle.kind, 'period', v_cycle.period, 'first_day', v_notice.first_day, 'last_day', v_notice.last_day, 'status', v_cycle.status,
    'is_open', v_cycle.status in ('publicity', 'objections') and private.today() <= v_notice.last_day, 'confirmed_on', private.day_of(v_cycle.confirmed_at), 'seal', v_cycle.seal,
    'rules', (select jsonb_build_object('code', f.code, 'gates', f.gates || '{"no_veto": true}', 'quota', v_cycle.quota, 'active', v_cycle.active, 'indicators', (select jsonb_agg(jsonb_build_object('method', i.method, 'weight', i.weight) order by i.sort)
        from public.indicators i where i.community_id = f.community_id and i.formula_id = f.id)) from public.appraisal_formulas f where f.community_id = v_cycle.community_id and f.id = v_cycle.formula_id),
    'people', coalesce((select jsonb_agg(private.award_label(n) || jsonb_build_object('nomination_id', n.id, 'status', n.status, 'grid_name', g.name, 'corps_name', k.name, 'corps_color', k.color)
        order by g.name nulls last, md5(n.id::text)) from private.nominations n
      left join public.grids g on g.community_id = n.community_id and g.id = n.grid_id and private.has_accepted(n.community_id, n.id)
      left join public.corps k on k.community_id = n.community_id and k.id = n.corps_id and private.has_accepted(n.community_id, n.id) and v_cycle.kind in ('volunteer_pioneer', 'area_star', 'courtyard_star')
      where n.community_id = v_notice.community_id and n.cycle_id = v_cycle.id and n.status in ('publicity', 'granted')
        and not exists (select 1 from public.awards a where a.community_id = n.community_id and a.id = n.id and a.status = 'revoked')), '[]'),
    'withheld', (select count(*) from private.nominations n where n.community_id = v_notice.community_id and n.cycle_id = v_cycle.id and n.status = 'withheld'),
    'revoked', (select count(*) from public.awards a where a.community_id = v_notice.community_id and a.cycle_id = v_cycle.id and a.status = 'revoked'));
end $$;
comment on function public.public_notice(uuid, uuid) is
  'One public notice by its link, for everybody: {community, id, kind, period, first_day, last_day, is_open (objections are taken), status, confirmed_on, seal, rules {code, gates, quota, active, indicators}, people: [{nomination_id, label (masked, or the full name as agreed; null, and with it reason and place, where the agreement was taken back), is_full_name, reason, status publicity|granted, grid_name, corps_name, corps_color}], withheld, revoked (numbers)}. In no order of merit. Error: notice_unknown.';

create function public.my_nominations(p_community_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_person uuid := coalesce(p_for_person_id, v_me);
  v_minor boolean;
begin
  if not private.is_party_to(p_community_id, v_me, v_person) then perform private.fail(403, 'not_allowed'); end if;
  v_minor := private.is_minor(p_community_id, v_person);
  return jsonb_build_object('server_time', private.now(), 'today', private.today(), 'person_id', v_person, 'is_own', v_person = v_me, 'is_minor', v_minor,
    'name', private.name_of(p_community_id, v_person), 'is_on', private.module_is_on(p_community_id, 'appraisal'),
    'nominations', coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'kind', c.kind, 'period', c.period, 'cycle_status', c.status, 'status', private.shown_status(n, c.status), 'title', n.title, 'reason', n.reason,
        'nominated_at', n.nominated_at, 'nominated_by_me', n.nominated_by = v_person, 'collect_until', c.collect_until,
        'may_edit', c.status = 'collecting' and private.today() <= c.collect_until and n.status = 'nominated',
        'may_withdraw_publicity', c.status in ('confirmed', 'archived') and n.status = 'granted' and k.id is not null and k.withdrawn_at is null,
        'may_decline', c.status not in ('confirmed', 'archived') and n.status not in ('declined', 'withheld'),
        'accepted', k.id is not null and k.withdrawn_at is null, 'shows_full_name', coalesce(k.shows_full_name, false), 'statement', s.body,
        'dimensions', f.dimensions, 'indicators', (select jsonb_agg(jsonb_build_object('method', i.method, 'weight', i.weight) order by i.sort) from public.indicators i where i.community_id = f.community_id and i.formula_id = f.id),
        'score', case when private.tells_scores(c.status) and not exists (select 1 from private.score_snapshots z where z.community_id = n.community_id and z.nomination_id = n.id
          and z.indicator in ('sample', 'peers', 'committee', 'rating') and (z.inputs ->> 'n')::int between 1 and 2) then n.score end,
        'lines', case when n.score is not null and private.tells_scores(c.status) then private.score_lines(n.community_id, n.id, true) else '[]' end,
        'gates', case when n.score is not null then private.gate_lines(n.community_id, n.id) else '[]' end,
        'notice_id', p.id, 'notice_until', p.last_day, 'ended_why', n.ended_why,
        'award', (select jsonb_build_object('id', a.id, 'status', a.status, 'granted_at', a.granted_at, 'revoked_why', a.revoked_why, 'certificate_id', a.id) from public.awards a
          where a.community_id = n.community_id and a.id = n.id)) order by n.nominated_at desc, n.id)
      from private.nominations n join public.appraisal_cycles c on c.community_id = n.community_id and c.id = n.cycle_id
      join public.appraisal_formulas f on f.community_id = c.community_id and f.id = c.formula_id
      left join public.nomination_consents k on k.community_id = n.community_id and k.id = n.id
      left join public.nomination_statements s on s.community_id = n.community_id and s.id = n.id
      left join public.publicity_notices p on p.community_id = c.community_id and p.cycle_id = c.id
      -- That one is a party member, and how it is appraised, a helper is not told.
      where n.community_id = p_community_id and n.person_id = v_person and (c.kind <> 'excellent_member' or v_person = v_me)), '[]'),
    -- Where one may put oneself forward now (自荐).
    'open_cycles', coalesce((select jsonb_agg(jsonb_build_object('cycle_id', c.id, 'kind', c.kind, 'period', c.period, 'collect_until', c.collect_until) order by c.collect_until, c.id)
      from public.appraisal_cycles c join private.appraisal_kinds k on k.kind = c.kind
      where c.community_id = p_community_id and c.status = 'collecting' and c.collect_until >= private.today() and private.module_is_on(p_community_id, 'appraisal')
        and case k.subject when 'volunteer' then exists (select 1 from public.volunteers v where v.community_id = p_community_id and v.id = v_person and v.status <> 'left')
          when 'member' then v_person = v_me and private.is_party_member(p_community_id, v_person, private.today())
          when 'worker' then exists (select 1 from public.staff_posts s where s.community_id = p_community_id and s.person_id = v_person and s.valid_to is null)
          when 'unit' then exists (select 1 from public.role_grants g where g.community_id = p_community_id and g.person_id = v_person and g.role = 'partner_contact') else true end
        and not exists (select 1 from private.nominations n where n.community_id = c.community_id and n.cycle_id = c.id and n.person_id = v_person)), '[]'));
end $$;
comment on function public.my_nominations(uuid, uuid) is
  'What a nominee (or a helper, with p_for_person_id) needs for /me/awards: nominations: [{id, kind, period, status (award), cycle_status, title, reason, collect_until, may_edit (accept_nomination, save_statement), may_decline (decline_nomination), may_withdraw_publicity (withdraw_award_publicity), accepted, shows_full_name (set_award_name), statement, score, lines [{indicator, weight, params, inputs, value}], gates [{gate, needed, found, ok}], notice_id, notice_until, ended_why, award {id, status, granted_at, revoked_why, certificate_id}}], open_cycles: [{cycle_id, kind, period, collect_until}] for 自荐 (nominate with the own person_id), is_minor (a guardian accepts). Score and lines from the notice on, before that the gates alone. A line with one or two opinions is closed, and then the score, too. Errors: not_signed_in, not_a_member, not_allowed.';

create function private.awards_of(p_community_id uuid, p_person_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.me(p_community_id);
  -- That somebody is a party member is not told to a helper.
  v_with_party boolean := v_me is not distinct from p_person_id or private.is_office(p_community_id, v_me);
begin
  return coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'period', a.period, 'title', a.title, 'granted_on', private.day_of(a.granted_at), 'status', a.status, 'revoked_why', a.revoked_why)
    order by a.granted_at desc, a.id) from public.awards a where a.community_id = p_community_id and a.person_id = p_person_id
      and (v_with_party or a.kind <> 'excellent_member')), '[]');
end $$;
comment on function private.awards_of(uuid, uuid) is 'Awards for the dossier of a person; not plain SQL, since the dossier comes in an earlier migration.';

-- ---------------------------------------------------------------- the files: once instead of twice

create function public.export_cycle(p_community_id uuid, p_id uuid, p_cycle_id uuid, p_reason text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'export_cycle', jsonb_build_object('cycle', p_cycle_id, 'reason', p_reason));
  v_cycle public.appraisal_cycles;
  v_reason text;
  v_ranked boolean;
  v_rows jsonb;
begin
  perform private.require_module(p_community_id, 'appraisal');
  select * into v_cycle from public.appraisal_cycles c where c.community_id = p_community_id and c.id = p_cycle_id;
  if not found or not private.runs_appraisal(p_community_id, v_ctx.person_id, v_cycle.kind) then perform private.fail(404, 'cycle_unknown'); end if;
  if private.has_stake(p_community_id, v_ctx.person_id, p_cycle_id) then perform private.fail(403, 'own_award'); end if;
  v_reason := private.clean_text(p_reason, 'reason', 200);
  v_ranked := (select k.is_ranked from private.appraisal_kinds k where k.kind = v_cycle.kind);
  select coalesce(jsonb_agg(to_jsonb(x) - 'sort' order by x.sort desc nulls last, x.name, x.id), '[]') into v_rows from (
    select n.id, n.person_id, case when v_ranked and s.sums then n.score end as sort, private.name_of(p_community_id, n.person_id) as name, n.title, g.name as grid_name, k.name as corps_name, n.status, n.reason,
      (select v.volunteer_no from public.volunteers v where v.community_id = n.community_id and v.id = n.person_id) as volunteer_no,
      exists (select 1 from public.nomination_consents c where c.community_id = n.community_id and c.id = n.id and c.withdrawn_at is null) as accepted,
      (select s.body from public.nomination_statements s where s.community_id = n.community_id and s.id = n.id) as statement,
      case when s.sums then n.score end as score, case when s.sums then private.score_lines(n.community_id, n.id, false) else private.without_party_score(private.score_lines(n.community_id, n.id, false)) end as lines, coalesce(private.gate_lines(n.community_id, n.id), '[]') as gates, n.is_proposed,
      (select jsonb_build_object('decision', d.decision, 'differs', d.differs, 'reason', d.reason, 'decided_at', d.decided_at) from private.panel_decisions d
        where d.community_id = n.community_id and d.nomination_id = n.id order by d.revision desc limit 1) as decision,
      (select jsonb_build_object('status', a.status, 'granted_on', private.day_of(a.granted_at)) from public.awards a where a.community_id = n.community_id and a.id = n.id) as award
    from private.nominations n cross join lateral (select private.sees_party_score(v_cycle, v_ctx.person_id, n.person_id) as sums) s
    left join public.grids g on g.community_id = n.community_id and g.id = n.grid_id left join public.corps k on k.community_id = n.community_id and k.id = n.corps_id
    where n.community_id = p_community_id and n.cycle_id = p_cycle_id limit 10000) x;
  -- Also with an id used before: the file is made afresh, so everybody in it is told again.
  insert into public.access_logs (community_id, id, at, viewer_person_id, person_id, what, reason)
    select p_community_id, private.new_id(), private.now(), v_ctx.person_id, (e ->> 'person_id')::uuid, 'appraisal_export', v_reason from jsonb_array_elements(v_rows) e;
  if v_ctx.replayed is null then perform private.end_command(v_ctx, 'appraisal_cycles', p_cycle_id, jsonb_build_object('rows', jsonb_array_length(v_rows))); end if;
  return jsonb_build_object('cycle', private.cycle_summary(v_cycle, v_ctx.person_id), 'formula', (select private.formula_json(f) from public.appraisal_formulas f where f.community_id = p_community_id and f.id = v_cycle.formula_id),
    'rows', (select coalesce(jsonb_agg(e.t - array['person_id', 'id'] order by e.n), '[]') from jsonb_array_elements(v_rows) with ordinality as e (t, n)));
end $$;
comment on function public.export_cycle(uuid, uuid, uuid, text) is
  'Everything of a cycle for one Excel file: who runs it, with a reason; everybody in it can see that it was made. Staff by name, never by score. Errors: module_off, cycle_unknown, own_award, field_required, field_too_long.';

create function private.tg_persons__erase_objections()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update private.objections o set body = '*', answer = case when o.answer is not null then '*' end, set_aside_why = case when o.set_aside_why is not null then '*' end, contact_phone = null where o.community_id = new.community_id and (o.filed_by = new.id
    or o.nomination_id in (select n.id from private.nominations n where n.community_id = new.community_id and n.person_id = new.id));
  update public.awards set title = case when title is not null then '*' end, revoked_why = case when revoked_why is not null then '*' end where community_id = new.community_id and person_id = new.id;
  return null;
end $$;
comment on function private.tg_persons__erase_objections() is 'Objections by and about an erased person lose their words, awards the names in them.';
create trigger tg_persons__erase_objections after update of status on public.persons
  for each row when (new.status = 'erased' and old.status <> 'erased') execute function private.tg_persons__erase_objections();

-- ---------------------------------------------------------------- who sees what

alter table public.publicity_notices enable row level security;
alter table public.awards enable row level security;
grant select on public.publicity_notices, public.awards to authenticated;
create policy select_as_member on public.publicity_notices for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_own on public.awards for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k)) or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k)
    and kind <> 'excellent_member'));

do $grants$
declare
  f record;
begin
  for f in select p.oid::regprocedure as signature from pg_proc p where p.pronamespace = 'private'::regnamespace and p.proname = any(array['may_answer_objections', 'objection_to_answer', 'nominated_it', 'objection_holds', 'withhold',
      'grant_award', 'part_hash', 'cycle_parts', 'cycle_texts', 'notice_facts', 'objections_of', 'award_label', 'awards_of', 'tg_persons__erase_objections']) loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
  end loop;
  for f in select p.oid::regprocedure as signature, p.proname as name from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname = any(array['publish_notice', 'file_objection', 'objection_answer',
      'answer_objection', 'set_aside_objection', 'reveal_objection_contact', 'withhold_award', 'confirm_cycle', 'revoke_award', 'archive_cycle', 'verify_seal', 'public_notices', 'public_notice', 'my_nominations', 'export_cycle']) loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
    execute format('grant execute on function %s to authenticated', f.signature);
    if f.name in ('file_objection', 'objection_answer', 'public_notices', 'public_notice') then execute format('grant execute on function %s to anon', f.signature); end if;
  end loop;
end $grants$;

-- ---------------------------------------------------------------- nothing to be learnt from estimates

do $$
declare
  c record;
begin
  -- An estimated count (Prefer: count=planned) is the planner's guess from its statistics, which know no policy: kept of a column, the guess
  -- tells apart what the rows hold that the asker may not read. Nothing here is looked for by them without a key.
  for c in select t.relname, a.attname from pg_class t
      join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
      left join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = t.oid and d.objsubid = a.attnum
    where t.relnamespace = 'public'::regnamespace and t.relkind = 'r'
      and (d.description like 'personal data%' or a.attname = 'person_id' and t.relname in ('care_tags', 'guardian_links', 'exemptions', 'strikes', 'penalties'))
  loop
    execute format('alter table public.%I alter column %I set statistics 0', c.relname, c.attname);
  end loop;
end $$;
