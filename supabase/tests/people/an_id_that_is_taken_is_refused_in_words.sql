select plan(8);

select is(tests.run('worker', format('select register_person(tests.a(), %L, %L, 1950, 1)', tests.id('resident'), '于爷爷')), '409 id_reused');
select is(tests.run('worker', format('select review_join(tests.a(), %L, %L, %L)', tests.id('resident'), tests.id('join request'), 'confirm')), '409 id_reused');
select is(tests.run('worker', format('select create_invite(tests.a(), %L)', tests.id('invite'))), '409 id_reused');
select is(tests.run('secretary', format('select grant_role(tests.a(), %L, %L, %L)', tests.id('community_worker worker'), tests.id('neighbour'), 'supervisor')), '409 id_reused');
select is(tests.run('volunteer', format('select ask_privacy(tests.a(), %L, %L)', tests.id('privacy request'), 'copy')), '409 id_reused');
select is(tests.run('worker', format('select link_helper(tests.a(), %L, %L, %L)', tests.id('volunteer helps elder'), tests.id('neighbour'), tests.id('volunteer'))), '409 id_reused');
select is(tests.run('volunteer2', format('select claim_shift(tests.a(), %L, %L)', tests.id('volunteer on past'), tests.id('shift'))), '409 id_reused');
select is(tests.run('leader', format('select add_corps_member(tests.a(), %L, %L, %L)', tests.id('volunteer in green'), tests.id('green'), tests.id('volunteer3'))), '409 id_reused');

select * from finish();
