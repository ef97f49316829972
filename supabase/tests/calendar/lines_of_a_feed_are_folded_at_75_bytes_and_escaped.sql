select plan(5);

select is(private.ics_text(E'一;二,三\\\n四'), '一\;二\,三\\\n四');
select ok((select max(octet_length(convert_to(l, 'UTF8'))) from regexp_split_to_table(private.ics_fold('SUMMARY:' || repeat('清洁', 40)), E'\r\n') l) <= 75);
select is(replace(private.ics_fold('SUMMARY:' || repeat('清洁', 40)), E'\r\n ', ''), 'SUMMARY:' || repeat('清洁', 40), 'no character is cut');

select is(private.ics_fold('X:' || repeat('a', 73)), 'X:' || repeat('a', 73), '75 bytes stay one line');
select is(private.ics_fold('X:' || repeat('a', 74)), 'X:' || repeat('a', 73) || E'\r\n a', '76 do not');

select * from finish();
