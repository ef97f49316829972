import { describe, expect, test } from 'vitest'
import type { BranchMember, MapGrid, PartyOrg, PostLine, PostMap, PostRule } from './api'
import { candidatesFor, coverageOf, coverOf, rate, slotsOf, treeOf } from './rules'

const grid: MapGrid = {
  id: 'g',
  name: '一片',
  branch_id: 'b',
  branch: '一片支部',
  leads: true,
  buildings: [
    { id: 'b1', name: '1号楼', compound: '东院' },
    { id: 'b2', name: '2号楼', compound: '东院' },
  ],
  liaison_groups: [{ id: 'l', name: '联络一组' }],
}
const rule = (post: PostRule['post'], place: PostRule['place'], wanted = 1): PostRule => ({
  post,
  place,
  kind: place === 'liaison_group' ? 'in_service' : 'managed',
  wanted,
  at_most: 2,
})
const line = (part: Partial<PostLine>): PostLine => ({
  id: Math.random().toString(),
  post: 'publicist',
  grid_id: 'g',
  grid: '一片',
  building_id: null,
  building: null,
  liaison_group: null,
  relay_phone: null,
  from: '2026-01-01',
  to: null,
  person_id: 'p',
  name: '吴党员',
  follows_id: null,
  leads: true,
  ...part,
})
const map = (posts: PostLine[]): PostMap => ({ is_on: true, minds_party: false, rules: [], grids: [grid], posts })
const DAY = '2026-11-28'

describe('the places of a grid', () => {
  const publicist = rule('publicist', 'building')

  test('a building without a holder is a vacancy', () => {
    const slots = slotsOf(map([line({ building_id: 'b1' })]), grid, publicist, DAY)
    expect(slots.map(({ place, missing }) => [place, missing])).toEqual([
      ['1号楼', 0],
      ['2号楼', 1],
    ])
    expect(coverageOf(slots)).toEqual({ filled: 1, wanted: 2 })
  })

  test('who holds the post for the whole grid covers every building', () => {
    expect(coverageOf(slotsOf(map([line({})]), grid, publicist, DAY))).toEqual({ filled: 2, wanted: 2 })
  })

  test('a former holder and one to come do not count today', () => {
    const posts = [line({ building_id: 'b1', to: '2026-11-27' }), line({ building_id: 'b1', from: '2026-12-01' })]
    const [first] = slotsOf(map(posts), grid, publicist, DAY)
    expect(first).toMatchObject({ missing: 1, holders: [], coming: [{ from: '2026-12-01' }] })
  })

  test('two holders where one is wanted do not make up for another place', () => {
    const posts = [line({ building_id: 'b1' }), line({ building_id: 'b1', person_id: 'q' })]
    expect(coverageOf(slotsOf(map(posts), grid, publicist, DAY))).toEqual({ filled: 1, wanted: 2 })
  })

  test('联络小组 take their members in service and want no fixed number', () => {
    const slots = slotsOf(
      map([line({ post: 'service_post', liaison_group: '联络一组' })]),
      grid,
      rule('service_post', 'liaison_group', 0),
      DAY,
    )
    expect(slots).toMatchObject([{ liaisonGroupId: 'l', holders: [{}], missing: 0 }])
    expect(coverageOf(slots)).toEqual({ filled: 0, wanted: 0 })
  })

  test('only a member of the right kind who does not hold it and is not oneself may take it', () => {
    const member = (id: string, part: Partial<BranchMember> = {}) =>
      ({ person_id: id, kind: 'managed', is_me: false, ...part }) as BranchMember
    const [slot] = slotsOf(map([line({ building_id: 'b1' })]), grid, publicist, DAY)
    const people = [member('p'), member('me', { is_me: true }), member('x', { kind: 'floating' }), member('ok')]
    expect(candidatesFor(slot!, people).map((m) => m.person_id)).toEqual(['ok'])
  })
})

test('a cover is full, in part or none', () => {
  expect([
    coverOf({ filled: 4, wanted: 4 }),
    coverOf({ filled: 1, wanted: 4 }),
    coverOf({ filled: 0, wanted: 4 }),
  ]).toEqual(['full', 'part', 'none'])
})

test('a rate of nobody is none', () => {
  expect([rate(1, 3), rate(0, 0)]).toEqual([33, null])
})

test('a tree reads from its roots down, and what lost its parent is still there', () => {
  const org = (id: string, parent_id: string | null) => ({ id, parent_id }) as PartyOrg
  expect(
    treeOf([org('c', null), org('g', 'b'), org('b', 'c'), org('x', 'gone')]).map(({ org: o, depth }) => o.id + depth),
  ).toEqual(['c0', 'b1', 'g2', 'x0'])
})
