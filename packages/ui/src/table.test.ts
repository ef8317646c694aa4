import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyTableQuery, readTableQuery, tableSizes, writeTableQuery } from './table-query.ts'
import { selectRows } from './table-rows.ts'

describe('table state in the address', () => {
  const query = fc.record({
    search: fc.string({ maxLength: 20 }),
    sort: fc.option(fc.constantFrom('name', 'due')),
    order: fc.constantFrom('ascend', 'descend'),
    page: fc.integer({ min: 1, max: 900 }),
    size: fc.constantFrom(...tableSizes),
    filters: fc.dictionary(fc.constantFrom('state', 'level'), fc.array(fc.string(), { minLength: 1, maxLength: 3 })),
  })
  it('comes back as it was written, beside other parameters', () => {
    fc.assert(
      fc.property(query, (wanted) => {
        const params = writeTableQuery(new URLSearchParams('period=2026-09&other.page=3'), 'reports', wanted)
        expect(params.get('period')).toBe('2026-09')
        expect(params.get('other.page')).toBe('3')
        const order = wanted.sort === null ? 'ascend' : wanted.order
        expect(readTableQuery(params, 'reports')).toEqual({ ...wanted, order, filters: { ...wanted.filters } })
      }),
    )
  })
  it.each(['page=-1', 'page=abc', 'page=1e9', 'page=1.5', 'size=7', 'size=999999'])('falls back on %s', (text) => {
    expect(readTableQuery(new URLSearchParams(`t.${text}`), 't')).toEqual(emptyTableQuery)
  })
})

describe('selectRows', () => {
  const rows = [
    { name: '威州镇', members: 30 },
    { name: '映秀镇', members: null },
    { name: '水磨镇', members: 200 },
  ]
  const columns = [
    { key: 'name', value: (row: (typeof rows)[number]) => row.name },
    { key: 'members', value: (row: (typeof rows)[number]) => row.members },
  ]
  const names = (query: Partial<typeof emptyTableQuery>) =>
    selectRows(rows, columns, { ...emptyTableQuery, ...query }).map(({ name }) => name)

  it('puts missing figures last both ways', () => {
    expect(names({ sort: 'members' })).toEqual(['威州镇', '水磨镇', '映秀镇'])
    expect(names({ sort: 'members', order: 'descend' })).toEqual(['水磨镇', '威州镇', '映秀镇'])
  })
  it('finds full-width digits', () => expect(names({ search: '２００' })).toEqual(['水磨镇']))
  it('filters by exact value and ignores columns it does not have', () => {
    expect(names({ filters: { name: ['映秀镇', '威州镇'], nothing: ['x'] } })).toEqual(['威州镇', '映秀镇'])
  })
})
