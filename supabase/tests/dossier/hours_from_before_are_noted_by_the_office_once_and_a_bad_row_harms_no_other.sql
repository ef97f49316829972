select plan(5);

create temp table sheet as select jsonb_build_array(
  jsonb_build_object('volunteer_no', v.volunteer_no, 'year', '2025', 'hours', '12.5', 'times', '4', 'source', '旧系统'),
  jsonb_build_object('volunteer_no', 'V999999', 'year', '2025', 'hours', '1', 'source', '旧系统'),
  jsonb_build_object('volunteer_no', v.volunteer_no, 'year', '2027', 'hours', '1', 'source', '旧系统'),
  jsonb_build_object('volunteer_no', v.volunteer_no, 'year', '2024', 'hours', '-3', 'source', '旧系统'),
  jsonb_build_object('volunteer_no', v.volunteer_no, 'year', '2024', 'hours', '3', 'source', ' ')) as rows
  from public.volunteers v where v.id = tests.id('volunteer');
grant select on sheet to authenticated;
select is(tests.value('worker', 'select import_earlier_hours(tests.a(), tests.id(''batch''), rows) from sheet'),
  '{"imported": 1, "refused": [{"row_no": 2, "why": "volunteer_unknown"}, {"row_no": 3, "why": "year_invalid"}, {"row_no": 4, "why": "hours_invalid"}, {"row_no": 5, "why": "source_invalid"}]}'::jsonb);
select is(tests.value('worker', 'select import_earlier_hours(tests.a(), tests.new(), jsonb_build_array(rows -> 0)) from sheet') -> 'refused' -> 0 ->> 'why', 'already_there');
select is(tests.run('leader', 'select import_earlier_hours(tests.a(), tests.new(), rows) from sheet'), '403 not_allowed');
select is(tests.run('worker', 'select import_earlier_hours(tests.a(), tests.new(), ''{}'')'), '400 field_invalid');
select is(tests.balance('volunteer'), 20, 'they bring no points');

select * from finish();
