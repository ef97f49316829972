export type Size = 'default' | 'full'

export const COLORS = [
  'red_relief',
  'orange_youth',
  'yellow_patrol',
  'green_eco',
  'cyan_law',
  'blue_repair',
  'purple_health',
] as const
export type Color = (typeof COLORS)[number]

export const POSTS = ['grid_delegate', 'publicist', 'hygienist', 'safety_officer', 'mediator'] as const
export type Post = (typeof POSTS)[number]

/** What one community of the demo counts; everything here is asserted at the end. */
export interface Figures {
  key: string
  name: string
  method: 'tuxin' | 'hongmen'
  regionCode: string
  address: string
  /** Relay numbers begin with it; 990 is no area code. */
  relay: string
  isMain: boolean
  /** Per 片. */
  households: number[]
  entrances: number[]
  compoundsPerGrid: number
  entrancesPerBuilding: number
  /** 0–13, 14–17, 18–35, 36–59, 60–79, 80+ */
  ages: [number, number, number, number, number, number]
  party: {
    managed: number
    inService: number
    floating: number
    exempt: number
    groups: number
    activityPoints: number
    posts: Record<Post, number>
    /** 在职党员 with a 为民奉献岗. */
    servicePosts: number
  }
  staff: { deputies: number; lines: number; socialWorkers: number }
  residentReps: number
  volunteers: { byColor: Partial<Record<Color, number>>; withoutColor: number; minors: number; active: number }
  /** Activities of the year to the reference moment, today's eight among those on the 28th. */
  activities: { serviceDay: number; march: number; patrols: number; others: number }
  upcoming: number
  /** How the year's ended sign-ups went, in percent: attended 80, late cancelled 2, excused 9, cancelled 5, no-show 4. */
  outcomes: { late: number; excused: number; cancelled: number; noShow: number }
}

const OUTCOMES = { late: 2, excused: 9, cancelled: 5, noShow: 4 }

const WUTONG = {
  key: 'wutongli',
  name: '梧桐里社区',
  method: 'tuxin',
  regionCode: '990101001001',
  address: '示范市示例区同心街道梧桐里路18号',
  relay: '990-1001',
  isMain: true,
  compoundsPerGrid: 2,
  staff: { deputies: 3, lines: 5, socialWorkers: 4 },
  outcomes: OUTCOMES,
} as const

const WUTONG_FULL: Figures = {
  ...WUTONG,
  households: [402, 396, 388, 385, 379, 391, 383, 384],
  entrances: [20, 20, 19, 19, 19, 19, 19, 19],
  entrancesPerBuilding: 2,
  ages: [1150, 340, 2110, 3550, 2020, 430],
  party: {
    managed: 372,
    inService: 228,
    floating: 12,
    exempt: 58,
    groups: 41,
    activityPoints: 24,
    servicePosts: 57,
    posts: { grid_delegate: 16, publicist: 92, hygienist: 74, safety_officer: 78, mediator: 54 },
  },
  residentReps: 50,
  volunteers: {
    byColor: {
      red_relief: 210,
      orange_youth: 180,
      yellow_patrol: 260,
      green_eco: 320,
      cyan_law: 60,
      blue_repair: 90,
      purple_health: 150,
    },
    withoutColor: 210,
    minors: 46,
    active: 620,
  },
  activities: { serviceDay: 96, march: 36, patrols: 104, others: 84 },
  upcoming: 28,
}

