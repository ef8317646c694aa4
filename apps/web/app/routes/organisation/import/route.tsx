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
import { useAgainWhile } from '../../../again.ts'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { exportsOf } from '../../../table-export.ts'
import { titleAfter } from '../../../titles.ts'
import { findKind, isUnderWay, type Import } from '../imports/import.ts'
import { ImportSteps, type ImportStep } from '../imports/import-steps.tsx'
import { ColumnsStep } from './columns-step.tsx'
import { ImportActs } from './import-acts.tsx'
import { levels, readLevel, type Problem } from './problems.ts'

export const meta = titleAfter<Awaited<ReturnType<typeof loader>>>(({ file }) => file.fileName)

export async function loader(args: LoaderFunctionArgs) {
  const importId = Number(args.params['id'])
  const params = new URL(args.request.url).searchParams
  const query = readTableQuery(params, 'problems')
  return ask(args, async (api) => {
    const file = await api.imports.getImport({ importId })
    const layout = file.state === 'mapping' ? await api.imports.getImportLayout({ importId }) : null
    const problems = await api.imports.listImportProblems({
      importId,
      ...readLevel(params),
      page: Math.min(query.page, 10_000),
      pageSize: query.size,
    })
    return { file, layout, problems }
  })
}

const steps = {
  reading: 'columns',
  mapping: 'columns',
  waiting: 'preview',
  checking: 'preview',
  checked: 'preview',
  committing: 'done',
  done: 'done',
  undoing: 'done',
  undone: 'done',
  failed: 'preview',
  cancelled: 'preview',
} as const satisfies Record<Import['state'], ImportStep>

/** One file: at which step it stands, what is wrong with which cell, and what may be done now. */
export default function ImportPage() {
  const { file, layout, problems } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('problems')
  useAgainWhile(isUnderWay(file))
  const columns: readonly DataColumn<Problem>[] = [
    { key: 'line', title: text('imports.line'), figure: true, value: ({ line }) => line, sortable: false },
    { key: 'cell', title: text('imports.cell'), render: ({ cell }) => cell },
    { key: 'column', title: text('imports.column'), render: ({ column }) => column },
    { key: 'value', title: text('imports.value'), render: ({ value }) => value ?? '—' },
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
    {
      key: 'said',
      title: text('imports.problem'),
      render: ({ key, params: of }) => <span className="import-said">{translateUnknown(locale, key, of)}</span>,
    },
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
            {text(`imports.kind.${findKind(file.kind).key}`)} · {file.actor} · {formatDateTime(file.createdAt)}
          </p>
        </div>
        <ImportActs file={file} />
      </div>
      {file.state === 'cancelled' ? null : <ImportSteps at={steps[file.state]} />}
      <Progress file={file} />
      {file.problem === '' ? null : (
        <p className="gl-error-text" role="alert">
          {translateUnknown(locale, file.problem, { rows: file.limit })}
        </p>
      )}
      {layout === null ? null : <ColumnsStep key={file.version} file={file} layout={layout} />}
      {file.rows === 0 ? null : <Counts file={file} />}
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

/** What is counted so far; what is nought says nothing before it is written. */
function Counts({ file }: { readonly file: Import }) {
  const text = useText()
  const isWritten = file.done + file.skipped > 0 || file.state === 'committing'
  const names = (['rows', 'good', 'bad', 'warned', 'done', 'skipped'] as const).slice(0, isWritten ? 6 : 4)
  return (
    <dl className="import-counts">
      {names.map((name) => (
        <div key={name}>
          <dt>{text(`imports.count.${name}`)}</dt>
          <dd>{file[name].toLocaleString('en')}</dd>
        </div>
      ))}
    </dl>
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
        {file.undoUntil === null ? null : text('imports.undo.until', { time: formatDateTime(file.undoUntil) })}
      </p>
      {file.state === 'checked' && findKind(file.kind).isFourEyes ? <p>{text('imports.fourEyes')}</p> : null}
      {writing ? <progress max={file.good} value={file.done + file.skipped} aria-label={said} /> : null}
      {!writing && isUnderWay(file) ? <progress aria-label={said} /> : null}
    </div>
  )
}
