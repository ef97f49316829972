select plan(5);

update activities set qualification_kind = 'electrician' where id = tests.id('cleanup');
select tests.make_shift('s1', '2026-11-18 09:00'), tests.make_shift('s2', '2026-11-19 09:00');
update qualifications set status = 'ended', valid_to = '2026-11-18' where person_id = tests.id('volunteer');
select tests.claim('volunteer', 's1'), tests.serve('volunteer', 's1', '2026-11-18 09:00', '2026-11-18 11:00');
select is((select e.amount from point_entries e join service_records r on r.id = e.source_id where r.shift_id = tests.id('s1')), 24, '20 × 1.2');
select is((select e.inputs ->> 'multiplier_rule' from point_entries e join service_records r on r.id = e.source_id where r.shift_id = tests.id('s1')), 'V02');
select is((private.service_multiplier(tests.a(), tests.id('record volunteer on past'), tests.id('volunteer'), '2026-11-19')).multiplier, null, 'without the qualification no more');
insert into emergency_declarations (community_id, id, activity_id, declared_by, declared_at) values (tests.a(), tests.new(), tests.id('cleanup'), tests.id('secretary'), '2026-11-18');
select is((private.service_multiplier(tests.a(), (select id from service_records where shift_id = tests.id('s1')), tests.id('volunteer'), '2026-11-18')).rule_code, 'V03', 'the highest alone');
select is((private.service_multiplier(tests.a(), tests.id('record volunteer on past'), tests.id('volunteer'), '2026-11-10')).rule_code, 'V02', 'never retroactive: declared after it was confirmed');

select * from finish();
