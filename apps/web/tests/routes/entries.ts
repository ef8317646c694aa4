import type { Role } from '@gonglian/tenancy/permissions'

/** What stands in the house for the walk: things of one county. */
export type Fixture = {
  readonly period: string
  readonly planId: number
  readonly itemId: number
  readonly reportId: number
  readonly unionId: number
  readonly memberId: number
  /** An approved union of the county. */
  readonly approvedId: number
  /** Of its approval, signed. */
  readonly paperToken: string
  readonly importId: number
  readonly listId: number
  readonly electionId: number
  readonly congressId: number
  readonly trainingId: number
  readonly ratingId: number
  readonly appraisalId: number
  readonly applicationId: number
}

export type Entry = {
  readonly to: (fixture: Fixture) => string
  /** The roles of the body itself that get 200; the others get 403. */
  readonly allowed: readonly Role[]
  /** Others who may ask for the like, not for exactly this. */
  readonly asking?: readonly Role[]
  /** What business people of another body get who ask for exactly this. */
  readonly sibling: number
  readonly child: number
  /** A text that whoever may see the page finds on it. */
  readonly shows?: string
  /** What those allowed get; default 200. */
  readonly answers?: number
  /** What whoever is signed in gets; then roles and bodies do not count. */
  readonly everybody?: number
  /** Tells everybody what others must not read elsewhere, and why. */
  readonly told?: string
  /** What nobody gets, instead of being sent to the sign-in. */
  readonly nobody?: number
}

export const everyRole = [
  'leader',
  'officer',
  'reviewer',
  'finance',
  'auditor',
  'sysadmin',
  'secadmin',
  'auditadmin',
] as const satisfies readonly Role[]
/** Whoever reads the rows of the register, and whoever takes them out. */
const keepers = ['leader', 'officer', 'reviewer'] as const
const takers = ['leader', 'officer'] as const
const business = ['leader', 'officer', 'reviewer', 'finance', 'auditor'] as const
const readers = [...business, 'secadmin'] as const

export const county = '513221'
export const form = 'org-monthly'
/** One's own of the same: pages that name no body. */
const theirs = { sibling: 200, child: 200 } as const
/** Is there, but not for others. */
const hidden = { sibling: 404, child: 404 } as const
const office = { sibling: 403, child: 403 } as const

