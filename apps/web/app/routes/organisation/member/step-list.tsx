import type { RouterOutputs } from '@gonglian/api'
import { formatDateTime, useText } from '@gonglian/ui'
import { z } from 'zod'
import { states } from '../members/member.ts'

const Details = z.object({
  on: z.string().optional(),
  for: z.string().optional(),
  how: z.string().optional(),
  groupDiscussedOn: z.string().optional(),
  committeeDecidedOn: z.string().optional(),
})

/** What happened to a membership, oldest first. */
export function StepList({ steps }: { readonly steps: RouterOutputs['members']['getMember']['steps'] }) {
  const text = useText()
  if (steps.length === 0) return <p className="gl-hint">{text('members.history.none')}</p>
  return (
    <ol className="plain-list">
      {steps.map((step, index) => {
        const state = states.find((known) => known === step.to)
        const read = Details.safeParse(step.details)
        const details = read.success ? read.data : {}
        const why = (['retired', 'unemployed', 'military'] as const).find((known) => known === details.for)
        const how = (['own_wish', 'treated_as_left'] as const).find((known) => known === details.how)
        const said = [
          ...(details.on === undefined ? [] : [text('members.step.on', { on: details.on })]),
          ...(why ? [text(`members.retain.${why}`)] : []),
          ...(how ? [text(`members.leave.${how}`)] : []),
          ...(details.groupDiscussedOn === undefined
            ? []
            : [text('members.step.group', { on: details.groupDiscussedOn })]),
          ...(details.committeeDecidedOn === undefined
            ? []
            : [text('members.step.committee', { on: details.committeeDecidedOn })]),
          ...(step.reason === '' ? [] : [step.reason]),
        ]
        return (
          <li key={index}>
            {formatDateTime(step.at)} {state ? text(`members.state.${state}`) : step.to}{' '}
            {said.join(text('members.and'))} <span className="gl-hint">{step.actor}</span>
          </li>
        )
      })}
    </ol>
  )
}
