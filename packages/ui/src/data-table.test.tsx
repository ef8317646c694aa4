import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { DataTable, type DataTableProps } from './data-table.tsx'
import type { DataColumn } from './table-column.ts'
import { listPages } from './table-pages.tsx'
import { emptyTableQuery } from './table-query.ts'
import { openRows } from './table-row.tsx'
import { registerMessages } from './messages/index.ts'
import { messages as zh } from './messages/zh-CN/index.ts'
import { TextProvider } from './text.tsx'

type Town = { readonly code: string; readonly name: string; readonly members: number | null }
const weizhou: Town = { code: '51', name: '<威州镇>', members: 1200 }
const yingxiu: Town = { code: '52', name: '映秀镇', members: null }
const towns = [weizhou, yingxiu]
registerMessages('zh-CN', zh)

const columns: readonly DataColumn<Town>[] = [
  { key: 'name', title: '名称', value: ({ name }) => name, filters: [{ value: '映秀镇', label: '映秀' }] },
  { key: 'members', title: '会员', value: ({ members }) => members, figure: true },
  { key: 'acts', title: '操作', render: () => null },
]

function write(props: Partial<DataTableProps<Town>> = {}): string {
  return renderToStaticMarkup(
    <TextProvider locale="zh-CN">
      <DataTable
        label="乡镇"
        rows={towns}
        rowKey={({ code }) => code}
        columns={columns}
        query={emptyTableQuery}
        onQuery={() => undefined}
        {...props}
      />
    </TextProvider>,
  )
}
const heads = (page: string) => page.match(/<th .*?<\/th>/g) ?? []
const count = (page: string, part: RegExp) => page.match(part)?.length ?? 0

describe('the head', () => {
  it('says by which column and which way the table is sorted, and by which it can be', () => {
    expect(count(write(), /aria-sort/g)).toBe(0)
    const [name, members, acts] = heads(write({ query: { ...emptyTableQuery, sort: 'members', order: 'descend' } }))
    expect(members).toContain('aria-sort="descending"')
    expect(name).not.toContain('aria-sort')
    expect(acts).not.toContain('<button')
  })
  it('says how many values a column is filtered by', () => {
    const [name] = heads(write({ query: { ...emptyTableQuery, filters: { name: ['映秀镇'] } } }))
    expect(name).toContain('aria-label="按名称筛选，已选 1 项"')
  })
})

describe('the rows', () => {
  it('show texts as texts, figures as figures, and say in a card what they are', () => {
    const page = write()
    expect(page).toContain('&lt;威州镇&gt;')
    expect(page).toMatch(/<td data-label="会员" class="gl-figure"><span class="gl-figure">1,200/)
    expect(count(page, /data-row/g)).toBe(2)
  })
  it('can be reached by keyboard where they can be opened', () => {
    expect(count(write(), /<tr[^>]*tabindex/g)).toBe(0)
    expect(count(write({ onOpen: () => undefined }), /<tr[^>]*tabindex="0"/g)).toBe(2)
  })
  it('have a box where one chooses, disabled with the reason where one may not', () => {
    const page = write({
      selection: {
        isChosen: () => true,
        onChoose: () => undefined,
        label: ({ name }) => `选择${name}`,
        refusal: ({ members }) => (members === null ? '没有会员' : null),
      },
    })
    expect(page).toMatch(/aria-label="选择映秀镇" disabled="" title="没有会员"\/>/)
    expect(page).toMatch(/aria-label="全选本页" checked=""/)
    expect(count(page, /checked=""/g)).toBe(2)
  })
  it('give way to the words for nothing, over all columns', () => {
    expect(write({ rows: [], empty: '还没有乡镇' })).toMatch(/<td colSpan="3">还没有乡镇/i)
    expect(write({ rows: [], query: { ...emptyTableQuery, search: 'x' } })).toContain('没有符合条件的记录')
  })
  it('follow their parents when these are opened', () => {
    const tree = {
      childrenOf: (town: Town) => (town === weizhou ? [yingxiu] : null),
      open: ['51'],
      onToggle: () => undefined,
    }
    const placed = openRows([weizhou], ({ code }) => code, tree)
    expect(placed).toEqual([
      { row: weizhou, depth: 0, open: true },
      { row: yingxiu, depth: 1, open: null },
    ])
    expect(openRows(towns, ({ code }) => code, { ...tree, open: [] }).map(({ open }) => open)).toEqual([false, null])
    expect(write({ tree })).toContain(
      'aria-label="<威州镇>的下级" aria-expanded="true"'.replace('<', '&lt;').replace('>', '&gt;'),
    )
  })
})

describe('the pages', () => {
  it.each([
    [1, 1, [1]],
    [1, 4, [1, 2, 3, 4]],
    [1, 40, [1, 2, 3, null, 40]],
    [5, 40, [1, 2, 3, 4, 5, 6, 7, null, 40]],
    [20, 40, [1, null, 18, 19, 20, 21, 22, null, 40]],
    [40, 40, [1, null, 38, 39, 40]],
  ])('of page %i of %i', (page, last, expected) => expect(listPages(page, last)).toEqual(expected))
  it('are named, and the present one is said', () => {
    const page = write({ total: 300, query: { ...emptyTableQuery, page: 2 } })
    expect(page).toContain('aria-label="乡镇的分页"')
    expect(page).toMatch(/aria-label="第 2 页" aria-current="page"/)
    expect(page).not.toContain('disabled=""')
    expect(write()).not.toContain('gl-pages')
  })
})

describe('the files', () => {
  it('are links that may lead to a page first: a browser keeps what a link with `download` answers, be it the page that asks for the password', () => {
    const page = write({ exports: { xlsx: '/towns/export.xlsx', csv: '/towns/export.csv' } })
    expect(page).toMatch(/<a [^>]*href="\/towns\/export\.xlsx"/)
    expect(page).not.toMatch(/<a [^>]*\bdownload\b[^>]*>/)
  })
})
