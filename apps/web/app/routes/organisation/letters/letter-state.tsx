import type { RouterOutputs } from '@gonglian/api'
import { answerLetterForm } from '@gonglian/organisation/declared'
import { useText } from '@gonglian/ui'
import { CommandDialog } from '../../../records/command-dialog.tsx'

export type LetterStateProps = {
  readonly letter: RouterOutputs['jointLetters']['listLetters']['rows'][number]
  /** Whether whoever looks notes its outcome. */
  readonly answers: boolean
}

/** What came of a joint letter, or the question for it. */
export function LetterState({ letter, answers }: LetterStateProps) {
  const text = useText()
  const { id, letterNo, state, outcomeOn } = letter
  if (outcomeOn !== null && state !== null) return `${text(`jointLetters.state.${state}`)} ${outcomeOn}`
  return answers ? (
    <CommandDialog
      quiet
      form={answerLetterForm}
      title={text('jointLetters.answerLetter.title', { no: letterNo ?? '' })}
      given={{ letterId: id }}
    />
  ) : (
    text('jointLetters.state.open')
  )
}
