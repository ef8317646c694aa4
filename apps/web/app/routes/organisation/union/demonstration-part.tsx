import type { RouterOutputs } from '@gonglian/api'
import { useText } from '@gonglian/ui'
import { useMay } from '../../../may.ts'
import { EndAct, NameAct } from '../demonstrations/demonstration-acts.tsx'
import type { UnionView } from './union.ts'

export type DemonstrationPartProps = {
  readonly view: UnionView
  readonly demonstrations: RouterOutputs['demonstrations']['listDemonstrations']['rows']
  readonly isOwn: boolean
}

/** Of what the union is an example (M079), and who names it so. */
export function DemonstrationPart({ view, demonstrations, isOwn }: DemonstrationPartProps) {
  const text = useText()
  const decides = useMay()('organisation:approve') && isOwn
  const { union } = view
  const mayName =
    decides && union.state === 'active' && union.kind !== 'GROUP' && union.has_party_organisation !== false
  if (demonstrations.length === 0 && !mayName) return null
  return (
    <section>
      <div className="part-head">
        <h2>{text('demonstrations.title')}</h2>
        {mayName ? <NameAct bodyId={union.tenant_id} union={union} /> : null}
      </div>
      {demonstrations.length === 0 ? <p className="gl-hint">{text('demonstrations.none')}</p> : null}
      <ul className="plain-list">
        {demonstrations.map((one) => (
          <li key={one.id}>
            {one.title}{' '}
            <span className="gl-hint">
              {one.partyBranch} {one.namedOn}
            </span>{' '}
            {decides ? <EndAct demonstrationId={one.id} title={one.title ?? ''} /> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
