import type { RouterOutputs } from '@gonglian/api'
import { roleNames, useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readMany } from '../../../act-values.ts'
import { useMay } from '../../../may.ts'

type Rule = RouterOutputs['accounts']['readSignInRule']

/** What signing in asks for in this body and below, and the dialog by which the security administrator changes it. */
export function SignInRule({ rule }: { readonly rule: Rule }) {
  const text = useText()
  const may = useMay()
  const list = rule.factorRoles.map((role) => text(`bodies.role.${role}`)).join(text('notices.and'))
  return (
    <p className="gl-hint">
      {text('signInRule.text', {
        roles:
          list === ''
            ? text('signInRule.administrators')
            : `${text('signInRule.administrators')}${text('notices.and')}${list}`,
        days:
          rule.passwordDays === null ? text('signInRule.noEnd') : text('signInRule.days', { count: rule.passwordDays }),
        sessions: rule.sessions,
      })}{' '}
      {may('role:grant') ? (
        <ActDialog
          quiet
          label={text('signInRule.set')}
          title={text('signInRule.set')}
          text={text('signInRule.about')}
          fields={[
            { name: 'validFrom', label: text('signInRule.validFrom'), kind: 'date' },
            {
              name: 'factorRoles',
              label: text('signInRule.factorRoles'),
              kind: 'many',
              options: roleNames.map((role) => ({ value: role, label: text(`bodies.role.${role}`) })),
              initial: rule.factorRoles.join(','),
              optional: true,
            },
            {
              name: 'passwordDays',
              label: text('signInRule.passwordDays'),
              kind: 'number',
              initial: rule.passwordDays === null ? '' : String(rule.passwordDays),
              optional: true,
            },
            { name: 'sessions', label: text('signInRule.sessions'), kind: 'number', initial: String(rule.sessions) },
            { name: 'source', label: text('signInRule.source'), kind: 'text', initial: '', maxLength: 300 },
          ]}
          run={(api, values) =>
            api.accounts.setSignInRule.mutate({
              validFrom: values['validFrom'] ?? '',
              factorRoles: roleNames.filter((role) => readMany(values['factorRoles']).includes(role)),
              passwordDays: values['passwordDays'] ? Number(values['passwordDays']) : null,
              sessions: Number(values['sessions']),
              source: values['source'] ?? '',
            })
          }
        />
      ) : null}
    </p>
  )
}
