select plan(2);

-- An estimated count knows no policy: what the planner has seen of a column, anybody may ask it.
select is_empty($$ select t.relname || '.' || a.attname from pg_class t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0
    join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = t.oid and d.objsubid = a.attnum and d.description like 'personal data%'
  where t.relnamespace = 'public'::regnamespace and t.relkind = 'r' and a.attstattarget is distinct from 0 $$, 'no column of personal data');
analyze public.person_private;
select is_empty($$ select attname from pg_stats where schemaname = 'public' and tablename = 'person_private' and attname in ('phone', 'real_name') $$, 'no name and no number');

select * from finish();
