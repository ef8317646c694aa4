import { registerMessages } from '@gonglian/ui/messages'
import { messages } from '@gonglian/domains/texts/zh-CN'
import { expect, test } from 'vitest'
import { listHits } from './hits.ts'

registerMessages('zh-CN', messages)

const form = { code: 'org-monthly', nameZh: '工会工作月报', nameEn: 'Monthly', frequency: 'month' as const }
const now = new Date('2026-11-21T12:00:00+08:00')

test('a form leads to the running report, to the review of the last one, and to itself, as far as one has them', () => {
  const where = (isFilled: boolean, isReviewed: boolean) =>
    listHits({ pages: [], items: [], plans: [], forms: [{ ...form, isFilled, isReviewed }] }, [], [], 'zh-CN', now).map(
      ({ kind, to }) => `${kind} ${to}`,
    )
  expect(where(true, true)).toEqual([
    'report /reports/org-monthly/2026-11?period=2026-11',
    'review /reports/review/org-monthly/2026-10?period=2026-10',
    'form /system/forms/org-monthly',
  ])
  expect(where(false, false)).toEqual(['form /system/forms/org-monthly'])
})

test('a list of a domain is found by its name', () => {
  const page = { nameZh: '会籍转接', nameEn: 'Transfers', to: '/organisation/transfers' }
  const hits = listHits({ pages: [page], items: [], plans: [], forms: [] }, [], [], 'zh-CN', now)
  expect(hits).toMatchObject([{ kind: 'page', title: '会籍转接', to: '/organisation/transfers' }])
})
