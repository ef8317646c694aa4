import { Link } from '@remix-run/react'
import { formatPercent, useLocale, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { kinds, knownOf, unitClasses } from '../unions/union.ts'
import type { Scheme } from './rating.ts'

/** What a scheme asks for: its items with their points, its levels with what each needs, and for whom it holds. */
export function SchemeDetails({ scheme, isOwn }: { readonly scheme: Scheme; readonly isOwn: boolean }) {
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const keep = useKeepingPeriod()
  return (
    <details>
      <summary>{text('ratings.details')}</summary>
      <div className="register-columns">
        <ul className="plain-list">
          {scheme.items.map((item) => (
            <li key={item.position}>
              {item.position}. {locale === 'en' ? item.textEn : item.textZh}{' '}
              <span className="gl-hint">
                {item.isVeto ? text('ratings.vetoItem') : text('ratings.score.most', { score: item.maxScore })}
              </span>
            </li>
          ))}
        </ul>
        <ul className="plain-list">
          {scheme.levels.map((level) => (
            <li key={level.rank}>
              {locale === 'en' ? level.nameEn : level.nameZh}{' '}
              <span className="gl-hint">
                {[
                  text('ratings.details.level', {
                    score: level.minScore,
                    grantor: text(`bodies.level.${level.grantedBy}`),
                  }),
                  ...sayConditions(level),
                ].join(text('members.and'))}
              </span>
            </li>
          ))}
        </ul>
      </div>
      {scheme.subject === 'body' ? null : <p className="gl-hint">{sayAudience()}</p>}
      {scheme.source === '' ? null : <p className="gl-hint">{scheme.source}</p>}
      {isOwn && may('organisation:approve') ? (
        <p>
          <Link to={keep(`/organisation/schemes/new?before=${scheme.schemeId}`)}>{text('schemes.next')}</Link>
        </p>
      ) : null}
    </details>
  )

  function sayConditions(level: Scheme['levels'][number]): string[] {
    const share = (value: number) => formatPercent(value, locale)
    return [
      ...(level.needsRank === 0
        ? []
        : [
            level.needsScheme === ''
              ? text('schemes.count.needs', { rank: level.needsRank })
              : text('schemes.count.needsOther', { scheme: level.needsScheme, rank: level.needsRank }),
          ]),
      ...(level.minMembership === null
        ? []
        : [text('schemes.count.membership', { share: share(level.minMembership) })]),
      ...(level.minSatisfaction === null
        ? []
        : [text('schemes.count.satisfaction', { share: share(level.minSatisfaction) })]),
      ...(level.belowShare === null
        ? []
        : [
            text('schemes.count.below', {
              share: share(level.belowShare),
              scheme: level.belowScheme,
              rank: level.belowRank,
            }),
          ]),
    ]
  }

  function sayAudience(): string {
    const named = [
      ...scheme.kinds.flatMap((kind) => {
        const known = knownOf(kinds, kind)
        return known ? [text(`unions.kind.${known}`)] : []
      }),
      ...scheme.unitClasses.flatMap((unitClass) => {
        const known = knownOf(unitClasses, unitClass)
        return known ? [text(`unions.unitClass.${known}`)] : []
      }),
    ]
    const size = [
      ...(scheme.minHeadcount > 0 ? [`${text('audience.minHeadcount')} ${scheme.minHeadcount}`] : []),
      ...(scheme.maxHeadcount === null ? [] : [`${text('audience.maxHeadcount')} ${scheme.maxHeadcount}`]),
    ]
    return `${text('audience.title')}${text('members.colon')}${[...named, ...size].join(text('members.and'))}`
  }
}
