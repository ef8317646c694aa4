import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readRows, readWhole } from '../../../act-values.ts'
import type { Quota } from '../congresses/congress.ts'
import type { Child, CongressView } from './congress.ts'

export type ShareActProps = {
  readonly congress: CongressView['congress']
  readonly quotas: readonly Quota[]
  readonly children: readonly Child[]
}

/** Nothing typed: none asked for. */
const readLeast = (typed: string | undefined) => ((typed ?? '').trim() === '' ? 0 : readWhole(typed))

/** Says how many delegates each body directly below sends: one row for each, the sum beside the places there are. */
export function ShareAct({ congress, quotas, children }: ShareActProps) {
  const text = useText()
  const rows = children.map(({ id, name }) => {
    const quota = quotas.find((one) => one.receiver_id === id)
    return {
      id: String(id),
      name,
      quota: quota === undefined ? '' : String(quota.quota),
      women: quota === undefined ? '' : String(quota.women_least),
      front: quota === undefined ? '' : String(quota.front_line_least),
    }
  })
  const read = (value: string | undefined) => readRows(value).filter((row) => (row['quota'] ?? '').trim() !== '')
  return (
    <ActDialog
      wide
      label={text('delegates.share')}
      title={text('delegates.share')}
      text={text('delegates.share.text')}
      fields={[
        {
          name: 'dueOn',
          label: text('delegates.due'),
          kind: 'date',
          initial: quotas[0]?.due_on ?? congress.planned_on,
        },
        {
          name: 'quotas',
          label: text('delegates.quotas'),
          kind: 'rows',
          isFixed: true,
          initial: JSON.stringify(rows),
          columns: [
            { name: 'name', label: text('delegates.receiver'), kind: 'said' },
            { name: 'quota', label: text('delegates.quota'), kind: 'number' },
            { name: 'women', label: text('delegates.womenLeast'), kind: 'number' },
            { name: 'front', label: text('delegates.frontLeast'), kind: 'number' },
          ],
          judge: (value) => {
            const sum = read(value).reduce((total, row) => total + (readWhole(row['quota']) || 0), 0)
            return { hint: text('delegates.shared', { sum, planned: congress.delegates_planned }) }
          },
        },
      ]}
      run={(api, values) =>
        api.congresses.saveDelegateQuotas.mutate({
          congressId: congress.id,
          version: congress.version,
          dueOn: values['dueOn'] ?? '',
          // Also the empty ones, so that what is wrong with one is said of its own row; without a number: none.
          quotas: readRows(values['quotas']).map((row) => ({
            receiverId: Number(row['id']),
            quota: readLeast(row['quota']),
            womenLeast: readLeast(row['women']),
            frontLineLeast: readLeast(row['front']),
          })),
        })
      }
    />
  )
}

/** From then on each body sees its own and elects; nothing of it changes any more. */
export function IssueAct({ congress, sum }: { readonly congress: CongressView['congress']; readonly sum: number }) {
  const text = useText()
  return (
    <ActDialog
      primary
      label={text('delegates.issue')}
      title={text('delegates.issue')}
      text={text('delegates.issue.text', { sum, planned: congress.delegates_planned })}
      fields={[]}
      run={(api) => api.congresses.issueDelegateQuotas.mutate({ congressId: congress.id, version: congress.version })}
    />
  )
}
