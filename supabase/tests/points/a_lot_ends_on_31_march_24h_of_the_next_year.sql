select plan(2);

select is(private.lot_expiry('2026-01-01'), tests.shanghai('2027-04-01 00:00'));
select is(private.lot_expiry('2026-12-31'), tests.shanghai('2027-04-01 00:00'));

select * from finish();
