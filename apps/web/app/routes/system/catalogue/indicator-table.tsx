import { DataTable, EmptyState, formatUnit, useLocale, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useTableQuery } from '../../../address.ts'
import { exportsOf } from '../../../table-export.ts'
import type { Issuers } from '../issuers.ts'
import { domains } from './domains.ts'
import type { Domain, Indicator } from './indicator.ts'

export type IndicatorTableProps = {
  readonly rows: readonly Indicator[]
  readonly total: number
  readonly issuers: Issuers
  /** How many each domain has that the search leaves. */
  readonly counts: readonly { readonly domain: string; readonly count: number }[]
  readonly domain: Domain | null
  readonly onDomain: (domain: Domain | null) => void
  readonly onOpen: (code: string) => void
}

/** Searched, sorted and paged by the server; by domain through the list beside the search. */
export function IndicatorTable({ rows, total, issuers, counts, domain, onDomain, onOpen }: IndicatorTableProps) {
  const text = useText()
  const locale = useLocale()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('catalogue')
  const countOf = (wanted: Domain) => counts.find((entry) => entry.domain === wanted)?.count ?? 0
  const columns: readonly DataColumn<Indicator>[] = [
    {
      key: 'name',
      title: text('catalogue.name'),
      sortable: true,
      render: ({ code, nameZh, nameEn }) => (
        <button type="button" className="gl-link-button" onClick={() => onOpen(code)}>
          {locale === 'en' ? nameEn : nameZh}
        </button>
      ),
    },
    {
      key: 'unit',
      title: text('catalogue.unit'),
      sortable: true,
      render: ({ unit }) => formatUnit(unit, locale, 'none'),
    },
    { key: 'nature', title: text('catalogue.nature'), render: ({ nature }) => text(`indicators.nature.${nature}`) },
    {
      key: 'additivity',
      title: text('catalogue.additivity'),
      render: ({ additivity }) => text(`indicators.additivity.${additivity}`),
    },
    {
      key: 'domain',
      title: text('catalogue.domain'),
      render: (row) => {
        const known = domains.find((name) => name === row.domain)
        return known === undefined ? row.domain : text(`indicators.domain.${known}`)
      },
    },
    {
      key: 'issuer',
      title: text('catalogue.issuer'),
      render: ({ issuerId }) => issuers[issuerId]?.name ?? text('catalogue.issuer.below'),
    },
    { key: 'code', title: text('catalogue.code'), sortable: true, render: ({ code }) => <code>{code}</code> },
  ]
  return (
    <DataTable
      label={text('catalogue.title')}
      rows={rows}
      rowKey={({ id }) => String(id)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={total}
      exports={exportsOf('/system/catalogue/export.csv', params)}
      tools={
        <select
          className="gl-input"
          aria-label={text('catalogue.domain')}
          value={domain ?? ''}
          onChange={(event) => onDomain(domains.find((known) => known === event.target.value) ?? null)}
        >
          <option value="">
            {text('tables.filter.all')} ({counts.reduce((sum, { count }) => sum + count, 0)})
          </option>
          {domains.map((known) => (
            <option key={known} value={known}>
              {text(`indicators.domain.${known}`)} ({countOf(known)})
            </option>
          ))}
        </select>
      }
      onOpen={({ code }) => onOpen(code)}
      empty={<EmptyState title={text(domain === null ? 'catalogue.empty' : 'tables.noMatch')} />}
    />
  )
}
