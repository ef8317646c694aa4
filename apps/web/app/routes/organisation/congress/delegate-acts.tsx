import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readFilledRows, readWhole } from '../../../act-values.ts'
import type { Delegate, Quota } from '../congresses/congress.ts'
import type { OwnUnion } from './congress.ts'

export type ReportActProps = {
  readonly quota: Quota
  /** What was handed in before and came back. */
  readonly delegates: readonly Delegate[]
  readonly unions: readonly OwnUnion[]
}

/** Hands in whom the body elected: as many rows as delegates are asked for. */
export function ReportAct({ quota, delegates, unions }: ReportActProps) {
  const text = useText()
  const rows = Array.from({ length: Math.min(quota.quota, 500) }, (_, index) => {
    const before = delegates[index]
    return {
      name: before?.name ?? '',
      gender: before?.gender ?? 'female',
      isFrontLine: before?.is_front_line ? 'yes' : '',
      unionId: before?.union_id ? String(before.union_id) : '',
      votes: before === undefined ? '' : String(before.votes),
    }
  })
  const first = delegates[0]
  return (
    <ActDialog
      primary
      wide
      label={text('delegates.report')}
      title={text('delegates.report')}
      text={text('delegates.report.text', {
        quota: quota.quota,
        women: quota.women_least,
        front: quota.front_line_least,
      })}
      fields={[
        {
          name: 'electedOn',
          label: text('delegates.electedOn'),
          kind: 'date',
          initial: first?.elected_on ?? 'today',
        },
        {
          name: 'eligible',
          label: text('slate.eligible'),
          kind: 'number',
          initial: first === undefined ? '' : String(first.eligible),
        },
        { name: 'present', label: text('slate.present'), kind: 'number' },
        {
          name: 'delegates',
          label: text('delegates.title'),
          kind: 'rows',
          initial: JSON.stringify(rows),
          columns: [
            { name: 'name', label: text('unions.person'), kind: 'text' },
            {
              name: 'gender',
              label: text('slate.gender'),
              kind: 'choice',
              options: (['female', 'male'] as const).map((value) => ({ value, label: text(`slate.${value}`) })),
            },
            { name: 'isFrontLine', label: text('delegates.frontLine.yes'), kind: 'check' },
            { name: 'votes', label: text('slate.votes'), kind: 'number' },
            {
              name: 'unionId',
              label: text('delegates.union'),
              kind: 'choice',
              options: [
                { value: '', label: '—' },
                ...unions.map(({ id, name }) => ({ value: String(id), label: name })),
              ],
            },
          ],
          judge: (value) => {
            const filled = readFilledRows(value, 'name')
            return {
              hint: text('delegates.counted', {
                count: filled.length,
                quota: quota.quota,
                women: filled.filter((row) => row['gender'] !== 'male').length,
                front: filled.filter((row) => row['isFrontLine'] === 'yes').length,
              }),
            }
          },
        },
      ]}
      run={(api, values) =>
        api.congresses.reportDelegates.mutate({
          quotaId: quota.id,
          version: quota.version,
          electedOn: values['electedOn'] ?? '',
          eligible: readWhole(values['eligible']),
          present: readWhole(values['present']),
          delegates: readFilledRows(values['delegates'], 'name').map((row) => ({
            name: row['name'] ?? '',
            gender: row['gender'] === 'male' ? 'male' : 'female',
            isFrontLine: row['isFrontLine'] === 'yes',
            unionId: row['unionId'] ? Number(row['unionId']) : null,
            votes: readWhole(row['votes']),
          })),
        })
      }
    />
  )
}

/** What was handed in is confirmed, or goes back with the reason. */
export function DecideActs({ quota }: { readonly quota: Quota }) {
  const text = useText()
  const seen = { quotaId: quota.id, version: quota.version }
  return (
    <>
      <ActDialog
        primary
        label={text('delegates.confirm')}
        title={text('delegates.confirm')}
        text={text('delegates.confirm.text', { body: quota.receiverName, count: quota.elected })}
        fields={[]}
        run={(api) => api.congresses.decideDelegates.mutate({ ...seen, decision: { kind: 'confirm' } })}
      />
      <ActDialog
        label={text('delegates.return')}
        title={text('delegates.return')}
        fields={[{ name: 'decision', label: text('unions.return.reason'), kind: 'lines', maxLength: 300 }]}
        run={(api, values) =>
          api.congresses.decideDelegates.mutate({
            ...seen,
            decision: { kind: 'return', reason: values['decision'] ?? '' },
          })
        }
      />
    </>
  )
}
