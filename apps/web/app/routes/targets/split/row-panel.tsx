import type { RouterOutputs } from '@gonglian/api'
import { Link } from '@remix-run/react'
import { Dialog, ErrorState, PageSkeleton, useLocale, useText } from '@gonglian/ui'
import { useCallback, useEffect, useState } from 'react'
import { api as server } from '../../../act.ts'
import { useKeepingPeriod } from '../../../address.ts'
import { readEveryPage } from '../../../every-page.ts'
import { useMay } from '../../../may.ts'
import { Field } from '../field.tsx'
import { writeTarget } from '../figure.ts'
import { Thread } from '../thread.tsx'
import type { SplitView, ViewRow } from './rows.ts'
import { SettleForm } from './settle-form.tsx'

type Amendment = RouterOutputs['targets']['listAmendments']['rows'][number]

export type RowPanelProps = {
  readonly view: SplitView
  readonly row: ViewRow
  readonly own: boolean
  /** For rates: why this body may fall short of the bound. Null: there is nothing to give a reason for. */
  readonly exemption: { readonly value: string; readonly onChange: (reason: string) => void } | null
  readonly onClose: () => void
}

/** One body's share: what was said about it, and the answer to what it asks. */
export function RowPanel({ view, row, own, exemption, onClose }: RowPanelProps) {
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const keep = useKeepingPeriod()
  const { share } = row
  const { item } = view
  const file = useFile(item.id, share === null || share.state === 'draft' ? null : row.body.code, share?.version ?? 0)
  return (
    <Dialog open place="side" onClose={onClose} title={row.body.name}>
      <div className="targets-panel">
        <p className="targets-figure">
          <strong>{share === null ? '—' : writeTarget(share.value, item.measure, locale)}</strong>
          <span className={`targets-share targets-share-${share?.state ?? 'none'}`}>
            {share === null ? text('targets.row.none') : text(`states.allocation.${share.state}`)}
          </span>
        </p>
        {row.current ? null : <p className="gl-warning-text">{text('targets.row.former.text')}</p>}
        {share !== null && share.state === 'disputed' && own && may('target:settle') ? (
          <SettleForm view={view} row={row} share={share} onDone={onClose} />
        ) : null}
        {exemption === null ? (
          share !== null && share.exemption !== '' ? (
            <p>
              {text('targets.exemption')}: {share.exemption}
            </p>
          ) : null
        ) : (
          <Field label={text('targets.exemption')} hint={text('targets.exemption.help')}>
            {(control) => (
              <textarea
                {...control}
                className="gl-input"
                rows={3}
                maxLength={500}
                data-autofocus=""
                value={exemption.value}
                onChange={(event) => exemption.onChange(event.target.value)}
              />
            )}
          </Field>
        )}
        {share !== null && share.state !== 'draft' ? (
          <>
            <section>
              <h3>{text('targets.thread')}</h3>
              {file.state === 'failed' ? (
                <ErrorState onRetry={file.retry} />
              ) : file.state === 'loading' ? (
                <PageSkeleton shape="form" rows={3} />
              ) : (
                <Thread
                  share={share}
                  amendments={file.amendments}
                  measure={item.measure}
                  issuer={view.body.shortName}
                  receiver={row.body.shortName}
                />
              )}
            </section>
            {row.body.code === '' ? null : (
              <p className="targets-links">
                <Link to={keep(`/targets/${view.plan.id}?body=${encodeURIComponent(row.body.code)}`)}>
                  {text('targets.row.plan', { body: row.body.shortName })}
                </Link>
                <Link to={keep(`/targets/${view.plan.id}/letter?body=${encodeURIComponent(row.body.code)}`)}>
                  {text('targets.row.letter')}
                </Link>
                {share.reserve === null ? null : (
                  <Link to={keep(`/targets/items/${item.id}/split?body=${encodeURIComponent(row.body.code)}`)}>
                    {text('targets.row.split')}
                  </Link>
                )}
              </p>
            )}
          </>
        ) : (
          <p className="gl-hint">{text('targets.row.draft')}</p>
        )}
      </div>
    </Dialog>
  )
}

type FileState = { readonly state: 'loading' | 'failed' | 'ready'; readonly amendments: readonly Amendment[] }

/** The file of changes of one share; asked again when the share has changed. */
function useFile(itemId: number, receiver: string | null, version: number): FileState & { readonly retry: () => void } {
  const [file, setFile] = useState<FileState>({ state: 'loading', amendments: [] })
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (receiver === null || receiver === '') return setFile({ state: 'ready', amendments: [] })
    let current = true
    setFile({ state: 'loading', amendments: [] })
    readEveryPage((part) => server.targets.listAmendments.query({ itemIds: [itemId], receiver, ...part })).then(
      (amendments) => {
        if (current) setFile({ state: 'ready', amendments })
      },
      () => {
        if (current) setFile({ state: 'failed', amendments: [] })
      },
    )
    return () => {
      current = false
    }
  }, [itemId, receiver, version, round])
  return { ...file, retry: useCallback(() => setRound((before) => before + 1), []) }
}
