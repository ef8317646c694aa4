import { useText } from '@gonglian/ui'
import { NextSteps, type NextStep } from '../../../records/next-steps.tsx'
import { TermActs } from '../terms/term-acts.tsx'
import type { Term } from '../terms/term.ts'
import { FoundAct } from './found-act.tsx'
import { ApplyAct, ChangeAct } from './union-acts.tsx'
import { endingId, type UnionView } from './union.ts'

export type UnionStepsProps = {
  readonly view: UnionView
  readonly steps: readonly NextStep[]
  /** The own union's terms that are over or end soon. */
  readonly dueTerms: readonly Term[]
}

/** What the union waits for, with the acts of this page. */
export function UnionSteps({ view, steps, dueTerms }: UnionStepsProps) {
  const text = useText()
  const apply = <ApplyAct view={view} />
  const renewed = steps.map(({ params }) => params['termId'])
  const term = dueTerms.find(({ id }) => renewed.includes(id))
  const renew = term === undefined ? null : <TermActs term={term} />
  return (
    <NextSteps
      steps={steps}
      acts={{
        'unions.next.chooseKind': <ChangeAct view={view} />,
        'unions.next.apply': apply,
        'unions.next.mend': apply,
        'unions.next.found': <FoundAct view={view} />,
        'unions.next.renew': renew,
        'unions.next.renewLate': renew,
        'unions.next.rebuild': (
          <a className="gl-button gl-button-main" href={`#${endingId}`}>
            {text('unions.next.rebuild.act')}
          </a>
        ),
      }}
    />
  )
}
