import { issuePaper } from '@gonglian/documents'
import { organisation } from '@gonglian/organisation'
import { found, withTenant, type Deps } from '@gonglian/tenancy'
import { aUser, idOf } from '@gonglian/tenancy/testing'
import { business, hidden, theirs, type Entries } from './entry.ts'
import type { UnionsFixture } from './organisation/unions.ts'

const signers = ['leader'] as const
const approval = 'unions.approval'

/** A signed paper of the county, of which others learn nothing without its token. */
export async function plantPapers(deps: Deps, ids: Map<string, number>, unions: UnionsFixture): Promise<void> {
  const paper = found(organisation.papers?.find(({ path }) => path === approval))
  await withTenant(deps, aUser(idOf(ids, '513221'), 'leader'), (ctx) => issuePaper(ctx, paper, unions.active.unionId))
}

/** Papers are their body's own, those above included: a superior reads the record, not the paper. */
export const papers: Entries = {
  'papers.readPaper': [
    {
      input: ({ unions }) => ({ path: approval, id: unions.active.unionId }),
      allowed: business,
      ...hidden,
      shows: '"state":"issued"',
    },
    {
      input: ({ unions }) => ({ path: approval, id: unions.approved.unionId }),
      allowed: business,
      ...hidden,
      shows: '"state":"draft"',
    },
    {
      input: ({ unions }) => ({ path: 'unions.legalPerson', id: unions.accreditedId }),
      allowed: business,
      ...hidden,
      shows: '"state":"draft"',
    },
    {
      input: ({ ratings }) => ({ path: 'ratings.home', id: ratings.ratings.awarded.ratingId }),
      allowed: business,
      ...hidden,
      shows: '"state":"draft"',
    },
    {
      input: ({ members }) => ({ path: 'members.card', id: members.withCard.memberId }),
      allowed: ['officer', 'leader', 'reviewer'],
      ...hidden,
      shows: '"seal":null',
    },
    { input: ({ unions }) => ({ path: 'terms.reminder', id: unions.term.termId }), allowed: business, ...hidden },
  ],
  'papers.issuePaper': {
    input: ({ unions }) => ({ path: approval, id: unions.approved.unionId }),
    allowed: signers,
    ...hidden,
  },
  'papers.withdrawPaper': {
    input: ({ unions }) => ({ path: approval, id: unions.active.unionId, reason: '内容有误' }),
    allowed: signers,
    ...hidden,
  },
  'papers.checkPaper': { input: () => ({ token: 'A'.repeat(24) }), allowed: business, open: 'public', ...theirs },
}
