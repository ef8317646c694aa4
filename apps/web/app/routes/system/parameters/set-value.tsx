import { useLocale, useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { nameParameter, type Parameter } from './parameter.ts'
import { formOfValue } from './value-form.ts'

export type SetValueProps = { readonly parameter: Parameter; readonly onDone: (validFrom: string) => void }

/** A new value from a day on, for the own body and those below; typed as the one in force is shaped. */
export function SetValue({ parameter, onDone }: SetValueProps) {
  const text = useText()
  const locale = useLocale()
  const form = formOfValue(parameter.value, text)
  if (form === null) return <p className="gl-hint">{text('parameters.notSettable')}</p>
  return (
    <ActDialog
      key={parameter.key}
      label={text('parameters.set')}
      title={text('parameters.set.title', { name: nameParameter(parameter.key, locale) })}
      text={text('parameters.set.text')}
      primary
      fields={[
        ...form.fields,
        { name: 'validFrom', label: text('parameters.validFrom'), kind: 'date', initial: 'today' },
        { name: 'source', label: text('parameters.set.source'), kind: 'text', maxLength: 300 },
      ]}
      run={async (api, values) => {
        const validFrom = values['validFrom'] ?? ''
        await api.parameters.setParameter.mutate({
          key: parameter.key,
          value: form.read(values),
          validFrom,
          source: values['source'] ?? '',
        })
        return validFrom
      }}
      onDone={onDone}
    />
  )
}
