select plan(16);

create function pg_temp.feed(p_secret text) returns text language sql as $$
  select tests.value('anonymous', format('select ical_feed(%L)', p_secret)) #>> '{}'
$$;
create function pg_temp.rotate(p_who text, p_secret text, p_corps text default null, p_id text default null) returns text language sql as $$
  select tests.run(p_who, format('select rotate_calendar_feed(tests.a(), %L, %L, %L)', coalesce(tests.id(p_id), tests.new()), encode(sha256(convert_to(p_secret, 'UTF8')), 'hex'), tests.id(p_corps)))
$$;
select tests.claim('volunteer', 'shift'), tests.claim('volunteer2', 'repair shift');
select is(pg_temp.rotate('volunteer', 'one'), 'ok');
select is(tests.run('volunteer', $$select rotate_calendar_feed(tests.a(), tests.new(), 'not a hash')$$), '400 field_invalid');
select is(pg_temp.rotate('volunteer2', 'one'), '409 id_reused', 'an address is one person''s');
select ok(pg_temp.feed('one') like E'BEGIN:VCALENDAR\r\n%BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\n%END:VCALENDAR\r\n', 'the time zone is in it');
select ok(pg_temp.feed('one') like '%DTSTART;TZID=Asia/Shanghai:20261120T090000%UID:%' or pg_temp.feed('one') like '%UID:' || tests.id('shift') || '@sanlian%DTSTART;TZID=Asia/Shanghai:20261120T090000%');
select ok(pg_temp.feed('one') !~ tests.id('repair shift')::text, 'nobody else''s shift');
select is(tests.run('anonymous', $$select ical_feed('two')$$), '404 feed_unknown');
select is(tests.run('anonymous', $$select ical_feed(null)$$), '404 feed_unknown');
select is(pg_temp.rotate('volunteer', 'green', 'green', 'corps feed'), 'ok');
select ok(pg_temp.feed('green') ~ tests.id('shift')::text and pg_temp.feed('green') !~ tests.id('repair shift')::text and pg_temp.feed('green') !~ tests.id('draft shift')::text,
  'a corps: what it published, nothing else');
select is(pg_temp.rotate('volunteer', 'three'), 'ok');
select is(tests.run('anonymous', $$select ical_feed('one')$$), '404 feed_unknown', 'a new address ends the old');
select is(tests.run('volunteer2', format('select revoke_calendar_feed(tests.a(), tests.new(), %L)', tests.id('corps feed'))), '404 feed_unknown');
select is(tests.run('volunteer', format('select revoke_calendar_feed(tests.a(), tests.new(), %L)', tests.id('corps feed'))), 'ok');
select is(tests.run('anonymous', $$select ical_feed('green')$$), '404 feed_unknown');
select tests.run('volunteer', 'select leave_community(tests.a(), tests.new())');
select is(tests.run('anonymous', $$select ical_feed('three')$$), '404 feed_unknown', 'who left has no feed');

select * from finish();
