select plan(2);

create temp table seed as select tests.value('volunteer', format('select my_member_code(tests.a(), %L)', tests.id('elder'))) ->> 'secret' as secret;
select is(tests.run('volunteer', format('select unlink_helper(tests.a(), tests.new(), %L)', tests.id('volunteer helps elder'))), 'ok');
select is_empty($$ select 1 from private.member_code_secrets s where s.person_id = tests.id('elder') and encode(s.secret, 'hex') = (select secret from seed) $$);

select * from finish();
