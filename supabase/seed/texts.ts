import type { Color } from './figures.ts'

export const COMPOUNDS = [
  '梧桐苑',
  '青荷里',
  '槐荫里',
  '杏花里',
  '文竹苑',
  '桂香里',
  '棠梨苑',
  '柳荫里',
  '枫林苑',
  '云杉里',
  '松风苑',
  '兰亭里',
  '玉簪苑',
  '海棠里',
  '石榴苑',
  '银杏里',
]

/** Venues by the number of their 片 (0 = first); a small community has those of its own 片 only. */
export const PLACES: { name: string; grid: number }[] = [
  { name: '党群服务中心', grid: 0 },
  { name: '新时代文明实践站', grid: 0 },
  { name: '中心小广场', grid: 1 },
  { name: '儿童之家', grid: 2 },
  { name: '老年食堂', grid: 3 },
  { name: '便民服务亭', grid: 4 },
  { name: '社区卫生服务站', grid: 5 },
  { name: '口袋公园', grid: 6 },
  { name: '法律服务室', grid: 7 },
  { name: '河畔步道', grid: 7 },
]

export const CORPS: Record<Color, { name: string; charter: string }> = {
  red_relief: {
    name: '暖邻扶贫帮困队',
    charter: '看望独居、困难和残疾的邻居，送去物品，也送去时间。上门前先约，两人同行，不收受任何礼物。',
  },
  orange_youth: {
    name: '青苗青春助跑队',
    charter: '陪孩子写作业、读书、运动。每次至少两名成年志愿者在场，孩子由家长接送并签字。',
  },
  yellow_patrol: {
    name: '平安治安巡逻队',
    charter: '早晚在楼院里走一走，查看消防通道、路灯和门禁。只劝导，不执法；遇到险情先报警。',
  },
  green_eco: { name: '绿芽生态环保队', charter: '清洁楼道和公共绿地，引导垃圾分类，办旧物回收日。每月28日全队出动。' },
  cyan_law: { name: '明理法律维权队', charter: '讲法、答疑、陪同调解。咨询内容保密，有执业资格的成员才能出具意见。' },
  blue_repair: {
    name: '巧匠家电维修队',
    charter: '修小家电、磨刀、查看老人家里的水电。带电作业须有电工证，修不了的如实说。',
  },
  purple_health: {
    name: '康宁卫生保健队',
    charter: '量血压、测血糖、陪同就诊、讲健康常识。不开药，不推销，数据当面告诉本人。',
  },
}

export interface Task {
  title: string
  category: string
  summary: string
  risk: string
  /** Index in PLACES. */
  place: number
}

