import { EntryGrid, SavingMark, type EntryItem, type EntryProblem, type EntryValues } from '@gonglian/ui'
import { useState } from 'react'

const rows: readonly [string, string, number, number?][] = [
  ['职工人数', '人', 0],
  ['其中：女职工人数', '人', 0, 1],
  ['会员人数', '人', 0],
  ['其中：农民工会员人数', '人', 0, 1],
  ['新发展会员人数', '人', 0],
  ['入会率', '%', 2],
  ['基层工会组织数', '个', 0],
  ['女职工专项集体合同数', '份', 0],
  ['送温暖资金总额', '元', 2],
  ['走访慰问困难职工户数', '户', 0],
  ['慰问职工人次', '人次', 0],
  ['劳动争议受理件数', '件', 0],
  ['劳动争议结案件数', '件', 0],
]

const items: readonly EntryItem[] = rows.map(([label, unit, scale, depth], index) => ({
  key: `i${index}`,
  label,
  unit,
  scale,
  ...(index === 0 ? { section: '一、组织建设' } : index === 8 ? { section: '二、帮扶与维权' } : {}),
  ...(depth === undefined ? {} : { depth }),
  lastPeriod: index === 9 ? null : { value: 1200 + index * 321, mark: index === 10 ? 2 : 0 },
  lastYear: { value: 1100 + index * 300, mark: 0 },
  ...(index % 3 === 0 ? { derived: { value: 1290 + index * 320, mark: 0 }, derivedHref: '#' } : {}),
  editable: unit !== '%',
}))

export function EntryStage() {
  const [values, setValues] = useState<EntryValues>({
    i0: { value: 1290, mark: 0, note: '' },
    i1: { value: 600, mark: 0, note: '' },
    i2: { value: 1500, mark: 0, note: '' },
    i10: { value: 3000, mark: 2, note: '见台账' },
  })
  const problems: EntryProblem[] = [
    ...((values['i2']?.value ?? 0) > (values['i0']?.value ?? 0)
      ? [{ key: 'i2', level: 'error' as const, text: '会员人数不能大于职工人数' }]
      : []),
    { key: 'i10', level: 'warning', text: '比上期增长超过 50%，请填写说明' },
    { key: 'i6', level: 'faulty', text: '与去年同期差异过大，请核实' },
  ]
  return (
    <>
      <SavingMark state={{ kind: 'saved', at: '2026-09-05T06:30:00Z' }} />
      <EntryGrid
        items={items}
        values={values}
        problems={problems}
        changedKeys={new Set(['i1'])}
        onChange={(changed) => setValues({ ...values, ...changed })}
      />
    </>
  )
}
