import { useNavigate } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useKeepingPeriod } from '../../../address.ts'
import { readUnion, useUnionFields, type UnionFieldsOptions } from './union-fields.ts'

export type DraftActProps = {
  readonly bodyId: number
  readonly lead?: NonNullable<UnionFieldsOptions['lead']> & { readonly leadId: number }
}

/** Enters a union that is being prepared, and opens it. */
export function DraftAct({ bodyId, lead }: DraftActProps) {
  const text = useText()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const from = lead === undefined ? {} : { lead }
  const fields = useUnionFields({ bodyId, ...from })
  return (
    <ActDialog
      primary
      label={text('unions.draft')}
      title={text('unions.draft.title')}
      text={text('unions.draft.text')}
      fields={fields}
      run={(api, values) =>
        api.unions.draftUnion.mutate({
          ...readUnion(values, from),
          ...(lead === undefined ? {} : { leadId: lead.leadId }),
        })
      }
      onDone={({ unionId }) => navigate(keep(`/organisation/unions/${unionId}`))}
    />
  )
}
