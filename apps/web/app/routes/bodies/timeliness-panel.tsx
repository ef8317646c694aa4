import { Link } from '@remix-run/react'
import type { RouterOutputs } from '@gonglian/api'
import { formatDate, formatPeriod, formatPeriodShort, readPeriod, useLocale, useText } from '@gonglian/ui'
import { useFrame } from '../../address.ts'
import { entryPath } from '../reports/addresses.ts'
import { nameForm } from '../reports/names.ts'

export type Timeliness = RouterOutputs['reports']['listTimeliness']
type HandIn = Timeliness['forms'][number]['periods'][number]

const signs: Record<HandIn['verdict'], string> = { onTime: '✓', late: '△', missing: '✕', open: '…' }

/** Whether the body hands in on time: each period of the year with a sign and a word, each leading to its report; years before in sum. */
export function TimelinessPanel({
  code,
  year,
  timeliness,
}: {
  readonly code: string
  readonly year: number
  readonly timeliness: Timeliness
}) {
  const text = useText()
  const locale = useLocale()
  const own = useFrame().body.code
  return (
    <section className="panel">
      <h3>{text('body.timeliness', { year })}</h3>
      {timeliness.forms.length === 0 ? <p className="gl-hint">{text('body.timeliness.none')}</p> : null}
      <dl className="body-timeliness">
        {timeliness.forms.map(({ form, periods }) => (
          <div key={form.id}>
            <dt>
              {nameForm(form, locale)}
              <span className="gl-hint"> {summarise(periods, text)}</span>
            </dt>
            <dd>
              {periods.map((one) => (
                <Link
                  key={one.period}
                  className={`body-period body-period-${one.verdict}`}
                  to={entryPath(form.code, one.period, code === own ? undefined : code)}
                  title={describe(one, text, formatPeriod(one.period, locale))}
                >
                  {shorten(one.period, locale)} <span aria-hidden="true">{signs[one.verdict]}</span>
                  <span className="gl-hidden">{text(`body.timeliness.${one.verdict}`)}</span>
                </Link>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {timeliness.years.length === 0 ? null : (
        <p className="gl-hint">
          {timeliness.years
            .map(({ year: of, handedIn, late }) => text('body.timeliness.year', { year: of, handedIn, late }))
            .join(locale === 'en' ? '; ' : '；')}
        </p>
      )}
    </section>
  )
}

type Text = ReturnType<typeof useText>

function shorten(period: string, locale: ReturnType<typeof useLocale>): string {
  const parts = readPeriod(period)
  return parts ? formatPeriodShort(parts, locale) : period
}

function summarise(periods: readonly HandIn[], text: Text): string {
  const verdicts = ['onTime', 'late', 'missing', 'open'] as const
  return verdicts
    .map((verdict) => ({ verdict, count: periods.filter((one) => one.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${text(`body.timeliness.${verdict}`)} ${count}`)
    .join(' · ')
}

function describe({ verdict, dueOn, submittedAt }: HandIn, text: Text, period: string): string {
  return [
    period,
    text(`body.timeliness.${verdict}`),
    dueOn === null ? '' : text('body.timeliness.due', { date: formatDate(dueOn) }),
    submittedAt === null ? '' : text('body.timeliness.submitted', { date: formatDate(submittedAt) }),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}
