select plan(10);

select is(private.clean_name(' 𠮷䶮 '), '𠮷䶮');
select is(private.clean_name('阿依古丽•买买提'), '阿依古丽·买买提');
select is(private.clean_name('O''Brien Ann'), 'O''Brien Ann');
select throws_ok($$ select private.clean_name('王😀') $$, 'PT400', 'name_invalid');
select throws_ok($$ select private.clean_name('王' || chr(65297)) $$, 'PT400', 'name_invalid', 'full-width digits are digits');
select throws_ok($$ select private.clean_name('王' || chr(8203) || '明') $$, 'PT400', 'name_invalid', 'an invisible space');
select throws_ok($$ select private.clean_name('王' || chr(8238) || '明') $$, 'PT400', 'field_has_control_characters', 'writing turned round');
select throws_ok($$ select private.clean_name(chr(8203) || ' ' || chr(12288)) $$, 'PT400', 'field_required', 'nothing to see');
select throws_ok($$ select private.clean_name(repeat('王', 51)) $$, 'PT400', 'field_too_long');
select throws_ok($$ select private.clean_name(repeat('王', 10000)) $$, 'PT400', 'field_too_long');

select * from finish();
