import { Link } from '@remix-run/react'
import { formatDate, useText } from '@gonglian/ui'
import { useAddress } from '../../address.ts'
import type { BodyView } from './body.ts'
import { keepChoice } from './side.tsx'

/** Every superior the body has had in both hierarchies, from when to when and why. */
export function LinkTable({ links }: Pick<BodyView, 'links'>) {
  const text = useText()
  const { params } = useAddress()
  return (
    <section className="panel">
      <h3 id="superiors">{text('body.superiors')}</h3>
      {links.length === 0 ? (
        <p className="gl-hint">{text('body.superiors.none')}</p>
      ) : (
        <>
          {links.some(({ validTo }) => validTo !== null) ? (
            <p className="gl-hint">{text('body.superiors.text')}</p>
          ) : null}
          <div className="scroll-sideways" tabIndex={0} role="region" aria-labelledby="superiors">
            <table className="gl-plain-table" aria-labelledby="superiors">
              <thead>
                <tr>
                  <th scope="col">{text('body.superiors.relation')}</th>
                  <th scope="col">{text('body.superiors.body')}</th>
                  <th scope="col">{text('body.superiors.from')}</th>
                  <th scope="col">{text('body.superiors.to')}</th>
                  <th scope="col">{text('body.superiors.reason')}</th>
                </tr>
              </thead>
              <tbody>
                {links.map((link) => (
                  <tr
                    key={`${link.hierarchy}-${link.parentCode}-${link.validFrom}`}
                    className={link.validTo === null ? '' : 'gl-hint'}
                  >
                    <td>{text(`body.superiors.${link.hierarchy}`)}</td>
                    <td>
                      <Link
                        to={{ pathname: `/bodies/${encodeURIComponent(link.parentCode)}`, search: keepChoice(params) }}
                      >
                        {link.parentName}
                      </Link>
                    </td>
                    <td className="nowrap">{formatDate(link.validFrom)}</td>
                    <td className="nowrap">
                      {link.validTo === null ? text('body.superiors.now') : formatDate(link.validTo)}
                    </td>
                    <td>{link.reason === '' ? text('body.superiors.noReason') : link.reason}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  )
}
