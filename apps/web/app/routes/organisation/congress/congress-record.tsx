import { useText } from '@gonglian/ui'
import type { CongressView } from './congress.ts'

/** What a congress is, and once it was held what it heard, decided and aims at. */
export function CongressRecord({ congress }: { readonly congress: CongressView['congress'] }) {
  const text = useText()
  const days =
    congress.held_from === null
      ? null
      : congress.held_to === null || congress.held_to === congress.held_from
        ? congress.held_from
        : `${congress.held_from} – ${congress.held_to}`
  const facts: readonly (readonly [string, string | number])[] = [
    [text('unions.body'), congress.bodyName],
    [
      text('congresses.call'),
      text(congress.is_extraordinary ? 'congresses.call.extraordinary' : 'congresses.call.regular'),
    ],
    [text('elections.planned'), congress.planned_on],
    [text('congresses.delegates'), congress.delegates_planned],
    ...(days === null ? [] : [[text('congresses.held'), days] as const]),
    ...(congress.delegates_present === null ? [] : [[text('congresses.present'), congress.delegates_present] as const]),
    ...(congress.reviewed_years === null ? [] : [[text('congresses.reviewed'), congress.reviewed_years] as const]),
  ]
  const lists = [
    { title: text('congresses.record.reports'), lines: congress.reports },
    { title: text('congresses.record.resolutions'), lines: congress.resolutions },
    { title: text('congresses.goals'), lines: congress.goals === '' ? [] : congress.goals.split('\n') },
  ].filter(({ lines }) => lines.length > 0)
  return (
    <div className="union-columns">
      <section>
        <h2>{text('unions.facts')}</h2>
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name} className="fact">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      {lists.map(({ title, lines }) => (
        <section key={title}>
          <h2>{title}</h2>
          <ol className="record-list">
            {lines.map((line, index) => (
              <li key={index}>{line}</li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
