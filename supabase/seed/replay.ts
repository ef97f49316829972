import type { SqlClient } from '../embedded/sql-client.ts'
import { iso } from './time.ts'
import type { Event } from './world.ts'

/** The schema that exists only while the demo data are being made: where it is found, they are unfinished. */
export const WORK_SCHEMA = 'sanlian_seed'

const CREATE = `
create schema ${WORK_SCHEMA};
revoke all on schema ${WORK_SCHEMA} from public;

create function ${WORK_SCHEMA}.expect(p_answer jsonb, p_args jsonb) returns void language plpgsql set search_path = '' as $$
begin
  if p_args ? 'expect' and p_answer ->> 'status' is distinct from p_args ->> 'expect' then
    raise exception 'expected %, got %', p_args ->> 'expect', p_answer;
  end if;
end $$;

-- A scan, as the member's phone would have shown it at this moment.
create function ${WORK_SCHEMA}.code_of(p_community uuid, p_person uuid) returns text language sql set search_path = '' as $$
  select 'SLM1:' || s.person_id || ':' || c.n || ':' || private.code_digits(s.secret, c.n)
  from private.member_code_secrets s, (select floor(extract(epoch from private.now()) / 30)::bigint as n) c
  where s.community_id = p_community and s.person_id = p_person
$$;

-- Any other command, by its named arguments: {"p_wish_id": …}. Those named p_community_id and p_id are the event's own.
create function ${WORK_SCHEMA}.call(p_command text, p_community uuid, p_id uuid, p_args jsonb) returns jsonb language plpgsql set search_path = '' as $$
declare
  v jsonb;
  v_known text[];
  v_list text;
begin
  select p.proargnames, string_agg(format('%I => ', n.name) || case
      when n.name = 'p_community_id' then '$1' when n.name = 'p_id' then '$2'
      when t.oid in ('jsonb'::regtype, 'json'::regtype) then format('$3 -> %L', n.name)
      when t.typcategory = 'A' then format('(select array_agg(x) from jsonb_array_elements_text($3 -> %L) x)::%s', n.name, t.oid::regtype)
      else format('($3 ->> %L)::%s', n.name, t.oid::regtype) end, ', ' order by n.nth)
    into v_known, v_list
    from pg_proc p cross join unnest(p.proargnames, p.proargtypes::oid[]) with ordinality as n (name, type, nth) join pg_type t on t.oid = n.type
    where p.pronamespace = 'public'::regnamespace and p.proname = p_command and (n.name in ('p_community_id', 'p_id') or p_args ? n.name)
    group by p.oid, p.proargnames;
  if v_list is null or exists (select from jsonb_object_keys(p_args) k where k <> all (v_known) and k <> 'expect') then
    raise exception 'no such command, or it does not take %', p_args;
  end if;
  execute format('select public.%I(%s)', p_command, v_list) into v using p_community, p_id, p_args;
  return v;
end $$;

create function ${WORK_SCHEMA}.replay(p_events jsonb) returns int language plpgsql set search_path = '' as $$
declare
  e record;
  v jsonb;
  n int := 0;
begin
  for e in select x.* from jsonb_to_recordset(p_events) as x (t text, u uuid, m uuid, i uuid, c text, a jsonb) loop
    perform set_config('sanlian.now', e.t, true), set_config('request.jwt.claim.sub', e.u::text, true),
      set_config('request.jwt.claims', '{"sub":"' || e.u || '","role":"authenticated"}', true),
      set_config('sanlian.seed', e.i::text, true), set_config('sanlian.seed_nth', '0', true);
    case e.c
      when 'save_activity' then v := public.save_activity(e.m, e.i, (e.a ->> 'activity')::uuid, e.a -> 'data');
      when 'submit_activity' then v := public.submit_activity(e.m, e.i, (e.a ->> 'activity')::uuid);
      when 'publish_activity' then v := public.publish_activity(e.m, e.i, (e.a ->> 'activity')::uuid);
      when 'reject_activity' then v := public.reject_activity(e.m, e.i, (e.a ->> 'activity')::uuid, e.a ->> 'reason');
      when 'cancel_activity' then v := public.cancel_activity(e.m, e.i, (e.a ->> 'activity')::uuid, e.a ->> 'reason');
      when 'claim_shift' then
        v := public.claim_shift(e.m, e.i, (e.a ->> 'shift')::uuid, null, (e.a ->> 'for')::uuid);
        perform ${WORK_SCHEMA}.expect(v, e.a);
      when 'cancel_signup' then
        v := public.cancel_signup(e.m, e.i, (e.a ->> 'signup')::uuid, e.a ->> 'reason');
        perform ${WORK_SCHEMA}.expect(v, e.a);
      when 'check_in' then
        v := public.check_in(e.m, e.i, (e.a ->> 'shift')::uuid, ${WORK_SCHEMA}.code_of(e.m, (e.a ->> 'person')::uuid), (e.a ->> 'signup')::uuid);
      when 'check_out' then
        v := public.check_out(e.m, e.i, (e.a ->> 'shift')::uuid, ${WORK_SCHEMA}.code_of(e.m, (e.a ->> 'person')::uuid), (e.a ->> 'signup')::uuid);
      when 'confirm_attendance' then
        v := public.confirm_attendance(e.m, e.i, (e.a ->> 'shift')::uuid);
        if jsonb_array_length(v -> 'credited') <> (e.a ->> 'expect')::int or jsonb_array_length(v -> 'skipped') > 0 then
          raise exception 'expected % credited, got %', e.a ->> 'expect', v;
        end if;
      when 'excuse_absence' then v := public.excuse_absence(e.m, e.i, (e.a ->> 'signup')::uuid, e.a ->> 'reason');
      when 'mark_no_show' then v := public.mark_no_show(e.m, e.i, (e.a ->> 'signup')::uuid);
      when 'rate_service' then
        v := public.rate_service(e.i, (select f.code from private.feedback_codes f where f.community_id = e.m and f.id = (e.a ->> 'feedback')::uuid),
          (e.a ->> 'stars')::int, e.a ->> 'words');
      when 'request_join' then
        v := public.request_join(e.i, e.a ->> 'code', e.a ->> 'name', e.a ->> 'phone', '2025.1', e.a ->> 'guardian_name', e.a ->> 'guardian_phone');
      -- The newest service entry of whoever speaks: ids of entries are the database's own.
      when 'dispute_entry' then
        v := public.dispute_entry(e.m, e.i, (select x.id from public.point_entries x where x.community_id = e.m and x.person_id = private.me(e.m) and x.rule_code = 'V01'
          order by x.posted_at desc, x.id limit 1), e.a ->> 'text');
      when 'fulfil_order' then
        -- The code on the person's phone, the same on every machine.
        v := to_jsonb(lpad((('x' || substr(md5(e.i::text), 1, 7))::bit(28)::int % 100000000)::text, 8, '0'));
        insert into private.pickup_codes (community_id, order_id, code_hash, expires_at)
          values (e.m, (e.a ->> 'p_order_id')::uuid, encode(sha256(convert_to(e.m || (v #>> '{}'), 'UTF8')), 'hex'), private.now() + interval '5 minutes');
        perform public.look_up_pickup(e.m, v #>> '{}');
        v := public.fulfil_order(e.m, e.i, v #>> '{}');
      when 'mark_notifications_read' then v := public.mark_notifications_read(e.m);
      else
        v := ${WORK_SCHEMA}.call(e.c, e.m, e.i, e.a);
        perform ${WORK_SCHEMA}.expect(v, e.a);
    end case;
    n := n + 1;
  end loop;
  return n;
exception when others then
  raise exception 'The demo data do not replay: % at % %: %', e.c, e.t, e.a, sqlerrm;
end $$;
`

