import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import type { SendOutcome } from '@/lib/outbox'
import { useOutbox } from '@/lib/outbox'
import { parseAnswer } from '@/lib/parse'
import { useSessionStore } from '@/lib/session'
import { useMutation, useQueryCache } from '@pinia/colada'
import { SHIFT_KEYS } from './queries'
import type { ClaimResult, ShiftRoleName } from './schema'
import { claimResultSchema } from './schema'

/** The wording of the consent a volunteer gives; a new wording gets a new version. */
export const VOLUNTEER_CONSENT_VERSION = '2026-11'

const INVALIDATES = [[...SHIFT_KEYS.root]]

export interface ClaimShift {
  shiftId: string
  title: string
  role?: ShiftRoleName | null
  forPersonId?: string | null
  /** Also registers the person as a volunteer first; they have just consented. */
  register?: boolean
}

export type ClaimOutcome = { status: 'queued' } | ({ status: 'done' } & { result: ClaimResult })

function useCommunityId() {
  const session = useSessionStore()
  return () => {
    if (!session.communityId) throw new AppError('not_a_member', { status: 403 })
    return session.communityId
  }
}

/**
 * Claims a place (or joins the waiting list) through the outbox: without network it waits on
 * this device as 待同步. A first-timer is registered as a volunteer in the same breath.
 *
 * @example const { mutateAsync } = useClaimShift()
 */
export function useClaimShift() {
  const outbox = useOutbox()
  const cache = useQueryCache()
  const session = useSessionStore()
  const communityId = useCommunityId()
  return useMutation({
    mutation: async (claim: ClaimShift): Promise<ClaimOutcome> => {
      const community = communityId()
      const label = { title: claim.title }
      if (claim.register) {
        await outbox.send({
          command: 'register_volunteer',
          args: {
            p_community_id: community,
            p_id: newId(),
            p_consent_version: VOLUNTEER_CONSENT_VERSION,
            p_for_person_id: claim.forPersonId ?? null,
          },
          label: { key: 'shifts.outbox.register' },
          invalidates: INVALIDATES,
        })
      }
      const outcome = await outbox.send({
        command: 'claim_shift',
        args: {
          p_community_id: community,
          p_id: newId(),
          p_shift_id: claim.shiftId,
          p_role: claim.role ?? null,
          p_for_person_id: claim.forPersonId ?? null,
        },
        label: { key: 'shifts.outbox.claim', params: label },
        invalidates: INVALIDATES,
      })
      if (outcome.status === 'queued') return { status: 'queued' }
      return { status: 'done', result: parseAnswer(claimResultSchema, outcome.data) }
    },
    // The caller stays busy until the screen knows the outcome.
    onSettled: async (outcome, _error, claim) => {
      await cache.invalidateQueries({ key: [...SHIFT_KEYS.root] })
      if (claim.register && outcome?.status === 'done') void session.refresh()
    },
  })
}

export interface SignupAct {
  signupId: string
  title: string
}

/** The three things done with one's own sign-up share everything but the command. */
function useSignupCommand(command: 'cancel_signup' | 'accept_offer' | 'decline_offer') {
  const outbox = useOutbox()
  const cache = useQueryCache()
  const communityId = useCommunityId()
  return useMutation({
    mutation: async ({ signupId, title }: SignupAct): Promise<SendOutcome<unknown>> => {
      const claim = outbox.pending.value.find(
        (entry) => entry.command === 'claim_shift' && entry.args['p_id'] === signupId,
      )
      // Nobody has seen the claim yet: taking it out of the outbox is all there is to cancel.
      if (command === 'cancel_signup' && claim?.attempts === 0) {
        await outbox.discard(claim.id)
        return { status: 'done', data: null }
      }
      return outbox.send({
        command,
        args: { p_community_id: communityId(), p_id: newId(), p_signup_id: signupId },
        label: { key: `shifts.outbox.${command}`, params: { title } },
        invalidates: INVALIDATES,
      })
    },
    onSettled: () => cache.invalidateQueries({ key: [...SHIFT_KEYS.root] }),
  })
}

/** Says otherwise to 「没有到场」, within 7 days. */
export function useAppealStrike() {
  const outbox = useOutbox()
  const cache = useQueryCache()
  const communityId = useCommunityId()
  return useMutation({
    mutation: (appeal: { strikeId: string; text: string; title: string }): Promise<SendOutcome<unknown>> =>
      outbox.send({
        command: 'appeal_strike',
        args: { p_community_id: communityId(), p_id: newId(), p_strike_id: appeal.strikeId, p_text: appeal.text },
        label: { key: 'shifts.outbox.appeal_strike', params: { title: appeal.title } },
        invalidates: INVALIDATES,
      }),
    onSettled: () => cache.invalidateQueries({ key: [...SHIFT_KEYS.root] }),
  })
}

export interface AskStandIn extends SignupAct {
  /** A colleague by volunteer number and name; null = everybody, those who wait first. */
  colleague: { volunteerNo: string; name: string } | null
}

/** Looks for somebody who takes one's place over; until then it stays one's own. */
export function useOfferStandIn() {
  const outbox = useOutbox()
  const cache = useQueryCache()
  const communityId = useCommunityId()
  return useMutation({
    mutation: ({ signupId, title, colleague }: AskStandIn): Promise<SendOutcome<unknown>> =>
      outbox.send({
        command: 'offer_stand_in',
        args: {
          p_community_id: communityId(),
          p_id: newId(),
          p_signup_id: signupId,
          p_volunteer_no: colleague?.volunteerNo ?? null,
          p_name: colleague?.name ?? null,
        },
        label: { key: 'shifts.outbox.offer_stand_in', params: { title } },
        invalidates: INVALIDATES,
      }),
    onSettled: () => cache.invalidateQueries({ key: [...SHIFT_KEYS.root] }),
  })
}

export interface StandInAct {
  standInId: string
  title: string
  /** Accepting for somebody one helps (代办). */
  forPersonId?: string | null
}

/** What is done with a stand-in that was asked for shares everything but the command. */
export function useStandInCommand(command: 'accept_stand_in' | 'decline_stand_in' | 'withdraw_stand_in') {
  const outbox = useOutbox()
  const cache = useQueryCache()
  const communityId = useCommunityId()
  return useMutation({
    mutation: ({ standInId, title, forPersonId }: StandInAct): Promise<SendOutcome<unknown>> =>
      outbox.send({
        command,
        args: {
          p_community_id: communityId(),
          p_id: newId(),
          p_stand_in_id: standInId,
          ...(command === 'accept_stand_in' ? { p_for_person_id: forPersonId ?? null } : {}),
        },
        label: { key: `shifts.outbox.${command}`, params: { title } },
        invalidates: INVALIDATES,
      }),
    onSettled: () => cache.invalidateQueries({ key: [...SHIFT_KEYS.root] }),
  })
}

/** Gives a place back; less than 12 hours before the start it counts as late. */
export const useCancelSignup = () => useSignupCommand('cancel_signup')

/** Takes the place offered from the waiting list. */
export const useAcceptOffer = () => useSignupCommand('accept_offer')

/** Lets the offered place pass on to the next. */
export const useDeclineOffer = () => useSignupCommand('decline_offer')
