import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { NextSteps, type NextStep } from '../../../records/next-steps.tsx'
import type { Member } from '../members/member.ts'

export type MemberStepsProps = {
  readonly member: Member
  readonly steps: readonly NextStep[]
}

/** What the membership waits for, with its acts. What is missing is added with the button above: whoever types is not interrupted when somebody else completes it. */
export function MemberSteps({ member, steps }: MemberStepsProps) {
  const text = useText()
  const parts = member.missing.map((part) => text(`members.part.${part}`)).join(text('members.and'))
  return (
    <NextSteps
      steps={steps}
      sayings={{ 'members.next.complete': text('members.missing.say', { parts }) }}
      acts={{
        'members.next.approve': <ApproveAct member={member} />,
        'members.next.card': <IssueCardAct member={member} />,
        'members.next.reemploy': <ReemployAct member={member} />,
      }}
    />
  )
}

type ActProps = { readonly member: Member }

function ApproveAct({ member }: ActProps) {
  const text = useText()
  return (
    <ActDialog
      primary
      label={text('members.approve')}
      title={text('members.approve.title', { name: member.name, union: member.unionName })}
      fields={[{ name: 'joinedOn', label: text('members.joined'), kind: 'date', initial: 'today' }]}
      run={(api, values) =>
        api.members.approveMember.mutate({
          memberId: member.id,
          version: member.version,
          joinedOn: values['joinedOn'] ?? '',
        })
      }
    />
  )
}

function IssueCardAct({ member }: ActProps) {
  const text = useText()
  return (
    <ActDialog
      label={text('members.card.issue')}
      title={text('members.card.issue.title', { name: member.name })}
      fields={[{ name: 'issuedOn', label: text('members.card.on'), kind: 'date', initial: 'today' }]}
      run={(api, values) =>
        api.members.issueCards.mutate({ memberIds: [member.id], issuedOn: values['issuedOn'] ?? '' })
      }
    />
  )
}

function ReemployAct({ member }: ActProps) {
  const text = useText()
  return (
    <ActDialog
      label={text('members.reemploy')}
      title={text('members.reemploy.title', { name: member.name })}
      fields={[{ name: 'on', label: text('members.from'), kind: 'date', initial: 'today' }]}
      run={(api, values) =>
        api.members.reemployMember.mutate({ memberId: member.id, version: member.version, on: values['on'] ?? '' })
      }
    />
  )
}