export async function openWorkSchema(db: SqlClient): Promise<void> {
  await db.exec(CREATE)
}

export async function closeWorkSchema(db: SqlClient): Promise<void> {
  await db.exec(`drop schema ${WORK_SCHEMA} cascade`)
}

/** Commands take locks that last until their transaction ends, so a transaction holds a limited number of them. */
const CHUNK = 400

export async function replay(
  db: SqlClient,
  events: Event[],
  progress: (done: number, of: number) => void,
): Promise<void> {
  const ordered = [...events].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  let analyzeAt = CHUNK
  for (let from = 0; from < ordered.length; from += CHUNK) {
    const chunk = ordered.slice(from, from + CHUNK).map((event) => ({
      t: iso(event.at),
      u: event.user,
      m: event.community,
      i: event.id,
      c: event.command,
      a: event.args,
    }))
    await db.transaction((tx) => tx.query(`select ${WORK_SCHEMA}.replay($1::text::jsonb)`, [JSON.stringify(chunk)]))
    const done = Math.min(from + CHUNK, ordered.length)
    // Plans made for empty tables would be kept: new statistics when there is three times as much, as autovacuum has them made.
    if (done >= analyzeAt) {
      await db.exec('analyze')
      analyzeAt = 3 * done
    }
    progress(done, ordered.length)
  }
}
