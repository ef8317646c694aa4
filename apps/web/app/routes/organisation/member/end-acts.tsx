import { useText } from '@gonglian/ui'
import { ActDialog, type ActField } from '../../../act-dialog.tsx'
import { useMay } from '../../../may.ts'
import type { Member } from '../members/member.ts'

/** The ends of a membership: of one's own will, by expulsion, by death. */
export function EndActs({ member }: { readonly member: Member }) {
  const text = useText()
  const may = useMay()
  const seen = { memberId: member.id, version: member.version }
  const on: ActField = { name: 'on', label: text('members.left'), kind: 'date', initial: 'today' }
  const applied = member.state === 'applied'
  const treated = (values: Readonly<Record<string, string>>) => values['how'] === 'treated_as_left'
  return (
    <>
      {may('member:write') ? (
        <ActDialog
          label={text(applied ? 'members.leave.application' : 'members.leave')}
          title={text(applied ? 'members.leave.application.title' : 'members.leave.title', { name: member.name })}
          fields={[
            ...(member.state === 'active'
              ? [
                  {
                    name: 'how',
                    label: text('members.leave.how'),
                    kind: 'choice' as const,
                    initial: 'own_wish',
                    options: (['own_wish', 'treated_as_left'] as const).map((how) => ({
                      value: how,
                      label: text(`members.leave.${how}`),
                    })),
                  },
                  {
                    name: 'unpaidSince',
                    label: text('members.leave.unpaidSince'),
                    kind: 'date' as const,
                    when: treated,
                  },
                  {
                    name: 'admonishedOn',
                    label: text('members.leave.admonishedOn'),
                    kind: 'date' as const,
                    when: treated,
                  },
                ]
              : []),
            on,
            { name: 'reason', label: text('members.reason'), kind: 'lines', maxLength: 200, optional: true },
          ]}
          run={(api, values) =>
            api.members.leaveMember.mutate({
              ...seen,
              on: values['on'] ?? '',
              how: treated(values) ? 'treated_as_left' : 'own_wish',
              ...(values['unpaidSince'] ? { unpaidSince: values['unpaidSince'] } : {}),
              ...(values['admonishedOn'] ? { admonishedOn: values['admonishedOn'] } : {}),
              reason: values['reason'] ?? '',
            })
          }
        />
      ) : null}
      {may('organisation:approve') && !applied ? (
        <ActDialog
          label={text('members.expel')}
          title={text('members.expel.title', { name: member.name })}
          text={text('members.expel.text')}
          fields={[
            { name: 'groupDiscussedOn', label: text('members.expel.group'), kind: 'date' },
            { name: 'committeeDecidedOn', label: text('members.expel.committee'), kind: 'date' },
            { ...on, label: text('members.expel.on') },
            { name: 'reason', label: text('members.reason'), kind: 'lines', maxLength: 200 },
          ]}
          run={(api, values) =>
            api.members.expelMember.mutate({
              ...seen,
              groupDiscussedOn: values['groupDiscussedOn'] ?? '',
              committeeDecidedOn: values['committeeDecidedOn'] ?? '',
              on: values['on'] ?? '',
              reason: values['reason'] ?? '',
            })
          }
        />
      ) : null}
      {may('member:write') && !applied ? (
        <ActDialog
          label={text('members.death')}
          title={text('members.death.title', { name: member.name })}
          fields={[{ ...on, label: text('members.death.on') }]}
          run={(api, values) => api.members.recordDeath.mutate({ ...seen, on: values['on'] ?? '' })}
        />
      ) : null}
    </>
  )
}
