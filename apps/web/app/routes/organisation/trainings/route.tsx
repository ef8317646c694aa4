import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readTableQuery, useText } from '@gonglian/ui'
import { ask } from '../../../ask.ts'
import { titlePage } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { toTrainings } from '../cadres/cadre.ts'
import { readYear } from '../day.ts'
import { Share } from '../share.tsx'
import { YearSteps } from '../../../year-steps.tsx'
import { TrainingTable } from './training-table.tsx'
import { UntrainedTable } from './untrained-table.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('cadres.trainings')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const trainingQuery = readTableQuery(searchParams, 'trainings')
  const chairQuery = readTableQuery(searchParams, 'chairs')
  const year = readYear(args)
  return ask(args, async (api) => {
    const [trainings, chairs] = await Promise.all([
      api.cadres.listTrainings({
        ...toTrainings(trainingQuery, year),
        page: trainingQuery.page,
        pageSize: trainingQuery.size,
      }),
      api.cadres.listUntrainedChairs({ page: chairQuery.page, pageSize: chairQuery.size }),
    ])
    return { year, trainings, chairs }
  })
}

/** Trainings of a year, planned and held, and the new chairs who still need theirs. */
export default function TrainingsPage() {
  const { year, trainings, chairs } = useLoaderData<typeof loader>()
  const text = useText()
  return (
    <div className="register">
      <div className="area-head">
        <div>
          <h1>{text('cadres.trainings')}</h1>
          <p className="gl-hint">{text('cadres.trainings.text')}</p>
        </div>
        <YearSteps year={year} />
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
      <section>
        <h2>{text('cadres.trainings')}</h2>
        <TrainingTable trainings={trainings} />
      </section>
      <section>
        <h2>{text('cadres.untrained')}</h2>
        <UntrainedTable chairs={chairs} />
      </section>
    </div>
  )
}
