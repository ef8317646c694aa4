import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { mayDo } from '@gonglian/tenancy/permissions'
import { readTableQuery, useLocale, useText } from '@gonglian/ui'
import { ask } from '../../../ask.ts'
import { titlePage } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { readYear } from '../day.ts'
import { Share } from '../share.tsx'
import { YearSteps } from '../year-steps.tsx'
import { ActivityTable } from './activity-table.tsx'
import { GapTable } from './gap-table.tsx'
import { RoomTable } from './room-table.tsx'
import { ScreeningTable } from './screening-table.tsx'
import { toGaps } from './women.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('women.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const read = (id: string) => {
    const query = readTableQuery(searchParams, id)
    return { query, part: { page: query.page, pageSize: query.size } }
  }
  const gapState = read('gaps')
  const year = readYear(args.request)
  const mayFollow = mayDo(args.context.visitor?.roles ?? [], 'member:read')
  return ask(args, async (api) => {
    const [gaps, activities, rooms, screenings, followUps] = await Promise.all([
      api.women.listWomenGaps({ ...toGaps(gapState.query), ...gapState.part }),
      api.women.listWomenActivities({ year, ...read('activities').part }),
      api.women.listNursingRooms(read('rooms').part),
      api.women.listScreenings({ year, ...read('screenings').part }),
      mayFollow ? api.women.listFollowUps({ pageSize: 100 }) : null,
    ])
    return { year, gaps, activities, rooms, screenings, followUps }
  })
}

/** The women’s organisation: where a committee or member is missing, what was done, rooms, screenings. */
export default function WomenPage() {
  const { year, gaps, activities, rooms, screenings, followUps } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const { counts } = gaps
  const count = (value: number) => value.toLocaleString(locale)
  return (
    <div className="register">
      <div className="area-head">
        <div>
          <h1>{text('women.title')}</h1>
          <p className="gl-hint">{text('women.text')}</p>
        </div>
        <YearSteps year={year} />
      </div>
      <div className="shares">
        <Share
          label={text('women.coverage')}
          part={counts.committees + counts.members}
          whole={counts.unions}
          rate={counts.coverage}
          of={text('women.coverage.of')}
        >
          <p className="gl-hint gl-figure-text">
            {text('women.sum', {
              committees: count(counts.committees),
              members: count(counts.members),
              absent: count(counts.absent),
              unions: count(counts.unions),
            })}
          </p>
        </Share>
      </div>
      <section>
        <h2>{text('women.gaps')}</h2>
        <GapTable gaps={gaps} />
      </section>
      <section>
        <h2>{text('women.activities', { year: String(year) })}</h2>
        <ActivityTable activities={activities} />
      </section>
      <section>
        <h2>{text('women.rooms')}</h2>
        <RoomTable rooms={rooms} />
      </section>
      <ScreeningTable screenings={screenings} followUps={followUps} year={year} />
    </div>
  )
}
