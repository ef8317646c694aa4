import { describe, expect, it } from 'vitest'
import { listSteps, type ThreadShare } from './steps.ts'

const day = (number: number) => new Date(Date.UTC(2026, 1, number))
const share: ThreadShare = {
  value: 100,
  state: 'issued',
  counterValue: null,
  reason: '',
  issuedAt: day(1),
  issuedBy: '王',
  answeredAt: null,
  answeredBy: null,
}
const change = {
  itemId: 1,
  receiverId: 2,
  counterValue: null,
  request: '',
  reason: '区划调整',
  actor: '王',
  hash: null,
} as const

describe('the thread of a share', () => {
  it('begins with the value as it was issued, not as it is now', () => {
    const steps = listSteps({ ...share, value: 90 }, [{ ...change, kind: 'change', from: 100, to: 90, at: day(3) }])
    expect(steps.map((step) => step.kind)).toEqual(['issued', 'change'])
    expect(steps[0]).toMatchObject({ value: 100, at: day(1) })
  })
  it('shows an open dispute with who asked', () => {
    const asked = {
      ...share,
      state: 'disputed',
      counterValue: 80,
      reason: '企业外迁',
      answeredAt: day(2),
      answeredBy: '李',
    } as const
    expect(listSteps(asked, []).at(-1)).toMatchObject({
      kind: 'disputed',
      value: 80,
      reason: '企业外迁',
      by: '李',
      side: 'receiver',
    })
  })
  it('shows a settled dispute as question and answer', () => {
    const settled = { ...share, value: 95, state: 'settled', answeredAt: day(2) } as const
    const line = {
      ...change,
      kind: 'settlement',
      from: 100,
      to: 95,
      counterValue: 80,
      request: '企业外迁',
      at: day(3),
    } as const
    expect(listSteps(settled, [line]).map((step) => step.kind)).toEqual(['issued', 'disputed', 'settlement'])
  })
  it('does not take an old acceptance for an answer to a later change', () => {
    const again = { ...share, value: 90, answeredAt: day(2), answeredBy: '李' } as const
    const line = { ...change, kind: 'change', from: 100, to: 90, at: day(3) } as const
    expect(listSteps(again, [line]).map((step) => step.kind)).toEqual(['issued', 'change'])
    expect(listSteps({ ...again, state: 'accepted', answeredAt: day(4) }, [line]).at(-1)).toMatchObject({
      kind: 'accepted',
      by: '李',
    })
  })
  it('puts the signature before the amendments that followed it', () => {
    const signed = { ...share, value: 70, state: 'signed', answeredAt: day(2) } as const
    const lines = [
      { ...change, kind: 'change', from: 100, to: 90, at: day(3) },
      { ...change, kind: 'amendment', from: 90, to: 70, at: day(9), hash: 'x' },
    ] as const
    expect(listSteps(signed, lines).map((step) => step.kind)).toEqual(['issued', 'change', 'signed', 'amendment'])
  })
})
