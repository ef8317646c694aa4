import { Link } from '@remix-run/react'
import { organisationWork } from '@gonglian/organisation/declared'
import { listWork } from '@gonglian/records/declared'
import { useText } from '@gonglian/ui'
import { useFrame, useKeepingPeriod } from '../../../address.ts'
import { useWords } from '../../../records/words.ts'

/** 全部台账: every list of the domain, by the work it belongs to. */
export function WorkIndex() {
  const text = useText()
  const words = useWords()
  const keep = useKeepingPeriod()
  const { person } = useFrame()
  return (
    <nav className="panel" aria-labelledby="overview-lists">
      <h2 id="overview-lists">{text('overview.lists')}</h2>
      <div className="overview-lists">
        {listWork(organisationWork, person.roles).map(({ key, pages }) => (
          <section key={key}>
            <h3>{words(`organisation.tab.${key}`)}</h3>
            <ul className="plain-list">
              {pages.map(({ path, title }) => (
                <li key={path}>
                  <Link to={keep(path)}>{words(title)}</Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  )
}
