select plan(3);

update activities set qualification_kind = 'electrician' where id = tests.id('cleanup');
select is(tests.claim('volunteer2', 'shift'), '422 qualification_missing');
select is(tests.claim('volunteer', 'shift'), 'ok');
select tests.make_shift('next year', '2027-01-02 09:00');
select is(tests.claim('volunteer', 'next year'), '422 qualification_missing', 'it ran out on 31 December');

select * from finish();
