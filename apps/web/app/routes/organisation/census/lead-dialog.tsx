import type { RouterOutputs } from '@gonglian/api'
import { Dialog, useText } from '@gonglian/ui'
import type { ReactNode } from 'react'
import { LetterState } from '../letters/letter-state.tsx'
import { knownOf } from '../unions/union.ts'
import { LeadActs } from './lead-acts.tsx'
import { founderParts, type Lead } from './lead.ts'

export type OpenedLead = {
  readonly lead: Lead
  readonly founders: RouterOutputs['leads']['listFounders']
  readonly visits: RouterOutputs['visits']['listVisits']['rows']
  readonly letters: RouterOutputs['jointLetters']['listLetters']['rows']
}
export type LeadDialogProps = {
  readonly opened: OpenedLead
  readonly bodyId: number
  readonly writes: boolean
  readonly onClose: () => void
}

/** One lead on its way to a union: where it stands, who goes there, what was said, and what to do next. */
export function LeadDialog({ opened, bodyId, writes, onClose }: LeadDialogProps) {
  const text = useText()
  const { lead, founders, visits, letters } = opened
  const acts = writes && lead.tenant_id === bodyId
  const days: readonly (readonly [string, string | null])[] = [
    [text('leads.found'), lead.found_on],
    [text('leads.state.contacted'), lead.contacted_on],
    [text('leads.state.preparing'), lead.preparing_on],
    [text('leads.state.applied'), lead.applied_on],
    [text('leads.state.approved'), lead.approved_on],
    [text('leads.state.founded'), lead.founded_on],
    [text('leads.state.refused'), lead.refused_on],
  ]
  const facts: readonly (readonly [string, ReactNode])[] = [
    [text('leads.state'), text(`leads.state.${lead.state}`)],
    [text('unions.headcount'), lead.headcount ?? '—'],
    [text('leads.assignedTo'), lead.assigned_to === '' ? '—' : lead.assigned_to],
    [text('leads.due'), lead.due_on ?? '—'],
    ...days.filter(([, day]) => day !== null),
    ...(lead.refusal_reason === '' ? [] : [[text('leads.refusal'), lead.refusal_reason] as const]),
    ...(lead.end_reason === '' ? [] : [[text('unions.end.reason'), lead.end_reason] as const]),
  ]
  return (
    <Dialog open onClose={onClose} title={lead.employerName} place="side">
      <div className="side-parts">
        {acts ? <LeadActs lead={lead} bodyId={bodyId} /> : null}
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name} className="fact">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {founders.length === 0 ? null : (
          <section>
            <h3>{text('leads.founders')}</h3>
            <ul className="plain-list">
              {founders.map((one) => {
                const part = knownOf(founderParts, one.part)
                return (
                  <li key={one.id}>
                    {one.name}{' '}
                    <span className="gl-hint">
                      {part === null ? one.part : text(`leads.part.${part}`)} {one.sent_by}
                    </span>
                  </li>
                )
              })}
            </ul>
          </section>
        )}
        {letters.length === 0 ? null : (
          <section>
            <h3>{text('jointLetters.title')}</h3>
            <ul className="plain-list">
              {letters.map((one) => (
                <li key={one.id}>
                  {one.letterNo} <span className="gl-hint">{one.departments.join('、')}</span>{' '}
                  <LetterState letter={one} answers={acts} />
                </li>
              ))}
            </ul>
          </section>
        )}
        <section>
          <h3>{text('leads.visits')}</h3>
          {visits.length === 0 ? <p className="gl-hint">{text('leads.visits.none')}</p> : null}
          <ul className="plain-list">
            {visits.map((visit) => (
              <li key={visit.id}>
                {visit.visitedOn} {visit.purpose === null ? null : text(`visits.purpose.${visit.purpose}`)}{' '}
                {visit.foundOut} <span className="gl-hint">{visit.nextStep}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  )
}
