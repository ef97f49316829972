select plan(3);
\ir _crowd.sql
select tests.earn('p2', 10), tests.earn('p4', 10);
select is(tests.listed('anonymous'), '1:120:第*号 1:120:第*号 3:100:第*号 3:100:第*号 5:80:第*号 6:70:第*号 7:60:第*号 8:50:第*号');
select is(tests.placed('p4'), '3:100 above 120 below 100');
select tests.earn('p12', 110);
select is(tests.placed('p12'), '1:120 above - below 120', 'not shown, and told the place that would be shared');
select * from finish();
