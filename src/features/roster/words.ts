import type { RosterField, RosterKind } from './fields'

/**
 * The words people write in their own spreadsheets: not text of our screens, but input we understand.
 * The first word of each list is what our template says.
 */
export const HEADER_WORDS: Record<RosterField, readonly string[]> = {
  name: ['姓名', '名字', '居民姓名', '志愿者姓名', '党员姓名', '人员姓名', '名称', 'name', 'full name'],
  phone: ['手机号', '手机', '手机号码', '联系电话', '联系方式', '电话', '电话号码', '本人电话', 'phone', 'mobile', 'tel'],
  birth: ['出生年月', '出生日期', '生日', '出生', '出生时间', '出生年月日', 'birth', 'birthday', 'date of birth', 'born'],
  compound: ['小区', '院落', '小区名称', '小区院落', '所在小区', '院落名称', 'compound', 'estate'],
  building: ['楼栋', '楼号', '栋号', '栋', '幢', '楼', '楼栋号', '几栋', 'building', 'block'],
  entrance: ['单元', '楼门', '单元号', '单元楼门', '门栋', 'entrance', 'unit'],
  door: ['门牌号', '房号', '室', '门牌', '户号', '房间号', '门号', '室号', 'door', 'room', 'flat', 'apartment'],
  grid: ['网格', '片区', '片', '所属网格', '所属片区', '网格编号', '网格号', '包片', '包片网格', '负责网格', '负责片区', 'grid', 'area'],
  corps: ['志愿队', '队伍', '服务队', '志愿服务队', '所属队伍', '颜色', '七彩队伍', 'corps', 'team', 'colour', 'color'],
  skills: ['特长', '技能', '专长', '服务特长', 'skills', 'skill'],
  availability: ['服务时间', '空闲时间', '可服务时间', '有空时间', 'availability', 'available'],
  guardian_name: ['监护人', '监护人姓名', '家长姓名', 'guardian', 'guardian name'],
  guardian_phone: ['监护人电话', '监护人手机', '监护人手机号', '监护人联系电话', '家长电话', 'guardian phone'],
  party_kind: ['党员类别', '党员类型', '类别', '党员性质', '组织关系', 'party kind', 'member kind', 'kind'],
  party_org: ['所在支部', '党支部', '支部', '党组织', '所属支部', '所在党支部', '所属党组织', 'branch', 'party organisation', 'party org'],
  home_unit: ['工作单位', '单位', '在职单位', '所在单位', 'employer', 'home unit', 'work unit'],
  post: ['岗位', '认领岗位', '党员岗位', '设岗', '岗位名称', 'post', 'position'],
  exempt_reason: ['免考原因', '免考', '免考理由', '不作要求原因', 'exempt', 'exempt reason'],
  relay_phone: ['对外电话', '公开电话', '办公电话', '中继号', '中继号码', '座机', '值班电话', 'relay', 'relay phone', 'office phone'],
  from: ['起始日期', '任职日期', '开始日期', '任职时间', '到岗日期', '上岗日期', '生效日期', 'from', 'start', 'start date'],
  title: ['职务', '岗位职务', '职位', '定岗', '岗位', '身份', 'title', 'job'],
  business_line: ['管线', '条线', '业务条线', '业务线', '分管', '负责条线', 'line', 'business line'],
}

/** Columns that are known and not taken: what we do not need we do not collect (norms.md). */
export const LEFT_OUT_WORDS: readonly string[] = [
  '身份证号', '身份证', '身份证号码', '证件号', '证件号码', '公民身份号码', 'id card', 'id number', '银行卡号', '户口簿', '照片', '序号', '编号', '备注', 'no', 'no.',
]

export const ID_CARD_WORDS: readonly string[] = [
  '身份证号', '身份证', '身份证号码', '证件号', '证件号码', '公民身份号码', 'id card', 'id number',
]

export const SHEET_WORDS: Record<RosterKind, readonly string[]> = {
  residents: ['居民', '住户', '居民名册', '人口', 'residents', 'resident'],
  volunteers: ['志愿者', '志愿', 'volunteers', 'volunteer'],
  party_members: ['党员', 'party', 'party members', 'party_members'],
  staff: ['社工', '工作人员', '工作队伍', '定岗', '社区工作者', '网格员', '包片', 'staff', 'workers'],
}

/** Labels and other spellings of codes. */
export const CODE_WORDS: Partial<Record<RosterField, Record<string, readonly string[]>>> = {
  corps: {
    red_relief: ['红色扶贫帮困', '红', '红色', '扶贫帮困', 'red', 'Red – relief and help'],
    orange_youth: ['橙色青春助跑', '橙', '橙色', '青春助跑', 'orange', 'Orange – youth support'],
    yellow_patrol: ['黄色治安巡逻', '黄', '黄色', '治安巡逻', 'yellow', 'Yellow – safety patrol'],
    green_eco: ['绿色生态环保', '绿', '绿色', '生态环保', 'green', 'Green – environment'],
    cyan_law: ['青色法律维权', '青', '青色', '法律维权', 'cyan', 'Cyan – legal aid'],
    blue_repair: ['蓝色家电维修', '蓝', '蓝色', '家电维修', 'blue', 'Blue – appliance repair'],
    purple_health: ['紫色卫生保健', '紫', '紫色', '卫生保健', 'purple', 'Purple – health care'],
  },
  availability: {
    weekday_day: ['工作日白天', '平时白天', '周一至周五白天', 'Weekday daytime'],
    weekday_evening: ['工作日晚上', '平时晚上', 'Weekday evenings'],
    weekend_day: ['周末白天', '周末', '双休日', 'Weekend daytime'],
    weekend_evening: ['周末晚上', 'Weekend evenings'],
    anytime: ['都可以', '随时', '不限', '任何时间', 'Any time'],
  },
  party_kind: {
    managed: ['直管党员', '直管', '社区党员', '在册党员', 'Managed here'],
    in_service: ['在职党员', '在职', '双报到党员', 'In service elsewhere'],
    floating: ['流动党员', '流动', 'Floating'],
  },
  post: {
    grid_delegate: ['网格代表', '代表', 'Grid delegate'],
    publicist: ['民情宣传员', '宣传员', 'Publicist'],
    hygienist: ['卫生员', 'Hygienist'],
    safety_officer: ['安全员', 'Safety officer'],
    mediator: ['调解员', 'Mediator'],
    professional_post: ['本职敬业岗', '敬业岗', 'Professional post'],
    service_post: ['为民奉献岗', '奉献岗', 'Service post'],
  },
  title: {
    community_secretary: ['社区书记', '书记', '党委书记', 'Community secretary'],
    deputy_secretary: ['副书记', 'Deputy secretary'],
    director: ['主任', '社区主任', '居委会主任', 'Director'],
    deputy_director: ['副主任', 'Deputy director'],
    grid_worker: ['包片社工', '网格员', '网格长', '片长', 'Grid worker'],
    line_worker: ['管线社工', '条线社工', 'Line worker'],
    social_worker: ['社工', '社区工作者', 'Social worker'],
  },
  business_line: {
    party_building: ['党建', 'Party building'],
    civil_affairs: ['民政', 'Civil affairs'],
    health: ['卫生健康', '卫健', '计生', 'Health'],
    security: ['治安', '综治', '平安', 'Security'],
    mediation: ['调解', '司法', 'Mediation'],
    environment: ['环境', '环保', '城管', 'Environment'],
    employment: ['就业', '社保', '劳动保障', 'Employment'],
    culture: ['文化', '文体', 'Culture'],
    general: ['综合', 'General'],
  },
}
