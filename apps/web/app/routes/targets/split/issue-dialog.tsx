import { useLocale, useText, type Shares } from '@gonglian/ui'
import { useState } from 'react'
import { useAct } from '../../../act.ts'
import { Confirm } from '../confirm.tsx'
import { nameMeasure, writeTarget } from '../figure.ts'
import { codeOf, sumShares, type SplitView } from './rows.ts'

export type IssueDialogProps = {
  readonly view: SplitView
  readonly version: number
  readonly shares: Shares
  readonly onClose: () => void
}

const named = 12

/** Issues what was prepared: how many, what they sum to, what stays here, who gets nothing. */
export function IssueDialog({ view, version, shares, onClose }: IssueDialogProps) {
  const text = useText()
  const locale = useLocale()
  const { act, busy, refusal } = useAct()
  const [asked] = useState(version)
  const { item, share } = view
  const write = (value: number) => writeTarget(value, item.measure, locale)
  const fresh = view.rows.filter((row) => row.share === null || row.share.state === 'draft')
  const given = fresh.filter((row) => (shares[codeOf(row)]?.value ?? null) !== null)
  const without = fresh.filter((row) => (shares[codeOf(row)]?.value ?? null) === null)
  const sum = sumShares(view, shares)
  const left = share.value - sum
  const confirm = async () => {
    const outcome = await act((api) => api.targets.issueSplit.mutate({ itemId: item.id, version: asked }))
    if (outcome?.ok) onClose()
  }
  return (
    <Confirm
      title={text('targets.split.issue')}
      action={text('targets.split.issue.count', { count: given.length })}
      busy={busy}
      refusal={refusal}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{text('targets.split.issue.ask', { item: nameMeasure(item.measure, locale), count: given.length })}</p>
      {item.method === 'sum' ? (
        <dl className="targets-facts">
          <div>
            <dt>{text('split.target')}</dt>
            <dd>{write(share.value)}</dd>
          </div>
          <div>
            <dt>{text('split.sum')}</dt>
            <dd>{write(sum)}</dd>
          </div>
          <div>
            <dt>{text(left < 0 ? 'split.over' : 'split.left')}</dt>
            <dd className={left < 0 ? 'targets-over' : undefined}>{write(Math.abs(left))}</dd>
          </div>
        </dl>
      ) : null}
      {without.length === 0 ? null : (
        <p className="gl-warning-text">
          {text('targets.split.issue.without', {
            count: without.length,
            bodies: without
              .slice(0, named)
              .map((row) => row.body.shortName)
              .join('、'),
          })}
          {without.length > named ? text('targets.more') : ''}
        </p>
      )}
      <p className="gl-hint">{text('targets.split.issue.after')}</p>
    </Confirm>
  )
}
