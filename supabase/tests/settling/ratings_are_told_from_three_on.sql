select plan(6);

create function pg_temp.rate(p_stars int, p_words text default null) returns text language sql as $$
  select tests.run('anonymous', format('select rate_service(tests.new(), %L, %L, %L)',
    tests.value('leader', format('select open_feedback(tests.a(), tests.new(), %L)', tests.id('past'))) ->> 'code', p_stars, p_words))
$$;
select tests.make_activity(tests.a(), 'other', 'green');
update shifts set activity_id = tests.id('other') where id = tests.id('shift');
select pg_temp.rate(5, '小王很耐心'), pg_temp.rate(4);
select is(tests.value('leader', format('select activity_report(tests.a(), %L)', tests.id('cleanup'))) #> '{rating,average}', 'null'::jsonb);
select is(tests.value('leader', format('select activity_report(tests.a(), %L)', tests.id('cleanup'))) -> 'words', '[]'::jsonb);
select pg_temp.rate(3);
select is(tests.value('leader', format('select activity_report(tests.a(), %L)', tests.id('cleanup'))) #>> '{rating,average}', '4.0');
select is(tests.value('leader', format('select activity_report(tests.a(), %L)', tests.id('cleanup'))) -> 'words', '["小王很耐心"]'::jsonb);
select is(tests.value('volunteer', format('select activity_report(tests.a(), %L)', tests.id('cleanup'))) #>> '{rating,average}', '4.0', 'the sum is for every member');
select is(tests.value('volunteer', format('select activity_report(tests.a(), %L)', tests.id('cleanup'))) -> 'words', '[]'::jsonb, 'the words are not');

select * from finish();
