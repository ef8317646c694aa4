import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { selectTableRows } from '../../../table-export.ts'
import { nameParameter, writeSource, writeValue, type Parameter } from './parameter.ts'
import { readDay } from './question.ts'

/** `GET /system/parameters/export.csv` and `.xlsx`: the values in force on the day, in words. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const { locale } = args.context
  const text: Translate = (key, ...params) => translate(locale, key, ...params)
  const on = readDay(searchParams)
  const parameters = await ask(args, (api) => api.parameters.listParameters(on === undefined ? {} : { on }))
  const readers = [
    { key: 'key', value: ({ key }: Parameter) => nameParameter(key, locale) },
    { key: 'from', value: ({ fromName }: Parameter) => fromName ?? '' },
    { key: 'validFrom', value: ({ validFrom }: Parameter) => validFrom ?? '' },
    { key: 'validTo', value: ({ validTo }: Parameter) => validTo },
    { key: 'source', value: (parameter: Parameter) => writeSource(parameter, text) },
  ]
  return sendTable(
    args,
    text('parameters.export'),
    [
      { title: text('parameters.key'), value: ({ key }) => nameParameter(key, locale) },
      { title: text('parameters.value'), value: (parameter) => writeValue(parameter, text) },
      { title: text('parameters.from'), value: ({ fromName }) => fromName ?? '' },
      { title: text('parameters.validFrom'), value: ({ validFrom }) => validFrom ?? '' },
      { title: text('parameters.validTo'), value: ({ validTo }) => validTo },
      { title: text('parameters.source'), value: (parameter) => writeSource(parameter, text) },
    ],
    selectTableRows(parameters, readers, searchParams, 'parameters'),
  )
}
