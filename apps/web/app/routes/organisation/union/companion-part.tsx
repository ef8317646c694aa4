import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { knownOf } from '../unions/union.ts'
import { companions, formedCompanions, type UnionView } from './union.ts'

export type CompanionPartProps = { readonly view: UnionView; readonly writes: boolean }

/** The bodies formed with the union (六会同建), and their forming and ending. */
export function CompanionPart({ view, writes }: CompanionPartProps) {
  const text = useText()
  const { union, companions: present } = view
  const left = formedCompanions.filter((kind) => !present.some((one) => one.kind === kind))
  return (
    <section>
      <div className="part-head">
        <h2>{text('unions.companions')}</h2>
        {writes && union.state === 'active' && left.length > 0 ? (
          <ActDialog
            label={text('unions.companions.form')}
            title={text('unions.companions.form')}
            fields={[
              {
                name: 'kind',
                label: text('unions.companions.kind'),
                kind: 'choice',
                initial: left[0] ?? '',
                options: left.map((kind) => ({ value: kind, label: text(`unions.companion.${kind}`) })),
              },
              { name: 'on', label: text('unions.companions.on'), kind: 'date', initial: 'today' },
            ]}
            run={(api, values) =>
              api.unions.formCompanion.mutate({
                unionId: union.id,
                kind: knownOf(formedCompanions, values['kind'] ?? '') ?? 'union_committee',
                on: values['on'] ?? '',
              })
            }
          />
        ) : null}
      </div>
      {present.length === 0 ? (
        <p className="gl-hint">{text('unions.companions.none')}</p>
      ) : (
        <dl className="facts">
          {present.map(({ kind, formedOn }) => {
            const known = knownOf(companions, kind)
            const formed = knownOf(formedCompanions, kind)
            const name = known === null ? kind : text(`unions.companion.${known}`)
            return (
              <div key={kind} className="fact">
                <dt>{name}</dt>
                <dd>
                  {formedOn}{' '}
                  {writes && formed !== null ? (
                    <ActDialog
                      quiet
                      label={text('unions.companions.end')}
                      title={text('unions.companions.end.title', { name })}
                      fields={[{ name: 'on', label: text('unions.end.on'), kind: 'date', initial: 'today' }]}
                      run={(api, values) =>
                        api.unions.endCompanion.mutate({ unionId: union.id, kind: formed, on: values['on'] ?? '' })
                      }
                    />
                  ) : null}
                </dd>
              </div>
            )
          })}
        </dl>
      )}
    </section>
  )
}
