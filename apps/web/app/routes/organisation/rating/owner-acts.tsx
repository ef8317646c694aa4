import { useNavigate } from '@remix-run/react'
import { useLocale, useText } from '@gonglian/ui'
import { ActDialog, type ActField, type ActValues } from '../../../act-dialog.tsx'
import { useKeepingPeriod } from '../../../address.ts'
import { readAttached } from '../../../files/attach-field.tsx'
import { useMay } from '../../../may.ts'
import { readTyped } from '../day.ts'
import { nameLevel, quarters, type Rating, type Scheme } from '../ratings/rating.ts'
import { readScores } from './self-scores.ts'

type Item = Scheme['items'][number]

/** What the rated union's own body may do now. */
export function OwnerActs({ rating }: { readonly rating: Rating }) {
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const seen = { ratingId: rating.ratingId, version: rating.version }
  if (!may('organisation:write')) return null
  return (
    <>
      {rating.state === 'planned' || rating.state === 'self_assessed' ? <SelfAssessment rating={rating} /> : null}
      {rating.state === 'planned' || rating.state === 'self_assessed' ? <Replan rating={rating} /> : null}
      {rating.state === 'planned' ? (
        <ActDialog
          label={text('ratings.drop')}
          title={text('ratings.drop.title')}
          text={text('ratings.drop.text')}
          fields={[]}
          run={(api) => api.ratings.dropRating.mutate(seen)}
          onDone={() => navigate(keep(`/organisation/ratings?scheme=${rating.scheme.schemeId}`), { replace: true })}
        />
      ) : null}
      {rating.state === 'self_assessed' ? (
        <ActDialog
          primary
          label={text('ratings.recommend')}
          title={text('ratings.recommend.title')}
          text={text('ratings.recommend.text')}
          fields={[{ name: 'recommendation', label: text('ratings.recommendation'), kind: 'lines', maxLength: 1000 }]}
          run={(api, values) =>
            api.ratings.recommendRating.mutate({ ...seen, recommendation: values['recommendation'] ?? '' })
          }
        />
      ) : null}
      {rating.state === 'recommended' ? (
        <ActDialog
          label={text('ratings.withdraw')}
          title={text('ratings.withdraw')}
          text={text('ratings.withdraw.text')}
          fields={[]}
          run={(api) => api.ratings.withdrawRating.mutate(seen)}
        />
      ) : null}
    </>
  )
}

/** Another level or quarter, while nobody has been told of it; what was scored is scored anew. */
function Replan({ rating }: { readonly rating: Rating }) {
  const text = useText()
  const locale = useLocale()
  const { scheme } = rating
  return (
    <ActDialog
      label={text('ratings.replan')}
      title={text('ratings.replan')}
      text={text('ratings.replan.text')}
      fields={[
        {
          name: 'rank',
          label: text('ratings.level'),
          kind: 'choice',
          initial: String(rating.targetRank),
          paths: ['rows.0.rank'],
          options: scheme.levels.map(({ rank }) => ({ value: String(rank), label: nameLevel(scheme, rank, locale) })),
        },
        {
          name: 'quarter',
          label: text('ratings.quarter'),
          kind: 'choice',
          initial: String(rating.quarter),
          paths: ['rows.0.quarter'],
          options: quarters.map((quarter) => ({ value: quarter, label: text('ratings.quarterOf', { quarter }) })),
        },
      ]}
      run={(api, values) =>
        api.ratings.planRatings.mutate({
          schemeId: scheme.schemeId,
          year: rating.year,
          rows: [{ unionId: rating.unionId, quarter: readTyped(values['quarter']), rank: readTyped(values['rank']) }],
        })
      }
    />
  )
}

function SelfAssessment({ rating }: { readonly rating: Rating }) {
  const text = useText()
  const locale = useLocale()
  const items = rating.scheme.items.filter((item) => !item.isVeto)
  const known = readScores(rating.selfScores)
  const fields = items.flatMap((item, index): ActField[] => [
    {
      name: `scores.${index}`,
      label: `${item.position}. ${locale === 'en' ? item.textEn : item.textZh}`,
      kind: 'number',
      hint: text('ratings.score.most', { score: item.maxScore }),
      initial: String(known.get(item.position)?.score ?? ''),
    },
    ...(item.evidenceKind === 'none'
      ? []
      : [
          {
            name: `scores.${index}.evidenceId`,
            label: text('ratings.evidence', { position: item.position }),
            kind: 'attach',
            fileKind: 'evidence',
            media: ['image/jpeg', 'image/png', 'application/pdf'],
            hint: text(
              (known.get(item.position)?.evidenceId ?? null) === null
                ? `checklists.evidence.${item.evidenceKind}`
                : 'ratings.evidence.keep',
            ),
            optional: true,
          } as const,
        ]),
  ])
  return (
    <ActDialog
      primary={rating.state === 'planned'}
      wide
      label={text('ratings.selfAssess')}
      title={text('ratings.selfAssess')}
      fields={[
        ...fields,
        {
          name: 'memberCount',
          label: text('ratings.memberCount'),
          kind: 'number',
          optional: true,
          hint: text('appraisals.members.hint'),
          initial: String(rating.memberCount ?? ''),
        },
      ]}
      run={(api, values) => {
        const scores = items.map((item, index) =>
          readScore(values, item, { index, kept: known.get(item.position)?.evidenceId ?? null }),
        )
        return api.ratings.selfAssess.mutate({
          ratingId: rating.ratingId,
          version: rating.version,
          scores,
          memberCount: values['memberCount'] ? readTyped(values['memberCount']) : null,
        })
      }}
    />
  )
}

/** The points of an item with its file, or the one that is there already. */
function readScore(values: ActValues, item: Item, at: { index: number; kept: number | null }) {
  const [attached] = readAttached(values[`scores.${at.index}.evidenceId`])
  return {
    position: item.position,
    score: readTyped(values[`scores.${at.index}`]),
    evidenceId: attached?.fileId ?? at.kept,
  }
}
