import { business, hidden, theirs, type Entries } from './entry.ts'
import { county, formCode } from './fixture.ts'

const fillers = ['officer', 'leader'] as const
const reviewers = ['reviewer', 'leader'] as const

/** Reports are their owner's; submitted ones are read above; the direct superior decides. */
export const reports: Entries = {
  'reports.listMyReports': { input: () => ({ period: '2026-Q4' }), allowed: business, ...theirs },
  'reports.openReport': { input: () => ({ form: formCode, period: '2026-Q1' }), allowed: fillers, ...theirs },
  'reports.listTimeliness': {
    input: () => ({ year: 2026, body: county }),
    allowed: business,
    sibling: 'not_found',
    child: 'not_found',
    superior: 'ok',
  },
  'reports.getReport': [
    {
      input: () => ({ form: formCode, period: '2026-Q3', body: county }),
      allowed: business,
      sibling: 'not_found',
      child: 'not_found',
      superior: 'ok',
      shows: '770077',
    },
    {
      input: () => ({ form: formCode, period: '2026-Q4', body: county }),
      allowed: business,
      sibling: 'not_found',
      child: 'not_found',
      superior: 'ok',
      shows: '密注甲',
    },
  ],
  'reports.saveDraft': {
    input: ({ reports: { typed } }) => ({ ...typed, cells: [{ position: 1, value: 1 }] }),
    allowed: fillers,
    ...hidden,
  },
  'reports.submitReport': {
    input: ({ reports: { typed } }) => ({ ...typed, confirmWarnings: true, zero: true }),
    allowed: fillers,
    ...hidden,
  },
  'reports.withdrawReport': { input: ({ reports: { submitted } }) => submitted, allowed: fillers, ...hidden },
  'reports.requestCorrection': {
    input: ({ reports: { accepted } }) => ({ ...accepted, reason: '数字有误' }),
    allowed: fillers,
    ...hidden,
  },
  'reports.listVersions': {
    input: ({ reports: { submitted } }) => ({ reportId: submitted.reportId }),
    allowed: business,
    sibling: 'not_found',
    child: 'not_found',
    superior: 'ok',
    shows: '770077',
  },
  'reports.getCellHistory': {
    input: () => ({ form: formCode, period: '2026-Q2', body: county, position: 1 }),
    allowed: business,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
    shows: '770078',
  },

  'reviews.listReviewQueue': { input: () => ({}), allowed: business, ...theirs, shows: '映秀' },
  'reviews.getReview': {
    input: ({ reports: { waiting } }) => ({ reportId: waiting.reportId }),
    allowed: business,
    sibling: 'not_found',
    child: 'not_found',
    superior: 'ok',
    shows: '550155',
  },
  'reviews.acceptReport': { input: ({ reports: { waiting } }) => waiting, allowed: reviewers, ...hidden },
  'reviews.acceptReports': {
    input: ({ reports: { waiting } }) => ({ reports: [waiting] }),
    allowed: reviewers,
    ...theirs,
  },
  'reviews.returnReport': {
    input: ({ reports: { waiting } }) => ({ ...waiting, faults: [{ position: 1, reason: '请核实' }] }),
    allowed: reviewers,
    ...hidden,
  },
  'reviews.reopenReport': {
    input: ({ reports: { taken } }) => ({ ...taken, reason: '重新核对' }),
    allowed: reviewers,
    ...hidden,
  },
  'reviews.refuseCorrection': {
    input: ({ reports: { correction } }) => ({ ...correction, reason: '数字无误' }),
    allowed: reviewers,
    ...hidden,
  },
  'reviews.listMissing': {
    input: () => ({ form: formCode, period: '2026-Q4' }),
    allowed: business,
    ...theirs,
    shows: '威州镇',
  },
  'reviews.listReviewWork': { input: () => ({ period: '2026-Q4' }), allowed: business, ...theirs },
}
