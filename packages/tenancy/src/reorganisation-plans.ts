import { z } from 'zod'
import { FederationCode, levels, type Federation } from './federations.ts'
import type { NewFederation } from './tree.ts'

const Name = z.string().trim().min(2).max(120)
const Grounds = z.object({
  /** First day on which it is so. */
  day: z.iso.date(),
  reason: z.string().trim().min(2).max(200),
  /** 文号 of the document that decided it, if any. */
  documentNumber: z.string().trim().max(60).default(''),
})

/** What is to change, with the codes of the bodies it is about. */
export const ReorganisationPlan = z.discriminatedUnion('kind', [
  Grounds.extend({
    kind: z.literal('open'),
    code: FederationCode,
    name: Name,
    level: z.enum(levels),
    bodyKind: z.enum(['regional', 'industry']).default('regional'),
    parent: FederationCode,
    lineParent: FederationCode.optional(),
  }),
  Grounds.extend({ kind: z.literal('close'), body: FederationCode, successor: FederationCode.optional() }),
  Grounds.extend({ kind: z.literal('rename'), body: FederationCode, name: Name }),
  Grounds.extend({
    kind: z.literal('move'),
    body: FederationCode,
    parent: FederationCode,
    hierarchy: z.enum(['regional', 'line']).default('regional'),
  }),
  Grounds.extend({
    kind: z.literal('merge'),
    bodies: z.array(FederationCode).min(1).max(20),
    /** The body they go into; with a name it is a new one. */
    into: FederationCode,
    name: Name.optional(),
  }),
  Grounds.extend({
    kind: z.literal('split'),
    body: FederationCode,
    code: FederationCode,
    name: Name,
    /** Bodies directly below that go over to the new one. */
    children: z.array(FederationCode).min(1).max(500),
  }),
])
export type Plan = z.output<typeof ReorganisationPlan>

export type PartName = 'opened' | 'closed' | 'renamed' | 'moved' | 'successor' | 'superior' | 'formerSuperior' | 'split'

/** One change after the other; `open` comes before whatever refers to the new body by its code. */
export type Step =
  | { readonly step: 'open'; readonly body: NewFederation }
  | {
      readonly step: 'link'
      readonly body: Federation
      readonly parentCode: string
      readonly hierarchy: 'regional' | 'line'
    }
  | { readonly step: 'close'; readonly body: Federation; readonly successorCode: string | null }
  | { readonly step: 'rename'; readonly body: Federation; readonly name: string }

export type Compiled = { readonly steps: readonly Step[]; readonly parts: readonly { part: PartName; code: string }[] }
