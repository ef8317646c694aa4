import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRevalidator } from '@remix-run/react'
import { formatTime, useText } from '@gonglian/ui'
import { useEffect, useState } from 'react'
import { ask } from '../../../ask.ts'
import { titlePage } from '../../../titles.ts'
import { DoneNotice } from '../notice.tsx'
import { FailedJobs } from './failed-jobs.tsx'
import { QueueCounts } from './queue-counts.tsx'

export const meta = titlePage('queue.title')

export async function loader(args: LoaderFunctionArgs) {
  return ask(args, async (api) => ({ ...(await api.queue.readQueue()), now: args.context.now }))
}

const everySeconds = 10

/** How the work in the background goes, over all bodies: for the administrator of the body at the top. */
export default function QueuePage() {
  const { counts, failed, workers, backlog, now } = useLoaderData<typeof loader>()
  const text = useText()
  const { revalidate, state } = useRevalidator()
  const [retried, setRetried] = useState<string | null>(null)
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') revalidate()
    }, everySeconds * 1000)
    return () => clearInterval(timer)
  }, [revalidate])
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('queue.title')}</h1>
          <p className="gl-hint">{text('queue.asOf', { time: formatTime(now), seconds: everySeconds })}</p>
        </div>
        <button type="button" className="gl-button" disabled={state !== 'idle'} onClick={revalidate}>
          {text('queue.refresh')}
        </button>
      </div>
      <QueueCounts counts={counts} workers={workers} backlog={backlog} now={now} />
      <DoneNotice text={retried === null ? null : text('queue.retried', { id: retried })} />
      <FailedJobs jobs={failed} onRetried={setRetried} />
    </>
  )
}
