import { useText } from '@gonglian/ui'
import { ActDialog, type ActField } from '../../../act-dialog.tsx'
import { useOwnUnions } from '../member/own-unions.ts'

/** What a transfer asks for: the exact number of the receiving union, looked up while it is typed, and why. */
function useAskedFields(): readonly ActField[] {
  const text = useText()
  return [
    {
      name: 'toUnion',
      label: text('transfers.to.code'),
      kind: 'text',
      plain: true,
      maxLength: 32,
      hint: text('transfers.to.hint'),
      look: async (api, code) => {
        if (code.length < 4) return null
        const union = await api.transfers.findUnion.query({ code })
        return text(union.isOwn ? 'transfers.to.own' : 'transfers.to.found', { union: union.name, body: union.body })
      },
    },
    { name: 'reason', label: text('transfers.reason'), kind: 'lines', maxLength: 200 },
    { name: 'staysRetained', label: text('transfers.staysRetained'), kind: 'check' },
  ]
}

const readAsked = (values: Readonly<Record<string, string>>) => ({
  toUnion: values['toUnion'] ?? '',
  reason: values['reason'] ?? '',
  staysRetained: values['staysRetained'] === 'yes',
})

/** Asks another union, of whatever body, to take members over. */
export function TransferDialog({
  members,
}: {
  readonly members: readonly { readonly id: number; readonly name: string }[]
}) {
  const text = useText()
  const fields = useAskedFields()
  return (
    <ActDialog
      label={text('transfers.ask')}
      title={text('transfers.ask.title', { name: members.map(({ name }) => name).join(text('members.and')) })}
      text={text('transfers.ask.text')}
      fields={fields}
      run={(api, values) =>
        api.transfers.requestTransfers.mutate({ ...readAsked(values), memberIds: members.map(({ id }) => id) })
      }
    />
  )
}

/** All members of a union at once: when it merges into another, or ends. */
export function UnionTransferDialog({ onAsked }: { readonly onAsked: (count: number) => void }) {
  const text = useText()
  const find = useOwnUnions()
  const fields = useAskedFields()
  return (
    <ActDialog
      label={text('transfers.union')}
      title={text('transfers.union')}
      text={text('transfers.union.text')}
      fields={[{ name: 'unionId', label: text('transfers.from'), kind: 'find', find }, ...fields]}
      run={(api, values) =>
        api.transfers.requestTransfersOfUnion.mutate({ ...readAsked(values), unionId: Number(values['unionId'] ?? '') })
      }
      onDone={(asked) => onAsked(asked.length)}
    />
  )
}
