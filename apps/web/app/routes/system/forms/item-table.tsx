import { describeFormula } from '@gonglian/indicators/figures'
import { DataTable, useLocale, useText, type DataColumn } from '@gonglian/ui'
import { Link } from '@remix-run/react'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { exportsOf } from '../../../table-export.ts'
import type { Form, FormItem } from './form.ts'
import { readItems } from './items.ts'
import { listRuleItems } from './rule-items.ts'
import { describeRules } from './rule-text.ts'

/** The items in the order of the form, each with its unit, its nature and how its figure comes about. */
export function ItemTable({ form }: { readonly form: Form }) {
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('items')
  const read = readItems(form, locale, text)
  const rules = listRuleItems(form)
  const describe = describeRules(form, locale, text)
  const sections = [...new Set(form.items.map(read.section))].filter((section) => section !== '')
  const columns: readonly DataColumn<FormItem>[] = [
    { key: 'position', title: text('forms.item.position'), value: read.position, figure: true, width: 70 },
    {
      key: 'section',
      title: text('forms.item.section'),
      value: read.section,
      ...(sections.length > 1 ? { filters: sections.map((section) => ({ value: section, label: section })) } : {}),
    },
    {
      key: 'name',
      title: text('forms.item.name'),
      value: read.name,
      render: (item) => (
        <Link
          to={keep(`/system/catalogue?${new URLSearchParams({ indicator: item.code }).toString()}`)}
          className={item.breakdownZh === '' ? '' : 'item-part'}
        >
          {read.name(item)}
        </Link>
      ),
    },
    { key: 'unit', title: text('catalogue.unit'), value: read.unit },
    { key: 'nature', title: text('catalogue.nature'), value: read.nature },
    {
      key: 'how',
      title: text('forms.item.how'),
      value: read.how,
      render: (item) =>
        item.formula === null ? (
          text('forms.item.typed')
        ) : (
          <span title={describeFormula(item.formula, form.items, locale)}>{text('forms.item.computed')}</span>
        ),
      filters: [
        { value: text('forms.item.typed'), label: text('forms.item.typed') },
        { value: text('forms.item.computed'), label: text('forms.item.computed') },
      ],
    },
    { key: 'additivity', title: text('catalogue.additivity'), value: read.additivity },
    {
      key: 'rules',
      title: text('forms.item.rules'),
      value: read.rules,
      sortable: false,
      render: (item) => {
        const named = rules.get(item.position) ?? []
        if (named.length === 0) return '—'
        const words = form.rules.filter(({ id }) => named.includes(id)).map(describe)
        return <span title={words.join('\n')}>{text('forms.item.ruleCount', { count: named.length })}</span>
      },
    },
    ...(form.version > 1
      ? [
          {
            key: 'since',
            title: text('forms.version'),
            value: (item: FormItem) => item.sinceVersion,
            render: (item: FormItem) => text('forms.item.since', { version: item.sinceVersion }),
          },
        ]
      : []),
  ]
  return (
    <DataTable
      label={text('forms.tab.items')}
      rows={form.items}
      rowKey={({ position }) => String(position)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      exports={exportsOf(`/system/forms/${form.code}/export.csv`, params)}
    />
  )
}
