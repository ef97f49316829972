import { at, Rng } from './random.ts'
import { nameOf, SURNAMES } from './names.ts'
import { DAY, dayOf, HOUR, moment, REFERENCE_MS } from './time.ts'
import { type Community, emit, keyed, type Person, userOf } from './world.ts'

type Kind = 'goods' | 'service' | 'companionship'
type Group = 'hardship' | 'disabled' | 'left_behind_child' | 'empty_nest'

interface Text {
  kind: Kind
  group: Group
  title: string
  body: string
  price?: number
  color?: string
}

const t = (kind: Kind, group: Group, title: string, body: string, price?: number, color?: string): Text => ({
  kind,
  group,
  title,
  body,
  ...(price ? { price } : {}),
  ...(color ? { color } : {}),
})

/** What people wish for: small, concrete, and nobody to be known by it. */
const TEXTS: Text[] = [
  t('goods', 'hardship', '一床厚棉被', '家里的被子旧了，冬天夜里冷，想要一床 1.5 米的。', 158, 'red_relief'),
  t('goods', 'hardship', '一袋大米和一桶油', '这个月看病花了不少，想吃几顿踏实饭。', 96, 'red_relief'),
  t('goods', 'left_behind_child', '一盏护眼台灯', '晚上写作业的灯有点暗，想要一盏亮一点的。', 89, 'orange_youth'),
  t('goods', 'left_behind_child', '一套彩色铅笔', '喜欢画画，想画一幅爸爸妈妈回家的画。', 45, 'orange_youth'),
  t('goods', 'left_behind_child', '一双运动鞋', '体育课要用，34 码。', 120, 'orange_youth'),
  t('goods', 'left_behind_child', '一套课外书', '想看《昆虫记》和《十万个为什么》。', 68, 'orange_youth'),
  t('goods', 'disabled', '一个洗澡椅', '站不久，想坐着洗澡，稳当一点。', 135),
  t('goods', 'disabled', '一把助步拐杖', '旧的那把橡胶头磨平了，下雨天滑。', 79),
  t('goods', 'disabled', '一个带大按键的电话', '眼睛看不太清，想给女儿打电话。', 128),
  t('goods', 'empty_nest', '一双防滑棉鞋', '冬天下楼怕滑，37 码。', 75, 'red_relief'),
  t('goods', 'empty_nest', '一个电热水袋', '手脚凉，夜里想暖一暖。', 52),
  t('goods', 'empty_nest', '一台收音机', '想听评书和早上的新闻。', 86),
  t('goods', 'hardship', '一个电饭煲', '旧的坏了，两个人吃饭，小一点就行。', 168),
  t('goods', 'hardship', '一个书包', '孩子开学要用，原来的背带断了。', 82, 'orange_youth'),
  t('service', 'empty_nest', '换一盏厨房的灯', '灯一闪一闪的，够不着，也不敢上梯子。', undefined, 'blue_repair'),
  t('service', 'empty_nest', '修一修漏水的水龙头', '滴滴答答好几天了，夜里睡不好。', undefined, 'blue_repair'),
  t('service', 'disabled', '上门理一次发', '出门不方便，头发长了。', undefined, 'purple_health'),
  t('service', 'disabled', '装一个卫生间扶手', '想自己站起来，不麻烦别人。', undefined, 'blue_repair'),
  t(
    'service',
    'left_behind_child',
    '辅导数学作业',
    '四年级，分数总是不太懂，周末一小时就好。',
    undefined,
    'orange_youth',
  ),
  t('service', 'hardship', '帮忙填一份低保申请', '字写不好，材料也不知道缺哪些。', undefined, 'cyan_law'),
  t('service', 'hardship', '清洗一次油烟机', '腰不好，弯不下去。', undefined, 'green_eco'),
  t('service', 'disabled', '量一次血压，教我看血糖仪', '买了不会用，怕看错。', undefined, 'purple_health'),
  t('companionship', 'empty_nest', '陪我下两盘象棋', '老伙计搬走了，找个人下棋聊聊天。'),
  t('companionship', 'empty_nest', '陪我去一趟医院', '挂号机不会用，想有人陪着。'),
  t(
    'companionship',
    'left_behind_child',
    '陪我过一次生日',
    '爸爸妈妈在外地，想有人一起吃蛋糕。',
    undefined,
    'orange_youth',
  ),
  t('companionship', 'disabled', '推我去公园看看菊花', '好久没下楼了，想晒晒太阳。'),
]

