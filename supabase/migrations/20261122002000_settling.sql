-- After an activity: rating by the served without a name, the summary, and the ten-workday clock until it is settled.

insert into private.setting_keys (key, kind, area, sort, unit, min_value, max_value, default_value) values
  ('feedback_days', 'number', 'volunteers', 50, 'days', 1, 30, 7);

-- ---------------------------------------------------------------- rating by the served

create table private.feedback_codes (
  community_id uuid not null,
  id uuid not null,
  code text not null,
  shift_id uuid not null,
  person_id uuid,
  kind text not null check (kind in ('served', 'contact')),
  created_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_with uuid,
  primary key (community_id, id),
  foreign key (community_id, shift_id) references public.shifts (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, created_by) references public.persons (community_id, id),
  constraint feedback_code_is_unique unique (code)
);
create index feedback_codes_by_shift on private.feedback_codes (community_id, shift_id);
create index feedback_codes_by_person on private.feedback_codes (community_id, person_id);
create index feedback_codes_by_creator on private.feedback_codes (community_id, created_by);
alter table private.feedback_codes enable row level security;
comment on table private.feedback_codes is
  'Short-lived codes for a rating without an account: one rating a code. Of the whole team, or of one volunteer. Twenty letters and digits cannot be guessed.';

create table private.service_feedbacks (
  community_id uuid not null,
  id uuid not null,
  shift_id uuid not null,
  activity_id uuid not null,
  person_id uuid,
  kind text not null check (kind in ('served', 'contact')),
  stars int not null check (stars between 1 and 5),
  words text,
  at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, shift_id) references public.shifts (community_id, id),
  foreign key (community_id, activity_id) references public.activities (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id)
);
create index service_feedbacks_by_shift on private.service_feedbacks (community_id, shift_id);
create index service_feedbacks_by_activity on private.service_feedbacks (community_id, activity_id);
create index service_feedbacks_by_person on private.service_feedbacks (community_id, person_id);
alter table private.service_feedbacks enable row level security;
create trigger tg_service_feedbacks__append_only before delete or update of community_id, id, shift_id, activity_id, person_id, kind, stars, at on private.service_feedbacks
  for each row execute function private.tg_append_only();
comment on table private.service_feedbacks is 'Ratings by the served (1–5 stars, optional words), without any trace of who gave them; shown as sums, and from three on.';
comment on column private.service_feedbacks.words is 'personal data: free text';

create function public.open_feedback(p_community_id uuid, p_id uuid, p_shift_id uuid, p_kind text default 'served', p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'open_feedback',
    jsonb_build_object('shift', p_shift_id, 'kind', p_kind, 'for', p_for_person_id));
  v_shift public.shifts;
  v_code text;
  v_days int := private.setting_int(p_community_id, 'feedback_days');
