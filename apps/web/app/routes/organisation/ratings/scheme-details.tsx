import { useLocale, useText } from '@gonglian/ui'
import type { Scheme } from './rating.ts'

/** What a scheme asks for: its items with their points, its levels with what each needs. */
export function SchemeDetails({ scheme }: { readonly scheme: Scheme }) {
  const text = useText()
  const locale = useLocale()
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
                {text('ratings.details.level', {
                  score: level.minScore,
                  grantor: text(`bodies.level.${level.grantedBy}`),
                })}
              </span>
            </li>
          ))}
        </ul>
      </div>
      {scheme.source === '' ? null : <p className="gl-hint">{scheme.source}</p>}
    </details>
  )
}
