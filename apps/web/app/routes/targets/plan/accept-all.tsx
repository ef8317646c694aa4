import { useLocale, useText } from '@gonglian/ui'
import { useAct } from '../../../act.ts'
import { Confirm } from '../confirm.tsx'
import { nameMeasure, writeTarget } from '../figure.ts'
import type { PlanItem, PlanView } from './items.ts'

export type AcceptAllProps = {
  readonly plan: Pick<PlanView['plan'], 'name'>
  readonly items: readonly PlanItem[]
  readonly onClose: () => void
}

/** Accepts the shares that wait (签收), each as it was seen here: one that was changed meanwhile is named and nothing is accepted. */
export function AcceptAll({ plan, items, onClose }: AcceptAllProps) {
  const text = useText()
  const locale = useLocale()
  const { act, busy, refusal } = useAct()
  const confirm = async () => {
    const shares = items.flatMap(({ id, share }) => (share === null ? [] : [{ itemId: id, version: share.version }]))
    const outcome = await act((api) => api.targets.acceptAllocations.mutate({ shares }))
    if (outcome?.ok) onClose()
  }
  return (
    <Confirm
      title={text('targets.accept')}
      action={text('targets.acceptAll', { count: items.length })}
      busy={busy}
      refusal={refusal}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{text('targets.accept.ask', { plan: plan.name, count: items.length })}</p>
      <ul className="targets-list">
        {items.map((item, index) => {
          const wrong = refusal?.fields.find((field) => field.path === `shares.${index}`)?.message
          return (
            <li key={item.id}>
              <span>{nameMeasure(item.measure, locale)}</span>
              <strong>{writeTarget(item.share?.value, item.measure, locale)}</strong>
              {wrong === undefined ? null : <span className="gl-error-text">{wrong}</span>}
            </li>
          )
        })}
      </ul>
    </Confirm>
  )
}
