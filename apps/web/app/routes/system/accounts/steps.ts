import type { Permission, Role } from '@gonglian/tenancy/permissions'
import type { Translate } from '@gonglian/ui/messages'
import type { Api } from '../../../act.ts'
import { isLocked, type Account } from './account.ts'
import type { Slip } from './slip-dialog.tsx'

export type StepResult = { readonly text: string; readonly slip?: Slip; readonly undo?: Step }

/** Something an administrator may do with an account: what the button says, what is asked before, what is done. */
export type Step = {
  readonly key: string
  readonly label: string
  /** Null: nothing is lost by a slip, so nothing is asked. */
  readonly question: string | null
  readonly run: (api: Api) => Promise<StepResult>
}

/** What the reader may do with the account now. Roles are granted and revoked apart from these. */
export function listSteps(
  account: Account,
  may: (permission: Permission) => boolean,
  now: Date,
  text: Translate,
): Step[] {
  const { username, displayName: name, status, openSessions: count } = account
  const steps: (Step | false)[] = [
    may('role:grant') &&
      status === 'waiting' &&
      account.roles.length > 0 && {
        key: 'confirm',
        label: text('accounts.confirm'),
        question: text('accounts.confirm.text'),
        run: async (api) => {
          await api.accounts.confirmAccount.mutate({ username })
          return { text: text('accounts.done.confirm', { username }) }
        },
      },
    may('account:unlock') &&
      isLocked(account, now) && {
        key: 'unlock',
        label: text('accounts.unlock'),
        question: null,
        run: async (api) => {
          await api.accounts.unlockAccount.mutate({ username })
          return { text: text('accounts.done.unlock', { username }) }
        },
      },
    may('account:disable') && status === 'disabled' && enableStep(account, text),
    may('role:grant') &&
      account.request !== null &&
      account.roles.length > 0 && {
        key: 'confirmRequest',
        label: text('accounts.agree'),
        question: text(account.request.purpose === 'factor' ? 'accounts.agree.factor' : 'accounts.agree.text', {
          username,
          name,
          by: account.request.by,
        }),
        run: async (api) => {
          const { path } = await api.accounts.confirmRequest.mutate({ username })
          return path === null
            ? { text: text('accounts.done.factor', { username }) }
            : {
                text: text('accounts.done.agree', { username }),
                slip: { username, kind: 'link', value: new URL(path, location.origin).href },
              }
        },
      },
    may('account:create') &&
      status !== 'disabled' && {
        key: 'reset',
        label: text('accounts.reset'),
        question: text('accounts.reset.text', { username, name }),
        run: async (api) => {
          const { code } = await api.accounts.requestPasswordReset.mutate({ username })
          return { text: text('accounts.done.request', { username }), slip: { username, kind: 'code', value: code } }
        },
      },
    may('account:create') &&
      account.hasFactor &&
      status !== 'disabled' && {
        key: 'resetFactor',
        label: text('accounts.resetFactor'),
        question: text('accounts.resetFactor.text', { username, name }),
        run: async (api) => {
          await api.accounts.requestFactorReset.mutate({ username })
          return { text: text('accounts.done.request', { username }) }
        },
      },
    may('account:create') &&
      status !== 'disabled' &&
      !account.isProposedLeader &&
      !account.roles.includes('leader') && {
        key: 'proposeLeader',
        label: text('accounts.proposeLeader'),
        question: text('accounts.proposeLeader.text', { username, name }),
        run: async (api) => {
          await api.accounts.proposeLeader.mutate({ username })
          return { text: text('accounts.done.proposeLeader', { username }) }
        },
      },
    may('session:end') &&
      count > 0 && {
        key: 'endSessions',
        label: text('accounts.endSessions'),
        question: text('accounts.endSessions.text', { username, name, count }),
        run: async (api) => {
          const ended = await api.accounts.endAccountSessions.mutate({ username })
          return { text: text('accounts.ended', { count: ended }) }
        },
      },
    may('account:disable') &&
      status !== 'disabled' && {
        key: 'disable',
        label: text('accounts.disable'),
        question: text('accounts.disable.text', { username, name }),
        run: async (api) => {
          await api.accounts.disableAccount.mutate({ username })
          return {
            text: text('accounts.done.disable', { username }),
            undo: { ...enableStep(account, text), label: text('accounts.undo.disable') },
          }
        },
      },
  ]
  return steps.filter((step) => step !== false)
}

function enableStep({ username }: Account, text: Translate): Step {
  return {
    key: 'enable',
    label: text('accounts.enable'),
    question: text('accounts.enable.text', { username }),
    run: async (api) => {
      await api.accounts.enableAccount.mutate({ username })
      return { text: text('accounts.done.enable', { username }) }
    },
  }
}

export function grantStep({ username }: Account, role: Role, text: Translate): Step {
  const words = { username, role: text(`bodies.role.${role}`) }
  return {
    key: 'grant',
    label: text('accounts.roles.grantButton'),
    question: null,
    run: async (api) => {
      await api.accounts.grantRole.mutate({ username, role })
      return { text: text('accounts.done.grant', words) }
    },
  }
}

export function revokeStep(account: Account, role: Role, text: Translate): Step {
  const { username, displayName: name } = account
  const words = { username, role: text(`bodies.role.${role}`) }
  return {
    key: `revoke-${role}`,
    label: text('accounts.roles.revoke'),
    question: text('accounts.roles.revoke.text', { ...words, name }),
    run: async (api) => {
      await api.accounts.revokeRole.mutate({ username, role })
      return {
        text: text('accounts.done.revoke', words),
        undo: { ...grantStep(account, role, text), label: text('accounts.undo.revoke') },
      }
    },
  }
}
