import { FederationCode, levels, type Level } from './federations.ts'
import type { NewFederation } from './tree.ts'

/** A row of a list of bodies as it came: the text of its cells and the line it stands in. */
export type BodyRow = {
  readonly line: number
  readonly code: string
  readonly name: string
  readonly shortName?: string | undefined
  readonly level: string
  readonly kind?: string | undefined
  readonly parentCode?: string | undefined
  readonly lineParentCode?: string | undefined
  readonly validFrom?: string | undefined
}

/** A body that is there already, with the superiors it has today. */
export type KnownBody = {
  readonly code: string
  readonly name: string
  readonly level: Level
  readonly kind: 'regional' | 'industry'
  readonly parentCode: string | null
  readonly lineParentCode: string | null
  readonly validFrom: string
  readonly isOpen: boolean
}

export type BodyFault = {
  readonly line: number
  readonly what:
    | 'code'
    | 'name'
    | 'level'
    | 'kind'
    | 'date'
    | 'future'
    | 'closedPeriod'
    | 'duplicate'
    | 'closed'
    | 'differs'
    | 'noSuperior'
    | 'unknownSuperior'
    | 'closedSuperior'
    | 'beforeSuperior'
    | 'levelOrder'
    | 'kindOrder'
    | 'circle'
  /** What the text about it names: a code, a name, a day. */
  readonly about: string
}

const levelWords: Readonly<Record<Level, RegExp>> = {
  national: /^(national|country|全国|国家)级?$/i,
  province: /^(province|provincial|省|自治区|直辖市|省区市)级?$/i,
  city: /^(city|prefecture|市|地市|地区|地|州|自治州|盟|设区市)级?$/i,
  county: /^(county|district|县|区|县区|区县|县市区|旗|县级市)级?$/i,
  township: /^(township|street|乡|镇|乡镇|街道|乡镇街道)级?$/i,
}
const kindWords = {
  regional: /^(regional|area|地方|地区|区域|地方工会|综合)$/i,
  industry: /^(industry|industrial|line|产业|行业|产业工会|行业工会)$/i,
} as const

const kinds = ['regional', 'industry'] as const

