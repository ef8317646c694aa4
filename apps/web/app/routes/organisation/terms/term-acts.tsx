import { useNavigate } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { attachPapers, readPapers } from '../../../files/papers.ts'
import { readWhole } from '../../../act-values.ts'
import { useKeepingPeriod } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { PaperLinks } from '../../../papers/paper-links.tsx'
import { findCongresses } from '../finders.ts'
import { listWhoseFields } from '../whose-fields.ts'
import { readSlate, useSlateFields } from '../slate.ts'
import { bodies } from '../union/union.ts'
import { knownOf } from '../unions/union.ts'
import type { Term } from './term.ts'

/** What may be done about a term of the body's own: renew it, or extend it once. */
export function TermActs({ term }: { readonly term: Term }) {
  const text = useText()
  const may = useMay()
  if (term.state === 'ended') return null
  const writes = may('organisation:write')
  // A union is reminded of what ends soon or is over.
  const isDue = term.state === 'due_soon' || term.state === 'overdue'
  const mayExtend = term.extensionState !== 'asked' && term.extensionState !== 'approved'
  return (
    <span className="row-acts">
      {term.unionId === null || !isDue ? null : (
        <PaperLinks path="terms.reminder" id={term.id} name={text('papers.terms.reminder')} quiet />
      )}
      {writes && term.state !== 'in_election' && term.body === 'union_committee' ? <ElectAct term={term} /> : null}
      {writes && mayExtend ? <ExtendAct term={term} /> : null}
    </span>
  )
}

type ActProps = { readonly term: Term }

function ElectAct({ term }: ActProps) {
  const text = useText()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const fields = useSlateFields({ isFederation: term.unionId === null, asksMembers: true })
  return (
    <ActDialog
      quiet
      wide
      label={text('elections.ask')}
      title={text('elections.ask.title', { name: term.unionName ?? term.bodyName })}
      text={text('elections.ask.text')}
      fields={[
        { name: 'plannedOn', label: text('elections.planned'), kind: 'date', initial: 'today' },
        {
          name: 'congressId',
          label: text('elections.congress'),
          kind: 'find',
          find: findCongresses(term.unionId, term.tenantId),
          optional: true,
        },
        ...fields,
        attachPapers(text),
      ]}
      run={(api, values) =>
        api.terms.askElection.mutate({
          unionId: term.unionId,
          plannedOn: values['plannedOn'] ?? '',
          ...(values['congressId'] ? { congressId: Number(values['congressId']) } : {}),
          memberCount: readWhole(values['memberCount']),
          ...readSlate(values),
          files: readPapers(values),
        })
      }
      onDone={({ electionId }) => navigate(keep(`/organisation/elections/${electionId}`))}
    />
  )
}

function ExtendAct({ term }: ActProps) {
  const text = useText()
  const navigate = useNavigate()
  const keep = useKeepingPeriod()
  return (
    <ActDialog
      quiet
      label={text('terms.extend')}
      title={text('terms.extend.title', { name: term.unionName ?? term.bodyName })}
      fields={[
        { name: 'to', label: text('terms.extend.to'), kind: 'date' },
        { name: 'reason', label: text('unions.end.reason'), kind: 'lines', maxLength: 300 },
        attachPapers(text),
      ]}
      run={(api, values) =>
        api.terms.askExtension.mutate({
          files: readPapers(values),
          termId: term.id,
          version: term.version,
          to: values['to'] ?? '',
          reason: values['reason'] ?? '',
        })
      }
      onDone={({ applicationId }) => navigate(keep(`/approvals/${applicationId}`))}
    />
  )
}

/** A term that began before the register was kept. */
export function RecordTermAct({ bodyId }: { readonly bodyId: number }) {
  const text = useText()
  return (
    <ActDialog
      primary
      label={text('terms.record')}
      title={text('terms.record')}
      text={text('terms.record.text')}
      fields={[
        ...listWhoseFields(text, bodyId, 'union'),
        {
          name: 'body',
          label: text('terms.of'),
          kind: 'choice',
          initial: 'union_committee',
          options: bodies.map((body) => ({ value: body, label: text(`unions.termOf.${body}`) })),
        },
        { name: 'number', label: text('terms.number'), kind: 'number', initial: '1' },
        { name: 'startsOn', label: text('terms.from'), kind: 'date' },
        {
          name: 'years',
          label: text('slate.termYears'),
          kind: 'choice',
          initial: '5',
          options: ['3', '5'].map((years) => ({ value: years, label: text('slate.years', { years }) })),
        },
      ]}
      run={(api, values) =>
        api.terms.recordTerm.mutate({
          unionId: values['whose'] === 'own' ? null : Number(values['unionId']),
          body: knownOf(bodies, values['body'] ?? '') ?? 'union_committee',
          number: readWhole(values['number']),
          startsOn: values['startsOn'] ?? '',
          years: readWhole(values['years']),
        })
      }
    />
  )
}
