import { createHash, hkdfSync } from 'node:crypto'
import { z } from 'zod'
import { drawSigns, readCode, spellBytes } from './slip-signs.ts'

/** 100 bits of chance: more than anybody tries out. */
const signsOfChance = 20
const signsPerCode = 24

const findCheckSigns = (chance: string): string =>
  spellBytes(createHash('sha256').update(`working group code ${chance}`).digest(), signsPerCode - signsOfChance)

/** The code that a member of the working group keeps on paper: twenty signs of chance, and four by which a slip of the pen shows. */
export function drawCode(): string {
  const chance = drawSigns(signsOfChance)
  return chance + findCheckSigns(chance)
}

/** A code as somebody types it, with check signs that fit. */
export const GroupCode = z
  .string()
  .max(80)
  .transform(readCode)
  .pipe(
    z
      .string()
      .regex(/^[2-9A-HJ-NP-Z]{24}$/, 'organisation.groupCode')
      .refine(
        (code) => findCheckSigns(code.slice(0, signsOfChance)) === code.slice(signsOfChance),
        'organisation.groupCode',
      ),
  )

/** The member's private key for one appraisal. */
export function readPrivateKey(appraisalId: number, code: string): Buffer {
  return Buffer.from(hkdfSync('sha256', code, 'gonglian', `working group code ${appraisalId}`, 32))
}
