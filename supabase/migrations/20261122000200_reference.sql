-- Reference tables above communities: organisation tree, dictionaries, work calendar, method profiles; and the communities.

create table public.org_units (
  id uuid primary key,
  parent_id uuid references public.org_units (id),
  level text not null check (level in ('district', 'street', 'community')),
  name text not null,
  region_code text not null,
  constraint region_code_has_twelve_digits check (region_code ~ '^[0-9]{12}$')
);
create index org_units_by_parent on public.org_units (parent_id);
alter table public.org_units enable row level security;
grant select on public.org_units to anon, authenticated;
create policy select_all on public.org_units for select to anon, authenticated using (true);
comment on table public.org_units is 'District / street / community tree; region codes are text of 12 digits.';

create table public.dictionaries (
  kind text not null,
  code text not null,
  sort int not null,
  meta jsonb not null default '{}',
  primary key (kind, code)
);
alter table public.dictionaries enable row level security;
grant select on public.dictionaries to anon, authenticated;
create policy select_all on public.dictionaries for select to anon, authenticated using (true);
comment on table public.dictionaries is 'The codes of domain.md. Labels live in the locale files, never here.';

insert into public.dictionaries (kind, code, sort)
select k.kind, c.code, c.sort::int
from (values
  ('linkage', array['party','workers','volunteers']),
  ('corps_color', array['red_relief','orange_youth','yellow_patrol','green_eco','cyan_law','blue_repair','purple_health']),
  ('party_member_kind', array['managed','in_service','floating']),
  ('party_post', array['grid_delegate','publicist','hygienist','safety_officer','mediator','professional_post','service_post']),
  ('building_duty', array['hygiene_supervisor','publicist','informant','mediator']),
  ('role', array['resident','volunteer','corps_leader','party_member','party_worker','branch_secretary','deputy_branch_secretary','party_group_leader','grid_worker','community_worker',
    'community_secretary','building_head','resident_rep','partner_contact','reward_clerk','supervisor','street_admin']),
  ('provenance', array['scanned','leader_confirmed','backfilled','imported']),
  ('wish_kind', array['goods','service','companionship']),
  ('wish_for', array['hardship','disabled','left_behind_child','empty_nest']),
  ('service_category', array['community_service','poverty_relief','education','health','legal','environment','science','culture',
    'safety','civility','traffic','fire','rescue','anti_drug','sports','tourism','special_care','large_event','overseas','tax','other']),
  ('award_kind', array['volunteer_pioneer','area_star','courtyard_star','civilized_family','harmonious_family',
    'excellent_member','excellent_worker','cobuild_model']),
  ('consent_purpose', array['community_service','volunteer_record','publish_name','political_status','guardian','helper']),
  ('staff_title', array['community_secretary','deputy_secretary','director','deputy_director','grid_worker','line_worker','social_worker']),
  ('business_line', array['party_building','civil_affairs','health','security','mediation','environment','employment','culture','general'])
) as k (kind, codes)
cross join lateral unnest(k.codes) with ordinality as c (code, sort);

create function private.require_code(p_kind text, p_code text)
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  if p_code is null or not exists (select 1 from public.dictionaries d where d.kind = p_kind and d.code = p_code) then
    perform private.fail(400, 'code_unknown', jsonb_build_object('kind', p_kind, 'code', left(coalesce(p_code, ''), 40)));
  end if;
  return p_code;
end $$;
comment on function private.require_code(text, text) is 'The code when the dictionary has it. Error: code_unknown {kind, code}.';

-- ---------------------------------------------------------------- work calendar

create table public.work_calendar (
  day date primary key,
  is_workday boolean not null,
  note text,
  provisional boolean not null default false
);
alter table public.work_calendar enable row level security;
grant select on public.work_calendar to anon, authenticated;
create policy select_all on public.work_calendar for select to anon, authenticated using (true);
comment on table public.work_calendar is
  'Workdays with 调休. 2025 and 2026 as announced by the State Council; 2027 holds the statutory days only and is provisional until announced.';

