import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readTableQuery, useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useOpened } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { readBody } from '../../../body-filter.tsx'
import { useMay } from '../../../may.ts'
import { titlePage } from '../../../titles.ts'
import { readNumber } from '../day.ts'
import { readVersion, toListing } from './employer.ts'
import { EmployerDialog } from './employer-dialog.tsx'
import { readEmployer, useEmployerFields } from './employer-fields.ts'
import { EmployerTable } from './employer-table.tsx'
import { GapPanel } from './gap-panel.tsx'
import { RatePanel } from './rate-panel.tsx'
import { listVersions } from './versions.ts'

export const meta = titlePage('employers.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'employers')
  const within = readBody(searchParams)
  const employerId = readNumber(searchParams.get('employer'))
  return ask(args, async (api) => {
    const [list, gap, lists] = await Promise.all([
      api.employers.listEmployers({
        ...toListing(query),
        ...within,
        page: Math.min(query.page, 10_000),
        pageSize: query.size,
      }),
      api.employers.summariseGap(within),
      api.lists.listLists({ pageSize: 100 }),
    ])
    const versions = listVersions(lists.rows)
    const chosen = readVersion(searchParams.get('list')) ?? versions[0] ?? null
    const [rates, view, coverage] = await Promise.all([
      chosen === null ? null : api.employers.rankRates(chosen),
      employerId === null ? null : api.employers.getEmployer({ employerId }),
      employerId === null ? null : api.coverage.listCoverage({ employerId }),
    ])
    const isOwn = view?.employer.tenant_id === args.context.visitor?.tenantId
    const opened = view === null ? null : { view, coverage: coverage?.rows ?? [], isOwn }
    return { ...list, gap, versions, chosen, rates, opened }
  })
}

/** The register of employers, and how many of them have a union. */
export default function EmployersPage() {
  const { rows, total, gap, versions, chosen, rates, opened } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  const [employer, show] = useOpened('employer')
  const fields = useEmployerFields(null)
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('employers.title')}</h1>
          <p className="gl-hint">{text('employers.text')}</p>
        </div>
        {may('organisation:write') ? (
          <ActDialog
            primary
            wide
            label={text('employers.register')}
            title={text('employers.register')}
            fields={fields}
            run={(api, values) => api.employers.registerEmployer.mutate(readEmployer(values))}
            onDone={({ employerId }) => show(String(employerId))}
          />
        ) : null}
      </div>
      <div className="union-columns">
        <GapPanel gap={gap} />
        <RatePanel versions={versions} chosen={chosen} rates={rates} />
      </div>
      <EmployerTable employers={rows} total={total} onOpen={(id) => show(String(id))} />
      {opened !== null && employer === String(opened.view.employer.id) ? (
        <EmployerDialog opened={opened} onClose={() => show(null)} />
      ) : null}
    </>
  )
}
