select plan(14);

create function tests.submit(p_who text, p_name text, p_more jsonb) returns text language sql as $$
  select tests.run(p_who, format('select submit_wish(tests.a(), tests.new(), %L, %L)', tests.id(p_name), '{"kind":"service","wish_for":"disabled","title":"修灯","consent_via":"self"}'::jsonb || p_more))
$$;
create function tests.wish(p_name text) returns text language sql security definer as $$
  select w.status || ' ' || w.collected_via || ' ' || p.name from wishes w join wish_private p on p.id = w.id where w.id = tests.id(p_name)
$$;

select is(tests.submit('resident', 'w1', jsonb_build_object('person_id', tests.id('resident'))), 'ok');
select is(tests.wish('w1'), 'reviewing self 张住户');
select is(tests.submit('volunteer', 'w2', jsonb_build_object('person_id', tests.id('elder'), 'consent_via', 'helper')), 'ok');
select is(tests.wish('w2'), 'reviewing helper 候奶奶');
select is(tests.submit('grid', 'w3', jsonb_build_object('person_id', tests.id('resident'), 'consent_via', 'paper')), 'ok', 'of the own grid');
select is(tests.wish('w3'), 'reviewing visit 张住户');
select is(tests.submit('grid', 'w4', jsonb_build_object('person_id', tests.id('neighbour'))), '403 not_allowed', 'of another');
select is(tests.submit('neighbour', 'w5', jsonb_build_object('person_id', tests.id('elder'))), '403 not_allowed');
select is(tests.submit('leader', 'w6', '{"name":"贺奶奶","birth_year":1941,"phone":"144 0000 0099"}'), 'ok', 'somebody met on a visit');
select is(tests.submit('resident', 'w7', '{"name":"贺奶奶"}'), '403 not_allowed');
select is(tests.submit('resident', 'w1', jsonb_build_object('person_id', tests.id('resident'), 'title', '修门')), 'ok', 'while it waits it may be changed');
select is(tests.submit('volunteer2', 'w1', jsonb_build_object('person_id', tests.id('volunteer2'))), '404 wish_unknown', 'by nobody else');
select is(tests.submit('volunteer', 'open wish', jsonb_build_object('person_id', tests.id('elder'))), '409 wish_not_editable');
select is(tests.submit('resident', 'w8', jsonb_build_object('person_id', tests.id('b_resident'))), '403 not_allowed', 'of another community');

select * from finish();
