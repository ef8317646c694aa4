import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useMay } from '../../../may.ts'
import type { Rating } from '../ratings/rating.ts'

/** Who doubts the result and what was answered. */
export function Appeals({ rating, isGrantor }: { readonly rating: Rating; readonly isGrantor: boolean }) {
  const text = useText()
  const may = useMay()
  const mayAppeal = rating.state === 'published' && may('organisation:write')
  if (rating.appeals.length === 0 && !mayAppeal) return null
  return (
    <section>
      <div className="register-head">
        <h2>{text('ratings.appeals')}</h2>
        {mayAppeal ? (
          <ActDialog
            label={text('ratings.appeal')}
            title={text('ratings.appeal')}
            fields={[
              { name: 'reason', label: text('ratings.reason'), kind: 'lines', maxLength: 1000 },
              { name: 'raisedBy', label: text('ratings.raisedBy'), kind: 'text', maxLength: 80, optional: true },
            ]}
            run={(api, values) =>
              api.ratings.appealRating.mutate({
                ratingId: rating.ratingId,
                reason: values['reason'] ?? '',
                raisedBy: values['raisedBy'] ?? '',
              })
            }
          />
        ) : null}
      </div>
      <ul className="plain-list">
        {rating.appeals.map((appeal) => (
          <li key={appeal.appealId}>
            {appeal.raisedOn} {appeal.raisedBy} {appeal.reason}{' '}
            <span className="gl-hint">
              {appeal.outcome === null
                ? text('ratings.appeal.open')
                : `${text(`ratings.appeal.${appeal.outcome}`)} ${appeal.answer}`}
            </span>{' '}
            {appeal.outcome === null && isGrantor && may('rating:award') ? (
              <ActDialog
                quiet
                label={text('ratings.appeal.answer')}
                title={text('ratings.appeal.answer')}
                fields={[
                  {
                    name: 'outcome',
                    label: text('ratings.outcome'),
                    kind: 'choice',
                    initial: 'rejected',
                    options: (['rejected', 'upheld'] as const).map((value) => ({
                      value,
                      label: text(`ratings.appeal.${value}`),
                    })),
                  },
                  { name: 'answer', label: text('ratings.appeal.words'), kind: 'lines', maxLength: 1000 },
                ]}
                run={(api, values) =>
                  api.ratings.answerAppeal.mutate({
                    appealId: appeal.appealId,
                    outcome: values['outcome'] === 'upheld' ? 'upheld' : 'rejected',
                    answer: values['answer'] ?? '',
                  })
                }
              />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
