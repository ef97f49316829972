import type { Viewer } from '@/features/shifts'
import { keepingLast } from '@/lib/kept'
import { parseAnswer } from '@/lib/parse'
import { sendCommand } from '@/lib/send-command'
import { rpc } from '@/lib/supabase'
import type { Admin, AdminItem, Desk, LogLine, LookUp, Merchant, Order, PickupCode, Shop, Statement } from './schema'
import {
  adminSchema,
  deskSchema,
  logSchema,
  lookUpSchema,
  ordersSchema,
  pickupCodeSchema,
  shopSchema,
  statementSchema,
} from './schema'

/** The shop as the member, or a person they help, sees it. Errors: not_allowed, rewards_switched_off. */
export async function getShop(viewer: Viewer): Promise<Shop> {
  const answer = await keepingLast(['reward-shop', viewer.communityId, viewer.forPersonId ?? 'me'], () =>
    rpc('reward_shop', { p_community_id: viewer.communityId, p_for_person_id: viewer.forPersonId }),
  )
  return parseAnswer(shopSchema, answer)
}

/** The last hundred orders. Errors: not_allowed. */
export async function getOrders(viewer: Viewer): Promise<Order[]> {
  const answer = await keepingLast(['reward-orders', viewer.communityId, viewer.forPersonId ?? 'me'], () =>
    rpc('my_orders', { p_community_id: viewer.communityId, p_for_person_id: viewer.forPersonId }),
  )
  return parseAnswer(ordersSchema, answer).orders
}

/** A fresh one-time code; the one before is worthless. Errors: order_unknown, order_ended. */
export async function getPickupCode(communityId: string, orderId: string): Promise<PickupCode> {
  return parseAnswer(
    pickupCodeSchema,
    await rpc('my_pickup_code', { p_community_id: communityId, p_order_id: orderId }),
  )
}

/** Who was handed what, by masked names. Errors: rewards_switched_off. */
export async function getLog(communityId: string): Promise<LogLine[]> {
  return parseAnswer(logSchema, await rpc('reward_log', { p_community_id: communityId }))
}

/** The counter of a clerk. Errors: not_allowed. */
export async function getDesk(communityId: string): Promise<Desk> {
  return parseAnswer(deskSchema, await rpc('reward_desk', { p_community_id: communityId }))
}

/** What a code is for, before anything is handed over. Errors: pickup_code_invalid, too_many_wrong_codes. */
export async function lookUp(communityId: string, code: string): Promise<LookUp> {
  return parseAnswer(lookUpSchema, await rpc('look_up_pickup', { p_community_id: communityId, p_code: code }))
}

/** Catalogue, merchants, fund. Errors: not_allowed. */
export async function getAdmin(communityId: string): Promise<Admin> {
  return parseAnswer(adminSchema, await rpc('reward_admin', { p_community_id: communityId }))
}

/** What a counter handed over between two days. Errors: not_allowed, field_invalid. */
export async function getStatement(
  communityId: string,
  merchantId: string | null,
  from: string,
  to: string,
): Promise<Statement> {
  return parseAnswer(
    statementSchema,
    await rpc('merchant_statement', {
      p_community_id: communityId,
      p_merchant_id: merchantId,
      p_from: from,
      p_to: to,
    }),
  )
}

/** Errors: those of why_not, field_invalid. */
export const placeOrder = (viewer: Viewer, itemId: string, quantity: number) =>
  sendCommand('place_order', viewer.communityId, {
    p_item_id: itemId,
    p_quantity: quantity,
    p_for_person_id: viewer.forPersonId,
  })

/** Errors: order_unknown, order_ended, field_required. */
export const cancelOrder = (communityId: string, orderId: string, reason: string | null) =>
  sendCommand('cancel_order', communityId, { p_order_id: orderId, p_reason: reason })

/** Errors: order_unknown, order_ended. */
export const markReady = (communityId: string, orderId: string) =>
  sendCommand('mark_order_ready', communityId, { p_order_id: orderId })

/** Errors: pickup_code_wrong, own_order, order_ended. */
export const handOver = (communityId: string, code: string) =>
  sendCommand('fulfil_order', communityId, { p_code: code })

export type MoveKind = 'in' | 'loss' | 'count'

/** Errors: stock_below_held, field_required. */
export const moveStock = (communityId: string, itemId: string, kind: MoveKind, quantity: number, reason: string) =>
  sendCommand('move_stock', communityId, {
    p_item_id: itemId,
    p_kind: kind,
    p_quantity: quantity,
    p_reason: reason || null,
  })

export type ItemDraft = Omit<AdminItem, 'id' | 'on_hand' | 'held' | 'ordered_this_year' | 'photos'>

/** Errors: name_taken, reward_item_in_use. */
export const saveItem = (communityId: string, itemId: string, draft: ItemDraft, photoIds: string[]) =>
  sendCommand('save_reward_item', communityId, {
    p_item_id: itemId,
    p_item: { ...draft },
    p_photo_ids: photoIds.length ? photoIds : null,
  })

export type MerchantDraft = Omit<Merchant, 'clerks'>

/** Errors: name_taken, phone_invalid. */
export const saveMerchant = (communityId: string, draft: MerchantDraft) =>
  sendCommand('save_merchant', communityId, {
    p_merchant_id: draft.id,
    p_name: draft.name,
    p_address: draft.address,
    p_relay_phone: draft.relay_phone,
    p_opens: draft.opens,
    p_is_active: draft.is_active,
  })

/** A clerk of one merchant's counter. Errors: role_already_granted. */
export const grantMerchantClerk = (communityId: string, personId: string, merchantId: string) =>
  sendCommand('grant_role', communityId, {
    p_person_id: personId,
    p_role: 'reward_clerk',
    p_scope_kind: 'merchant',
    p_scope_id: merchantId,
  })
