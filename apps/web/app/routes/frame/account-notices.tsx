import type { RouterOutputs } from '@gonglian/api'
import { formatDateTime, useText } from '@gonglian/ui'
import { useAct } from '../../act.ts'

type Notice = RouterOutputs['session']['listNotices'][number]
/** As it comes to the page: a time may be its text. */
export type AccountNotice = Omit<Notice, 'at'> & { readonly at: Date | string }

const texts = {
  leader_granted: 'notices.leaderGranted',
  leader_reset: 'notices.leaderReset',
  password_reset: 'notices.passwordReset',
  factor_reset: 'notices.factorReset',
} as const

/** What administrators did to one's own account, or to a leader's, until it is said to be read. */
export function AccountNotices({ notices }: { readonly notices: readonly AccountNotice[] }) {
  const text = useText()
  const { act, busy } = useAct()
  if (notices.length === 0) return null
  return (
    <section className="panel" role="status" aria-label={text('notices.title')}>
      <h2>{text('notices.title')}</h2>
      <ul>
        {notices.map(({ at, kind, username, actors }) => (
          <li key={`${String(at)} ${kind} ${username}`}>
            {text(texts[kind], {
              time: formatDateTime(new Date(at)),
              username,
              actors: actors.join(text('notices.and')),
            })}
          </li>
        ))}
      </ul>
      <p className="gl-hint">{text('notices.ask')}</p>
      <button
        type="button"
        className="gl-button"
        disabled={busy}
        onClick={() => void act((api) => api.session.markNoticesSeen.mutate())}
      >
        {text('notices.seen')}
      </button>
    </section>
  )
}
