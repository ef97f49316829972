import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { SqlClient } from '../../supabase/embedded/sql-client'

const WORLD = fileURLToPath(new URL('../../supabase/tests/_world.sql', import.meta.url))

/** Who acts in the world of the tests; `b_…` is the twin of each in the other community. */
export const PERSONAS = [
  'anonymous',
  'stranger',
  'b_volunteer',
  'resident',
  'volunteer',
  'leader',
  'other_leader',
  'party',
  'branch',
  'grid',
  'clerk',
  'worker',
  'secretary',
  'street',
] as const
export type Persona = (typeof PERSONAS)[number]

/**
 * Two communities with everybody in them (supabase/tests/_world.sql), committed. Every row has a name:
 * `tests.id('shift')`; `tests.run(who, sql)` acts as somebody.
 */
export async function loadWorld(client: SqlClient): Promise<void> {
  await client.transaction(async (tx) => {
    await tx.exec(readFileSync(WORLD, 'utf8'))
  })
}
