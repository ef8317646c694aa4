import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { listMissingYears } from '@gonglian/indicators/deadlines'
import { DataTable, EmptyState, formatDate, useLocale, useText, type DataColumn } from '@gonglian/ui'
import { useId, useState } from 'react'
import { useAddress, useOpened, useTableQuery } from '../../../address.ts'
import { useToday } from '../../../clock.tsx'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { DoneNotice } from '../notice.tsx'
import { readCalendar } from './holidays.ts'
import { explainParameter, nameParameter, writeSource, writeValue, type Parameter } from './parameter.ts'
import { ParameterPanel } from './parameter-panel.tsx'
import { readDay } from './question.ts'
import { SetCalendarDialog } from './set-calendar-dialog.tsx'

export const meta = titlePage('parameters.title')

export async function loader(args: LoaderFunctionArgs) {
  const on = readDay(new URL(args.request.url).searchParams)
  return ask(args, async (api) => ({
    on: on ?? null,
    parameters: await api.parameters.listParameters(on === undefined ? {} : { on }),
  }))
}

/** What differs by place and time: the value in force here, who set it, since when, by which document. */
export default function ParametersPage() {
  const { on, parameters } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const id = useId()
  const { params, change } = useAddress()
  const [query, setQuery] = useTableQuery('parameters')
  const [opened, show] = useOpened('parameter')
  const [setting, setSetting] = useState<Parameter | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const issuers = [...new Set(parameters.flatMap(({ fromName }) => fromName ?? []))]
  const columns: readonly DataColumn<Parameter>[] = [
    {
      key: 'key',
      title: text('parameters.key'),
      value: ({ key }) => nameParameter(key, locale),
      render: ({ key }) => (
        <div className="parameter-name">
          <button type="button" className="gl-link-button" onClick={() => show(key)}>
            {nameParameter(key, locale)}
          </button>
          <p className="gl-hint">{explainParameter(key, locale)}</p>
        </div>
      ),
    },
    {
      key: 'value',
      title: text('parameters.value'),
      value: (parameter) => writeValue(parameter, text),
      sortable: false,
    },
    {
      key: 'from',
      title: text('parameters.from'),
      value: ({ fromName }) => fromName ?? text('parameters.unset'),
      ...(issuers.length > 1 ? { filters: issuers.map((name) => ({ value: name, label: name })) } : {}),
    },
    {
      key: 'validFrom',
      title: text('parameters.validFrom'),
      value: ({ validFrom }) => (validFrom === null ? '—' : formatDate(validFrom)),
    },
    {
      key: 'validTo',
      title: text('parameters.validTo'),
      value: ({ from, validTo }) =>
        from === null ? '—' : validTo === null ? text('parameters.validTo.open') : formatDate(validTo),
    },
    {
      key: 'source',
      title: text('parameters.source'),
      value: (parameter) => writeSource(parameter, text),
      sortable: false,
    },
  ]
  const calendar = parameters.find(({ key }) => key === 'calendar.holidays')
  const missingYears = listMissingYears(readCalendar(calendar?.value), useToday())
  const shown = parameters.find(({ key }) => key === opened) ?? null
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('parameters.title')}</h1>
          <p className="gl-hint">{text('parameters.text')}</p>
        </div>
      </div>
      <DoneNotice text={done} />
      {on === null && missingYears.length > 0 && may('parameter:change') ? (
        <p className="done-notice" role="note">
          {text('calendar.missing', { years: missingYears.join(locale === 'en' ? ', ' : '、') })}
        </p>
      ) : null}
      <DataTable
        label={text('parameters.title')}
        rows={parameters}
        rowKey={({ key }) => key}
        columns={columns}
        query={query}
        onQuery={setQuery}
        exports={exportsOf('/system/parameters/export.csv', params)}
        tools={
          <span className="on-day">
            <label htmlFor={id}>{text('parameters.on')}</label>
            <input
              id={id}
              type="date"
              className="gl-input"
              value={on ?? ''}
              onChange={(event) => change({ on: event.target.value === '' ? null : event.target.value })}
            />
          </span>
        }
        onOpen={({ key }) => show(key)}
        empty={<EmptyState title={text('parameters.empty')} />}
      />
      <ParameterPanel
        parameter={shown}
        canSet={may('parameter:change')}
        onSetCalendar={() => setSetting(shown)}
        onSet={(key, date) => setDone(text('parameters.set.done', { name: nameParameter(key, locale), date }))}
        onClose={() => show(null)}
      />
      <SetCalendarDialog
        parameter={setting}
        onClose={() => setSetting(null)}
        onDone={(validFrom) => {
          setSetting(null)
          setDone(text('parameters.set.done', { name: nameParameter('calendar.holidays', locale), date: validFrom }))
        }}
      />
    </>
  )
}
