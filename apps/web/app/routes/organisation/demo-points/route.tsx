import type { LinksFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { demoPointView, endDemoPointForm, nameDemoPointForm } from '@gonglian/organisation/declared'
import { Icon, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { CommandDialog } from '../../../records/command-dialog.tsx'
import { ListPage, loadList } from '../../../records/list-page.tsx'
import registers from '../../../styles/registers.css?url'
import { titlePage } from '../../../titles.ts'
import { findUnions } from '../find-union.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('demoPoints.title')
export const loader = loadList(demoPointView, (api, question) => api.demoPoints.listDemoPoints(question))

/** Unions that others are to learn from. */
export default function DemoPointsPage() {
  const { page, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const names = useMay()('organisation:approve')
  return (
    <div className="register">
      <ListPage
        view={demoPointView}
        page={page}
        before={
          <Link className="area-back" to={keep('/organisation/ratings')}>
            <Icon name="left" />
            {text('ratings.title')}
          </Link>
        }
        act={<CommandDialog primary form={nameDemoPointForm} finders={{ unions: findUnions }} />}
        links={{ union: ({ unionId }) => `/organisation/unions/${unionId}` }}
        acts={
          names
            ? (row) =>
                row.tenantId === bodyId ? (
                  <CommandDialog
                    quiet
                    form={endDemoPointForm}
                    title={text('demoPoints.endDemoPoint.title', { name: row.union ?? '' })}
                    text={text('demoPoints.endDemoPoint.text')}
                    given={{ demoPointId: row.id }}
                  />
                ) : null
            : undefined
        }
      />
    </div>
  )
}
