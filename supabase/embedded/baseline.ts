import { getAuthSchemaSql } from '@supabase/lite'
import type { SqlClient } from './sql-client.ts'

/**
 * What hosted Supabase brings along before the first migration, for a bare PGlite or Postgres: the API's roles, the
 * schema `extensions` with pgcrypto, the schema `auth` with its tables and `auth.uid()`, `auth.role()`, `auth.jwt()`.
 * Safe to run at every start; on a database that has them already it changes nothing.
 */
export function baselineSql(): string {
  return `${ROLES_AND_SCHEMAS}\n${getAuthSchemaSql()}\n${AUTH_FUNCTIONS}`
}

/** Runs the baseline, but not where `auth` belongs to somebody else, as on a Supabase: there it is all in place. */
export async function ensureBaseline(db: SqlClient): Promise<void> {
  const [others] = await db.query(
    "select nspowner from pg_namespace where nspname = 'auth' and pg_get_userbyid(nspowner) <> current_user",
  )
  if (!others) await db.exec(baselineSql())
}

const ROLES_AND_SCHEMAS = `
do $$
begin
  if not exists (select from pg_roles where rolname = 'anon') then create role anon nologin noinherit; end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin noinherit; end if;
  if not exists (select from pg_roles where rolname = 'service_role') then create role service_role nologin noinherit bypassrls; end if;
  if not exists (select from pg_roles where rolname = 'authenticator') then create role authenticator nologin noinherit; end if;
  grant anon, authenticated, service_role to authenticator;
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant anon, authenticated, service_role to %I', current_user);
  end if;
end $$;
create schema if not exists extensions;
create extension if not exists pgcrypto with schema extensions;
grant usage on schema public, extensions to anon, authenticated, service_role;
`

const AUTH_FUNCTIONS = `
grant usage on schema auth to anon, authenticated, service_role;
do $outer$
begin
  if to_regprocedure('auth.uid()') is null then
    create function auth.uid() returns uuid language sql stable as $$
      select coalesce(
        nullif(current_setting('request.jwt.claim.sub', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
      )::uuid
    $$;
  end if;
  if to_regprocedure('auth.role()') is null then
    create function auth.role() returns text language sql stable as $$
      select coalesce(
        nullif(current_setting('request.jwt.claim.role', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
      )
    $$;
  end if;
  if to_regprocedure('auth.email()') is null then
    create function auth.email() returns text language sql stable as $$
      select coalesce(
        nullif(current_setting('request.jwt.claim.email', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
      )
    $$;
  end if;
  if to_regprocedure('auth.jwt()') is null then
    create function auth.jwt() returns jsonb language sql stable as $$
      select coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb
    $$;
  end if;
end $outer$;
`
