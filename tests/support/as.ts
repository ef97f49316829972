import type { SqlClient } from '../../supabase/embedded/sql-client'

export type Persona = { role: 'anon' } | { role: 'authenticated' | 'service_role'; userId: string }

export function signedInAs(userId: string): Persona {
  return { role: 'authenticated', userId }
}

/**
 * Runs `run` in one transaction as PostgREST would for that person: the role, the claims of the token, nothing else.
 * `now` sets the product's clock for this transaction (private.now()).
 */
export function as<T>(
  db: SqlClient,
  persona: Persona,
  run: (tx: SqlClient) => Promise<T>,
  { now }: { now?: string } = {},
): Promise<T> {
  return db.transaction(async (tx) => {
    const sub = persona.role === 'anon' ? '' : persona.userId
    const claims = JSON.stringify({ role: persona.role, ...(sub && { sub }) })
    await tx.query(
      `select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true),
              set_config('request.jwt.claim.role', $3, true), set_config('sanlian.now', $4, true)`,
      [claims, sub, persona.role, now ?? ''],
    )
    await tx.exec(`set local role ${persona.role}`)
    return run(tx)
  })
}

/** The slug a command refused with, or undefined when it did not refuse. Any other failure is thrown on. */
export async function refusalOf(
  run: Promise<unknown>,
): Promise<{ status: number; slug: string; params: unknown } | undefined> {
  try {
    await run
    return undefined
  } catch (error) {
    const { code = '', message = '', detail } = error as { code?: string; message?: string; detail?: string }
    const status = /^PT(\d{3})$/.exec(code)?.[1]
    if (!status) throw error
    return { status: Number(status), slug: message, params: detail ? JSON.parse(detail) : {} }
  }
}
