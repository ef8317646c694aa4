import type { JsonValue } from '@gonglian/db'
import type { Permission, TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import type { Block, Content } from './blocks.ts'

/** What a paper takes from its record. */
export type Drawn<Data> = {
  /** 发文字号 or number of the certificate, as the record has it; null: the paper has none. */
  readonly number: string | null
  readonly data: Data
  /** The last day on which the paper counts; left out: until it is withdrawn. */
  readonly until?: string
}

/** A paper that a domain declares, whatever its data are. */
export type Paper = {
  /** Its address and its name: `unions.approval` has the text `papers.unions.approval`. */
  readonly path: string
  readonly permission: Permission
  /** Who signs it in the name of the body; null: it is not signed and carries no QR code. */
  readonly signedBy: Permission | null
  /** Whether the name of the issuer stands in red above a red line. */
  readonly head: 'red' | 'plain'
  /** The data of the own record. Checked against the template's own schema. */
  readonly draw: (ctx: TenantContext, id: number) => Promise<Drawn<JsonValue>>
  /** What the paper says, from data as they stand on the record or as they were issued. */
  readonly lay: (data: unknown) => Content
}

type Template<S extends z.ZodType> = {
  readonly path: string
  readonly permission: Permission
  readonly signedBy: Permission | null
  readonly head: 'red' | 'plain'
  readonly data: S
  /**
   * Reads the own record.
   *
   * @throws DomainError not_found for a record of others; conflict where the record is not yet what the paper says
   */
  readonly read: (ctx: TenantContext, id: number) => Promise<Drawn<z.input<S>>>
  readonly title: (data: z.output<S>) => string
  readonly to?: (data: z.output<S>) => string
  readonly blocks: (data: z.output<S>) => readonly Block[]
}

const Json = z.json()

/** Declares a paper: a template with typed data, from which the print page and the Word file follow. */
export function definePaper<S extends z.ZodType>(template: Template<S>): Paper {
  const { path, permission, signedBy, head, data: schema, read, title, to, blocks } = template
  return {
    path,
    permission,
    signedBy,
    head,
    draw: async (ctx, id) => {
      const { data, ...drawn } = await read(ctx, id)
      return { ...drawn, data: Json.parse(schema.parse(data)) }
    },
    lay: (given) => {
      const data = schema.parse(given)
      return { title: title(data), to: to?.(data) ?? null, blocks: blocks(data) }
    },
  }
}
