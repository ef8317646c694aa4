import { Link } from '@remix-run/react'
import { FileLinks, useText } from '@gonglian/ui'
import { useAddress, useFrame } from '../../../address.ts'
import { exportsOf } from '../../../table-export.ts'
import { nameGroups, type Counts, type Grouping } from './below.ts'
import { groupings } from './member.ts'

/** Members of the bodies below, as numbers; what could point at one person stays hidden. */
export function BelowTable({ counts, groupBy }: { readonly counts: Counts; readonly groupBy: Grouping }) {
  const text = useText()
  const { body } = useFrame()
  const { params, change } = useAddress()
  const asked = params.get('body')
  const head = counts.lines.find((line) => line.isOwn)
  const said = (count: number | null) =>
    count === null ? (
      <abbr title={text('members.below.hidden.why')}>{text('members.below.hidden')}</abbr>
    ) : (
      count.toLocaleString('en')
    )
  const address = (code: string) => {
    const next = new URLSearchParams(params)
    next.set('view', 'below')
    next.set('body', code)
    return `?${next.toString()}`
  }
  return (
    <section className="below">
      <div className="below-head">
        <h2>
          {head?.name} {text('members.below.on', { on: counts.on })}
        </h2>
        {asked === null || asked === body.code ? null : (
          <button type="button" className="gl-link-button" onClick={() => change({ body: null })}>
            {text('members.below.back')}
          </button>
        )}
        <div className="gl-segments" role="group" aria-label={text('members.below.by')}>
          {groupings.map((known) => (
            <button key={known} type="button" aria-pressed={known === groupBy} onClick={() => change({ by: known })}>
              {text(`members.below.by.${known}`)}
            </button>
          ))}
        </div>
        <span className="acts">
          <FileLinks {...exportsOf('/organisation/members/below/export.csv', params)} />
        </span>
      </div>
      <div className="below-scroll" tabIndex={0} role="region" aria-label={text('members.below.label')}>
        <table className="gl-plain-table">
          <thead>
            <tr>
              <th scope="col">{text('members.below.body')}</th>
              <th scope="col" className="gl-figure">
                {text('members.below.total')}
              </th>
              {counts.columns.map((names) => (
                <th scope="col" className="gl-figure" key={names.join()}>
                  {nameGroups(names, groupBy, text)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr className="below-sum">
              <th scope="row">{text('members.below.sum')}</th>
              <td className="gl-figure">{said(counts.total)}</td>
              {counts.cells.map((count, index) => (
                <td className="gl-figure" key={index}>
                  {said(count)}
                </td>
              ))}
            </tr>
            {counts.lines.map((line) => (
              <tr key={line.body}>
                <th scope="row">
                  {line.isOwn ? text('members.below.own') : <Link to={address(line.body)}>{line.name}</Link>}
                </th>
                <td className="gl-figure">{said(line.total)}</td>
                {line.cells.map((count, index) => (
                  <td className="gl-figure" key={index}>
                    {said(count)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="gl-hint">{text('members.below.hidden.why')}</p>
    </section>
  )
}
