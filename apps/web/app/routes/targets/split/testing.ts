import type { AllocationState } from '@gonglian/ui'
import type { SplitView, ViewRow } from './rows.ts'

type RowLike = {
  readonly code: string
  readonly value: number | null
  readonly locked?: boolean
  readonly state?: AllocationState
}

/** A split of an item that is summed, for tests of what the editor computes. */
export function aView({ share, rows }: { share: number; rows: readonly RowLike[] }): SplitView {
  const party = (id: number, code: string) => ({
    id,
    code,
    name: `${code}总工会`,
    shortName: code,
    level: 'county' as const,
    kind: 'regional' as const,
  })
  const shareOf = (
    receiverId: number,
    value: number,
    state: AllocationState,
    locked: boolean,
  ): NonNullable<ViewRow['share']> => ({
    itemId: 1,
    receiverId,
    issuerId: 1,
    value,
    reserve: null,
    state,
    locked,
    counterValue: null,
    reason: '',
    reply: '',
    exemption: '',
    issuedAt: null,
    issuedBy: null,
    answeredAt: null,
    answeredBy: null,
    version: 1,
    splitVersion: 0,
  })
  return {
    plan: {
      id: 1,
      year: 2026,
      name: '2026年目标',
      hierarchy: 'regional',
      state: 'issued',
      issuer: party(1, '51'),
      yellowFrom: 0,
      redFrom: -1000,
      overAllocation: 500,
      version: 1,
      issuedAt: null,
      issuedBy: null,
    },
    item: {
      id: 1,
      planId: 1,
      issuerId: 1,
      position: 1,
      aspect: '',
      measure: {
        indicatorId: 1,
        code: 'joined',
        nameZh: '新发展会员',
        nameEn: 'New members',
        unit: '人',
        scale: 0,
        nature: 'flow',
        additivity: 'sum',
        formula: null,
        polarity: 1,
      },
      method: 'sum',
      direction: 1,
      weight: 0,
      note: '',
      accountable: '',
      schedule: [],
      scheduleKind: 'straight',
    },
    body: party(1, '51'),
    share: shareOf(1, share, 'issued', false),
    allocated: null,
    limit: 0,
    rows: rows.map((row, index) => ({
      body: party(10 + index, row.code),
      current: true,
      share: row.value === null ? null : shareOf(10 + index, row.value, row.state ?? 'draft', row.locked ?? false),
    })),
    blocked: null,
  }
}
