/**
 * The English of a text: what was typed, else what the same Chinese text had before, else the Chinese text itself. A Chinese page asks for none.
 */
export function keepEnglish(
  zh: string | undefined,
  typed: string | undefined,
  before: readonly { readonly textZh: string; readonly textEn: string }[],
): string {
  const written = typed?.trim() ?? ''
  if (written !== '') return written
  return before.find(({ textZh }) => textZh === zh)?.textEn ?? zh ?? ''
}
