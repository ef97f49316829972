import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadWorld } from '../factories/world'
import { createDatabase, type TestDatabase } from '../support/postgres'
import { FUNCTIONS, prepareMatrix } from './gates/matrix'

/**
 * Every argument of every function is given what nobody should send, one at a time, by somebody with every right, while
 * the others are sound. The answer is a slug, or Postgres refuses the text before the function runs, or the value was
 * harmless; never an error of the database from within, and whatever was refused changed nothing.
 */
const LONG = '长'.repeat(10_000)
const TEXTS: Record<string, string> = {
  empty: '',
  spaces: ' \t\n　',
  long: LONG,
  controls: 'a\u0001b\u0007',
  turned: 'abc\u202Edef',
  invisible: '\u200B\u2060',
  emoji: '😀👨‍👩‍👧',
  rare: '𠮷䶮',
  quote: `'; drop table public.persons; --`,
  markup: '<script>alert(1)</script>',
  like: '%_\\',
  number: '１２３',
  json: '{"a":1}',
}
const VALUES: Record<string, Record<string, string>> = {
  uuid: {
    nobody: '00000000-0000-4000-8000-00000000dead',
    zero: '00000000-0000-0000-0000-000000000000',
    foreign_person: `(tests.id('b_resident'))`,
    foreign_shift: `(tests.id('b_shift'))`,
    foreign_corps: `(tests.id('b_green'))`,
    taken: `(tests.id('resident'))`,
    taken_signup: `(tests.id('volunteer on past'))`,
    taken_invite: `(tests.id('invite'))`,
  },
  text: TEXTS,
  int4: { negative: '-1', zero: '0', huge: '2147483647', least: '-2147483648' },
  bool: { yes: 'true', no: 'false' },
  date: { past: '1900-01-01', future: '9999-12-31', end: 'infinity', beginning: '-infinity', last: '5874897-12-31' },
  timestamptz: { past: '1900-01-01', future: '9999-12-31', end: 'infinity', beginning: '-infinity' },
  jsonb: {
    number: '1',
    list: '[]',
    object: '{}',
    text: '"x"',
    nothing: 'null',
    deep: `${'['.repeat(200)}${']'.repeat(200)}`,
    wrong: '{"corps_id":"x","title":{},"shifts":[{"id":1,"starts_at":"soon","roles":[{"capacity":"many"}]}]}',
    long: JSON.stringify({ title: LONG, shifts: [{}] }),
    rows: '[{"row_no":"x"}]',
    rows_long: JSON.stringify([{ row_no: 3, name: LONG, phone: '😀', birth: '0000-99' }]),
  },
  _text: {
    empty: '{}',
    nulls: '{NULL}',
    long: `{${LONG}}`,
    many: `{${Array.from({ length: 30 }, (_, n) => `s${n}`).join()}}`,
    emoji: '{😀}',
    control: '{"a\u0001"}',
  },
  _uuid: { empty: '{}', nulls: '{NULL}', nobody: '{00000000-0000-4000-8000-00000000dead}' },
}
/** What cannot even be read as the type; Postgres says so before anything of ours runs, and the client has words for it. */
const UNREADABLE: Record<string, string> = {
  uuid: 'x',
  int4: 'many',
  bool: 'perhaps',
  date: 'someday',
  timestamptz: 'someday',
  jsonb: '{',
  _text: '{',
  _uuid: '{x}',
}
/** States the client maps to invalid_input (src/lib/errors.ts); 22001–22P05 come from reading an argument. */
const READING = /^22(P02|007|008|003|P05|021)/

/** Somebody with every right in the community, and the one who owns the rows in question. */
const ACTORS = ['secretary', 'volunteer', 'stranger'] as const

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
  await loadWorld(database.client)
  await prepareMatrix(database.client)
  await database.client.exec(`
    create function tests.checksum() returns text language plpgsql security definer as $$
    declare t record; v text; v_all text := '';
    begin
      for t in select c.oid::regclass as name from pg_class c where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) order by 1 loop
        execute format('select coalesce(md5(string_agg(x::text, %L order by x::text)), %L) from %s x', ',', '', t.name) into v;
        v_all := v_all || v;
      end loop;
      return md5(v_all);
    end $$;
    /* Outcome of one bad call, always taken back: the state, the message, and where an error came from. */
    create function tests.try(p_who text, p_sql text) returns jsonb language plpgsql as $$
    declare v_state text; v_message text; v_context text;
    begin
      begin
        perform tests.at('2026-11-20 08:30');
        perform tests.become(p_who);
        execute p_sql;
        raise exception using errcode = 'TC001', message = 'ok';
      exception when others then
        get stacked diagnostics v_state = returned_sqlstate, v_message = message_text, v_context = pg_exception_context;
      end;
      return jsonb_build_object('state', v_state, 'message', v_message, 'inside', v_context ~ 'function public\\.?|PL/pgSQL function (?!tests\\.)');
    end $$;`)
}, 120_000)
afterAll(() => database.drop())

