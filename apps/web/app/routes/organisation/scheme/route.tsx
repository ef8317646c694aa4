import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { Icon, useLocale, useText } from '@gonglian/ui'
import { useState, type FormEvent } from 'react'
import { useInitial } from '../../../clock.tsx'
import { ActFieldInput, type ActField, type ActValues } from '../../../act-dialog.tsx'
import { sayRows } from '../../../act-rows.tsx'
import { useAct } from '../../../act.ts'
import { useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { titlePage } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { readNumber } from '../day.ts'
import { listSchemeFields, listSchemeTables, listUnionFields } from './scheme-fields.ts'
import { findStrayConditions, placeFaults, readScheme } from './scheme-values.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('schemes.define')

export async function loader(args: LoaderFunctionArgs) {
  const before = readNumber(new URL(args.request.url).searchParams.get('before'))
  return ask(args, (api) => api.ratings.draftScheme(before === null ? {} : { before }))
}

/** A rating scheme is written, or the next edition of one: its items with their points, its levels with what each asks for. */
export default function SchemePage() {
  const draft = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const { act, busy, refusal } = useAct()
  const [values, setValues] = useState<ActValues>({})
  const [isSent, setSent] = useState(false)
  const { before } = draft
  const heads = listSchemeFields(text, before, locale)
  const unions = listUnionFields(text, before)
  const tables = listSchemeTables(text, locale, draft)
  const all = [...heads, ...unions, ...tables]
  const initialOf = useInitial()
  const valueOf = (field: ActField) => values[field.name] ?? initialOf(field)
  const current = Object.fromEntries(all.map((field) => [field.name, valueOf(field).trim()]))
  const stray = isSent
    ? findStrayConditions(current).map((row) => ({
        path: `conditions.${row}.level`,
        message: text('schemes.condition.stray'),
      }))
    : []
  const faults = [...placeFaults(refusal?.fields ?? [], current), ...stray]
  const isOf = (name: string, path: string) => path === name || path.startsWith(`${name}.`)
  const elsewhere = faults.filter(({ path }) => !all.some(({ name }) => isOf(name, path)))
  const input = (field: ActField) => (
    <ActFieldInput
      key={field.name}
      field={field}
      value={valueOf(field)}
      wrong={sayRows(
        text,
        field.name,
        faults.filter(({ path }) => isOf(field.name, path)),
      )}
      onChange={(value) => setValues((known) => ({ ...known, [field.name]: value }))}
    />
  )
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSent(true)
    if (findStrayConditions(current).length > 0) return
    const outcome = await act((api) => api.ratings.defineScheme.mutate(readScheme(current, before)))
    if (outcome?.ok === true) navigate(keep(`/organisation/ratings?scheme=${outcome.value.schemeId}`))
  }
  return (
    <div className="register">
      <Link className="area-back" to={keep('/organisation/ratings')}>
        <Icon name="left" />
        {text('ratings.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>
            {before === null
              ? text('schemes.define')
              : text('checklists.next.title', { name: locale === 'en' ? before.nameEn : before.nameZh })}
          </h1>
          <p className="gl-hint">{text('schemes.define.text')}</p>
        </div>
      </div>
      <form className="scheme-form" onSubmit={(event) => void submit(event)} noValidate>
        <div className="fields register-fields">{heads.map(input)}</div>
        {current['subject'] === 'body' ? null : (
          <>
            <h2>{text('audience.title')}</h2>
            <div className="fields">{unions.slice(0, 2).map(input)}</div>
            <div className="fields register-fields">{unions.slice(2).map(input)}</div>
          </>
        )}
        {tables.map((field) => (
          <section key={field.name} className="fields">
            {input(field)}
            <p className="gl-hint">
              {text(`schemes.${field.name === 'items' || field.name === 'levels' ? field.name : 'conditions'}.hint`)}
            </p>
          </section>
        ))}
        <div className="register-end">
          {refusal && refusal.fields.length === 0 ? (
            <p className="gl-error-text" role="alert">
              {refusal.message}
            </p>
          ) : null}
          {elsewhere.map(({ path, message }) => (
            <p key={path} className="gl-error-text" role="alert">
              {message}
            </p>
          ))}
          {faults.length > 0 ? (
            <p className="gl-error-text">{text('schemes.wrong', { count: faults.length })}</p>
          ) : null}
          <button type="submit" className="gl-button gl-button-main" disabled={busy}>
            {text('schemes.submit')}
          </button>
        </div>
      </form>
    </div>
  )
}
