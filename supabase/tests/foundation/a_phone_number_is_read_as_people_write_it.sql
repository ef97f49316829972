select plan(4);

select is(private.clean_phone('+86 138-1234-5678'), '13812345678');
select is(private.clean_phone(translate('13812345678', '0123456789', U&'\FF10\FF11\FF12\FF13\FF14\FF15\FF16\FF17\FF18\FF19')), '13812345678', 'full-width digits');
select throws_ok($$ select private.clean_phone('12812345678') $$, 'PT400', 'phone_invalid');
select throws_ok($$ select private.clean_phone('') $$, 'PT400', 'field_required');

select * from finish();
