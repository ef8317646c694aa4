import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useNavigate } from '@remix-run/react'
import { planTrainingForm, trainingView } from '@gonglian/organisation/declared'
import { readListAddress } from '@gonglian/records/declared'
import { readTableQuery, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BodyFilter, readBody } from '../../../body-filter.tsx'
import { useMay } from '../../../may.ts'
import { CommandDialog } from '../../../records/command-dialog.tsx'
import { ListSection } from '../../../records/list-page.tsx'
import { titlePage } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { Share } from '../share.tsx'
import { CancelTraining } from './cancel-training.tsx'
import { UntrainedTable } from './untrained-table.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('cadres.trainings')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const chairQuery = readTableQuery(searchParams, 'chairs')
  return ask(args, async (api) => {
    const [trainings, chairs] = await Promise.all([
      api.trainings.listTrainings(readListAddress(trainingView, searchParams)),
      api.cadres.listUntrainedChairs({
        ...readBody(searchParams),
        page: chairQuery.page,
        pageSize: chairQuery.size,
      }),
    ])
    return { trainings, chairs, bodyId: args.context.visitor?.tenantId ?? 0 }
  })
}

/** Trainings of a year, planned and held, and the new chairs who still need theirs. */
export default function TrainingsPage() {
  const { trainings, chairs, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const writes = useMay()('organisation:write')
  const pageOf = (id: number) => `/organisation/cadres/trainings/${id}`
  return (
    <div className="register">
      <div className="area-head">
        <div>
          <h1>{text('cadres.trainings')}</h1>
          <p className="gl-hint">{text('cadres.trainings.text')}</p>
        </div>
        <BodyFilter table={[trainingView.noun, 'chairs']} />
      </div>
      <div className="shares">
        <Share
          label={text('cadres.compliance')}
          part={chairs.trained}
          whole={chairs.chairs}
          rate={chairs.complianceRate}
          of={text('cadres.compliance.of')}
        />
      </div>
      <ListSection
        view={trainingView}
        page={trainings}
        isNarrowed
        act={<CommandDialog form={planTrainingForm} />}
        links={{ name: ({ id }) => pageOf(id) }}
        onOpen={({ id }) => navigate(keep(pageOf(id)))}
        acts={
          writes
            ? ({ id, version, tenantId, state, name }) =>
                tenantId === bodyId && state === 'planned' ? (
                  <CancelTraining id={id} version={version} name={name ?? ''} />
                ) : null
            : undefined
        }
      />
      <section>
        <h2>{text('cadres.untrained')}</h2>
        <UntrainedTable chairs={chairs} />
      </section>
    </div>
  )
}
