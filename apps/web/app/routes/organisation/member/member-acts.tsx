import { useLocale, useText } from '@gonglian/ui'
import { ActDialog, type ActField } from '../../../act-dialog.tsx'
import { useMay } from '../../../may.ts'
import type { Member } from '../members/member.ts'
import { TransferDialog } from '../transfers/transfer-dialog.tsx'
import { EndActs } from './end-acts.tsx'
import { listPersonFields, readPerson } from './person-fields.ts'

/** What the reader may do with a membership now: what its state allows, and the reader's roles. */
export function MemberActs({ member, bodyId }: { readonly member: Member; readonly bodyId: number }) {
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const seen = { memberId: member.id, version: member.version }
  const on = (label: string): ActField => ({ name: 'on', label, kind: 'date', initial: 'today' })
  const holds = member.state === 'active' || member.state === 'retained'
  if (member.leftOn !== null || (member.state !== 'applied' && !holds)) return null
  return (
    <div className="acts">
      {may('member:write') ? (
        <>
          {member.state === 'applied' ? (
            <ActDialog
              primary
              label={text('members.approve')}
              title={text('members.approve.title', { name: member.name, union: member.unionName })}
              fields={[{ name: 'joinedOn', label: text('members.joined'), kind: 'date', initial: 'today' }]}
              run={(api, values) => api.members.approveMember.mutate({ ...seen, joinedOn: values['joinedOn'] ?? '' })}
            />
          ) : null}
          <ActDialog
            wide
            label={text('members.complete')}
            title={text('members.complete.title', { name: member.name })}
            fields={listPersonFields(text, locale, bodyId, member)}
            run={(api, values) =>
              api.members.changeMember.mutate({
                ...seen,
                ...readPerson(values, member),
                ...(values['name'] === member.name ? {} : { name: values['name'] ?? '' }),
              })
            }
          />
          {holds ? <CardAct member={member} /> : null}
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
                on(text('members.from')),
              ]}
              run={(api, values) =>
                api.members.retainMember.mutate({
                  ...seen,
                  for: values['for'] === 'unemployed' || values['for'] === 'military' ? values['for'] : 'retired',
                  on: values['on'] ?? '',
                })
              }
            />
          ) : null}
          {member.state === 'retained' && member.retainedFor !== 'retired' ? (
            <ActDialog
              label={text('members.reemploy')}
              title={text('members.reemploy.title', { name: member.name })}
              fields={[on(text('members.from'))]}
              run={(api, values) => api.members.reemployMember.mutate({ ...seen, on: values['on'] ?? '' })}
            />
          ) : null}
        </>
      ) : null}
      <EndActs member={member} />
    </div>
  )
}

function CardAct({ member }: { readonly member: Member }) {
  const text = useText()
  const issuedOn: ActField = { name: 'issuedOn', label: text('members.card.on'), kind: 'date', initial: 'today' }
  if (member.cardNo === null)
    return (
      <ActDialog
        label={text('members.card.issue')}
        title={text('members.card.issue.title', { name: member.name })}
        fields={[issuedOn]}
        run={(api, values) =>
          api.members.issueCards.mutate({ memberIds: [member.id], issuedOn: values['issuedOn'] ?? '' })
        }
      />
    )
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
