import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readMany } from '../../../act-values.ts'
import { nameColleague, type Colleague } from '../colleagues.ts'
import { readTyped } from '../day.ts'
import { findUnions } from '../find-union.ts'

/** Opens this year's appraisal of a union. */
export function OpenAppraisal({
  union,
  candidates,
}: {
  readonly union: { readonly id: number; readonly name: string } | null
  /** Whom the working group is picked from. */
  readonly candidates: readonly Colleague[]
}) {
  const text = useText()
  return (
    <ActDialog
      primary={union === null}
      quiet={union !== null}
      label={text('appraisals.open')}
      title={union === null ? text('appraisals.open') : text('appraisals.open.title', { name: union.name })}
      text={text('appraisals.open.text')}
      fields={[
        ...(union === null
          ? [{ name: 'unionId', label: text('registers.union'), kind: 'find', find: findUnions } as const]
          : []),
        { name: 'closesOn', label: text('appraisals.closesOn'), kind: 'date' },
        {
          name: 'group',
          label: text('appraisals.group'),
          kind: 'many',
          hint: text('appraisals.group.hint'),
          options: candidates.map(nameColleague),
        },
        {
          name: 'members',
          label: text('appraisals.members'),
          kind: 'number',
          optional: true,
          hint: text('appraisals.members.hint'),
        },
        {
          name: 'eligible',
          label: text('appraisals.eligible'),
          kind: 'number',
          hint: text('appraisals.eligible.hint'),
        },
        {
          name: 'frontLine',
          label: text('appraisals.frontLine'),
          kind: 'number',
          optional: true,
          when: ({ members = '', eligible = '' }) => members === '' || Number(eligible) < Number(members),
        },
      ]}
      run={(api, values) =>
        api.appraisals.openAppraisal.mutate({
          unionId: union?.id ?? readTyped(values['unionId']),
          closesOn: values['closesOn'] ?? '',
          group: readMany(values['group']),
          members: values['members'] ? readTyped(values['members']) : null,
          eligible: readTyped(values['eligible']),
          frontLine: values['frontLine'] ? readTyped(values['frontLine']) : null,
        })
      }
    />
  )
}
