import { expect, test } from 'vitest'
import { findHead, matchColumns, readCell, readDayText, toMapping, type Column, type SheetRow } from './index.ts'

type Key = 'name' | 'heads' | 'women' | 'kind'
const columns: readonly Column<Key>[] = [
  { key: 'name', names: ['单位名称', '名称'], holds: 'text', isRequired: true },
  { key: 'heads', names: ['职工人数', '职工总数'], holds: 'count' },
  { key: 'women', names: ['女职工人数', '职工人数其中女'], holds: 'count' },
  {
    key: 'kind',
    names: ['类型'],
    holds: 'choice',
    choices: [
      { value: 'state', words: ['国有', '国有企业'] },
      { value: 'private', words: ['民营', '私营企业'] },
    ],
  },
]
const row = (line: number, ...cells: string[]): SheetRow => ({
  line,
  cells,
  kinds: cells.map((cell) => (cell === '' ? 'empty' : 'text')),
})
const match = (...titles: string[]) =>
  matchColumns(
    titles.map((title) => [title]),
    columns,
  )

test('a head names a column whole, with notes in brackets, or with signs around it; a part of it only offers', () => {
  expect(toMapping(match('*单位 名称：', '职工人数（人）'))).toEqual(
    new Map([
      ['name', 0],
      ['heads', 1],
    ]),
  )
  const [offered] = match('下属单位名称')
  expect(offered).toMatchObject({ key: null, offers: [{ key: 'name' }] })
})

test('each column is taken once, the best of them; what somebody chose stays', () => {
  expect(toMapping(match('名称(简)', '单位名称', '名称'))).toEqual(new Map([['name', 1]]))
  const chosen = matchColumns([['甲'], ['单位名称']], columns, new Map([['name', 0]]))
  expect(toMapping(chosen)).toEqual(new Map([['name', 0]]))
})

test('a head of two rows is read as one, its group before its parts', () => {
  const head = findHead(
    [
      row(1, '花名册'),
      row(2, '单位名称', '职工人数', '', '备注'),
      row(3, '', '总数', '其中女', ''),
      row(4, '甲', '3', '1'),
    ],
    columns.map((column) => (column.key === 'heads' ? { ...column, names: ['职工人数总数'] } : column)),
  )
  expect(head).toMatchObject({ line: 2, lastLine: 3, missing: [] })
  expect(toMapping(head?.matches ?? [])).toEqual(
    new Map([
      ['name', 0],
      ['heads', 1],
      ['women', 2],
    ]),
  )
})

test('the head is looked for in twenty rows and may lack columns', () => {
  const notes = Array.from({ length: 19 }, (_, place) => row(place + 1, `说明${place}`))
  expect(findHead([...notes, row(20, '单位名称')], columns)).toMatchObject({ line: 20, missing: [] })
  expect(findHead([...notes, row(20, ''), row(21, '单位名称')], columns)).toBeNull()
  expect(findHead([row(1, '职工人数')], columns)).toMatchObject({ line: 1, missing: ['name'] })
})

test('a word that is none of the choices is refused', () => {
  const kind = columns[3]
  if (kind === undefined) throw new Error('no such column')
  expect(readCell('国有企业', 'text', kind)).toEqual({ value: 'state' })
  expect(readCell('PRIVATE', 'text', kind)).toEqual({ value: 'private' })
  expect(readCell('集体', 'text', kind)).toEqual({ rule: 'choice' })
})

test('counts as offices write them', () => {
  const read = (text: string) => readCell(text, 'text', { holds: 'count' })
  expect(['1,250人', '1250.0', '１２５０', '0'].map(read)).toEqual(
    ['1250', '1250', '1250', '0'].map((value) => ({ value })),
  )
  expect(['约30', '-1', '1.5'].map(read)).toEqual(Array(3).fill({ rule: 'count' }))
})

test.each([
  '1980年3月7日 星期五',
  '一九八〇年三月七日',
  '1980-03-07T08:30:00Z',
  '1980/3/7 下午3:05',
  '29287',
  '29287.75',
])('%s is a day', (text) => expect(readDayText(text)).toEqual({ day: '1980-03-07' }))
test.each([
  ['1980', 'dayPart'],
  ['三月七日', 'day'],
  ['1980-13-07', 'noSuchDay'],
  ['昨天', 'day'],
  ['7.3.1980', 'dayOrder'],
  ['十二月三十一日', 'day'],
])('%s is no day: %s', (text, fault) => expect(readDayText(text)).toEqual({ fault }))
