import { systemActor, withTenant, type Role } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { issueCards } from '../members/cards.ts'
import { ApplyMember, applyMember } from '../members/enrolment.ts'
import { findNextMemberSteps } from './member-steps.ts'
import { aMember, aUnion, anIdNumber } from '../members/sample-members.ts'
import { LeaveMember, RetainMember, leaveMember, retainMember } from '../members/standings.ts'
import { RejectTransfers, RequestTransfers, rejectTransfers, requestTransfers } from '../members/transfers.ts'

const { deps, close, setNow } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const countyId = id('513221')
const today = '2026-11-21'
beforeEach(() => setNow(`${today}T12:00:00+08:00`))
const unionId = await aUnion(deps, countyId, '513221-7001')
await aUnion(deps, id('320924'), '320924-7001')

const asOfficer = aUser(countyId)
const stepsOf = async (memberId: number, role: Role = 'officer', code = '513221') =>
  (await withTenant(deps, aUser(id(code), role), (ctx) => findNextMemberSteps(ctx, { memberId }))).steps
const keys = async (memberId: number) => (await stepsOf(memberId)).map(({ key }) => key)

let serial = 7000
const newMember = () => aMember(deps, countyId, { unionId, idNumber: anIdNumber(++serial) })
const giveCard = (memberId: number) => withTenant(deps, asOfficer, (ctx) => issueCards(ctx, { memberIds: [memberId] }))

test('who applied waits for the officer; a leader reads for whom, others find nobody', async () => {
  const { memberId } = await withTenant(deps, asOfficer, (ctx) =>
    applyMember(
      ctx,
      ApplyMember.parse({ unionId, name: '申请人', idNumber: anIdNumber(++serial), appliedOn: '2026-11-20' }),
    ),
  )
  const [first, second] = await stepsOf(memberId)
  expect(first).toMatchObject({ key: 'members.next.approve', mayAct: true, since: '2026-11-20' })
  expect(second).toMatchObject({ key: 'members.next.complete' })
  expect((await stepsOf(memberId, 'leader'))[0]).toMatchObject({
    mayAct: false,
    waitsFor: { roles: ['officer'], isOwn: true },
  })
  await expect(stepsOf(memberId, 'auditor')).rejects.toMatchObject({ code: 'forbidden' })
  for (const code of ['513222', '5132', '513221100'])
    await expect(stepsOf(memberId, 'officer', code)).rejects.toMatchObject({ code: 'not_found' })
})

test('a member without a card waits for it, and then for nothing', async () => {
  const { memberId } = await newMember()
  expect(await stepsOf(memberId)).toMatchObject([{ key: 'members.next.card', mayAct: true, since: '2026-01-10' }])
  await giveCard(memberId)
  expect(await stepsOf(memberId)).toEqual([])
})

test('a transfer waits at the other union since it was asked for, until it lapses or is answered', async () => {
  const { memberId } = await newMember()
  await giveCard(memberId)
  const [asked] = await withTenant(deps, asOfficer, (ctx) =>
    requestTransfers(
      ctx,
      RequestTransfers.parse({ memberIds: [memberId], toUnion: '320924-7001', reason: '工作调动' }),
    ),
  )
  const [waits] = await stepsOf(memberId)
  expect(waits).toMatchObject({
    key: 'members.next.transfer',
    params: { union: '工会320924-7001' },
    since: today,
    mayAct: false,
    waitsFor: { isOwn: false, roles: ['officer'] },
  })
  expect(waits?.waitsFor?.body).not.toBe('')
  expect((waits?.due ?? '') > today).toBe(true)
  await withTenant(deps, aUser(id('320924')), (ctx) =>
    rejectTransfers(
      ctx,
      RejectTransfers.parse({ transfers: [{ transferId: asked?.transferId, version: 1 }], reason: '没有此人' }),
    ),
  )
  expect(await stepsOf(memberId)).toEqual([])
})

test('who is out of work or in the army is to be reinstated one day; of the retired nothing is due', async () => {
  const retain = async (why: 'retired' | 'unemployed') => {
    const { memberId, version } = await newMember()
    await giveCard(memberId)
    await withTenant(deps, asOfficer, (ctx) =>
      retainMember(ctx, RetainMember.parse({ memberId, version: version + 1, for: why, on: '2026-11-02' })),
    )
    return memberId
  }
  expect(await stepsOf(await retain('unemployed'))).toMatchObject([
    { key: 'members.next.reemploy', about: 'members.retain.unemployed', since: '2026-11-02', mayAct: true },
  ])
  expect(await keys(await retain('retired'))).toEqual([])
})

test('a membership that is over waits for nothing', async () => {
  const { memberId, version } = await newMember()
  await withTenant(deps, systemActor('test', countyId), (ctx) =>
    leaveMember(ctx, LeaveMember.parse({ memberId, version, how: 'own_wish', reason: '本人申请' })),
  )
  expect(await keys(memberId)).toEqual([])
})
