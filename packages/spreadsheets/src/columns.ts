/** A value that a cell may hold, with the words that mean it; the first is the one that is offered. */
export type Choice = { readonly value: string; readonly words: readonly string[] }

/**
 * What a column holds. `digits`: a number that nobody calculates with (ID, credit code, phone): all digits count. `count`: a whole number
 * from 0 on.
 */
export type CellType = 'text' | 'digits' | 'day' | 'count' | 'choice'

/** A column that a file may hold. */
export type Column<Key extends string> = {
  readonly key: Key
  /** How files head it; the first is the one that is shown. Compared folded, the whole head. */
  readonly names: readonly string[]
  readonly holds: CellType
  readonly isRequired?: boolean
  /** The most signs. */
  readonly length?: number
  readonly choices?: readonly Choice[]
}

/** Signs that nobody sees, and that come with text copied from elsewhere; line breaks and tabs become spaces. */
export function cleanText(text: string): string {
  // Most cells hold nothing of the kind.
  if (!/[\s\p{Cf}\p{Cc}]/u.test(text)) return text
  return text
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}

/** A head as it is compared. */
export function foldTitle(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{Cf}\p{Cc}*:、,.。·_/\\"'“”()[\]【】-]/gu, '')
}

/** The same without what stands in brackets: "身份证号（必填）". */
export function foldTitleWithoutNotes(title: string): string {
  return foldTitle(title.normalize('NFKC').replaceAll(/[([【][^)\]】]*[)\]】]/gu, ''))
}
