import { Dialog, formatDateTime, useText } from '@gonglian/ui'
import { useState } from 'react'
import { useAct } from '../../../act.ts'
import { useFrame } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { ConfirmDialog } from '../confirm-dialog.tsx'
import { RefusalNotice } from '../notice.tsx'
import { isLocked, type Account } from './account.ts'
import { AccountState } from './account-table.tsx'
import type { Done } from './done.ts'
import type { Slip } from './slip-dialog.tsx'
import { RoleList } from './role-list.tsx'
import { listSteps, type Step } from './steps.ts'
import { UndoButton } from './undo-button.tsx'

export type AccountPanelProps = {
  readonly account: Account | null
  readonly now: Date
  readonly onClose: () => void
  readonly onDone: (done: Done) => void
  readonly onSlip: (slip: Slip) => void
}

/** One account: how it stands, its roles, and what this administrator may do with it. */
export function AccountPanel({ account, now, onClose, onDone, onSlip }: AccountPanelProps) {
  const text = useText()
  const may = useMay()
  const isOwn = useFrame().person.username === account?.username
  const { act, busy, refusal, clear } = useAct()
  const [asking, setAsking] = useState<Step | null>(null)

  const take = async (step: Step) => {
    const outcome = await act(step.run)
    if (!outcome?.ok) return
    const { slip, undo } = outcome.value
    setAsking(null)
    onDone({ text: outcome.value.text, ...(undo ? { undo: <UndoButton step={undo} onDone={onDone} /> } : {}) })
    if (slip) onSlip(slip)
  }
  const begin = (step: Step) => {
    clear()
    if (step.question === null) void take(step)
    else setAsking(step)
  }
  const steps = account && !isOwn ? listSteps(account, may, now, text) : []
  return (
    <>
      <Dialog open={account !== null} onClose={onClose} place="side" title={account?.username ?? ''}>
        {account ? (
          <div className="account-panel">
            <Facts account={account} now={now} />
            {isOwn ? <p className="gl-hint">{text('accounts.own')}</p> : null}
            <RoleList
              key={account.username}
              account={account}
              canChange={may('role:grant') && !isOwn}
              busy={busy}
              onStep={begin}
            />
            {asking ? null : <RefusalNotice message={refusal?.message ?? null} />}
            {steps.length === 0 ? null : (
              <div className="account-steps">
                {steps.map((step) => (
                  <button
                    key={step.key}
                    type="button"
                    className={step.key === 'confirm' ? 'gl-button gl-button-main' : 'gl-button'}
                    disabled={busy}
                    onClick={() => begin(step)}
                  >
                    {step.label}
                  </button>
                ))}
              </div>
            )}
          </div>
        ) : null}
      </Dialog>
      <ConfirmDialog
        open={asking !== null}
        title={asking?.label ?? ''}
        question={asking?.question ?? ''}
        busy={busy}
        refusal={refusal?.message ?? null}
        onConfirm={() => {
          if (asking) void take(asking)
        }}
        onClose={() => {
          clear()
          setAsking(null)
        }}
      />
    </>
  )
}

function Facts({ account, now }: { readonly account: Account; readonly now: Date }) {
  const text = useText()
  const { displayName, mustChangePassword, lockedUntil, lastSeenAt, openSessions, createdAt } = account
  return (
    <dl className="facts">
      <dt>{text('accounts.name')}</dt>
      <dd>{displayName}</dd>
      <dt>{text('accounts.status')}</dt>
      <dd>
        <AccountState account={account} now={now} />
        {isLocked(account, now) && lockedUntil ? (
          <span className="gl-hint">{text('accounts.locked', { time: formatDateTime(lockedUntil) })}</span>
        ) : null}
        {account.request ? (
          <span className="gl-hint">
            {text(account.request.purpose === 'factor' ? 'accounts.request.factor' : 'accounts.request.password', {
              by: account.request.by,
            })}
          </span>
        ) : null}
        {account.isProposedLeader ? <span className="gl-hint">{text('accounts.proposedLeader')}</span> : null}
        {mustChangePassword ? <span className="gl-hint">{text('accounts.mustChange')}</span> : null}
      </dd>
      <dt>{text('factor.title')}</dt>
      <dd>{text(account.hasFactor ? 'accounts.factor.yes' : 'accounts.factor.no')}</dd>
      <dt>{text('accounts.seen')}</dt>
      <dd>{lastSeenAt === null ? text('accounts.seen.never') : formatDateTime(lastSeenAt)}</dd>
      <dt>{text('accounts.sessions')}</dt>
      <dd>{text('accounts.sessions.count', { count: openSessions })}</dd>
      <dt>{text('accounts.created')}</dt>
      <dd>{formatDateTime(createdAt)}</dd>
    </dl>
  )
}