const THANKS: Record<Kind, string[]> = {
  goods: ['东西收到了，正合适，谢谢好心人。', '没想到真的有人来帮我，谢谢。', '摸着新的，心里热乎乎的，谢谢您。'],
  service: ['谢谢您，弄得又快又好，还不肯喝口水。', '困扰我好久的事解决了，谢谢。'],
  companionship: ['谢谢您陪我说话，这一天真高兴。', '有人陪着，心里就不慌了，谢谢。'],
}

/** Realised, claimed, open, in review, returned, expired, withdrawn (demo.md: 712 in full, a tenth by default). */
export interface WishFigures {
  realized: number
  claimed: number
  open: number
  reviewing: number
  returned: number
  expired: number
  withdrawn: number
}

export function wishFigures(c: Community): WishFigures {
  const isFull = c.persons.length > 1000 && c.figures.isMain ? c.figures.volunteers.active >= 600 : false
  if (c.figures.isMain) {
    return isFull
      ? { realized: 660, claimed: 18, open: 14, reviewing: 5, returned: 9, expired: 4, withdrawn: 2 }
      : { realized: 60, claimed: 3, open: 4, reviewing: 1, returned: 1, expired: 1, withdrawn: 1 }
  }
  return {
    realized: c.volunteers.length > 20 ? 33 : 2,
    claimed: 0,
    open: 1,
    reviewing: 0,
    returned: 0,
    expired: 0,
    withdrawn: 0,
  }
}

