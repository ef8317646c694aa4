/** Why a text is no day: `day` no day at all, `dayPart` its day or month is missing, `dayOrder` nobody can tell which part is the year. */
export type DayFault = 'day' | 'dayPart' | 'dayOrder' | 'noSuchDay'

const dayMs = 86_400_000
/** Days as spreadsheets count them, between 1909 and 2064; a number outside is more likely something else. */
const serials = { first: 3_300, last: 60_000, zero: Date.UTC(1899, 11, 30) }
const numerals = '〇一二三四五六七八九'
/** A time of day after a date, or the name of its week day: neither changes the day. */
const after =
  /(?:[T ]?(?:上午|下午)?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?|[( ]*(?:星期|周)[一二三四五六日天]\)?)$/u

/**
 * A day as offices write it: 2026-01-15, 2026/1/15, 2026.1.15, 2026年1月15日, 20260115, 二〇二六年一月十五日, with a time of day (which is
 * dropped), or a spreadsheet's number of it.
 */
export function readDayText(text: string): { readonly day: string } | { readonly fault: DayFault } {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .trim()
    .replace(after, '')
    .trim()
  if (/^\d{4,5}(?:\.\d*)?$/.test(plain)) return readSerial(Math.floor(Number(plain)))
  const western = /[一二三四五六七八九]/u.test(plain) ? readNumerals(plain) : plain
  const parts =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/u.exec(western) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(western)
  if (parts) return writeDay(Number(parts[1]), Number(parts[2]), Number(parts[3]))
  if (/^\d{4}\s*[-/.年]\s*\d{1,2}\s*月?$/u.test(western) || /^\d{4}年?$/u.test(western)) return { fault: 'dayPart' }
  if (/^\d{1,2}[-/.]\d{1,2}[-/.]\d{1,4}$/.test(western)) return { fault: 'dayOrder' }
  return { fault: 'day' }
}

function writeDay(year: number, month: number, day: number): { day: string } | { fault: DayFault } {
  const at = new Date(Date.UTC(year, month - 1, day))
  const exists = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && year >= 1000
  return exists ? { day: at.toISOString().slice(0, 10) } : { fault: 'noSuchDay' }
}

function readSerial(days: number): { day: string } | { fault: DayFault } {
  // Four digits may be a year.
  if (days >= 1900 && days < serials.first) return { fault: 'dayPart' }
  if (days < serials.first || days > serials.last) return { fault: 'day' }
  return { day: new Date(serials.zero + days * dayMs).toISOString().slice(0, 10) }
}

/** "二〇二六年一月十五日" -> "2026年1月15日" */
function readNumerals(text: string): string {
  return text.replaceAll(/[〇○零一二三四五六七八九十]+/gu, (word) => {
    const plain = word.replaceAll(/[○零]/gu, '〇')
    if (!plain.includes('十')) return [...plain].map((sign) => numerals.indexOf(sign)).join('')
    const [tens = '', ones = ''] = plain.split('十')
    return String((tens === '' ? 1 : numerals.indexOf(tens)) * 10 + (ones === '' ? 0 : numerals.indexOf(ones)))
  })
}
