select plan(2);

insert into public.party_posts (community_id, id, person_id, post, grid_id, party_org_id, valid_from)
  values (tests.a(), tests.id('backdated'), tests.id('branch'), 'mediator', tests.id('grid1'), tests.id('party org'), '2026-03-01');
select is((select min(month) from private.duties_owed(tests.a(), '2026-01-01', '2026-12-31', array[tests.id('branch')])), date '2026-11-01', 'written down in November');
select is((select min(month) from private.duties_owed(tests.a(), '2026-01-01', '2026-12-31', array[tests.id('party')])), date '2026-01-01', 'written down when it began');

select * from finish();
