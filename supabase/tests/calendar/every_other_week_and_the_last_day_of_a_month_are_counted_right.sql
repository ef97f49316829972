select plan(8);

create function pg_temp.days(p_json jsonb) returns text language plpgsql as $$
declare v public.activity_series;
begin
  v.frequency := p_json ->> 'frequency'; v.every := coalesce((p_json ->> 'every')::int, 1); v.first_on := p_json ->> 'from'; v.until_on := p_json ->> 'to';
  v.anchor_on := coalesce(p_json ->> 'anchor', p_json ->> 'from');
  v.weekdays := array(select jsonb_array_elements_text(coalesce(p_json -> 'weekdays', '[]'))::int); v.month_day := p_json ->> 'day';
  return (select string_agg(to_char(d, 'YYMMDD'), ' ' order by d) from private.series_days(v, v.first_on) d);
end $$;
select is(pg_temp.days('{"frequency": "weekly", "every": 2, "weekdays": [1, 7], "from": "2026-12-14", "to": "2027-01-17"}'), '261214 261220 261228 270103 270111 270117', 'every other week over the end of the year');
select is(pg_temp.days('{"frequency": "weekly", "every": 2, "weekdays": [3], "from": "2026-11-16", "to": "2026-12-16", "anchor": "2026-12-02"}'), '261118 261202 261216', 'the anchor counts backwards, too');
select is(pg_temp.days('{"frequency": "monthly", "day": 31, "from": "2026-12-01", "to": "2027-05-31"}'), '261231 270131 270228 270331 270430 270531', 'a month without the 31st uses its last day');
select is(pg_temp.days('{"frequency": "monthly", "day": 29, "from": "2028-01-01", "to": "2028-03-31"}'), '280129 280229 280329', 'a leap year has the 29th of February');
select is(pg_temp.days('{"frequency": "monthly", "day": 29, "from": "2027-02-01", "to": "2027-02-28"}'), '270228', 'another year has not');
select is(pg_temp.days('{"frequency": "monthly", "every": 3, "day": 28, "from": "2026-11-28", "to": "2027-08-31"}'), '261128 270228 270528 270828', 'each quarter');
select is(pg_temp.days('{"frequency": "monthly", "day": 28, "from": "2026-11-29", "to": "2026-12-28"}'), '261228', 'the day of the first month is over');
select is(pg_temp.days('{"frequency": "weekly", "weekdays": [2], "from": "2028-02-28", "to": "2028-03-07"}'), '280229 280307', 'a leap day is a weekday like others');

select * from finish();
