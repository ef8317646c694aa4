import { DomainError, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getSplit } from './allocations.ts'
import { disputeAllocation } from './answers.ts'
import { settleAllocation } from './settlements.ts'
import { aPlan, someIndicators, splitAndIssue } from './testing.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const province = aUser(id('51'), 'leader')
const city = aUser(id('5132'), 'leader')
beforeAll(() => someIndicators(deps, id('00')))

const items = {
  'a floor': { indicatorCode: 'rate', method: 'floor', value: 8500 },
  'a ceiling': { indicatorCode: 'overdue', method: 'floor', value: 8500 },
  'a sum': { indicatorCode: 'joined', method: 'sum', value: 30_000 },
} as const
type Method = keyof typeof items
const values = [8000, 8400, 8500, 8600, 9000] as const
const words = ['', '新的理由'] as const
/** As issued: a value within the bounds, or another one with a reason. */
const issued = [
  { value: 8500, exemption: '' },
  { value: 8200, exemption: '原来的理由' },
  { value: 8800, exemption: '原来的理由' },
] as const
const isOff = (method: Method, value: number) =>
  method === 'a floor' ? value < 8500 : method === 'a ceiling' ? value > 8500 : false

let plans = 0
const read = (itemId: number) => withTenant(deps, city, async (ctx) => (await getSplit(ctx, { itemId })).share)

describe.each<Method>(['a floor', 'a ceiling', 'a sum'])('of %s', (method) => {
  test.each(issued)(
    'a dispute about $value ($exemption) is settled by every pair of value and exemption, or refused by name',
    async (given) => {
      const { itemIds } = await aPlan(
        deps,
        province,
        values.flatMap(() => words.map(() => items[method])),
        {
          name: `计划${++plans}`,
          overAllocation: 0,
        },
      )
      const pairs = values.flatMap((value) => words.map((exemption) => ({ value, exemption })))
      for (const [index, answer] of pairs.entries()) {
        const itemId = itemIds[index] ?? 0
        const rest = method === 'a sum' ? items[method].value - given.value : 0
        await splitAndIssue(deps, province, itemId, [{ receiverId: id('5132'), ...given }], rest)
        const { version } = await read(itemId)
        await withTenant(deps, city, (ctx) =>
          disputeAllocation(ctx, {
            itemId,
            version,
            counterValue: 8000,
            reason: '基数偏高',
          }),
        )
        const error: unknown = await withTenant(deps, province, async (ctx) =>
          settleAllocation(ctx, { itemId, receiverId: id('5132'), version: version + 1, reply: '已核实', ...answer }),
        ).then(
          () => null,
          (reason: unknown) => reason,
        )
        const isFloor = method !== 'a sum'
        const exemption = isFloor ? answer.exemption || given.exemption : ''
        if (isOff(method, answer.value) && exemption === '') {
          expect(error, JSON.stringify(answer)).toBeInstanceOf(DomainError)
          continue
        }
        expect(error, JSON.stringify(answer)).toBeNull()
        expect(await read(itemId)).toMatchObject({ state: 'settled', value: answer.value, exemption })
      }
    },
  )
})
