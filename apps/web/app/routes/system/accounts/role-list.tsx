import { administrators, roles, type Role } from '@gonglian/tenancy/permissions'
import { useText } from '@gonglian/ui'
import { useId, useState } from 'react'
import type { Account } from './account.ts'
import { grantStep, revokeStep, type Step } from './steps.ts'

export type RoleListProps = {
  readonly account: Account
  readonly canChange: boolean
  readonly busy: boolean
  readonly onStep: (step: Step) => void
}

function isAdministrator(role: Role): boolean {
  return administrators.some((kind) => kind === role)
}

/** Roles that may be added: an administrator's role stands alone (三员分立). */
export function listGrantable(held: readonly Role[]): Role[] {
  const free = roles.filter((role) => !held.includes(role))
  if (held.length === 0) return free
  return held.some(isAdministrator) ? [] : free.filter((role) => !isAdministrator(role))
}

/** The roles of an account with what each may do; the security administrator grants and revokes. */
export function RoleList({ account, canChange, busy, onStep }: RoleListProps) {
  const text = useText()
  const id = useId()
  const [chosen, setChosen] = useState<Role | ''>('')
  const grantable = listGrantable(account.roles)
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{text('accounts.roles.title')}</h3>
      {account.roles.length === 0 ? <p className="gl-hint">{text('accounts.roles.none')}</p> : null}
      <ul className="role-list">
        {account.roles.map((role) => (
          <li key={role}>
            <span>
              {text(`bodies.role.${role}`)} <span className="gl-hint">{text(`accounts.may.${role}`)}</span>
            </span>
            {canChange ? (
              <button
                type="button"
                className="gl-link-button"
                disabled={busy}
                aria-label={text('accounts.roles.revokeOf', { role: text(`bodies.role.${role}`) })}
                onClick={() => onStep(revokeStep(account, role, text))}
              >
                {text('accounts.roles.revoke')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {!canChange ? (
        <p className="gl-hint">{text('accounts.roles.bySecadmin')}</p>
      ) : account.status === 'disabled' ? null : grantable.length === 0 ? (
        <p className="gl-hint">{text('accounts.roles.apart')}</p>
      ) : (
        <div className="role-grant">
          <select
            className="gl-input"
            aria-label={text('accounts.roles.grant')}
            value={chosen !== '' && grantable.includes(chosen) ? chosen : ''}
            onChange={(event) => setChosen(roles.find((role) => role === event.target.value) ?? '')}
          >
            <option value="">{text('accounts.roles.choose')}</option>
            {grantable.map((role) => (
              <option key={role} value={role}>
                {text(`bodies.role.${role}`)} — {text(`accounts.may.${role}`)}
              </option>
            ))}
          </select>
          <button
            type="button"
            className="gl-button"
            disabled={busy || chosen === ''}
            onClick={() => {
              if (chosen === '') return
              onStep(grantStep(account, chosen, text))
              setChosen('')
            }}
          >
            {text('accounts.roles.grantButton')}
          </button>
        </div>
      )}
    </section>
  )
}
