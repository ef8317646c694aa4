/** A number in [0, 1) that depends on nothing but its arguments: the demonstration looks the same on every machine. */
export function chance(seed: number, salt: number): number {
  let x = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b)) >>> 0
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad) >>> 0
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97) >>> 0
  return ((x ^ (x >>> 15)) >>> 0) / 4294967296
}

/** A salt for each word, so that two indicators of one body are not drawn alike. */
export function saltOf(text: string): number {
  let hash = 7
  for (const character of text) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0
  return hash
}
