import { useText } from '@gonglian/ui/text'
import type { Translate } from '@gonglian/ui/messages'
import type { SignInRefusal } from './refusal.ts'

export type RefusalTexts = { readonly username: string | null; readonly password: string | null }

function sayWait(text: Translate, seconds: number): string {
  return seconds < 90
    ? text('signIn.wait.seconds', { count: Math.max(1, Math.ceil(seconds)) })
    : text('signIn.wait.minutes', { count: Math.ceil(seconds / 60) })
}

/** The text beside each field. A wrong pair is said at the password, whichever of the two was wrong. */
export function useRefusalTexts(refusal: SignInRefusal | null): RefusalTexts {
  const text = useText()
  if (!refusal) return { username: null, password: null }
  const { missing, answer } = refusal
  if (!answer) {
    return {
      username: missing.username ? text('signIn.username.missing') : null,
      password: missing.password ? text('signIn.password.missing') : null,
    }
  }
  switch (answer.reason) {
    case 'locked':
      return { username: text('signIn.locked', { wait: sayWait(text, answer.seconds) }), password: null }
    case 'tooMany':
      return { username: text('signIn.tooMany', { wait: sayWait(text, answer.seconds) }), password: null }
    case 'ticketExpired':
      return { username: text('errors.ticketExpired'), password: null }
    case 'code':
      return { username: null, password: null }
    case 'notEffective':
      return { username: text('errors.accountNotEffective'), password: null }
    case 'wrong':
      return {
        username: null,
        password:
          answer.attemptsLeft === undefined
            ? text('signIn.wrong')
            : text('signIn.wrongLeft', { count: answer.attemptsLeft }),
      }
  }
}
