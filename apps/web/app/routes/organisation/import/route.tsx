import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import {
  DataTable,
  EmptyState,
  Icon,
  formatDateTime,
  readTableQuery,
  useLocale,
  useText,
  type DataColumn,
} from '@gonglian/ui'
import { translateUnknown } from '@gonglian/ui/messages'
import { ActDialog } from '../../../act-dialog.tsx'
import { useAgainWhile } from '../../../again.ts'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titleAfter } from '../../../titles.ts'
import { isUnderWay, type Import } from '../imports/import.ts'
import { levels, readLevel, type Problem } from './problems.ts'

export const meta = titleAfter<Awaited<ReturnType<typeof loader>>>(({ file }) => file.fileName)

export async function loader(args: LoaderFunctionArgs) {
  const importId = Number(args.params['id'])
  const params = new URL(args.request.url).searchParams
  const query = readTableQuery(params, 'problems')
  return ask(args, async (api) => {
    const file = await api.imports.getImport({ importId })
    const problems = await api.imports.listImportProblems({
      importId,
      ...readLevel(params),
      page: Math.min(query.page, 10_000),
      pageSize: query.size,
    })
    return { file, problems }
  })
}

/** One file of members: how far it has come, what is wrong with which line, and what may be done now. */
export default function ImportPage() {
  const { file, problems } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('problems')
  useAgainWhile(isUnderWay(file))
  const columns: readonly DataColumn<Problem>[] = [
    { key: 'line', title: text('imports.line'), figure: true, value: ({ line }) => line, sortable: false },
    { key: 'column', title: text('imports.column'), render: ({ column }) => column },
    {
      key: 'level',
      title: text('imports.level'),
      filters: levels.map((level) => ({ value: level, label: text(`imports.level.${level}`) })),
      render: ({ level }) => (
        <span className={level === 'error' ? 'gl-error-text' : 'gl-warning-text'}>
          {text(`imports.level.${level}`)}
        </span>
      ),
    },
    { key: 'said', title: text('imports.problem'), render: ({ key, params: of }) => translateUnknown(locale, key, of) },
    { key: 'rule', title: text('imports.rule'), render: ({ rule }) => <code>{rule}</code> },
  ]
  return (
    <div className="union-page">
      <Link className="area-back" to={keep('/organisation/imports')}>
        <Icon name="left" />
        {text('imports.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>{file.fileName}</h1>
          <p className="gl-hint">
            {file.actor} {formatDateTime(file.createdAt)}
          </p>
        </div>
        <ImportActs file={file} />
      </div>
      <Progress file={file} />
      {file.problem === '' ? null : (
        <p className="gl-error-text" role="alert">
          {translateUnknown(locale, file.problem, { rows: file.limit })}
        </p>
      )}
      <dl className="import-counts">
        {(['rows', 'good', 'bad', 'warned', 'done', 'skipped'] as const).map((name) => (
          <div key={name}>
            <dt>{text(`imports.count.${name}`)}</dt>
            <dd>{file[name].toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      {problems.total === 0 && !isUnderWay(file) && query.filters['level'] === undefined ? null : (
        <section>
          <h2>{text('imports.problems')}</h2>
          <DataTable
            label={text('imports.problems')}
            rows={problems.rows}
            rowKey={({ line, column, rule }) => `${line}.${column}.${rule}`}
            columns={columns}
            query={query}
            onQuery={setQuery}
            total={problems.total}
            hideSearch
            exports={exportsOf(`/organisation/imports/${file.id}/export.csv`, params)}
            empty={<EmptyState title={text('imports.problems.none')} />}
          />
        </section>
      )}
    </div>
  )
}

/** Where it stands, in a word and a bar; read again while the worker has to do with it. */
function Progress({ file }: { readonly file: Import }) {
  const text = useText()
  const said = text(`imports.state.${file.state}`)
  const writing = file.state === 'committing'
  return (
    <div className="import-progress" role="status">
      <p>
        <strong>{said}</strong> {file.state === 'checking' ? text('imports.checked', { count: file.rows }) : null}
        {writing ? text('imports.writing', { done: file.done + file.skipped, good: file.good }) : null}
        {file.state === 'checked' ? text('imports.checked.text') : null}
      </p>
      {writing ? <progress max={file.good} value={file.done + file.skipped} aria-label={said} /> : null}
      {file.state === 'waiting' || file.state === 'checking' ? <progress aria-label={said} /> : null}
    </div>
  )
}

function ImportActs({ file }: { readonly file: Import }) {
  const text = useText()
  const may = useMay()
  const seen = { importId: file.id, version: file.version }
  if (!may('member:write')) return null
  const skips = file.bad > 0
  return (
    <div className="acts">
      {file.state === 'checked' && file.good > 0 ? (
        <ActDialog
          primary
          label={text(skips ? 'imports.commit.skip' : 'imports.commit', { count: file.good })}
          title={text(skips ? 'imports.commit.skip' : 'imports.commit', { count: file.good })}
          text={skips ? text('imports.commit.skip.text', { bad: file.bad }) : text('imports.commit.text')}
          fields={[]}
          run={(api) => api.imports.commitImport.mutate({ ...seen, skipBad: skips })}
        />
      ) : null}
      {file.canRetry ? (
        <ActDialog
          primary
          label={text('organisation.import.retry')}
          title={text('organisation.import.retry')}
          fields={[]}
          run={(api) => api.imports.retryImport.mutate(seen)}
        />
      ) : null}
      {(['waiting', 'checking', 'checked', 'failed'] as const).some((state) => state === file.state) ? (
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
