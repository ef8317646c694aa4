import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCopied, splitSeparated } from './separated.mjs'
import { writeCsv } from './writing.ts'

test('a copied range: rows and cells, empty ones kept, the last line break no row', () => {
  expect(readCopied('1\t2\r\n3\t4\r\n')).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
  expect(readCopied('1\t\t3\n\n')).toEqual([['1', '', '3'], ['']])
  expect(readCopied('"a\nb"\t"say ""hi"""\n1')).toEqual([['a\nb', 'say "hi"'], ['1']])
})

test('quotes that are part of a name stay', () => {
  expect(readCopied('"双亮"覆盖率\t5')).toEqual([['"双亮"覆盖率', '5']])
  expect(readCopied('"甲\t5\n乙"\t6')).toEqual([['甲\t5\n乙', '6']])
  expect(readCopied('"甲\t5\n乙"x\t6')).toEqual([
    ['"甲', '5'],
    ['乙"x', '6'],
  ])
})

test('what is written as CSV is read back (property)', () => {
  const cell = fc.string({ unit: fc.constantFrom('张', '"', ',', '\n', '\t', ' ', 'a', '9', '\r\n'), maxLength: 6 })
  // A guard in front of a tab belongs to the reader of files, and a lone CR is a line break.
  const plain = cell.filter((text) => !/^[\t\r]/.test(text))
  fc.assert(
    fc.property(fc.array(fc.array(plain, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
      const columns = [0, 1].map((place) => ({ title: 'x', value: (row: string[]) => row[place] }))
      const read = [...splitSeparated(writeCsv(columns, rows).slice(1), ',')]
      // Spaces around a cell in quotes are none of it, those of a cell without are.
      expect(read.slice(1).map(({ cells }) => cells)).toEqual(rows)
      expect(read.map(({ line }) => line)).toEqual(read.map((_, place) => place + 1))
    }),
  )
})
