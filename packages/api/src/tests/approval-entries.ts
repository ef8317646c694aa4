import type { Aims } from './declared-entries.ts'
import { business, hidden, type Entries } from './entry.ts'

/** Stands in the title of what the township applied for. */
const applicationMark = '映秀镇总工会'

/** What is applied for: found by the two bodies alone. */
export const approvalEntries: Entries = {
  'approvals.getApplication': {
    input: ({ approvals: { sent } }) => ({ applicationId: sent.applicationId }),
    allowed: business,
    sibling: 'not_found',
    child: 'not_found',
    superior: 'ok',
  },
  'unions.applyAccreditation': {
    input: ({ unions: { active }, approvals: { looseFileId: fileId } }) => ({
      ...active,
      files: [{ fileId, slot: 'certificate' }],
    }),
    allowed: ['leader', 'officer'],
    ...hidden,
  },
}

/** The county decides what its township applied for, and takes back what it sent to the city. */
export const approvalAims: Aims = {
  'applications.listReceived': applicationMark,
  'applications.proposeDecision': ({ approvals }) => ({ ...approvals.received, proposal: 'approve', opinion: '同意' }),
  'applications.approveApplication': ({ approvals }) => approvals.proposed,
  'applications.returnApplication': ({ approvals }) => ({ ...approvals.proposed, reason: '材料不全' }),
  'applications.withdrawApplication': ({ approvals }) => ({ ...approvals.sent, reason: '暂不办理' }),
}
