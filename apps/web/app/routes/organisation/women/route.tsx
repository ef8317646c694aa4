import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import {
  activityView,
  closeRoomForm,
  openRoomForm,
  recordActivityForm,
  roomView,
} from '@gonglian/organisation/declared'
import { readListAddress } from '@gonglian/records/declared'
import { readTableQuery, useLocale, useText } from '@gonglian/ui'
import { ask } from '../../../ask.ts'
import { BodyFilter } from '../../../body-filter.tsx'
import { CommandDialog } from '../../../records/command-dialog.tsx'
import { ListSection } from '../../../records/list-page.tsx'
import { useMay } from '../../../may.ts'
import { titlePage } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { findUnions } from '../finders.ts'
import { Share } from '../share.tsx'
import { GapTable } from './gap-table.tsx'
import { toGaps } from './women.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('women.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'gaps')
  return ask(args, async (api) => {
    const [gaps, activities, rooms] = await Promise.all([
      api.women.listWomenGaps({ ...toGaps(query, searchParams), page: query.page, pageSize: query.size }),
      api.womenActivities.listActivities(readListAddress(activityView, searchParams)),
      api.nursingRooms.listRooms(readListAddress(roomView, searchParams)),
    ])
    return { gaps, activities, rooms, bodyId: args.context.visitor?.tenantId ?? 0 }
  })
}

/** The women’s organisation: where a committee or member is missing, what was done, rooms. */
export default function WomenPage() {
  const { gaps, activities, rooms, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const writes = useMay()('organisation:write')
  const finders = { unions: findUnions(bodyId) }
  const { counts } = gaps
  const count = (value: number) => value.toLocaleString(locale)
  return (
    <div className="register">
      <div className="area-head">
        <div>
          <h1>{text('women.title')}</h1>
          <p className="gl-hint">{text('women.text')}</p>
        </div>
        <BodyFilter table={['gaps', activityView.noun, roomView.noun]} />
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
      <ListSection
        view={activityView}
        page={activities}
        isNarrowed
        act={<CommandDialog form={recordActivityForm} finders={finders} />}
      />
      <ListSection
        view={roomView}
        page={rooms}
        isNarrowed
        act={<CommandDialog form={openRoomForm} finders={finders} />}
        acts={
          writes
            ? ({ id, version, tenantId, closedOn, place }) =>
                tenantId === bodyId && closedOn === null ? (
                  <CommandDialog
                    quiet
                    form={closeRoomForm}
                    title={text('nursingRooms.closeRoom.title', { place: place ?? '' })}
                    given={{ roomId: id, version }}
                  />
                ) : null
            : undefined
        }
      />
    </div>
  )
}
