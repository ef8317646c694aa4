import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import type { RouterOutputs } from '@gonglian/api'
import { DataTable, formatDateTime, useText, type DataColumn } from '@gonglian/ui'
import { useState } from 'react'
import { useAct } from '../../act.ts'
import { useTableQuery } from '../../address.ts'
import { ask } from '../../ask.ts'
import areaStyles from '../../styles/area.css?url'
import systemStyles from '../../styles/system.css?url'
import { titlePage } from '../../titles.ts'
import { DoneNotice, RefusalNotice } from '../system/notice.tsx'
import { nameDevice } from './device.ts'

type Session = RouterOutputs['session']['listSessions'][number]

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: areaStyles },
  { rel: 'stylesheet', href: systemStyles },
]
export const meta = titlePage('sessions.title')

export async function loader(args: LoaderFunctionArgs) {
  return ask(args, async (api) => ({
    sessions: await api.session.listSessions(),
    here: args.context.visitor?.sessionHandle ?? '',
  }))
}

/** Where one's own account is signed in. */
export default function SessionsPage() {
  const { sessions, here } = useLoaderData<typeof loader>()
  const text = useText()
  const { act, busy, refusal } = useAct()
  const [query, setQuery] = useTableQuery('sessions')
  const [ended, setEnded] = useState<string | null>(null)
  const name = ({ agent }: Session) => nameDevice(agent) ?? text('sessions.device.unknown')
  const end = async (session: Session) => {
    const outcome = await act((api) => api.session.endSession.mutate({ handle: session.handle }))
    if (outcome?.ok) setEnded(text('sessions.ended', { device: name(session) }))
  }
  const columns: readonly DataColumn<Session>[] = [
    {
      key: 'device',
      title: text('sessions.device'),
      value: name,
      render: (session) => (
        <span title={session.agent}>
          {name(session)}{' '}
          {session.handle === here ? <span className="frame-level">{text('sessions.this')}</span> : null}
        </span>
      ),
    },
    { key: 'address', title: text('sessions.address'), value: ({ address }) => address || null },
    { key: 'since', title: text('sessions.since'), value: ({ createdAt }) => formatDateTime(createdAt) },
    { key: 'seen', title: text('sessions.seen'), value: ({ seenAt }) => formatDateTime(seenAt) },
    { key: 'until', title: text('sessions.until'), value: ({ expiresAt }) => formatDateTime(expiresAt) },
    {
      key: 'end',
      title: text('tables.actions'),
      render: (session) =>
        session.handle === here ? null : (
          <button
            type="button"
            className="gl-link-button"
            disabled={busy}
            aria-label={text('sessions.endOf', { device: name(session) })}
            onClick={() => void end(session)}
          >
            {text('sessions.end')}
          </button>
        ),
    },
  ]
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('sessions.title')}</h1>
          <p className="gl-hint">{text('sessions.text')}</p>
        </div>
        <Form method="post" action="/sign-out" reloadDocument>
          <button type="submit" className="gl-button" name="everywhere" value="1">
            {text('frame.signOutEverywhere')}
          </button>
        </Form>
      </div>
      <DoneNotice text={ended} />
      <RefusalNotice message={refusal?.message ?? null} />
      <DataTable
        label={text('sessions.title')}
        rows={sessions}
        rowKey={({ handle }) => handle}
        columns={columns}
        query={query}
        onQuery={setQuery}
        hideSearch
      />
    </>
  )
}
