import { useText } from '@gonglian/ui'
import { useState } from 'react'
import { ActDialog } from '../../../act-dialog.tsx'
import { useAct } from '../../../act.ts'
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
      {row.state === 'open' && may('organisation:write') ? (
        <ActDialog
          quiet
          label={text('appraisals.issue')}
          title={title}
          text={text('appraisals.issue.text', { left: (row.eligible ?? 0) - (row.slips ?? 0) })}
          fields={[
            {
              name: 'count',
              label: text('appraisals.slips'),
              kind: 'number',
              initial: String((row.eligible ?? 0) - (row.slips ?? 0)),
            },
          ]}
          run={(api, values) => api.appraisals.issueSlips.mutate({ appraisalId, count: readTyped(values['count']) })}
          onDone={({ codes }) => onSlips({ unionName: row.unionName, closesOn: row.closesOn ?? '', codes })}
        />
      ) : null}
      {row.state === 'open' && may('organisation:approve') ? (
        <ActDialog
          quiet
          label={text('appraisals.close')}
          title={title}
          text={text('appraisals.close.text')}
          fields={[]}
          run={(api) => api.appraisals.closeAppraisal.mutate({ appraisalId })}
        />
      ) : null}
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
        <span className="gl-hint">{row.rectification}</span>
      )}
    </div>
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
