import type { RouterInputs } from '@gonglian/api'
import { bodyLevels } from '@gonglian/ui'
import { readPercentOrNull, readRows, readWhole, readWholeOrNull, type ActValues } from '../../../act-values.ts'
import { readAudience } from '../audience.ts'
import { evidenceKinds } from '../checklists/checklist.ts'
import { tracks } from '../ratings/rating.ts'
import { knownOf } from '../unions/union.ts'
import { keepEnglish } from '../english.ts'
import { countings, subjects, type SchemeDraft } from './scheme-fields.ts'

type Typed = RouterInputs['ratings']['defineScheme']

/** Rows in which anything was typed: what is missing in one is refused, not left out. */
function readTyped(text: string | undefined, names: readonly string[]): readonly ActValues[] {
  return readRows(text).filter((row) => names.some((name) => (row[name] ?? '').trim() !== ''))
}
const readConditions = (values: ActValues) =>
  readTyped(values['conditions'], ['level', 'needsRank', 'minMembership', 'minSatisfaction', 'belowScheme'])
const readLevels = (values: ActValues) => readTyped(values['levels'], ['nameZh', 'nameEn', 'minScore'])

const readPercent = (text: string | undefined) => readPercentOrNull(text) ?? Number.NaN

/** What was typed of a scheme, as the API takes it. */
export function readScheme(values: ActValues, before: SchemeDraft['before']): Typed {
  const subject = knownOf(subjects, values['subject'] ?? '') ?? 'union'
  const conditions = readConditions(values)
  const levelsBefore = (before?.levels ?? []).map(({ nameZh, nameEn }) => ({ textZh: nameZh, textEn: nameEn }))
  // Where English is not asked for, rows carry that of the edition before, of a text that may have changed.
  const asked = (row: ActValues, name: string) => ('nameEn' in values ? row[name] : undefined)
  return {
    ...(before === null ? {} : { code: before.code }),
    nameZh: values['nameZh'] ?? '',
    nameEn: values['nameEn'] ?? before?.nameEn ?? '',
    track: knownOf(tracks, values['track'] ?? '') ?? 'home',
    subject,
    ...(subject === 'union' ? readAudience(values) : {}),
    validityMonths: readWhole(values['validityMonths']),
    noticeDays: readWhole(values['noticeDays']),
    minReviewers: readWhole(values['minReviewers']),
    quorum: readPercent(values['quorum']),
    needsAppraisal: values['needsAppraisal'] === 'yes',
    validFrom: values['validFrom'] ?? '',
    source: values['source'] ?? '',
    items: readTyped(values['items'], ['textZh', 'textEn', 'maxScore']).map((row) => ({
      textZh: row['textZh'] ?? '',
      textEn: keepEnglish(row['textZh'], asked(row, 'textEn'), before?.items ?? []),
      // A veto item has no points; what is typed beside the tick is refused, not thrown away.
      maxScore: row['isVeto'] === 'yes' ? (readWholeOrNull(row['maxScore']) ?? 0) : readWhole(row['maxScore']),
      isVeto: row['isVeto'] === 'yes',
      evidenceKind: knownOf(evidenceKinds, row['evidenceKind'] ?? '') ?? 'none',
    })),
    levels: readLevels(values).map((row, index) => ({
      nameZh: row['nameZh'] ?? '',
      nameEn: keepEnglish(row['nameZh'], asked(row, 'nameEn'), levelsBefore),
      minScore: readWhole(row['minScore']),
      grantedBy: knownOf(bodyLevels, row['grantedBy'] ?? '') ?? bodyLevels[0],
      countsAs: knownOf(countings, row['countsAs'] ?? '') ?? 'none',
      ...readCondition(conditions.find((one) => readWhole(one['level']) === index + 1)),
    })),
  }
}

function readCondition(row: ActValues | undefined): Partial<Typed['levels'][number]> {
  if (row === undefined) return {}
  const scheme = row['needsScheme'] ?? ''
  const rank = readWholeOrNull(row['needsRank'])
  const below = row['belowScheme'] ?? ''
  return {
    ...(rank === null ? {} : { needs: { scheme, rank } }),
    minMembership: readPercentOrNull(row['minMembership']),
    minSatisfaction: readPercentOrNull(row['minSatisfaction']),
    below:
      below === '' ? null : { scheme: below, rank: readWhole(row['belowRank']), share: readPercent(row['belowShare']) },
  }
}

type Fault = { readonly path: string; readonly message: string }

/** Refusals by the table they are about: what a level needs is typed among the conditions, in a row of its own. */
export function placeFaults(faults: readonly Fault[], values: ActValues): Fault[] {
  const conditions = readConditions(values)
  return faults.map((fault) => {
    const [, level, rest = ''] =
      /^levels\.(\d+)\.((?:needs|below|min(?:Membership|Satisfaction)).*)$/.exec(fault.path) ?? []
    if (level === undefined) return fault
    const row = conditions.findIndex((one) => readWhole(one['level']) === Number(level) + 1)
    return row < 0 ? fault : { ...fault, path: `conditions.${row}.${rest}` }
  })
}

/** Rows of conditions, by their place, that name no level of the form: nothing would hold them. */
export function findStrayConditions(values: ActValues): number[] {
  const count = readLevels(values).length
  return readConditions(values).flatMap((row, index) => {
    const level = readWhole(row['level'])
    return level >= 1 && level <= count ? [] : [index]
  })
}
