import {
  fetchBoard,
  fetchCandidate,
  fetchDesk,
  fetchOpinions,
  fetchProposals,
  fetchSampleCodes,
  fetchSampleForm,
} from './api'

export const APPRAISAL_KEYS = {
  root: ['appraisal'] as const,
  desk: (communityId: string) => ['appraisal', communityId, 'desk'] as const,
  board: (communityId: string, cycleId: string) => ['appraisal', communityId, 'cycle', cycleId] as const,
  candidate: (communityId: string, id: string) => ['appraisal', communityId, 'candidate', id] as const,
  opinions: (communityId: string) => ['appraisal', communityId, 'opinions'] as const,
  proposals: (communityId: string, cycleId: string) => ['appraisal', communityId, 'proposals', cycleId] as const,
  codes: (communityId: string, id: string) => ['appraisal', communityId, 'codes', id] as const,
  sample: (code: string) => ['appraisal', 'sample', code] as const,
}

export const deskQuery = (communityId: string) => ({
  key: APPRAISAL_KEYS.desk(communityId),
  query: () => fetchDesk(communityId),
  enabled: communityId !== '',
})
export const boardQuery = (communityId: string, cycleId: string) => ({
  key: APPRAISAL_KEYS.board(communityId, cycleId),
  query: () => fetchBoard(communityId, cycleId),
  enabled: communityId !== '',
})
export const candidateQuery = (communityId: string, id: string) => ({
  key: APPRAISAL_KEYS.candidate(communityId, id),
  query: () => fetchCandidate(communityId, id),
  enabled: communityId !== '',
})
export const opinionsQuery = (communityId: string) => ({
  key: APPRAISAL_KEYS.opinions(communityId),
  query: () => fetchOpinions(communityId),
  enabled: communityId !== '',
})
export const proposalsQuery = (communityId: string, cycleId: string, enabled: boolean) => ({
  key: APPRAISAL_KEYS.proposals(communityId, cycleId),
  query: () => fetchProposals(communityId, cycleId),
  enabled: enabled && communityId !== '',
})
export const codesQuery = (communityId: string, id: string | null) => ({
  key: APPRAISAL_KEYS.codes(communityId, id ?? ''),
  query: () => fetchSampleCodes(communityId, id!),
  enabled: id !== null && communityId !== '',
})
export const sampleQuery = (code: string) => ({
  key: APPRAISAL_KEYS.sample(code),
  query: () => fetchSampleForm(code),
})
