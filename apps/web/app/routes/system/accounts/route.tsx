import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readTableQuery, useText } from '@gonglian/ui'
import { useState } from 'react'
import { useFrame, useOpened } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { titlePage } from '../../../titles.ts'
import { DoneNotice } from '../notice.tsx'
import { toAccountFilter } from './account.ts'
import { AccountPanel } from './account-panel.tsx'
import { AccountTable } from './account-table.tsx'
import { CreateDialog } from './create-dialog.tsx'
import { SignInRule } from './sign-in-rule.tsx'
import { SlipDialog, type Slip } from './slip-dialog.tsx'
import type { Done } from './done.ts'

export const meta = titlePage('accounts.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'accounts')
  const wanted = searchParams.get('account')
  return ask(args, async (api) => {
    const list = await api.accounts.listAccounts({
      ...toAccountFilter(query),
      page: Math.min(query.page, 10_000),
      pageSize: query.size,
    })
    const shown = list.accounts.find(({ username }) => username === wanted)
    // An address that somebody was sent may name an account on another page of the list.
    const found =
      wanted === null || shown
        ? []
        : (await api.accounts.listAccounts({ search: wanted.slice(0, 60), pageSize: 200 })).accounts
    return {
      ...list,
      open: shown ?? found.find(({ username }) => username === wanted) ?? null,
      now: args.context.now,
      rule: await api.accounts.readSignInRule(),
    }
  })
}

/** Accounts of the own body: made by the one administrator, given effect by the other. */
export default function AccountsPage() {
  const { accounts, total, open, now, rule } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  const { body, person } = useFrame()
  const [opened, show] = useOpened('account')
  const account = accounts.find(({ username }) => username === opened) ?? (open?.username === opened ? open : null)
  const [creating, setCreating] = useState(false)
  const [slip, setSlip] = useState<Slip | null>(null)
  const [done, setDone] = useState<Done | null>(null)
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('accounts.title')}</h1>
          {person.roles.map((role) =>
            role === 'sysadmin' || role === 'secadmin' ? <p key={role}>{text(`accounts.duty.${role}`)}</p> : null,
          )}
          <p className="gl-hint">{text('accounts.apart')}</p>
          <SignInRule rule={rule} />
        </div>
        {may('account:create') ? (
          <button type="button" className="gl-button gl-button-main" onClick={() => setCreating(true)}>
            {text('accounts.create')}
          </button>
        ) : null}
      </div>
      <DoneNotice text={done?.text ?? null}>{done?.undo ?? null}</DoneNotice>
      <AccountTable accounts={accounts} total={total} now={now} onOpen={show} />
      <AccountPanel account={account} now={now} onClose={() => show(null)} onDone={setDone} onSlip={setSlip} />
      <CreateDialog
        open={creating}
        prefix={`${body.code.toLowerCase()}-`}
        onClose={() => setCreating(false)}
        onCreated={(made) => {
          setCreating(false)
          setSlip({ username: made.username, kind: 'code', value: made.code })
          setDone({ text: text('accounts.done.create', { username: made.username }) })
        }}
      />
      <SlipDialog slip={slip} onClose={() => setSlip(null)} />
    </>
  )
}
