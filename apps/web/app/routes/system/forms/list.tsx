import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { DataTable, EmptyState, formatDate, periodKinds, useLocale, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { nameIssuers } from '../issuers.ts'
import { describeDue, describeFillers, type FormHead } from './form.ts'

export const meta = titlePage('forms.title')

export async function loader(args: LoaderFunctionArgs) {
  const past = new URL(args.request.url).searchParams.has('past')
  return ask(args, async (api) => ({
    past,
    forms: await api.forms.listForms({ past }),
    issuers: await nameIssuers(api),
  }))
}

/** The forms that apply to the body, or those of the past. */
export default function FormsPage() {
  const { past, forms, issuers } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const { params, change } = useAddress()
  const [query, setQuery] = useTableQuery('forms')
  const columns: readonly DataColumn<FormHead>[] = [
    {
      key: 'name',
      title: text('forms.name'),
      value: ({ nameZh, nameEn }) => (locale === 'en' ? nameEn : nameZh),
      render: ({ code, nameZh, nameEn }) => (
        <Link to={keep(`/system/forms/${code}`)}>{locale === 'en' ? nameEn : nameZh}</Link>
      ),
    },
    {
      key: 'frequency',
      title: text('forms.frequency'),
      value: ({ frequency }) => frequency,
      render: ({ frequency }) => text(`periods.kind.${frequency}`),
      filters: periodKinds
        .filter((kind) => forms.some(({ frequency }) => frequency === kind))
        .map((kind) => ({ value: kind, label: text(`periods.kind.${kind}`) })),
    },
    { key: 'items', title: text('forms.items'), value: ({ itemCount }) => itemCount, figure: true },
    {
      key: 'fillers',
      title: text('forms.fillers'),
      value: ({ fillerLevels }) => describeFillers(fillerLevels, text),
      sortable: false,
    },
    { key: 'due', title: text('forms.due'), value: ({ due }) => describeDue(due, text), sortable: false },
    {
      key: 'issuer',
      title: text('forms.issuer'),
      value: ({ issuerId }) => issuers[issuerId]?.name ?? text('catalogue.issuer.below'),
    },
    { key: 'version', title: text('forms.version'), value: ({ version }) => version, figure: true },
    { key: 'opens', title: text('forms.opens'), value: ({ opensOn }) => formatDate(opensOn) },
    { key: 'code', title: text('forms.code'), value: ({ code }) => code },
  ]
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('forms.title')}</h1>
          <p className="gl-hint">{text('forms.text')}</p>
        </div>
        <div className="gl-segments area-segments" role="group" aria-label={text('forms.which')}>
          <button type="button" aria-pressed={!past} onClick={() => change({ past: null })}>
            {text('forms.running')}
          </button>
          <button type="button" aria-pressed={past} onClick={() => change({ past: '1' })}>
            {text('forms.past')}
          </button>
        </div>
      </div>
      <DataTable
        label={text('forms.title')}
        rows={forms}
        rowKey={({ id }) => String(id)}
        columns={columns}
        query={query}
        onQuery={setQuery}
        exports={exportsOf('/system/forms/export.csv', params)}
        onOpen={({ code }) => navigate(keep(`/system/forms/${code}`))}
        empty={<EmptyState title={text('forms.empty')} />}
      />
    </>
  )
}
