import { useAct } from '../../../act.ts'
import { RefusalNotice } from '../notice.tsx'
import type { Done } from './done.ts'
import type { Step } from './steps.ts'

/** Takes back what was just done, by the step that does the contrary. */
export function UndoButton({ step, onDone }: { readonly step: Step; readonly onDone: (done: Done) => void }) {
  const { act, busy, refusal } = useAct()
  const undo = async () => {
    const outcome = await act(step.run)
    if (outcome?.ok) onDone({ text: outcome.value.text })
  }
  return (
    <>
      <button type="button" className="gl-button" disabled={busy} onClick={() => void undo()}>
        {step.label}
      </button>
      <RefusalNotice message={refusal?.message ?? null} />
    </>
  )
}
