import type { LoaderFunctionArgs } from '@remix-run/node'
import { describeFormula } from '@gonglian/indicators/figures'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { selectTableRows } from '../../../table-export.ts'
import { readItems } from './items.ts'

/** `GET /system/forms/:code/export.csv` and `.xlsx`: the items as the table shows them. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const { locale } = args.context
  const text: Translate = (key, ...params) => translate(locale, key, ...params)
  const form = await ask(args, (api) => api.forms.getForm({ code: args.params['code'] ?? '' }))
  const read = readItems(form, locale, text)
  const readers = Object.entries(read).map(([key, value]) => ({ key, value }))
  return sendTable(
    args,
    text('forms.export', { name: locale === 'en' ? form.nameEn : form.nameZh }),
    [
      { title: text('forms.item.position'), value: read.position },
      { title: text('forms.item.section'), value: read.section },
      { title: text('forms.item.name'), value: read.name },
      { title: text('catalogue.code'), value: read.code },
      { title: text('catalogue.unit'), value: read.unit },
      { title: text('catalogue.nature'), value: read.nature },
      { title: text('catalogue.additivity'), value: read.additivity },
      { title: text('forms.item.how'), value: read.how },
      {
        title: text('catalogue.formula'),
        value: (item) => (item.formula === null ? null : describeFormula(item.formula, form.items, locale)),
      },
      { title: text('forms.item.rules'), value: read.rules },
    ],
    selectTableRows(form.items, readers, searchParams, 'items'),
  )
}
