import zh from '@/locales/zh-CN/notifications.json'
import { describe, expect, it } from 'vitest'
import type { Notification } from './api'
import { NOTIFICATION_KINDS } from './api'
import { groupByDay, sentenceParams } from './rules'

const at = (time: string): Notification => ({
  id: time,
  kind: 'join_confirmed',
  params: {},
  link: null,
  createdAt: new Date(time),
  arrivedAt: new Date(time),
  isRead: false,
})

describe('the inbox', () => {
  it('cuts days in Shanghai, not in UTC', () => {
    const groups = groupByDay([at('2026-11-22T16:30:00Z'), at('2026-11-22T15:30:00Z'), at('2026-11-21T20:00:00Z')])
    expect(groups.map((g) => [g.day, g.items.length])).toEqual([
      ['2026-11-23', 1],
      ['2026-11-22', 2],
    ])
  })

  it('says times and hours in words, and nothing for what is missing', () => {
    const params = { title: '清洁家园', starts_at: '2026-11-28T01:00:00+00:00', minutes: 90, points: null }
    expect(sentenceParams(params, 'zh-CN', '2026-11-22')).toMatchObject({
      title: '清洁家园',
      starts_at: '11月28日 周六 09:00',
      hours: '1.5',
      reason: '',
    })
    expect(sentenceParams({ starts_at: 'soon' }, 'zh-CN', '2026-11-22')['starts_at']).toBe('')
  })

  it('has a sentence for every kind', () => {
    for (const kind of [...NOTIFICATION_KINDS, 'unknown'] as const) expect(zh.kind[kind].title).toBeTruthy()
  })
})
