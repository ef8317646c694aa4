import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EmptyState, readTableQuery, useLocale, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BelowList } from '../../../below/below-list.tsx'
import { readBelow } from '../../../below/groups.ts'
import { readBody } from '../../../body-filter.tsx'
import { useMay } from '../../../may.ts'
import { titlePage } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { useToday } from '../../../clock.tsx'
import { readNumber, readYear } from '../day.ts'
import { Share } from '../share.tsx'
import { YearSteps } from '../../../year-steps.tsx'
import { Baselines } from './baselines.tsx'
import { PlanGrid } from './plan-grid.tsx'
import { PlanRating } from './plan-rating.tsx'
import { RatingTable } from './rating-table.tsx'
import { SchemeDetails } from './scheme-details.tsx'
import { toListing } from './rating.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('ratings.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'ratings')
  const year = readYear(args)
  const asked = readNumber(searchParams.get('scheme'))
  const baselineId = readNumber(searchParams.get('baseline'))
  return ask(args, async (api) => {
    const { rows: schemes } = await api.ratings.listSchemes({ coming: true, pageSize: 200 })
    const schemeId = asked ?? schemes[0]?.schemeId
    if (schemeId === undefined) return { year, schemes, below: null, chosen: null }
    const below = await readBelow(api, searchParams, { domain: 'organisation', list: 'ratings', table: 'ratings' })
    const [scheme, rates, grid, baselines, ratings, compared] = await Promise.all([
      api.ratings.getScheme({ schemeId }),
      api.ratings.readHomeRates({ schemeId }),
      api.ratings.readPlanGrid({ schemeId, year }),
      api.ratings.listBaselines({ pageSize: 20 }),
      api.ratings.listRatings({
        ...toListing(query, searchParams.has('year') ? year : null),
        schemeId,
        ...readBody(searchParams),
        page: query.page,
        pageSize: query.size,
      }),
      baselineId === null ? null : api.ratings.compareBaseline({ baselineId, pageSize: 1 }),
    ])
    const isOwn = scheme.issuerId === args.context.visitor?.tenantId
    return {
      year,
      schemes,
      below,
      chosen: { scheme, isOwn, rates, grid, baselines: baselines.rows, ratings, compared, baselineId },
    }
  })
}

/** Homes and stars: the two rates, the plan of the year, and every union on its way to a title. */
export default function RatingsPage() {
  const { year, schemes, below, chosen } = useLoaderData<typeof loader>()
  const text = useText()
  const today = useToday()
  const locale = useLocale()
  const may = useMay()
  const keep = useKeepingPeriod()
  const { change } = useAddress()
  return (
    <div className="register">
      <div className="area-head">
        <div>
          <h1>{text('ratings.title')}</h1>
          <p className="gl-hint">{text('ratings.text')}</p>
        </div>
        <div className="acts">
          {chosen !== null && may('organisation:write') ? <PlanRating scheme={chosen.scheme} year={year} /> : null}
          {may('organisation:approve') ? (
            <Link className="gl-button" to={keep('/organisation/schemes/new')}>
              {text('schemes.define')}
            </Link>
          ) : null}
          <Link className="gl-button" to={keep('/organisation/demo-points')}>
            {text('demoPoints.title')}
          </Link>
        </div>
      </div>
      {chosen === null ? (
        <EmptyState title={text('ratings.schemes.none')} text={text('ratings.schemes.none.text')} />
      ) : (
        <>
          <div className="register-head">
            <label className="scheme-choice">
              {text('ratings.scheme')}{' '}
              <select
                className="gl-input"
                value={String(chosen.scheme.schemeId)}
                onChange={(event) => change({ scheme: event.target.value, baseline: null })}
              >
                {schemes.map((scheme) => (
                  <option key={scheme.schemeId} value={scheme.schemeId}>
                    {locale === 'en' ? scheme.nameEn : scheme.nameZh} · {text(`ratings.track.${scheme.track}`)} ·{' '}
                    {scheme.issuerName} · {text('ratings.edition', { edition: scheme.edition })}
                    {scheme.validFrom > today ? ` · ${text('checklists.coming', { day: scheme.validFrom })}` : ''}
                  </option>
                ))}
              </select>
            </label>
            <YearSteps year={year} />
          </div>
          <SchemeDetails key={chosen.scheme.schemeId} scheme={chosen.scheme} isOwn={chosen.isOwn} />
          <div className="shares">
            <Share
              label={text('ratings.qualifiedRate')}
              part={chosen.rates.qualified}
              whole={chosen.rates.all}
              rate={chosen.rates.qualifiedRate}
              of={text('ratings.qualifiedRate.of')}
            />
            <Share
              label={text('ratings.modelRate')}
              part={chosen.rates.model}
              whole={chosen.rates.qualified}
              rate={chosen.rates.modelRate}
              of={text('ratings.modelRate.of')}
            />
            <Share
              label={text('ratings.planRate', { year: String(year) })}
              part={chosen.grid.due.reached}
              whole={chosen.grid.due.planned}
              rate={chosen.grid.due.rate}
              of={text('ratings.planRate.of')}
            />
          </div>
          <div className="register-columns">
            <PlanGrid scheme={chosen.scheme} grid={chosen.grid} year={year} />
            <Baselines
              scheme={chosen.scheme}
              year={year}
              baselines={chosen.baselines.filter((one) => one.schemeId === chosen.scheme.schemeId)}
              compared={chosen.compared}
            />
          </div>
          <section>
            <h2>{text('ratings.list')}</h2>
            <BelowList below={below}>
              <RatingTable scheme={chosen.scheme} rows={chosen.ratings.rows} total={chosen.ratings.total} />
            </BelowList>
          </section>
        </>
      )}
    </div>
  )
}
