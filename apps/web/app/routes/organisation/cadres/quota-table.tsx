import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useFrame } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { readToday, readTyped } from '../day.ts'
import { knownOf } from '../unions/union.ts'
import { categories, type Quotas } from './cadre.ts'

/** Posts that were approved, and how many of them are filled. */
export function QuotaTable({ quotas }: { readonly quotas: Quotas }) {
  const text = useText()
  const may = useMay()
  const { body } = useFrame()
  return (
    <section>
      <div className="register-head">
        <h2>{text('cadres.quotas')}</h2>
        {may('organisation:approve') ? (
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
              { name: 'validFrom', label: text('cadres.from'), kind: 'date', initial: readToday() },
            ]}
            run={(api, values) =>
              api.cadres.approveQuota.mutate({
                unitName: values['unitName'] ?? '',
                category: knownOf(categories, values['category'] ?? '') ?? 'administrative',
                posts: readTyped(values['posts']),
                document: values['document'] ?? '',
                validFrom: values['validFrom'] ?? '',
              })
            }
          />
        ) : null}
      </div>
      {quotas.rows.length === 0 ? (
        <p className="gl-hint">{text('cadres.quotas.none')}</p>
      ) : (
        <div className="register-side">
          <table className="gl-plain-table">
            <thead>
              <tr>
                <th scope="col">{text('cadres.quota.unit')}</th>
                <th scope="col">{text('cadres.quota.category')}</th>
                <th scope="col">{text('cadres.quota.document')}</th>
                <th scope="col" className="gl-figure">
                  {text('cadres.quota.posts')}
                </th>
                <th scope="col" className="gl-figure">
                  {text('cadres.quota.filled')}
                </th>
                <th scope="col" className="gl-figure">
                  {text('cadres.quota.open')}
                </th>
                <th scope="col">{text('registers.acts')}</th>
              </tr>
            </thead>
            <tbody>
              {quotas.rows.map((quota) => (
                <tr key={quota.quotaId}>
                  <th scope="row">{quota.unitName}</th>
                  <td>{text(`cadres.category.${quota.category}`)}</td>
                  <td>{quota.document === '' ? '—' : quota.document}</td>
                  <td className="gl-figure">{quota.posts}</td>
                  <td className="gl-figure">{quota.filled}</td>
                  <td className="gl-figure">{quota.open}</td>
                  <td>
                    {quota.body === body.code && may('organisation:approve') ? (
                      <ActDialog
                        quiet
                        label={text('cadres.quota.end')}
                        title={text('cadres.quota.end.title', { name: quota.unitName })}
                        fields={[{ name: 'on', label: text('cadres.end.on'), kind: 'date', initial: readToday() }]}
                        run={(api, values) =>
                          api.cadres.endQuota.mutate({
                            quotaId: quota.quotaId,
                            version: quota.version,
                            on: values['on'] ?? '',
                          })
                        }
                      />
                    ) : (
                      quota.body
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
