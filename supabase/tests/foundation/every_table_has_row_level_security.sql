select plan(1);

select is_empty(
  $$
    select c.oid::regclass::text from pg_class c
    where c.relkind in ('r', 'p') and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
      and not c.relrowsecurity
  $$,
  'every table of public and private has row-level security on'
);

select * from finish();
