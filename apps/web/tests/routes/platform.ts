import { business, county, everyRole, form, hidden, office, readers, theirs, type Pages } from './entry.ts'

/** The pages that are no domain's. */
export const platformPages: Pages = {
  '/': { to: () => '/', allowed: everyRole, ...theirs },
  '/*': { to: () => '/nowhere/at/all', allowed: [], ...hidden, everybody: 404 },
  '/sign-in': { to: () => '/sign-in', allowed: [], ...theirs, everybody: 302, nobody: 200 },
  '/sign-out': { to: () => '/sign-out', allowed: [], ...theirs, everybody: 302, nobody: 302 },
  '/language': { to: () => '/language', allowed: [], ...theirs, everybody: 302, nobody: 302 },
  '/vote': { to: () => '/vote', allowed: [], ...theirs, everybody: 200, nobody: 200 },
  // A link that nobody made.
  '/welcome/:token': { to: () => '/welcome/nobody-made-this', allowed: [], ...theirs, everybody: 404, nobody: 404 },
  // The code of a paper: whoever has it gets the same page.
  '/check/:token': {
    to: ({ paperToken }) => `/check/${paperToken}`,
    allowed: [],
    ...theirs,
    everybody: 200,
    nobody: 200,
    shows: '本文书真实有效',
    told: 'issuer, number and title of the paper whose code they have',
  },
  '/papers/:paper/:id': {
    to: ({ approvedId }) => `/papers/unions.approval/${approvedId}`,
    allowed: business,
    ...hidden,
    shows: '关于同意成立汶川名册厂工会委员会的批复',
  },
  '/papers/:paper/:id/paper.docx': {
    to: ({ approvedId }) => `/papers/unions.approval/${approvedId}/paper.docx`,
    allowed: business,
    ...hidden,
  },
  '/search': { to: () => '/search?q=513221', allowed: everyRole, ...theirs, everybody: 200, nobody: 200 },

  '/progress': {
    to: ({ itemId, period }) => `/progress?item=${itemId}&period=${period}&body=${county}`,
    allowed: business,
    sibling: 404,
    child: 200,
  },
  '/progress/export.csv': {
    to: ({ itemId, period }) => `/progress/export.csv?item=${itemId}&period=${period}&body=${county}`,
    allowed: business,
    sibling: 404,
    child: 200,
  },

  '/bodies': { to: () => '/bodies', allowed: everyRole, ...theirs },
  '/bodies/:code': { to: () => `/bodies/${county}`, allowed: everyRole, sibling: 404, child: 200, shows: '汶川' },
  '/bodies/:code/reorganise': {
    to: () => `/bodies/${county}/reorganise`,
    allowed: ['officer', 'leader'],
    sibling: 404,
    child: 403,
    shows: '汶川',
  },
  '/bodies/:code/export.csv': {
    to: () => `/bodies/${county}/export.csv`,
    allowed: everyRole,
    sibling: 404,
    child: 200,
  },

  '/reports': { to: ({ period }) => `/reports?period=${period}`, allowed: business, ...theirs },
  '/reports/export.csv': { to: ({ period }) => `/reports/export.csv?period=${period}`, allowed: business, ...theirs },
  '/reports/:form/:period': {
    to: ({ period }) => `/reports/${form}/${period}?body=${county}`,
    allowed: business,
    ...hidden,
  },
  '/reports/:form/:period/export.csv': {
    to: ({ period }) => `/reports/${form}/${period}/export.csv?body=${county}`,
    allowed: business,
    ...hidden,
  },
  '/reports/review/:form/:period': {
    to: ({ period }) => `/reports/review/${form}/${period}`,
    allowed: business,
    ...theirs,
  },
  '/reports/review/:form/:period/export.csv': {
    to: ({ period }) => `/reports/review/${form}/${period}/export.csv`,
    allowed: business,
    ...theirs,
  },
  '/reports/review/report/:id': {
    to: ({ reportId }) => `/reports/review/report/${reportId}`,
    allowed: business,
    ...hidden,
  },
  '/reports/missing/:form/:period': {
    to: ({ period }) => `/reports/missing/${form}/${period}`,
    allowed: business,
    ...theirs,
  },
  '/reports/missing/:form/:period/export.csv': {
    to: ({ period }) => `/reports/missing/${form}/${period}/export.csv`,
    allowed: business,
    ...theirs,
  },

  '/targets': { to: ({ period }) => `/targets?year=${period.slice(0, 4)}`, allowed: business, ...theirs },
  '/targets/export.csv': {
    to: ({ period }) => `/targets/export.csv?year=${period.slice(0, 4)}`,
    allowed: business,
    ...theirs,
  },
  '/targets/:planId': {
    to: ({ planId }) => `/targets/${planId}?body=${county}`,
    allowed: business,
    sibling: 404,
    child: 200,
  },
  '/targets/:planId/export.csv': {
    to: ({ planId }) => `/targets/${planId}/export.csv?body=${county}`,
    allowed: business,
    sibling: 404,
    child: 200,
  },
  '/targets/:planId/letter': {
    to: ({ planId }) => `/targets/${planId}/letter?body=${county}`,
    allowed: business,
    ...hidden,
  },
  '/targets/items/:itemId/split': {
    to: ({ itemId }) => `/targets/items/${itemId}/split?body=${county}`,
    allowed: business,
    ...hidden,
  },
  '/targets/items/:itemId/export.csv': {
    to: ({ itemId }) => `/targets/items/${itemId}/export.csv?body=${county}`,
    allowed: business,
    ...hidden,
  },

  '/lists/:list': { to: () => '/lists/visits.listVisits.csv', allowed: business, ...theirs },
  '/lists/:list/below/export.csv': { to: () => '/lists/unions/below/export.csv', allowed: business, ...theirs },
  '/lists/:list/print': { to: () => '/lists/visits.listVisits/print', allowed: business, ...theirs },
  '/approvals': { to: () => '/approvals', allowed: business, ...theirs },
  '/approvals/sent': { to: () => '/approvals/sent', allowed: business, ...theirs },
  '/approvals/:id': { to: ({ applicationId }) => `/approvals/${applicationId}`, allowed: business, ...hidden },
  // On to the first page that is one's own.
  '/system': { to: () => '/system', allowed: [], ...theirs, everybody: 302 },
  '/system/accounts': {
    to: () => '/system/accounts',
    allowed: ['sysadmin', 'secadmin'],
    ...office,
    shows: '513221-reviewer',
  },
  '/system/accounts/export.csv': {
    to: () => '/system/accounts/export.csv',
    allowed: ['sysadmin', 'secadmin'],
    ...office,
    shows: '513221-reviewer',
  },
  '/system/channels': { to: () => '/system/channels', allowed: ['sysadmin'], ...office },
  '/system/audit': { to: () => '/system/audit', allowed: ['auditadmin'], ...office },
  '/system/audit/export.csv': { to: () => '/system/audit/export.csv', allowed: ['auditadmin'], ...office },
  '/system/catalogue': { to: () => '/system/catalogue', allowed: readers, ...theirs },
  '/system/catalogue/:code': { to: () => '/system/catalogue/new_member_count', allowed: readers, ...theirs },
  '/system/catalogue/export.csv': { to: () => '/system/catalogue/export.csv', allowed: readers, ...theirs },
  '/system/forms': { to: () => '/system/forms', allowed: readers, ...theirs },
  '/system/forms/:code': { to: () => `/system/forms/${form}`, allowed: readers, ...theirs },
  '/system/forms/:code/export.csv': { to: () => `/system/forms/${form}/export.csv`, allowed: readers, ...theirs },
  '/system/forms/export.csv': { to: () => '/system/forms/export.csv', allowed: readers, ...theirs },
  '/system/parameters': { to: () => '/system/parameters', allowed: readers, ...theirs },
  '/system/parameters/export.csv': { to: () => '/system/parameters/export.csv', allowed: readers, ...theirs },
  // One queue serves all bodies; only the top body's system administrator looks into it.
  '/system/queue': { to: () => '/system/queue', allowed: [], ...office },
  '/system/queue/export.csv': { to: () => '/system/queue/export.csv', allowed: [], ...office },

  '/me': { to: () => '/me', allowed: everyRole, ...theirs },
  '/me/sessions': { to: () => '/me/sessions', allowed: everyRole, ...theirs },
  '/me/proof': { to: () => '/me/proof?back=/', allowed: everyRole, ...theirs },
}
