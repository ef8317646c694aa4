import type { JsonValue } from '@gonglian/db'
import { DomainError, type TenantContext } from '@gonglian/tenancy'
import type { z } from 'zod'
import { getParameter, setParameter, type SetParameter } from './parameters.ts'

/** A figure that differs by place: a parameter, with what holds where nobody has set one (handbook 4.4, 5.1). */
export type Limit<T> = {
  readonly key: string
  readonly schema: z.ZodType<T>
  readonly fallback: T
  /** What the fallback rests on, as a reader cites it: a law by name and article, or common practice. */
  readonly rule: string
}

const known = new Map<string, Limit<JsonValue>>()

/** Declares a limit: its key, what it may be, and what holds where nobody has set it. */
export function defineLimit<T extends JsonValue>(
  key: string,
  schema: z.ZodType<T>,
  fallback: T,
  rule: string,
): Limit<T> {
  known.set(key, { key, schema, fallback, rule })
  return { key, schema, fallback, rule }
}

/** What holds for a body: its own value or that of the nearest superior, else the rule of the handbook. */
export async function readLimit<T>(
  ctx: TenantContext,
  limit: Limit<T>,
  options: { federationId?: number; on?: string } = {},
): Promise<T> {
  try {
    return (await getParameter(ctx, limit.key, limit.schema, options)).value
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return limit.fallback
    throw error
  }
}

/** The shape of a parameter that is such a limit, for whoever sets one; undefined for other keys. */
export function findLimitSchema(key: string): z.ZodType | undefined {
  return known.get(key)?.schema
}

/** What holds where nobody has set anything, with the rule behind it. */
export function listLimits(): { key: string; value: JsonValue; rule: string }[] {
  return [...known.values()].map(({ key, fallback, rule }) => ({ key, value: fallback, rule }))
}

/**
 * Sets such a figure for the acting body and those below.
 *
 * @throws DomainError as setParameter
 */
export async function setLimit(ctx: TenantContext, input: z.output<typeof SetParameter>): Promise<void> {
  await setParameter(ctx, input, findLimitSchema(input.key))
}
