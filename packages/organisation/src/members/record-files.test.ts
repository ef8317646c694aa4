import { attachToRecord, collectKinds, listRecordFiles, mostFiles, openFile, removeFile } from '@gonglian/files'
import { aKeeper, readAll, samplePaper, storeSample } from '@gonglian/files/testing'
import { listOpenings, withTenant, type Role, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import { unionFiles } from '../unions/union-files.ts'
import { memberFiles } from './member-files.ts'
import { aMember, aUnion, anIdNumber } from './sample-members.ts'
import { LeaveMember, leaveMember } from './standings.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const countyId = id('513221')
const officer = aUser(countyId, 'officer')
const kinds = collectKinds([unionFiles, memberFiles])
const keeper = aKeeper([unionFiles, memberFiles])
const unionId = await aUnion(deps, countyId, '513221-6001')
const { memberId, version } = await aMember(deps, countyId, { unionId, idNumber: anIdNumber(6001) })

const as = <T>(code: string, role: Role, work: (ctx: TenantContext) => Promise<T>) =>
  withTenant(deps, aUser(id(code), role), work)
const list = (code: string, role: Role, kind: string, objectId: number) =>
  as(code, role, async (ctx) => (await listRecordFiles(ctx, kinds, { kind, objectId })).files)
const attach = (code: string, role: Role, kind: string, objectId: number, fileId: number) =>
  as(code, role, (ctx) => attachToRecord(ctx, kinds, { kind, objectId, files: [{ fileId, slot: '' }] }))
const openings = () => as('513221', 'officer', (ctx) => listOpenings(ctx, { page: 1, pageSize: 50 }))

test('a union takes files of its body; superiors read them and are noted, the body itself is not', async () => {
  const { fileId } = await storeSample(deps, officer, unionFiles)
  await expect(attach('513221', 'reviewer', 'union', unionId, fileId)).rejects.toMatchObject({ code: 'forbidden' })
  for (const code of ['513222', '5132', '513221100'])
    await expect(attach(code, 'officer', 'union', unionId, fileId)).rejects.toMatchObject({ code: 'not_found' })
  await attach('513221', 'officer', 'union', unionId, fileId)
  expect(await list('513221', 'auditor', 'union', unionId)).toMatchObject([
    { fileId, isNoted: false, isRemovable: true },
  ])
  expect(await list('5132', 'leader', 'union', unionId)).toMatchObject([{ fileId, isNoted: true, isRemovable: false }])
  await expect(list('513222', 'leader', 'union', unionId)).rejects.toMatchObject({ code: 'not_found' })
  await readAll((await openFile(deps, keeper, officer, fileId)).content)
  expect((await openings()).total).toBe(0)
  await openFile(deps, keeper, { ...aUser(id('5132'), 'leader'), isProved: true }, fileId)
  expect((await openings()).openings).toMatchObject([
    { objectKind: 'union', objectId: String(unionId), fields: ['file'] },
  ])
  await as('513221', 'officer', (ctx) => removeFile(ctx, kinds, { fileId }))
  expect(await list('513221', 'officer', 'union', unionId)).toEqual([])
})

test('a member’s files are the own body’s alone, and whoever opens one there is noted beside the other openings', async () => {
  const { fileId } = await storeSample(deps, officer, memberFiles)
  await expect(attach('513221', 'leader', 'member', memberId, fileId)).rejects.toMatchObject({ code: 'forbidden' })
  await attach('513221', 'officer', 'member', memberId, fileId)
  expect(await list('513221', 'reviewer', 'member', memberId)).toMatchObject([{ fileId, isNoted: true }])
  await expect(list('513221', 'auditor', 'member', memberId)).rejects.toMatchObject({ code: 'forbidden' })
  for (const code of ['5132', '513222', '513221100'])
    await expect(list(code, 'officer', 'member', memberId)).rejects.toMatchObject({ code: 'not_found' })
  await expect(openFile(deps, keeper, aUser(id('5132'), 'officer'), fileId)).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(openFile(deps, keeper, { ...officer, isProved: false }, fileId)).rejects.toMatchObject({
    key: 'errors.proofNeeded',
  })
  const before = (await openings()).total
  const opened = await openFile(deps, keeper, { ...officer, isProved: true }, fileId)
  expect(await readAll(opened.content)).toEqual(samplePaper)
  const after = await openings()
  expect(after.total).toBe(before + 1)
  expect(after.openings[0]).toMatchObject({ objectKind: 'member', objectId: String(memberId), reason: 'file.read' })
})

test('a file of one kind or record goes to no other, a full record takes none, and one that is over neither', async () => {
  const { fileId } = await storeSample(deps, officer, memberFiles)
  await expect(attach('513221', 'officer', 'union', unionId, fileId)).rejects.toMatchObject({ code: 'invalid' })
  await expect(attach('513221', 'officer', 'evidence', unionId, fileId)).rejects.toMatchObject({ key: 'files.noKind' })
  await as('513221', 'officer', async (ctx) => {
    await ctx.db
      .insertInto('files.file')
      .values(
        Array.from({ length: mostFiles - 1 }, (_, place) => ({
          tenant_id: ctx.tenantId,
          kind: memberFiles.key,
          object_id: memberId,
          file_name: `${place}.pdf`,
          media_type: 'application/pdf',
          byte_count: 1,
          sha256: Buffer.alloc(32, place),
          check_state: 'unchecked' as const,
          stored_by: 'test',
        })),
      )
      .execute()
  })
  await expect(attach('513221', 'officer', 'member', memberId, fileId)).rejects.toMatchObject({ key: 'files.tooMany' })
  await as('513221', 'officer', (ctx) =>
    leaveMember(ctx, LeaveMember.parse({ memberId, version, how: 'own_wish', reason: '本人申请' })),
  )
  await expect(attach('513221', 'officer', 'member', memberId, fileId)).rejects.toMatchObject({
    key: 'organisation.member.closed',
  })
})
