import { cancelTrainingForm } from '@gonglian/organisation/declared'
import { useText } from '@gonglian/ui'
import { CommandDialog } from '../../../records/command-dialog.tsx'

export type CancelTrainingProps = { readonly id: number; readonly version: number; readonly name: string }

/** Takes a training that was not held out of the plan. */
export function CancelTraining({ id, version, name }: CancelTrainingProps) {
  const text = useText()
  return (
    <CommandDialog
      quiet
      form={cancelTrainingForm}
      title={name}
      text={text('trainings.cancelTraining.text')}
      given={{ trainingId: id, version }}
    />
  )
}
