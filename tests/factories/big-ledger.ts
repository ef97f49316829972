import type { SqlClient } from '../../supabase/embedded/sql-client'

export const ENTRIES_EACH = 100

/**
 * Gives the second community `people` more with a hundred entries each, in bulk: foreign keys are true by construction,
 * and the balances come from the ledger's own trigger.
 */
export async function fillLedger(client: SqlClient, people: number): Promise<void> {
  await client.transaction((tx) =>
    tx.exec(`
      set local session_replication_role = replica;
      insert into persons (community_id, id, display_name, created_at) select tests.b(), md5('m' || n)::uuid, '群*', now() from generate_series(1, ${people}) n;
      insert into point_accounts (community_id, id) select tests.b(), md5('m' || n)::uuid from generate_series(1, ${people}) n;
      alter table point_entries enable always trigger tg_point_entries__keep_account;
      insert into point_entries (community_id, id, person_id, ruleset_code, rule_code, source_kind, source_id, points, occurred_on, inputs, posted_at)
        select tests.b(), x.id, md5('m' || n)::uuid, 'VOL-2026.1', case k when 100 then 'REDEEM' else 'V08' end, case k when 100 then 'reward_order' else 'visit' end, x.id,
          case k when 100 then -445 else 5 end, date '2026-01-01' + k, '{}', timestamptz '2026-01-01' + make_interval(days => k)
        from generate_series(1, ${people}) n cross join generate_series(1, ${ENTRIES_EACH}) k cross join lateral (select md5(n || '/' || k)::uuid as id) x;
      insert into point_lots (community_id, id, person_id, points, remaining, expires_at)
        select e.community_id, e.id, e.person_id, 5, 5, private.lot_expiry(e.occurred_on) from point_entries e
        where e.community_id = tests.b() and e.source_kind = 'visit' and e.occurred_on > date '2026-01-01' + 89;
      alter table point_entries enable trigger tg_point_entries__keep_account;
    `),
  )
  await client.exec('analyze point_entries, point_lots, point_accounts')
}