const WUTONG_DEFAULT: Figures = {
  ...WUTONG,
  households: [40, 40, 39, 39, 38, 39, 38, 38],
  entrances: [2, 2, 2, 2, 2, 2, 2, 2],
  entrancesPerBuilding: 1,
  ages: [115, 34, 211, 355, 202, 43],
  party: {
    managed: 37,
    inService: 23,
    floating: 1,
    exempt: 6,
    groups: 8,
    activityPoints: 3,
    servicePosts: 8,
    posts: { grid_delegate: 8, publicist: 7, hygienist: 5, safety_officer: 6, mediator: 5 },
  },
  residentReps: 5,
  volunteers: {
    byColor: {
      red_relief: 21,
      orange_youth: 18,
      yellow_patrol: 26,
      green_eco: 32,
      cyan_law: 6,
      blue_repair: 9,
      purple_health: 15,
    },
    withoutColor: 21,
    minors: 5,
    active: 62,
  },
  activities: { serviceDay: 19, march: 4, patrols: 10, others: 8 },
  upcoming: 14,
}

const OTHERS = [
  {
    key: 'huaiyinjie',
    name: '槐荫街社区',
    method: 'hongmen',
    regionCode: '990101001002',
    address: '示范市示例区同心街道槐荫街6号',
    relay: '990-1002',
  },
  {
    key: 'xinghecheng',
    name: '星河城社区',
    method: 'hongmen',
    regionCode: '990101001003',
    address: '示范市示例区同心街道星河路30号',
    relay: '990-1003',
  },
  {
    key: 'luhuadu',
    name: '芦花渡社区',
    method: 'tuxin',
    regionCode: '990101001004',
    address: '示范市示例区同心街道渡口路9号',
    relay: '990-1004',
  },
  {
    key: 'baiyunpo',
    name: '白云坡社区',
    method: 'tuxin',
    regionCode: '990101001005',
    address: '示范市示例区同心街道白云坡街2号',
    relay: '990-1005',
  },
] as const

/** The other four stand at about five percent of the first. */
function otherFull(base: (typeof OTHERS)[number]): Figures {
  return {
    ...base,
    isMain: false,
    households: [78, 77],
    entrances: [4, 4],
    compoundsPerGrid: 1,
    entrancesPerBuilding: 2,
    ages: [58, 17, 105, 178, 101, 21],
    party: {
      managed: 19,
      inService: 11,
      floating: 1,
      exempt: 3,
      groups: 2,
      activityPoints: 1,
      servicePosts: 3,
      posts: { grid_delegate: 2, publicist: 5, hygienist: 3, safety_officer: 4, mediator: 2 },
    },
    staff: { deputies: 1, lines: 1, socialWorkers: 0 },
    residentReps: 3,
    volunteers: {
      byColor: { red_relief: 16, yellow_patrol: 20, green_eco: 24 },
      withoutColor: 14,
      minors: 2,
      active: 31,
    },
    activities: { serviceDay: 6, march: 2, patrols: 5, others: 3 },
    upcoming: 3,
    outcomes: OUTCOMES,
  }
}

function otherDefault(base: (typeof OTHERS)[number]): Figures {
  return {
    ...base,
    isMain: false,
    households: [16],
    entrances: [2],
    compoundsPerGrid: 1,
    entrancesPerBuilding: 2,
    ages: [6, 2, 10, 18, 10, 2],
    party: {
      managed: 3,
      inService: 1,
      floating: 0,
      exempt: 1,
      groups: 1,
      activityPoints: 1,
      servicePosts: 1,
      posts: { grid_delegate: 1, publicist: 1, hygienist: 0, safety_officer: 0, mediator: 0 },
    },
    staff: { deputies: 0, lines: 1, socialWorkers: 0 },
    residentReps: 1,
    // So many that the street's sums may be shown (board_min_people).
    volunteers: { byColor: { red_relief: 3, green_eco: 7 }, withoutColor: 2, minors: 0, active: 9 },
    activities: { serviceDay: 2, march: 1, patrols: 0, others: 1 },
    upcoming: 2,
    outcomes: OUTCOMES,
  }
}

export function figuresOf(size: Size): Figures[] {
  return size === 'full' ? [WUTONG_FULL, ...OTHERS.map(otherFull)] : [WUTONG_DEFAULT, ...OTHERS.map(otherDefault)]
}
