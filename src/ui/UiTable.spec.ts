import { testI18n } from '@/lib/testing'
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Component } from 'vue'
import type { UiColumn } from './types'
import UiTable from './UiTable.vue'

interface Row {
  id: string
  name: string
  hours: number | null
}
const columns: UiColumn<Row>[] = [
  { key: 'name', header: '姓名', sortable: true },
  { key: 'hours', header: '时长', sortable: true, numeric: true },
]
const rows: Row[] = [
  { id: '1', name: '3号楼', hours: 9 },
  { id: '2', name: '12号楼', hours: null },
  { id: '3', name: '1号楼', hours: 100 },
]

function table(props: Record<string, unknown> = {}) {
  return mount(UiTable as unknown as Component, {
    props: { caption: '楼栋', columns, rows, rowKey: (row: Row) => row.id, ...props },
    global: { plugins: [testI18n()], stubs: { RouterLink: true } },
  })
}
const names = (wrapper: ReturnType<typeof table>) => wrapper.findAll('tbody tr').map((tr) => tr.find('td').text())

describe('UiTable', () => {
  it('sorts numbers in names as people count, and tells screen readers', async () => {
    const wrapper = table()
    await wrapper.get('th button').trigger('click')
    expect(names(wrapper)).toEqual(['1号楼', '3号楼', '12号楼'])
    expect(wrapper.get('th').attributes('aria-sort')).toBe('ascending')
    await wrapper.get('th button').trigger('click')
    expect(names(wrapper)).toEqual(['12号楼', '3号楼', '1号楼'])
  })

  it('shows a dash for what is missing', () => {
    expect(table().findAll('tbody tr')[1]!.text()).toContain('—')
  })

  it('chooses rows one by one and all at once', async () => {
    const wrapper = table({ selectable: true, selected: [] })
    await wrapper.get('thead input').trigger('change')
    expect(wrapper.emitted('update:selected')!.at(-1)).toEqual([['1', '2', '3']])
    expect(wrapper.get('tbody input').attributes('aria-label')).toBe('选择 3号楼')
  })

  it('says that nothing matched', () => {
    expect(table({ rows: [] }).text()).toContain('没有符合条件的记录')
    expect(table({ rows: [], loading: true }).text()).not.toContain('没有符合条件的记录')
  })
})
