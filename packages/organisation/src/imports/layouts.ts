import { foldTitle, type ColumnMatch, type Table } from '@gonglian/spreadsheets'
import { DomainError, withTenant, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import type { DeclaredImport, ImportColumn } from './declaration.ts'
import { requireRun, type Run } from './held-runs.ts'
import { openUpload } from './uploads.ts'

/** Cells of a column that are shown beside its title. */
const samples = 3
/** Signs of a cell that are shown. */
const shownSigns = 40
/** Empty rows count too; a register has 100,000. */
export const importLimit = 100_000
export const fileLimits = { rows: 2 * importLimit } as const

const Head = z.object({ line: z.int(), lastLine: z.int() })

/** What was found in a file before anybody said what its columns are. */
export const Layout = z.object({
  sheets: z.array(z.object({ name: z.string(), isShown: z.boolean() })),
  sheet: z.string(),
  head: Head.nullable(),
  /** The rows at the top, for somebody who points at the head. */
  top: z.array(z.object({ line: z.int(), text: z.string() })),
  columns: z.array(
    z.object({
      place: z.int(),
      title: z.string(),
      /** What it is taken for; null: left out. */
      key: z.string().nullable(),
      /** What else it may be, the best first. */
      offers: z.array(z.string()),
      samples: z.array(z.string()),
    }),
  ),
})
export type Layout = z.output<typeof Layout>

/** As somebody confirmed it. */
export const FileMapping = Head.extend({
  sheet: z.string(),
  columns: z.record(z.string(), z.int()),
  titles: z.array(z.string()),
})
export type FileMapping = z.output<typeof FileMapping>

/** How this body headed its columns before: a folded title and what it stood for, '' for a column that is left out. */
async function readTitles(ctx: TenantContext, kind: string): Promise<Map<string, string>> {
  const rows = await ctx.db
    .selectFrom('organisation.import_title')
    .select(['title_key', 'column_key'])
    .where('tenant_id', '=', ctx.tenantId)
    .where('kind', '=', kind)
    .limit(5000)
    .execute()
  return new Map(rows.map((row) => [row.title_key, row.column_key]))
}

/** The columns with the names that the body uses; a name that it uses for another column is taken away. */
function nameColumns(
  columns: readonly ImportColumn<string>[],
  titles: ReadonlyMap<string, string>,
): readonly ImportColumn<string>[] {
  return columns.map((column) => ({
    ...column,
    names: [
      ...column.names.filter((name) => (titles.get(foldTitle(name)) ?? column.key) === column.key),
      ...[...titles].flatMap(([title, key]) => (key === column.key ? [title] : [])),
    ],
  }))
}

async function gatherLayout(table: Table<string>): Promise<Layout> {
  const { sheets, sheet, head, top } = table
  const columns = (head?.matches ?? []).slice(0, 200).filter((match) => match.title.trim() !== '' || match.key !== null)
  const cells = new Map<number, string[]>(columns.map(({ place }) => [place, []]))
  let count = 0
  for await (const row of table.rows()) {
    for (const [place, shown] of cells) {
      const cell = row.cells[place]?.trim() ?? ''
      if (cell !== '' && shown.length < samples) shown.push(cell.slice(0, shownSigns))
    }
    count += 1
    if (count >= 20) break
  }
  const toColumn = ({ place, title, key, offers }: ColumnMatch<string>) => ({
    place,
    title: title.slice(0, 120),
    key,
    offers: offers.slice(0, 5).map((offer) => offer.key),
    samples: cells.get(place) ?? [],
  })
  return {
    sheets: sheets.slice(0, 100).map(({ name, isShown }) => ({ name, isShown })),
    sheet,
    head: head === null ? null : { line: head.line, lastLine: head.lastLine },
    top: top.map((row) => ({
      line: row.line,
      text: row.cells
        .filter((cell) => cell.trim() !== '')
        .join(' | ')
        .slice(0, 120),
    })),
    columns: columns.map(toColumn),
  }
}

/** Reads the top of a file: its sheets, its head, its columns and what they may be. Nothing is judged yet. */
export async function readLayout(run: Run, declared: DeclaredImport): Promise<void> {
  const { deps, actor, importId } = run
  const asked = await withTenant(deps, actor, async (ctx) => {
    await requireRun(ctx, run)
    const row = await ctx.db
      .selectFrom('organisation.import')
      .select(['file_sealed', 'sheet', 'head_line'])
      .where('id', '=', importId)
      .executeTakeFirstOrThrow()
    return { ...row, file: openFile(ctx, row.file_sealed), titles: await readTitles(ctx, declared.key) }
  })
  const table = await openUpload(asked.file, nameColumns(declared.columns, asked.titles), fileLimits, {
    ...(asked.sheet === null ? {} : { sheet: asked.sheet }),
    ...(asked.head_line === null ? {} : { headLine: asked.head_line }),
  })
  const layout = await gatherLayout(table).finally(() => table.close())
  await withTenant(deps, actor, async (ctx) => {
    await requireRun(ctx, run)
    await ctx.db
      .updateTable('organisation.import')
      .set({
        state: 'mapping',
        layout_sealed: ctx.vault.seal('organisation.import_layout', JSON.stringify(layout)),
        attempts: 0,
        version: sql`version + 1`,
        changed_at: ctx.now,
      })
      .where('id', '=', importId)
      .execute()
  })
}

/** @throws DomainError invalid organisation.import.broken when the file is gone */
export function openFile(ctx: TenantContext, sealed: Buffer | null): Buffer {
  if (sealed === null) throw new DomainError('invalid', 'organisation.import.broken')
  return Buffer.from(ctx.vault.open('organisation.import', sealed), 'base64')
}
