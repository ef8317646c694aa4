import type { RouterOutputs } from '@gonglian/api'
import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useMay } from '../../../may.ts'
import type { Member } from '../members/member.ts'

export type OpenedFields = {
  /** Whose they are: gone with the page of this member. */
  readonly of: number
  readonly fields: RouterOutputs['members']['openMember']
}

export type OpenDialogProps = {
  readonly member: Member
  readonly fields: readonly ('idNumber' | 'mobile' | 'birth')[]
  readonly onOpened: (opened: OpenedFields) => void
}

/** Shows masked fields, after a reason that stands beside them for the body to read. */
export function OpenDialog({ member, fields, onOpened }: OpenDialogProps) {
  const text = useText()
  const may = useMay()
  if (!may('member:open') || (member.idNumber === null && member.mobile === null)) return null
  return (
    <ActDialog
      label={text('members.open')}
      title={text('members.open.title', { name: member.name })}
      text={text('members.open.text')}
      fields={[
        ...fields.map((name) => ({
          name,
          label: text(`members.${name}`),
          kind: 'check' as const,
          initial: name === 'idNumber' ? 'yes' : '',
        })),
        { name: 'reason', label: text('members.open.reason'), kind: 'lines', maxLength: 200 },
      ]}
      run={(api, values) =>
        api.members.openMember.mutate({
          memberId: member.id,
          fields: fields.filter((name) => values[name] === 'yes'),
          reason: values['reason'] ?? '',
        })
      }
      onDone={(opened) => onOpened({ of: member.id, fields: opened })}
    />
  )
}
