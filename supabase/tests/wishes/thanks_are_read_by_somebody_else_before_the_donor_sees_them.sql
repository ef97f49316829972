select plan(12);

create function tests.thanks_of(p_who text) returns text language sql as $$
  select tests.value(p_who, 'select my_wish_claims(tests.a())') #>> '{claims,0,thanks,text}'
$$;
select is(tests.thanks_of('volunteer2'), null, 'not while they wait');
select is(array[private.can_see_wish_thanks_file(tests.a(), tests.id('volunteer2'), tests.id('thanks')), private.can_see_wish_thanks_file(tests.a(), tests.id('worker'), tests.id('thanks'))],
  array[false, true], 'nor their voice; the office hears it');
select is(tests.run('resident', 'select send_thanks(tests.a(), tests.new(), tests.id(''realized claim''), ''谢谢我自己'')'), '403 own_claim');
select is(tests.run('neighbour', 'select send_thanks(tests.a(), tests.new(), tests.id(''realized claim''), ''谢谢'')'), '404 claim_unknown');
select is(tests.run('volunteer', 'select send_thanks(tests.a(), tests.id(''more''), tests.id(''realized claim''), ''谢谢，请打 144-0000-0001'', null, true)'), 'ok');
select is(tests.run('volunteer', 'select send_thanks(tests.a(), tests.new(), tests.id(''realized claim''), ''再谢'')'), '409 thanked_already');
select is(tests.run('worker', 'select judge_thanks(tests.a(), tests.new(), tests.id(''more''), true)'), '422 wish_text_betrays');
select is(tests.run('worker', 'select judge_thanks(tests.a(), tests.new(), tests.id(''more''), false, ''请去掉电话'')'), 'ok');
select is(tests.run('worker', 'select send_thanks(tests.a(), tests.id(''again''), tests.id(''realized claim''), ''谢谢您'', null, true)'), 'ok', 'the staff write it down for them');
select is(tests.run('worker', 'select judge_thanks(tests.a(), tests.new(), tests.id(''again''), true)'), '403 own_request', 'and somebody else reads it');
select is(tests.run('secretary', 'select judge_thanks(tests.a(), tests.new(), tests.id(''again''), true)') || tests.run('secretary', 'select judge_thanks(tests.a(), tests.new(), tests.id(''thanks''), true)'), 'okok');
select is(tests.thanks_of('volunteer2') || (select status from wishes where id = tests.id('realized wish'))
  || jsonb_path_query_first(tests.value('anonymous', 'select realized_wishes(tests.a())'), '$.recent[*] ? (@.title == "realized wish").thanks'), '谢谢您，灯亮了thanked"谢谢您"', 'and everybody what may be shown');

select * from finish();
