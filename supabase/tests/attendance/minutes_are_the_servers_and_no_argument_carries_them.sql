select plan(1);

select is_empty($$ select p.proname from pg_proc p, unnest(p.proargnames) n where p.proname in ('check_in', 'check_out', 'confirm_attendance') and n like '%minute%' $$);

select * from finish();
