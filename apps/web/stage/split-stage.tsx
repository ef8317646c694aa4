import { SplitGrid, useSplitEdits, type Shares, type SplitRow } from '@gonglian/ui'

const states = ['draft', 'issued', 'accepted', 'disputed', 'settled', 'signed'] as const

const rows: readonly SplitRow[] = Array.from({ length: 3000 }, (_, index) => {
  const state = states[index % states.length] ?? 'draft'
  return {
    code: String(100000 + index),
    name: `第${index + 1}县总工会`,
    lastYear: index % 17 === 0 ? null : 900 + ((index * 37) % 400),
    basis: 15000 + ((index * 91) % 7000),
    state,
    editable: state !== 'signed',
    counter: state === 'disputed' ? 800 : null,
    ...(state === 'disputed' ? { counterReason: '辖区企业外迁较多' } : {}),
  }
})

const shares: Shares = Object.fromEntries(
  rows.map(({ code }, index) => [code, { value: 1000 + (index % 7) * 10, locked: index % 11 === 3 }]),
)

export function SplitStage() {
  const editor = useSplitEdits(shares)
  return <SplitGrid rows={rows} editor={editor} target={3_100_000} unit="人" scale={0} basisTitle="职工人数" />
}
