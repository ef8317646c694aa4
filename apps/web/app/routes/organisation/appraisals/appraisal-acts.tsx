import { Link } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { useState } from 'react'
import { ActDialog } from '../../../act-dialog.tsx'
import { useAct } from '../../../act.ts'
import { useKeepingPeriod } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { readTyped } from '../day.ts'
import type { AppraisalRow, Slips } from './appraisal.ts'

export type AppraisalActsProps = {
  readonly row: AppraisalRow
  readonly onSlips: (slips: Slips) => void
}

/** What may be done with an appraisal of an own union now. */
export function AppraisalActs({ row, onSlips }: AppraisalActsProps) {
  const text = useText()
  const may = useMay()
  const { appraisalId, version } = row
  if (appraisalId === null || version === null) return null
  const title = row.unionName
  return (
    <div className="acts">
      {row.state === 'open' ? <Turnout appraisalId={appraisalId} eligible={row.eligible ?? 0} /> : null}
      {row.state === 'open' ? <OpenActs row={row} appraisalId={appraisalId} onSlips={onSlips} /> : null}
      {row.state === 'closed' && may('organisation:write') ? (
        <ActDialog
          quiet
          label={text('appraisals.publish')}
          title={title}
          text={text('appraisals.publish.text')}
          fields={[
            {
              name: 'rectification',
              label: text('appraisals.rectification'),
              kind: 'lines',
              maxLength: 2000,
              optional: true,
            },
          ]}
          run={(api, values) =>
            api.appraisals.publishAppraisal.mutate({
              appraisalId,
              version,
              rectification: values['rectification'] ?? '',
            })
          }
        />
      ) : null}
      {row.state === 'published' && may('organisation:approve') ? (
        <ActDialog
          quiet
          label={text('appraisals.file')}
          title={title}
          text={text('appraisals.file.text')}
          fields={[]}
          run={(api) => api.appraisals.fileAppraisal.mutate({ appraisalId, version })}
        />
      ) : null}
      {row.rectification === null || row.rectification === '' ? null : (
        <span className="gl-hint gl-cell-wrap">{row.rectification}</span>
      )}
    </div>
  )
}

/** While the voting runs: slips are ordered by one and printed by another; closing early is asked for by one and done by another. */
function OpenActs({ row, appraisalId, onSlips }: AppraisalActsProps & { readonly appraisalId: number }) {
  const text = useText()
  const may = useMay()
  const title = row.unionName
  const keep = useKeepingPeriod()
  const left = (row.eligible ?? 0) - Math.max(row.slips ?? 0, row.ordered ?? 0)
  const { orderToPrint, orderPrinted } = row
  return (
    <>
      <Link className="gl-link-button" to={keep(`/organisation/appraisals/${appraisalId}/group`)}>
        {row.groupMe !== null && row.isKeyMade !== true
          ? text('appraisals.groupTake')
          : text('appraisals.groupCodes', { kept: row.groupKept ?? 0, size: row.groupSize ?? 0 })}
      </Link>
      {may('organisation:write') ? (
        <ActDialog
          quiet
          label={text('appraisals.issue')}
          title={title}
          text={text('appraisals.issue.text', { left })}
          fields={[{ name: 'count', label: text('appraisals.slips'), kind: 'number', initial: String(left) }]}
          run={(api, values) => api.appraisals.issueSlips.mutate({ appraisalId, count: readTyped(values['count']) })}
        />
      ) : null}
      {may('organisation:approve') && orderToPrint !== null && row.isKeyMade === true ? (
        <ActDialog
          quiet
          label={text('appraisals.printOrder')}
          title={title}
          text={text('appraisals.printOrder.text')}
          fields={[]}
          run={(api) => api.appraisals.printSlips.mutate({ orderId: orderToPrint })}
          onDone={({ codes }) => onSlips({ unionName: row.unionName, closesOn: row.closesOn ?? '', codes })}
        />
      ) : null}
      {may('organisation:approve') && orderPrinted !== null ? (
        <ActDialog
          quiet
          label={text('appraisals.voidSlips')}
          title={title}
          text={text('appraisals.voidSlips.text')}
          fields={[{ name: 'reason', label: text('appraisals.reason'), kind: 'lines', maxLength: 300 }]}
          run={(api, values) =>
            api.appraisals.voidSlips.mutate({ orderId: orderPrinted, reason: values['reason'] ?? '' })
          }
        />
      ) : null}
      {may('organisation:write') && row.earlyBy === '' ? (
        <ActDialog
          quiet
          label={text('appraisals.early')}
          title={title}
          text={text('appraisals.early.text')}
          fields={[{ name: 'reason', label: text('appraisals.reason'), kind: 'lines', maxLength: 300 }]}
          run={(api, values) => api.appraisals.askEarlyClosing.mutate({ appraisalId, reason: values['reason'] ?? '' })}
        />
      ) : null}
      {may('organisation:approve') ? (
        <Link className="gl-link-button" to={keep(`/organisation/appraisals/${appraisalId}/count`)}>
          {text('appraisals.close')}
        </Link>
      ) : null}
      {row.earlyReason === null || row.earlyReason === '' ? null : (
        <span className="gl-hint">{text('appraisals.early.asked', { reason: row.earlyReason })}</span>
      )}
    </>
  )
}

/** How many have voted: asked for when somebody wants to know, since it changes by itself. */
function Turnout({ appraisalId, eligible }: { readonly appraisalId: number; readonly eligible: number }) {
  const text = useText()
  const { act, busy, refusal } = useAct()
  const [cast, setCast] = useState<number | null>(null)
  const count = async () => {
    const outcome = await act((api) => api.appraisals.countCast.query({ appraisalId }))
    if (outcome?.ok === true) setCast(outcome.value.cast ?? 0)
  }
  return (
    <span>
      <button type="button" className="gl-link-button" disabled={busy} onClick={count}>
        {text('appraisals.turnout')}
      </button>{' '}
      <span role="status" className="gl-figure-text">
        {refusal ? refusal.message : cast === null ? '' : `${cast} / ${eligible}`}
      </span>
    </span>
  )
}
