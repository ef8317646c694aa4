import {
  BodyPicker,
  BodyTree,
  ConflictNotice,
  EmptyState,
  ErrorState,
  FigureCell,
  Light,
  PageSkeleton,
  PeriodPicker,
  SavingMark,
  TargetBar,
  TrendLine,
  type BodyNode,
} from '@gonglian/ui'
import { useState } from 'react'

const roots: readonly BodyNode[] = [{ code: '51', name: '四川省总工会', level: 'province', childCount: 3 }]

function loadChildren(code: string): Promise<readonly BodyNode[]> {
  if (code === '5133') return Promise.reject(new Error('no'))
  return Promise.resolve(
    [1, 32, 33].map((part) => ({
      code: `${code}${String(part).padStart(2, '0')}`,
      name: `${code}${part}阿坝藏族羌族自治州总工会`,
      level: 'city' as const,
      childCount: code.length > 4 ? 0 : 3,
    })),
  )
}

export function PartsStage() {
  const [period, setPeriod] = useState('2026-09-A')
  const [body, setBody] = useState<BodyNode | null>(null)
  const [open, setOpen] = useState(false)
  return (
    <div style={{ display: 'grid', gap: 14 }}>
      <p>
        <Light value="green" /> <Light value="yellow" /> <Light value="red" /> <Light value={null} />{' '}
        <Light value="red" compact />
      </p>
      <div style={{ width: 260 }}>
        <TargetBar actual={8494n} target={10000n} expected={9000n} light="yellow" />
        <TargetBar actual={12494n} target={10000n} expected={6000n} light="green" />
        <TargetBar actual={1494n} target={10000n} expected={9000n} light="red" />
        <TargetBar actual={null} target={10000n} expected={9000n} light={null} />
      </div>
      <TrendLine values={[1, 2, null, 4, 3, 6, 8, 7, 9, 12, 11, 14]} />
      <div style={{ width: 160 }}>
        <FigureCell value={1234567} />
        <FigureCell value={null} mark={7} />
        <FigureCell value={3000} mark={2} unit="人" />
        <FigureCell value={123456789} scale={2} unit="元" large="wan" />
        <FigureCell value={0} />
      </div>
      <PeriodPicker value={period} onChange={setPeriod} now="2026-09-05T00:00:00Z" />
      <BodyPicker
        value={body}
        onChange={setBody}
        roots={roots}
        loadChildren={loadChildren}
        search={(query) =>
          Promise.resolve(
            query === 'x'
              ? []
              : [
                  {
                    ...roots[0],
                    code: '1',
                    name: `${query}镇总工会`,
                    level: 'township',
                    childCount: 0,
                    path: '四川 阿坝 汶川',
                  },
                ],
          )
        }
      />
      <div className="panel" style={{ maxWidth: 420 }}>
        <BodyTree
          roots={roots}
          loadChildren={loadChildren}
          selectedCode="5132"
          onSelect={setBody}
          openCodes={['51', '5132', '5133']}
        />
      </div>
      <SavingMark state={{ kind: 'failed' }} />
      <button type="button" className="gl-button" onClick={() => setOpen(true)}>
        conflict
      </button>
      <ConflictNotice
        conflicts={
          open
            ? [
                { key: 'a', label: '会员人数', mine: '1,200', theirs: '1,250' },
                { key: 'b', label: '会员人数（说明）', mine: '', theirs: '见台账' },
              ]
            : []
        }
        who="演示 经办"
        when="2026-09-05T06:30:00Z"
        onResolve={() => setOpen(false)}
        onClose={() => setOpen(false)}
      />
      <EmptyState title="还没有报表" text="本期的报表到期前会自动打开。" />
      <ErrorState onRetry={() => undefined} />
      <PageSkeleton shape="columns" rows={4} />
    </div>
  )
}
