select plan(5);

select is(private.mask_name('王小明'), '王*明');
select is(private.mask_name('王明'), '王*');
select is(private.mask_name('𠮷䶮'), '𠮷*', 'by code points');
select is(private.mask_name('王'), '*');
select is(private.mask_phone('13812345678'), '138****5678');

select * from finish();
