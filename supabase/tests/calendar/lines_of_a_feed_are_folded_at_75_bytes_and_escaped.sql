select plan(3);

select is(private.ics_text(E'一;二,三\\\n四'), '一\;二\,三\\\n四');
select ok((select max(octet_length(convert_to(l, 'UTF8'))) from regexp_split_to_table(private.ics_fold('SUMMARY:' || repeat('清洁', 40)), E'\r\n') l) <= 75);
select is(replace(private.ics_fold('SUMMARY:' || repeat('清洁', 40)), E'\r\n ', ''), 'SUMMARY:' || repeat('清洁', 40), 'no character is cut');

select * from finish();
