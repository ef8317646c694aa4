import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readTyped } from '../day.ts'
import { findUnions } from '../find-union.ts'

/** Opens this year's appraisal of a union. */
export function OpenAppraisal({ union }: { readonly union: { readonly id: number; readonly name: string } | null }) {
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
          kind: 'lines',
          hint: text('appraisals.group.hint'),
          maxLength: 1000,
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
          group: (values['group'] ?? '').split(/[\s,，、;；]+/).filter((name) => name !== ''),
          members: values['members'] ? readTyped(values['members']) : null,
          eligible: readTyped(values['eligible']),
          frontLine: values['frontLine'] ? readTyped(values['frontLine']) : null,
        })
      }
    />
  )
}
