import {
  ApplyMember,
  CommitImport,
  ListTransfers,
  RequestTransfers,
  StartImport,
  applyMember,
  getImport,
  memberColumns,
  runImport,
  issueCards,
  listTransfers,
  requestTransfers,
  retainMember,
  startImport,
} from '@gonglian/organisation'
import { aMember, aUnion, anIdNumber, runThrough } from '@gonglian/organisation/testing'
import { withTenant, type Deps } from '@gonglian/tenancy'
import { aUser, idOf } from '@gonglian/tenancy/testing'
import { business, hidden, theirs, type Entries } from '../entry.ts'

type Versioned = { memberId: number; version: number }
export type MembersFixture = {
  unionId: number
  unionCode: string
  applied: Versioned
  active: Versioned
  withCard: Versioned
  retained: Versioned
  sent: { transferId: number; version: number }
  received: { transferId: number; version: number }
  import: { importId: number; version: number }
  /** One whose columns nobody confirmed yet. */
  mapping: { importId: number; version: number }
}

/** Stands in the names of the county's members: for nobody else, superiors included. */
export const memberMark = '标记会员辰'
const county = '513221'
const sibling = '513222'

/** A register with somebody in each state, transfers both ways, and a file that was checked. */
export async function plantMembers(deps: Deps, ids: Map<string, number>): Promise<MembersFixture> {
  const at = (code: string) => aUser(idOf(ids, code), 'officer')
  const unionCode = '513221-WALK'
  const unionId = await aUnion(deps, idOf(ids, county), unionCode)
  const otherId = await aUnion(deps, idOf(ids, sibling), '513222-WALK')
  let person = 900
  const enrol = (name: string) =>
    aMember(deps, idOf(ids, county), { unionId, name, idNumber: anIdNumber((person += 1)), destination: '外省务工' })
  const active = await enrol(memberMark)
  const withCard = await enrol('有证会员')
  const kept = await enrol('保留会员')
  const leaving = await enrol('转出会员')
  const coming = await aMember(deps, idOf(ids, sibling), {
    unionId: otherId,
    name: '转入会员',
    idNumber: anIdNumber((person += 1)),
  })
  return withTenant(deps, at(county), async (ctx) => {
    const applied = await applyMember(
      ctx,
      ApplyMember.parse({ unionId, name: `${memberMark}二`, idNumber: anIdNumber((person += 1)) }),
    )
    await issueCards(ctx, { memberIds: [withCard.memberId] })
    const retained = await retainMember(ctx, { ...kept, for: 'unemployed' })
    await requestTransfers(
      ctx,
      RequestTransfers.parse({ memberIds: [leaving.memberId], toUnion: '513222-WALK', reason: '工作调动' }),
    )
    const sent = (await listTransfers(ctx, ListTransfers.parse({ direction: 'sent' }))).rows[0]
    const head = memberColumns.map((column) => column.zh).join(',')
    const row = `${memberMark}三,${anIdNumber((person += 1))},${unionCode},,2026-10-08,2026-10-08`
    const file = await startImport(
      ctx,
      StartImport.parse({
        fileName: '名册.csv',
        content: Buffer.from(`${head}\n${row}\n坏行,1,,,,`).toString('base64'),
        consentVersion: '2026',
      }),
    )
    const unconfirmed = await startImport(
      ctx,
      StartImport.parse({
        fileName: '待对应.csv',
        content: Buffer.from(`${head}\n${row}`).toString('base64'),
        consentVersion: '2026',
      }),
    )
    return { applied, retained, sent, file, unconfirmed }
  }).then(async ({ applied, retained, sent, file, unconfirmed }) => {
    await withTenant(deps, at(sibling), (ctx) =>
      requestTransfers(
        ctx,
        RequestTransfers.parse({ memberIds: [coming.memberId], toUnion: unionCode, reason: '工作调动' }),
      ),
    )
    await runThrough(deps, at(county), file.id)
    await runImport(deps, { importId: unconfirmed.id, tenantId: idOf(ids, county) })
    return withTenant(deps, at(county), async (ctx) => {
      const received = (await listTransfers(ctx, ListTransfers.parse({ direction: 'received' }))).rows[0]
      const checked = await getImport(ctx, { importId: file.id })
      return {
        unionId,
        unionCode,
        applied: { memberId: applied.memberId, version: applied.version },
        active: { memberId: active.memberId, version: active.version },
        withCard: { memberId: withCard.memberId, version: withCard.version + 1 },
        retained: { memberId: retained.memberId, version: retained.version },
        sent: { transferId: sent?.id ?? 0, version: sent?.version ?? 0 },
        received: { transferId: received?.id ?? 0, version: received?.version ?? 0 },
        import: { importId: checked.id, version: checked.version },
        mapping: { importId: unconfirmed.id, version: (await getImport(ctx, { importId: unconfirmed.id })).version },
      }
    })
  })
}

