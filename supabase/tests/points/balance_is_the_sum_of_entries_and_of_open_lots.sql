select plan(2);

select tests.claim('volunteer2', 'shift'), tests.serve('volunteer2', 'shift', '2026-11-20 09:00', '2026-11-20 11:00');
select is_empty($$ select 1 from point_accounts a where a.balance <> (select coalesce(sum(points), 0) from point_entries e where e.community_id = a.community_id and e.person_id = a.id)
  or a.balance <> (select coalesce(sum(remaining), 0) from point_lots l where l.community_id = a.community_id and l.person_id = a.id) $$);
select throws_ok($$ update point_accounts set balance = -1 $$, '23514');

select * from finish();
