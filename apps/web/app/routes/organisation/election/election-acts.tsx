import type { RouterOutputs } from '@gonglian/api'
import { useText } from '@gonglian/ui'
import { ActDialog, type ActField } from '../../../act-dialog.tsx'
import { readRows, readWhole } from '../../../act-values.ts'
import { attachPapers, readPapers } from '../../../files/papers.ts'
import { useMay } from '../../../may.ts'
import { isWaiting } from '../application-links.tsx'

export type ElectionView = RouterOutputs['terms']['getElection']

/** The next step of an election: held, handed in to be confirmed; or it comes to nothing. Candidates and result are decided as applications. */
export function ElectionActs({ view }: { readonly view: ElectionView }) {
  const text = useText()
  const may = useMay()
  const { election } = view
  const writes = may('organisation:write')
  const isHandedIn = view.applications.some(({ kind, state }) => kind === 'election.result' && isWaiting(state))
  const seen = { electionId: election.id, version: election.version }
  const reason: ActField = { name: 'reason', label: text('unions.end.reason'), kind: 'lines', maxLength: 300 }
  return (
    <div className="acts">
      {election.state === 'held' && writes && !isHandedIn ? (
        <ActDialog
          primary
          label={text('elections.applyResult')}
          title={text('elections.applyResult')}
          text={text('elections.applyResult.text')}
          fields={[attachPapers(text)]}
          run={(api, values) => api.terms.applyResult.mutate({ ...seen, files: readPapers(values) })}
        />
      ) : null}
      {election.state === 'approved' && writes ? <HoldAct view={view} /> : null}
      {(election.state === 'approved' || election.state === 'held') && writes ? (
        <ActDialog
          label={text('elections.fail')}
          title={text('elections.fail')}
          fields={[reason]}
          run={(api, values) => api.terms.failElection.mutate({ ...seen, reason: values['reason'] ?? '' })}
        />
      ) : null}
      {(election.state === 'asked' || election.state === 'approved') && writes ? (
        <ActDialog
          label={text('elections.withdraw')}
          title={text('elections.withdraw')}
          fields={[reason]}
          run={(api, values) => api.terms.withdrawElection.mutate({ ...seen, reason: values['reason'] ?? '' })}
        />
      ) : null}
    </div>
  )
}

function HoldAct({ view }: { readonly view: ElectionView }) {
  const text = useText()
  const { election, bodies } = view
  const rows = bodies.flatMap(({ body, candidates }) =>
    candidates.map(({ id, name }) => ({ id: String(id), name, body: text(`unions.termOf.${body}`), votes: '' })),
  )
  return (
    <ActDialog
      primary
      label={text('elections.hold')}
      wide
      title={text('elections.hold')}
      text={text('elections.hold.text', { eligible: election.eligible })}
      fields={[
        { name: 'heldOn', label: text('elections.held'), kind: 'date', initial: 'today' },
        { name: 'present', label: text('slate.present'), kind: 'number' },
        {
          name: 'votes',
          label: text('elections.hold.votes'),
          kind: 'rows',
          isFixed: true,
          initial: JSON.stringify(rows),
          columns: [
            { name: 'body', label: text('slate.body'), kind: 'said' },
            { name: 'name', label: text('elections.candidate'), kind: 'said' },
            { name: 'votes', label: text('slate.votes'), kind: 'number' },
          ],
        },
      ]}
      run={(api, values) =>
        api.terms.holdPoll.mutate({
          electionId: election.id,
          version: election.version,
          heldOn: values['heldOn'] ?? '',
          present: readWhole(values['present']),
          votes: readRows(values['votes']).map((row) => ({
            candidateId: Number(row['id']),
            votes: readWhole(row['votes']),
          })),
        })
      }
    />
  )
}
