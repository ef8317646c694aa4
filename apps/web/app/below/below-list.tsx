import { FigureCell, FileLinks, useText } from '@gonglian/ui'
import type { ReactNode } from 'react'
import { useAddress, useFrame } from '../address.ts'
import { useWords } from '../records/words.ts'
import { exportsOf } from '../table-export.ts'
import type { Below } from './groups.ts'

/** A list that is counted by the level below first: the groups, or the rows and the way back to the groups. */
export function BelowList({ below, children }: { readonly below: Below | null; readonly children: ReactNode }) {
  const text = useText()
  const { change } = useAddress()
  if (below === null) return children
  if (below.isShown) return <GroupTable groups={below.groups} />
  return (
    <>
      <p>
        <button type="button" className="gl-link-button" onClick={() => change({ view: 'groups' })}>
          {text('below.groups')}
        </button>
      </p>
      {children}
    </>
  )
}

/** One line for each body directly below, the worst first; a body opens what stands under it. */
function GroupTable({ groups: { name, body, measures, worst, groups, total } }: { readonly groups: Below['groups'] }) {
  const text = useText()
  const words = useWords()
  const { body: own } = useFrame()
  const { params, change } = useAddress()
  return (
    <section className="below-groups">
      <div className="part-head">
        <h2>{body.code === own.code ? text('below.title') : `${body.name} · ${text('below.title')}`} </h2>
        <span className="acts">
          {body.code === own.code ? null : (
            <button type="button" className="gl-link-button" onClick={() => change({ body: null, view: null })}>
              {text('below.up', { name: own.name })}
            </button>
          )}
          <button type="button" className="gl-link-button" onClick={() => change({ view: 'rows' })}>
            {text('below.rows')}
          </button>
          <FileLinks {...exportsOf(`/lists/${name}/below/export.csv`, params)} />
        </span>
      </div>
      <div className="scroll-box below-box">
        <table className="gl-plain-table">
          <thead>
            <tr>
              <th scope="col">{text('below.body')}</th>
              {measures.map((measure) => (
                <th
                  key={measure}
                  scope="col"
                  className="gl-figure"
                  aria-sort={measure === worst ? 'descending' : 'none'}
                >
                  {words(`below.${name}.${measure}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.code}>
                <th scope="row">
                  {group.counts === null ? (
                    group.name
                  ) : group.isOwn ? (
                    text('below.own', { name: group.name })
                  ) : (
                    <button
                      type="button"
                      className="gl-link-button"
                      onClick={() => change({ body: group.code, view: null })}
                    >
                      {group.name}
                    </button>
                  )}
                </th>
                {measures.map((measure) => (
                  <td key={measure} className="gl-figure">
                    <FigureCell value={group.counts?.[measure] ?? null} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{text('below.total')}</th>
              {measures.map((measure) => (
                <td key={measure} className="gl-figure">
                  <FigureCell value={total[measure] ?? null} />
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}
