import { z } from 'zod'

/** Dots between the parts of a name, as keyboards and files write them. */
const dots = /\s*[•‧・･∙⋅·●᛫]\s*/gu

/**
 * A name as it is kept: without signs that nobody sees, in half width, one space between words, one dot (·) between parts. So a person is
 * found however the name was typed.
 */
export function normalizeName(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\p{Cc}]/gu, '')
    .replaceAll(dots, '·')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}

/** The name of a person, kept in its one form. */
export const PersonName = z.string().overwrite(normalizeName).min(1).max(60)

/**
 * A name as it is compared: full-width letters, brackets, spaces, dots, signs that nobody sees and case do not make another employer or another union.
 *
 * @param name as people write it
 */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLocaleLowerCase('en')
    .replaceAll(/[\s\p{Cf}\p{Cc}\p{Pd}()[\]{}<>《》〈〉【】“”"'•‧・∙⋅·●.,、,。]/gu, '')
}

/** What a `like` takes literally. */
export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}

/** The pattern by which a folded name is found that holds what was typed. */
export function likeName(typed: string): string {
  return `%${escapeLike(foldName(typed))}%`
}