begin
  if v_ctx.replayed is not null then return private.with_feedback_code(p_community_id, v_ctx.replayed); end if;
  select * into v_shift from public.shifts s where s.community_id = p_community_id and s.id = p_shift_id and s.status = 'open';
  if not found then perform private.fail(404, 'shift_unknown'); end if;
  if not private.leads_shift(p_community_id, v_ctx.person_id, p_shift_id) then perform private.fail(403, 'not_allowed'); end if;
  if p_kind is null or p_kind not in ('served', 'contact') then perform private.fail(400, 'field_invalid', '{"field":"kind"}'); end if;
  if private.now() < v_shift.starts_at then perform private.fail(422, 'shift_not_started'); end if;
  if private.now() > v_shift.ends_at + make_interval(days => v_days) then perform private.fail(422, 'feedback_too_late', jsonb_build_object('days', v_days)); end if;
  if p_for_person_id = v_ctx.person_id then perform private.fail(403, 'own_feedback'); end if;
  if p_for_person_id is not null and not exists (select 1 from public.attendances t where t.community_id = p_community_id and t.shift_id = p_shift_id and t.person_id = p_for_person_id) then
    perform private.fail(404, 'signup_unknown');
  end if;
  if (select count(*) from private.feedback_codes c where c.community_id = p_community_id and c.shift_id = p_shift_id) >= 500 then perform private.fail(422, 'too_many_codes'); end if;
  -- Out of a random id, so that the demo data make the same codes each time.
  select string_agg(substr('23456789ABCDEFGHJKMNPQRSTUVWXYZ', 1 + get_byte(r.b, n) % 31, 1), '' order by n) into v_code
    from (select sha256(uuid_send(private.new_id())) as b) r, generate_series(0, 19) n;
  if exists (select 1 from private.feedback_codes c where c.community_id = p_community_id and c.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into private.feedback_codes (community_id, id, code, shift_id, person_id, kind, created_by, created_at, expires_at)
    values (p_community_id, p_id, v_code, p_shift_id, p_for_person_id, p_kind, v_ctx.person_id, private.now(),
      private.now() + case p_kind when 'served' then interval '30 minutes' else interval '3 days' end);
  return private.with_feedback_code(p_community_id, private.end_command(v_ctx, 'shifts', p_shift_id, jsonb_build_object('feedback_id', p_id)));
end $$;
comment on function public.open_feedback(uuid, uuid, uuid, text, uuid) is
  'A leader (or the office) makes one code for one rating: shown as QR to a person served (30 minutes), or sent as a link to the contact (3 days); of the team, or of one volunteer who was there. {feedback_id, code, expires_at}. Errors: shift_unknown, not_allowed, shift_not_started, feedback_too_late {days}, own_feedback, signup_unknown, too_many_codes, field_invalid.';

create function private.with_feedback_code(p_community_id uuid, p_result jsonb)
returns jsonb language sql stable security definer set search_path = '' as $$
  select p_result || jsonb_build_object('code', c.code, 'expires_at', c.expires_at, 'used', c.used_at is not null)
  from private.feedback_codes c where c.community_id = p_community_id and c.id = (p_result ->> 'feedback_id')::uuid
$$;
comment on function private.with_feedback_code(uuid, jsonb) is 'An answer with the code, which the audit row must not keep: whoever reads the trail could rate with it.';

create function public.feedback_form(p_code text)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  c private.feedback_codes;
begin
  select * into c from private.feedback_codes x where x.code = upper(btrim(coalesce(p_code, '')));
  if not found then perform private.fail(404, 'feedback_unknown'); end if;
  if c.used_at is null and c.expires_at <= private.now() then perform private.fail(422, 'feedback_expired'); end if;
  return (select jsonb_build_object('community_name', m.name, 'is_demo', m.is_demo, 'title', a.title, 'corps_name', k.name, 'corps_color', k.color, 'place_name', pl.name,
      'starts_at', s.starts_at, 'of_one', c.person_id is not null, 'used', c.used_at is not null, 'server_time', private.now())
    from public.shifts s
    join public.activities a on a.community_id = s.community_id and a.id = s.activity_id
    join public.corps k on k.community_id = a.community_id and k.id = a.corps_id
    join public.communities m on m.id = s.community_id
    left join public.places pl on pl.community_id = a.community_id and pl.id = a.place_id
    where s.community_id = c.community_id and s.id = c.shift_id);
end $$;
comment on function public.feedback_form(text) is 'What a rating code is about, without any name; for everybody who holds it. Errors: feedback_unknown, feedback_expired.';

create function public.rate_service(p_id uuid, p_code text, p_stars int, p_words text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  c private.feedback_codes;
  v_me uuid;
begin
  select * into c from private.feedback_codes x where x.code = upper(btrim(coalesce(p_code, ''))) for update;
  if not found then perform private.fail(404, 'feedback_unknown'); end if;
  if p_id is null then perform private.fail(400, 'field_required', '{"field":"id"}'); end if;
  if c.used_with = p_id then return jsonb_build_object('status', 'thanked'); end if;
  if c.used_at is not null then perform private.fail(409, 'feedback_used'); end if;
  if c.expires_at <= private.now() then perform private.fail(422, 'feedback_expired'); end if;
  if p_stars is null or p_stars not between 1 and 5 then perform private.fail(400, 'field_invalid', '{"field":"stars"}'); end if;
  -- Nobody rates oneself: whoever made the code, serves on this shift or leads it does not answer it on the own phone.
  v_me := private.me(c.community_id);
  if v_me is not null and (v_me in (c.created_by, c.person_id) or private.leads_shift(c.community_id, v_me, c.shift_id)
      or exists (select 1 from public.attendances t where t.community_id = c.community_id and t.shift_id = c.shift_id and t.person_id = v_me)) then
    perform private.fail(403, 'own_feedback');
  end if;
  insert into private.service_feedbacks (community_id, id, shift_id, activity_id, person_id, kind, stars, words, at)
    select c.community_id, private.new_id(), c.shift_id, s.activity_id, c.person_id, c.kind, p_stars, private.clean_text(p_words, 'words', 300, false), private.now()
    from public.shifts s where s.community_id = c.community_id and s.id = c.shift_id;
  update private.feedback_codes set used_at = private.now(), used_with = p_id where community_id = c.community_id and id = c.id;
  perform private.award_ratings(c.community_id, c.shift_id, c.created_by);
  perform private.write_audit(c.community_id, p_id, null, null, null, 'rate_service', 'shifts', c.shift_id, '{}', 'anonymous', '{}');
  return jsonb_build_object('status', 'thanked');
end $$;
comment on function public.rate_service(uuid, text, int, text) is
  'A person served rates 1–5 with optional words; one rating a code, no account, no name, nothing that leads back. For everybody who holds a code. Errors: feedback_unknown, feedback_used, feedback_expired, own_feedback, field_invalid, field_too_long.';

create function private.award_ratings(p_community_id uuid, p_shift_id uuid, p_by uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  f record;
begin
  -- Accounts in the order of persons, as every command that touches several.
  for f in select r.id, t.person_id, s.starts_at
      from (select x.*, row_number() over (partition by x.kind order by x.at, x.id) as n from private.service_feedbacks x
        where x.community_id = p_community_id and x.shift_id = p_shift_id and x.stars = 5) r
      join public.shifts s on s.community_id = r.community_id and s.id = r.shift_id
      join public.attendances t on t.community_id = r.community_id and t.shift_id = r.shift_id and t.status = 'credited' and t.person_id = coalesce(r.person_id, t.person_id)
      -- On the spot at most one for each who served; and nothing for who leads or made the codes.
      where (r.kind <> 'served' or r.n <= (select count(*) from public.attendances a where a.community_id = p_community_id and a.shift_id = p_shift_id and a.status = 'credited'))
        and not private.leads_shift(p_community_id, t.person_id, p_shift_id)
        and not exists (select 1 from private.feedback_codes c where c.community_id = p_community_id and c.shift_id = p_shift_id and c.created_by = t.person_id)
        and not exists (select 1 from public.point_entries e where e.community_id = p_community_id and e.source_kind = 'feedback' and e.source_id = r.id
          and e.rule_code = 'V11' and e.person_id = t.person_id and e.reverses_id is null)
      order by t.person_id, r.at, r.id loop
    perform private.award_points(p_community_id, f.person_id, 'V11', 'feedback', f.id, private.day_of(f.starts_at), '{}', nullif(p_by, f.person_id));
  end loop;
end $$;
comment on function private.award_ratings(uuid, uuid, uuid) is
  'V11: each five-star rating of a shift brings the volunteer it is about (or everybody credited there, where it is about the team) its points once, when both the rating and the hours are there. Not whoever leads the shift or made a code for it; and of the ratings on the spot at most as many count as people served.';

create function private.rating_sum(p_community_id uuid, p_activity_id uuid)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('n', count(*), 'average', case when count(*) >= 3 then round(avg(f.stars), 1) end,
    'stars', case when count(*) >= 3 then jsonb_build_array(count(*) filter (where f.stars = 1), count(*) filter (where f.stars = 2), count(*) filter (where f.stars = 3),
      count(*) filter (where f.stars = 4), count(*) filter (where f.stars = 5)) end)
  from private.service_feedbacks f where f.community_id = p_community_id and f.activity_id = p_activity_id
$$;
comment on function private.rating_sum(uuid, uuid) is 'How an activity was rated: how many, and from three on the average and the stars; fewer would tell who said what.';

create function private.rating_of_person(p_community_id uuid, p_person_id uuid, p_from date, p_to date)
returns table (n int, total int) language sql stable security definer set search_path = '' as $$
  select count(*)::int, coalesce(sum(f.stars), 0)::int from private.service_feedbacks f
  where f.community_id = p_community_id and private.day_of(f.at) between p_from and p_to
    and (f.person_id = p_person_id or (f.person_id is null and exists (select 1 from public.attendances t
      where t.community_id = f.community_id and t.shift_id = f.shift_id and t.person_id = p_person_id and t.status = 'credited')))
$$;
comment on function private.rating_of_person(uuid, uuid, date, date) is
  'Ratings of a volunteer (the own ones and those of the teams served in): n and Σ, for the index (rules.md, Q). Whoever shows it hides it below three.';

-- ---------------------------------------------------------------- summary

create table public.activity_summaries (
  community_id uuid not null,
  id uuid not null,
  body text not null,
  people_served int,
  written_by uuid not null,
  written_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, id) references public.activities (community_id, id),
  foreign key (community_id, written_by) references public.persons (community_id, id),
  constraint people_served_is_plausible check (people_served between 0 and 100000)
);
create index activity_summaries_by_writer on public.activity_summaries (community_id, written_by);
comment on table public.activity_summaries is 'What an activity came to, in the leader''s words; id = the activity''s. The numbers beside it are counted, not typed.';
comment on column public.activity_summaries.body is 'public within the community: what was done';

alter table public.activity_summaries enable row level security;
grant select on public.activity_summaries to authenticated;
create policy select_as_member on public.activity_summaries for select to authenticated using (community_id = any(array(select private.my_communities())));

-- ---------------------------------------------------------------- the clock

alter table public.activities add column settled_at timestamptz, add column settled_by uuid;
alter table public.activities add constraint activities_settler_is_a_person foreign key (community_id, settled_by) references public.persons (community_id, id) not valid;
alter table public.activities validate constraint activities_settler_is_a_person;
create index activities_by_settler on public.activities (community_id, settled_by);

create function private.ended_at(p_community_id uuid, p_activity_id uuid)
returns timestamptz language sql stable security definer set search_path = '' as $$
  select max(s.ends_at) from public.shifts s where s.community_id = p_community_id and s.activity_id = p_activity_id and s.status = 'open'
$$;
comment on function private.ended_at(uuid, uuid) is 'When the last shift of an activity ends; from then on a published activity is finished, by time.';

create function private.workdays_left(p_day date, p_due date)
returns int language sql stable security definer set search_path = '' as $$
  select case when p_due >= p_day
    then (select count(*)::int from public.work_calendar w where w.is_workday and w.day > p_day and w.day <= p_due)
    else -(select count(*)::int from public.work_calendar w where w.is_workday and w.day > p_due and w.day <= p_day) end
$$;
comment on function private.workdays_left(date, date) is 'Workdays until a day that is due (0 = due today or no workday is left), negative when it is past.';

create function private.open_work(p_community_id uuid, p_activity_id uuid)
returns table (to_check_out int, to_confirm int, unmarked int, first_shift uuid) language sql stable security definer set search_path = '' as $$
  select count(*) filter (where t.status = 'checked_in')::int, count(*) filter (where t.status = 'checked_out')::int,
    count(*) filter (where t.id is null and g.status = 'confirmed')::int,
    (array_agg(s.id order by s.starts_at) filter (where t.status in ('checked_in', 'checked_out') or (t.id is null and g.status = 'confirmed')))[1]
  from public.shifts s
  join public.signups g on g.community_id = s.community_id and g.shift_id = s.id and g.status in ('confirmed', 'attended')
  left join public.attendances t on t.community_id = g.community_id and t.id = g.id
  where s.community_id = p_community_id and s.activity_id = p_activity_id and s.status = 'open'
$$;
comment on function private.open_work(uuid, uuid) is 'What keeps an activity from being settled: who is still checked in, who is not confirmed, who is neither here nor missing, and the first shift of those.';

create function private.can_see_summary(p_community_id uuid, p_me uuid, p_activity_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.activities a where a.community_id = p_community_id and a.id = p_activity_id and a.status in ('published', 'finished', 'settled'))
$$;
comment on function private.can_see_summary(uuid, uuid, uuid) is 'The photos of a summary are for every member, as the summary is.';
insert into private.attachment_owners (kind, can_see) values ('activity_summary', 'can_see_summary');

create function public.save_summary(p_community_id uuid, p_id uuid, p_activity_id uuid, p_body text, p_people_served int default null, p_photos uuid[] default '{}')
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'save_summary',
    jsonb_build_object('activity', p_activity_id, 'body', p_body, 'served', p_people_served, 'photos', p_photos));
  v_activity public.activities;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  v_activity := private.require_activity_leader(v_ctx, p_activity_id);
  if v_activity.status not in ('published', 'finished') then perform private.fail(409, 'activity_wrong_status', jsonb_build_object('status', v_activity.status)); end if;
  if coalesce(private.ended_at(p_community_id, p_activity_id), 'infinity') > private.now() then perform private.fail(422, 'activity_not_ended'); end if;
  if p_people_served is not null and p_people_served not between 0 and 100000 then perform private.fail(400, 'field_invalid', '{"field":"people_served"}'); end if;
  insert into public.activity_summaries (community_id, id, body, people_served, written_by, written_at)
    values (p_community_id, p_activity_id, private.clean_text(p_body, 'body', 1000), p_people_served, v_ctx.person_id, private.now())
    on conflict (community_id, id) do update set body = excluded.body, people_served = excluded.people_served, written_by = excluded.written_by, written_at = excluded.written_at;
  delete from public.attachments f where f.community_id = p_community_id and f.owner_kind = 'activity_summary' and f.owner_id = p_activity_id and f.id <> all(coalesce(p_photos, '{}'));
  perform private.claim_attachments(p_community_id, p_photos, 'activity_summary', p_activity_id, v_ctx.person_id);
  return private.end_command(v_ctx, 'activities', p_activity_id, jsonb_build_object('id', p_activity_id));
end $$;
comment on function public.save_summary(uuid, uuid, uuid, text, int, uuid[]) is
  'The leader writes (or writes anew) what an ended activity came to, until it is settled. Leaders of the corps, office. Errors: activity_unknown, not_allowed, activity_wrong_status {status}, activity_not_ended, too_many_attachments, attachment_unknown, field_required, field_invalid.';

create function public.settle_activity(p_community_id uuid, p_id uuid, p_activity_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'settle_activity', jsonb_build_object('activity', p_activity_id));
  v_activity public.activities;
  v_ended timestamptz;
  w record;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform pg_advisory_xact_lock(hashtextextended(s.id::text, 1)) from
    (select id from public.shifts where community_id = p_community_id and activity_id = p_activity_id order by id) s;
  v_activity := private.require_activity_leader(v_ctx, p_activity_id);
  if v_activity.status not in ('published', 'finished') then perform private.fail(409, 'activity_wrong_status', jsonb_build_object('status', v_activity.status)); end if;
  v_ended := private.ended_at(p_community_id, p_activity_id);
  if coalesce(v_ended, 'infinity') > private.now() then perform private.fail(422, 'activity_not_ended'); end if;
  select * into w from private.open_work(p_community_id, p_activity_id);
  if v_activity.is_volunteer_service and w.to_check_out + w.to_confirm + w.unmarked > 0 then
    perform private.fail(409, 'activity_has_open_work', jsonb_build_object('n', w.to_check_out + w.to_confirm + w.unmarked));
  end if;
  update public.activities set status = 'settled', settled_at = private.now(), settled_by = v_ctx.person_id where community_id = p_community_id and id = p_activity_id;
  perform private.award_lead(p_community_id, p_activity_id, v_ctx.person_id);
  if exists (select 1 from public.activity_summaries y where y.community_id = p_community_id and y.id = p_activity_id) then
    perform private.notify(p_community_id, x.person_id, 'activity_settled', jsonb_build_object('title', v_activity.title), '/reports/' || p_activity_id)
      from (select distinct r.person_id from public.service_records r where r.community_id = p_community_id and r.activity_id = p_activity_id and r.reverses_id is null) x;
  end if;
  return private.end_command(v_ctx, 'activities', p_activity_id, jsonb_build_object('id', p_activity_id, 'status', 'settled'),
    jsonb_build_object('workdays_left', private.workdays_left(private.today(), private.add_workdays(private.day_of(v_ended), 10))));
end $$;
comment on function public.settle_activity(uuid, uuid, uuid) is
  'Closes an ended activity when everybody is accounted for (record within 10 workdays, 民政部令第67号); those who served are told of the summary. Leaders of the corps, office. Errors: activity_unknown, not_allowed, activity_wrong_status {status}, activity_not_ended, activity_has_open_work {n}.';

create function private.award_lead(p_community_id uuid, p_activity_id uuid, p_by uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  v_lead uuid;
  v_ended timestamptz := private.ended_at(p_community_id, p_activity_id);
begin
  select y.written_by into v_lead from public.activity_summaries y where y.community_id = p_community_id and y.id = p_activity_id and y.written_at <= v_ended + interval '3 days'
    and exists (select 1 from public.service_records r where r.community_id = y.community_id and r.activity_id = y.id and r.confirmed_by = y.written_by and r.reverses_id is null)
    and not exists (select 1 from public.service_records r join public.shifts s on s.community_id = r.community_id and s.id = r.shift_id
      where r.community_id = y.community_id and r.activity_id = y.id and r.reverses_id is null and r.confirmed_at > s.ends_at + interval '3 days')
    and exists (select 1 from public.activities a where a.community_id = y.community_id and a.id = y.id and not a.registered_late
      and private.person_has_role(y.community_id, y.written_by, array['corps_leader'], a.corps_id));
  if v_lead is not null then
    perform private.award_points(p_community_id, v_lead, 'V06', 'activity', p_activity_id, private.day_of(v_ended), '{}', nullif(p_by, v_lead));
  end if;
end $$;
comment on function private.award_lead(uuid, uuid, uuid) is 'V06: the leader who confirmed everybody within three days of each shift''s end and wrote the summary.';

create function private.settling_line(a public.activities, p_ended timestamptz)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('id', a.id, 'title', a.title, 'corps_name', k.name, 'corps_color', k.color, 'ended_at', p_ended, 'status', case when a.status = 'settled' then 'settled' else 'finished' end,
    'due_on', d.due_on, 'workdays_left', case when a.status <> 'settled' then private.workdays_left(private.today(), d.due_on) end, 'settled_at', a.settled_at,
    'to_check_out', w.to_check_out, 'to_confirm', w.to_confirm, 'unmarked', w.unmarked, 'first_shift', w.first_shift,
    'has_summary', exists (select 1 from public.activity_summaries y where y.community_id = a.community_id and y.id = a.id),
    'people', (select count(distinct r.person_id)::int from public.service_records r where r.community_id = a.community_id and r.activity_id = a.id),
    'minutes', (select coalesce(sum(r.minutes), 0)::int from public.service_records r where r.community_id = a.community_id and r.activity_id = a.id),
    'rating', private.rating_sum(a.community_id, a.id))
  from public.corps k, private.open_work(a.community_id, a.id) w, (select private.add_workdays(private.day_of(p_ended), 10) as due_on) d
  where k.community_id = a.community_id and k.id = a.corps_id
$$;
comment on function private.settling_line(public.activities, timestamptz) is 'One ended activity with its clock and what is still open.';

create function public.settling_desk(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_corps uuid[] := array(select private.scopes_of(p_community_id, v_me, 'corps_leader'));
  v_office boolean := private.is_office(p_community_id, v_me);
begin
  if not v_office and cardinality(v_corps) = 0 then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object('server_time', private.now(), 'activities', coalesce((
    select jsonb_agg(private.settling_line(x.a, x.ended) order by (x.a).status = 'settled', case when (x.a).status = 'settled' then null else x.ended end, x.ended desc) from (
      select a, private.ended_at(a.community_id, a.id) as ended from public.activities a
      where a.community_id = p_community_id and (v_office or a.corps_id = any(v_corps))
        and (a.status in ('published', 'finished') or (a.status = 'settled' and a.settled_at > private.now() - interval '30 days'))) x
    where x.ended <= private.now()), '[]'));
end $$;
comment on function public.settling_desk(uuid) is
  'Ended activities with the ten-workday clock, the latest due first, and what was settled in the last 30 days; for leaders (their corps) and the office. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.activity_report(p_community_id uuid, p_activity_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  a public.activities;
  v_leads boolean;
begin
  select * into a from public.activities x where x.community_id = p_community_id and x.id = p_activity_id and x.status in ('published', 'finished', 'settled');
  v_leads := a.id is not null and private.leads_corps(p_community_id, v_me, a.corps_id);
  if a.id is null or coalesce(private.ended_at(p_community_id, p_activity_id), 'infinity') > private.now() then perform private.fail(404, 'activity_unknown'); end if;
  return private.settling_line(a, private.ended_at(p_community_id, p_activity_id)) || jsonb_build_object('server_time', private.now(), 'i_lead', v_leads,
    'summary', (select jsonb_build_object('body', y.body, 'people_served', y.people_served, 'written_by', private.staff_name(p_community_id, y.written_by), 'written_at', y.written_at,
        'photos', private.attachments_of(p_community_id, 'activity_summary', p_activity_id))
      from public.activity_summaries y where y.community_id = p_community_id and y.id = p_activity_id),
    -- Words could be recognised: to the leader and the office, in no order of time, and from three ratings on.
    'words', case when v_leads and (select count(*) from private.service_feedbacks f where f.community_id = p_community_id and f.activity_id = p_activity_id) >= 3
      then coalesce((select jsonb_agg(f.words order by md5(f.id::text)) from private.service_feedbacks f
        where f.community_id = p_community_id and f.activity_id = p_activity_id and f.words is not null), '[]') else '[]' end,
    'shifts', case when v_leads then coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'starts_at', s.starts_at, 'ends_at', s.ends_at) order by s.starts_at)
      from public.shifts s where s.community_id = p_community_id and s.activity_id = p_activity_id and s.status = 'open'), '[]') else '[]' end);
end $$;
comment on function public.activity_report(uuid, uuid) is
  'What an ended activity came to: summary, people, minutes, rating (from three on), for every member; words and open work for its leaders and the office. Errors: not_signed_in, not_a_member, activity_unknown.';

do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as signature from pg_proc p where p.pronamespace = 'private'::regnamespace and p.proname = any(array['with_feedback_code', 'award_ratings',
      'rating_sum', 'rating_of_person', 'ended_at', 'workdays_left', 'open_work', 'award_lead', 'settling_line', 'can_see_summary']) loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
  end loop;
  for f in select p.oid::regprocedure as signature, p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname = any(array['open_feedback', 'feedback_form',
      'rate_service', 'save_summary', 'settle_activity', 'settling_desk', 'activity_report']) loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
    execute format('grant execute on function %s to authenticated', f.signature);
    if f.proname in ('feedback_form', 'rate_service') then execute format('grant execute on function %s to anon', f.signature); end if;
  end loop;
end $$;