insert into public.work_calendar (day, is_workday, provisional)
select d::date, extract(isodow from d) < 6, extract(year from d) = 2027
from generate_series(date '2025-01-01', date '2027-12-31', interval '1 day') d;

with changed (from_day, to_day, is_workday, note) as (values
  (date '2025-01-01', date '2025-01-01', false, '元旦'), ('2025-01-28', '2025-02-04', false, '春节'),
  ('2025-01-26', '2025-01-26', true, '春节调休'), ('2025-02-08', '2025-02-08', true, '春节调休'),
  ('2025-04-04', '2025-04-06', false, '清明节'), ('2025-05-01', '2025-05-05', false, '劳动节'),
  ('2025-04-27', '2025-04-27', true, '劳动节调休'), ('2025-05-31', '2025-06-02', false, '端午节'),
  ('2025-10-01', '2025-10-08', false, '国庆节、中秋节'), ('2025-09-28', '2025-09-28', true, '国庆节调休'),
  ('2025-10-11', '2025-10-11', true, '国庆节调休'),
  ('2026-01-01', '2026-01-03', false, '元旦'), ('2026-01-04', '2026-01-04', true, '元旦调休'),
  ('2026-02-15', '2026-02-23', false, '春节'), ('2026-02-14', '2026-02-14', true, '春节调休'),
  ('2026-02-28', '2026-02-28', true, '春节调休'), ('2026-04-04', '2026-04-06', false, '清明节'),
  ('2026-05-01', '2026-05-05', false, '劳动节'), ('2026-05-09', '2026-05-09', true, '劳动节调休'),
  ('2026-06-19', '2026-06-21', false, '端午节'), ('2026-09-25', '2026-09-27', false, '中秋节'),
  ('2026-10-01', '2026-10-07', false, '国庆节'), ('2026-09-20', '2026-09-20', true, '国庆节调休'),
  ('2026-10-10', '2026-10-10', true, '国庆节调休'),
  ('2027-01-01', '2027-01-01', false, '元旦'), ('2027-02-05', '2027-02-08', false, '春节'),
  ('2027-04-05', '2027-04-05', false, '清明节'), ('2027-05-01', '2027-05-02', false, '劳动节'),
  ('2027-06-09', '2027-06-09', false, '端午节'), ('2027-09-15', '2027-09-15', false, '中秋节'),
  ('2027-10-01', '2027-10-03', false, '国庆节')
)
update public.work_calendar w set is_workday = c.is_workday, note = c.note
from changed c where w.day between c.from_day and c.to_day;

create function private.add_workdays(p_from date, p_days int)
returns date language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce(
    (select w.day from public.work_calendar w where w.day > p_from and w.is_workday order by w.day offset greatest(p_days, 1) - 1 limit 1),
    p_from + (p_days * 7 / 5 + 2));
end $$;
comment on function private.add_workdays(date, int) is 'The p_days-th workday after a day, by the work calendar; beyond the calendar, five days a week.';

-- ---------------------------------------------------------------- method profiles

create table public.method_profiles (
  code text not null,
  version int not null,
  name text not null,
  source text not null,
  data jsonb not null,
  published_at timestamptz not null default now(),
  primary key (code, version),
  constraint profile_is_complete check (data ?& array['labels', 'cadences', 'thresholds', 'modules'])
);
alter table public.method_profiles enable row level security;
grant select on public.method_profiles to anon, authenticated;
create policy select_all on public.method_profiles for select to anon, authenticated using (true);
create trigger tg_method_profiles__append_only before update or delete on public.method_profiles
  for each row execute function private.tg_append_only();
comment on table public.method_profiles is
  'A community''s working method as data: labels, cadences, thresholds, enabled modules. A version never changes (invariant 11).';