/** "2026-1-5", "2026/01/05", "2026年1月5日", or the number of the day as a workbook stores it; null: none of these. */
function parseDay(text: string): string | null {
  const serial = /^\d{5}$/.test(text) ? Number(text) : null
  // Day 1 of a workbook is 1900-01-01, and it takes 1900 for a leap year.
  if (serial !== null) return new Date(Date.UTC(1899, 11, 30 + serial)).toISOString().slice(0, 10)
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? []
  if (year === undefined || month === undefined || day === undefined) return null
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = new Date(`${written}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(written) ? written : null
}

const fold = (text: string | undefined) => (text ?? '').normalize('NFKC').replaceAll(/\s+/gu, ' ').trim()
const depthOf = (level: Level) => levels.indexOf(level)

/** Whether a body of this level and kind may stand directly below the other: deeper, or at the same level in an industry. */
export function mayStandBelow(
  body: { level: Level; kind: 'regional' | 'industry' },
  superior: { level: Level; kind: 'regional' | 'industry' },
): 'levelOrder' | 'kindOrder' | null {
  if (body.kind === 'regional' && superior.kind === 'industry') return 'kindOrder'
  const difference = depthOf(body.level) - depthOf(superior.level)
  return difference > 0 || (difference === 0 && body.kind === 'industry') ? null : 'levelOrder'
}

/** The kind of union a body is, by its level and kind. */
export function unionKindOf(level: Level, kind: 'regional' | 'industry'): string {
  if (kind === 'industry') return 'INDUSTRY_UNION'
  return level === 'township' ? 'FEDERATION_TOWNSHIP' : 'FEDERATION_LOCAL'
}

type Rules = {
  readonly known: readonly KnownBody[]
  readonly today: string
  /** Where a row gives no day. */
  readonly since: string
  /** Earlier days are refused: reports of periods that are over would be expected of new bodies. */
  readonly notBefore: string | null
}

type Draft = NewFederation & { line: number; kind: 'regional' | 'industry' }

/** A row read by itself, and what is wrong with it by itself. */
function readRow(row: BodyRow, rules: Rules): { draft: Draft | null; faults: BodyFault[] } {
  const faults: BodyFault[] = []
  const fault = (what: BodyFault['what'], about: string) => void faults.push({ line: row.line, what, about })
  const code = FederationCode.safeParse(fold(row.code))
  if (!code.success) fault('code', fold(row.code))
  const name = fold(row.name)
  if (name.length < 2 || name.length > 120) fault('name', name)
  const level = levels.find((one) => levelWords[one].test(fold(row.level)))
  if (level === undefined) fault('level', fold(row.level))
  const kindText = fold(row.kind)
  const kind = kinds.find((one) => kindWords[one].test(kindText === '' ? 'regional' : kindText))
  if (kind === undefined) fault('kind', kindText)
  const dayText = fold(row.validFrom)
  const validFrom = dayText === '' ? rules.since : parseDay(dayText)
  if (validFrom === null) fault('date', dayText)
  else if (validFrom > rules.today) fault('future', validFrom)
  if (!code.success || level === undefined || kind === undefined || validFrom === null || faults.length > 0)
    return { draft: null, faults }
  const parentCode = fold(row.parentCode).toUpperCase()
  const lineParentCode = fold(row.lineParentCode).toUpperCase()
  const draft: Draft = {
    line: row.line,
    code: code.data,
    name,
    shortName: fold(row.shortName) || name.replace(/(总工会|联合会)$/, '') || name,
    level,
    kind,
    unionKind: unionKindOf(level, kind),
    validFrom,
    ...(parentCode === '' ? {} : { parentCode }),
    ...(lineParentCode === '' ? {} : { lineParentCode }),
  }
  return { draft, faults }
}

/** In what a row says something else than the body that is there; null: in nothing. A day counts only where one was given. */
function findDifference(draft: Draft, known: KnownBody, isDated: boolean): string | null {
  const pairs: readonly (readonly [string, string | null, string | null])[] = [
    ['name', draft.name, known.name],
    ['level', draft.level, known.level],
    ['kind', draft.kind, known.kind],
    ['superior', draft.parentCode ?? null, known.parentCode],
    ['line superior', draft.lineParentCode ?? null, known.lineParentCode],
    ['valid from', isDated ? draft.validFrom : known.validFrom, known.validFrom],
  ]
  const found = pairs.find(([, given, stored]) => given !== stored)
  return found ? `${found[0]}: ${found[2] ?? '-'}` : null
}

type Hierarchy = 'parentCode' | 'lineParentCode'
type Lookup = {
  readonly drafts: ReadonlyMap<string, Draft>
  readonly known: ReadonlyMap<string, KnownBody>
  /** The line of every code that occurs, of faulty rows too. */
  readonly lines: ReadonlyMap<string, number>
}

function checkSuperior(draft: Draft, way: Hierarchy, { drafts, known, lines }: Lookup): BodyFault | null {
  const code = draft[way]
  const fault = (what: BodyFault['what'], about: string): BodyFault => ({ line: draft.line, what, about })
  if (code === undefined) return null
  const stored = known.get(code)
  const superior = drafts.get(code) ?? stored
  // A superior whose own line is faulty is no second fault.
  if (superior === undefined) return lines.has(code) ? null : fault('unknownSuperior', code)
  if (stored && !stored.isOpen) return fault('closedSuperior', code)
  if (superior.validFrom > draft.validFrom) return fault('beforeSuperior', superior.validFrom)
  const order = mayStandBelow(draft, superior)
  if (order !== null) return fault(order, `${code} ${superior.name}`)
  const passed = [draft.code]
  for (let at: string | undefined = code; at !== undefined; at = drafts.get(at)?.[way]) {
    if (at === draft.code) return fault('circle', [...passed, at].join(' → '))
    if (passed.includes(at)) break
    passed.push(at)
  }
  return null
}

/**
 * Checks a list of bodies against itself and against the bodies that are there. Nothing is guessed: each fault has its line and what it is about.
 * Rows equal to a body that is there are counted and left out; what remains may be given to `addFederations`.
 */
export function checkBodyRows(
  rows: readonly BodyRow[],
  rules: Rules,
): { faults: BodyFault[]; added: NewFederation[]; equal: number } {
  const known = new Map(rules.known.map((body) => [body.code, body]))
  const drafts = new Map<string, Draft>()
  const lines = new Map<string, number>()
  const faults: BodyFault[] = []
  let equal = 0
  let top = rules.known.find((body) => body.isOpen && body.parentCode === null)?.code ?? null
  for (const row of rows) {
    const { draft, faults: own } = readRow(row, rules)
    faults.push(...own)
    const fault = (what: BodyFault['what'], about: string) => void faults.push({ line: row.line, what, about })
    const code = draft?.code ?? fold(row.code).toUpperCase()
    const twin = lines.get(code)
    if (twin !== undefined) {
      fault('duplicate', `${code}, line ${twin}`)
      continue
    }
    lines.set(code, row.line)
    if (draft === null) continue
    const stored = known.get(draft.code)
    if (stored) {
      const difference = stored.isOpen ? findDifference(draft, stored, fold(row.validFrom) !== '') : null
      if (!stored.isOpen) fault('closed', draft.code)
      else if (difference !== null) fault('differs', difference)
      else equal += 1
      continue
    }
    if (draft.parentCode === undefined) {
      if (top !== null) fault('noSuperior', top)
      else top = draft.code
    }
    if (rules.notBefore !== null && draft.validFrom < rules.notBefore) fault('closedPeriod', rules.notBefore)
    drafts.set(draft.code, draft)
  }
  for (const draft of drafts.values())
    for (const way of ['parentCode', 'lineParentCode'] as const) {
      const fault = checkSuperior(draft, way, { drafts, known, lines })
      if (fault) faults.push(fault)
    }
  const added = [...drafts.values()].map(({ line: _, ...body }) => body)
  return { faults: faults.toSorted((a, b) => a.line - b.line), added, equal }
}
