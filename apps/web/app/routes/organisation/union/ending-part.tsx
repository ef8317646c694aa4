import type { RouterOutputs } from '@gonglian/api'
import { formatMoney, useLocale, useText } from '@gonglian/ui'
import { ActDialog, type ActField } from '../../../act-dialog.tsx'
import { readFen } from '../../../act-values.ts'
import { useMay } from '../../../may.ts'
import { findEmployers, findUnions } from '../finders.ts'
import { listObstacles } from '../restructurings/restructuring.ts'
import { endingId, type UnionView } from './union.ts'

export type EndingPartProps = {
  readonly view: UnionView
  readonly obstacles: RouterOutputs['unions']['findObstacles'] | null
}

const subjects = ['property', 'funds'] as const

/** What must be settled before the union may end (ORG-04), and its ending: revoked, merged, or rebuilt after a restructuring. */
export function EndingPart({ view, obstacles }: EndingPartProps) {
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const { union, settlements } = view
  if (obstacles === null) return null
  const decides = may('organisation:approve')
  const seen = { unionId: union.id, version: union.version }
  const wasFounded = union.founded_on !== null
  const left = listObstacles(text, obstacles)
  const closing: readonly ActField[] = [
    { name: 'on', label: text('unions.end.on'), kind: 'date', initial: 'today' },
    { name: 'documentNo', label: text('unions.end.document'), kind: 'text', maxLength: 60 },
    { name: 'reason', label: text('unions.end.reason'), kind: 'lines', maxLength: 300 },
  ]
  return (
    <details id={endingId} className="ending-part" open={union.state === 'restructuring'}>
      <summary>{text('unions.ending')}</summary>
      <p className="gl-hint">{text('unions.ending.text')}</p>
      {!wasFounded ? null : left.length === 0 ? (
        <p>{text('unions.obstacle.none')}</p>
      ) : (
        <ul className="obstacles">
          {left.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
      {settlements.length === 0 ? null : (
        <dl className="facts">
          {settlements.map((one) => (
            <div key={one.subject} className="fact">
              <dt>{text(one.subject === 'funds' ? 'unions.settle.funds' : 'unions.settle.property')}</dt>
              <dd>
                {formatMoney(one.amountFen, locale)} {one.receiver} {one.documentNo} {one.on}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div className="acts">
        {wasFounded ? (
          <ActDialog
            label={text('unions.settle')}
            title={text('unions.settle.title', { name: union.name })}
            fields={[
              {
                name: 'subject',
                label: text('unions.settle.subject'),
                kind: 'choice',
                initial: 'property',
                options: subjects.map((one) => ({ value: one, label: text(`unions.settle.${one}`) })),
              },
              {
                name: 'amountFen',
                label: text('unions.settle.amount'),
                kind: 'number',
                hint: text('unions.settle.none'),
              },
              { name: 'receiver', label: text('unions.settle.receiver'), kind: 'text', maxLength: 120 },
              { name: 'documentNo', label: text('unions.settle.document'), kind: 'text', maxLength: 60 },
              { name: 'on', label: text('unions.settle.on'), kind: 'date', initial: 'today' },
            ]}
            run={(api, values) =>
              api.unions.settleUnion.mutate({
                unionId: union.id,
                subject: values['subject'] === 'funds' ? 'funds' : 'property',
                amountFen: readFen(values['amountFen']),
                receiver: values['receiver'] ?? '',
                documentNo: values['documentNo'] ?? '',
                on: values['on'] ?? '',
              })
            }
          />
        ) : null}
        {decides && union.state === 'restructuring' ? (
          <ActDialog
            label={text('unions.rebuild')}
            title={text('unions.rebuild.title', { name: union.name })}
            fields={[
              {
                name: 'employerId',
                label: text('unions.rebuild.employer'),
                kind: 'find',
                find: findEmployers(union.tenant_id),
              },
              { name: 'on', label: text('unions.rebuild.on'), kind: 'date', initial: 'today' },
              { name: 'reason', label: text('unions.end.reason'), kind: 'lines', maxLength: 300 },
            ]}
            run={(api, values) =>
              api.unions.rebuildUnion.mutate({
                ...seen,
                employerId: Number(values['employerId']),
                on: values['on'] ?? '',
                reason: values['reason'] ?? '',
              })
            }
          />
        ) : null}
        {decides && wasFounded ? (
          <ActDialog
            label={text('unions.merge')}
            title={text('unions.merge.title', { name: union.name })}
            fields={[
              {
                name: 'intoId',
                label: text('unions.merge.into'),
                kind: 'find',
                find: findUnions(union.tenant_id, union.id),
              },
              ...closing,
            ]}
            run={(api, values) =>
              api.unions.mergeUnion.mutate({
                ...seen,
                intoId: Number(values['intoId']),
                on: values['on'] ?? '',
                documentNo: values['documentNo'] ?? '',
                reason: values['reason'] ?? '',
              })
            }
          />
        ) : null}
        {decides ? (
          <ActDialog
            label={text('unions.revoke')}
            title={text('unions.revoke.title', { name: union.name })}
            fields={closing}
            run={(api, values) =>
              api.unions.revokeUnion.mutate({
                ...seen,
                on: values['on'] ?? '',
                documentNo: values['documentNo'] ?? '',
                reason: values['reason'] ?? '',
              })
            }
          />
        ) : null}
      </div>
    </details>
  )
}
