import { DataTable, EmptyState, formatDateTime, roleNames, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useTableQuery } from '../../../address.ts'
import { exportsOf } from '../../../table-export.ts'
import { accountStates, isLocked, type Account } from './account.ts'

export type AccountTableProps = {
  readonly accounts: readonly Account[]
  readonly total: number
  readonly now: Date
  readonly onOpen: (username: string) => void
}

/** Searched, filtered, sorted and paged by the server. */
export function AccountTable({ accounts, total, now, onOpen }: AccountTableProps) {
  const text = useText()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('accounts', { sort: 'username' })
  const columns: readonly DataColumn<Account>[] = [
    {
      key: 'username',
      title: text('accounts.username'),
      sortable: true,
      render: ({ username }) => (
        <button
          type="button"
          className="gl-link-button"
          aria-label={text('accounts.open', { username })}
          onClick={() => onOpen(username)}
        >
          {username}
        </button>
      ),
    },
    { key: 'name', title: text('accounts.name'), sortable: true, render: ({ displayName }) => displayName },
    {
      key: 'roles',
      title: text('accounts.roles'),
      filters: roleNames.map((role) => ({ value: role, label: text(`bodies.role.${role}`) })),
      render: ({ roles }) =>
        roles.length === 0 ? (
          <span className="gl-hint">{text('accounts.roles.none')}</span>
        ) : (
          roles.map((role) => text(`bodies.role.${role}`)).join(' · ')
        ),
    },
    {
      key: 'status',
      title: text('accounts.status'),
      sortable: true,
      filters: accountStates.map((state) => ({ value: state, label: text(`accounts.status.${state}`) })),
      render: (account) => <AccountState account={account} now={now} />,
    },
    {
      key: 'seen',
      title: text('accounts.seen'),
      sortable: true,
      render: ({ lastSeenAt }) => (lastSeenAt === null ? '—' : formatDateTime(lastSeenAt)),
    },
    {
      key: 'sessions',
      title: text('accounts.sessions'),
      render: ({ openSessions }) =>
        openSessions === 0 ? '—' : text('accounts.sessions.count', { count: openSessions }),
    },
    {
      key: 'created',
      title: text('accounts.created'),
      sortable: true,
      render: ({ createdAt }) => formatDateTime(createdAt),
    },
  ]
  return (
    <DataTable
      label={text('accounts.title')}
      rows={accounts}
      rowKey={({ username }) => username}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={total}
      exports={exportsOf('/system/accounts/export.csv', params)}
      onOpen={({ username }) => onOpen(username)}
      empty={<EmptyState title={text('accounts.empty')} />}
    />
  )
}

/** The state with a sign and a word; a lockout and a first password beside it. */
export function AccountState({ account, now }: { readonly account: Account; readonly now: Date }) {
  const text = useText()
  const { status, lockedUntil } = account
  return (
    <span className={`account-state account-${status}`}>
      {text(`accounts.status.${status}`)}
      {isLocked(account, now) && lockedUntil ? (
        <span className="gl-error-text" title={text('accounts.locked', { time: formatDateTime(lockedUntil) })}>
          {text('accounts.lockedShort')}
        </span>
      ) : null}
    </span>
  )
}
