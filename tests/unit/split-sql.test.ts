import { expect, test } from 'vitest'
import { splitSql } from '../../supabase/embedded/split-sql'

test('splits at top-level semicolons only, and knows the line of each statement', () => {
  const source = [
    '-- a comment; with a semicolon',
    'create table a (b text default \';\', "c;d" int);',
    '/* block ; /* nested ; */ still */',
    'create function f() returns void language plpgsql as $$',
    "begin perform ';'; end $$;",
    "select E'it\\'s; fine', 'a''b;c', $tag$;$$;$tag$;",
    'create function g() returns int begin atomic select case when true then 1 end; select 2; end;',
    'select 1 -- no final semicolon',
  ].join('\n')
  expect(splitSql(source).map(({ line, text }) => [line, text.split('\n')[0]])).toEqual([
    [2, 'create table a (b text default \';\', "c;d" int)'],
    [4, 'create function f() returns void language plpgsql as $$'],
    [6, "select E'it\\'s; fine', 'a''b;c', $tag$;$$;$tag$"],
    [7, 'create function g() returns int begin atomic select case when true then 1 end; select 2; end'],
    [8, 'select 1 -- no final semicolon'],
  ])
})

test('a file of comments has no statement', () => {
  expect(splitSql('-- nothing\n/* here */\n')).toEqual([])
})
