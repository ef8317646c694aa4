import { endDemonstrationForm, nameDemonstrationForm } from '@gonglian/organisation/declared'
import { useText } from '@gonglian/ui'
import { CommandDialog } from '../../../records/command-dialog.tsx'
import { findUnions } from '../finders.ts'

export type NameActProps = {
  readonly bodyId: number
  /** On the page of a union: that one. */
  readonly union?: { readonly id: number; readonly name: string }
}

/** Names a union as an example of building party and union together (M079). */
export function NameAct({ bodyId, union }: NameActProps) {
  const text = useText()
  return (
    <CommandDialog
      primary={union === undefined}
      form={nameDemonstrationForm}
      finders={{ unions: findUnions(bodyId) }}
      initial={{ title: text('demonstrations.name.initial') }}
      {...(union === undefined
        ? {}
        : {
            title: text('demonstrations.nameDemonstration.title', { name: union.name }),
            given: { unionId: union.id },
          })}
    />
  )
}

/** Takes the name back. */
export function EndAct({ demonstrationId, title }: { readonly demonstrationId: number; readonly title: string }) {
  const text = useText()
  return (
    <CommandDialog
      quiet
      form={endDemonstrationForm}
      title={text('demonstrations.endDemonstration.title', { title })}
      given={{ demonstrationId }}
    />
  )
}
