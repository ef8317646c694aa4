import type { RouterOutputs } from '@gonglian/api'
import { bodyLevels } from '@gonglian/ui'
import type { Locale, Translate } from '@gonglian/ui/messages'
import type { ActField } from '../../../act-dialog.tsx'
import type { ActColumn } from '../../../act-values.ts'
import { listAudienceFields } from '../audience.ts'
import { evidenceKinds } from '../checklists/checklist.ts'
import { tracks } from '../ratings/rating.ts'
import { countings } from '@gonglian/organisation/codes'
export { countings } from '@gonglian/organisation/codes'

export type SchemeDraft = RouterOutputs['ratings']['draftScheme']
type Before = NonNullable<SchemeDraft['before']>
export const subjects = ['union', 'body'] as const

const percent = (value: number | null) => (value === null ? '' : String(value / 100))

/** The lines of a form in their order: about the scheme, for whom, how it is reviewed. */
export function listSchemeFields(text: Translate, before: Before | null, locale: Locale): ActField[] {
  // Nobody is asked for English on a Chinese page.
  const asksEnglish = locale === 'en'
  return [
    { name: 'nameZh', label: text('checklists.nameZh'), kind: 'text', maxLength: 60, initial: before?.nameZh ?? '' },
    ...(asksEnglish
      ? [
          {
            name: 'nameEn',
            label: text('checklists.nameEn'),
            kind: 'text',
            optional: true,
            maxLength: 120,
            initial: before?.nameEn ?? '',
          } as const,
        ]
      : []),
    {
      name: 'track',
      label: text('schemes.track'),
      kind: 'choice',
      initial: before?.track ?? 'home',
      options: tracks.map((value) => ({ value, label: text(`ratings.track.${value}`) })),
    },
    {
      name: 'subject',
      label: text('schemes.subject'),
      kind: 'choice',
      initial: before?.subject ?? 'union',
      options: subjects.map((value) => ({ value, label: text(`schemes.subject.${value}`) })),
    },
    { name: 'validFrom', label: text('checklists.validFrom'), kind: 'date', initial: 'today' },
    {
      name: 'validityMonths',
      label: text('schemes.validityMonths'),
      kind: 'number',
      initial: String(before?.validityMonths ?? 36),
    },
    {
      name: 'noticeDays',
      label: text('schemes.noticeDays'),
      kind: 'number',
      initial: String(before?.noticeDays ?? 7),
    },
    {
      name: 'minReviewers',
      label: text('schemes.minReviewers'),
      kind: 'number',
      initial: String(before?.minReviewers ?? 3),
    },
    {
      name: 'quorum',
      label: text('schemes.quorum'),
      kind: 'number',
      initial: percent(before?.quorum ?? 6667),
    },
    {
      name: 'needsAppraisal',
      label: text('schemes.needsAppraisal'),
      kind: 'check',
      initial: before?.needsAppraisal === false ? '' : 'yes',
    },
    { name: 'source', label: text('checklists.source'), kind: 'text', optional: true, initial: before?.source ?? '' },
  ]
}

/** For which unions it holds; of the body itself nothing is asked. */
export function listUnionFields(text: Translate, before: Before | null): ActField[] {
  return listAudienceFields(text, before).map((field) => ({ ...field, when: (values) => values['subject'] !== 'body' }))
}

