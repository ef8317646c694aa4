/**
 * A name as it is compared: full-width letters, brackets, spaces and case do not make another employer or another union.
 *
 * @param name as people write it
 */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLocaleLowerCase('en')
    .replaceAll(/[\s()[\]{}<>《》〈〉【】“”"'·.,、,。-]/gu, '')
}

/** What a `like` takes literally. */
export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}

/** The pattern by which a folded name is found that holds what was typed. */
export function likeName(typed: string): string {
  return `%${escapeLike(foldName(typed))}%`
}
