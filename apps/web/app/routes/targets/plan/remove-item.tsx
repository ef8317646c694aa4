import { useLocale, useText } from '@gonglian/ui'
import { useAct } from '../../../act.ts'
import { Confirm } from '../confirm.tsx'
import { nameMeasure } from '../figure.ts'
import type { PlanItem, PlanView } from './items.ts'

export type RemoveItemProps = {
  readonly plan: Pick<PlanView['plan'], 'version'>
  readonly item: PlanItem
  readonly onClose: () => void
}

/** Takes an item out of a draft, after it was named. */
export function RemoveItem({ plan, item, onClose }: RemoveItemProps) {
  const text = useText()
  const locale = useLocale()
  const { act, busy, refusal } = useAct()
  const confirm = async () => {
    const outcome = await act((api) => api.targets.removeItem.mutate({ itemId: item.id, version: plan.version }))
    if (outcome?.ok) onClose()
  }
  return (
    <Confirm
      title={text('targets.item.remove')}
      action={text('targets.item.remove')}
      busy={busy}
      refusal={refusal}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{text('targets.item.remove.ask', { item: nameMeasure(item.measure, locale) })}</p>
      {item.share?.reserve === null ? null : <p>{text('targets.item.remove.split')}</p>}
    </Confirm>
  )
}
