import { cleanText, foldTitle } from '@gonglian/spreadsheets'
import { actorName, DomainError, requirePermission, type FieldError, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import type { DeclaredImport, ImportColumn } from './declaration.ts'
import { findDeclared } from './import-kinds.ts'
import { findImport, holdImport, type Import } from './import-records.ts'
import { moveImport } from './imports.ts'
import { Layout, type FileMapping } from './layouts.ts'

const importId = z.int().positive()
const place = z.int().min(0).max(999)

export const GetImportLayout = z.object({ importId })
export const ReadImportAgain = z.object({
  importId,
  version: z.int().positive(),
  /** Another sheet, by its name. */
  sheet: z.string().max(200).optional(),
  /** Another line of the head. */
  headLine: z.int().min(1).max(1_000_000).optional(),
})
export const MapImport = z.object({
  importId,
  version: z.int().positive(),
  /** What each column of the file holds; those that are not named are left out. */
  columns: z.array(z.object({ place, key: z.string().max(40) })).max(200),
})

export type ColumnChoice = {
  readonly key: string
  readonly zh: string
  readonly en: string
  readonly isRequired: boolean
}
export type ImportLayout = Layout & { readonly choices: readonly ColumnChoice[] }

const toChoice = ({ key, zh, en, isRequired = false }: ImportColumn<string>): ColumnChoice => ({
  key,
  zh,
  en,
  isRequired,
})

async function openLayout(ctx: TenantContext, id: number): Promise<Layout | null> {
  const { layout_sealed: sealed } = await ctx.db
    .selectFrom('organisation.import')
    .select('layout_sealed')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return sealed === null ? null : Layout.parse(JSON.parse(ctx.vault.open('organisation.import_layout', sealed)))
}

/**
 * What was found in a file: sheets, head, columns and what they may be, until somebody confirmed them. Cells are shown to whoever sent the
 * file.
 */
export async function getImportLayout(
  ctx: TenantContext,
  input: z.output<typeof GetImportLayout>,
): Promise<ImportLayout | null> {
  requirePermission(ctx, 'member:read')
  const row = await findImport(ctx, input.importId)
  if (row.state !== 'mapping') return null
  const layout = await openLayout(ctx, row.id)
  if (layout === null) return null
  const choices = findDeclared(row.kind).columns.map(toChoice)
  if (row.actor === actorName(ctx.actor)) return { ...layout, choices }
  return { ...layout, choices, top: [], columns: layout.columns.map((column) => ({ ...column, samples: [] })) }
}

/** Reads the file again: another sheet, or with the head in another line. */
export async function readImportAgain(ctx: TenantContext, input: z.output<typeof ReadImportAgain>): Promise<Import> {
  requirePermission(ctx, 'organisation:write')
  const { row } = await holdImport(ctx, input, ['mapping'])
  return moveImport(ctx, row, 'reading', {
    layout_sealed: null,
    sheet: input.sheet ?? null,
    head_line: input.headLine ?? null,
  })
}

/**
 * Confirms what each column of the file holds, and has the file checked by it. The body's titles are remembered for its next file.
 *
 * @throws DomainError invalid organisation.import.noColumn for each required column that is missing, .columnTwice, .noHead
 */
export async function mapImport(ctx: TenantContext, input: z.output<typeof MapImport>): Promise<Import> {
  requirePermission(ctx, 'organisation:write')
  const { row, declared } = await holdImport(ctx, input, ['mapping'])
  const layout = await openLayout(ctx, row.id)
  if (layout === null || layout.head === null) throw new DomainError('invalid', 'organisation.import.noHead')
  checkColumns(declared, layout, input.columns)
  await rememberTitles(ctx, declared, layout, input.columns)
  const mapping: FileMapping = {
    ...layout.head,
    sheet: layout.sheet,
    columns: Object.fromEntries(input.columns.map(({ key, place: at }) => [key, at])),
    titles: listTitles(layout),
  }
  return moveImport(ctx, row, 'waiting', { mapping: JSON.stringify(mapping), layout_sealed: null })
}

function checkColumns(declared: DeclaredImport, layout: Layout, chosen: z.output<typeof MapImport>['columns']): void {
  const faults: FieldError[] = []
  const places = new Set(layout.columns.map((column) => column.place))
  const seen = new Set<string | number>()
  for (const [index, { place: at, key }] of chosen.entries()) {
    const column = declared.columns.find((one) => one.key === key)
    if (column === undefined || !places.has(at)) faults.push({ path: `columns.${index}`, key: 'errors.invalid' })
    else if (seen.has(key) || seen.has(at))
      faults.push({ path: `columns.${index}`, key: 'organisation.import.columnTwice', params: { column: column.zh } })
    seen.add(key)
    seen.add(at)
  }
  for (const column of declared.columns)
    if (column.isRequired === true && !seen.has(column.key))
      faults.push({ path: `missing.${column.key}`, key: 'organisation.import.noColumn', params: { column: column.zh } })
  if (faults.length > 0)
    throw new DomainError('invalid', faults[0]?.key ?? 'errors.invalid', {
      params: faults[0]?.params ?? {},
      fields: faults,
    })
}

/** Titles by their place in the file, empty ones too. */
function listTitles(layout: Layout): string[] {
  const last = Math.max(-1, ...layout.columns.map((column) => column.place))
  return Array.from({ length: last + 1 }, (_, at) =>
    cleanText(layout.columns.find((column) => column.place === at)?.title ?? ''),
  )
}

/** What the names of the declaration don't say by themselves. */
async function rememberTitles(
  ctx: TenantContext,
  declared: DeclaredImport,
  layout: Layout,
  chosen: z.output<typeof MapImport>['columns'],
): Promise<void> {
  const said = new Map<string, string>()
  for (const { place: at, title, key: found } of layout.columns) {
    const key = chosen.find((one) => one.place === at)?.key ?? ''
    const folded = foldTitle(title).slice(0, 120)
    if (folded !== '' && key !== (found ?? '')) said.set(folded, key)
  }
  if (said.size === 0) return
  await sql`
    insert into organisation.import_title (tenant_id, kind, title_key, column_key)
    select ${ctx.tenantId}, ${declared.key}, * from unnest(${[...said.keys()]}::text[], ${[...said.values()]}::text[])
    on conflict (tenant_id, kind, title_key) do update set column_key = excluded.column_key`.execute(ctx.db)
}
