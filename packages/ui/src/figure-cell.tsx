import { explainMissing, formatFigure, missingFigure, type Figure, type FigureFormat } from './figures.ts'
import { useLocale } from './text.tsx'

export type FigureCellProps = { readonly value: Figure } & Omit<FigureFormat, 'locale'>

/** A figure inside a sentence. */
export function FigureText({ value, ...format }: FigureCellProps) {
  const locale = useLocale()
  return <span className="gl-figure-text">{formatFigure(value, { ...format, locale })}</span>
}

/** A figure in a table: right-aligned, tabular. Scaled ones carry the full figure as a tooltip; a missing one is said aloud. */
export function FigureCell({ value, ...format }: FigureCellProps) {
  const locale = useLocale()
  const written = formatFigure(value, { ...format, locale })
  if (written === missingFigure) {
    const why = explainMissing(format.mark, locale)
    return (
      <span className="gl-figure gl-figure-missing" title={why}>
        <span aria-hidden="true">{missingFigure}</span>
        <span className="gl-hidden">{why}</span>
      </span>
    )
  }
  const scaled = format.large !== undefined && format.large !== 'none'
  return (
    <span className="gl-figure" title={scaled ? formatFigure(value, { ...format, locale, large: 'none' }) : undefined}>
      {written}
    </span>
  )
}
