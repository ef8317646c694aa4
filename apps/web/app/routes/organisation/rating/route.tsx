import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Icon, useLocale, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { mayDo } from '@gonglian/tenancy/permissions'
import { titlePage } from '../../../titles.ts'
import { findPaper } from '../../../papers/find-paper.ts'
import { PaperActs } from '../../../papers/paper-acts.tsx'
import registers from '../../../styles/registers.css?url'
import { takeover } from '../day.ts'
import { History } from '../history.tsx'
import { RatingStateMark } from '../ratings/rating-table.tsx'
import { formatScore, nameLevel, states } from '../ratings/rating.ts'
import { Appeals } from './appeals.tsx'
import { GrantorActs } from './grantor-acts.tsx'
import { OwnerActs } from './owner-acts.tsx'
import { Scores } from './scores.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('ratings.title')

export async function loader(args: LoaderFunctionArgs) {
  const ratingId = Number(args.params['id'])
  return ask(args, async (api) => {
    const rating = await api.ratings.getRating({ ratingId })
    const union = rating.unionId === null ? null : (await api.unions.getUnion({ unionId: rating.unionId })).union
    const own = args.context.visitor?.tenantId
    const isGrantor = rating.grantorId === own
    return {
      rating,
      union: union === null ? null : { id: union.id, name: union.name },
      isOwner: rating.ownerId === own,
      isGrantor,
      reviewers:
        isGrantor && rating.state === 'recommended' && mayDo(args.context.visitor?.roles ?? [], 'rating:review')
          ? await api.ratings.listReviewers({ ratingId })
          : [],
      certificate: isGrantor ? await findPaper(args, api, 'ratings.home', ratingId) : null,
    }
  })
}

/** One rating: what it aims at, how far it has come, who scored what, and what may be done now. */
export default function RatingPage() {
  const { rating, union, isOwner, isGrantor, reviewers, certificate } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const { scheme } = rating
  const facts: readonly (readonly [string, ReactNode])[] = [
    [text('ratings.scheme'), locale === 'en' ? scheme.nameEn : scheme.nameZh],
    [text('ratings.level'), nameLevel(scheme, rating.targetRank, locale)],
    [text('ratings.quarter'), `${rating.year} ${text('ratings.quarterOf', { quarter: String(rating.quarter) })}`],
    [text('ratings.selfTotal'), rating.selfTotal ?? '—'],
    [text('ratings.recommendedOn'), rating.recommendedOn ?? '—'],
    [text('ratings.recommendation'), rating.recommendation === '' ? '—' : rating.recommendation],
    [text('ratings.reviewTotal'), formatScore(rating.reviewTotal)],
    [
      text('ratings.notice'),
      rating.publishedOn === null ? '—' : `${rating.publishedOn} – ${rating.noticeEndsOn ?? ''}`,
    ],
    [
      text('ratings.awarded'),
      rating.awardedOn === null
        ? '—'
        : `${rating.awardedOn} ${nameLevel(scheme, rating.awardedRank ?? rating.targetRank, locale)} ${rating.awardedBy === takeover ? text('registers.takeover') : rating.awardedBy}`,
    ],
    ...(rating.decision === '' ? [] : [[text('ratings.decision'), rating.decision] as const]),
  ]
  return (
    <div className="register">
      <Link className="area-back" to={keep(`/organisation/ratings?scheme=${scheme.schemeId}`)}>
        <Icon name="left" />
        {text('ratings.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>
            {union === null ? rating.bodyName : <Link to={keep(`/organisation/unions/${union.id}`)}>{union.name}</Link>}
          </h1>
          <p>
            <RatingStateMark state={rating.state} />
          </p>
        </div>
        <div className="acts">
          {isOwner ? <OwnerActs rating={rating} /> : null}
          {isGrantor ? <GrantorActs rating={rating} reviewers={reviewers} /> : null}
        </div>
      </div>
      <div className="register-columns">
        <section>
          <h2>{text('ratings.facts')}</h2>
          <dl className="facts">
            {facts.map(([name, value]) => (
              <div key={name} className="fact">
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {union === null ? null : (
            <p>
              <Link to={keep(`/organisation/unions/${union.id}/ledger`)}>{text('ledgers.link')}</Link>
            </p>
          )}
        </section>
        <Scores rating={rating} isGrantor={isGrantor} />
        {certificate === null ? null : (
          <PaperActs sheet={certificate} name={text('papers.ratings.home')} signs="rating:award" />
        )}
      </div>
      <Appeals rating={rating} isGrantor={isGrantor} />
      <History
        steps={rating.steps}
        nameOf={(state) => {
          const known = states.find((one) => one === state)
          return known ? text(`ratings.state.${known}`) : state
        }}
      />
    </div>
  )
}
