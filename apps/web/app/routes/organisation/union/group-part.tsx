import { Link } from '@remix-run/react'
import type { RouterOutputs } from '@gonglian/api'
import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readWhole } from '../../../act-values.ts'
import { useKeepingPeriod } from '../../../address.ts'
import type { UnionView } from './union.ts'

export type GroupPartProps = {
  readonly view: UnionView
  readonly groups: RouterOutputs['unions']['listUnions']
  readonly writes: boolean
}

/** Branches and groups below the union, which it forms itself. */
export function GroupPart({ view, groups, writes }: GroupPartProps) {
  const text = useText()
  const keep = useKeepingPeriod()
  const { union } = view
  if (union.kind === 'GROUP' || (groups.total === 0 && union.state !== 'active')) return null
  return (
    <section>
      <div className="part-head">
        <h2>{text('unions.groups', { count: groups.total })}</h2>
        {writes && union.state === 'active' ? (
          <ActDialog
            label={text('unions.groups.add')}
            title={text('unions.groups.add')}
            fields={[
              { name: 'name', label: text('unions.groups.name'), kind: 'text', maxLength: 120 },
              { name: 'on', label: text('unions.founded'), kind: 'date', initial: 'today' },
              { name: 'headcount', label: text('unions.headcount'), kind: 'number' },
              { name: 'femaleHeadcount', label: text('unions.headcount.female'), kind: 'number' },
            ]}
            run={(api, values) =>
              api.unions.addGroup.mutate({
                unionId: union.id,
                name: values['name'] ?? '',
                on: values['on'] ?? '',
                headcount: readWhole(values['headcount']),
                femaleHeadcount: readWhole(values['femaleHeadcount']),
              })
            }
          />
        ) : null}
      </div>
      {groups.total === 0 ? <p className="gl-hint">{text('unions.groups.none')}</p> : null}
      <ul className="plain-list">
        {groups.rows.map((group) => (
          <li key={group.id}>
            <Link to={keep(`/organisation/unions/${group.id}`)}>{group.name}</Link>{' '}
            <span className="gl-hint">{group.code}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
