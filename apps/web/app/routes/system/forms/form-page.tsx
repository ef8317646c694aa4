import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { formatDate, Icon, useLocale, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { titleAfter } from '../../../titles.ts'
import { nameIssuers } from '../issuers.ts'
import { describeDue, describeFillers } from './form.ts'
import { ItemTable } from './item-table.tsx'
import { RuleTable } from './rule-table.tsx'
import { VersionList } from './version-list.tsx'

const parts = ['items', 'rules', 'versions'] as const

export async function loader(args: LoaderFunctionArgs) {
  return ask(args, async (api) => ({
    form: await api.forms.getForm({ code: args.params['code'] ?? '' }),
    issuers: await nameIssuers(api),
  }))
}

export const meta = titleAfter(({ form }: Awaited<ReturnType<typeof loader>>, locale) =>
  locale === 'en' ? form.nameEn : form.nameZh,
)

/** One form: who fills it in and when, its items, its rules in words, its versions. */
export default function FormPage() {
  const { form, issuers } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const { params, change } = useAddress()
  const part = parts.find((known) => known === params.get('part')) ?? 'items'
  const typed = form.items.filter(({ formula }) => formula === null).length
  return (
    <>
      <Link className="area-back" to={keep('/system/forms')}>
        <Icon name="left" size={16} />
        {text('forms.back')}
      </Link>
      <h1>{locale === 'en' ? form.nameEn : form.nameZh}</h1>
      <section className="panel form-facts">
        <dl className="facts">
          <dt>{text('forms.fillers')}</dt>
          <dd>{describeFillers(form.fillerLevels, text)}</dd>
          <dt>{text('forms.frequency')}</dt>
          <dd>{text(`periods.kind.${form.frequency}`)}</dd>
          <dt>{text('forms.due')}</dt>
          <dd>
            {describeDue(form.due, text)}
            {form.due === null ? null : (
              <span className="gl-hint">
                {text(form.due.kind === 'working' ? 'forms.due.calendarLink' : 'forms.due.moved')}
              </span>
            )}
          </dd>
        </dl>
        <dl className="facts">
          <dt>{text('forms.issuer')}</dt>
          <dd>{issuers[form.issuerId]?.name ?? text('catalogue.issuer.below')}</dd>
          <dt>{text('forms.opens')}</dt>
          <dd>
            {formatDate(form.opensOn)}
            {form.closesOn === null ? null : (
              <span className="gl-hint">
                {text('forms.closes')} {formatDate(form.closesOn)}
              </span>
            )}
          </dd>
          <dt>{text('forms.cost')}</dt>
          <dd>{text('forms.cost.text', { items: typed, derived: form.items.length - typed })}</dd>
          <dt>{text('forms.code')}</dt>
          <dd>
            <code>{form.code}</code>{' '}
            <span className="gl-hint">{text('catalogue.version.at', { version: form.version })}</span>
          </dd>
        </dl>
      </section>
      <div className="gl-segments area-segments" role="group" aria-label={text('forms.parts')}>
        {parts.map((known) => (
          <button
            key={known}
            type="button"
            aria-pressed={known === part}
            onClick={() => change({ part: known === 'items' ? null : known })}
          >
            {text(`forms.tab.${known}`)}{' '}
            {known === 'items' ? form.items.length : known === 'rules' ? form.rules.length : form.version}
          </button>
        ))}
      </div>
      {part === 'items' ? (
        <ItemTable form={form} />
      ) : part === 'rules' ? (
        <RuleTable form={form} />
      ) : (
        <VersionList form={form} />
      )}
    </>
  )
}
