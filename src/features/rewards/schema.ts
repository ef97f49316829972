import { fundSchema } from '@/features/points'
import { timeField } from '@/lib/parse'
import * as v from 'valibot'

const optionalText = v.optional(v.nullable(v.string()), null)
const optionalTime = v.optional(v.nullable(timeField), null)
const optionalNumber = v.optional(v.nullable(v.number()), null)
const photos = v.array(
  v.object({
    id: v.string(),
    kind: v.picklist(['photo', 'voice']),
    words: optionalText,
    seconds: optionalNumber,
  }),
)

export const ITEM_KINDS = ['goods', 'service', 'honour'] as const
export type ItemKind = (typeof ITEM_KINDS)[number]
const kind = v.picklist(ITEM_KINDS)

/** Where one fetches it, when it is not the community's own store. */
const counterSchema = v.object({
  id: v.string(),
  name: v.string(),
  address: optionalText,
  relay_phone: optionalText,
  opens: optionalText,
})
export type Counter = v.InferOutput<typeof counterSchema>

const shopItemSchema = v.object({
  id: v.string(),
  kind,
  name: v.string(),
  description: optionalText,
  points: v.number(),
  min_hours: v.number(),
  for_minors: v.boolean(),
  per_person_year: optionalNumber,
  left: optionalNumber,
  merchant: v.nullable(counterSchema),
  least_quantity: v.number(),
  why_not: optionalText,
  why_params: v.optional(v.nullable(v.record(v.string(), v.unknown())), null),
  photos,
})
export type ShopItem = v.InferOutput<typeof shopItemSchema>

/** The shop as one person sees it. */
export const shopSchema = v.object({
  available: v.number(),
  orders_this_month: v.number(),
  orders_per_month: v.number(),
  points_this_year: v.number(),
  points_per_year: v.number(),
  min_points: v.number(),
  max_points: v.number(),
  pickup_days: v.number(),
  items: v.array(shopItemSchema),
})
export type Shop = v.InferOutput<typeof shopSchema>

export const ORDER_STATUSES = ['placed', 'ready', 'picked_up', 'cancelled', 'lapsed'] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

const orderEntries = {
  id: v.string(),
  item_id: v.string(),
  item: v.string(),
  kind,
  quantity: v.number(),
  points: v.number(),
  status: v.picklist(ORDER_STATUSES),
  placed_at: timeField,
  lapses_at: timeField,
  ready_at: optionalTime,
  ended_at: optionalTime,
  reason: optionalText,
  merchant: v.nullable(counterSchema),
}
export const ordersSchema = v.object({ orders: v.array(v.object(orderEntries)) })
export type Order = v.InferOutput<typeof ordersSchema>['orders'][number]

export const pickupCodeSchema = v.object({ code: v.string(), qr: v.string(), expires_at: timeField })
export type PickupCode = v.InferOutput<typeof pickupCodeSchema>

export const logSchema = v.array(
  v.object({ name: v.string(), item: v.string(), quantity: v.number(), day: v.string() }),
)
export type LogLine = v.InferOutput<typeof logSchema>[number]

export const lookUpSchema = v.variant('found', [
  v.object({ found: v.literal(false) }),
  v.object({
    found: v.literal(true),
    order_id: v.string(),
    item: v.string(),
    kind,
    quantity: v.number(),
    points: v.number(),
    name: v.string(),
    placed_at: timeField,
    is_me: v.boolean(),
    placed_by_helper: v.boolean(),
  }),
])
export type LookUp = v.InferOutput<typeof lookUpSchema>
export type FoundOrder = Extract<LookUp, { found: true }>

const stockSchema = v.object({
  id: v.string(),
  name: v.string(),
  kind,
  merchant_id: v.nullable(v.string()),
  points: v.number(),
  status: v.string(),
  counts_stock: v.boolean(),
  on_hand: v.number(),
  held: v.number(),
  moves: v.array(
    v.object({
      kind: v.picklist(['in', 'loss', 'count', 'order']),
      quantity: v.number(),
      reason: optionalText,
      at: timeField,
    }),
  ),
})
export type StockItem = v.InferOutput<typeof stockSchema>

/** What a clerk works with: counters served, open orders, stock. */
export const deskSchema = v.object({
  counters: v.array(v.object({ merchant_id: v.nullable(v.string()), name: optionalText })),
  orders: v.array(v.object({ ...orderEntries, name: v.string(), is_me: v.boolean() })),
  handed_over_today: v.number(),
  stock: v.array(stockSchema),
})
export type Desk = v.InferOutput<typeof deskSchema>
export type DeskOrder = Desk['orders'][number]

export const ITEM_STATUSES = ['active', 'paused', 'retired'] as const

/** Catalogue, merchants and fund of the secretary. */
export const adminSchema = v.object({
  items: v.array(
    v.object({
      id: v.string(),
      merchant_id: v.nullable(v.string()),
      kind,
      name: v.string(),
      description: optionalText,
      points: v.number(),
      counts_stock: v.boolean(),
      min_hours: v.number(),
      for_minors: v.boolean(),
      per_person_year: optionalNumber,
      status: v.picklist(ITEM_STATUSES),
      sort: v.number(),
      on_hand: v.number(),
      held: v.number(),
      ordered_this_year: v.number(),
      photos,
    }),
  ),
  merchants: v.array(v.object({ ...counterSchema.entries, is_active: v.boolean(), clerks: v.number() })),
  fund: fundSchema,
})
export type Admin = v.InferOutput<typeof adminSchema>
export type AdminItem = Admin['items'][number]
export type Merchant = Admin['merchants'][number]

export const statementSchema = v.object({
  from: v.string(),
  to: v.string(),
  worth_fen: v.number(),
  merchant: optionalText,
  points: v.number(),
  orders: v.number(),
  items: v.array(v.object({ item: v.string(), quantity: v.number(), points: v.number() })),
  lines: v.array(
    v.object({ at: timeField, item: v.string(), quantity: v.number(), points: v.number(), name: v.string() }),
  ),
})
export type Statement = v.InferOutput<typeof statementSchema>
