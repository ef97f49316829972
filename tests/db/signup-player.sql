-- Plays sequences of steps by the real commands, each rolled back, and tells the answer and the whole state after every step.
select tests.make_shift('model', '2026-12-04 00:00', 120, 4);
select tests.make_role(tests.a(), 'c8', 'partner_contact');

create function tests.step_id(p_n bigint) returns uuid language sql immutable as $$
  select ('00000000-0000-7000-8000-' || lpad(p_n::text, 12, '0'))::uuid
$$;
create function tests.step_no(p_id uuid) returns bigint language sql immutable as $$ select right(p_id::text, 12)::bigint $$;

create table tests.players as select n, tests.id('c' || n + 1) as person, tests.id('user c' || n + 1) as account, 'C' || n + 1 as volunteer_no from generate_series(0, 7) n;
alter table tests.players add primary key (n);
create unique index on tests.players (person);

create function tests.model_state() returns jsonb language plpgsql stable as $$
begin
  return (select jsonb_build_object('capacity', r.capacity, 'taken', r.taken, 'reserved', r.reserved, 'next', r.next_queue_no,
    'takenNow', private.live_taken(r), 'reservedNow', private.live_reserved(r),
    'signups', (select coalesce(jsonb_agg(jsonb_build_array(tests.step_no(g.id), p.n, g.status, private.status_now(g.status, g.offer_expires_at, s.starts_at), g.queue_no,
        (extract(epoch from g.offer_expires_at - timestamptz '2026-12-01 00:00+08') * 1000000)::bigint, tests.step_no(g.block_id)) order by g.queue_no), '[]')
      from public.signups g join tests.players p on p.person = g.person_id where g.community_id = r.community_id and g.shift_id = s.id),
    'blocks', (select coalesce(jsonb_agg(jsonb_build_array(tests.step_no(b.id), b.places, b.filled, b.released_at is not null) order by b.id), '[]')
      from public.shift_blocks b where b.community_id = r.community_id and b.shift_id = s.id),
    'calls', (select coalesce(jsonb_agg(jsonb_build_array(tests.step_no(c.id), c.status) order by c.id), '[]')
      from public.stand_ins c where c.community_id = r.community_id and c.shift_id = s.id))
  from public.shifts s join public.shift_roles r on r.community_id = s.community_id and r.shift_id = s.id
  where s.community_id = tests.a() and s.id = tests.id('model'));
end $$;

create function tests.play_step(p_id int, p_kind text, p_who int, p_a bigint, p_b bigint) returns void language plpgsql as $$
declare
  c uuid := tests.a();
  v_shift uuid := tests.id('model');
  v_id uuid := tests.step_id(p_id);
  v_a uuid := tests.step_id(p_a);
  v_who public.persons;
begin
  perform set_config('request.jwt.claim.sub', case when p_kind in ('capacityTo', 'onTheSpot') then tests.id('user leader') else
    (select account from tests.players where n = p_who) end::text, true);
  case p_kind
    when 'wait' then null;
    when 'claim' then perform public.claim_shift(c, v_id, v_shift);
    when 'look' then perform public.my_shifts(c);
    when 'cancel' then perform public.cancel_signup(c, v_id, v_a);
    when 'accept' then perform public.accept_offer(c, v_id, v_a);
    when 'decline' then perform public.decline_offer(c, v_id, v_a);
    when 'capacityTo' then perform public.set_capacity(c, v_id, v_shift, 'helper', p_a::int, '场地变小了');
    when 'askStandIn' then perform public.offer_stand_in(c, v_id, v_a, (select volunteer_no from tests.players where n = p_b), '群众');
    when 'standIn' then perform public.accept_stand_in(c, v_id, v_a);
    when 'declineStandIn' then perform public.decline_stand_in(c, v_id, v_a);
    when 'withdrawStandIn' then perform public.withdraw_stand_in(c, v_id, v_a);
    when 'reserve' then perform public.reserve_block(c, v_id, v_shift, 'helper', '示例公司', p_a::int, timestamptz '2026-12-01 00:00+08' + p_b * interval '1 microsecond');
    when 'fill' then perform public.fill_block(c, v_id, v_a, (select volunteer_no from tests.players where n = p_b), '群众');
    when 'release' then perform public.release_block(c, v_id, v_a);
    when 'onTheSpot' then perform public.add_on_the_spot(c, v_id, v_shift, 'helper', (select person from tests.players where n = p_a));
  end case;
end $$;

create function tests.play(p_sequences jsonb) returns jsonb language plpgsql as $$
declare
  v_sequence jsonb;
  v_step jsonb;
  v_answer text;
  v_state text;
  v_told jsonb[];
  v_all jsonb[] := '{}';
begin
  for v_sequence in select s from jsonb_array_elements(p_sequences) s loop
    v_told := '{}';
    begin
      update public.shift_roles set capacity = (v_sequence ->> 'capacity')::int where community_id = tests.a() and shift_id = tests.id('model');
      for v_step in select s from jsonb_array_elements(v_sequence -> 'steps') s loop
        perform set_config('sanlian.now', (timestamptz '2026-12-01 00:00+08' + (v_step ->> 1)::bigint * interval '1 microsecond')::text, true);
        begin
          perform tests.play_step((v_step ->> 0)::int, v_step ->> 2, (v_step ->> 3)::int, (v_step ->> 4)::bigint, (v_step ->> 5)::bigint);
          v_answer := 'ok';
        exception when others then
          get stacked diagnostics v_answer = message_text, v_state = returned_sqlstate;
          if v_state not like 'PT%' then v_answer := v_state || ' ' || v_answer; end if;
        end;
        v_told := v_told || jsonb_build_object('answer', v_answer, 'state', tests.model_state());
      end loop;
      raise exception using errcode = 'SL000';
    exception when sqlstate 'SL000' then null;
    end;
    v_all := v_all || to_jsonb(v_told);
  end loop;
  return to_jsonb(v_all);
end $$;
