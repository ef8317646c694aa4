import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EmptyState, useText } from '@gonglian/ui'
import { useFrame, useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { useWords } from '../../../records/words.ts'
import deskStyles from '../../../styles/desk.css?url'
import overviewStyles from '../../../styles/overview.css?url'
import { titlePage } from '../../../titles.ts'
import { readWorkingPeriod } from '../../reports/addresses.ts'
import { DraftAct } from '../unions/draft-act.tsx'
import { listActs } from './acts.ts'
import { BelowPanel } from './below-panel.tsx'
import { DuePanel } from './due-panel.tsx'
import { FiguresPanel } from './figures-panel.tsx'
import { TasksPart } from './tasks-part.tsx'
import { WorkIndex } from './work-index.tsx'

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: deskStyles },
  { rel: 'stylesheet', href: overviewStyles },
]
export const meta = titlePage('organisation.title')

export async function loader(args: LoaderFunctionArgs) {
  const period = readWorkingPeriod(new URL(args.request.url).searchParams, args.context.now)
  const overview = await ask(args, (api) => api.overview.readOverview({ domain: 'organisation', period }))
  return { overview, bodyId: args.context.visitor?.tenantId ?? 0 }
}

/** The start page of the domain: what waits, how it stands, what falls due, what is done most, and where everything is. */
export default function OrganisationStartPage() {
  const { overview, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const may = useMay()
  const words = useWords()
  const { person, body } = useFrame()
  const isSuperior = body.level !== 'county' && body.level !== 'township'
  const { founds, acts } = listActs(person.roles, isSuperior)
  return (
    <div className="overview">
      <div className="area-head">
        <h1>{text('organisation.title')}</h1>
        <nav className="acts" aria-label={text('overview.acts')}>
          {founds ? <DraftAct bodyId={bodyId} /> : null}
          {acts.map(({ to, title }) => (
            <Link key={to} className="gl-button" to={keep(to)}>
              {words(title)}
            </Link>
          ))}
        </nav>
      </div>
      {overview.isKept ? null : (
        <EmptyState
          title={text('overview.empty')}
          text={text(isSuperior ? 'overview.empty.superior' : 'overview.empty.text')}
          {...(may('member:write') && !isSuperior
            ? {
                action: (
                  <Link className="gl-button gl-button-main" to={keep('/organisation/imports')}>
                    {text('overview.act.import')}
                  </Link>
                ),
              }
            : {})}
        />
      )}
      <div className="overview-columns">
        <TasksPart kinds={overview.tasks} />
        <FiguresPanel figures={overview.figures} />
      </div>
      <div className="overview-columns">
        <DuePanel due={overview.due} />
        {overview.below.lines.length === 0 ? null : <BelowPanel below={overview.below} />}
      </div>
      <WorkIndex />
    </div>
  )
}
