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
