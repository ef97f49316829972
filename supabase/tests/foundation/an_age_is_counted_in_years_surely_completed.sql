select plan(3);

select is(private.age_on(2008, 11, '2026-11-30'), 17);
select is(private.age_on(2008, 11, '2026-12-01'), 18);
select is(private.age_on(2008, null, '2026-12-31'), 17, 'without a month, the year after');

select * from finish();
