import { at } from './random.ts'
import { MINUTE, moment } from './time.ts'
import { type Community, emit, keyed, userOf } from './world.ts'

type Kind = 'goods' | 'service' | 'honour'

/** The catalogue of rules.md: [name, kind, points, pieces delivered or null, counter]. */
const ITEMS: [string, Kind, number, number | null, string | null][] = [
  ['香皂', 'goods', 30, 40, null],
  ['垃圾袋', 'goods', 40, 60, null],
  ['牙膏', 'goods', 50, 30, null],
  ['抽纸', 'goods', 60, 48, null],
  ['毛巾', 'goods', 80, 30, null],
  ['洗洁精', 'goods', 80, 24, null],
  ['食盐酱油', 'goods', 120, 20, '惠民便利店'],
  ['雨伞', 'goods', 180, 12, null],
  ['洗衣液2kg', 'goods', 200, 16, null],
  ['志愿马甲', 'goods', 200, 20, null],
  ['鸡蛋30枚', 'goods', 220, 10, '惠民便利店'],
  ['面粉5kg', 'goods', 250, 10, '惠民便利店'],
  ['保温杯', 'goods', 260, 8, null],
  ['大米5kg', 'goods', 300, 10, '惠民便利店'],
  ['食用油5L', 'goods', 600, 6, '惠民便利店'],
  ['血压血糖检测', 'service', 20, null, null],
  ['法律咨询30分钟', 'service', 60, null, null],
  ['场馆2h', 'service', 80, null, null],
  ['理发', 'service', 100, null, '同心理发店'],
  ['磨刀', 'service', 30, null, null],
  ['小家电检修', 'service', 120, null, null],
  ['老年食堂餐券', 'service', 120, null, null],
  ['管道疏通', 'service', 300, null, '安心家政'],
  ['家政1h', 'service', 350, null, '安心家政'],
  ['体检套餐', 'service', 900, null, null],
  ['感谢信', 'honour', 0, null, null],
]
const MERCHANTS: [string, string, string][] = [
  ['同心理发店', '同心街 18 号', '每天 9:00–19:00'],
  ['惠民便利店', '同心街 6 号', '每天 7:00–22:00'],
  ['安心家政', '同心街 40 号', '周一至周六 8:30–17:30'],
]
/** [who by points earned (0 = most; -1 = the volunteer of the demo), item, day, what became of it, when]. */
const ORDERS: [number, string, string, 'picked_up' | 'ready' | 'placed' | 'cancelled' | 'lapsed', string?][] = [
  [0, '洗衣液2kg', '2026-11-05', 'picked_up', '2026-11-07'],
  [1, '抽纸', '2026-11-06', 'picked_up', '2026-11-08'],
  [2, '理发', '2026-11-06', 'picked_up', '2026-11-09'],
  [3, '洗洁精', '2026-11-09', 'picked_up', '2026-11-12'],
  [4, '小家电检修', '2026-11-10', 'picked_up', '2026-11-13'],
  [-1, '法律咨询30分钟', '2026-10-20', 'picked_up', '2026-10-23'],
  [5, '感谢信', '2026-11-18', 'picked_up', '2026-11-20'],
  [6, '牙膏', '2026-11-05', 'lapsed'],
  [7, '毛巾', '2026-11-15', 'cancelled', '2026-11-16'],
  [1, '保温杯', '2026-11-22', 'ready', '2026-11-24'],
  [-1, '毛巾', '2026-11-24', 'ready', '2026-11-26'],
  [8, '理发', '2026-11-25', 'placed'],
  [9, '抽纸', '2026-11-27', 'placed'],
]

export const REWARD_FIGURES = {
  items: ITEMS.length,
  merchants: MERCHANTS.length,
  pickedUp: ORDERS.filter(([, , , fate]) => fate === 'picked_up').length,
  waiting: ORDERS.filter(([, , , fate]) => fate === 'ready' || fate === 'placed').length,
  lapsed: ORDERS.filter(([, , , fate]) => fate === 'lapsed').length,
  cancelled: ORDERS.filter(([, , , fate]) => fate === 'cancelled').length,
  /** Delivered less handed over, of what is counted. */
  onHand:
    ITEMS.reduce((total, [, , , pieces]) => total + (pieces ?? 0), 0) -
    ORDERS.filter(([, item, , fate]) => fate === 'picked_up' && ITEMS.find(([name]) => name === item)?.[3] != null)
      .length,
}

/** 积分超市 of the main community: catalogue, merchants with a clerk, stock, and orders in every state. */
export function makeRewards(c: Community, points: ReadonlyMap<string, number>): void {
  if (!c.figures.isMain) return
  const office = userOf(c.secretary)
  const { volunteer, reward_clerk: clerk, partner_contact: partner } = c.demo
  if (!volunteer || !clerk || !partner) throw new Error('The shop of the demo needs its faces.')
  let when = moment('2026-10-08', '09:00')
  const next = () => (when += MINUTE)

  // Approved for the year: 25 yuan for each who serves.
  emit(c, next(), office, 'save_settings', ['reward fund'], {
    p_settings: { reward_fund_yuan: c.figures.volunteers.active * 25 },
  })
  for (const [name, address, opens] of MERCHANTS)
    emit(c, next(), office, 'save_merchant', [name], {
      p_merchant_id: keyed(c, 'merchant', name),
      p_name: name,
      p_address: address,
      p_opens: opens,
    })
  emit(c, next(), office, 'grant_role', ['merchant clerk'], {
    p_person_id: partner.id,
    p_role: 'reward_clerk',
    p_scope_kind: 'merchant',
    p_scope_id: keyed(c, 'merchant', '同心理发店'),
  })
  ITEMS.forEach(([name, kind, cost, pieces, merchant], nth) => {
    const itemId = keyed(c, 'reward item', name)
    emit(c, next(), office, 'save_reward_item', [name], {
      p_item_id: itemId,
      p_item: {
        kind,
        name,
        points: cost,
        merchant_id: merchant && keyed(c, 'merchant', merchant),
        sort: nth + 1,
        ...(name === '志愿马甲' ? { min_hours: 20, per_person_year: 1 } : {}),
      },
    })
    if (pieces !== null)
      emit(c, next(), office, 'move_stock', [name], { p_item_id: itemId, p_kind: 'in', p_quantity: pieces })
  })

  const faces = new Set(Object.values(c.demo))
  const earned = ({ id }: { id: string }) => points.get(id) ?? 0
  const earners = c.active
    .filter((person) => person.userId && person.age >= 18 && !faces.has(person) && person !== c.secretary)
    .sort((a, b) => earned(b) - earned(a) || (a.id < b.id ? -1 : 1))
  for (const [who, item, day, fate, then] of ORDERS) {
    const person = who < 0 ? volunteer : at(earners, who)
    const placed = emit(c, moment(day, '19:20'), userOf(person), 'place_order', [item, day], {
      p_item_id: keyed(c, 'reward item', item),
    })
    const later = then ? moment(then, '10:10') : 0
    const server = userOf(item === '理发' ? partner : clerk)
    if (fate === 'ready') emit(c, later, server, 'mark_order_ready', [item, day], { p_order_id: placed })
    if (fate === 'cancelled') emit(c, later, userOf(person), 'cancel_order', [item, day], { p_order_id: placed })
    if (fate === 'picked_up') emit(c, later, server, 'fulfil_order', [item, day], { p_order_id: placed })
  }
}