interface Argument {
  name: string
  type: string
}
interface Attempt {
  what: string
  who: string
  sql: string
}

async function argumentsOf(name: string): Promise<Argument[]> {
  return database.client.query<Argument>(
    `select n.name, t.typname as type from pg_proc p cross join lateral unnest(p.proargnames[1:p.pronargs], p.proargtypes::oid[]) with ordinality as n (name, type, nth)
     join pg_type t on t.oid = n.type where p.pronamespace = 'public'::regnamespace and p.proname = $1 order by n.nth`,
    [name],
  )
}

/** The sound arguments as the matrix has them, split at its top-level commas. */
function soundArguments(name: string): string[] {
  const text = FUNCTIONS[name]!({
    variant: 'own',
    persona: 'volunteer',
    c: 'tests.a()',
    person: `tests.id('volunteer')`,
    row: (row) => `tests.id('${row}')`,
    signup: `tests.id('volunteer on shift')`,
  })
  const parts: string[] = []
  let depth = 0
  let quoted = false
  let part = ''
  for (const char of text) {
    if (char === "'") quoted = !quoted
    if (!quoted && '(['.includes(char)) depth += 1
    if (!quoted && ')]'.includes(char)) depth -= 1
    if (char === ',' && depth === 0 && !quoted) {
      parts.push(part.trim())
      part = ''
    } else part += char
  }
  return part.trim() ? [...parts, part.trim()] : parts
}

async function attempts(name: string): Promise<Attempt[]> {
  const args = await argumentsOf(name)
  const sound = soundArguments(name)
  const call = (index: number, value: string) => {
    const given = args
      .slice(0, Math.max(index + 1, sound.length))
      .map((argument, at) => `${argument.name} => ${at === index ? value : (sound[at] ?? 'null')}`)
    return `select public.${name}(${given.join(', ')})`
  }
  const literal = (value: string, type: string) =>
    value.startsWith('(') ? value : `'${value.replaceAll("'", "''")}'::${type}`
  return args.flatMap((argument, index) => {
    const values = { ...VALUES[argument.type], null: '' }
    return ACTORS.flatMap((who) =>
      Object.entries(values).map(([kind, value]) => ({
        what: `${argument.name} ${kind} by ${who}`,
        who,
        sql: call(index, kind === 'null' ? `null::${argument.type}` : literal(value, argument.type)),
      })),
    ).concat(
      UNREADABLE[argument.type]
        ? [
            {
              what: `${argument.name} unreadable`,
              who: 'secretary',
              sql: call(index, `'${UNREADABLE[argument.type]!}'`),
            },
          ]
        : [],
    )
  })
}

describe('bad input gets a slug and changes nothing', () => {
  test.each(Object.keys(FUNCTIONS).filter((name) => !['my_session', 'close_account'].includes(name)))(
    '%s',
    async (name) => {
      const all = await attempts(name)
      const before = await database.client.query<{ sum: string }>('select tests.checksum() as sum')
      const answers = await database.client.query<{ said: { state: string; message: string; inside: boolean } }>(
        'select tests.try(q ->> 0, q ->> 1) as said from jsonb_array_elements($1::text::jsonb) with ordinality as t (q, n) order by n',
        [JSON.stringify(all.map(({ who, sql }) => [who, sql]))],
      )
      const wrong = answers.flatMap(({ said: { state, message, inside } }, index) => {
        const fine =
          state === 'TC001' ||
          (/^PT[1-5]\d\d$/.test(state) && /^[a-z][a-z0-9_]*$/.test(message)) ||
          (READING.test(state) && !inside)
        return fine ? [] : [`${all[index]!.what}: ${state} ${message}${inside ? ' (inside)' : ''}`]
      })
      expect(wrong).toEqual([])
      expect(await database.client.query('select tests.checksum() as sum')).toEqual(before)
    },
  )
})
