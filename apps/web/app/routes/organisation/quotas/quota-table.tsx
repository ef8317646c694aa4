import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readWhole } from '../../../act-values.ts'
import { useAddress, useFrame, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { categories, type Quotas } from '../cadres/cadre.ts'
import { knownOf } from '../unions/union.ts'

type Quota = Quotas['rows'][number]

/** Posts that were approved, and how many of them are filled. */
export function QuotaTable({ quotas }: { readonly quotas: Quotas }) {
  const text = useText()
  const may = useMay()
  const { body } = useFrame()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('quotas')
  const columns: readonly DataColumn<Quota>[] = [
    { key: 'unit', title: text('cadres.quota.unit'), render: ({ unitName }) => unitName },
    {
      key: 'category',
      title: text('cadres.quota.category'),
      filters: categories.map((value) => ({ value, label: text(`cadres.category.${value}`) })),
      render: ({ category }) => text(`cadres.category.${category}`),
    },
    { key: 'document', title: text('cadres.quota.document'), render: ({ document }) => document || '—' },
    { key: 'posts', title: text('cadres.quota.posts'), figure: true, render: ({ posts }) => posts },
    { key: 'filled', title: text('cadres.quota.filled'), figure: true, render: ({ filled }) => filled },
    { key: 'open', title: text('cadres.quota.open'), figure: true, render: ({ open }) => open },
    { key: 'body', title: text('registers.body'), render: ({ bodyName }) => bodyName },
    {
      key: 'acts',
      title: text('registers.acts'),
      render: (quota) =>
        quota.body === body.code && may('organisation:approve') ? (
          <ActDialog
            quiet
            label={text('cadres.quota.end')}
            title={text('cadres.quota.end.title', { name: quota.unitName })}
            fields={[{ name: 'on', label: text('cadres.quota.endOn'), kind: 'date', initial: 'today' }]}
            run={(api, values) =>
              api.cadres.endQuota.mutate({ quotaId: quota.quotaId, version: quota.version, on: values['on'] ?? '' })
            }
          />
        ) : null,
    },
  ]
  return (
    <section>
      <div className="register-head">
        <h2>{text('cadres.quotas')}</h2>
        {may('organisation:approve') ? <ApproveQuota /> : null}
      </div>
      <DataTable
        label={text('cadres.quotas')}
        rows={quotas.rows}
        rowKey={({ quotaId }) => String(quotaId)}
        columns={columns}
        query={query}
        onQuery={setQuery}
        total={quotas.total}
        exports={exportsOf('/organisation/cadres/quotas/export.csv', params)}
        empty={<EmptyState title={text('cadres.quotas.none')} />}
      />
    </section>
  )
}

function ApproveQuota() {
  const text = useText()
  return (
    <ActDialog
      label={text('cadres.quota.approve')}
      title={text('cadres.quota.approve')}
      fields={[
        { name: 'unitName', label: text('cadres.quota.unit'), kind: 'text', maxLength: 80 },
        {
          name: 'category',
          label: text('cadres.quota.category'),
          kind: 'choice',
          initial: 'administrative',
          options: categories.map((value) => ({ value, label: text(`cadres.category.${value}`) })),
        },
        { name: 'posts', label: text('cadres.quota.posts'), kind: 'number' },
        { name: 'document', label: text('cadres.quota.document'), kind: 'text', optional: true },
        { name: 'validFrom', label: text('cadres.from'), kind: 'date', initial: 'today' },
      ]}
      run={(api, values) =>
        api.cadres.approveQuota.mutate({
          unitName: values['unitName'] ?? '',
          category: knownOf(categories, values['category'] ?? '') ?? 'administrative',
          posts: readWhole(values['posts']),
          document: values['document'] ?? '',
          validFrom: values['validFrom'] ?? '',
        })
      }
    />
  )
}
