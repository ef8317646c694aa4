import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readTyped } from '../day.ts'
import { useOwnUnions } from '../member/own-unions.ts'

/** Cards for all members of a union who have none; `onDone` is told the numbers that were given. */
export function UnionCards({ onDone }: { readonly onDone: (said: string) => void }) {
  const text = useText()
  const find = useOwnUnions()
  return (
    <ActDialog
      label={text('members.cards.union')}
      title={text('members.cards.union')}
      text={text('members.cards.union.text')}
      fields={[
        { name: 'unionId', label: text('members.union'), kind: 'find', find },
        { name: 'issuedOn', label: text('members.card.on'), kind: 'date', initial: 'today' },
      ]}
      run={(api, values) =>
        api.members.issueCardsOfUnion.mutate({
          unionId: readTyped(values['unionId']),
          issuedOn: values['issuedOn'] ?? '',
        })
      }
      onDone={(cards) =>
        onDone(
          cards.length === 0
            ? text('members.cards.union.none')
            : text('members.cards.union.done', {
                count: cards.length,
                first: cards[0]?.cardNo ?? '',
                last: cards.at(-1)?.cardNo ?? '',
              }),
        )
      }
    />
  )
}
