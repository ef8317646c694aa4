import { DomainError } from '@gonglian/tenancy'
import { expect, test } from 'vitest'
import { readListFile } from './list-files.ts'
import { parseListRow } from './list-rows.ts'

const file = (text: string) => new TextEncoder().encode(text)

test('M049 a list is read by the heads of its columns, below its title, in any order', async () => {
  const rows = await readListFile(
    file(
      '某县税务局名录\n序号,从业人数,纳税人名称,社会信用代码（税号）,统一社会信用代码\n1,"1,250",某 厂,x,91110000100000000X\n,,,,\n',
    ),
  )
  expect(rows).toEqual([{ headcount: '1,250', name: '某 厂', creditCode: '91110000100000000X' }])
})

test('a list of the tax office with failed cells, lost digits and totals: its faults are kept, nobody is made up', async () => {
  const rows = await readListFile(
    file(
      '缴费名册\n单位：户\n税号,名称,职工人数\n9.15100E+17,测试丙店,1250.0\n91510000MA0000001F,#N/A,3\n,合计,1253\n合计,,1253\n',
    ),
  )
  expect(rows.map(parseListRow)).toMatchObject([
    { creditCode: null, name: '测试丙店', headcount: 1250, faults: ['creditCode'] },
    { name: '', headcount: 3, faults: expect.arrayContaining(['name']) },
  ])
})

test('a file without names or without rows is refused at its field', async () => {
  for (const [text, key] of [
    ['甲,乙\n1,2\n', 'organisation.list.noName'],
    ['单位名称\n', 'organisation.list.noRows'],
  ] as const)
    await expect(readListFile(file(text))).rejects.toEqual(
      expect.objectContaining({ key, fields: [{ path: 'content', key }] }),
    )
  await expect(readListFile(file('甲\n'))).rejects.toThrow(DomainError)
})
