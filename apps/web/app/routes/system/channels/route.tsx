import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readTableQuery, useText } from '@gonglian/ui'
import { ask } from '../../../ask.ts'
import { titlePage } from '../../../titles.ts'
import { ChannelPanel, robotKinds } from './channel-panel.tsx'
import { DeliveryTable } from './delivery-table.tsx'

export const meta = titlePage('channels.title')

export async function loader(args: LoaderFunctionArgs) {
  const { page, size } = readTableQuery(new URL(args.request.url).searchParams, 'deliveries')
  return ask(args, async (api) => ({
    channels: (await api.tasks.listChannels()).rows,
    deliveries: await api.tasks.listDeliveries({ page: Math.min(page, 1000), pageSize: size }),
  }))
}

/** Where the body's daily message goes, and what became of it. */
export default function ChannelsPage() {
  const { channels, deliveries } = useLoaderData<typeof loader>()
  const text = useText()
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('channels.title')}</h1>
          <p className="gl-hint">{text('channels.text')}</p>
        </div>
      </div>
      <div className="channels">
        {robotKinds.map((kind) => (
          <ChannelPanel key={kind} kind={kind} channel={channels.find((one) => one.kind === kind) ?? null} />
        ))}
      </div>
      <DeliveryTable {...deliveries} />
    </>
  )
}
