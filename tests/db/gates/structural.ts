import type { SqlClient } from '../../../supabase/embedded/sql-client'

/**
 * The structural gate: every row a rule's query finds is a failure. The rules are those of the security agreement, read
 * from the catalogue, so that whatever a later migration adds is judged too.
 */
export interface Finding {
  rule: string
  what: string
}

interface Rule {
  name: string
  sql: string
}

/** Deliberate exceptions, each with its reason; nothing else is forgiven. */
export const EXCEPTIONS = {
  /** Functions for everybody: what a visitor without an account sees, where an invite leads, whether a certificate is valid, the boards, the feeds whose secret is the permission, and the rating by a person served. */
  publicFunctions: [
    'identity_card',
    'public_home',
    'look_up_invite',
    'public_corps',
    'community_calendar',
    'ical_feed',
    'feedback_form',
    'rate_service',
    'verify_certificate',
    'wish_wall',
    'wish_detail',
    'realized_wishes',
    'board',
    'sample_form',
    'rate_nominee',
    'public_notices',
    'public_notice',
    'file_objection',
    'objection_answer',
  ],
  /** Sets and keys that policies read; they say only what the caller is. */
  policyHelpers: [
    'party_office_communities',
    'my_party_communities',
    'my_party_scopes',
    'my_party_scope_keys',
    'my_party_member_ids',
    'my_party_member_keys',
    'my_communities',
    'my_persons',
    'my_person_keys',
    'persons_i_help',
    'helped_person_keys',
    'communities_where_i_am',
    'office_communities',
    'my_scopes',
    'my_scope_keys',
    'module_communities',
  ],
  /** Reference tables above communities. */
  aboveCommunities: ['org_units', 'dictionaries', 'work_calendar', 'method_profiles', 'communities', 'accounts'],
  /** Tenant tables keyed by something else than (community_id, id): one row a person, or a line of its parent. */
  otherKeys: [
    'person_private',
    'party_post_rules',
    'party_org_places',
    'point_rules',
    'roster_import_rows',
    'certificate_records',
    'board_totals',
    'board_corrections',
    'board_displays',
    'board_snapshots',
    'reward_stocks',
  ],
  /** Tables anybody may read: names of places and methods, no person. */
  publicTables: ['org_units', 'dictionaries', 'work_calendar', 'method_profiles', 'communities'],
  /** Tables whose changes are sent out: none, the app polls. */
  realtimeTables: [] as string[],
} as const

const list = (names: readonly string[]) => (names.length > 0 ? names.map((name) => `'${name}'`).join(',') : `''`)

const OURS = `('public'::regnamespace, 'private'::regnamespace)`
const API_ROLES = `('anon', 'authenticated')`
/** Names of columns that hold something about a person unless their comment says otherwise. */
const PERSONAL =
  '(^|_)(name|name_key|phone|birth|birth_year|birth_month|door_no|note|answer|reason|raw|email|address|tag|guardian|home_unit|public_name|display_name|real_name)$'

