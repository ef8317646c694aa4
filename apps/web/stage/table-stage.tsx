import { DataTable, emptyTableQuery, Light, TargetBar, TrendLine, type DataColumn, type TableQuery } from '@gonglian/ui'
import { useState } from 'react'

type Row = {
  readonly code: string
  readonly name: string
  readonly target: number
  readonly actual: number | null
  readonly light: 'green' | 'yellow' | 'red' | null
}

const rows: readonly Row[] = Array.from({ length: 130 }, (_, index) => ({
  code: String(5100 + index),
  name: ['成都市', '阿坝藏族羌族自治州', '绵阳市', '凉山彝族自治州'][index % 4] + `总工会${index}`,
  target: 12000 + index * 40,
  actual: index % 9 === 0 ? null : 4000 + ((index * 791) % 9000),
  light: index % 9 === 0 ? null : ((['green', 'yellow', 'red'] as const)[index % 3] ?? null),
}))

const columns: readonly DataColumn<Row>[] = [
  { key: 'name', title: '机构', value: (row) => row.name },
  { key: 'target', title: '目标（人）', value: (row) => row.target, figure: true },
  { key: 'actual', title: '完成（人）', value: (row) => row.actual, figure: true },
  {
    key: 'light',
    title: '进度',
    value: (row) => row.light,
    filters: [
      { value: 'green', label: '正常' },
      { value: 'yellow', label: '滞后' },
      { value: 'red', label: '严重滞后' },
    ],
    render: (row) => <Light value={row.light} />,
  },
  {
    key: 'bar',
    title: '完成率',
    render: (row) => <TargetBar actual={row.actual} target={row.target} expected={9000} light={row.light} />,
  },
  {
    key: 'trend',
    title: '近12期',
    render: (row) => <TrendLine values={[3, 5, null, 8, 9, 9, 12, row.target % 13, 15, 14, 17, 20]} />,
  },
]

export function TableStage() {
  const [query, setQuery] = useState<TableQuery>({ ...emptyTableQuery, size: 20 })
  return (
    <DataTable
      label="进度"
      rows={rows}
      rowKey={(row) => row.code}
      columns={columns}
      query={query}
      onQuery={setQuery}
      exports={{ xlsx: '#', csv: '#' }}
      onOpen={() => undefined}
    />
  )
}
