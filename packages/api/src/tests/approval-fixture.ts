import { applicationFiles } from '@gonglian/approvals'
import { storeSample } from '@gonglian/files/testing'
import { AskExtension, RecordTerm, askExtension, memberFiles, recordTerm, unionFiles } from '@gonglian/organisation'
import { performCommand } from '@gonglian/records'
import { withTenant, type Deps } from '@gonglian/tenancy'
import { aUser, idOf } from '@gonglian/tenancy/testing'
import { approvals as domain } from '@gonglian/domains'

type Seen = { applicationId: number; version: number }
export type ApprovalsFixture = {
  /** From the county to the city. */
  sent: Seen
  /** From a township to the county: waits for an opinion. */
  received: Seen
  /** From another township: waits for the leader. */
  proposed: Seen
  /** A paper of the county that is attached to nothing yet. */
  looseFileId: number
  /** One for a union of the county, and one for a member. */
  unionFileId: number
  memberFileId: number
}

/** Applications that the county sent and received; each asks to extend a term of the applicant itself. */
export async function plantApprovals(deps: Deps, ids: Map<string, number>): Promise<ApprovalsFixture> {
  const person = (code: string) => ({ ...aUser(idOf(ids, code), 'leader', 'officer'), username: `planted-${code}` })
  const ask = (code: string) =>
    withTenant(deps, person(code), async (ctx): Promise<Seen> => {
      const term = await recordTerm(
        ctx,
        RecordTerm.parse({ unionId: null, body: 'union_committee', number: 3, startsOn: '2022-01-01', years: 5 }),
      )
      const input = AskExtension.parse({ ...term, to: '2027-03-01', reason: '工作需要' })
      return { applicationId: (await askExtension(ctx, input)).applicationId, version: 1 }
    })
  const [sent, received, proposed] = [await ask('513221'), await ask('513221101'), await ask('513221102')]
  const { proposeDecision } = domain.nouns.applications
  const { version } = await withTenant(deps, person('513221'), (ctx) =>
    performCommand(ctx, proposeDecision, { ...proposed, proposal: 'approve', opinion: '情况属实' }),
  )
  const { fileId } = await storeSample(deps, person('513221'), applicationFiles)
  const { fileId: unionFileId } = await storeSample(deps, person('513221'), unionFiles)
  const { fileId: memberFileId } = await storeSample(deps, person('513221'), memberFiles)
  return { sent, received, proposed: { ...proposed, version }, looseFileId: fileId, unionFileId, memberFileId }
}
