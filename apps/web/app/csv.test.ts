import { expect, it } from 'vitest'
import { writeCsv } from './csv.ts'

const columns = [{ title: '名称', value: (row: { readonly name: string | number | null }) => row.name }]
const write = (name: string | number | null) => writeCsv(columns, [{ name }]).split('\r\n')[1]

it('begins with the mark of UTF-8 and ends its lines as RFC 4180 says', () => {
  expect(writeCsv(columns, [{ name: '汶川县总工会' }])).toBe('\uFEFF名称\r\n汶川县总工会\r\n')
})

it.each([
  ['a,b', '"a,b"'],
  ['说"好"', '"说""好"""'],
  ['两\n行', '"两\n行"'],
  [null, ''],
  [0, '0'],
  [-3, '-3'],
])('writes %j as %j', (value, written) => expect(write(value)).toBe(written))

it.each([
  '=1+1',
  '+cmd',
  '@SUM(A1)',
  '-2+3',
  '\t=1',
  '=HYPERLINK("x")',
  '＝1+1',
  '＋1+1',
  '－1+1',
  '＠SUM(A1)',
  '\u200b=1+1',
  '\u3000=1+1',
  '\u202e\u00a0=1+1',
])('lets %j run nowhere', (value) => {
  expect(write(value)?.replace(/^"/, '')).toMatch(/^'/)
})

it.each(['-12.5', '+3', '-12.50%'])('leaves the signed number %j a number', (value) => expect(write(value)).toBe(value))
