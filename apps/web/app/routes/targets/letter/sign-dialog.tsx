import { useText } from '@gonglian/ui'
import { useAct } from '../../../act.ts'
import { Confirm } from '../confirm.tsx'

export type SignDialogProps = {
  readonly plan: { readonly id: number; readonly name: string }
  readonly receiver: { readonly name: string }
  /** Of the letter as it stands on the page: what is signed is what was read. */
  readonly digest: string
  readonly count: number
  readonly onClose: () => void
}

/** Signs the letter in the name of the body. It cannot be taken back: later changes are amendments beside it. */
export function SignDialog({ plan, receiver, digest, count, onClose }: SignDialogProps) {
  const text = useText()
  const { act, busy, refusal } = useAct()
  const confirm = async () => {
    const outcome = await act((api) => api.targets.signAllocations.mutate({ planId: plan.id, digest }))
    if (outcome?.ok) onClose()
  }
  return (
    <Confirm
      title={text('targets.sign')}
      action={text('targets.sign.confirm')}
      busy={busy}
      refusal={refusal}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{text('targets.sign.ask', { body: receiver.name, plan: plan.name, count })}</p>
      <p className="gl-hint">{text('targets.sign.after')}</p>
    </Confirm>
  )
}
