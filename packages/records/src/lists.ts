import {
  listWithin,
  recordPersonFile,
  refuseLongFile,
  requireFreshProof,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely'
import type { z } from 'zod'
import { largestPage, type ListInput, type RowOf, type View } from './views.ts'

/** What a list's query is told of the question. */
export type ListQuestion<V extends View> = z.output<V['input']>

export type List<V extends View = View> = {
  readonly kind: 'list'
  readonly view: V
  /**
   * One row for each record in sight, with the view's columns under their names, `id` and, if the list is narrowed by body, `tenantId`.
   * Row-level security decides what is in sight. PostgreSQL pulls it up into the statement around it, so that filters and sorting use the
   * tables' indexes: it must not group, limit or sort.
   */
  readonly rows: (ctx: TenantContext, question: ListQuestion<V>) => Expression<RowOf<V>> | Promise<Expression<RowOf<V>>>
  /** What the typed words are looked for in; `r` is the row. */
  readonly search?: (words: string) => RawBuilder<SqlBool>
  /** The order before anybody sorts, as SQL over the rows `r`, where one column doesn't say it. */
  readonly order?: RawBuilder<unknown>
  /** A row is a person: whoever takes the list as a file proves again who it is, and that it was taken stands in the audit trail. */
  readonly isOfPersons?: boolean
  /** A second number beside each value of the facet, as SQL over the rows `r`. */
  readonly facetCount?: RawBuilder<number>
  /** What is counted of all rows that search and filters leave, as aggregates over the rows `r`; the text `<noun>.sums` says it above the list. */
  readonly sums?: Readonly<Record<string, RawBuilder<number>>>
}

export type FacetValue = { readonly value: string; readonly rows: number; readonly others: number }
export type ListPage<Row> = {
  readonly rows: Row[]
  readonly total: number
  readonly facets: FacetValue[]
  readonly sums: Readonly<Record<string, number>>
}

/**
 * Declares how a list is read.
 *
 * @throws Error where the view offers a search that nothing answers, or the other way round
 */
export function defineList<const V extends View>(view: V, declared: Omit<List<V>, 'kind' | 'view'>): List<V> {
  if (view.searchable !== (declared.search !== undefined))
    throw new Error(`${view.path} must both offer a search and say what it looks in, or neither`)
  return { kind: 'list', view, ...declared }
}

/** No more values of a facet are counted. */
const facetValues = 200
const filePart = 5000

/**
 * One page of a list, how many rows it has in all, and the values of its facet.
 *
 * @throws DomainError not_found for a body that is neither the actor's nor below it
 */
export async function readList<V extends View>(
  ctx: TenantContext,
  list: List<V>,
  question: ListQuestion<V>,
): Promise<ListPage<RowOf<V>>> {
  const { all, narrowed } = await ask(ctx, list, question)
  const page = await sql<RowOf<V>>`
    select r.* from ${narrowed} order by ${orderBy(list, question.sort)}
    limit ${Math.min(question.pageSize, largestPage)} offset ${(question.page - 1) * question.pageSize}`.execute(ctx.db)
  const counts = Object.entries({ total: sql<number>`count(*)`, ...list.sums }).map(
    ([name, count]) => sql`(${count})::bigint as ${sql.ref(name)}`,
  )
  const counted = await sql<Record<string, number>>`select ${sql.join(counts)} from ${narrowed}`.execute(ctx.db)
  const { total = 0, ...sums } = counted.rows[0] ?? {}
  return { rows: page.rows, total, facets: await countFacet(ctx, list, all), sums }
}

/**
 * All rows that search and filters leave, part by part, for a file. Of persons it asks for a fresh proof and writes an audit line.
 *
 * @throws DomainError invalid records.fileTooLong for more than a file holds; forbidden errors.proofNeeded
 */
export async function* readWholeList<V extends View>(
  ctx: TenantContext,
  list: List<V>,
  question: ListQuestion<V>,
): AsyncGenerator<RowOf<V>[]> {
  const { narrowed } = await ask(ctx, list, question)
  if (list.isOfPersons === true) requireFreshProof(ctx)
  // A cursor reads each row once; pages by number would read the first rows again for each page.
  await sql`declare list_rows no scroll cursor for select r.* from ${narrowed} order by ${orderBy(list, question.sort)}`.execute(
    ctx.db,
  )
  let read = 0
  for (;;) {
    const part = await sql<RowOf<V>>`fetch ${sql.lit(filePart)} from list_rows`.execute(ctx.db)
    read += part.rows.length
    refuseLongFile(read)
    if (part.rows.length > 0) yield part.rows
    if (part.rows.length < filePart) break
  }
  await sql`close list_rows`.execute(ctx.db)
  if (list.isOfPersons === true) await recordPersonFile(ctx, list.view.path, read)
}

/** The rows that search and filters leave (`all`), and of these the ones with the chosen value of the facet (`narrowed`). */
async function ask<V extends View>(ctx: TenantContext, list: List<V>, question: ListQuestion<V>) {
  requirePermission(ctx, list.view.permission)
  const where: RawBuilder<SqlBool>[] = [sql<SqlBool>`true`]
  const bodies = list.view.byBody ? await listWithin(ctx, question.body) : null
  if (bodies !== null) where.push(sql<SqlBool>`r."tenantId" = any (${bodies}::int[])`)
  if (list.view.year !== undefined) {
    const year = question.year ?? Number(ctx.today.slice(0, 4))
    where.push(sql<SqlBool>`${columnOf(list.view.year)} between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date`)
  }
  if (question.search !== '' && list.search !== undefined) where.push(list.search(question.search))
  for (const [name, { kind, chosen }] of Object.entries(list.view.columns)) {
    const wanted = question.filters[name] ?? chosen
    const [first] = wanted ?? []
    if (wanted === undefined || first === undefined) continue
    if (kind === 'date') {
      const [from, to] = first.split('..')
      if (from) where.push(sql<SqlBool>`${columnOf(name)} >= ${from}::date`)
      if (to) where.push(sql<SqlBool>`${columnOf(name)} <= ${to}::date`)
    } else if (kind === 'several') where.push(sql<SqlBool>`${columnOf(name)}::text[] && ${[...wanted]}::text[]`)
    else where.push(sql<SqlBool>`${columnOf(name)} = any (${[...wanted]}::text[])`)
  }
  const rows = await list.rows(ctx, question)
  const from = (conditions: RawBuilder<SqlBool>[]) => sql`${rows} as r where ${sql.join(conditions, sql` and `)}`
  return { all: from(where), narrowed: from([...where, ...whereFacet(list.view, question)]) }
}

const columnOf = (name: string) => sql.ref(`r.${name}`)

function whereFacet(view: View, { facet }: ListInput): RawBuilder<SqlBool>[] {
  return view.facet === undefined || facet === undefined || facet === ''
    ? []
    : [sql<SqlBool>`${columnOf(view.facet.column)} = ${facet}`]
}

/** The last word is the number of the record, so that pages never overlap. */
function orderBy({ view, order }: List, sort: string) {
  if (order !== undefined && sort === view.firstSort) return sql`${order}, r.id`
  const name = sort.replace(/^-/, '')
  const down = sort.startsWith('-')
  if (view.columns[name] === undefined) throw new Error(`The list ${view.path} has no column ${name}`)
  return sql`${columnOf(name)} ${sql.raw(down ? 'desc nulls last' : 'asc nulls last')}, r.id ${sql.raw(down ? 'desc' : 'asc')}`
}

async function countFacet<V extends View>(
  ctx: TenantContext,
  list: List<V>,
  from: RawBuilder<unknown>,
): Promise<FacetValue[]> {
  if (list.view.facet === undefined) return []
  const column = columnOf(list.view.facet.column)
  const { rows } = await sql<FacetValue>`
    select ${column} as value, count(*) as rows, ${list.facetCount ?? sql`0`} as others from ${from} and ${column} <> ''
    group by 1 order by 2 desc, 1 limit ${facetValues}`.execute(ctx.db)
  return rows
}
