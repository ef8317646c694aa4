import { expect, test } from 'vitest'
import { rankName } from './search.ts'

const month = { code: 'org-monthly', nameZh: '工会工作月报', nameEn: 'Monthly report' }

test('a name is found by code, Chinese, English, pinyin and initials', () => {
  for (const typed of [
    'org-monthly',
    'ORG-MON',
    '工会工作月报',
    '月报',
    'monthly',
    'ghgzyb',
    'GHGZ',
    'gonghui',
    'gong hui',
  ])
    expect(rankName(month, typed), typed).not.toBeNull()
  for (const typed of ['', '  ', '季报', 'zzz', 'finance']) expect(rankName(month, typed), typed).toBeNull()
})

test('the whole name comes before its beginning, the beginning before a part of it', () => {
  const ranks = ['工会工作月报', '工会', '月报', 'report'].map((typed) => rankName(month, typed) ?? 99)
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
  expect(new Set(ranks).size).toBe(4)
})