export const TASKS: Record<Color, Task[]> = {
  red_relief: [
    {
      title: '独居老人上门帮忙',
      category: 'special_care',
      summary: '两人一组，帮老人买菜、擦窗、聊聊天，回来在签到处说一声老人的近况。',
      risk: '上下楼梯注意脚下；不替老人保管现金和证件。',
      place: 0,
    },
    {
      title: '爱心物资分发',
      category: 'poverty_relief',
      summary: '在服务中心把米面油按名单分装，再送到走不动的人家里。',
      risk: '搬重物两人一起，穿防滑鞋。',
      place: 0,
    },
    {
      title: '困难家庭大扫除',
      category: 'special_care',
      summary: '擦灶台、洗窗帘、清理阳台，家人在场时进行。',
      risk: '不登高擦外窗，不动用自家以外的电器。',
      place: 4,
    },
  ],
  orange_youth: [
    {
      title: '放学后作业辅导',
      category: 'education',
      summary: '陪小学生写作业，答得上的讲一讲，答不上的一起查书。',
      risk: '孩子由家长接送；不单独与孩子相处。',
      place: 3,
    },
    {
      title: '周末阅读角',
      category: 'culture',
      summary: '领读绘本、整理书架、登记借阅。',
      risk: '书架不攀爬，热水放在孩子够不到的地方。',
      place: 3,
    },
    {
      title: '青少年篮球陪练',
      category: 'sports',
      summary: '带热身、分组、记分，照看好休息区。',
      risk: '充分热身，雷雨天取消。',
      place: 2,
    },
  ],
  yellow_patrol: [
    {
      title: '夜间平安巡逻',
      category: 'safety',
      summary: '从服务中心出发，沿楼院走一圈，看消防通道、路灯、门禁，一事一记。',
      risk: '夜间穿反光背心，结伴而行；遇到冲突先退开再报警。',
      place: 0,
    },
    {
      title: '上学路口护学',
      category: 'traffic',
      summary: '早高峰在路口引导学生过街。',
      risk: '站在人行道内侧，不进机动车道。',
      place: 2,
    },
    {
      title: '消防通道巡查',
      category: 'fire',
      summary: '查看楼道堆物和电动车进楼，做好记录，好言相劝。',
      risk: '不搬他人物品，不与人争执。',
      place: 1,
    },
  ],
  green_eco: [
    {
      title: '清洁家园·楼道清理',
      category: 'environment',
      summary: '清理楼道小广告和杂物，擦一擦扶手，公共绿地捡拾垃圾。',
      risk: '戴手套和口罩，玻璃碎片用夹子。',
      place: 7,
    },
    {
      title: '旧物回收日',
      category: 'environment',
      summary: '登记、称重、分拣居民送来的旧书旧衣和小家电。',
      risk: '搬运时两人一组，注意往来车辆。',
      place: 2,
    },
    {
      title: '垃圾分类引导',
      category: 'civility',
      summary: '在投放点帮大家分一分，遇到不清楚的一起看图册。',
      risk: '不徒手翻捡垃圾。',
      place: 6,
    },
    {
      title: '河畔步道捡拾',
      category: 'environment',
      summary: '沿步道捡拾垃圾，记录破损的栏杆和路灯。',
      risk: '不下水，不越过护栏。',
      place: 9,
    },
  ],
  cyan_law: [
    {
      title: '法律咨询摊',
      category: 'legal',
      summary: '登记问题，由有资格的成员解答，复杂的约到服务室细谈。',
      risk: '不留存当事人的材料原件。',
      place: 8,
    },
    {
      title: '防诈骗宣传',
      category: 'legal',
      summary: '给老人讲讲最近的骗术，教会一句「先问社区」。',
      risk: '不收集他人账号信息。',
      place: 1,
    },
  ],
  blue_repair: [
    {
      title: '小家电义务维修',
      category: 'community_service',
      summary: '修电饭煲、电风扇、台灯，修好当面试机。',
      risk: '断电后拆修；带电作业须持证。',
      place: 5,
    },
    {
      title: '磨刀修伞便民点',
      category: 'community_service',
      summary: '磨剪刀菜刀，修伞配扣。',
      risk: '刀具用布包好交还，围观保持距离。',
      place: 5,
    },
    {
      title: '老人家水电安全检查',
      category: 'special_care',
      summary: '按清单查看插座、燃气软管、水龙头，有隐患记录上报。',
      risk: '不拆燃气设施，只查看和上报。',
      place: 0,
    },
  ],
  purple_health: [
    {
      title: '量血压测血糖',
      category: 'health',
      summary: '引导排队、登记、量血压，测血糖由有资格的成员操作。',
      risk: '采血针一人一换，用后放进利器盒。',
      place: 6,
    },
    {
      title: '陪老人就诊',
      category: 'special_care',
      summary: '接老人出门、挂号、陪诊、送回家，把医嘱写给家人。',
      risk: '路上搀扶，身体不适立刻联系家人和卫生站。',
      place: 6,
    },
    {
      title: '健康小课堂',
      category: 'health',
      summary: '布置会场、发放资料、帮老人调手机字号。',
      risk: '电线靠墙，通道保持畅通。',
      place: 1,
    },
  ],
}

export const HOME_UNITS = [
  '示例区第一中学',
  '示范市供水公司',
  '示例区图书馆',
  '同心街道卫生院',
  '示范市公交二公司',
  '示例区税务所',
  '示范职业学院',
  '示例区园林处',
]

export const CANCEL_REASONS = ['临时加班', '家里有事', '身体不舒服', '孩子生病了']
export const EXCUSE_REASONS = ['临时有急事，提前打过招呼', '身体不适，已告知队长', '家中老人住院', '单位临时通知开会']
