import { business, hidden, readers, theirs, type Entries } from './entry.ts'
import { county, formCode } from './fixture.ts'

const draftForm = {
  nameZh: '新报表',
  nameEn: 'New',
  frequency: 'month',
  fillerLevels: ['township'],
  due: null,
  opensOn: '2026-01-01',
}
const draftIndicator = {
  nameZh: '新指标',
  nameEn: 'New',
  domain: 'organisation',
  unit: '人',
  nature: 'flow',
  additivity: 'sum',
}

/** Indicators, forms and parameters: issued downward, so a township reads what its county issued; the neighbour does not. */
export const catalogue: Entries = {
  'indicators.listIndicators': { input: () => ({ search: '标记' }), allowed: readers, ...theirs, shows: '标记指标壬' },
  'indicators.getIndicator': {
    input: () => ({ code: 'county_own' }),
    allowed: readers,
    sibling: 'not_found',
    child: 'ok',
    superior: 'not_found',
    shows: '标记指标壬',
  },
  'indicators.defineIndicator': {
    input: () => ({ code: 'another', ...draftIndicator }),
    allowed: ['officer'],
    ...theirs,
  },

  'forms.listForms': { input: () => ({}), allowed: readers, ...theirs, shows: '标记报表癸' },
  'forms.getForm': {
    input: () => ({ code: 'county-form' }),
    allowed: readers,
    sibling: 'not_found',
    child: 'ok',
    superior: 'not_found',
    shows: '标记报表癸',
  },
  'forms.getFormById': {
    input: ({ ownFormId }) => ({ formId: ownFormId }),
    allowed: readers,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
    shows: '标记报表癸',
  },
  'forms.defineForm': {
    input: () => ({ code: 'another-form', ...draftForm, items: [{ code: 'joined' }] }),
    allowed: ['officer'],
    ...theirs,
  },
  'forms.appendItems': {
    input: ({ ownFormId }) => ({ formId: ownFormId, version: 1, items: [{ code: 'joined' }] }),
    allowed: ['officer'],
    ...hidden,
  },

  'parameters.listParameters': { input: () => ({}), allowed: readers, ...theirs, shows: '标记来源庚' },
  'parameters.getParameter': {
    input: () => ({ key: 'calendar.holidays', body: county }),
    allowed: readers,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
    shows: '标记来源庚',
  },
  'parameters.setParameter': {
    input: () => ({ key: 'calendar.holidays', value: { years: [] }, validFrom: '2026-06-01', source: '来源' }),
    allowed: ['leader'],
    ...theirs,
  },

  'totals.readTotals': {
    input: () => ({ form: formCode, periods: ['2026-Q3'], body: county, withChildren: true }),
    allowed: business,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
    shows: '1320333',
  },
  'progress.getBoard': {
    input: ({ itemId }) => ({ itemId, period: '2026-Q3', body: county }),
    allowed: business,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
    shows: '440044',
  },
  'progress.openBoard': {
    input: ({ itemId }) => ({ itemId, period: '2026-Q3', body: county }),
    allowed: business,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
    shows: '440044',
  },
  'progress.getHeat': {
    input: ({ planId }) => ({ planId, period: '2026-Q3', body: county }),
    allowed: business,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
  },
  'progress.getCell': {
    input: ({ itemId }) => ({ itemId, period: '2026-Q3', body: county }),
    allowed: business,
    sibling: 'not_found',
    child: 'not_found',
    superior: 'ok',
    shows: '770077',
  },
  'progress.listStandings': { input: () => ({ period: '2026-Q3' }), allowed: business, ...theirs, shows: '440044' },

  'urges.sendUrges': {
    input: ({ formId, ids }) => ({
      formId,
      period: '2026-Q3',
      receivers: [{ bodyId: ids.get('513221102'), cause: 'report' }],
    }),
    allowed: ['leader', 'officer', 'reviewer'],
    sibling: 'not_found',
    child: 'not_found',
    superior: 'ok',
  },
  'urges.listReceivedUrges': { allowed: business, ...theirs, shows: '催件密语丙' },
}
