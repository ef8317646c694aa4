import type { RouterOutputs } from '@gonglian/api'
import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { tableEndings } from '../../../table-endings.ts'

/** Adds the next file of a list that came in several. */
export function AppendAct({ list }: { readonly list: RouterOutputs['lists']['listLists']['rows'][number] }) {
  const text = useText()
  return (
    <ActDialog
      label={text('lists.append')}
      title={text('lists.append')}
      text={text('lists.append.text', { name: list.name })}
      fields={[
        {
          name: 'content',
          label: text('lists.file'),
          kind: 'file',
          endings: tableEndings,
          hint: text('lists.file.hint'),
        },
      ]}
      run={(api, values) =>
        api.lists.appendListFile.mutate({ listId: list.id, version: list.version, content: values['content'] ?? '' })
      }
    />
  )
}
