import { DataTable, EmptyState, useLocale, useText, type DataColumn } from '@gonglian/ui'
import { useTableQuery } from '../../../address.ts'
import type { Form, Rule } from './form.ts'
import { describeRules, readLevel } from './rule-text.ts'

/** What the form checks, in words. */
export function RuleTable({ form }: { readonly form: Form }) {
  const text = useText()
  const locale = useLocale()
  const [query, setQuery] = useTableQuery('rules')
  const describe = describeRules(form, locale, text)
  const columns: readonly DataColumn<Rule>[] = [
    { key: 'id', title: text('forms.rule.id'), value: ({ id }) => id, width: 130 },
    {
      key: 'text',
      title: text('forms.rule.text'),
      value: describe,
      sortable: false,
      render: (rule) => <span className="rule-words">{describe(rule)}</span>,
    },
    {
      key: 'level',
      title: text('forms.rule.level'),
      value: readLevel,
      render: (rule) => {
        const level = readLevel(rule)
        return (
          <span className={level === 'error' ? 'gl-error-text' : 'gl-warning-text'}>{text(`forms.rule.${level}`)}</span>
        )
      },
      filters: (['error', 'warning'] as const).map((level) => ({ value: level, label: text(`forms.rule.${level}`) })),
      width: 180,
    },
  ]
  return (
    <div className="gl-table-wrap">
      <DataTable
        label={text('forms.tab.rules')}
        rows={form.rules}
        rowKey={({ id }) => id}
        columns={columns}
        query={query}
        onQuery={setQuery}
        empty={<EmptyState title={text('forms.rules.none')} />}
      />
    </div>
  )
}