const RULES: Rule[] = [
  {
    name: 'row-level security is on for every table',
    sql: `select c.oid::regclass::text from pg_class c where c.relkind in ('r', 'p') and c.relnamespace in ${OURS} and not c.relrowsecurity`,
  },
  {
    name: 'every table of public has a policy',
    sql: `select c.oid::regclass::text from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
      and not exists (select 1 from pg_policy p where p.polrelid = c.oid)`,
  },
  {
    name: 'no table of private has a policy or a grant',
    sql: `select c.oid::regclass::text from pg_class c where c.relkind in ('r', 'p', 'v', 'm') and c.relnamespace = 'private'::regnamespace and (
      exists (select 1 from pg_policy p where p.polrelid = c.oid)
      or exists (select 1 from aclexplode(c.relacl) a where a.grantee <> c.relowner))`,
  },
  {
    name: 'a view is security_invoker',
    sql: `select c.oid::regclass::text from pg_class c where c.relkind = 'v' and c.relnamespace in ${OURS}
      and not coalesce(c.reloptions @> array['security_invoker=true'] or c.reloptions @> array['security_invoker=on'], false)`,
  },
  {
    name: 'no materialised view or foreign table is exposed',
    sql: `select c.oid::regclass::text from pg_class c where c.relkind in ('m', 'f') and c.relnamespace = 'public'::regnamespace`,
  },
  {
    name: 'a policy is permissive, for select, to a named role',
    sql: `select p.polrelid::regclass || ' ' || p.polname from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace in ${OURS}
      and (p.polcmd <> 'r' or p.polroles = '{0}' or not p.polpermissive)`,
  },
  {
    name: 'anon reads by policy only what is public',
    sql: `select p.polrelid::regclass || ' ' || p.polname from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace in ${OURS}
      and exists (select 1 from pg_roles r where r.oid = any(p.polroles) and r.rolname = 'anon') and c.relname not in (${list(EXCEPTIONS.publicTables)})`,
  },
  {
    name: 'a policy that lets everything through is for public tables only',
    sql: `select p.polrelid::regclass || ' ' || p.polname from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace in ${OURS}
      and pg_get_expr(p.polqual, p.polrelid) = 'true' and c.relname not in (${list(EXCEPTIONS.publicTables)})`,
  },
  {
    name: 'no policy reads metadata that users edit',
    sql: `select p.polrelid::regclass || ' ' || p.polname from pg_policy p where pg_get_expr(p.polqual, p.polrelid) ~* 'user_metadata|raw_user_meta|auth\\.jwt|current_setting'`,
  },
  {
    name: 'auth functions in policies are wrapped in a select',
    sql: `select p.polrelid::regclass || ' ' || p.polname from pg_policy p
      where regexp_replace(pg_get_expr(p.polqual, p.polrelid), 'SELECT auth\\.(uid|role|jwt)\\(\\)', '', 'g') ~ 'auth\\.(uid|role|jwt)\\(\\)'`,
  },
  {
    name: 'a policy asks for sets, not row by row',
    sql: `select p.polrelid::regclass || ' ' || p.polname || ': ' || f.proname from pg_policy p join pg_class c on c.oid = p.polrelid
      join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_proc'::regclass
      join pg_proc f on f.oid = d.refobjid
      where c.relnamespace in ${OURS} and f.pronamespace = 'private'::regnamespace and not f.proretset`,
  },
  {
    name: 'an id in a policy is compared with its community',
    sql: `select p.polrelid::regclass || ' ' || p.polname from pg_policy p
      where pg_get_expr(p.polqual, p.polrelid) ~ 'my_persons|persons_i_help|my_scopes'
        and pg_get_expr(p.polqual, p.polrelid) !~ 'my_person_keys|helped_person_keys|my_scope_keys'
      or regexp_count(pg_get_expr(p.polqual, p.polrelid), 'persons_i_help\\(\\)') > regexp_count(pg_get_expr(p.polqual, p.polrelid), 'helped_person_keys\\(\\)')
      or regexp_count(pg_get_expr(p.polqual, p.polrelid), 'my_persons\\(\\)') > regexp_count(pg_get_expr(p.polqual, p.polrelid), 'my_person_keys\\(\\)')
      or regexp_count(pg_get_expr(p.polqual, p.polrelid), 'my_scopes\\(') > regexp_count(pg_get_expr(p.polqual, p.polrelid), 'my_scope_keys\\(')`,
  },
  {
    name: 'the API roles may select and nothing else',
    sql: `select c.oid::regclass || ' ' || a.privilege_type || ' to ' || coalesce(r.rolname, 'public') from pg_class c cross join lateral aclexplode(c.relacl) a
      left join pg_roles r on r.oid = a.grantee
      where c.relnamespace in ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and (a.grantee = 0 or r.rolname in ${API_ROLES})
        and not (c.relkind <> 'S' and a.privilege_type = 'SELECT' and r.rolname is not null
          and (r.rolname = 'authenticated' or c.relname in (${list(EXCEPTIONS.publicTables)})))`,
  },
  {
    name: 'no column has a grant of its own',
    sql: `select a.attrelid::regclass || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relnamespace in ${OURS} and a.attacl is not null`,
  },
  {
    name: 'every function pins an empty search_path',
    sql: `select p.oid::regprocedure::text from pg_proc p where p.pronamespace in ${OURS} and not coalesce(p.proconfig @> array['search_path=""'], false)`,
  },
  {
    name: 'a function of public is executable by authenticated, by anon if listed, by nobody else',
    sql: `select p.oid::regprocedure || ' to ' || coalesce(r.rolname, 'public') from pg_proc p cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
      left join pg_roles r on r.oid = a.grantee where p.pronamespace = 'public'::regnamespace and a.grantee <> p.proowner
        and not (coalesce(r.rolname, '') in ('authenticated', 'service_role') or (r.rolname = 'anon' and p.proname in (${list(EXCEPTIONS.publicFunctions)})))
      union all
      select p.oid::regprocedure || ' not for authenticated' from pg_proc p where p.pronamespace = 'public'::regnamespace
        and not has_function_privilege('authenticated', p.oid, 'execute')`,
  },
  {
    name: 'a function of private is executable by nobody, the sets of policies excepted',
    sql: `select p.oid::regprocedure || ' to ' || coalesce(r.rolname, 'public') from pg_proc p cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
      left join pg_roles r on r.oid = a.grantee where p.pronamespace = 'private'::regnamespace and a.grantee <> p.proowner
        and not (r.rolname = 'authenticated' and p.proname in (${list(EXCEPTIONS.policyHelpers)}))`,
  },
  {
    name: 'a set for policies is about the caller alone',
    sql: `select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'private'::regnamespace and p.proname in (${list(EXCEPTIONS.policyHelpers)})
      and p.prosrc !~ 'auth\\.uid\\(\\)|private\\.(my_persons|my_person_keys|helped_person_keys|communities_where_i_am|my_scope_keys|my_party_scope_keys|my_party_member_keys)\\('`,
  },
  {
    name: 'a function of public is security definer and establishes the caller first',
    sql: `select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname not in (${list(EXCEPTIONS.publicFunctions)})
      and (not p.prosecdef or coalesce((regexp_match(p.prosrc,
        -- the first assignment of the declarations, or the first statement of the body
        '(?:^\\s*declare\\s+\\w+ [\\w.]+ := ([^;]+);)|(?:(?:^|\\n)begin\\s+([^;]+);)'))[1], (regexp_match(p.prosrc, '(?:^|\\n)begin\\s+([^;]+);'))[1], '')
        !~ 'private\\.(begin_command|begin_platform_command|require_member|me)\\(|auth\\.uid\\(\\)')`,
  },
  {
    name: 'no command takes who I am as an argument',
    sql: `select p.oid::regprocedure || ' ' || n from pg_proc p, unnest(p.proargnames) n where p.pronamespace = 'public'::regnamespace
      and n ~ '^p_(user|user_id|me|my|actor|caller|as|by|auth|account|role_of|signed_up_by|confirmed_by|viewer)(_id|_person_id|_user_id)?$'`,
  },
  {
    name: 'a command begins with the community and the command id',
    sql: `select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosrc ~ 'private\\.end_command\\('
      and not (p.proargnames[1:2] = array['p_community_id', 'p_id'] or (p.proargnames[1] = 'p_id' and p.prosrc ~ 'begin_platform_command\\('))`,
  },
  {
    name: 'every table and function of public is commented',
    sql: `select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace and obj_description(p.oid, 'pg_proc') is null
      union all select c.oid::regclass::text from pg_class c where c.relnamespace in ${OURS} and c.relkind in ('r', 'p') and obj_description(c.oid, 'pg_class') is null
        and c.relname not in ('point_rules')`,
  },
  {
    name: 'every foreign key has an index',
    sql: `select k.conrelid::regclass || ' ' || k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid
      where k.contype = 'f' and c.relnamespace in ${OURS} and not exists (select 1 from pg_index i where i.indrelid = k.conrelid
        and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$')
        and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)`,
  },
  {
    name: 'the key of a tenant table begins with the community',
    sql: `select c.oid::regclass::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not in (${list(EXCEPTIONS.aboveCommunities)})
      and not exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'p'
        and (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = k.conkey[1]) = 'community_id'
        and (c.relname in (${list(EXCEPTIONS.otherKeys)}) or (cardinality(k.conkey) = 2
          and (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = k.conkey[2]) = 'id')))`,
  },
  {
    name: 'a foreign key between tenant tables carries the community',
    sql: `select k.conrelid::regclass || ' ' || k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
      where k.contype = 'f' and c.relnamespace in ${OURS} and f.relnamespace = 'public'::regnamespace and f.relname not in (${list(EXCEPTIONS.aboveCommunities)})
        and (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = k.conkey[1]) is distinct from 'community_id'`,
  },
  {
    name: 'nothing is published to realtime outside the list',
    sql: `select p.pubname || ' ' || p.tablename from pg_publication_tables p where p.schemaname in ('public', 'private') and p.tablename not in (${list(EXCEPTIONS.realtimeTables)})
      union all select pubname || ' for all tables' from pg_publication where puballtables`,
  },
  {
    name: 'a column about a person says what it holds',
    sql: `select a.attrelid::regclass || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
        and a.attname ~ '${PERSONAL}' and c.relname not in ('org_units', 'dictionaries', 'method_profiles', 'communities', 'compounds', 'buildings', 'entrances',
          'grids', 'places', 'corps', 'party_orgs', 'shift_roles', 'work_calendar')
        and coalesce(col_description(c.oid, a.attnum), '') !~ '^(personal data|public)'`,
  },
  {
    name: 'default privileges give the API roles nothing',
    sql: `select d.defaclobjtype::text || ' ' || coalesce(n.nspname, '*') || ' to ' || coalesce(r.rolname, 'public') from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
      cross join lateral aclexplode(d.defaclacl) a left join pg_roles r on r.oid = a.grantee
      where (n.nspname is null or n.nspname in ('public', 'private')) and (a.grantee = 0 or r.rolname in ${API_ROLES})
      union all select 'functions of public to public by default' where not exists (select 1 from pg_default_acl d where d.defaclobjtype = 'f' and d.defaclnamespace = 0)`,
  },
  {
    name: 'what was earned is append-only',
    sql: `select t from unnest(array['audit_logs', 'access_logs', 'service_records', 'earlier_hours', 'point_entries', 'point_rulesets', 'point_rules', 'method_profiles', 'duty_rulesets', 'duty_rules',
      'party_score_rulesets', 'party_score_rules', 'party_score_entries', 'party_quarter_scores', 'party_year_scores']) t
      where not exists (select 1 from pg_trigger g where g.tgrelid = ('public.' || t)::regclass and g.tgenabled = 'O' and g.tgfoid = 'private.tg_append_only()'::regprocedure
        and (g.tgtype & 24) = 24)`,
  },
  {
    name: 'a trigger function cannot be called and a rule does not exist',
    sql: `select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prorettype = 'trigger'::regtype
      union all select r.rulename from pg_rewrite r join pg_class c on c.oid = r.ev_class where c.relnamespace in ${OURS} and c.relkind = 'r'`,
  },
]

export const STRUCTURAL_RULES = RULES.map((rule) => rule.name)

/** Everything the structural rules find; empty when the schema is sound. */
export async function structuralFindings(client: SqlClient, only?: string): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { name, sql } of RULES) {
    if (only && name !== only) continue
    const rows = await client.query<{ what: string }>(`select what::text from (${sql}) as found (what) order by 1`)
    findings.push(...rows.map(({ what }) => ({ rule: name, what })))
  }
  return findings
}
