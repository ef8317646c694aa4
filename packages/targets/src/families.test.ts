import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkFamily, type Family } from './families.ts'

const child = (receiverId: number, value: number, exemption = '') => ({ receiverId, value, exemption })
const base: Family = {
  method: 'sum',
  direction: 1,
  share: 100,
  reserve: 10,
  overAllocation: 0,
  children: [child(1, 60), child(2, 30)],
}

test('a sum that adds up is right; the difference is named either way', () => {
  expect(checkFamily(base)).toBeNull()
  expect(checkFamily({ ...base, reserve: 7 })).toEqual({ kind: 'unbalanced', sum: 90, difference: 3 })
  expect(checkFamily({ ...base, reserve: 13 })).toEqual({ kind: 'unbalanced', sum: 90, difference: -3 })
})

test('over-allocation goes exactly as far as the plan says', () => {
  const over = { ...base, reserve: -5, children: [child(1, 105)] }
  expect(checkFamily({ ...over, overAllocation: 500 })).toBeNull()
  expect(checkFamily({ ...over, overAllocation: 499 })).toEqual({ kind: 'overLimit', over: 5, limit: 4 })
  expect(checkFamily(over)).toEqual({ kind: 'overLimit', over: 5, limit: 0 })
})

test('a rate may be higher than the superior asks, lower only with a reason', () => {
  const floor: Family = {
    ...base,
    method: 'floor',
    reserve: 0,
    share: 9000,
    children: [child(1, 9000), child(2, 9500), child(3, 8000, '矿区关停')],
  }
  expect(checkFamily(floor)).toBeNull()
  expect(checkFamily({ ...floor, children: [child(1, 8999), child(2, 9000), child(3, 8000, ' ')] })).toEqual({
    kind: 'offFloor',
    receiverIds: [1, 3],
  })
})

test('where less is better the floor is a ceiling', () => {
  const ceiling: Family = {
    ...base,
    method: 'floor',
    direction: -1,
    reserve: 0,
    share: 200,
    children: [child(1, 150), child(2, 201)],
  }
  expect(checkFamily(ceiling)).toEqual({ kind: 'offFloor', receiverIds: [2] })
})

test('an equal quota is equal', () => {
  expect(
    checkFamily({ ...base, method: 'each', share: 2, reserve: 0, children: [child(1, 2), child(2, 3), child(3, 1)] }),
  ).toEqual({ kind: 'offFloor', receiverIds: [2, 3] })
})

test('a sum is right exactly when children and reserve make the share', () => {
  const amount = fc.integer({ min: 0, max: 1_000_000_000_000 })
  fc.assert(
    fc.property(
      amount,
      fc.integer({ min: -1000, max: 1000 }),
      fc.array(amount, { maxLength: 30 }),
      (share, off, values) => {
        const sum = values.reduce((total, value) => total + value, 0)
        const reserve = share - sum - off
        const fault = checkFamily({
          ...base,
          share,
          reserve,
          overAllocation: 10_000,
          children: values.map((value, index) => child(index, value)),
        })
        if (off !== 0) expect(fault).toEqual({ kind: 'unbalanced', sum, difference: off })
        else expect(fault === null).toBe(-reserve <= share)
      },
    ),
  )
})
