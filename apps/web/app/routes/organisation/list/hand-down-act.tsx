import type { RouterOutputs } from '@gonglian/api'
import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useFrame } from '../../../address.ts'

type Level = 'city' | 'county' | 'township'
/** Whose bodies may keep the employers, by whose list it is. */
const below: Readonly<Record<string, readonly Level[]>> = {
  national: ['city', 'county'],
  province: ['county', 'city', 'township'],
  city: ['county', 'township'],
  county: ['township'],
}

type List = RouterOutputs['lists']['listLists']['rows'][number]

/** Gives a list to the bodies below in whose area its rows lie; townships have none. */
export function HandDownAct({ list }: { readonly list: List }) {
  const text = useText()
  const { body } = useFrame()
  const offered = below[body.level] ?? []
  if (offered.length === 0) return null
  return (
    <ActDialog
      label={text('lists.handDown')}
      title={text('lists.handDown')}
      text={text('lists.handDown.text')}
      fields={[
        {
          name: 'to',
          label: text('lists.handDown.to'),
          kind: 'choice',
          initial: offered[0] ?? '',
          options: offered.map((level) => ({ value: level, label: text(`lists.handDown.${level}`) })),
        },
      ]}
      run={(api, values) =>
        api.lists.handDownList.mutate({
          listId: list.id,
          version: list.version,
          to: offered.find((level) => level === values['to']) ?? 'county',
        })
      }
    />
  )
}

/** Where the rows of a list went, or whose list they are a part of; null: neither. */
export function HandDownNotice({ list }: { readonly list: List }) {
  const text = useText()
  if (list.state === 'handing_down')
    return (
      <p className="done-notice" role="status">
        {text('lists.handDown.underWay')}
      </p>
    )
  if (list.state === 'handed_down')
    return (
      <p className="done-notice" role="status">
        {text('lists.handDown.done', {
          bodies: list.handed_bodies ?? 0,
          rows: list.handed_rows ?? 0,
          left: list.left_rows ?? 0,
          skipped: list.skipped_bodies ?? 0,
        })}
      </p>
    )
  return list.from_list_id === null ? null : <p className="gl-hint">{text('lists.handDown.received')}</p>
}