insert into public.method_profiles (code, version, name, source, data) values
('tuxin', 1, '三三归一', 'X 涂新社区', $json${
  "labels": {
    "method": "三三归一", "grid": "片区", "grid_worker": "包片社工", "line_worker": "管线社工", "volunteers": "七彩志愿",
    "linkage": {"party": "党员联动", "workers": "社工联勤", "volunteers": "志愿联盟"},
    "hearts": ["以群众为中心·贴心", "以社区为核心·舒心", "辖区企业同心·联心"],
    "care": ["弱势群体", "下一代", "榜样人物"],
    "goal": "党建引领社区民生、经济、文化全面发展",
    "posts": {"managed": "一代四员", "in_service": "一员双岗"},
    "deliberation": {"platform": "民声金话筒", "chapters": ["民生篇", "金融篇", "医疗篇", "环保篇", "文化篇"], "forms": ["驻家议事", "建家议事", "回家议事"]},
    "cobuild": {"ways": ["区域共建", "事务共商", "结对共建", "资源共享", "志愿服务"], "works": ["组织联网", "阵地联享", "思想联做", "治安联防", "卫生联搞", "服务联办"], "lists": ["资源", "需求", "服务"]},
    "brands": ["候鸟亭", "青苗学堂", "阳光课堂", "午间课堂"]
  },
  "cadences": {
    "service_day_of_month": 28, "service_month": 3, "household_visits_per_month": 25, "household_round": "year",
    "property_company_visit": "day", "work_contract": "year", "pioneer_award": "year", "party_score": "quarter"
  },
  "thresholds": {"households_per_grid": 400, "grid_alert_above": 450, "resident_reps": 50, "cobuild_units": 7, "goods_wish_max_yuan": 300, "star_hours": [100, 300, 600, 1000, 1500]},
  "modules": {"volunteers": true, "points": true, "rewards": true, "boards": true, "scan_checkin": true, "party_posts": true, "party_points": true,
    "wishes": true, "visits": true, "tickets": true, "deliberation": true, "appraisal": true, "cobuild": true, "children": true, "courtyard_autonomy": false, "care_call": false}
}$json$),
('hongmen', 1, '三化一制', 'H 黉门街社区', $json${
  "labels": {
    "method": "三化一制", "grid": "网格片区", "grid_worker": "综合服务协管员", "line_worker": "后台服务人员", "volunteers": "网格志愿服务队",
    "linkage": {"party": "区域党建", "workers": "网格服务", "volunteers": "全员联动"},
    "pillars": ["区域化组织构架", "网格化服务体系", "院落化自治管理", "全员联动参与机制"],
    "posts": {"managed": "院落党小组岗", "in_service": "区域党员岗"},
    "organisation": {"committees": ["社区党委", "区域党委"], "secretary": "一肩挑", "levels": ["社区党委", "网格片区党支部", "院落(楼栋)党小组"]},
    "four_haves": ["有队伍", "有站点", "有设施", "有经费"], "three_links": ["一卡通", "一键通", "信息通"],
    "channels": ["黉门夜话", "黉门问需日", "民情气象站", "院落民情会", "民情日记"],
    "teams": ["院落自治管理小组", "院落民情议事会", "门卫", "楼栋长", "居民骨干"],
    "mediation": ["邻里纠纷院落调", "院落矛盾社区解", "社区难题街道帮"],
    "deliberation": {"platform": "民情议事会", "chain": ["院落党小组审议", "院落民情议事会决议", "公开决议事项", "公开实施结果"]},
    "services": {"front": "综合服务管理站大厅", "back": "上门承接办理", "classes": 8, "items": 89}
  },
  "cadences": {
    "service_day_of_month": null, "service_month": null, "per_matter_review": "matter", "grid_worker_review": "quarter", "committee_review": "year",
    "report_on_duty": "year", "area_star": "quarter", "courtyard_star": "quarter", "night_talk": "month", "ask_needs_day": "month"
  },
  "thresholds": {"grids": 8, "workers_per_grid": 1, "households_per_grid": 600, "grid_alert_above": 700, "assembly_seats": 20, "assembly_seat_classes": 3,
    "courtyard_assembly": [10, 30], "self_management_group": [3, 5], "goods_wish_max_yuan": 300, "star_hours": [100, 300, 600, 1000, 1500]},
  "modules": {"volunteers": true, "points": true, "rewards": false, "boards": true, "scan_checkin": true, "party_posts": true, "party_points": false,
    "wishes": true, "visits": true, "tickets": true, "deliberation": true, "appraisal": true, "cobuild": true, "children": false, "courtyard_autonomy": true, "care_call": true}
}$json$);

