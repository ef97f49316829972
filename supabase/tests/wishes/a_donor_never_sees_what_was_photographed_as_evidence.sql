select plan(3);

select is(private.can_see_wish_file(tests.a(), tests.id('resident'), tests.id('approved wish')), false, 'not the donor, approved or not');
select is(private.can_see_wish_file(tests.a(), tests.id('worker'), tests.id('approved wish')), true);
select is(tests.value('resident', 'select wish_detail(tests.id(''approved wish''))') #> '{claim,files}', null);

select * from finish();
