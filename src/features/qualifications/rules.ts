import type { UiTone } from '@/ui/types'
import type { QualificationDraft, QualificationState } from './api'

export const STATE_TONES: Record<QualificationState, UiTone> = {
  submitted: 'info',
  declined: 'neutral',
  withdrawn: 'neutral',
  ended: 'neutral',
  future: 'info',
  valid: 'success',
  expiring: 'warning',
  expired: 'danger',
}

export const emptyQualification = (): QualificationDraft => ({ kind: '', validFrom: '', validTo: '', evidence: '' })

export const isComplete = (draft: QualificationDraft): boolean =>
  Boolean(draft.kind && draft.validFrom && draft.evidence.trim())