const pages: Readonly<Record<string, Entry>> = {
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

  '/organisation': { to: () => '/organisation', allowed: business, ...theirs },
  '/organisation/employers': { to: () => '/organisation/employers', allowed: business, ...theirs },
  '/organisation/employers/export.csv': {
    to: () => '/organisation/employers/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/lists': { to: () => '/organisation/lists', allowed: business, ...theirs },
  '/organisation/lists/export.csv': { to: () => '/organisation/lists/export.csv', allowed: business, ...theirs },
  '/organisation/census': { to: () => '/organisation/census', allowed: business, ...theirs },
  '/organisation/census/export.csv': { to: () => '/organisation/census/export.csv', allowed: business, ...theirs },
  '/organisation/letters': { to: () => '/organisation/letters', allowed: business, ...theirs },
  '/organisation/campaigns': { to: () => '/organisation/campaigns', allowed: business, ...theirs },
  '/organisation/lists/:id': {
    to: ({ listId }) => `/organisation/lists/${listId}`,
    allowed: business,
    ...hidden,
  },
  '/organisation/lists/:id/export.csv': {
    to: ({ listId }) => `/organisation/lists/${listId}/export.csv`,
    allowed: business,
    ...theirs,
  },
  '/organisation/members': { to: () => '/organisation/members', allowed: business, ...theirs },
  '/organisation/members/export.csv': { to: () => '/organisation/members/export.csv', allowed: takers, ...theirs },
  '/organisation/members/below/export.csv': {
    to: () => `/organisation/members/below/export.csv?body=${county}`,
    allowed: business,
    sibling: 404,
    child: 200,
  },
  '/organisation/members/new': { to: () => '/organisation/members/new', allowed: ['officer'], ...theirs },
  '/organisation/members/flows': { to: () => '/organisation/members/flows', allowed: business, ...theirs },
  '/organisation/members/flows/export.csv': {
    to: () => '/organisation/members/flows/export.csv',
    allowed: keepers,
    ...theirs,
  },
  '/organisation/members/trainings/export.csv': {
    to: () => '/organisation/members/trainings/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/members/judged/export.csv': {
    to: () => '/organisation/members/judged/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/members/:id': {
    to: ({ memberId }) => `/organisation/members/${memberId}`,
    allowed: keepers,
    ...hidden,
  },
  '/organisation/exports': { to: () => '/organisation/exports', allowed: takers, ...theirs },
  '/organisation/exports/export.csv': { to: () => '/organisation/exports/export.csv', allowed: takers, ...theirs },
  '/organisation/openings/export.csv': { to: () => '/organisation/openings/export.csv', allowed: takers, ...theirs },
  '/organisation/imports': { to: () => '/organisation/imports', allowed: keepers, ...theirs },
  '/organisation/imports/export.csv': { to: () => '/organisation/imports/export.csv', allowed: keepers, ...theirs },
  '/organisation/imports/template/export.csv': {
    to: () => '/organisation/imports/template/export.csv',
    allowed: ['officer'],
    ...theirs,
    shows: '身份证号',
  },
  '/organisation/imports/:id': {
    to: ({ importId }) => `/organisation/imports/${importId}`,
    allowed: keepers,
    ...hidden,
    shows: '名册.csv',
  },
  '/organisation/imports/:id/export.csv': {
    to: ({ importId }) => `/organisation/imports/${importId}/export.csv`,
    allowed: keepers,
    ...hidden,
  },
  // The rows as they stood in the file, for whoever sent it.
  // Only whoever sent the file reads its rows; a leader may have sent one.
  '/organisation/imports/:id/faulty.xlsx': {
    to: ({ importId }) => `/organisation/imports/${importId}/faulty.xlsx`,
    allowed: ['officer'],
    asking: ['leader'],
    ...hidden,
  },
  '/organisation/transfers': { to: () => '/organisation/transfers', allowed: keepers, ...theirs },
  '/organisation/transfers/export.csv': {
    to: () => '/organisation/transfers/export.csv',
    allowed: keepers,
    ...theirs,
  },
  '/organisation/terms': { to: () => '/organisation/terms', allowed: business, ...theirs },
  '/organisation/terms/export.csv': { to: () => '/organisation/terms/export.csv', allowed: business, ...theirs },
  '/organisation/elections': { to: () => '/organisation/elections', allowed: business, ...theirs },
  '/organisation/elections/export.csv': {
    to: () => '/organisation/elections/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/congresses': { to: () => '/organisation/congresses', allowed: business, ...theirs },
  '/organisation/congresses/export.csv': {
    to: () => '/organisation/congresses/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/elections/:id': {
    to: ({ electionId }) => `/organisation/elections/${electionId}`,
    allowed: business,
    ...hidden,
  },
  '/organisation/unions': { to: () => '/organisation/unions', allowed: business, ...theirs },
  '/organisation/unions/export.csv': { to: () => '/organisation/unions/export.csv', allowed: business, ...theirs },
  '/organisation/applications': { to: () => '/organisation/applications', allowed: business, ...theirs },
  '/organisation/applications/export.csv': {
    to: () => '/organisation/applications/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/restructurings': { to: () => '/organisation/restructurings', allowed: business, ...theirs },
  '/organisation/restructurings/export.csv': {
    to: () => '/organisation/restructurings/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/coverage': { to: () => '/organisation/coverage', allowed: business, ...theirs },
  '/organisation/coverage/export.csv': { to: () => '/organisation/coverage/export.csv', allowed: business, ...theirs },
  '/organisation/companions': { to: () => '/organisation/companions', allowed: business, ...theirs },
  '/organisation/companions/export.csv': {
    to: () => '/organisation/companions/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/demonstrations': { to: () => '/organisation/demonstrations', allowed: business, ...theirs },
  '/organisation/staffing': { to: () => '/organisation/staffing', allowed: business, ...theirs },
  '/organisation/staffing/export.csv': { to: () => '/organisation/staffing/export.csv', allowed: business, ...theirs },
  '/organisation/visits': { to: () => '/organisation/visits', allowed: business, ...theirs },
  '/lists/:list': { to: () => '/lists/visits.listVisits.csv', allowed: business, ...theirs },
  '/lists/:list/below/export.csv': { to: () => '/lists/unions/below/export.csv', allowed: business, ...theirs },
  '/lists/:list/print': { to: () => '/lists/visits.listVisits/print', allowed: business, ...theirs },
  '/organisation/unions/:id': { to: ({ unionId }) => `/organisation/unions/${unionId}`, allowed: business, ...hidden },
  '/organisation/unions/:id/ledger': {
    to: ({ unionId }) => `/organisation/unions/${unionId}/ledger`,
    allowed: business,
    ...hidden,
  },
  '/approvals': { to: () => '/approvals', allowed: business, ...theirs },
  '/approvals/sent': { to: () => '/approvals/sent', allowed: business, ...theirs },
  '/approvals/:id': { to: ({ applicationId }) => `/approvals/${applicationId}`, allowed: business, ...hidden },
  '/organisation/appraisals': { to: () => '/organisation/appraisals', allowed: business, ...theirs },
  '/organisation/appraisals/:id/group': {
    to: ({ appraisalId }) => `/organisation/appraisals/${appraisalId}/group`,
    allowed: business,
    ...hidden,
  },
  '/organisation/appraisals/:id/count': {
    to: ({ appraisalId }) => `/organisation/appraisals/${appraisalId}/count`,
    allowed: business,
    ...hidden,
  },
  '/organisation/appraisals/export.csv': {
    to: () => '/organisation/appraisals/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/cadres': { to: () => '/organisation/cadres', allowed: business, ...theirs },
  '/organisation/cadres/quotas': { to: () => '/organisation/cadres/quotas', allowed: business, ...theirs },
  '/organisation/cadres/trainings': { to: () => '/organisation/cadres/trainings', allowed: business, ...theirs },
  '/organisation/cadres/trainings/export.csv': {
    to: () => '/organisation/cadres/trainings/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/cadres/vacancies/export.csv': {
    to: () => '/organisation/cadres/vacancies/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/cadres/quotas/export.csv': {
    to: () => '/organisation/cadres/quotas/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/cadres/chairs/export.csv': {
    to: () => '/organisation/cadres/chairs/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/cadres/trainings/:id': {
    to: ({ trainingId }) => `/organisation/cadres/trainings/${trainingId}`,
    allowed: business,
    ...hidden,
  },
  '/organisation/cadres/trainings/:id/export.csv': {
    to: ({ trainingId }) => `/organisation/cadres/trainings/${trainingId}/export.csv`,
    allowed: business,
    ...hidden,
  },
  '/organisation/congresses/:id': {
    to: ({ congressId }) => `/organisation/congresses/${congressId}`,
    allowed: business,
    ...hidden,
  },
  '/organisation/congresses/:id/export.csv': {
    to: ({ congressId }) => `/organisation/congresses/${congressId}/export.csv`,
    allowed: business,
    ...hidden,
  },
  '/organisation/congresses/:id/delegates/export.csv': {
    to: ({ congressId }) => `/organisation/congresses/${congressId}/delegates/export.csv`,
    allowed: business,
    ...hidden,
  },
  '/organisation/women/screenings': { to: () => '/organisation/women/screenings', allowed: business, ...theirs },
  '/organisation/women/screenings/export.csv': {
    to: () => '/organisation/women/screenings/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/women/activities/export.csv': {
    to: () => '/organisation/women/activities/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/women/rooms/export.csv': {
    to: () => '/organisation/women/rooms/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/cadres/export.csv': { to: () => '/organisation/cadres/export.csv', allowed: business, ...theirs },
  '/organisation/checklists': { to: () => '/organisation/checklists', allowed: business, ...theirs },
  '/organisation/evidence': { to: () => '/organisation/evidence', allowed: business, ...theirs },
  '/organisation/demo-points': { to: () => '/organisation/demo-points', allowed: business, ...theirs },
  // The leader's; whoever is asked of the body below is its officer.
  '/organisation/schemes/new': {
    to: () => '/organisation/schemes/new',
    allowed: ['leader'],
    sibling: 200,
    child: 403,
  },
  '/organisation/ratings': { to: () => '/organisation/ratings', allowed: business, ...theirs },
  '/organisation/ratings/export.csv': { to: () => '/organisation/ratings/export.csv', allowed: business, ...theirs },
  '/organisation/ratings/:id': {
    to: ({ ratingId }) => `/organisation/ratings/${ratingId}`,
    allowed: business,
    ...hidden,
  },
  '/organisation/checklists/export.csv': {
    to: () => '/organisation/checklists/export.csv',
    allowed: business,
    ...theirs,
  },
  '/organisation/women': { to: () => '/organisation/women', allowed: business, ...theirs },
  '/organisation/women/export.csv': { to: () => '/organisation/women/export.csv', allowed: business, ...theirs },

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

/** Each list has two files behind one guard; what a workbook shows is packed. */
const workbooks = Object.entries(pages).flatMap(([address, { shows: _, to, ...entry }]): [string, Entry][] =>
  address.endsWith('/export.csv')
    ? [[asWorkbook(address), { ...entry, to: (fixture) => asWorkbook(to(fixture)) }]]
    : [],
)

function asWorkbook(address: string): string {
  return address.replace('/export.csv', '/export.xlsx')
}

export const entries: Readonly<Record<string, Entry>> = { ...pages, ...Object.fromEntries(workbooks) }