/** The items, the levels from the lowest up, and what a level asks for beside its points. */
export function listSchemeTables(text: Translate, locale: Locale, draft: SchemeDraft): ActField[] {
  const { before, others } = draft
  const name = (of: { readonly nameZh: string; readonly nameEn: string }) => (locale === 'en' ? of.nameEn : of.nameZh)
  const schemes = others.map((one) => ({ value: one.code, label: name(one) }))
  const asksEnglish = locale === 'en'
  const items: readonly ActColumn[] = [
    { name: 'textZh', label: text('schemes.item.zh'), kind: 'text', maxLength: 200 },
    ...(asksEnglish ? [{ name: 'textEn', label: text('schemes.item.en'), kind: 'text', maxLength: 300 } as const] : []),
    { name: 'maxScore', label: text('ratings.most'), kind: 'number' },
    { name: 'isVeto', label: text('ratings.vetoItem'), kind: 'check' },
    {
      name: 'evidenceKind',
      label: text('schemes.evidence'),
      kind: 'choice',
      options: evidenceKinds.map((value) => ({ value, label: text(`checklists.evidence.${value}`) })),
    },
  ]
  const levels: readonly ActColumn[] = [
    { name: 'nameZh', label: text('schemes.level.zh'), kind: 'text', maxLength: 40 },
    ...(asksEnglish ? [{ name: 'nameEn', label: text('schemes.level.en'), kind: 'text', maxLength: 80 } as const] : []),
    { name: 'minScore', label: text('schemes.level.score'), kind: 'number' },
    {
      name: 'grantedBy',
      label: text('schemes.level.grantedBy'),
      kind: 'choice',
      options: bodyLevels.map((value) => ({ value, label: text(`bodies.level.${value}`) })),
    },
    {
      name: 'countsAs',
      label: text('schemes.level.countsAs'),
      kind: 'choice',
      options: countings.map((value) => ({ value, label: text(`schemes.countsAs.${value}`) })),
    },
  ]
  const conditions: readonly ActColumn[] = [
    { name: 'level', label: text('schemes.condition.level'), kind: 'number' },
    {
      name: 'needsScheme',
      label: text('schemes.condition.needsScheme'),
      kind: 'choice',
      options: [{ value: '', label: text('schemes.condition.this') }, ...schemes],
    },
    { name: 'needsRank', label: text('schemes.condition.needsRank'), kind: 'number' },
    { name: 'minMembership', label: text('schemes.condition.minMembership'), kind: 'text', maxLength: 7 },
    { name: 'minSatisfaction', label: text('schemes.condition.minSatisfaction'), kind: 'text', maxLength: 7 },
    {
      name: 'belowScheme',
      label: text('schemes.condition.belowScheme'),
      kind: 'choice',
      options: [{ value: '', label: text('schemes.condition.none') }, ...schemes],
    },
    { name: 'belowRank', label: text('schemes.condition.belowRank'), kind: 'number' },
    { name: 'belowShare', label: text('schemes.condition.belowShare'), kind: 'text', maxLength: 7 },
  ]
  return [
    { name: 'items', label: text('schemes.items'), kind: 'rows', columns: items, initial: writeItems(before) },
    { name: 'levels', label: text('schemes.levels'), kind: 'rows', columns: levels, initial: writeLevels(before) },
    {
      name: 'conditions',
      label: text('schemes.conditions'),
      optional: true,
      kind: 'rows',
      columns: conditions,
      initial: writeConditions(before),
    },
  ]
}

function writeItems(before: Before | null): string {
  return JSON.stringify(
    before?.items.map((item) => ({
      textZh: item.textZh,
      textEn: item.textEn,
      maxScore: item.isVeto ? '' : String(item.maxScore),
      isVeto: item.isVeto ? 'yes' : '',
      evidenceKind: item.evidenceKind,
    })) ?? [],
  )
}

function writeLevels(before: Before | null): string {
  return JSON.stringify(
    before?.levels.map((level) => ({
      nameZh: level.nameZh,
      nameEn: level.nameEn,
      minScore: String(level.minScore),
      grantedBy: level.grantedBy,
      countsAs: level.countsAs,
    })) ?? [{ grantedBy: 'county' }],
  )
}

/** Only what differs from the rule: one level after the other, by points alone. */
function writeConditions(before: Before | null): string {
  const rows = before?.levels.flatMap((level) =>
    level.needsScheme === '' &&
    level.needsRank === level.rank - 1 &&
    level.minMembership === null &&
    level.minSatisfaction === null &&
    level.belowShare === null
      ? []
      : [
          {
            level: String(level.rank),
            needsScheme: level.needsScheme,
            needsRank: String(level.needsRank),
            minMembership: percent(level.minMembership),
            minSatisfaction: percent(level.minSatisfaction),
            belowScheme: level.belowScheme,
            belowRank: level.belowShare === null ? '' : String(level.belowRank),
            belowShare: percent(level.belowShare),
          },
        ],
  )
  return JSON.stringify(rows ?? [])
}
