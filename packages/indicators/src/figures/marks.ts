/**
 * How exact a figure is, as its source wrote it (UNI-03), or why it is missing (UNI-05). The numbers are what vectors of
 * marks store; they never change their meaning.
 */
export const marks = {
  exact: 0,
  /** 约, 近, 左右 */
  about: 1,
  /** 余, 多, 超过 */
  over: 2,
  /** 以上 */
  atLeast: 3,
  /** 不足 */
  under: 4,
  /** 以内 */
  atMost: 5,
  /** From the value to the upper value. */
  range: 6,
  notCollected: 7,
  notApplicable: 8,
  withheld: 9,
  redacted: 10,
} as const
export type Mark = (typeof marks)[keyof typeof marks]

const known: readonly Mark[] = Object.values(marks)

/** Narrows a stored number to a mark; whatever it is not counts as exact. */
export function readMark(mark: number | null | undefined): Mark {
  return known.find((candidate) => candidate === mark) ?? marks.exact
}

/** The figure stands for a value that is not known to the last digit. */
export function isInexact(mark: number | null | undefined): boolean {
  return mark !== null && mark !== undefined && mark >= marks.about && mark <= marks.range
}

/** The mark is a reason for there being no figure. */
export function isMissingReason(mark: number | null | undefined): boolean {
  return mark !== null && mark !== undefined && mark >= marks.notCollected && mark <= marks.redacted
}

/**
 * How exact a sum of figures with these marks is: 300 + more than 50 is more than 350, more than 50 + less than 20 is only
 * about 70. Figures that are missing are left out of the sum and of its mark.
 */
export function addMarks(parts: readonly (number | null | undefined)[]): Mark {
  const inexact = parts.map(readMark).filter(isInexact)
  if (inexact.length === 0) return marks.exact
  if (inexact.length === 1) return inexact[0] === marks.range ? marks.about : (inexact[0] ?? marks.about)
  if (inexact.every((mark) => mark === marks.over || mark === marks.atLeast)) {
    return inexact.includes(marks.over) ? marks.over : marks.atLeast
  }
  if (inexact.every((mark) => mark === marks.under || mark === marks.atMost)) {
    return inexact.includes(marks.under) ? marks.under : marks.atMost
  }
  return marks.about
}
