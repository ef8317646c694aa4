import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { selectTableRows } from '../../../table-export.ts'
import { nameIssuers } from '../issuers.ts'
import { describeDue, describeFillers, type FormHead } from './form.ts'

/** `GET /system/forms/export.csv` and `.xlsx`: the forms as the list shows them. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const { locale } = args.context
  const text: Translate = (key, ...params) => translate(locale, key, ...params)
  const { forms, issuers } = await ask(args, async (api) => ({
    forms: await api.forms.listForms({ past: searchParams.has('past') }),
    issuers: await nameIssuers(api),
  }))
  const name = (form: FormHead) => (locale === 'en' ? form.nameEn : form.nameZh)
  const issuer = (form: FormHead) => issuers[form.issuerId]?.name ?? text('catalogue.issuer.below')
  const readers = [
    { key: 'name', value: name },
    { key: 'frequency', value: (form: FormHead) => form.frequency },
    { key: 'items', value: (form: FormHead) => form.itemCount },
    { key: 'issuer', value: issuer },
    { key: 'version', value: (form: FormHead) => form.version },
    { key: 'opens', value: (form: FormHead) => form.opensOn },
    { key: 'code', value: (form: FormHead) => form.code },
  ]
  return sendTable(
    args,
    text('forms.exportList'),
    [
      { title: text('forms.code'), value: (form) => form.code },
      { title: text('forms.name'), value: name },
      { title: text('forms.frequency'), value: (form) => text(`periods.kind.${form.frequency}`) },
      { title: text('forms.items'), value: (form) => form.itemCount },
      { title: text('forms.fillers'), value: (form) => describeFillers(form.fillerLevels, text) },
      { title: text('forms.due'), value: (form) => describeDue(form.due, text) },
      { title: text('forms.issuer'), value: issuer },
      { title: text('forms.version'), value: (form) => form.version },
      { title: text('forms.opens'), value: (form) => form.opensOn },
    ],
    selectTableRows(forms, readers, searchParams, 'forms'),
  )
}
