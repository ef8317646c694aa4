import { checkCreditCode } from '../numbers/credit-codes.ts'
import { foldName } from '../numbers/names.ts'

export type RawListRow = {
  readonly creditCode?: string | undefined
  readonly name?: string | undefined
  readonly areaCode?: string | undefined
  readonly address?: string | undefined
  readonly park?: string | undefined
  readonly industry?: string | undefined
  readonly ownership?: string | undefined
  readonly unitClass?: string | undefined
  readonly headcount?: string | undefined
  readonly femaleCount?: string | undefined
}

export type ListRow = {
  readonly creditCode: string | null
  readonly name: string
  readonly nameKey: string
  readonly areaCode: string
  readonly address: string
  readonly park: string
  readonly industry: string
  readonly ownership: string | null
  readonly unitClass: string | null
  readonly headcount: number | null
  readonly femaleCount: number | null
  /** Cells that could not be read, by their names. */
  readonly faults: readonly string[]
}

// Words of registries and of people; the first that occurs decides.
const ownerships: readonly (readonly [RegExp, string])[] = [
  [/^(state|国有|国企|全民)|国有/, 'state'],
  [/^(collective|集体)|集体/, 'collective'],
  [/^(foreign|外商|外资)|港澳台|外商|外资|合资/, 'foreign'],
  [/^(mixed|混合)|混合/, 'mixed'],
  [/^(public|机关|事业)|财政/, 'public'],
  [/^(private|私营|民营|非公|个体|自然人)|私营|民营|有限责任|股份/, 'private'],
]
const classes: readonly (readonly [RegExp, string])[] = [
  [/^(cooperative)$|合作社/, 'cooperative'],
  [/^(retail)$|商超|超市|商场|零售/, 'retail'],
  [/^(new_economic)$|新经济/, 'new_economic'],
  [/^(new_social)$|新社会/, 'new_social'],
  [/^(self_employed)$|个体/, 'self_employed'],
  [/^(social_organisation)$|社会团体|社会组织|基金会|民办非/, 'social_organisation'],
  [/^(government)$|机关/, 'government'],
  [/^(institution)$|事业单位/, 'institution'],
  [/^(project)$|项目部|指挥部/, 'project'],
  [/^(enterprise)$|企业|公司/, 'enterprise'],
]

function findWord(text: string, words: readonly (readonly [RegExp, string])[]): string | null {
  return words.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

/** What spreadsheets show where a formula failed. */
const failed = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/i

const fold = (text: string | undefined, length: number) =>
  (failed.test((text ?? '').trim()) ? '' : (text ?? ''))
    .replaceAll(/\p{Cf}/gu, '')
    .normalize('NFKC')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .slice(0, length)

/** "1,250人" is 1250; undefined: not to be read. */
function parseHeads(text: string | undefined): number | null | undefined {
  const plain = fold(text, 40)
    .replaceAll(/[,\s人名]/gu, '')
    .replace(/\.0*$/, '')
  if (plain === '' || plain === '-' || plain === '/') return null
  const value = /^\d{1,7}$/.test(plain) ? Number(plain) : undefined
  return value !== undefined && value <= 2_000_000 ? value : undefined
}

/**
 * One row of a list as it came, read as far as it can be: a wrong credit code or a headcount in words becomes a fault and null, never a
 * guess.
 */
export function parseListRow(raw: RawListRow): ListRow {
  // A cell that failed is a fault of its own, whatever else the row lacks.
  const faults: string[] = Object.entries(raw).flatMap(([key, text]) => (failed.test((text ?? '').trim()) ? [key] : []))
  const codeText = fold(raw.creditCode, 80)
  const code = codeText === '' ? null : checkCreditCode(codeText, { acceptsEarly: true })
  if (code && !code.ok) faults.push('creditCode')
  // Kept with a mark: issued before its check sign was computed right, or mistyped.
  else if (code?.warnings.some(({ rule }) => rule === 'creditCode.early') === true) faults.push('creditCodeEarly')
  const name = fold(raw.name, 120)
  if (foldName(name).length < 2) faults.push('name')
  const area = fold(raw.areaCode, 40)
  if (!/^\d{0,12}$/.test(area)) faults.push('areaCode')
  const industry = fold(raw.industry, 40).toUpperCase()
  const section = /^[A-T](?=\d|$)/.exec(industry)?.[0] ?? ''
  if (industry !== '' && section === '') faults.push('industry')
  const ownership = fold(raw.ownership, 40)
  const unitClass = fold(raw.unitClass, 40)
  const knownOwnership = findWord(ownership, ownerships)
  const knownClass = findWord(unitClass, classes)
  if (ownership !== '' && knownOwnership === null) faults.push('ownership')
  if (unitClass !== '' && knownClass === null) faults.push('unitClass')
  const heads = parseHeads(raw.headcount)
  if (heads === undefined) faults.push('headcount')
  const women = parseHeads(raw.femaleCount)
  const isTooMany = typeof women === 'number' && (typeof heads !== 'number' || women > heads)
  if (women === undefined || isTooMany) faults.push('femaleCount')
  return {
    creditCode: code?.ok ? code.value : null,
    name,
    nameKey: foldName(name),
    areaCode: /^\d{0,12}$/.test(area) ? area : '',
    address: fold(raw.address, 200),
    park: fold(raw.park, 80),
    industry: section,
    ownership: knownOwnership,
    unitClass: knownClass,
    headcount: heads ?? null,
    femaleCount: isTooMany ? null : (women ?? null),
    faults: [...new Set(faults)],
  }
}
