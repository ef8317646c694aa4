import type { RouterOutputs } from '@gonglian/api'
import { Link } from '@remix-run/react'
import { ErrorState, formatDate, useText } from '@gonglian/ui'
import { useState } from 'react'
import { api } from '../../act.ts'
import { useAddress } from '../../address.ts'
import { useMay } from '../../may.ts'
import type { BodyView } from './body.ts'
import { keepChoice } from './side.tsx'
import { PartList, TotalChanges, type TotalChange } from './total-changes.tsx'

type Line = RouterOutputs['bodies']['listReorganisations'][number]

/** Names the body had, who goes on with what it did, and every reorganisation it took part in. */
export function ReorganisationHistory({ former, reorganisations }: Pick<BodyView, 'former' | 'reorganisations'>) {
  const text = useText()
  const { params } = useAddress()
  if (former.names.length === 0 && former.successor === null && reorganisations.length === 0) return null
  return (
    <section className="panel">
      <h3 id="reorganisations">{text('reorganisation.history')}</h3>
      {former.names.length === 0 && former.successor === null ? null : (
        <dl className="facts">
          {former.names.length === 0 ? null : <dt>{text('reorganisation.formerly')}</dt>}
          {former.names.map(({ name, validFrom, validTo }) => (
            <dd key={validFrom}>
              {text('reorganisation.formerly.until', { name, from: formatDate(validFrom), to: formatDate(validTo) })}
            </dd>
          ))}
          {former.successor === null ? null : (
            <>
              <dt>{text('reorganisation.successorOf')}</dt>
              <dd>
                <Link
                  to={{ pathname: `/bodies/${encodeURIComponent(former.successor.code)}`, search: keepChoice(params) }}
                >
                  {former.successor.name}
                </Link>
              </dd>
            </>
          )}
        </dl>
      )}
      {reorganisations.length === 0 ? null : (
        <div className="scroll-sideways" tabIndex={0} role="region" aria-labelledby="reorganisations">
          <table className="gl-plain-table" aria-labelledby="reorganisations">
            <thead>
              <tr>
                <th scope="col">{text('reorganisation.history.day')}</th>
                <th scope="col">{text('reorganisation.history.kind')}</th>
                <th scope="col">{text('reorganisation.history.parts')}</th>
                <th scope="col">{text('reorganisation.reason')}</th>
                <th scope="col">{text('reorganisation.history.by')}</th>
              </tr>
            </thead>
            <tbody>
              {reorganisations.map((line) => (
                <HistoryRow key={line.id} line={line} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function HistoryRow({ line }: { readonly line: Line }) {
  const text = useText()
  const may = useMay()
  const [changes, setChanges] = useState<readonly TotalChange[] | 'failed' | null>(null)
  const load = () => {
    setChanges(null)
    api.bodies.readReorganisedTotals.query({ id: line.id }).then(setChanges, () => setChanges('failed'))
  }
  return (
    <tr>
      <td className="nowrap">{formatDate(line.day)}</td>
      <td className="nowrap">{text(`reorganisation.kind.${line.kind}`)}</td>
      <td>
        <PartList parts={line.parts} />
        {may('rollup:read') ? (
          <details onToggle={(event) => event.currentTarget.open && changes === null && load()}>
            <summary>{text('reorganisation.history.totals')}</summary>
            {changes === null ? (
              <p className="gl-hint">{text('reorganisation.previewing')}</p>
            ) : changes === 'failed' ? (
              <ErrorState onRetry={load} />
            ) : changes.length === 0 ? (
              <p className="gl-hint">{text('reorganisation.totals.none')}</p>
            ) : (
              <TotalChanges changes={changes} cause={line} />
            )}
          </details>
        ) : null}
      </td>
      <td>
        {line.reason}
        {line.documentNumber === '' ? null : <div className="gl-hint">{line.documentNumber}</div>}
      </td>
      <td>{line.decidedBy}</td>
    </tr>
  )
}
