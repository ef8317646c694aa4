import { Link } from '@remix-run/react'
import {
  convertPeriod,
  formatPeriod,
  Icon,
  readPeriod,
  useLocale,
  useText,
  writePeriod,
  type PeriodKind,
} from '@gonglian/ui'
import { useFrame, usePeriod } from '../../address.ts'
import { useMay } from '../../may.ts'
import { entryPath } from '../reports/addresses.ts'
import type { BodyView } from './body.ts'

/** The working period in the rhythm of a form: the quarter of the month, the last month of the year. */
function fitPeriod(period: string, kind: PeriodKind): string {
  const parts = readPeriod(period)
  return parts ? writePeriod(convertPeriod(parts, kind)) : period
}

/** Where the figures are: of one's own body and of those below. What a superior reports is not in sight. */
export function FigureLinks({ view }: { readonly view: BodyView }) {
  const { body, superiors, guides, forms } = view
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const own = useFrame().body.code
  const period = usePeriod()
  const isWithin = [...superiors, ...guides, body].some(({ code }) => code === own)
  if (!isWithin || !may('progress:read')) return null
  return (
    <section className="panel">
      <h3>{text('body.links')}</h3>
      <ul className="body-links">
        <li>
          <Link to={`/progress?${new URLSearchParams({ body: body.code, period }).toString()}`}>
            <Icon name="progress" size={16} />
            {text('body.links.progress')}
          </Link>
          <span className="gl-hint">{text('body.links.progress.text')}</span>
        </li>
        {forms
          .filter(({ fillerLevels }) => fillerLevels.includes(body.level))
          .map((form) => {
            const asked = fitPeriod(period, form.frequency)
            return (
              <li key={form.id}>
                <Link to={entryPath(form.code, asked, body.code === own ? undefined : body.code)}>
                  <Icon name="reports" size={16} />
                  {locale === 'en' ? form.nameEn : form.nameZh}
                </Link>
                <span className="gl-hint">{formatPeriod(asked, locale)}</span>
              </li>
            )
          })}
      </ul>
    </section>
  )
}
