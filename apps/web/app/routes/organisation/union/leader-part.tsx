import { posts } from '@gonglian/organisation/codes'
import { useText } from '@gonglian/ui'
import { useState } from 'react'
import { ActDialog } from '../../../act-dialog.tsx'
import { useMay } from '../../../may.ts'
import { knownOf } from '../unions/union.ts'
import type { UnionView } from './union.ts'

type Opened = { readonly officerId: number; readonly idNumber: string | null; readonly mobile: string | null }

/** Who leads the union; the numbers of a person are opened with a reason. */
export function LeaderPart({ view, isOwn }: { readonly view: UnionView; readonly isOwn: boolean }) {
  const text = useText()
  const may = useMay()
  const [opened, setOpened] = useState<Opened | null>(null)
  if (view.leaders.length === 0) return null
  return (
    <section>
      <h2>{text('unions.leaders')}</h2>
      <dl className="facts">
        {view.leaders.map(({ officerId, name, post, since, isKnown }) => {
          const known = knownOf(posts, post)
          return (
            <div key={officerId} className="fact">
              <dt>{known === null ? post : text(`cadres.post.${known}`)}</dt>
              <dd>
                {name} {text('unions.leaders.since', { day: since })}{' '}
                {opened?.officerId === officerId ? (
                  <span className="opened">{[opened.idNumber, opened.mobile].filter(Boolean).join(' ')}</span>
                ) : isKnown && isOwn && may('member:open') ? (
                  <ActDialog
                    quiet
                    label={text('unions.leaders.open')}
                    title={text('members.open.title', { name })}
                    text={text('members.open.text')}
                    fields={[{ name: 'reason', label: text('members.open.reason'), kind: 'lines', maxLength: 200 }]}
                    run={(api, values) => api.cadres.openOfficer.mutate({ officerId, reason: values['reason'] ?? '' })}
                    onDone={(fields) => setOpened({ officerId, ...fields })}
                  />
                ) : null}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
