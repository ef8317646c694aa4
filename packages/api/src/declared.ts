import {
  listDeclared,
  readList,
  readWholeList,
  runCommand,
  type Command,
  type Domain,
  type List,
  type ListPage,
  type Noun,
} from '@gonglian/records'
import type { RowOf } from '@gonglian/records/declared'
import { found } from '@gonglian/tenancy'
import type { TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server'
import { z } from 'zod'
import { provenProcedure, router, tenantProcedure } from './procedures.ts'

/** The procedure that a declaration becomes. */
type ProcedureOf<D> =
  D extends List<infer V>
    ? TRPCQueryProcedure<{ meta: unknown; input: z.input<V['input']>; output: ListPage<RowOf<V>> }>
    : D extends Command<infer F, infer Answer>
      ? TRPCMutationProcedure<{ meta: unknown; input: z.input<F['schema']>; output: Answer }>
      : never
type RouterOf<N> = ReturnType<typeof router<{ [Name in keyof N]: ProcedureOf<N[Name]> }>>
export type RoutersOf<D extends Domain> = { [Name in keyof D['nouns']]: RouterOf<D['nouns'][Name]> }

/** A router for each noun of a domain, with a procedure for each list and command that it declares. */
export function routeDomain<D extends Domain>(domain: D): RoutersOf<D>
export function routeDomain({ nouns }: Domain): Record<string, RouterOf<Noun>> {
  return Object.fromEntries(Object.entries(nouns).map(([noun, declared]) => [noun, routeNoun(declared)]))
}

function routeNoun(noun: Noun) {
  return router(Object.fromEntries(Object.entries(noun).map(([name, one]) => [name, routeOne(one)])))
}

function routeOne(one: List | Command) {
  if (one.kind === 'list')
    return tenantProcedure.input(one.view.input).query(({ ctx, input }) => readList(ctx.tenant, one, input))
  const procedure = one.isProved === true ? provenProcedure : tenantProcedure
  return procedure.input(one.form.schema).mutation(({ ctx, input }) => runCommand(ctx.tenant, one, input))
}

/** Reads any declared list whole, for its file. */
export function routeFiles(domains: readonly Domain[]) {
  const lists = new Map(listDeclared(domains, 'list').map((list) => [list.view.path, list]))
  return router({
    readFile: tenantProcedure
      .input(z.object({ path: z.string().max(80), question: z.record(z.string(), z.unknown()) }))
      .query(async ({ ctx, input }) => {
        const list = found(lists.get(input.path), 'records.noList')
        const rows: object[] = []
        for await (const part of readWholeList(ctx.tenant, list, list.view.input.parse(input.question)))
          rows.push(...part)
        return { rows }
      }),
  })
}
