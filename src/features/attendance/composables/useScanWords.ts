import { errorMessage } from '@/lib/errors'
import { formatHours, formatTime } from '@/lib/time'
import { useI18n } from 'vue-i18n'
import type { ScanLine } from './useScanDesk'

/** A line of the desk in words; a refusal says what the leader can do now. */
export function useScanWords() {
  const { t, te } = useI18n()
  return (line: ScanLine): string => {
    if (line.state === 'already') return t(`attendance.scan.${line.slug}`)
    if (line.state !== 'refused') {
      return t(`attendance.scan.${line.state}_${line.mode}`, {
        time: formatTime(line.at),
        hours: formatHours(line.minutes ?? 0),
      })
    }
    const own = `attendance.scan.refused.${line.slug}`
    const opensAt = line.params['opens_at']
    return te(own)
      ? t(own, { time: typeof opensAt === 'string' ? formatTime(opensAt) : '' })
      : errorMessage({ t, te }, { slug: line.slug ?? '', status: 0, params: line.params })
  }
}
