import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { SqlClient } from '../../supabase/embedded/sql-client'
import { loadWorld } from '../factories/world'
import { createDatabase, type TestDatabase } from '../support/postgres'
import { askMatrix, differences, prepareMatrix, type Matrix } from './gates/matrix'
import { structuralFindings } from './gates/structural'

/**
 * The gates are tested by breaking the schema, one way at a time, in a transaction that is rolled back: a gate must
 * notice each. `cells` names the tables and functions whose cells are asked again when the structure shows nothing.
 */
interface Mutation {
  name: string
  sql: string
  by: 'structure' | 'behaviour'
  cells?: string[]
}

const MUTATIONS: Mutation[] = [
  {
    name: 'row-level security is switched off',
    by: 'structure',
    sql: 'alter table public.person_private disable row level security',
  },
  {
    name: 'a new table has nothing',
    by: 'structure',
    sql: 'create table public.gifts (community_id uuid, id uuid, name text)',
  },
  {
    name: 'a new table is sound but forgotten in the matrix',
    by: 'behaviour',
    cells: ['gifts'],
    sql: `
      create table public.gifts (community_id uuid references public.communities, id uuid, primary key (community_id, id)); comment on table public.gifts is 'x';
      alter table public.gifts enable row level security; create policy select_as_member on public.gifts for select to authenticated using (false)`,
  },
  {
    name: 'a policy lets everybody read',
    by: 'structure',
    sql: 'create policy oops on public.persons for select to authenticated using (true)',
  },
  {
    name: 'a policy is for public',
    by: 'structure',
    sql: 'create policy oops on public.persons for select using (community_id is null)',
  },
  {
    name: 'a write policy appears',
    by: 'structure',
    sql: 'create policy oops on public.signups for update to authenticated using (false)',
  },
  { name: 'a write grant appears', by: 'structure', sql: 'grant insert on public.signups to authenticated' },
  { name: 'truncate is granted', by: 'structure', sql: 'grant truncate on public.signups to authenticated' },
  {
    name: 'a column is granted',
    by: 'structure',
    sql: 'grant update (read_at) on public.notifications to authenticated',
  },
  { name: 'anon may read persons', by: 'structure', sql: 'grant select on public.persons to anon' },
  {
    name: 'a policy believes what users write about themselves',
    by: 'structure',
    sql: `create policy oops on public.invites for select to authenticated using ((auth.jwt() -> 'user_metadata' ->> 'role') = 'office')`,
  },
  {
    name: 'auth.uid() is asked for every row',
    by: 'structure',
    sql: 'create policy oops on public.accounts for select to authenticated using (user_id = auth.uid())',
  },
  {
    name: 'a definer predicate is called for every row',
    by: 'structure',
    sql: `grant execute on function private.is_office(uuid, uuid) to authenticated;
      create policy oops on public.invites for select to authenticated using (private.is_office(community_id, created_by))`,
  },
  {
    name: 'a policy trusts an id without its community',
    by: 'structure',
    sql: `drop policy select_own on public.person_private;
      create policy select_own on public.person_private for select to authenticated using (person_id = any(array(select private.my_persons())))`,
  },
  {
    name: "a view runs with its owner's rights",
    by: 'structure',
    sql: 'create view public.everybody as select * from public.persons',
  },
  {
    name: 'a materialised view is exposed',
    by: 'structure',
    sql: 'create materialized view public.everybody as select * from public.persons',
  },
  {
    name: 'a function loses its search_path',
    by: 'structure',
    sql: 'alter function public.claim_shift(uuid, uuid, uuid, text, uuid) reset search_path',
  },
  {
    name: 'a function is open to everybody',
    by: 'structure',
    sql: 'grant execute on function public.list_people(uuid, text, text, uuid, int, int) to public',
  },
  {
    name: 'anon may call a command',
    by: 'structure',
    sql: 'grant execute on function public.claim_shift(uuid, uuid, uuid, text, uuid) to anon',
  },
  {
    name: 'an inner function is opened',
    by: 'structure',
    sql: 'grant execute on function private.write_audit(uuid, uuid, uuid, uuid, uuid, text, text, uuid, jsonb, text, jsonb) to authenticated',
  },
  {
    name: 'a command asks who I am',
    by: 'structure',
    sql: `create function public.shout(p_user_id uuid) returns jsonb language plpgsql security definer set search_path = '' as $$ begin
      perform private.require_member(p_user_id); return '{}'; end $$; comment on function public.shout(uuid) is 'x';
      revoke all on function public.shout(uuid) from public; grant execute on function public.shout(uuid) to authenticated`,
  },
  {
    name: 'a command does not establish the caller',
    by: 'structure',
    sql: `create function public.shout(p_community_id uuid) returns jsonb language plpgsql security definer set search_path = '' as $$ begin
      delete from public.notifications; perform private.require_member(p_community_id); return '{}'; end $$; comment on function public.shout(uuid) is 'x';
      revoke all on function public.shout(uuid) from public; grant execute on function public.shout(uuid) to authenticated`,
  },
  { name: 'a foreign key has no index', by: 'structure', sql: 'drop index public.signups_by_signer' },
  {
    name: 'a foreign key leaves the community',
    by: 'structure',
    sql: `create unique index x on public.persons (id); alter table public.invites add foreign key (created_by) references public.persons (id)`,
  },
  {
    name: 'a table is published to realtime',
    by: 'structure',
    sql: 'create publication supabase_realtime for table public.persons',
  },
  {
    name: 'a personal column says nothing',
    by: 'structure',
    sql: `comment on column public.person_private.phone is null`,
  },
  {
    name: 'new tables are granted by default',
    by: 'structure',
    sql: 'alter default privileges in schema public grant select on tables to anon',
  },
  {
    name: 'the ledger may be rewritten',
    by: 'structure',
    sql: 'alter table public.point_entries disable trigger user',
  },
  {
    name: 'a set forgets the user',
    by: 'behaviour',
    cells: ['person_private', 'notifications'],
    sql: `
      create or replace function private.my_person_keys() returns table (community_id uuid, person_id uuid) language sql stable security definer rows 3 set search_path = '' as $$
        select ap.community_id, ap.person_id from public.account_persons ap where (select auth.uid()) is not null $$;
      create or replace function private.my_persons() returns setof uuid language sql stable security definer rows 3 set search_path = '' as $$
        select ap.person_id from public.account_persons ap where (select auth.uid()) is not null $$`,
  },
  {
    name: 'everybody is office',
    by: 'behaviour',
    cells: ['list_people', 'reveal_person'],
    sql: `
      create or replace function private.is_office(p_community_id uuid, p_person_id uuid) returns boolean language sql stable security definer set search_path = '' as $$ select p_person_id is not null $$`,
  },
  {
    name: 'anybody acts for anybody',
    by: 'behaviour',
    cells: ['register_volunteer', 'my_shifts'],
    sql: `
      create or replace function private.can_act_for(p_community_id uuid, p_actor uuid, p_person_id uuid) returns boolean language sql stable security definer set search_path = '' as $$ select true $$`,
  },
  {
    name: 'every leader leads every corps',
    by: 'behaviour',
    cells: ['shift_roster', 'corps_roster'],
    sql: `
      create or replace function private.leads_corps(p_community_id uuid, p_person_id uuid, p_corps_id uuid) returns boolean language sql stable security definer set search_path = '' as $$
        select private.person_has_role(p_community_id, p_person_id, array['corps_leader', 'community_worker', 'community_secretary', 'street_admin']) $$`,
  },
  {
    name: 'the mask is off',
    by: 'behaviour',
    cells: ['list_people', 'join_desk'],
    sql: `
      create or replace function private.mask_phone(p_phone text) returns text language sql immutable parallel safe set search_path = '' as $$ select p_phone $$`,
  },
  {
    name: 'membership is not asked',
    by: 'behaviour',
    cells: ['public_home', 'list_shifts', 'corps_overview'],
    sql: `
      create or replace function private.require_member(p_community_id uuid) returns uuid language sql stable security definer set search_path = '' as $$ select auth.uid() $$`,
  },
  {
    name: 'grid workers read the whole roster',
    by: 'behaviour',
    cells: ['persons'],
    sql: `
      create policy oops on public.persons for select to authenticated using (community_id = any(array(select g.community_id from private.my_scope_keys('grid_worker') g)))`,
  },
  {
    name: 'a raw error comes through',
    by: 'behaviour',
    cells: ['create_invite'],
    sql: `alter table public.invites add constraint oops check (max_uses < 100) not valid`,
  },
]

