import { useLocale, useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useFrame } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { formatScore, nameLevel, type Rating } from '../ratings/rating.ts'
import { EvidenceFile } from '../ledger/evidence-file.tsx'
import { readScores } from './self-scores.ts'

/** The items with the union's own points, and the committee. Before the result only one's own points are shown. */
export function Scores({ rating, isGrantor }: { readonly rating: Rating; readonly isGrantor: boolean }) {
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const { person } = useFrame()
  const own = readScores(rating.selfScores)
  const committee = rating.reviews.flatMap((review) => {
    const scores = readScores(review.scores)
    return scores.size === 0 ? [] : [{ reviewer: review.reviewer, scores }]
  })
  const hasEvidence = [...own.values()].some(({ evidenceId }) => evidenceId !== null)
  const { verdict } = rating
  return (
    <section>
      <h2>{text('ratings.items')}</h2>
      <div className="register-side">
        <table className="gl-plain-table">
          <thead>
            <tr>
              <th scope="col">{text('ratings.item')}</th>
              <th scope="col" className="gl-figure">
                {text('ratings.most')}
              </th>
              <th scope="col" className="gl-figure">
                {text('ratings.selfTotal')}
              </th>
              {committee.map(({ reviewer }) => (
                <th key={reviewer} scope="col" className="gl-figure">
                  {text('ratings.members.of', { name: reviewer })}
                </th>
              ))}
              {hasEvidence ? <th scope="col">{text('ratings.evidence.given')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {rating.scheme.items.map((item) => (
              <tr key={item.position}>
                <th scope="row">
                  {item.position}. {locale === 'en' ? item.textEn : item.textZh}
                </th>
                <td className="gl-figure">{item.isVeto ? text('ratings.vetoItem') : item.maxScore}</td>
                <td className="gl-figure">{own.get(item.position)?.score ?? '—'}</td>
                {committee.map(({ reviewer, scores }) => (
                  <td key={reviewer} className="gl-figure">
                    {scores.get(item.position)?.score ?? '—'}
                  </td>
                ))}
                {hasEvidence ? (
                  <td>
                    <EvidenceFile
                      evidenceId={own.get(item.position)?.evidenceId ?? null}
                      kind={item.evidenceKind}
                      label={locale === 'en' ? item.textEn : item.textZh}
                      onStored={null}
                    />
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rating.reviews.length === 0 ? null : (
        <>
          <h2>{text('ratings.committee')}</h2>
          <ul className="plain-list">
            {rating.reviews.map((review) => (
              <li key={review.reviewer}>
                {review.reviewer}{' '}
                <span className="gl-hint">
                  {review.recusedOn === null
                    ? review.hasScored
                      ? review.total === null
                        ? text('ratings.scored')
                        : text('ratings.points', { score: review.total })
                      : text('ratings.unscored')
                    : text('ratings.recused', { day: review.recusedOn, reason: review.recusalReason })}
                </span>{' '}
                {isGrantor &&
                rating.state === 'under_review' &&
                review.recusedOn === null &&
                may('rating:review') &&
                (review.reviewer === person.username || may('rating:award')) ? (
                  <ActDialog
                    quiet
                    label={text('ratings.recuse')}
                    title={text('ratings.recuse.title', { name: review.reviewer })}
                    fields={[{ name: 'reason', label: text('ratings.reason'), kind: 'lines', maxLength: 500 }]}
                    run={(api, values) =>
                      api.ratings.recuseReviewer.mutate({
                        ratingId: rating.ratingId,
                        reviewer: review.reviewer,
                        reason: values['reason'] ?? '',
                      })
                    }
                  />
                ) : null}
                {isGrantor &&
                (rating.state === 'recommended' || rating.state === 'under_review') &&
                review.recusedOn !== null &&
                may('rating:award') ? (
                  <ActDialog
                    quiet
                    label={text('ratings.readmit')}
                    title={text('ratings.readmit.title', { name: review.reviewer })}
                    fields={[{ name: 'reason', label: text('ratings.reason'), kind: 'lines', maxLength: 500 }]}
                    run={(api, values) =>
                      api.ratings.readmitReviewer.mutate({
                        ratingId: rating.ratingId,
                        reviewer: review.reviewer,
                        reason: values['reason'] ?? '',
                      })
                    }
                  />
                ) : null}
              </li>
            ))}
          </ul>
        </>
      )}
      {verdict === null ? null : (
        <p>
          {text('ratings.verdict', {
            scored: verdict.scored,
            eligible: verdict.eligible,
            mean: formatScore(verdict.mean),
            level: nameLevel(rating.scheme, verdict.rank, locale),
          })}
        </p>
      )}
    </section>
  )
}
