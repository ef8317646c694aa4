import { useText } from '@gonglian/ui'
import { ActDialog, type ActField } from '../../../act-dialog.tsx'
import { findUnions } from '../finders.ts'

export type NameActProps = {
  readonly bodyId: number
  /** On the page of a union: that one. */
  readonly union?: { readonly id: number; readonly name: string }
}

/** Names a union as an example of building party and union together (M079). */
export function NameAct({ bodyId, union }: NameActProps) {
  const text = useText()
  const whose: readonly ActField[] =
    union === undefined ? [{ name: 'unionId', label: text('unions.name'), kind: 'find', find: findUnions(bodyId) }] : []
  return (
    <ActDialog
      primary={union === undefined}
      label={text('demonstrations.add')}
      title={union === undefined ? text('demonstrations.add') : text('demonstrations.add.title', { name: union.name })}
      fields={[
        ...whose,
        {
          name: 'title',
          label: text('demonstrations.name'),
          kind: 'text',
          maxLength: 80,
          initial: text('demonstrations.name.initial'),
        },
        { name: 'partyBranch', label: text('demonstrations.branch'), kind: 'text', maxLength: 120, optional: true },
        { name: 'on', label: text('demonstrations.on'), kind: 'date', initial: 'today' },
      ]}
      run={(api, values) =>
        api.unions.nameDemonstration.mutate({
          unionId: union?.id ?? Number(values['unionId'] === '' ? Number.NaN : values['unionId']),
          title: values['title'] ?? '',
          partyBranch: values['partyBranch'] ?? '',
          on: values['on'] ?? '',
        })
      }
    />
  )
}

/** Takes the name back. */
export function EndAct({ demonstrationId, title }: { readonly demonstrationId: number; readonly title: string }) {
  const text = useText()
  return (
    <ActDialog
      quiet
      label={text('demonstrations.end')}
      title={text('demonstrations.end.title', { title })}
      fields={[{ name: 'on', label: text('unions.end.on'), kind: 'date', initial: 'today' }]}
      run={(api, values) => api.unions.endDemonstration.mutate({ demonstrationId, on: values['on'] ?? '' })}
    />
  )
}