const read = ['officer', 'leader', 'reviewer'] as const
const write = ['officer'] as const
const open = ['officer', 'leader'] as const
const conflict = { sibling: 'conflict', child: 'conflict', superior: 'conflict' } as const
const newcomer = { name: '新会员', idNumber: anIdNumber(990) }

/** Members are their owner's alone: neither neighbours nor superiors get a row. */
export const organisationMembers: Entries = {
  'members.listMembers': { input: () => ({}), allowed: read, ...theirs, shows: memberMark },
  'members.getMember': {
    input: ({ members }) => ({ memberId: members.active.memberId }),
    allowed: read,
    ...hidden,
    shows: memberMark,
  },
  'members.findNextMemberSteps': {
    input: ({ members }) => ({ memberId: members.applied.memberId }),
    allowed: read,
    ...hidden,
    shows: 'members.next.approve',
  },
  'members.openMember': {
    input: ({ members }) => ({ memberId: members.active.memberId, fields: ['idNumber'], reason: '核对身份' }),
    allowed: open,
    ...hidden,
  },
  'members.applyMember': {
    input: ({ members }) => ({ ...newcomer, unionId: members.unionId }),
    allowed: write,
    ...hidden,
  },
  'members.registerMember': {
    input: ({ members }) => ({ ...newcomer, unionId: members.unionId }),
    allowed: write,
    ...hidden,
  },
  'members.approveMember': { input: ({ members }) => members.applied, allowed: write, ...hidden },
  'members.changeMember': { input: ({ members }) => ({ ...members.active, job: '钳工' }), allowed: write, ...hidden },
  'members.retainMember': {
    input: ({ members }) => ({ ...members.active, for: 'military' }),
    allowed: write,
    ...hidden,
  },
  'members.reemployMember': { input: ({ members }) => members.retained, allowed: write, ...hidden },
  'members.leaveMember': {
    input: ({ members }) => ({ ...members.active, how: 'own_wish' }),
    allowed: write,
    ...hidden,
  },
  'members.expelMember': {
    input: ({ members }) => ({
      ...members.active,
      groupDiscussedOn: '2026-10-08',
      committeeDecidedOn: '2026-10-09',
      reason: '严重违法',
    }),
    allowed: ['leader'],
    ...hidden,
  },
  'members.recordDeath': { input: ({ members }) => members.active, allowed: write, ...hidden },
  'members.listCards': {
    input: ({ members }) => ({ memberId: members.withCard.memberId }),
    allowed: read,
    ...theirs,
    shows: '513221-00000001',
  },
  // Says that they are no members of the asker's, whoever's they are.
  'members.issueCards': {
    input: ({ members }) => ({ memberIds: [members.active.memberId] }),
    allowed: write,
    ...conflict,
  },
  'members.issueCardsOfUnion': { input: ({ members }) => ({ unionId: members.unionId }), allowed: write, ...theirs },
  'members.replaceCard': {
    input: ({ members }) => ({ memberId: members.withCard.memberId, for: 'lost' }),
    allowed: write,
    ...conflict,
  },
  'members.countMembersBelow': {
    input: () => ({ body: county, groupBy: 'sex' }),
    allowed: business,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
  },
  'members.readEnrolment': { allowed: business, ...theirs },
  'members.listOutgoing': { allowed: read, ...theirs, shows: '外省务工' },
  'members.recordTraining': {
    input: () => ({ heldOn: '2026-03-01', topic: '维权培训', attendance: 40 }),
    allowed: write,
    ...theirs,
  },
  'members.listRightsTrainings': { input: () => ({ year: 2026 }), allowed: business, ...theirs },
  'members.judgeTraining': { input: () => ({ year: 2026 }), allowed: business, ...theirs },
  'members.startExport': { input: () => ({ filter: {} }), allowed: open, ...theirs },
  'members.listExports': { input: () => ({}), allowed: open, ...theirs },
  'members.exportOpenings': { input: () => ({}), allowed: open, ...theirs },
  'members.listOpenings': { input: () => ({}), allowed: open, ...theirs },

  // An exact number of the register answers everybody who may write members: that is what it is for.
  'transfers.findUnion': { input: ({ members }) => ({ code: members.unionCode }), allowed: write, ...theirs },
  'transfers.listTransfers': { input: () => ({ direction: 'sent' }), allowed: read, ...theirs, shows: '转出会员' },
  'transfers.exportTransfers': { input: () => ({ direction: 'sent' }), allowed: read, ...theirs, shows: '转出会员' },
  'transfers.requestTransfers': {
    input: ({ members }) => ({ memberIds: [members.active.memberId], toUnion: '513222-WALK', reason: '调动' }),
    allowed: write,
    ...hidden,
  },
  'transfers.requestTransfersOfUnion': {
    input: ({ members }) => ({ unionId: members.unionId, toUnion: '513222-WALK', reason: '合并' }),
    allowed: write,
    ...conflict,
  },
  'transfers.acceptTransfers': {
    input: ({ members }) => ({ transfers: [members.received] }),
    allowed: write,
    ...hidden,
  },
  'transfers.rejectTransfers': {
    input: ({ members }) => ({ transfers: [members.received], reason: '不符' }),
    allowed: write,
    ...hidden,
  },
  'transfers.withdrawTransfers': { input: ({ members }) => ({ transfers: [members.sent] }), allowed: write, ...hidden },

  'imports.readTemplate': { input: () => ({ locale: 'zh-CN' }), allowed: write, ...theirs },
  'imports.listImports': { input: () => ({}), allowed: read, ...theirs, shows: '名册.csv' },
  'imports.getImport': {
    input: ({ members }) => ({ importId: members.import.importId }),
    allowed: read,
    ...hidden,
    shows: '名册.csv',
  },
  'imports.listImportProblems': {
    input: ({ members }) => ({ importId: members.import.importId }),
    allowed: read,
    ...hidden,
    shows: 'organisation.idNumber.length',
  },
  'imports.exportImportProblems': {
    input: ({ members }) => ({ importId: members.import.importId }),
    allowed: read,
    ...hidden,
    shows: 'organisation.idNumber.length',
  },
  'imports.getImportLayout': {
    input: ({ members }) => ({ importId: members.mapping.importId }),
    allowed: read,
    ...hidden,
    shows: '工会编号',
  },
  'imports.readFaultyRows': {
    input: ({ members }) => ({ importId: members.import.importId }),
    // Somebody else sent the one planted: only the sender reads its rows.
    allowed: write,
    same: 'forbidden',
    ...hidden,
  },
  'imports.readImportAgain': { input: ({ members }) => members.mapping, allowed: write, ...hidden },
  'imports.mapImport': {
    input: ({ members }) => ({
      ...members.mapping,
      columns: [0, 1, 4, 5].map((place) => ({ place, key: memberColumns[place]?.key ?? '' })),
    }),
    allowed: write,
    ...hidden,
  },
  // The one planted is checked: only what was written is undone. Members are their officer's; of unions a leader undoes.
  'imports.undoImport': { input: ({ members }) => members.import, allowed: write, same: 'conflict', ...hidden },
  'imports.startImport': {
    input: () => ({ fileName: '又.csv', content: Buffer.from('姓名').toString('base64'), consentVersion: '1' }),
    allowed: write,
    ...theirs,
  },
  'imports.commitImport': {
    input: ({ members }) => CommitImport.parse({ ...members.import, skipBad: true }),
    allowed: write,
    ...hidden,
  },
  // The one planted is checked: only one that failed is tried again.
  'imports.retryImport': { input: ({ members }) => members.import, allowed: write, same: 'conflict', ...hidden },
  'imports.cancelImport': { input: ({ members }) => members.import, allowed: write, ...hidden },
}
