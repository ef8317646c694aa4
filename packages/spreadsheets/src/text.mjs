/** Of a text with Chinese in UTF-8, so few broken places are damage; more are another encoding. */
const damagedShare = 0.02

export const brokenSign = '\uFFFD'

/**
 * UTF-8 and UTF-16 with their mark, UTF-16 without, UTF-8, else GB 18030 as Excel on Chinese Windows writes it.
 * @param {Uint8Array} file
 */
export function decodeText(file) {
  const [first, second] = file
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(file)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(file)
  if (first !== 0 && second === 0 && file[3] === 0) return new TextDecoder('utf-16le').decode(file)
  const text = new TextDecoder('utf-8').decode(file)
  const broken = countBroken(text)
  if (broken === 0) return text
  if (broken <= countWide(text) * damagedShare) return text
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(file)
  } catch {
    return text
  }
}

/** @param {string} text */
function countBroken(text) {
  let count = 0
  for (let at = text.indexOf(brokenSign); at >= 0; at = text.indexOf(brokenSign, at + 1)) count++
  return count
}

/** @param {string} text */
function countWide(text) {
  let count = 0
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) count++
  return count
}
