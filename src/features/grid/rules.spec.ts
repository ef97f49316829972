import { describe, expect, it } from 'vitest'
import type { PostHolder } from './api'
import { gridFromRow } from './api'
import { groupByCompound, groupByPost } from './rules'

const holder = (post: PostHolder['post'], relayPhone: string | null, building = '1号楼'): PostHolder => ({
  name: '王*明',
  post,
  building,
  relayPhone,
})

describe('posts of a grid', () => {
  it('come in the order of 一代四员, whoever was entered first', () => {
    const groups = groupByPost([holder('mediator', null), holder('grid_delegate', null), holder('mediator', null)])
    expect(groups.map((g) => [g.post, g.holders.length])).toEqual([
      ['grid_delegate', 1],
      ['mediator', 2],
    ])
  })

  it('share one number only when every holder has the same', () => {
    expect(groupByPost([holder('mediator', '1'), holder('mediator', '1')])[0]?.sharedPhone).toBe('1')
    expect(groupByPost([holder('mediator', '1'), holder('mediator', '2')])[0]?.sharedPhone).toBeNull()
    expect(groupByPost([holder('mediator', '1'), holder('mediator', null)])[0]?.sharedPhone).toBeNull()
  })
})

describe('the area of a grid', () => {
  it('lists buildings under their compound', () => {
    expect(
      groupByCompound([
        { compound: '梧桐苑', building: '1号楼' },
        { compound: '银杏里', building: '1号楼' },
        { compound: '梧桐苑', building: '2号楼' },
      ]),
    ).toEqual([
      { compound: '梧桐苑', buildings: ['1号楼', '2号楼'] },
      { compound: '银杏里', buildings: ['1号楼'] },
    ])
  })
})

describe('the words of the method', () => {
  const row = {
    my_grid_id: null,
    relay_phone: null,
    grids: [],
    grid: null,
    grid_workers: [],
    line_workers: [],
    party_posts: [],
    corps: [],
  }

  it('are those of the community', () => {
    const { labels } = gridFromRow({
      ...row,
      labels: { method: '三化一制', linkage: { workers: '网格服务' }, pillars: ['全员联动'] },
    })
    expect(labels.method).toBe('三化一制')
    expect(labels.linkage.workers).toBe('网格服务')
    expect(labels.principles).toEqual(['全员联动'])
  })

  it('fall back to the general ones where the method names none', () => {
    expect(gridFromRow({ ...row, labels: null }).labels.linkage.party).toBe('党员联动')
  })
})
