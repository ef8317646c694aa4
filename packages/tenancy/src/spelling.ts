import { sql, type RawBuilder } from 'kysely'
import { pinyin } from 'pinyin-pro'
import type { TenantContext } from './context.ts'
import { readPlace } from './place-readings.ts'

/**
 * What the search by pinyin reads: the whole name and its initials, without tones, in lower case. A name with ü is spelled twice, as
 * keyboards write it: 吕梁市 "lvliangshi luliangshi".
 */
export function spellName(name: string): { pinyin: string; initials: string } {
  const signs = [...name]
  const read = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'spaced', v: true })
  const syllables: string[] = []
  while (syllables.length < signs.length) {
    const place = readPlace(signs, syllables.length)
    syllables.push(...(place ?? [read[syllables.length] ?? '']))
  }
  const clean = syllables.map((syllable) => syllable.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
  const whole = clean.join('')
  const withU = clean.map((syllable) => syllable.replace(/^([ln])v/, '$1u')).join('')
  return { pinyin: whole === withU ? whole : `${whole} ${withU}`, initials: takeInitials(signs, clean) }
}

/** The first letter of each sign, of a word in Latin letters or a number only the first: "No.1" is n. */
function takeInitials(signs: readonly string[], syllables: readonly string[]): string {
  return syllables
    .map((syllable, place) => (isLatin(signs[place - 1]) && isLatin(signs[place]) ? '' : syllable.slice(0, 1)))
    .join('')
}

const isLatin = (sign: string | undefined) => sign !== undefined && /[a-z0-9.]/i.test(sign)

/** What somebody typed into a search by pinyin: no spaces, ü as the keyboards without it write it. */
export function spellTyped(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, '').replaceAll('ü', 'v')
}

/**
 * A condition on a row of tenancy.federation: its name, its spelling or its code holds what was typed. For rows that other conditions have found:
 * no index helps it.
 */
export function namesBody(alias: string, typed: string): RawBuilder<boolean> {
  const pattern = `%${spellTyped(typed).replaceAll(/[\\%_]/g, '\\$&')}%`
  const holds = (column: string) => sql`${sql.ref(`${alias}.${column}`)} like ${pattern}`
  return sql<boolean>`(${holds('name')} or ${holds('pinyin')} or ${holds('initials')} or lower(${sql.ref(`${alias}.code`)}) like ${pattern})`
}

/** Spells every body anew whose spelling is not what it should be: after a version that reads names better. Only for system actors. */
export async function respellBodies(ctx: TenantContext): Promise<number> {
  const bodies = await ctx.db
    .selectFrom('tenancy.federation')
    .select(['id', 'short_name as shortName', 'pinyin', 'initials'])
    .execute()
  const wrong = bodies.flatMap(({ id, shortName, ...now }) => {
    const right = spellName(shortName)
    return right.pinyin === now.pinyin && right.initials === now.initials ? [] : [{ id, ...right }]
  })
  if (wrong.length > 0)
    await sql`
      update tenancy.federation f set pinyin = n.pinyin, initials = n.initials
      from jsonb_to_recordset(${JSON.stringify(wrong)}::jsonb) as n(id int, pinyin text, initials text)
      where n.id = f.id`.execute(ctx.db)
  return wrong.length
}