/** A year of wishes through the commands: taken down on visits or by oneself, reviewed, granted, confirmed, thanked. */
export function makeWishes(c: Community): void {
  const figures = wishFigures(c)
  const rng = new Rng(`${c.figures.key}/wishes`)
  const office = userOf(c.secretary)
  const faces = new Set(Object.values(c.demo))
  const grown = c.active.filter(
    (person) => person.userId && person.age >= 18 && !faces.has(person) && person !== c.secretary,
  )
  const donors = grown.filter((_, n) => n % 3 > 0)
  const receivers = grown.filter((_, n) => n % 3 === 0)
  const { volunteer, resident, partner_contact: partner } = c.demo
  let nth = 0
  let donorNth = 0

  const collector = (grid: number, when: number) => {
    const former = c.formerGridWorkers.find((one) => one.grid === grid && when < one.until)
    return userOf(former?.person ?? at(c.gridWorkers, grid))
  }
  /** Submitted; by the receiver when they have an account, else by the worker of a 片 who met them. */
  const submit = (when: number, text: Text, self?: Person, more: Record<string, unknown> = {}) => {
    nth += 1
    const id = keyed(c, 'wish', nth)
    const grid = self ? self.grid : rng.int(0, c.gridWorkers.length - 1)
    const isChild = text.group === 'left_behind_child'
    const age = isChild ? rng.int(7, 12) : text.group === 'empty_nest' ? rng.int(66, 88) : rng.int(32, 72)
    const name = self ? null : nameOf(rng, rng.pick(SURNAMES), age, nth)
    emit(c, when, self ? userOf(self) : collector(grid, when), 'submit_wish', ['wish', nth], {
      p_wish_id: id,
      p_wish: {
        ...(self ? { person_id: self.id } : { name, birth_year: String(2026 - age), grid_id: at(c.gridIds, grid) }),
        kind: text.kind,
        wish_for: text.group,
        title: text.title,
        body: text.body,
        price_yuan: text.price ?? null,
        corps_color: text.color ?? '',
        consent_via: isChild ? 'guardian' : self ? 'self' : 'paper',
        ...more,
      },
    })
    return { id, text, self }
  }
  type Made = ReturnType<typeof submit>
  const open = (when: number, { id, text }: Made, more: Record<string, unknown> = {}) =>
    emit(c, when, office, 'review_wish', ['open', id], {
      p_wish_id: id,
      p_public: { title: text.title, body: text.body, ...more },
    })
  const claim = (when: number, { id }: Made, donor: Person, firm?: string) =>
    emit(c, when, userOf(donor), 'claim_wish', ['claim', id], { p_wish_id: id, ...(firm ? { p_firm: firm } : {}) })
  const approve = (when: number, claimId: string) =>
    emit(c, when, office, 'judge_claim', ['judge', claimId], {
      p_claim_id: claimId,
      p_approve: true,
      p_text: '送到社区服务大厅就好，我们转交。',
    })
  const deliver = (when: number, claimId: string, donor: Person) =>
    emit(c, when, userOf(donor), 'record_delivery', ['deliver', claimId], { p_claim_id: claimId, p_via: 'community' })
  const confirm = (when: number, claimId: string, made: Made) =>
    emit(c, when, made.self ? userOf(made.self) : office, 'confirm_realized', ['confirm', claimId], {
      p_claim_id: claimId,
      expect: 'realized',
    })
  const thank = (when: number, claimId: string, made: Made, isJudged: boolean) => {
    if (!made.self) return
    const id = emit(c, when, userOf(made.self), 'send_thanks', ['thanks', claimId], {
      p_claim_id: claimId,
      p_text: rng.pick(THANKS[made.text.kind]),
      p_is_public: true,
    })
    if (isJudged)
      emit(c, when + 20 * HOUR, office, 'judge_thanks', ['judge thanks', claimId], { p_thanks_id: id, p_pass: true })
  }
  const textFor = (self: Person | undefined): Text => {
    const fitting = TEXTS.filter((text) =>
      self ? text.group !== 'left_behind_child' && (text.group !== 'empty_nest' || self.age >= 60) : true,
    )
    return rng.pick(fitting)
  }
  const donorOf = () => at(donors, donorNth++ % donors.length)

  const first = moment('2025-12-02', '09:00')
  const last = REFERENCE_MS - 24 * DAY
  for (let n = 0; n < figures.realized; n += 1) {
    const begun = first + Math.floor(((last - first) * n) / Math.max(figures.realized - 1, 1)) + rng.int(0, 7) * HOUR
    const self = receivers.length > 0 && n % 3 === 0 ? at(receivers, (n / 3) % receivers.length) : undefined
    const made = submit(begun, textFor(self), self)
    const opened = begun + rng.int(18, 50) * HOUR
    open(opened, made)
    const donor = volunteer && n % 12 === 11 ? volunteer : donorOf()
    const claimed = opened + rng.int(2, 120) * HOUR
    const claimId = claim(claimed, made, donor)
    approve(claimed + rng.int(3, 30) * HOUR, claimId)
    const delivered = claimed + rng.int(2, 9) * DAY
    deliver(delivered, claimId, donor)
    const confirmed = delivered + rng.int(1, 30) * HOUR
    confirm(confirmed, claimId, made)
    thank(confirmed + 5 * HOUR, claimId, made, n < figures.realized - 3)
  }

  const recent = (days: number, hours = 0) => REFERENCE_MS - days * DAY - hours * HOUR
  for (let n = 0; n < figures.open; n += 1)
    open(recent(6, n), submit(recent(7, n), at(TEXTS, (n * 7 + 2) % TEXTS.length)), n % 4 === 3 ? { parts: 4 } : {})
  // Under way: asked just now, approved and nearly due, brought and waiting for its receiver, a firm's.
  for (let n = 0; n < figures.claimed; n += 1) {
    const self = n % 3 === 2 && resident?.userId ? resident : undefined
    const made = submit(recent(16, n), at(TEXTS, self ? 0 : (n * 5 + 9) % TEXTS.length), self)
    open(recent(14, n), made)
    const firm = n % 4 === 1 && partner?.userId ? '同心街便民超市' : undefined
    const donor = firm ? partner! : n === 0 && volunteer ? volunteer : donorOf()
    const claimId = claim(recent(12, n), made, donor, firm)
    if (n % 3 !== 1) approve(recent(11, n), claimId)
    if (n % 3 === 2) deliver(recent(1, n % 12), claimId, donor)
  }
  for (let n = 0; n < figures.reviewing; n += 1) submit(recent(1, n), at(TEXTS, (n * 3 + 15) % TEXTS.length))
  for (let n = 0; n < figures.returned; n += 1) {
    const made = submit(recent(5, n), at(TEXTS, (n * 4 + 6) % TEXTS.length))
    emit(c, recent(4, n), office, 'return_wish', ['return', made.id], {
      p_wish_id: made.id,
      p_reason: '请再问一下尺寸，写清楚一点。',
    })
  }
  for (let n = 0; n < figures.expired; n += 1) {
    const begun = recent(60, n)
    const made = submit(begun, at(TEXTS, (n * 6 + 23) % TEXTS.length))
    open(begun + DAY, made, { needed_by: dayOf(begun + 20 * DAY) })
  }
  for (let n = 0; n < figures.withdrawn; n += 1) {
    const made = submit(recent(30, n), at(TEXTS, (n * 6 + 12) % TEXTS.length))
    open(recent(29, n), made)
    emit(c, recent(20, n), office, 'withdraw_wish', ['withdraw', made.id], { p_wish_id: made.id })
  }
}
