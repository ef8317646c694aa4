import { Link } from '@remix-run/react'
import type { RouterOutputs } from '@gonglian/api'
import { useText } from '@gonglian/ui'
import { Fragment, type ReactNode } from 'react'
import { useKeepingPeriod } from '../address.ts'
import { useWords } from './words.ts'

export type NextStep = RouterOutputs['unions']['findNextUnionSteps']['steps'][number]

export type NextStepsProps = {
  readonly steps: readonly NextStep[]
  /** The acts that this page has, by the key of their step; what is done elsewhere gets a link. */
  readonly acts: Readonly<Record<string, ReactNode>>
  /** What the page says more exactly than the text of the step. */
  readonly sayings?: Readonly<Record<string, string>>
}

/** Whether the acting person takes a step now: its button stands in the block, and not among the other acts as well. */
export function takesStep(steps: readonly NextStep[], key: string): boolean {
  return steps.some((step) => step.key === key && step.mayAct)
}

/** What a record waits for: each step with its button for whoever takes it, for others with whom and until when. */
export function NextSteps({ steps, acts, sayings = {} }: NextStepsProps) {
  const text = useText()
  return (
    <section className="next-steps">
      <h2>{text('nextSteps.title')}</h2>
      {steps.length === 0 ? <p className="gl-hint">{text('nextSteps.none')}</p> : null}
      <ul>
        {steps.map((step, index) => (
          <Step key={index} step={step} act={acts[step.key]} saying={sayings[step.key]} />
        ))}
      </ul>
    </section>
  )
}

type StepProps = {
  readonly step: NextStep
  readonly act: ReactNode
  readonly saying: string | undefined
}

function Step({ step, act, saying }: StepProps) {
  const text = useText()
  const words = useWords()
  const keep = useKeepingPeriod()
  const said = saying ?? words(step.key, step.params)
  const notes = [
    ...sayWhom(step, text),
    ...(step.since === null ? [] : [text('nextSteps.since', { date: step.since })]),
    ...(step.due === null ? [] : [text('nextSteps.due', { date: step.due })]),
  ]
  return (
    <li className={step.isLate ? 'next-step next-step-late' : 'next-step'}>
      <div>
        <p className="next-step-said">
          {step.about === null ? said : text('nextSteps.about', { about: words(step.about), step: said })}
        </p>
        {notes.length === 0 && !step.isLate ? null : (
          <p className="gl-hint">
            {notes.map((note, index) => (
              <Fragment key={note}>
                {index === 0 ? '' : ' · '}
                <span className="next-step-note">{note}</span>
              </Fragment>
            ))}
            {step.isLate ? <strong className="next-step-mark">{text('nextSteps.late')}</strong> : null}
          </p>
        )}
      </div>
      {!step.mayAct ? null : step.to === null ? (
        <div className="acts">{act}</div>
      ) : (
        <div className="acts">
          <Link className="gl-button gl-button-main" to={keep(step.to)}>
            {words(`${step.key}.act`)}
          </Link>
        </div>
      )}
    </li>
  )
}

function sayWhom(step: NextStep, text: ReturnType<typeof useText>): string[] {
  const { waitsFor } = step
  if (waitsFor === null || step.mayAct) return []
  const roles = waitsFor.roles.map((role) => text(`bodies.role.${role}`)).join(text('nextSteps.or'))
  return [
    waitsFor.isOwn ? text('nextSteps.waitsOwn', { roles }) : text('nextSteps.waits', { body: waitsFor.body, roles }),
    ...(waitsFor.isForOthers ? [text('nextSteps.others')] : []),
  ]
}