-- ---------------------------------------------------------------- communities

create table public.communities (
  id uuid primary key,
  org_unit_id uuid not null references public.org_units (id),
  name text not null,
  address text,
  relay_phone text,
  method_code text not null,
  method_version int not null,
  settings jsonb not null default '{}',
  is_demo boolean not null default false,
  created_at timestamptz not null default now(),
  foreign key (method_code, method_version) references public.method_profiles (code, version)
);
create index communities_by_org_unit on public.communities (org_unit_id);
create index communities_by_method on public.communities (method_code, method_version);
alter table public.communities enable row level security;
grant select on public.communities to anon, authenticated;
create policy select_all on public.communities for select to anon, authenticated using (true);
comment on table public.communities is
  'The tenants. settings overrides the method profile: modules (boards, scan_checkin, party_points …) and numbers such as check_in_opens_minutes.';
comment on column public.communities.relay_phone is 'public: the office''s number, never a private one';

create table private.setting_keys (
  key text primary key,
  kind text not null check (kind in ('module', 'number')),
  area text not null,
  sort int not null,
  unit text,
  min_value int,
  max_value int,
  default_value int,
  constraint a_number_has_bounds_and_a_default check (kind = 'module' or coalesce(default_value between min_value and max_value, false)),
  constraint a_module_has_neither check (kind = 'number' or num_nulls(unit, min_value, max_value, default_value) = 4)
);
alter table private.setting_keys enable row level security;
comment on table private.setting_keys is
  'What a community may set for itself: switches of modules (the default is in its method profile) and numbers. A capability adds its own rows in its migration; each key has texts under settings.key in the locales.';

insert into private.setting_keys (key, kind, area, sort) values
  ('scan_checkin', 'module', 'volunteers', 10),
  ('points', 'module', 'points', 10), ('rewards', 'module', 'points', 20), ('boards', 'module', 'points', 30),
  ('party_posts', 'module', 'party', 10), ('party_points', 'module', 'party', 20),
  ('wishes', 'module', 'care', 10),
  ('appraisal', 'module', 'appraisal', 10);
insert into private.setting_keys (key, kind, area, sort, unit, min_value, max_value, default_value) values
  ('check_in_opens_minutes', 'number', 'volunteers', 20, 'minutes', 10, 240, 60),
  ('overtime_minutes', 'number', 'volunteers', 30, 'minutes', 0, 120, 30),
  ('newcomer_first_hours', 'number', 'signup', 10, 'hours', 0, 72, 0),
  ('newcomer_times', 'number', 'signup', 20, 'times', 1, 10, 1),
  ('max_shifts_in_a_row', 'number', 'signup', 30, 'shifts', 0, 10, 0),
  ('block_max_percent', 'number', 'signup', 40, 'percent', 0, 100, 50);

create function private.setting_int(p_community_id uuid, p_key text, p_default int default null)
returns int language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce(
    (select (c.settings ->> p_key)::int from public.communities c where c.id = p_community_id),
    (select k.default_value from private.setting_keys k where k.key = p_key),
    p_default);
end $$;
comment on function private.setting_int(uuid, text, int) is 'A number of a community: what it set, else the default of the registry (private.setting_keys).';

create function private.module_is_on(p_community_id uuid, p_module text)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce((c.settings -> 'modules' ->> p_module)::boolean, (m.data -> 'modules' ->> p_module)::boolean, false)
  from public.communities c
  join public.method_profiles m on m.code = c.method_code and m.version = c.method_version
  where c.id = p_community_id);
end $$;
comment on function private.module_is_on(uuid, text) is 'One switch per community for each module; the community''s setting wins over its method profile (norms.md, Less burden).';
