import { useLocale, useText } from '@gonglian/ui'
import { ActDialog, type ActField } from '../../../act-dialog.tsx'
import { useMay } from '../../../may.ts'
import type { Member } from '../members/member.ts'
import { TransferDialog } from '../transfers/transfer-dialog.tsx'
import { EndActs } from './end-acts.tsx'
import { listPersonFields, readPerson } from './person-fields.ts'

type MemberActsProps = {
  readonly member: Member
  readonly bodyId: number
}

const onDay = (label: string): ActField => ({ name: 'on', label, kind: 'date', initial: 'today' })

/** What the reader may do with a membership beside its next step: what its state allows, and the reader's roles. */
export function MemberActs({ member, bodyId }: MemberActsProps) {
  const text = useText()
  const may = useMay()
  const holds = member.state === 'active' || member.state === 'retained'
  if (member.leftOn !== null || (member.state !== 'applied' && !holds)) return null
  return (
    <div className="acts">
      {may('member:write') ? (
        <>
          <CompleteAct member={member} bodyId={bodyId} />
          {holds && member.cardNo !== null ? <ReplaceCardAct member={member} /> : null}
          {holds ? <TransferDialog members={[{ id: member.id, name: member.name }]} /> : null}
          {member.state === 'active' ? (
            <ActDialog
              label={text('members.retain')}
              title={text('members.retain.title', { name: member.name })}
              text={text('members.retain.text')}
              fields={[
                {
                  name: 'for',
                  label: text('members.retainedFor'),
                  kind: 'choice',
                  initial: 'retired',
                  options: (['retired', 'unemployed', 'military'] as const).map((why) => ({
                    value: why,
                    label: text(`members.retain.${why}`),
                  })),
                },
                onDay(text('members.from')),
              ]}
              run={(api, values) =>
                api.members.retainMember.mutate({
                  memberId: member.id,
                  version: member.version,
                  for: values['for'] === 'unemployed' || values['for'] === 'military' ? values['for'] : 'retired',
                  on: values['on'] ?? '',
                })
              }
            />
          ) : null}
        </>
      ) : null}
      <EndActs member={member} />
    </div>
  )
}

/** Adds to what is known of the person, or puts it right. */
function CompleteAct({ member, bodyId }: MemberActsProps) {
  const text = useText()
  const locale = useLocale()
  return (
    <ActDialog
      wide
      label={text('members.complete')}
      title={text('members.complete.title', { name: member.name })}
      fields={listPersonFields(text, locale, bodyId, member)}
      run={(api, values) =>
        api.members.changeMember.mutate({
          memberId: member.id,
          version: member.version,
          ...readPerson(values, member),
          ...(values['name'] === member.name ? {} : { name: values['name'] ?? '' }),
        })
      }
    />
  )
}

function ReplaceCardAct({ member }: { readonly member: Member }) {
  const text = useText()
  const issuedOn: ActField = { name: 'issuedOn', label: text('members.card.on'), kind: 'date', initial: 'today' }
  return (
    <ActDialog
      label={text('members.card.replace')}
      title={text('members.card.replace.title', { name: member.name })}
      fields={[
        {
          name: 'for',
          label: text('members.card.why'),
          kind: 'choice',
          initial: 'lost',
          options: (['lost', 'damaged', 'changed'] as const).map((why) => ({
            value: why,
            label: text(`members.replace.${why}`),
          })),
        },
        issuedOn,
      ]}
      run={(api, values) =>
        api.members.replaceCard.mutate({
          memberId: member.id,
          for: values['for'] === 'damaged' || values['for'] === 'changed' ? values['for'] : 'lost',
          issuedOn: values['issuedOn'] ?? '',
        })
      }
    />
  )
}
