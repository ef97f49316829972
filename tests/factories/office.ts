import type { SqlClient } from '../../supabase/embedded/sql-client'
import type { Persona } from '../support/as'
import { signedInAs } from '../support/as'
import { newId } from '../../src/lib/id'

export interface OfficeMember {
  persona: Persona
  userId: string
  personId: string
}

/** An empty community of its own, made by the database's owner. */
export async function makeCommunity(db: SqlClient, name = `测试社区${newId().slice(-6)}`): Promise<string> {
  const [row] = await db.query<{ id: string }>(`select private.found_community($1, '990101001001', 'tuxin') as id`, [
    name,
  ])
  return row!.id
}

/** A member of a community with an account and, if named, a role for the whole community. */
export async function makeMember(
  db: SqlClient,
  communityId: string,
  { role, name = '王一' }: { role?: string; name?: string } = {},
): Promise<OfficeMember> {
  const userId = newId()
  const personId = newId()
  await db.query('insert into auth.users (id, email) values ($1, $2)', [userId, `${userId}@example.com`])
  await db.query(
    `insert into public.accounts (user_id, birth_year, birth_month, terms_version) values ($1, 1980, 5, '1')`,
    [userId],
  )
  await db.query('select private.insert_person($1, $2, $3, null, 1980, 5, null, null, null, true)', [
    communityId,
    personId,
    name,
  ])
  await db.query(
    'insert into public.account_persons (community_id, id, user_id, person_id, joined_at) values ($1, $2, $3, $4, now())',
    [communityId, newId(), userId, personId],
  )
  if (role) {
    await db.query(
      `insert into public.role_grants (community_id, id, person_id, role, valid_from) values ($1, $2, $3, $4, '2020-01-01')`,
      [communityId, newId(), personId, role],
    )
  }
  return { persona: signedInAs(userId), userId, personId }
}
