import type { RouterInputs } from '@gonglian/api'
import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'

/** A file with whole numbers: asked for with a reason, which the body reads. */
export function ExportDialog({ filter }: { readonly filter: RouterInputs['members']['startExport']['filter'] }) {
  const text = useText()
  return (
    <ActDialog
      label={text('members.export.open')}
      title={text('members.export.open')}
      text={text('members.export.open.text')}
      fields={[
        { name: 'reason', label: text('members.open.reason'), kind: 'lines', maxLength: 200 },
        {
          name: 'as',
          label: text('members.export.as'),
          kind: 'choice',
          initial: 'xlsx',
          options: [
            { value: 'xlsx', label: text('members.export.xlsx') },
            { value: 'csv', label: text('members.export.csv') },
          ],
        },
      ]}
      run={async (api, values) => {
        const begun = await api.members.startExport.mutate({ filter, open: true, reason: values['reason'] ?? '' })
        const kind = values['as'] === 'csv' ? 'csv' : 'xlsx'
        window.location.assign(`/organisation/members/export.${kind}?begun=${begun.id}`)
      }}
    />
  )
}
