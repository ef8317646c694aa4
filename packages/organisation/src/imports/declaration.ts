import type { JsonObject } from '@gonglian/db'
import { readCells, type CellFault, type Column, type TableRow } from '@gonglian/spreadsheets'
import type { MessageParams, TenantContext } from '@gonglian/tenancy'
import type { Permission } from '@gonglian/tenancy/permissions'
import type { Sex } from '../members/facets.ts'
import type { Finding } from '../numbers/findings.ts'

/** A column with its name in both languages; `names` holds these and the other names that offices use. */
export type ImportColumn<Key extends string> = Column<Key> & { readonly zh: string; readonly en: string }

/** Declares columns by their two names and the other ones. */
export function defineColumns<Key extends string>(
  columns: readonly (Omit<ImportColumn<Key>, 'names'> & { readonly also?: readonly string[] })[],
): readonly ImportColumn<Key>[] {
  return columns.map(({ also = [], ...column }) => ({ ...column, names: [column.zh, column.en, ...also] }))
}

/** What is wrong in a row. `column` is a key of the declaration. */
export type ImportProblem = Finding & { readonly column: string; readonly level: 'error' | 'warning' }

/** A row that passed every check that needs no other rows. */
export type PassedRow = {
  readonly data: JsonObject
  /** The person whom the row is about; sealed while it waits. */
  readonly idNumber?: { readonly value: string; readonly sex: Sex; readonly birth: string } | null
  readonly mobile?: string | null
  /** What may stand in one row of the file only; `rule` names the refusal of the second. */
  readonly once: readonly { readonly column: string; readonly value: string; readonly rule: string }[]
}

export type JudgedRow = { readonly problems: ImportProblem[]; readonly row: PassedRow | null }

/** What somebody said beside the file. */
export type ImportFile = {
  readonly id: number
  readonly defaultUnionId: number | null
  readonly consentVersion: string
}

/** What a row wrote: a record that is deleted again when the import is undone, as long as it stands at this version. */
export type WrittenItem = { readonly kind: ItemKind; readonly id: number; readonly version: number | null }
export type ItemKind =
  'member' | 'officer_person' | 'officer' | 'term' | 'companion_body' | 'covered_unit' | 'union' | 'employer'

/** A row without items was refused for the reason given. */
export type RowOutcome = {
  readonly line: number
  readonly items: readonly WrittenItem[]
  readonly problem: ImportProblem | null
}

/**
 * What can be imported: the columns, who may, how a row is judged, and how it is written. The steps (file, columns, preview, writing,
 * undoing), the staging of rows, faults and progress are the same for all.
 */
export type DeclaredImport = {
  /** Texts: imports.kind.<key>, imports.template.file.<key>. */
  readonly key: string
  /** Who sends a file of this kind, and who has it written. */
  readonly permission: Permission
  readonly commitPermission: Permission
  /** Whoever sent the file does not have it written. */
  readonly isFourEyes: boolean
  readonly columns: readonly ImportColumn<string>[]
  /** A line that shows how, by column. */
  readonly example: Readonly<Record<'zh' | 'en', Readonly<Record<string, string>>>>
  /** Rows may leave out the union and take the one given beside the file. */
  readonly takesUnion: boolean
  /** Of persons: says which notice they were shown (PIPL 17). */
  readonly takesConsent: boolean
  /** Rows of one transaction. */
  readonly batchRows: number
  /** Refuses the kind to a body as a whole, before a file is taken and again before it is written. */
  readonly allow?: (ctx: TenantContext) => Promise<void>
  /** Reads what rows are judged by, once for a file. */
  readonly prepare: (ctx: TenantContext, file: ImportFile) => Promise<(row: TableRow<string>) => JudgedRow>
  /** Writes the staged rows up to a line, and answers for each. */
  readonly write: (ctx: TenantContext, file: ImportFile, upTo: number) => Promise<RowOutcome[]>
}

const cellRules = {
  required: 'required',
  errorCell: 'errorCell',
  digitsLost: 'digitsLost',
  tooLong: 'tooLong',
  count: 'count',
  choice: 'word',
  day: 'day',
  dayPart: 'dayPart',
  dayOrder: 'dayUnclear',
  noSuchDay: 'noSuchDay',
} as const satisfies Record<CellFault<string>['rule'], string>

function complainOf({ key, rule, allowed, suggestion, length }: CellFault<string>): ImportProblem {
  const name = rule === 'choice' && suggestion !== null ? 'wordMeant' : cellRules[rule]
  return {
    column: key,
    level: 'error',
    rule: `import.${cellRules[rule]}`,
    key: `organisation.import.${name}`,
    params: {
      ...(length === null ? {} : { length }),
      ...(rule === 'choice' ? { allowed: allowed.join('、') } : {}),
      ...(suggestion === null ? {} : { suggestion }),
    },
  }
}

/** A refusal of the imports' own texts. */
export function complain(column: string, rule: string, params?: Finding['params']): ImportProblem {
  return refer(column, `organisation.import.${rule}`, params)
}

/** A refusal that the form knows too, by its key. */
export function refer(column: string, key: string, params?: MessageParams): ImportProblem {
  return {
    column,
    level: 'error',
    rule: key.replace('organisation.', ''),
    key,
    ...(params ? { params: { ...params } } : {}),
  }
}

/** A row read by its columns; the problems grow with what the caller finds. */
export type ReadRow<Key extends string> = {
  readonly cell: (key: Key) => string
  readonly has: (key: Key) => boolean
  readonly problems: ImportProblem[]
  readonly complain: (column: Key, rule: string, params?: Finding['params']) => void
  readonly refer: (column: Key, key: string, params?: MessageParams) => void
  /** What a check of a number found: errors, or warnings of one that is right. */
  readonly note: (column: Key, findings: readonly Finding[], level: 'error' | 'warning') => void
}

/** Reads the cells of a row as its columns say. */
export function readRow<Key extends string>(row: TableRow<string>, columns: readonly Column<Key>[]): ReadRow<Key> {
  const { values, faults } = readCells(row, columns)
  const problems = faults.map(complainOf)
  return {
    problems,
    cell: (key) => values.get(key) ?? '',
    has: (key) => values.has(key),
    complain: (column, rule, params) => problems.push(complain(column, rule, params)),
    refer: (column, key, params) => problems.push(refer(column, key, params)),
    note: (column, findings, level) => problems.push(...findings.map((finding) => ({ ...finding, column, level }))),
  }
}

/** Whether something in the row refuses it. */
export function isRefused(problems: readonly ImportProblem[]): boolean {
  return problems.some(({ level }) => level === 'error')
}
