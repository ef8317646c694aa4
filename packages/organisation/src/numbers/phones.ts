/** Half-width, without the spaces, hyphens and brackets that people put between groups, and signs that nobody sees. */
export function foldPhone(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s\p{Cf}\p{Cc}\p{Pd}()]/gu, '')
}

/** A mobile number of the mainland, or a landline with its area code (handbook 13). The number as it is kept, or null. */
export function checkPhone(text: string): string | null {
  const value = foldPhone(text).replace(/^\+?86(?=1\d{10}$)/, '')
  return /^1[3-9]\d{9}$/.test(value) || /^0\d{2,3}\d{7,8}$/.test(value) ? value : null
}
