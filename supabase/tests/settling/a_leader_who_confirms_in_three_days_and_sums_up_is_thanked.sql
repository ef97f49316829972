select plan(4);

create function pg_temp.lead(p_name text, p_day text, p_confirm text, p_summary text) returns int language plpgsql as $$
begin
  perform tests.make_activity(tests.a(), p_name, 'green'), tests.make_shift(p_name || ' shift', p_day || ' 09:00', 60, 5, p_name);
  perform tests.claim('volunteer2', p_name || ' shift');
  perform tests.scan('check_in', 'volunteer2', p_name || ' shift', p_day || ' 08:58'), tests.scan('check_out', 'volunteer2', p_name || ' shift', p_day || ' 10:00');
  perform tests.at(p_confirm);
  perform tests.run('leader', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id(p_name || ' shift')));
  if p_summary is not null then
    perform tests.at(p_summary);
    perform tests.run('leader', format('select save_summary(tests.a(), tests.new(), %L, ''做了很多'')', tests.id(p_name)));
  end if;
  perform tests.run('leader', format('select settle_activity(tests.a(), tests.new(), %L)', tests.id(p_name)));
  return tests.balance('leader');
end $$;
select is(pg_temp.lead('plain', '2026-11-17', '2026-11-17 10:30', null), 0, 'without a summary');
select is(pg_temp.lead('late', '2026-11-18', '2026-11-22 10:30', '2026-11-22 10:40'), 0, 'confirmed after more than three days');
select is(pg_temp.lead('good', '2026-11-23', '2026-11-24 10:30', '2026-11-24 10:40'), 10);
select is((select rule_code || ' ' || source_kind from point_entries where person_id = tests.id('leader')), 'V06 activity');

select * from finish();
