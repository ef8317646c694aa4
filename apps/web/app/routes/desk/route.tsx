import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { usePeriod } from '../../address.ts'
import deskStyles from '../../styles/desk.css?url'
import { ask } from '../../ask.ts'
import { titlePage } from '../../titles.ts'
import { readWorkingPeriod } from '../reports/addresses.ts'
import { AdministratorDesk } from './administrator-desk.tsx'
import { BlockersPanel } from './blockers-panel.tsx'
import { ChangesPanel } from './changes-panel.tsx'
import { useCalmRefresh } from './calm-refresh.ts'
import type { DeskData, TaskKind } from './loaded.ts'
import { StandingsPanel } from './standings-panel.tsx'
import { TasksPanel } from './tasks-panel.tsx'

export const meta = titlePage('frame.nav.desk')
export const links: LinksFunction = () => [{ rel: 'stylesheet', href: deskStyles }]

const administrators: readonly string[] = ['sysadmin', 'secadmin', 'auditadmin']

type Loaded = { readonly desk: DeskData | null; readonly kinds: TaskKind[]; readonly week: boolean }

/** The three administrators do no business: their desk is what waits for them and the way to their pages. */
export async function loader(args: LoaderFunctionArgs): Promise<Loaded> {
  const { searchParams } = new URL(args.request.url)
  const week = searchParams.get('changes') === 'week'
  const roles = args.context.visitor?.roles ?? []
  const isAdministrator = roles.some((role) => administrators.includes(role))
  return ask(args, async (api) => {
    const { kinds } = await api.tasks.listTasks()
    const period = readWorkingPeriod(searchParams, args.context.now)
    return { desk: isAdministrator ? null : await api.desk.getDesk({ period, week }), kinds, week }
  })
}

export default function DeskPage() {
  const text = useText()
  const { desk, kinds, week } = useLoaderData<typeof loader>()
  const period = usePeriod()
  useCalmRefresh()
  return (
    <>
      <h1 className="gl-hidden">{text('frame.nav.desk')}</h1>
      {desk === null ? (
        <>
          {kinds.length === 0 ? null : <TasksPanel kinds={kinds} />}
          <AdministratorDesk />
        </>
      ) : (
        <div className="desk">
          <TasksPanel kinds={kinds} />
          <StandingsPanel standings={desk.standings} year={period.slice(0, 4)} />
          <div className="desk-others">
            <ChangesPanel
              changes={desk.changes}
              hasMore={desk.hasMoreChanges}
              since={desk.since}
              hasSeen={desk.seenAt !== null}
              week={week}
            />
            {desk.blockers === null || desk.blockers.length === 0 ? null : <BlockersPanel blockers={desk.blockers} />}
          </div>
        </div>
      )}
    </>
  )
}
