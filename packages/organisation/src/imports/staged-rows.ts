import { DomainError, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import type { z } from 'zod'
import { refer, type ImportFile, type ImportProblem, type RowOutcome, type WrittenItem } from './declaration.ts'

/** A row that waits to be written, with the sealed numbers of its person. */
export type StagedRow<Data> = {
  readonly line: number
  readonly data: Data
  readonly person: {
    readonly id_sealed: Buffer | null
    readonly id_print: Buffer | null
    readonly mobile_sealed: Buffer | null
    readonly mobile_print: Buffer | null
  }
}

type Line = StagedRow<unknown>['person'] & { line: number; data: unknown }

/**
 * Writes staged rows one by one: a row that is refused leaves nothing behind and takes no other with it.
 *
 * @param toColumn the column of the file that a field of a refusal is about
 */
export async function writeEach<Schema extends z.ZodType>(
  ctx: TenantContext,
  {
    file,
    upTo,
    schema,
    toColumn,
  }: { file: ImportFile; upTo: number; schema: Schema; toColumn: (field: string) => string },
  write: (row: StagedRow<z.output<Schema>>) => Promise<WrittenItem[]>,
): Promise<RowOutcome[]> {
  const { rows } = await sql<Line>`
    select line, data, id_sealed, id_print, mobile_sealed, mobile_print from organisation.import_row
    where import_id = ${file.id} and line <= ${upTo} order by line`.execute(ctx.db)
  const outcomes: RowOutcome[] = []
  for (const { line, data, ...person } of rows) {
    await sql`savepoint import_row`.execute(ctx.db)
    try {
      const items = await write({ line, data: schema.parse(data), person })
      outcomes.push({ line, items, problem: null })
    } catch (error) {
      const problem = toProblem(error, toColumn)
      if (problem === null) throw error
      await sql`rollback to savepoint import_row`.execute(ctx.db)
      outcomes.push({ line, items: [], problem })
    }
    await sql`release savepoint import_row`.execute(ctx.db)
  }
  return outcomes
}

/** What the form would have said, beside the column. Null: nobody expected it. */
function toProblem(error: unknown, toColumn: (field: string) => string): ImportProblem | null {
  if (!(error instanceof DomainError)) return null
  const [field] = error.fields
  if (field === undefined) return refer(toColumn(''), error.key, error.params)
  return refer(toColumn(field.path), field.key, field.params ?? error.params)
}

/** Words that people write for yes and no. */
export const yesAndNo = [
  { value: 'yes', words: ['是', '有', 'yes', '√', 'y'] },
  { value: 'no', words: ['否', '无', 'no', '×', 'n', '没有'] },
] as const
