import { useLocale, useText } from '@gonglian/ui'
import { ActDialog, type ActField } from '../../../act-dialog.tsx'
import { readMany } from '../../../act-values.ts'
import { useFrame } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { nameColleague } from '../colleagues.ts'
import { readTyped } from '../day.ts'
import { nameLevel, type Rating, type Reviewer } from '../ratings/rating.ts'
import { readScores } from './self-scores.ts'
import { reCheckOutcomes as outcomes } from '@gonglian/organisation/codes'

/** What the body that grants the level may do now: review, publish, award, look again. */
export function GrantorActs({
  rating,
  reviewers,
}: {
  readonly rating: Rating
  /** Who may review here; some of them can't review this one. */
  readonly reviewers: readonly Reviewer[]
}) {
  const text = useText()
  const may = useMay()
  const { person } = useFrame()
  const seen = { ratingId: rating.ratingId, version: rating.version }
  const mine = rating.reviews.find((review) => review.reviewer === person.username && review.recusedOn === null)
  const reviews = may('rating:review')
  return (
    <>
      {reviews && rating.state === 'recommended' ? (
        <ActDialog
          primary
          label={text('ratings.openReview')}
          title={text('ratings.openReview')}
          text={text('ratings.openReview.text', { count: rating.scheme.minReviewers })}
          fields={[
            {
              name: 'reviewers',
              label: text('ratings.reviewers'),
              kind: 'many',
              hint: text('ratings.reviewers.hint'),
              options: reviewers.filter((one) => !one.isInvolved && !one.isRecused).map(nameColleague),
            },
          ]}
          run={(api, values) =>
            api.ratings.openReview.mutate({
              ...seen,
              reviewers: readMany(values['reviewers']),
            })
          }
        />
      ) : null}
      {reviews && rating.state === 'under_review' && mine !== undefined ? (
        <Scoring rating={rating} mine={mine} />
      ) : null}
      {reviews && rating.state === 'under_review' ? (
        <ActDialog
          label={text('ratings.publish')}
          title={text('ratings.publish')}
          text={text('ratings.publish.text', { days: rating.scheme.noticeDays })}
          fields={[]}
          run={(api) => api.ratings.publishRating.mutate(seen)}
        />
      ) : null}
      {reviews && (rating.state === 'recommended' || rating.state === 'under_review') ? (
        <ActDialog
          label={text('ratings.return')}
          title={text('ratings.return')}
          fields={[{ name: 'reason', label: text('ratings.reason'), kind: 'lines', maxLength: 500 }]}
          run={(api, values) => api.ratings.returnRating.mutate({ ...seen, reason: values['reason'] ?? '' })}
        />
      ) : null}
      {may('rating:award') && rating.state === 'published' ? (
        <ActDialog
          primary
          label={text('ratings.award')}
          title={text('ratings.award')}
          text={text('ratings.award.text', { day: rating.noticeEndsOn ?? '' })}
          fields={[{ name: 'certificateNo', label: text('ratings.certificate'), kind: 'text', maxLength: 60 }]}
          run={(api, values) =>
            api.ratings.awardRating.mutate({ ...seen, certificateNo: values['certificateNo'] ?? '' })
          }
        />
      ) : null}
      {reviews && (rating.state === 'awarded' || rating.state === 'kept' || rating.state === 'downgraded') ? (
        <ActDialog
          label={text('ratings.reCheck')}
          title={text('ratings.reCheck')}
          fields={[{ name: 'finding', label: text('ratings.finding'), kind: 'lines', maxLength: 1000 }]}
          run={(api, values) => api.ratings.beginReCheck.mutate({ ...seen, finding: values['finding'] ?? '' })}
        />
      ) : null}
      {may('rating:award') && rating.state === 're_check' ? <ReCheckDecision rating={rating} /> : null}
    </>
  )
}

/** One's own points: what was handed in before stands in the form. */
function Scoring({ rating, mine }: { readonly rating: Rating; readonly mine: Rating['reviews'][number] }) {
  const text = useText()
  const locale = useLocale()
  const wording = (item: Rating['scheme']['items'][number]) =>
    `${item.position}. ${locale === 'en' ? item.textEn : item.textZh}`
  const known = readScores(mine.scores)
  const items = rating.scheme.items.filter((item) => !item.isVeto)
  const vetoes = rating.scheme.items.filter((item) => item.isVeto)
  const fields: readonly ActField[] = [
    ...items.map(
      (item, index) =>
        ({
          name: `scores.${index}`,
          label: wording(item),
          kind: 'number',
          hint: text('ratings.score.most', { score: item.maxScore }),
          initial: String(known.get(item.position)?.score ?? ''),
        }) as const,
    ),
    ...vetoes.map(
      (item) =>
        ({
          name: `veto.${item.position}`,
          label: text('ratings.veto', { item: wording(item) }),
          kind: 'check',
          optional: true,
          initial: mine.vetoes.includes(item.position) ? 'yes' : '',
        }) as const,
    ),
  ]
  return (
    <ActDialog
      primary
      wide
      label={text('ratings.score')}
      title={text('ratings.score')}
      text={text('ratings.score.text')}
      fields={fields}
      run={(api, values) =>
        api.ratings.scoreRating.mutate({
          ratingId: rating.ratingId,
          scores: items.map((item, index) => ({
            position: item.position,
            score: readTyped(values[`scores.${index}`]),
          })),
          vetoes: vetoes.flatMap(({ position }) => (values[`veto.${position}`] === 'yes' ? [position] : [])),
        })
      }
    />
  )
}

function ReCheckDecision({ rating }: { readonly rating: Rating }) {
  const text = useText()
  const locale = useLocale()
  return (
    <ActDialog
      primary
      label={text('ratings.reCheck.decide')}
      title={text('ratings.reCheck.decide')}
      fields={[
        {
          name: 'outcome',
          label: text('ratings.outcome'),
          kind: 'choice',
          initial: 'kept',
          options: outcomes.map((value) => ({ value, label: text(`ratings.state.${value}`) })),
        },
        {
          name: 'rank',
          label: text('ratings.rank.lower'),
          kind: 'choice',
          initial: '1',
          options: rating.scheme.levels.map(({ rank }) => ({
            value: String(rank),
            label: nameLevel(rating.scheme, rank, locale),
          })),
          when: (values) => values['outcome'] === 'downgraded',
        },
        { name: 'finding', label: text('ratings.finding'), kind: 'lines', maxLength: 1000 },
        {
          name: 'hearing',
          label: text('ratings.hearing'),
          kind: 'lines',
          maxLength: 2000,
          optional: true,
          when: (values) => values['outcome'] !== 'kept',
        },
      ]}
      run={(api, values) =>
        api.ratings.decideReCheck.mutate({
          ratingId: rating.ratingId,
          version: rating.version,
          outcome: outcomes.find((word) => word === values['outcome']) ?? 'kept',
          finding: values['finding'] ?? '',
          hearing: values['hearing'] ?? '',
          ...(values['rank'] === undefined ? {} : { rank: readTyped(values['rank']) }),
        })
      }
    />
  )
}
