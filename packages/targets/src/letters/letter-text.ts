import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Item } from '../items.ts'
import type { Party, Plan } from '../plans.ts'

/** What a letter says about one item: everything that binds, in the words and units of the day it was signed. */
const LetterLine = z.object({
  itemId: z.number(),
  position: z.number(),
  aspect: z.string(),
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  unit: z.string(),
  scale: z.number(),
  method: z.enum(['sum', 'floor', 'each']),
  direction: z.number(),
  weight: z.number(),
  value: z.number(),
  exemption: z.string(),
  note: z.string(),
  accountable: z.string(),
})
const LetterParty = z.object({ code: z.string(), name: z.string() })
export const LetterText = z.object({
  form: z.literal('gonglian.letter.1'),
  plan: z.object({ id: z.number(), year: z.number(), name: z.string() }),
  issuer: LetterParty,
  receiver: LetterParty,
  lines: z.array(LetterLine),
})
export type LetterText = z.infer<typeof LetterText>

/** The text that is hashed: keys in one order, no spaces, so that equal letters have equal hashes. */
export function writeCanonical(text: LetterText): string {
  const line = (one: z.infer<typeof LetterLine>) => [
    one.itemId,
    one.position,
    one.aspect,
    one.code,
    one.nameZh,
    one.nameEn,
    one.unit,
    one.scale,
    one.method,
    one.direction,
    one.weight,
    one.value,
    one.exemption,
    one.note,
    one.accountable,
  ]
  return JSON.stringify([
    text.form,
    [text.plan.id, text.plan.year, text.plan.name],
    [text.issuer.code, text.issuer.name],
    [text.receiver.code, text.receiver.name],
    text.lines.map(line),
  ])
}

const Canonical = z.tuple([
  z.literal('gonglian.letter.1'),
  z.tuple([z.number(), z.number(), z.string()]),
  z.tuple([z.string(), z.string()]),
  z.tuple([z.string(), z.string()]),
  z.array(
    z.tuple([
      z.number(),
      z.number(),
      z.string(),
      z.string(),
      z.string(),
      z.string(),
      z.string(),
      z.number(),
      z.enum(['sum', 'floor', 'each']),
      z.number(),
      z.number(),
      z.number(),
      z.string(),
      z.string(),
      z.string(),
    ]),
  ),
])

/** A stored letter read back. */
export function readCanonical(canonical: string): LetterText {
  const [form, [id, year, name], [issuerCode, issuerName], [receiverCode, receiverName], lines] = Canonical.parse(
    JSON.parse(canonical),
  )
  return {
    form,
    plan: { id, year, name },
    issuer: { code: issuerCode, name: issuerName },
    receiver: { code: receiverCode, name: receiverName },
    lines: lines.map((line) => ({
      itemId: line[0],
      position: line[1],
      aspect: line[2],
      code: line[3],
      nameZh: line[4],
      nameEn: line[5],
      unit: line[6],
      scale: line[7],
      method: line[8],
      direction: line[9],
      weight: line[10],
      value: line[11],
      exemption: line[12],
      note: line[13],
      accountable: line[14],
    })),
  }
}

export function digestLetter(canonical: string): string {
  return createHash('sha256').update(canonical).digest('hex')
}

export type LetterShare = { item: Item; value: number; exemption: string }

/** The letter between two bodies about these shares. */
export function composeLetter(
  plan: Pick<Plan, 'id' | 'year' | 'name'>,
  issuer: Pick<Party, 'code' | 'name'>,
  receiver: Pick<Party, 'code' | 'name'>,
  shares: readonly LetterShare[],
): LetterText {
  return {
    form: 'gonglian.letter.1',
    plan: { id: plan.id, year: plan.year, name: plan.name },
    issuer: { code: issuer.code, name: issuer.name },
    receiver: { code: receiver.code, name: receiver.name },
    lines: shares.map(({ item, value, exemption }) => ({
      itemId: item.id,
      position: item.position,
      aspect: item.aspect,
      code: item.measure.code,
      nameZh: item.measure.nameZh,
      nameEn: item.measure.nameEn,
      unit: item.measure.unit,
      scale: item.measure.scale,
      method: item.method,
      direction: item.direction,
      weight: item.weight,
      value,
      exemption,
      note: item.note,
      accountable: item.accountable,
    })),
  }
}
