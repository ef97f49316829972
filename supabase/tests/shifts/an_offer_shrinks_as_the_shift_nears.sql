select plan(4);

select is(private.offer_window(now() + interval '4 days', now()), interval '12 hours');
select is(private.offer_window(now() + interval '8 hours', now()), interval '2 hours');
select is(private.offer_window(now() + interval '20 minutes', now()), interval '10 minutes');
select is(private.offer_window(now() + interval '6 minutes', now()), interval '6 minutes', 'never past the start');

select * from finish();
