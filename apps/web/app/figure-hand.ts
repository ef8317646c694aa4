import {
  isInexact,
  isMissingReason,
  marks,
  parseFigure,
  readMark,
  writeScaled,
  writeTyped,
} from '@gonglian/indicators/figures'
import type { FigureHand } from '@gonglian/ui'
import type { Locale } from '@gonglian/ui/messages'

const signs = new Map<number, string>([
  [marks.about, '~'],
  [marks.over, '>'],
  [marks.atLeast, '≥'],
  [marks.under, '<'],
  [marks.atMost, '≤'],
])

const chinese: FigureHand = {
  read: parseFigure,
  write: (figure, { scale }) => writeTyped({ ...figure, mark: readMark(figure.mark) }, scale),
}

/** Marks as signs instead of Chinese words; the same parser reads both. */
const signed: FigureHand = {
  read: parseFigure,
  write: (figure, target) => {
    const sign = signs.get(figure.mark)
    if (figure.value === null || sign === undefined)
      return isMissingReason(figure.mark) ? '' : chinese.write(figure, target)
    return `${isInexact(figure.mark) ? sign : ''}${writeScaled(figure.value, target.scale)}`
  },
}

/** The rules of the catalogue for what one types into a grid, the same in browser and server. */
export function findFigureHand(locale: Locale): FigureHand {
  return locale === 'zh-CN' ? chinese : signed
}
