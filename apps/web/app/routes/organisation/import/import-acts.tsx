import { Icon, useText } from '@gonglian/ui'
import { Link } from '@remix-run/react'
import { ActDialog } from '../../../act-dialog.tsx'
import { useKeepingPeriod } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { findKind, type Import } from '../imports/import.ts'

const open: readonly Import['state'][] = ['reading', 'mapping', 'waiting', 'checking', 'checked', 'failed']

/** What may be done with an import as it stands. */
export function ImportActs({ file }: { readonly file: Import }) {
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const kind = findKind(file.kind)
  const seen = { importId: file.id, version: file.version }
  const skips = file.bad > 0
  const sends = may(kind.sends)
  const commits = may(kind.commits) && !(kind.isFourEyes && file.isOwn)
  const hasFaulty = file.bad > 0 && (file.state === 'checked' || file.state === 'done' || file.state === 'committing')
  return (
    <div className="acts">
      {file.state === 'checked' && file.good > 0 && commits ? (
        <ActDialog
          primary
          label={text(skips ? 'imports.commit.skip' : 'imports.commit', { count: file.good })}
          title={text(skips ? 'imports.commit.skip' : 'imports.commit', { count: file.good })}
          text={skips ? text('imports.commit.skip.text', { bad: file.bad }) : text('imports.commit.text')}
          fields={[]}
          run={(api) => api.imports.commitImport.mutate({ ...seen, skipBad: skips })}
        />
      ) : null}
      {hasFaulty && sends && file.isOwn ? (
        <a
          className="gl-button"
          href={`/organisation/imports/${file.id}/faulty.xlsx`}
          title={text('imports.faulty.hint')}
        >
          <Icon name="download" size={15} />
          {text('imports.faulty')}
        </a>
      ) : null}
      {file.state === 'done' && kind.key === 'unions' && may('member:write') ? (
        <Link className="gl-button" to={keep('/organisation/imports?kind=members')}>
          {text('imports.next.members')}
        </Link>
      ) : null}
      {sends && ['done', 'undone', 'cancelled', 'failed'].includes(file.state) ? (
        <Link className="gl-button" to={keep(`/organisation/imports?kind=${kind.key}`)}>
          {text('imports.next.again')}
        </Link>
      ) : null}
      {file.canRetry && sends ? (
        <ActDialog
          primary
          label={text('organisation.import.retry')}
          title={text('organisation.import.retry')}
          fields={[]}
          run={(api) => api.imports.retryImport.mutate(seen)}
        />
      ) : null}
      {file.undoUntil !== null && commits ? (
        <ActDialog
          label={text('imports.undo')}
          title={text('imports.undo')}
          text={text('imports.undo.text')}
          fields={[]}
          run={(api) => api.imports.undoImport.mutate(seen)}
        />
      ) : null}
      {open.includes(file.state) && sends ? (
        <ActDialog
          label={text('imports.cancel')}
          title={text('imports.cancel')}
          text={text('imports.cancel.text')}
          fields={[]}
          run={(api) => api.imports.cancelImport.mutate(seen)}
        />
      ) : null}
    </div>
  )
}