const EXPECTED = fileURLToPath(new URL('./policy-matrix.expected.json', import.meta.url))

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
  await loadWorld(database.client)
  await prepareMatrix(database.client)
})
afterAll(() => database.drop())

/** Runs `run` and takes everything back. */
async function rolledBack<T>(client: SqlClient, run: (tx: SqlClient) => Promise<T>): Promise<T> {
  const undone = Symbol('undone')
  let result: T
  await client
    .transaction(async (tx) => {
      result = await run(tx)
      throw undone
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error
    })
  return result!
}

function part(matrix: Matrix, names: string[]): Matrix {
  const pick = <T>(things: Record<string, T>) =>
    Object.fromEntries(Object.entries(things).filter(([name]) => names.includes(name)))
  return { tables: pick(matrix.tables), functions: pick(matrix.functions) }
}

describe('the gates notice', () => {
  test.each(MUTATIONS)('$name', async ({ sql, by, cells = [] }) => {
    const expected = part(JSON.parse(readFileSync(EXPECTED, 'utf8')) as Matrix, cells)
    const noticed = await rolledBack(database.client, async (tx) => {
      await tx.exec(sql)
      if (by === 'structure') return (await structuralFindings(tx)).map(({ rule, what }) => `${rule}: ${what}`)
      return differences(expected, await askMatrix(tx, (name) => cells.includes(name)))
    })
    expect(noticed).not.toEqual([])
  })

  test('and say nothing about the sound schema', async () => {
    const cells = [...new Set(MUTATIONS.flatMap((mutation) => mutation.cells ?? []))]
    const expected = part(JSON.parse(readFileSync(EXPECTED, 'utf8')) as Matrix, cells)
    expect(await structuralFindings(database.client)).toEqual([])
    expect(differences(expected, await askMatrix(database.client, (name) => cells.includes(name)))).toEqual([])
  })
})
