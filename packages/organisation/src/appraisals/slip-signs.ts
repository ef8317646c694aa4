import { randomInt } from 'node:crypto'

/** Without signs that are taken for each other on paper. */
export const signs = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

export function drawSigns(count: number): string {
  return Array.from({ length: count }, () => signs[randomInt(signs.length)] ?? '').join('')
}

/** Signs that follow from bytes, one from each. */
export function spellBytes(bytes: Uint8Array, count: number): string {
  return Array.from({ length: count }, (_, at) => signs[(bytes[at] ?? 0) % signs.length] ?? '').join('')
}

/** As a code stands on paper: groups of four. */
export function writeCode(code: string): string {
  return code.match(/.{4}/g)?.join('-') ?? code
}

/** Case, spaces and dashes are how people copy. */
export function readCode(text: string): string {
  return text.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '')
}
