import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { letterOutcomes } from './letter.ts'

export type AnswerActProps = { readonly letterId: number; readonly letterNo: string }

/** What came of a joint letter. */
export function AnswerAct({ letterId, letterNo }: AnswerActProps) {
  const text = useText()
  return (
    <ActDialog
      quiet
      label={text('letters.joint.answer')}
      title={text('letters.joint.answer.title', { no: letterNo })}
      fields={[
        {
          name: 'outcome',
          label: text('letters.joint.outcome'),
          kind: 'choice',
          initial: 'complied',
          options: letterOutcomes.map((one) => ({ value: one, label: text(`letters.joint.outcome.${one}`) })),
        },
        { name: 'on', label: text('letters.joint.answered'), kind: 'date', initial: 'today' },
        { name: 'note', label: text('unions.note'), kind: 'lines', maxLength: 500, optional: true },
      ]}
      run={(api, values) =>
        api.leads.answerLetter.mutate({
          letterId,
          outcome: letterOutcomes.find((one) => one === values['outcome']) ?? 'refused',
          on: values['on'] ?? '',
          note: values['note'] ?? '',
        })
      }
    />
  )
}
