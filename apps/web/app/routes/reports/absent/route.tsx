import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { formatPeriod, useLocale, useText } from '@gonglian/ui'
import { useState } from 'react'
import { useAct } from '../../../act.ts'
import { useAddress, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import reportStyles from '../../../styles/reports.css?url'
import { titlePage } from '../../../titles.ts'
import { absentPath, queuePath } from '../addresses.ts'
import { useFollowedPeriod, useFreshData } from '../following.ts'
import { nameForm } from '../names.ts'
import { AbsentTable } from './absent-table.tsx'
import { askAbsent } from './question.ts'
import { UrgeDialog } from './urge-dialog.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: reportStyles }]
export const meta = titlePage('reports.tab.missing')

export async function loader(args: LoaderFunctionArgs) {
  const { form: code = '', period = '' } = args.params
  const { searchParams } = new URL(args.request.url)
  return ask(args, async (api) => {
    const form = await api.forms.getForm({ code })
    const absent = await api.reviews.listMissing(askAbsent(searchParams, code, period))
    const { id, nameZh, nameEn } = form
    return { form: { id, code, nameZh, nameEn }, period, absent, now: args.context.now }
  })
}

/** Who owes a report: since when, and when they were reminded. */
export default function AbsentPage() {
  const { form, period, absent, now } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const { params, change } = useAddress()
  const [query, setQuery] = useTableQuery('absent')
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [urging, setUrging] = useState(false)
  const [said, setSaid] = useState('')
  const { act, busy, refusal } = useAct()
  useFollowedPeriod(period, (next) => absentPath(form.code, next))
  useFreshData((moved) => moved.formId === form.id && moved.period === period)

  const scope = params.get('scope') === 'all' ? 'all' : 'children'
  const picked = absent.missing.filter((report) => chosen.has(report.bodyId))
  const urge = async (message: string) => {
    const receivers = picked.map(({ bodyId }) => ({ bodyId, cause: 'report' as const }))
    const done = await act((api) => api.urges.sendUrges.mutate({ formId: form.id, period, receivers, message }))
    if (!done?.ok) return
    setUrging(false)
    setChosen(new Set())
    const { sent, already } = done.value
    setSaid(
      already.length === 0
        ? text('reports.urge.sent', { count: sent })
        : text('reports.urge.sentSome', { count: sent, already: already.length }),
    )
  }
  return (
    <>
      <header className="report-head">
        <div>
          <h1>{text('reports.tab.missing')}</h1>
          <p className="report-facts">
            <Link to={queuePath(form.code, period)}>{nameForm(form, locale)}</Link>
            <span>{formatPeriod(period, locale)}</span>
            <span>{text('reports.missing.of', { count: absent.total, expected: absent.expected })}</span>
          </p>
        </div>
      </header>
      <nav className="report-tabs" aria-label={text('reports.missing.scope')}>
        {(['children', 'all'] as const).map((known) => (
          <button
            type="button"
            key={known}
            aria-current={known === scope ? 'true' : undefined}
            onClick={() => change({ scope: known === 'all' ? 'all' : null, 'absent.page': null })}
          >
            {text(`reports.missing.scope.${known}`)}
          </button>
        ))}
      </nav>
      {said === '' ? null : (
        <p className="report-notice" role="status">
          {said}
        </p>
      )}
      <AbsentTable
        form={form.code}
        period={period}
        absent={absent.missing}
        total={absent.total}
        query={query}
        onQuery={setQuery}
        now={now}
        withParents={scope === 'all'}
        chosen={chosen}
        onChoose={may('urge:send') ? setChosen : null}
        csv={`/reports/missing/${form.code}/${period}/export.csv?${params.toString()}`}
        tools={
          may('urge:send') && absent.missing.length > 0 ? (
            <button
              type="button"
              className="gl-button gl-button-main"
              disabled={picked.length === 0}
              onClick={() => setUrging(true)}
            >
              {text('reports.urge.do', { count: picked.length })}
            </button>
          ) : null
        }
      />
      <UrgeDialog
        open={urging}
        names={picked.map((report) => report.name)}
        busy={busy}
        refusal={refusal}
        onSend={urge}
        onClose={() => setUrging(false)}
      />
    </>
  )
}
