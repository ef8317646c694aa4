import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useMay } from '../../../may.ts'
import type { UnionRow } from './union.ts'

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

/** What the reader may do with the union now. */
export function UnionActs({ union }: { readonly union: UnionRow }) {
  const text = useText()
  const may = useMay()
  const seen = { unionId: union.id, version: union.version }
  if (union.state !== 'applied' || !may('organisation:approve')) return null
  return (
    <div className="acts">
      <ActDialog
        primary
        label={text('unions.approve')}
        title={text('unions.approve.title', { name: union.name })}
        fields={[
          { name: 'on', label: text('unions.approve.on'), kind: 'date', initial: today() },
          { name: 'decision', label: text('unions.approve.no'), kind: 'text', maxLength: 60 },
        ]}
        run={(api, values) =>
          api.unions.decideUnion.mutate({
            ...seen,
            on: values['on'] ?? '',
            decision: { kind: 'approve', approvalNo: values['decision'] ?? '' },
          })
        }
      />
      <ActDialog
        label={text('unions.return')}
        title={text('unions.return.title', { name: union.name })}
        fields={[
          { name: 'on', label: text('unions.return.on'), kind: 'date', initial: today() },
          { name: 'decision', label: text('unions.return.reason'), kind: 'lines', maxLength: 300 },
        ]}
        run={(api, values) =>
          api.unions.decideUnion.mutate({
            ...seen,
            on: values['on'] ?? '',
            decision: { kind: 'return', reason: values['decision'] ?? '' },
          })
        }
      />
    </div>
  )
}
